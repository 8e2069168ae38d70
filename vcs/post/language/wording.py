"""Whether a letter's words may go: the lint is asked, and a second person lets findings pass."""

from __future__ import annotations

from collections.abc import Iterator

from sqlmodel import Session, col, select

from vcs.access.actors import Actor
from vcs.access.rules import Act, require_may
from vcs.access.work import Work
from vcs.errors import Conflict, NotAllowed, NotValid
from vcs.post import catalogue
from vcs.post.cases.case import gather
from vcs.post.decisions import keep_decision, reason_problems
from vcs.post.find import find_letter
from vcs.post.gate import LetterCase, why_not_decide
from vcs.post.lint.check import lint, subject_of, words_of
from vcs.post.lint.findings import Finding, Whose
from vcs.post.reads import visible_letter
from vcs.post.records import LetterDecision, LetterQuestion, LetterRecord
from vcs.referrals.records import Referral
from vcs.sealing import UNOPENED, Sealer, shown
from vcs.sentences.records import Sentence
from vcs.sentences.same_offender import sentences_of_offender
from vcs.victims.person import opened, shown_person
from vcs.victims.preferences.reads import standing_preferences
from vcs.victims.records import Victim


class WordingHeld(NotValid):
    """A letter whose words may not go. The message names every finding and says what to do."""

    title = "The words of this letter may not go"

    def __init__(self, found: tuple[Finding, ...]) -> None:
        """Keep the findings."""
        super().__init__(" ".join(one.text for one in found))
        self.found = found


def findings_in(
    session: Session, sealer: Sealer, letter: LetterRecord, contents_json: str, text: str
) -> tuple[Finding, ...]:
    """Return everything that is wrong with the words of a letter as it would be made now."""
    victim = session.get_one(Victim, letter.victim_id)
    return lint(words_of(contents_json, text), whose_letter(session, sealer, letter.kind, victim))


def what_stops(
    session: Session,
    sealer: Sealer,
    actor: Actor,
    about: tuple[str, LetterCase],
    words: tuple[str, str],
) -> tuple[Finding, ...]:
    """Return the findings that still stop a letter, for its page. ``about``: reference and case."""
    require_may(actor, Act.OPEN_LETTER)
    letter, _, _ = visible_letter(session, about[0], actor)
    return still_stops(findings_in(session, sealer, letter, *words), about[1])


def still_stops(found: tuple[Finding, ...], case: LetterCase) -> tuple[Finding, ...]:
    """Return the findings that still stop a letter: all of them until they were let pass."""
    if subject_of(found) in case.wordings_decided:
        return tuple(one for one in found if not one.may_be_passed)
    return found


def require_wording(
    session: Session,
    sealer: Sealer,
    letter: LetterRecord,
    case: LetterCase,
    words: tuple[str, str],
) -> None:
    """Raise WordingHeld unless the words may go. ``words``: the contents, and all of the text."""
    found = findings_in(session, sealer, letter, *words)
    if stopping := still_stops(found, case):
        raise WordingHeld(stopping)


def pass_wording(
    work: Work, letter_reference: str, words: tuple[str, str], reason: str
) -> LetterDecision:
    """Let the findings in one letter pass, for a reason. Another finding ends the decision.

    Raises WordingHeld for what nobody lets pass, Conflict where nothing was found.
    """
    work.require_may(Act.DECIDE_ABOUT_LETTER)
    letter, victim, referral = find_letter(work.session, letter_reference, work.actor)
    case = gather(work.session, work.sealer, victim, letter, work.today).case
    found = findings_in(work.session, work.sealer, letter, *words)
    if not still_stops(found, case):
        raise Conflict("This needs no decision any more. Load the page again.")
    if why_not := why_not_decide(case, LetterQuestion.WORDING, work.actor):
        raise NotAllowed(why_not)
    if wrong := tuple(one for one in found if not one.may_be_passed):
        raise WordingHeld(wrong)
    if fields := dict(reason_problems(reason)):
        raise NotValid("Say why this letter may go.", fields)
    about = (LetterQuestion.WORDING, subject_of(found))
    return keep_decision(work, (letter, referral), about, reason.strip())


def whose_letter(session: Session, sealer: Sealer, kind: str, victim: Victim) -> Whose:
    """Return whose letter it is, as it is held now, and who else is in the offender's cases."""
    referral = session.get_one(Referral, victim.referral_id)
    sentence = session.get_one(Sentence, referral.sentence_id)
    own = sentences_of_offender(session, sealer, sentence)
    person = opened(sealer, victim.person)
    said = standing_preferences(session, sealer, victim.person_id)
    return Whose(
        catalogue.letter(kind),
        person.name,
        person.salutation,
        (*person.where, person.postcode),
        referral.reference,
        victim.standing,
        tuple(dict.fromkeys(_others(session, sealer, own, victim))),
        tuple(dict.fromkeys(_names(sealer, own))),
        "; ".join(one.not_to_say for one in said.lines if one.not_to_say),
        tuple(filter(None, (person.phone, person.email))),
        person.name_in_latin,
    )


def _others(
    session: Session, sealer: Sealer, own: tuple[Sentence, ...], victim: Victim
) -> Iterator[str]:
    """Yield the names of everybody else in a case of the offender, and in the same cases."""
    keys = {one.case_key for one in own if one.case_key}
    beside = select(Sentence.id).where(col(Sentence.case_key).in_(keys))
    query = (
        select(Victim)
        .join(Referral, col(Referral.id) == col(Victim.referral_id))
        .where(
            col(Referral.sentence_id).in_([one.id for one in own])
            | col(Referral.sentence_id).in_(beside),
            Victim.person_id != victim.person_id,
        )
    )
    for one in session.exec(query):
        name = shown_person(sealer, one.person).name
        if name != UNOPENED:
            yield name


def _names(sealer: Sealer, own: tuple[Sentence, ...]) -> Iterator[str]:
    for one in own:
        name = shown(sealer.open_text, one.offender_name, "")
        if name:
            yield name
