"""Approving a letter, and deciding whether one that the gate stops may go."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from fastapi import APIRouter
from starlette.responses import Response

from api.guards.session import Posted, Visit, Visiting
from api.staff import forms, pages, words
from api.staff.fields import Entry, Field, read
from api.staff.forms import Form, FormPage
from api.staff.letters.making import made as made_now
from api.staff.letters.opened import as_seen
from api.staff.letters.view import (
    APPROVE,
    Look,
    held_letter,
    letter_page,
    look_at,
    words_now,
    words_of,
)
from letters import catalogue
from vcs.access.work import Work
from vcs.errors import Conflict, NotAllowed, NotFound
from vcs.post import decisions, letters
from vcs.post.addresses.both_addresses import marks_for_letter
from vcs.post.decisions import AboutShared
from vcs.post.find import find_letter
from vcs.post.gate import why_not_decide
from vcs.post.language.wording import pass_wording
from vcs.post.letters import MadeLetter
from vcs.post.records import LetterQuestion
from vcs.post.rows.policy import Forbidden

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


WITH_WHO_LIVES_THERE = (
    Field(
        "lives_there",
        "Who lives there now?",
        "lines",
        hint="Who told you, and when? Look at both addresses first",
        required="Enter who lives there now, and how you know",
        longest=decisions.LONGEST_REASON,
    ),
    *REASON,
    Field("seen", "", "hidden", longest=2000),
)


_FOR_THIS_LETTER = (
    "Your decision is for this letter alone. If these facts change, it no longer counts."
)


@router.post("/letters/{reference}/approve")
def approve(visit: Visiting, reference: str, form: Posted) -> Response:
    """Approve the letter that was shown. The PDF is made once and stored with its hash."""
    entry = read(APPROVE, form)
    with visit.app.db.reading() as session:
        is_first = held_letter(visit, session, reference).case.is_first_letter
    done = pages.after(f"/letters/{reference}", "approved-first" if is_first else "approved")
    act = approval(visit, reference, entry, done)
    return forms.submit(visit, entry, act, lambda refused: letter_page(visit, reference, refused))


def approval(visit: Visit, reference: str, entry: Entry, to: str) -> Callable[[Work], str]:
    """Make the letter that was shown; return what approves it and goes ``to`` an address."""
    with visit.app.db.reading() as session:
        look = look_at(visit, session, reference)
    contents = as_seen(look, entry)
    rendered = made_now(visit, reference, contents)
    version = catalogue.template_version(contents.kind, contents.language, contents.format)
    made = MadeLetter(rendered.pdf, version, *words_of(contents))

    def act(work: Work) -> str:
        # Looked up again inside the transaction: an address that changed a moment ago must not
        # be posted to.
        as_seen(look_at(visit, work.session, reference), entry)
        letters.save_approved_letter(work, reference, made)
        return to

    return act


def about_shared(entry: Entry) -> AboutShared:
    """Return what a form says of a shared address; nothing of any other question."""
    seen = entry.typed.get("seen", "").split()
    return AboutShared(entry.typed.get("lives_there", ""), seen)


def seen_in(visit: Visit, marks: Iterable[str]) -> dict[str, str]:
    """Return what the form carries of the addresses that were there to see.

    Whoever comes from the page of both addresses decides about what stood there.
    """
    looked = visit.request.query_params.get("seen")
    return {"seen": " ".join(one for one in marks if looked is None or one in looked.split())}


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
        letter = look_at(visit, session, reference)
        marks: tuple[str, ...] = ()
        if asked is _SHARED:
            _, victim, _ = find_letter(session, reference, visit.officer)
            marks = marks_for_letter(session, visit.app.sealer, victim, visit.app.today)
    reasons = list(_reasons(letter, asked))
    if not reasons:
        raise Conflict("This needs no decision any more. Open the letter again.")
    if why_not := why_not_decide(letter.case, asked, visit.officer):
        raise NotAllowed(why_not)
    return FormPage(
        words.LETTER_QUESTIONS[asked],
        action=f"/letters/{reference}/decide/{question}",
        button="This letter may go",
        back=f"/letters/{reference}",
        caption=letter.page.victim.name,
        lead=[*reasons, _FOR_THIS_LETTER],
        template="letters/decide.html",
        typed=seen_in(visit, marks) if asked is _SHARED else {},
        more={
            "rules": letter.page.victim.rules,
            "both": f"/letters/{reference}/addresses" if asked is _SHARED else "",
        },
    )


_SHARED = LetterQuestion.SHARED_ADDRESS

_WORDING = LetterQuestion.WORDING


def _reasons(letter: Look, asked: LetterQuestion) -> Iterator[str]:
    """Yield what is to be decided about. An address among the findings is not shown here."""
    yield from (hold.text for hold in letter.holds if hold.question is asked)
    if asked is _WORDING:
        for one in letter.findings:
            is_address = one.forbidden is Forbidden.VICTIM_ADDRESS
            yield one.says if is_address else one.text


def _fields(visit: Visit, reference: str, question: str) -> tuple[Field, ...]:
    del visit, reference
    is_shared = _question(question) is LetterQuestion.SHARED_ADDRESS
    return WITH_WHO_LIVES_THERE if is_shared else REASON


MAY_GO = Form(_fields, _page, check=_check)


@forms.serve(router, "/letters/{reference}/decide/{question}", MAY_GO)
def decide(work: Work, entry: Entry, reference: str, question: str) -> str:
    """Keep what a person decided about this letter, with the reason."""
    asked, reason = _question(question), entry.typed["reason"]
    if asked is _WORDING:
        pass_wording(work, reference, words_now(work, reference), reason)
    else:
        decisions.decide(work, reference, asked, reason, about_shared(entry))
    return pages.after(f"/letters/{reference}", "letter-decided")
