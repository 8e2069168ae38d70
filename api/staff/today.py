"""What somebody's email of the morning tells, as it is now; and what they do about a row of it."""

from __future__ import annotations

from datetime import date

from fastapi import APIRouter
from starlette.responses import Response

from api.guards.session import Visit, Visiting
from api.staff import forms, pages
from api.staff.fields import Entry, Field
from api.staff.forms import Subject
from vcs.access.work import Work
from vcs.alerts.digest.agenda.matter import Matter
from vcs.alerts.digest.agenda.matters import is_open
from vcs.alerts.digest.now import digest_now
from vcs.alerts.digest.recipients import acts
from vcs.alerts.digest.recipients.preference import HOURS, choose_hour, hour_of
from vcs.alerts.digest.recipients.told_by import told_by_digests
from vcs.alerts.digest.words import age
from vcs.events.sets.now_reads import to_tell_now
from vcs.law.deadlines import duties
from vcs.ledger.silence.silent_courts import silent_courts
from vcs.ledger.worklists.due_first import due_first
from vcs.referrals.questions.safety_reads import waits_for_safety
from vcs.referrals.questions.second_reads import waits_for_second_person
from vcs.victims.places.numbers import number_in

router = APIRouter(include_in_schema=False)


@router.get("/today")
def today(visit: Visiting) -> Response:
    """Show everything that the email of the morning would tell of at this moment."""
    with visit.app.db.reading() as session:
        silent = silent_courts(session, visit.app.today)
        facts, is_cut = digest_now(session, visit.officer, visit.app.now(), silent, due_first)
        to_tell = to_tell_now(session, visit.officer, visit.app.now())
        of_safety = waits_for_safety(session, visit.officer, visit.app.today)
        for_second = waits_for_second_person(session, visit.officer, visit.app.today)
    return pages.render(
        visit.request,
        "today/today.html",
        title="Today",
        facts=facts,
        is_cut=is_cut,
        for_second=for_second,
        to_tell=to_tell,
        of_safety=of_safety,
        now=visit.app.now(),
    )


@router.get("/today/{matter}")
def one_matter(visit: Visiting, matter: str) -> Response:
    """Show one matter, what was done about it, and what can be."""
    with visit.app.db.reading() as session:
        work = visit.work(session)
        found = acts.visible_matter(session, work, _key(matter))
        history = acts.acts_done(session, visit.app.sealer, found.key)
        still_open = is_open(session, found)
        told = told_by_digests(session, found.key)
    return pages.render(
        visit.request,
        "today/matter.html",
        title=duties.TITLES.get(found.duty, found.duty),
        found=found,
        age=age(found, visit.app.today),
        history=history,
        still_open=still_open,
        told=told,
        at=f"/today/{matter}",
    )


def _key(matter: str) -> str:
    return matter.replace("-", ":")


def _find(visit: Visit, matter: str) -> Matter:
    with visit.app.db.reading() as session:
        return acts.find_matter(session, visit.work(session), _key(matter))


_MATTER = Subject(
    at="/today/{matter}",
    back="/today/{matter}",
    caption="{found.reference}",
    find=_find,
)

_UNTIL = "For example, 20 3 2026. At most {} working days ahead"


def _words(label: str, required: str) -> Field:
    return Field(
        "words",
        label,
        "lines",
        hint="Do not enter an address or a telephone number",
        required=required,
        longest=acts.LONGEST_WORDS,
        leave_out=number_in,
    )


PLAN = _MATTER.form(
    "plan",
    "Say by when it is done",
    "Keep the plan",
    (
        Field(
            "until_on",
            "By which day?",
            "date",
            hint=_UNTIL.format(acts.LONGEST_PLAN),
            required="Enter the day by which it is done",
        ),
        _words("What is planned?", "Enter what is planned"),
    ),
    (
        "It is not repeated in emails until that day. Its clock goes on, and other duties of the "
        "same referral are told of as before.",
        "If the day passes and it is not done, the next person up is told.",
    ),
)

SNOOZE = _MATTER.form(
    "put-off",
    "Put it off once",
    "Put it off",
    (
        Field(
            "until_on",
            "Until which day?",
            "date",
            hint=_UNTIL.format(acts.LONGEST_SNOOZE),
            required="Enter the day until which it is put off",
        ),
        _words("Why?", "Enter why it is put off"),
    ),
    ("It is left out of your own email until that day. You can do this once.",),
)

DISPUTE = _MATTER.form(
    "dispute",
    "Say that it is not owed",
    "Ask a person",
    (_words("It is not owed because", "Enter why it is not owed"),),
    ("A person is asked to settle it. It stays in your email until they have.",),
)


def _find_told(visit: Visit, matter: str) -> Matter:
    with visit.app.db.reading() as session:
        return acts.visible_matter(session, visit.work(session), _key(matter))


RECALL_ROW = Subject(
    at="/today/{matter}", back="/today/{matter}", caption="{found.reference}", find=_find_told
).form(
    "recall",
    "Take this row back",
    "Take it back",
    (_words("What was wrong?", "Enter what was wrong"),),
    (
        "Everybody who was told of it by email gets one now, saying that it was wrong. They are "
        "named on its page.",
        "It stops no clock. What is still missed is told of the next working morning.",
    ),
)


@forms.serve(router, "/today/{matter}/recall", RECALL_ROW)
def recall_row(work: Work, entry: Entry, matter: str) -> str:
    """Take a wrong row of the morning's emails back."""
    acts.recall_row(work, _key(matter), entry.typed["words"])
    return pages.after(f"/today/{matter}", "recalled")


@forms.serve(router, "/today/{matter}/plan", PLAN)
def plan(work: Work, entry: Entry, matter: str) -> str:
    """Keep a plan with its day."""
    acts.plan(work, _key(matter), _day(entry), entry.typed["words"])
    return pages.after(f"/today/{matter}", "planned")


@forms.serve(router, "/today/{matter}/put-off", SNOOZE)
def put_off(work: Work, entry: Entry, matter: str) -> str:
    """Put a row off, once."""
    acts.snooze(work, _key(matter), _day(entry), entry.typed["words"])
    return pages.after(f"/today/{matter}", "put-off")


@forms.serve(router, "/today/{matter}/dispute", DISPUTE)
def dispute(work: Work, entry: Entry, matter: str) -> str:
    """Ask a person whether something is owed."""
    acts.dispute(work, _key(matter), entry.typed["words"])
    return pages.after(f"/today/{matter}", "disputed")


def _day(entry: Entry) -> date:
    return entry.day("until_on")


def _hour_page(visit: Visit) -> forms.FormPage:
    with visit.app.db.reading() as session:
        chosen = hour_of(session, visit.officer.account_id)
    return forms.FormPage(
        "When your email of the morning comes",
        action="/account/morning",
        button="Save",
        back="/today",
        typed={"hour": str(chosen)},
        lead=("It comes each working morning before 8 o’clock. You cannot turn it off.",),
    )


HOUR = forms.Form(
    (
        Field(
            "hour",
            "At what time?",
            "radios",
            required="Select a time",
            options={str(minutes): words for minutes, words in HOURS.items()},
        ),
    ),
    _hour_page,
)


@forms.serve(router, "/account/morning", HOUR)
def hour(work: Work, entry: Entry) -> str:
    """Choose the hour of one's own email."""
    choose_hour(work, int(entry.typed["hour"]))
    return pages.after("/today", "hour-chosen")
