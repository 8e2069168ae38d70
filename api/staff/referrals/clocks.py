"""The clocks of a referral, what people say started them or ended them, and all that are late."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.responses import Response

from api.guards.session import Visit, Visiting
from api.staff import forms, pages, words
from api.staff.fields import Entry, Field
from api.staff.forms import Form, FormPage
from api.staff.referrals.heading import about_referral, page_of
from vcs.access.rules import Act, may
from vcs.access.work import Work
from vcs.clocks import record
from vcs.clocks.reads import (
    clocks_of,
    clocks_seen,
    how_many_late,
    late_or_soon,
    starts_of,
    starts_seen,
)
from vcs.clocks.record import LONGEST_WORDS, EndEntry
from vcs.clocks.records import StopReason
from vcs.errors import NotFound
from vcs.referrals.reads import visible_referral
from vcs.victims.places.numbers import number_in

router = APIRouter()

_MET = "met"


@router.get("/clocks")
def late_clocks(visit: Visiting) -> Response:
    """List the clocks that are late or due soon and that are this person's to act on."""
    with visit.app.db.reading() as session:
        found = late_or_soon(session, visit.officer, visit.app.today)
        late = how_many_late(session, visit.officer, visit.app.today)
    return pages.render(visit.request, "clocks/late.html", title="Clocks", found=found, late=late)


@router.get("/referrals/{reference}/clocks")
def clocks(visit: Visiting, reference: str) -> Response:
    """Show every clock of a referral: those that run first, then those that ended."""
    with visit.app.db.reading() as session:
        referral = visible_referral(session, visit.officer, reference)
        found = clocks_seen(visit.officer, clocks_of(session, [referral.id], visit.app.today))
        starts = starts_seen(visit.officer, starts_of(session, referral.id))
    return pages.render(
        visit.request,
        "clocks/of_referral.html",
        title="Clocks",
        reference=reference,
        back=page_of(visit.officer, reference),
        running=[one for one in found if one.is_open],
        ended=[one for one in found if not one.is_open],
        starts=starts,
        may_record=may(visit.officer, Act.RECORD_CLOCK),
    )


_STARTED = Field(
    "kind",
    "What happened?",
    "radios",
    required="Select what happened",
    options=dict(words.RECORDED_STARTS),
)

START = about_referral(
    "clocks/start",
    "What started a duty?",
    "Record it",
    (_STARTED, Field("happened_on", "On which day?", "date", required="Enter the day")),
    ("Most duties start by themselves. Record only what nobody else can have told this service.",),
)


@forms.serve(router, "/referrals/{reference}/clocks/start", START)
def started(work: Work, entry: Entry, reference: str) -> str:
    """Record what started a duty."""
    record.record_start(work, reference, entry.typed["kind"], entry.day("happened_on"))
    return pages.after(f"/referrals/{reference}/clocks", "clock-started")


def _take_back_page(visit: Visit, reference: str, start: str) -> FormPage:
    with visit.app.db.reading() as session:
        referral = visible_referral(session, visit.officer, reference)
        held = [one for one in starts_of(session, referral.id) if str(one.id) == start]
    if not held:
        raise NotFound("There is no such entry.")
    return FormPage(
        "Take this back?",
        action=f"/referrals/{reference}/clocks/starts/{start}/take-back",
        button="Take it back",
        back=f"/referrals/{reference}/clocks",
        caption=reference,
        lead=(
            f"{words.RECORDED_STARTS[held[0].kind]}, on {words.day(held[0].happened_on)}.",
            "Its clocks stop. That it was recorded stays to be seen.",
        ),
    )


START_TAKEN_BACK = Form((), _take_back_page)


@forms.serve(router, "/referrals/{reference}/clocks/starts/{start}/take-back", START_TAKEN_BACK)
def start_taken_back(work: Work, entry: Entry, reference: str, start: str) -> str:
    """Take back what was recorded by mistake."""
    record.take_back_start(work, reference, int(start) if start.isdigit() else 0)
    return pages.after(f"/referrals/{reference}/clocks", "clock-taken-back")


_BECAME = Field(
    "became",
    "What became of it?",
    "radios",
    required="Select what became of it",
    options={
        _MET: "It was done",
        str(StopReason.OTHERS_TOLD): "Somebody else told them",
        str(StopReason.NOT_OWED): "It is not owed",
    },
)

_HOW_KNOWN = Field(
    "words",
    "How do you know?",
    "lines",
    hint="Do not enter an address or a telephone number",
    required="Enter how you know",
    longest=LONGEST_WORDS,
    leave_out=number_in,
)


def _end_page(visit: Visit, reference: str, clock: str) -> FormPage:
    with visit.app.db.reading() as session:
        referral = visible_referral(session, visit.officer, reference)
        every = clocks_of(session, [referral.id], visit.app.today)
        found = clocks_seen(visit.officer, every)
    one = next((one for one in found if str(one.id) == clock and one.by_hand), None)
    if one is None:
        raise NotFound("There is no such clock, or it ended.")
    since = f"It has run since {words.day(one.starts_on)}."
    return FormPage(
        f"{one.title}: what became of it?",
        action=f"/referrals/{reference}/clocks/{clock}/ended",
        button="Record it",
        back=f"/referrals/{reference}/clocks",
        caption=reference,
        lead=(since, "The time that passed stays to be seen, whatever you choose."),
    )


END = Form(
    (_BECAME, Field("ended_on", "On which day?", "date", required="Enter the day"), _HOW_KNOWN),
    _end_page,
)


@forms.serve(router, "/referrals/{reference}/clocks/{clock}/ended", END)
def ended(work: Work, entry: Entry, reference: str, clock: str) -> str:
    """Record that a duty was met, or why it is not owed."""
    became = entry.typed["became"]
    reason = "" if became == _MET else became
    said = EndEntry(entry.day("ended_on"), reason, entry.typed["words"])
    record.record_end(work, reference, int(clock) if clock.isdigit() else 0, said)
    return pages.after(f"/referrals/{reference}/clocks", "clock-ended")
