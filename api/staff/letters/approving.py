"""Approving a letter, and deciding whether one that the gate stops may go."""

from __future__ import annotations

import hmac

from fastapi import APIRouter
from starlette.responses import Response

from api.guards.session import Posted, Visit, Visiting
from api.staff import forms, pages, words
from api.staff.fields import Entry, Field, read
from api.staff.forms import Form, FormPage
from api.staff.letters.view import APPROVE, Look, held_letter, letter_page, look_at
from letters import LetterRefused, catalogue
from letters.catalogue import Contents
from letters.contents import to_json
from vcs.access.work import Work
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


_FOR_THIS_LETTER = (
    "Your decision is for this letter alone. If these facts change, it no longer counts."
)


@router.post("/letters/{reference}/approve")
def approve(visit: Visiting, reference: str, form: Posted) -> Response:
    """Approve the letter that was shown. The PDF is made once and stored with its hash."""
    entry = read(APPROVE, form)
    with visit.app.db.reading() as session:
        look = look_at(visit, session, reference)
    contents = _as_seen(look, entry)
    rendered = visit.app.renderer.letter(contents)
    version = catalogue.template_version(look.page.letter.kind, contents.language)
    made = MadeLetter(rendered.pdf, version, to_json(contents))

    def act(work: Work) -> str:
        # Looked up again inside the transaction: an address that changed a moment ago must not
        # be posted to.
        _as_seen(look_at(visit, work.session, reference), entry)
        letters.save_approved_letter(work, reference, made)
        return pages.after(f"/letters/{reference}", "approved")

    return forms.submit(visit, entry, act, lambda refused: letter_page(visit, reference, refused))


def _as_seen(look: Look, entry: Entry) -> Contents:
    """Return the contents. Raises Conflict if they are not those that the officer was shown."""
    if look.holds:
        raise LetterHeld(look.holds)
    if look.contents is None:
        raise LetterRefused(look.refused)
    if not hmac.compare_digest(look.seen.encode(), entry.typed["seen"].encode()):
        raise Conflict("The facts have changed since the letter was shown. Look at it again.")
    return look.contents


def _question(text: str) -> LetterQuestion:
    if text not in list(LetterQuestion):
        raise NotFound("There is nothing at this address.")
    return LetterQuestion(text)


def _check(visit: Visit, reference: str, question: str) -> None:
    del visit, reference
    _question(question)


def _page(visit: Visit, reference: str, question: str) -> FormPage:
    asked = _question(question)
    with visit.app.db.reading() as session:
        letter = held_letter(visit, session, reference)
    holds = [hold for hold in letter.holds if hold.question is asked]
    if not holds:
        raise Conflict("This needs no decision any more. Open the letter again.")
    if why_not := why_not_decide(letter.case, asked, visit.officer):
        raise NotAllowed(why_not)
    return FormPage(
        words.LETTER_QUESTIONS[asked],
        action=f"/letters/{reference}/decide/{question}",
        button="This letter may go",
        back=f"/letters/{reference}",
        caption=letter.page.victim.name,
        lead=[*(hold.text for hold in holds), _FOR_THIS_LETTER],
        more={"rules": letter.page.victim.rules},
    )


MAY_GO = Form(REASON, _page, check=_check)


@forms.serve(router, "/letters/{reference}/decide/{question}", MAY_GO)
def decide(work: Work, entry: Entry, reference: str, question: str) -> str:
    """Keep what a person decided about this letter, with the reason."""
    decisions.decide(work, reference, _question(question), entry.typed["reason"])
    return pages.after(f"/letters/{reference}", "letter-decided")
