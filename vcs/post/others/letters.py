"""Work on a letter to others: its office, its facts, its approval, a second person's decisions."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any

from vcs.access.rules import Act
from vcs.access.versions import require_version, version_of
from vcs.access.work import Work
from vcs.errors import Conflict, NotAllowed, NotValid
from vcs.post import gate
from vcs.post.catalogue import letter as row_of
from vcs.post.decisions import NOT_SHARED, AboutShared, problems, subject_seen
from vcs.post.gate import LetterCase, Step, holds, why_not_decide
from vcs.post.language.welsh import as_it_may_leave
from vcs.post.language.wording import WordingHeld, still_stops
from vcs.post.letters import MadeLetter
from vcs.post.lint.check import subject_of
from vcs.post.others.about import About
from vcs.post.others.case import ENDED, gather_other
from vcs.post.others.destinations.recipients import choices, recipient_of
from vcs.post.others.facts import facts_of_other
from vcs.post.others.find import find_other
from vcs.post.others.wording import findings_in_other
from vcs.post.records import LetterDecision, LetterQuestion, LetterRecord, LetterStatus
from vcs.post.subjects.given import begin, given_version
from vcs.terms import LetterLanguage

NO_DRAFT = "This letter is no draft any more. Load its page again."

NO_OFFICE = "Nobody has said to which office this letter goes, or its address is missing."

OVER = "What brought this letter is over, so it must not go."


def addressed_version(letter: LetterRecord) -> str:
    """Return the version of where a letter goes, and in which language."""
    return version_of(letter.office_id, letter.language)


def choose_office(
    work: Work,
    letter_reference: str,
    office_reference: str,
    language: LetterLanguage | None = None,
    seen: str | None = None,
) -> None:
    """Say to which office a letter goes, and in which language: None leaves that as it is.

    ``seen`` is the version of both that the person was shown; None where no form was.
    Welsh that nobody signed off goes with the English beside it. Raises NotValid for an office
    that it cannot go to.
    """
    letter, about = _draft(work, letter_reference)
    if seen is not None:
        require_version(seen, addressed_version(letter))
    found = choices(work.session, letter, about)
    office = next((one for one in found if one.reference == office_reference), None)
    if office is None:
        raise NotValid("Select an office.", {"office": "Select the office that it goes to"})
    letter.office_id = office.id
    if language is not None:
        letter.language = as_it_may_leave(row_of(letter.kind), language)
    begin(work, letter)
    work.session.add(letter)
    work.note("letter.addressed", about.subject, f"{letter.reference} {office.reference}")


def give_facts_to_other(
    work: Work, letter_reference: str, seen: str, facts: Mapping[str, Any]
) -> None:
    """Keep the facts that a person gives for a letter, in place of those given before.

    ``seen`` is the version of those that the person was shown.
    """
    letter, about = _draft(work, letter_reference)
    require_version(seen, given_version(work.sealer, letter))
    if set(facts) - set(row_of(letter.kind).facts):
        raise NotValid("This letter does not use that fact.")
    known = {name: value for name, value in facts.items() if value not in (None, "", {}, [])}
    letter.given = work.sealer.seal_json(known) if known else None
    begin(work, letter)
    work.session.add(letter)
    work.note("letter.given_facts", about.subject, letter.reference)


def approve_other(work: Work, letter_reference: str, made: MadeLetter) -> LetterRecord:
    """Keep the finished letter with its hash, its approver and what it rests on.

    Raises Conflict where it is no draft, has no office or is not needed any more; LetterHeld where
    the gate does not let it go on, and WordingHeld where its words may not go.
    """
    letter, about = _draft(work, letter_reference)
    work.require(*row_of(letter.kind).approved_by)
    gathered = gather_other(about, letter)
    if gathered.basis.about == ENDED:
        raise Conflict(OVER)
    if recipient_of(work.session, letter, about) is None:
        raise Conflict(NO_OFFICE)
    gate.require(gathered.case, Step.APPROVE)
    if why_not := gate.why_not_approve(gathered.case, work.actor):
        raise NotAllowed(why_not)
    words = (made.contents_json, made.text)
    if stops := still_stops(findings_in_other(about, letter.kind, words), gathered.case):
        raise WordingHeld(stops)
    if not made.pdf.startswith(b"%PDF-"):
        raise NotValid("The letter was not made. Preview it again.")
    _keep(work, letter, made)
    letter.made_from = gathered.basis.sealed(work.sealer)
    letter.signatory = about.signed().mark
    work.note("letter.approved", about.subject, f"{letter.reference} sha256:{letter.sha256}")
    return letter


def _keep(work: Work, letter: LetterRecord, made: MadeLetter) -> None:
    letter.status = LetterStatus.APPROVED
    letter.pdf = work.sealer.seal(made.pdf)
    letter.contents = work.sealer.seal_text(made.contents_json)
    letter.sha256 = hashlib.sha256(made.pdf).hexdigest()
    letter.template_version = made.template_version
    letter.approved_at, letter.approved_by = work.now, work.actor.account_id
    letter.looked_again_at = work.now
    work.session.add(letter)


def decide_about_other(
    work: Work,
    letter_reference: str,
    question: LetterQuestion,
    reason: str,
    shared: AboutShared = NOT_SHARED,
) -> LetterDecision:
    """Let one letter go on despite one hold, for a reason, as a second person.

    ``shared`` says who lives at a shared address now, which takes having seen both; an address
    that its form did not show is asked about again.
    """
    work.require_may(Act.DECIDE_ABOUT_LETTER)
    letter, about = find_other(work, letter_reference)
    gathered = gather_other(about, letter)
    steps = (Step.APPROVE, Step.OPEN, Step.DESPATCH)
    asked = {hold.question for step in steps for hold in holds(gathered.case, step)}
    if question not in asked:
        raise Conflict("This needs no decision any more. Load the page again.")
    _require_decider(work, gathered.case, question)
    words, subject = reason.strip(), gathered.subjects[question]
    if question is LetterQuestion.SHARED_ADDRESS and about.victim is not None:
        subject = subject_seen(work, letter, about.victim, shared)
        words = f"Lives there now: {shared.lives_there.strip()}\n{words}"
    _require_words(question, reason, shared.lives_there)
    return _decided(work, (letter, about), (question, subject), words)


def pass_wording_of_other(
    work: Work, letter_reference: str, words: tuple[str, str], reason: str
) -> LetterDecision:
    """Let the findings in one letter pass, for a reason, as a second person."""
    work.require_may(Act.DECIDE_ABOUT_LETTER)
    letter, about = find_other(work, letter_reference)
    case = gather_other(about, letter).case
    found = findings_in_other(about, letter.kind, words)
    if not still_stops(found, case):
        raise Conflict("This needs no decision any more. Load the page again.")
    if wrong := tuple(one for one in found if not one.may_be_passed):
        raise WordingHeld(wrong)
    _require_decider(work, case, LetterQuestion.WORDING)
    _require_words(LetterQuestion.WORDING, reason)
    return _decided(work, (letter, about), (LetterQuestion.WORDING, subject_of(found)), reason)


def _require_decider(work: Work, case: LetterCase, question: LetterQuestion) -> None:
    if why_not := why_not_decide(case, question, work.actor):
        raise NotAllowed(why_not)


def _require_words(question: LetterQuestion, reason: str, lives_there: str = "") -> None:
    if fields := dict(problems(question, reason, lives_there)):
        raise NotValid("Say why this letter may go.", fields)


def _decided(
    work: Work, of: tuple[LetterRecord, About], what: tuple[LetterQuestion, str], reason: str
) -> LetterDecision:
    letter, about = of
    decision = LetterDecision(
        letter_id=letter.id,
        question=what[0],
        subject=work.sealer.seal_text(what[1]),
        reason=work.sealer.seal_text(reason.strip()),
        decided_at=work.now,
        decided_by=work.actor.account_id,
    )
    work.session.add(decision)
    work.note("letter.decided", about.subject, f"{letter.reference} {what[0]}")
    return decision


def as_wanted(about: About, letter: LetterRecord) -> tuple[LetterLanguage, dict[str, Any]]:
    """Return the language and the facts of a letter as it would be made now."""
    return LetterLanguage(letter.language), facts_of_other(about, letter)


def _draft(work: Work, letter_reference: str) -> tuple[LetterRecord, About]:
    work.require_may(Act.WRITE_LETTER)
    letter, about = find_other(work, letter_reference)
    if letter.status != LetterStatus.DRAFT:
        raise Conflict(NO_DRAFT)
    return letter, about
