"""One letter as a page shows it: without the address, or with it for a recorded reason."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from markupsafe import Markup
from sqlmodel import Session
from starlette.responses import Response

from api.guards.session import Visit
from api.staff import words
from api.staff.fields import Entry, Field
from api.staff.forms import FormPage
from letters import LetterRefused, catalogue
from letters.catalogue import Contents
from letters.making.asking import questions
from letters.making.contents import from_json, needed, to_json
from vcs.access.actors import Actor
from vcs.access.rules import Act, may
from vcs.access.work import Work
from vcs.post import catalogue as policies
from vcs.post import opening
from vcs.post import reads as post_reads
from vcs.post.cases import case as reads
from vcs.post.cases.open_questions import AskedTask, tasks_to_answer
from vcs.post.drafts.beside import Beside
from vcs.post.gate import Hold, HoldKind, LetterCase, Step, holds, why_not_approve, why_not_decide
from vcs.post.language.welsh import is_signed_off
from vcs.post.language.wording import what_stops
from vcs.post.lint.findings import Finding
from vcs.post.reads import LetterPage, LetterView, letter_contents
from vcs.post.records import LetterQuestion, LetterStatus
from vcs.post.subjects.facts import facts_of_letter
from vcs.terms import Language, LetterFormat, LetterLanguage

LOOK = (
    Field(
        "reason",
        "Why do you need to see this letter?",
        "radios",
        hint="It shows where the victim lives. That you looked, when and why is kept",
        required="Select why you need to see it",
        options=opening.REASONS,
    ),
)

TO_POST = (
    Field(
        "reason",
        "Why do you open this letter?",
        "radios",
        hint="It shows where the victim lives. That you opened it, when and why is kept",
        required="Select why you open it",
        options={opening.TO_POST: opening.REASONS[opening.TO_POST]},
    ),
)

APPROVE = (Field("seen", "The letter as it was shown", required="Look at the letter again"),)

_OF_OTHERS = "An officer or manager of the unit reads it and approves it."

_NOT_TO_POST = ("Do not post this letter", "Address not shown")

_STEPS: Mapping[str, Step] = {LetterStatus.DRAFT: Step.APPROVE, LetterStatus.APPROVED: Step.OPEN}

_UNSAFE = {
    HoldKind.NO_ADDRESS,
    HoldKind.NOT_SAFE_TO_POST,
    HoldKind.UNCONFIRMED_ADDRESS,
}

_IN: Mapping[str, str] = {Language.ENGLISH: "English", Language.WELSH: "Welsh"}

_BODY = re.compile(r"<body[^>]*>(.*)</body>", re.DOTALL)

_HEADING = re.compile(r"(</?h)([1-3])")


@dataclass(frozen=True, slots=True)
class HeldLetter:
    """A letter and what stops it at its next step."""

    page: LetterPage
    case: LetterCase
    holds: tuple[Hold, ...]


@dataclass(frozen=True, slots=True)
class Look:
    """A letter and what stops it. ``contents`` is what it is made of, None if it cannot be made.

    ``findings`` are what is wrong with its words, and still stops it.

    ``asked`` are the tasks that it waits for. ``seen`` is the SHA-256 of the contents. ``facts``
    hold the address: not for a page unless the
    reason for looking was kept.
    """

    page: LetterPage
    case: LetterCase
    holds: tuple[Hold, ...]
    facts: Mapping[str, object]
    missing: tuple[str, ...] = ()
    refused: str = ""
    contents: Contents | None = None
    seen: str = ""
    findings: tuple[Finding, ...] = ()
    asked: tuple[AskedTask, ...] = ()

    @property
    def status(self) -> LetterStatus:
        """Return how far the letter has come."""
        return LetterStatus(self.page.letter.status)

    @property
    def is_approved(self) -> bool:
        """Return whether a person approved it."""
        return self.page.letter.approved_at is not None


def held_letter(visit: Visit, session: Session, reference: str) -> HeldLetter:
    """Return a letter and what stops it, without its contents. Raises NotFound."""
    page = post_reads.letter_page(session, visit.app.sealer, visit.officer, reference)
    app = visit.app
    case = reads.case_of_letter(session, app.sealer, visit.officer, reference, app.today)
    step = _STEPS.get(page.letter.status)
    return HeldLetter(page, case, holds(case, step) if step else ())


def look_at(visit: Visit, session: Session, reference: str) -> Look:
    """Return a letter as it is, or as it would be made today. Raises NotFound."""
    held = held_letter(visit, session, reference)
    page, case, status = held.page, held.case, held.page.letter.status
    if not may(visit.officer, Act.OPEN_LETTER):
        return Look(page, case, held.holds, {}, refused=_OF_OTHERS)
    facts = facts_of_letter(session, visit.app.sealer, visit.officer, reference, visit.app.now())
    stopping = {hold.kind for hold in holds(case, Step.APPROVE)}
    shared = HoldKind.SHARED_ADDRESS in stopping
    # The gate asks about the address, and compares more than the letter's own facts can.
    asked = {
        "shared_address_accepted": not shared,
        "safe_to_post": not stopping & _UNSAFE,
        "address_is_read": HoldKind.PARTICULAR_ADDRESS not in stopping,
        "leaves_by_email": case.leaves_by_email,
    }
    tasks = tasks_to_answer(session, visit.officer, case.waits_for)
    look = Look(page, case, held.holds, facts | asked, asked=tasks)
    kept = letter_contents(session, visit.app.sealer, visit.officer, reference)
    if status != LetterStatus.DRAFT and kept:
        return replace(look, contents=from_json(kept), seen=_hash(kept))
    made = _as_it_would_be(look, held_for_address=shared)
    if made.contents is None or shared:
        return made
    about, as_words = (reference, case), words_of(made.contents)
    stops = what_stops(session, visit.app.sealer, visit.officer, about, as_words)
    return replace(made, findings=stops)


def words_of(contents: Contents) -> tuple[str, str]:
    """Return what a letter is made of, and all of it in plain words, as the lint reads them."""
    return to_json(contents), catalogue.text(contents)


def words_now(work: Work, reference: str) -> tuple[str, str]:
    """Return what a letter is made of today, and its words, for a decision about them."""
    session, sealer, actor = work.session, work.sealer, work.actor
    page = post_reads.letter_page(session, sealer, actor, reference)
    facts = facts_of_letter(session, sealer, actor, reference, work.now)
    letter = page.letter
    case = reads.case_of_letter(session, sealer, actor, reference, work.today)
    asked = {
        "shared_address_accepted": True,
        "safe_to_post": True,
        "address_is_read": True,
        "leaves_by_email": case.leaves_by_email,
    }
    language, form = LetterLanguage(letter.language), LetterFormat(letter.format)
    return words_of(catalogue.compose(letter.kind, language, {**facts, **asked}, form))


def _as_it_would_be(look: Look, *, held_for_address: bool) -> Look:
    # What the gate asks is not named a second time as a missing fact.
    facts = {**look.facts, "shared_address_accepted": True}
    letter = look.page.letter
    language, form = LetterLanguage(letter.language), LetterFormat(letter.format)
    missing = catalogue.missing_facts(letter.kind, facts, language, form)
    try:
        contents = catalogue.compose(letter.kind, language, facts, form)
        catalogue.html(contents)
    except LetterRefused as refusal:
        return replace(look, missing=missing, refused=str(refusal))
    if held_for_address:
        contents = replace(contents, window=_NOT_TO_POST)
    return replace(look, contents=contents, seen=_hash(to_json(contents)))


def _hash(contents: str) -> str:
    return hashlib.sha256(contents.encode()).hexdigest()


def letter_page(visit: Visit, reference: str, entry: Entry | None = None) -> Response:
    """Show a letter without the victim's address, which takes a reason."""
    with visit.app.db.reading() as session:
        look = look_at(visit, session, reference)
    fields = LOOK if may(visit.officer, Act.OPEN_LETTER) else TO_POST
    return _page(visit, look, {}).show(visit.request, fields, entry)


@dataclass(frozen=True, slots=True)
class Looked:
    """The reason that was recorded, and of how many people the managers were told, if they were."""

    reason: str
    told_about: int | None = None
    beside: Beside | None = None


def letter_shown(visit: Visit, look: Look, looked: Looked) -> Response:
    """Show the whole letter to a person whose reason has been recorded."""
    contents = look.contents
    must_not_go = look.status is LetterStatus.WITHDRAWN or (
        look.status is LetterStatus.APPROVED and look.holds
    )
    if contents is not None and must_not_go:
        contents = replace(contents, window=_NOT_TO_POST)
    whole = {
        "looked_for": looked.reason,
        "told_about": looked.told_about,
        "beside": looked.beside,
        "facts": list(facts_shown(look)) if look.status is LetterStatus.DRAFT else [],
        "text": shown_text(contents) if contents else "",
    }
    return _page(visit, look, whole).show(visit.request, LOOK)


def _page(visit: Visit, look: Look, whole: Mapping[str, object]) -> FormPage:
    letter = look.page.letter
    return FormPage(
        words.LETTERS.get(letter.kind, "Letter"),
        back=f"/referrals/{look.page.referral_reference}",
        template="letters/letter.html",
        more={
            "look": look,
            "why_not_approve": why_not_approve(look.case, visit.officer),
            "may_read": may(visit.officer, Act.OPEN_LETTER),
            "held": [(hold, _why_not(look, hold, visit.officer)) for hold in look.holds],
            "may_pass": all(one.may_be_passed for one in look.findings),
            "why_not_pass": why_not_decide(look.case, LetterQuestion.WORDING, visit.officer),
            "at": f"/letters/{letter.reference}",
            "policy": policies.letter(letter.kind),
            "asks": bool(questions(letter.kind)),
            "beside": None,
            "welsh_unsigned": _has_unsigned_welsh(letter),
            **whole,
        },
    )


def _has_unsigned_welsh(letter: LetterView) -> bool:
    has_welsh = Language.WELSH in LetterLanguage(letter.language).parts
    return has_welsh and not is_signed_off(letter.kind)


def _why_not(look: Look, hold: Hold, who: Actor) -> str:
    return why_not_decide(look.case, hold.question, who) if hold.question else ""


def facts_shown(look: Look) -> Iterator[tuple[str, str | None]]:
    """Return each fact of the letter with its value in words; None where it is missing."""
    for key, name in needed(look.page.letter.kind):
        if name in look.missing:
            yield name, None
        elif key == "vlo_name" and look.facts.get("unit_signs"):
            yield name, "None: the officer is away and nobody covers, so the unit signs"
        elif key in look.facts and key != "shared_address_accepted":
            yield name, words.value(look.facts[key])
    for part in look.contents.parts if look.contents else ():
        if told := part.facts.get("sentence"):
            yield f"the sentence, as the letter tells it in {_IN[part.language]}", str(told)


def shown_text(contents: Contents) -> Markup:
    """Return the letter's own page as a part of ours, its headings two levels lower."""
    body = _BODY.search(catalogue.html(contents))
    lowered = _HEADING.sub(lambda m: f"{m[1]}{int(m[2]) + 2}", body[1]) if body else ""
    # Safe: made by the letter's own template, which escapes every value.
    return Markup(lowered)  # noqa: S704
