"""A letter told somebody of an event that was a mistake: they hear that it was one."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlmodel import col, select

from tests.events.told import TUESDAY_24, chooses, happens, page, refer
from tests.journeys.world import World
from vcs.consequences.drafts.after import take_back
from vcs.events.record import EventEntry
from vcs.events.records import EventKind
from vcs.post.records import LetterRecord, LetterStatus
from vcs.referrals.officers.assign import take_referral
from vcs.terms import Choice, Role
from vcs.victims.records import PostedLetter

RECALLED = EventEntry(EventKind.RECALLED, TUESDAY_24 + timedelta(days=1), "prison")


@pytest.fixture
def letter(case: World) -> tuple[str, str, str]:
    """Return a victim who joined, an event, and the letter that was drafted about it."""
    with case.db.writing() as session:
        take_referral(case.work(session, case.people[Role.VLO]), case.only_referral())
    victim = refer(case, "Ann Lis")
    chooses(case, victim, Choice.OPT_IN)
    case.clock.days(1)
    event = happens(case, RECALLED)
    with case.db.reading() as session:
        about = select(LetterRecord.reference).where(col(LetterRecord.event_id).is_not(None))
        return victim, event, session.exec(about).one()


def left(world: World, letter: str, came_back_on: date | None = None) -> None:
    """Let a letter leave that a manager let past, and that nobody recorded as telling her."""
    with world.db.writing() as session:
        row = session.exec(select(LetterRecord).where(LetterRecord.reference == letter)).one()
        row.status, row.approved_at = LetterStatus.APPROVED, world.clock.now()
        row.approved_by, row.pdf = 1, world.sealer.seal(b"%PDF-1.7")
        posted = PostedLetter(
            letter_id=row.id,
            victim_id=row.victim_id,
            posted_on=world.today,
            recorded_at=world.clock.now(),
            came_back_on=came_back_on,
        )
        session.add_all((row, posted))


def undone(world: World, event: str) -> list[tuple[str, str | None]]:
    with world.db.writing() as session:
        work = world.work(session, world.people[Role.MANAGER])
        take_back(work, event, "It was another man")
    return [(one.victim_reference, one.way) for one in page(world, event).lines]


def test_whoever_has_read_that_he_is_back_hears_that_he_is_not(
    case: World, letter: tuple[str, str, str]
) -> None:
    victim, event, reference = letter
    left(case, reference)
    assert undone(case, event) == [(victim, "letter")]


def test_a_letter_that_came_back_or_never_left_has_told_nobody(
    case: World, letter: tuple[str, str, str]
) -> None:
    _, event, reference = letter
    left(case, reference, came_back_on=case.today)
    assert undone(case, event) == []
