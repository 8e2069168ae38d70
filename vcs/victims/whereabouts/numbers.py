"""A victim's telephone number and mailbox beside those that courts tie to the offender's cases."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from sqlmodel import Session

from vcs.sealing import Sealer, shown
from vcs.sentences.court_addresses import court_numbers
from vcs.sentences.records import Sentence
from vcs.sentences.same_offender import sentences_of_offender
from vcs.tasks.records import TaskKind
from vcs.terms import FoundBy
from vcs.victims.find import parts_of
from vcs.victims.person import Person, opened
from vcs.victims.places.comparing import Sameness
from vcs.victims.preferences.allowed import Preferences
from vcs.victims.preferences.reads import standing_preferences
from vcs.victims.preferences.records import Way
from vcs.victims.records import Victim
from vcs.victims.whereabouts.forms import form_of_hers
from vcs.victims.whereabouts.shared import Match, answered, matches

NUMBERS: Final = (FoundBy.PHONE, FoundBy.EMAIL)

ASKED_ABOUT: Final[Mapping[TaskKind, FoundBy]] = {
    TaskKind.ADDRESS_TO_CHECK: FoundBy.ADDRESS,
    TaskKind.PHONE_TO_CHECK: FoundBy.PHONE,
    TaskKind.EMAIL_TO_CHECK: FoundBy.EMAIL,
}
"""What each kind of task compares."""

_WAYS: Final[Mapping[FoundBy, tuple[Way, ...]]] = {
    FoundBy.PHONE: (Way.PHONE, Way.TEXT),
    FoundBy.EMAIL: (Way.EMAIL,),
}


@dataclass(frozen=True, slots=True)
class Tie:
    """That a court ties somebody's number or mailbox to the offender's side, so it is not used.

    ``not_safe`` says that a manager found so; otherwise nobody has decided yet.
    """

    found_by: FoundBy
    not_safe: bool


def number_matches(
    session: Session, sealer: Sealer, own: Sequence[Sentence], person: Person, found_by: FoundBy
) -> tuple[Match, ...]:
    """Return what courts tell that is a person's number or mailbox; ``PERHAPS`` for sealed.

    ``own`` are all sentences of the offender.
    """
    if not form_of_hers(person, found_by):
        return ()
    told = court_numbers(session, sealer, own, found_by)
    found = (Match(one, Sameness.SAME if one.is_open else Sameness.PERHAPS) for one in told)
    hers = _each(form_of_hers(person, found_by))
    return tuple(one for one in found if not one.court.is_open or hers & _each(one.form))


def matches_asked_about(
    session: Session, sealer: Sealer, sentence: Sentence, person: Person, found_by: FoundBy
) -> tuple[Match, ...]:
    """Return the matches of a person's address, number or mailbox in one sentence's referral."""
    own = sentences_of_offender(session, sealer, sentence)
    if found_by is FoundBy.ADDRESS:
        return matches(session, sealer, own, person)
    return number_matches(session, sealer, own, person, found_by)


def _each(form: str) -> set[str]:
    return set(form.partition(": ")[2].split())


def tie_of(
    session: Session,
    sealer: Sealer,
    own: Sequence[Sentence],
    whose: tuple[int, Person],
    found_by: FoundBy,
) -> Tie | None:
    """Return why a person's number or mailbox is not used; None where nothing is known against it.

    ``whose`` are the id of a person's record and the person. Once a manager has found, about each
    match, that it may be used, it may.
    """
    person_id, person = whose
    found = number_matches(session, sealer, own, person, found_by)
    if not found:
        return None
    known = answered(session, sealer, person_id, person, found_by)
    held = [one for one in found if not one.court.is_open or one.form not in known.safe]
    if not held:
        return None
    return Tie(found_by, not_safe=any(one.form in known.about for one in held))


def ties_of(session: Session, sealer: Sealer, victim: Victim) -> tuple[Tie, ...]:
    """Return the ties of a person's number and mailbox, in every referral that they are in.

    Details that cannot be opened are nobody's number: an administrator is asked about them.
    """
    person: Person | None = shown(lambda _: opened(sealer, victim.person), b"", None)
    if person is None or not any(form_of_hers(person, one) for one in NUMBERS):
        return ()
    own = _offenders(session, sealer, victim)
    whose = (victim.person_id, person)
    found = (tie_of(session, sealer, own, whose, one) for one in NUMBERS)
    return tuple(one for one in found if one is not None)


def _offenders(session: Session, sealer: Sealer, victim: Victim) -> tuple[Sentence, ...]:
    found: dict[int, Sentence] = {}
    for _, referral in parts_of(session, victim.person_id):
        if referral.sentence_id not in found:
            sentence = session.get_one(Sentence, referral.sentence_id)
            found |= {one.id: one for one in sentences_of_offender(session, sealer, sentence)}
    return tuple(found.values())


def ways_of_reaching(
    session: Session, sealer: Sealer, victim: Victim, names: Mapping[int, str] | None = None
) -> Preferences:
    """Return what counts about reaching a person, with the ways that a court's word closes.

    ``names`` are those of accounts, by id.
    """
    said = standing_preferences(session, sealer, victim.person_id, names)
    return replace(said, tied=tied_ways(ties_of(session, sealer, victim)))


def tied_ways(ties: Iterable[Tie]) -> Mapping[Way, bool]:
    """Return each way that is closed, with whether a manager found that it is not safe."""
    return {way: one.not_safe for one in ties for way in _WAYS[one.found_by]}
