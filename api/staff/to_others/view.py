"""One letter to a partner as its page shows it, and as it would be made today."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace

from markupsafe import Markup
from sqlmodel import Session
from starlette.responses import Response

from api.guards.session import Visit
from api.staff import words
from api.staff.fields import Entry, Field
from api.staff.forms import FormPage
from api.staff.letters.view import TO_POST, shown_text
from letters import LetterRefused, catalogue
from letters.catalogue import Contents
from letters.making.asking import questions
from letters.making.contents import from_json, to_json
from vcs.access.rules import Act, may
from vcs.errors import NotFound
from vcs.post import catalogue as policies
from vcs.post import opening
from vcs.post.gate import Hold, LetterCase, Step, holds, why_not_decide
from vcs.post.language.wording import still_stops
from vcs.post.lint.findings import Finding
from vcs.post.others.case import ENDED, gather_other
from vcs.post.others.facts import facts_of_other
from vcs.post.others.find import visible_other
from vcs.post.others.letters import OVER
from vcs.post.others.reads import OtherPage, other_page
from vcs.post.others.wording import findings_in_other
from vcs.post.records import LetterQuestion, LetterStatus
from vcs.terms import LetterLanguage

LOOK = (
    Field(
        "reason",
        "Why do you need to see this letter?",
        "radios",
        hint="That you looked, when and why is kept",
        required="Select why you need to see it",
        options=opening.REASONS,
    ),
)

APPROVE = (Field("seen", "The letter as it was shown", required="Look at the letter again"),)

_STEPS: Mapping[str, Step] = {LetterStatus.DRAFT: Step.APPROVE, LetterStatus.APPROVED: Step.OPEN}

_NOT_TO_POST = ("Do not post this letter", "Address not shown")


@dataclass(frozen=True, slots=True)
class OtherLook:
    """A letter to a partner and what stops it. ``contents`` is None where it cannot be made yet."""

    page: OtherPage
    case: LetterCase
    holds: tuple[Hold, ...]
    missing: tuple[str, ...] = ()
    refused: str = ""
    contents: Contents | None = None
    seen: str = ""
    findings: tuple[Finding, ...] = ()

    @property
    def status(self) -> LetterStatus:
        """Return how far the letter has come."""
        return LetterStatus(self.page.row.status)

    @property
    def is_approved(self) -> bool:
        """Return whether a person approved it."""
        return self.page.approved_at is not None


def held_other(visit: Visit, session: Session, reference: str) -> OtherLook:
    """Return a letter and what stops it, without what it says. Raises NotFound."""
    app = visit.app
    page = other_page(session, app.sealer, visit.officer, reference, app.now())
    letter, about = visible_other(session, app.sealer, visit.officer, reference, app.now())
    case = gather_other(about, letter).case
    step = _STEPS.get(letter.status)
    found = holds(case, step) if step and page.posted_on is None else ()
    return OtherLook(page, case, found)


def look_at_other(visit: Visit, session: Session, reference: str) -> OtherLook:
    """Return a letter as it is, or as it would be made today. Raises NotFound."""
    app, look = visit.app, held_other(visit, session, reference)
    letter, about = visible_other(session, app.sealer, visit.officer, reference, app.now())
    gathered = gather_other(about, letter)
    if letter.contents is not None:
        kept = app.sealer.open_text(letter.contents)
        return replace(look, contents=from_json(kept), seen=_hash(kept))
    if gathered.basis.about == ENDED:
        return replace(look, refused=OVER)
    facts = facts_of_other(about, letter)
    language = LetterLanguage(letter.language)
    try:
        contents = catalogue.compose(letter.kind, language, facts)
        as_words = (to_json(contents), catalogue.text(contents))
    except LetterRefused as refusal:
        missing = catalogue.missing_facts(letter.kind, facts, language)
        return replace(look, missing=missing, refused=str(refusal))
    stops = still_stops(findings_in_other(about, letter.kind, as_words), gathered.case)
    return replace(look, contents=contents, seen=_hash(as_words[0]), findings=stops)


def words_of_other(contents: Contents) -> tuple[str, str]:
    """Return what a letter is made of, and all of it in plain words."""
    return to_json(contents), catalogue.text(contents)


def other_whole(visit: Visit, reference: str, looked_for: str) -> Response:
    """Show a letter with what it says, for a reason that has been recorded."""
    with visit.app.db.reading() as session:
        look = look_at_other(visit, session, reference)
    contents = look.contents
    if contents is not None and look.status is LetterStatus.WITHDRAWN:
        contents = replace(contents, window=_NOT_TO_POST)
    text = shown_text(contents) if contents else Markup("")
    return _page(visit, look, looked_for, text).show(visit.request, LOOK)


def other_shown(visit: Visit, reference: str, entry: Entry | None = None) -> Response:
    """Show a letter and what stops it, without what it says, which takes a reason."""
    with visit.app.db.reading() as session:
        look = held_other(visit, session, reference)
    fields = LOOK if may(visit.officer, Act.OPEN_LETTER) else TO_POST
    return _page(visit, look).show(visit.request, fields, entry)


def _page(visit: Visit, look: OtherLook, looked_for: str = "", text: Markup | str = "") -> FormPage:
    row = look.page.row
    return FormPage(
        words.LETTERS.get(row.kind, "Letter"),
        template="to_others/letter.html",
        more={
            "look": look,
            "at": f"/letters-to-others/{row.reference}",
            "looked_for": looked_for,
            "text": text,
            "may_read": may(visit.officer, Act.OPEN_LETTER),
            "held": [(hold, _why_not(visit, look, hold)) for hold in look.holds],
            "may_pass": all(one.may_be_passed for one in look.findings),
            "why_not_pass": why_not_decide(look.case, LetterQuestion.WORDING, visit.officer),
            "policy": policies.letter(row.kind),
            "asks": bool(questions(row.kind)),
        },
    )


def _why_not(visit: Visit, look: OtherLook, hold: Hold) -> str:
    return why_not_decide(look.case, hold.question, visit.officer) if hold.question else ""


def _hash(contents: str) -> str:
    return hashlib.sha256(contents.encode()).hexdigest()


def question_named(text: str) -> LetterQuestion:
    """Return the question of an address. Raises NotFound."""
    if text not in list(LetterQuestion):
        raise NotFound("There is nothing at this address.")
    return LetterQuestion(text)
