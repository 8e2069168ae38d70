"""Court messages that could not be read whole: the list, one redacted or in full, what to do."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated

from fastapi import APIRouter, Query
from starlette.responses import Response

from api.guards.session import Posted, Visit, Visiting
from api.staff import forms, pages
from api.staff.fields import Entry, Field, clean, read
from api.staff.forms import FormPage
from api.staff.lists import ListPage
from vcs.access.work import Work
from vcs.sentences.set_aside import act as verbs
from vcs.sentences.set_aside import reads
from vcs.sentences.set_aside.reads import (
    SetAsideAsked,
    message_text,
    set_aside_kinds,
    set_aside_message,
)

router = APIRouter()

Receipt = Annotated[str | None, Query(max_length=100)]

_REASONS = {
    "to find out why it could not be read": "To find out why it could not be read",
    "to read it by hand": "To read it by hand",
    "to ask the court about it": "To ask the court about it",
}

_PART_TITLE = "A court message that was read only in part"

SHOW = (
    Field(
        "reason",
        "Why do you need to see the message?",
        "radios",
        hint="What you select is kept in the audit trail",
        required="Select why you need to see the message",
        options=_REASONS,
    ),
)

DISMISS = (
    Field(
        "because",
        "What became of the message?",
        "radios",
        required="Select what became of the message",
        options={
            verbs.READ_BY_HAND: "It was read by hand, and nothing in it is missed",
            verbs.HOLDS_NOTHING: "It holds nothing for us, for example a test",
        },
    ),
    Field(
        "note",
        "What you found, and where",
        "lines",
        hint="Do not name anybody here. Another person must be able to follow your reason",
        required="Say what you found",
        longest=2000,
    ),
)


@router.get("/set-aside")
def set_aside(
    visit: Visiting, page: ListPage, like: Receipt = None, dismissed: bool = False
) -> Response:
    """List the messages that could not be read, each with the reason in words."""
    asked = SetAsideAsked(like, dismissed, page)
    with visit.app.db.reading() as session:
        found = reads.set_aside(session, visit.officer, visit.app.today, asked)
        kinds = set_aside_kinds(session, visit.officer)
    return pages.render(
        visit.request,
        "set_aside/set_aside.html",
        title="Messages dismissed" if dismissed else "Messages not read",
        found=found,
        kinds=kinds,
        like=like,
        dismissed=dismissed,
    )


@router.get("/set-aside/{receipt}")
def message(visit: Visiting, receipt: str) -> Response:
    """Show one message, redacted, and what can be done about it."""
    dismissing = f"/set-aside/{receipt}/dismiss"
    before = forms.given_back(visit, SHOW) or forms.given_back(visit, DISMISS, dismissing)
    return _page(visit, receipt, before)


@router.post("/set-aside/{receipt}")
def show_message(visit: Visiting, receipt: str, form: Posted) -> Response:
    """Show the message itself; who looks, and why, is recorded before it is opened."""
    entry = read(SHOW, form)
    if entry.errors:
        return _page(visit, receipt, entry)
    with visit.app.db.writing() as session:
        verbs.note_look(visit.work(session), receipt, entry.typed["reason"])
    with visit.app.db.reading() as session:
        text, whole = message_text(session, visit.app.sealer, visit.officer, receipt)
    forms.forget_shown(visit)
    return pages.render(
        visit.request,
        "set_aside/shown.html",
        title="The message",
        receipt=receipt,
        text=clean(text),
        whole=whole,
        reason=entry.typed["reason"],
    )


@router.post("/set-aside/{receipt}/try-again")
def try_again(visit: Visiting, receipt: str, form: Posted) -> Response:
    """Put one message back to be read."""

    def act(work: Work) -> str:
        verbs.try_again(work, receipt)
        return pages.after("/set-aside", "tried-again")

    return _submit(visit, receipt, read((), form), act)


@router.post("/set-aside/{receipt}/try-all-alike")
def try_all_alike(visit: Visiting, receipt: str, form: Posted) -> Response:
    """Put back every message that was set aside for the same reason."""

    def act(work: Work) -> str:
        verbs.try_all_alike(work, receipt)
        return pages.after("/set-aside", "all-tried-again")

    return _submit(visit, receipt, read((), form), act)


@router.post("/set-aside/{receipt}/dismiss")
def dismiss(visit: Visiting, receipt: str, form: Posted) -> Response:
    """Record that a message needs no more reading, and why."""
    entry = read(DISMISS, form)

    def act(work: Work) -> str:
        because, note = entry.typed["because"], entry.typed["note"]
        verbs.dismiss(work, receipt, because, note)
        return pages.after("/set-aside", "dismissed")

    return _submit(visit, receipt, entry, act)


def _submit(visit: Visit, receipt: str, entry: Entry, act: Callable[[Work], str]) -> Response:
    return forms.submit(visit, entry, act, lambda refused: _page(visit, receipt, refused))


def _page(visit: Visit, receipt: str, entry: Entry | None = None) -> Response:
    with visit.app.db.reading() as session:
        view = set_aside_message(session, visit.app.sealer, visit.officer, receipt, visit.app.today)
    page = FormPage(
        _PART_TITLE if view.row.in_part else "A court message that could not be read",
        template="set_aside/message.html",
        more={
            "view": view,
            "show": SHOW,
            "dismiss": DISMISS,
            "fresh": {name: forms.new_token() for name in ("show", "try-again", "try-all-alike")},
            "most_at_once": verbs.MOST_AT_ONCE,
        },
    )
    return page.show(visit.request, SHOW + DISMISS, entry)
