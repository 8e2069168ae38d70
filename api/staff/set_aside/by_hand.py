"""Reading a message by hand: what it says of one offender is typed, checked, and kept."""

from __future__ import annotations

from datetime import date

from fastapi import APIRouter
from starlette.datastructures import FormData
from starlette.responses import Response

from api.guards import kept_forms
from api.guards.session import Posted, Visit, Visiting
from api.staff import forms, pages, words
from api.staff.fields import Entry, read
from api.staff.forms import FormPage
from api.staff.set_aside import hand_fields
from api.staff.set_aside.hand_fields import COUNT, about, count_of, fields, offence
from vcs.access.work import Work
from vcs.errors import NotValid
from vcs.intake.by_hand.entry import MOST_OFFENCES
from vcs.sentences.set_aside.by_hand import enter, would_be
from vcs.sentences.set_aside.reads import require_may_enter

router = APIRouter()

_TITLE = "Enter what the message says"


@router.get("/set-aside/{receipt}/by-hand")
def hand_entry(visit: Visiting, receipt: str) -> Response:
    """Show the form, about one offence."""
    with visit.app.db.reading() as session:
        require_may_enter(session, visit.officer, receipt)
    before = kept_forms.given_back(visit.request, visit.officer.account_id)
    if before is None:
        return _form(visit, receipt, 1, None)
    count = count_of(before)
    return _form(visit, receipt, count, _entry(before, count, visit.app.today).refused({}))


@router.post("/set-aside/{receipt}/by-hand")
def answer(visit: Visiting, receipt: str, form: Posted) -> Response:
    """Ask about one more offence, show what was entered with its decision, or keep it."""
    with visit.app.db.reading() as session:
        require_may_enter(session, visit.officer, receipt)
    count, step = count_of(form), form.get("step", "check")
    if step in ("more", "change"):
        count = min(count + (step == "more"), MOST_OFFENCES)
        return _form(visit, receipt, count, _entry(form, count, visit.app.today).refused({}))
    entry = _checked(form, count, visit.app.today)
    if entry.errors:
        return _form(visit, receipt, count, entry)
    return _keep(visit, receipt, entry) if step == "keep" else _check(visit, receipt, entry)


def _entry(form: FormData, count: int, today: date) -> Entry:
    entry = read(fields(count), form, today)
    entry.typed[COUNT] = str(count)
    return entry


def _checked(form: FormData, count: int, today: date) -> Entry:
    entry = _entry(form, count, today)
    wrong = entry.errors | hand_fields.problems(entry, count)
    in_order = [one.name for one in fields(count)]
    return entry.refused(dict(sorted(wrong.items(), key=lambda one: in_order.index(one[0]))))


def _check(visit: Visit, receipt: str, entry: Entry) -> Response:
    """Show what was entered, and what the law says of it."""
    reading = hand_fields.reading(entry, receipt, visit.app.now())
    try:
        with visit.app.db.reading() as session:
            decision = would_be(visit.work(session), reading)
    except NotValid as refusal:
        return _form(visit, receipt, count_of(entry.typed), entry.refused(refusal.fields))
    return _page(visit, receipt, entry, "Check what you entered", decision=decision)


def _keep(visit: Visit, receipt: str, entry: Entry) -> Response:
    def act(work: Work) -> str:
        enter(work, hand_fields.reading(entry, receipt, work.now))
        return pages.after(f"/set-aside/{receipt}", "read-by-hand")

    def again(refused: Entry) -> Response:
        return _form(visit, receipt, count_of(entry.typed), refused)

    answered = forms.submit(visit, entry, act, again)
    visit.app.reader.wake()
    return answered


def _days(entry: Entry | None) -> dict[str, str]:
    """Return in words each day that was entered."""
    asked = fields(count_of(entry.typed)) if entry and not entry.errors else ()
    names = [one.name for one in asked if one.kind == "date"] if entry else []
    return {name: words.day(entry.day_if_any(name)) for name in names} if entry else {}


def _form(visit: Visit, receipt: str, count: int, entry: Entry | None) -> Response:
    return _page(visit, receipt, entry, _TITLE, count=count)


def _page(visit: Visit, receipt: str, entry: Entry | None, title: str, **more: object) -> Response:
    count = count_of(entry.typed) if entry else 1
    page = FormPage(
        title,
        action=f"/set-aside/{receipt}/by-hand",
        back=f"/set-aside/{receipt}",
        caption=receipt,
        template="set_aside/by_hand.html" if "count" in more else "set_aside/check.html",
        more={
            "about": about(),
            "offences": [offence(number) for number in range(1, count + 1)],
            "most": MOST_OFFENCES,
            "offences_asked": count,
            "days": _days(entry),
            **more,
        },
    )
    return page.show(visit.request, fields(count), entry)
