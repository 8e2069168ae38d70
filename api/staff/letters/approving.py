"""A letter is decided about where the gate holds it, and approved by a person."""

from __future__ import annotations

import hmac
from collections.abc import Mapping

from fastapi import APIRouter
from sqlmodel import Session
from starlette.responses import Response

from api.guards.session import Posted, Visit, Visiting
from api.staff import forms, pages, words
from api.staff.forms import Entry, Field
from api.staff.letters.view import APPROVE, Look, letter_page, look_at
from letters import LetterRefused, catalogue
from letters.catalogue import Contents
from letters.contents import to_json
from vcs.errors import Conflict, NotAllowed, NotFound
from vcs.post import decisions, letters
from vcs.post.gate import LetterHeld, why_not_decide
from vcs.post.letters import MadeLetter
from vcs.post.records import LetterQuestion

router = APIRouter()

REASON = (
    Field(
        "reason",
        "Why may this letter go?",
        "lines",
        hint="What you found, and where. Another person must be able to follow your reason",
        required="Enter why this letter may go",
        longest=decisions.LONGEST_REASON,
    ),
)


@router.post("/letters/{reference}/approve")
def approve(visit: Visiting, reference: str, form: Posted) -> Response:
    """Approve the letter that was looked at: made once, stored with its hash."""
    entry = forms.read(APPROVE, form)
    with visit.app.db.reading() as session:
        look = look_at(visit, session, reference)
    contents = _as_seen(look, entry)
    rendered = visit.app.renderer.letter(contents)
    version = catalogue.template_version(look.page.letter.kind, contents.language)
    made = MadeLetter(rendered.pdf, version, to_json(contents))

    def act(session: Session) -> str:
        # Looked up again inside the transaction: an address that changed a moment ago must not
        # be posted to.
        _as_seen(look_at(visit, session, reference), entry)
        letters.save_approved_letter(visit.work(session), reference, made)
        return pages.after(f"/letters/{reference}", "approved")

    return forms.submit(visit.app, entry, act, lambda e: letter_page(visit, reference, errors=e))


def _as_seen(look: Look, entry: Entry) -> Contents:
    """Return the contents, where they are still those that the person looked at."""
    if look.holds:
        raise LetterHeld(look.holds)
    if look.contents is None:
        raise LetterRefused(look.refused)
    if not hmac.compare_digest(look.seen.encode(), entry.typed["seen"].encode()):
        raise Conflict("The facts have changed since the letter was shown. Look at it again.")
    return look.contents


@router.get("/letters/{reference}/decide/{question}")
def ask_decision(visit: Visiting, reference: str, question: str) -> Response:
    """Ask why a letter may go although the gate holds it."""
    return _form(visit, reference, _question(question))


@router.post("/letters/{reference}/decide/{question}")
def decide(visit: Visiting, reference: str, question: str, form: Posted) -> Response:
    """Keep what a person decided about this letter, with the reason."""
    entry, asked = forms.read(REASON, form), _question(question)

    def act(session: Session) -> str:
        reason = entry.typed["reason"]
        decisions.decide(visit.work(session), reference, asked, reason)
        return pages.after(f"/letters/{reference}", "letter-decided")

    return forms.submit(visit.app, entry, act, lambda e: _form(visit, reference, asked, entry, e))


def _question(text: str) -> LetterQuestion:
    if text not in list(LetterQuestion):
        raise NotFound("There is nothing at this address.")
    return LetterQuestion(text)


def _form(
    visit: Visit,
    reference: str,
    question: LetterQuestion,
    entry: Entry | None = None,
    errors: Mapping[str, str] | None = None,
) -> Response:
    with visit.app.db.reading() as session:
        look = look_at(visit, session, reference)
    held = [hold for hold in look.holds if hold.question is question]
    if not held:
        raise Conflict("This needs no decision any more. Open the letter again.")
    if why_not := why_not_decide(look.case, question, visit.officer):
        raise NotAllowed(why_not)
    return forms.show(
        visit.request,
        words.LETTER_QUESTIONS[question],
        REASON,
        entry=entry,
        errors=errors,
        caption=look.page.victim.name,
        lead=[hold.text for hold in held]
        + ["Your decision is for this letter alone. If these facts change, it no longer counts."],
        action=f"/letters/{reference}/decide/{question}",
        button="This letter may go",
        back=f"/letters/{reference}",
    )
