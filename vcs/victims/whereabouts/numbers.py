"""What each task about a shared address, number or mailbox compares, and its matches now."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from sqlmodel import Session

from vcs.sealing import Sealer
from vcs.sentences.records import Sentence
from vcs.sentences.same_offender import sentences_of_offender
from vcs.tasks.records import TaskKind
from vcs.terms import FoundBy
from vcs.victims.person import Person
from vcs.victims.whereabouts.shared import Match, matches, number_matches

NUMBERS: Final = (FoundBy.PHONE, FoundBy.EMAIL)

ASKED_ABOUT: Final[Mapping[TaskKind, FoundBy]] = {
    TaskKind.ADDRESS_TO_CHECK: FoundBy.ADDRESS,
    TaskKind.PHONE_TO_CHECK: FoundBy.PHONE,
    TaskKind.EMAIL_TO_CHECK: FoundBy.EMAIL,
}
"""What each kind of task compares."""


def matches_asked_about(
    session: Session, sealer: Sealer, sentence: Sentence, person: Person, found_by: FoundBy
) -> tuple[Match, ...]:
    """Return the matches of a person's address, number or mailbox in one sentence's referral."""
    own = sentences_of_offender(session, sealer, sentence)
    if found_by is FoundBy.ADDRESS:
        return matches(session, sealer, own, person)
    return number_matches(session, sealer, own, person, found_by)
