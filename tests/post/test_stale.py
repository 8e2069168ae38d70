"""A letter of any kind is withdrawn by itself once what it tells has changed, and begins anew."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlmodel import select

from tests.journeys.test_victim_to_choice import approve, draft
from tests.journeys.world import World, told
from tests.victims.test_one_person import rows
from tests.victims.test_preferences import say
from vcs.events.records import EventKind, EventSource, KeyEvent
from vcs.post.records import LetterRecord, LetterStatus
from vcs.referrals.records import Referral
from vcs.victims.preferences.records import Rule, Way

MARCH, MAY = date(2027, 3, 1), date(2027, 5, 1)


def planned(world: World, month: date, *, moved: bool = False) -> str:
    """Record that a release is planned for a month, or was moved to it."""
    with world.db.writing() as session:
        referral = session.exec(select(Referral)).one()
        event = KeyEvent(
            reference=f"VCS-EVEN-T{month:%m}0",
            referral_id=referral.id,
            kind=EventKind.RELEASE_MOVED if moved else EventKind.RELEASE_PLANNED,
            happened_on=month,
            only_month=True,
            source=EventSource.PRISON,
            sealed=world.sealer.seal_json({}),
            recorded_at=world.clock.now(),
            recorded_by=1,
            tell_by_at=world.clock.now(),
        )
        session.add(event)
        return event.reference


def approved_about(world: World, event: str) -> str:
    """Return an approved letter that tells of a planned release."""
    victim = world.refer()
    say(world, victim, Way.POST, Rule.ONLY)
    letter = draft(world, victim)
    with world.db.writing() as session:
        row = session.exec(select(LetterRecord)).one()
        row.kind, row.occasion = "pre-release", event
    approve(world, letter)
    world.clock.move_to(world.clock.now() + timedelta(hours=1))
    return letter


def about_release(world: World) -> list[LetterRecord]:
    return [one for one in rows(world, LetterRecord) if one.kind == "pre-release"]


def test_a_release_that_moves_ends_the_letter_and_a_new_draft_waits(world: World) -> None:
    world.court_tells(told())
    approved_about(world, planned(world, MARCH))
    world.sweep()
    assert [one.status for one in about_release(world)] == [LetterStatus.APPROVED]
    planned(world, MAY, moved=True)
    world.sweep()
    old, new = about_release(world)
    assert (old.status, new.status) == (LetterStatus.WITHDRAWN, LetterStatus.DRAFT)
    assert "what the letter tells changed" in (old.withdrawn_reason or "")
    assert (new.kind, new.occasion) == (old.kind, old.occasion)


@pytest.mark.parametrize("is_taken_back", [False, True])
def test_an_event_that_is_taken_back_ends_the_letter_about_it(
    world: World, is_taken_back: bool
) -> None:
    world.court_tells(told())
    event = planned(world, MARCH)
    approved_about(world, event)
    if is_taken_back:
        with world.db.writing() as session:
            row = session.exec(select(KeyEvent)).one()
            row.taken_back_at, row.taken_back_by = world.clock.now(), 1
            row.taken_back_sealed = world.sealer.seal_text("A mistake")
    world.sweep()
    is_ended = rows(world, LetterRecord)[0].status == LetterStatus.WITHDRAWN
    assert is_ended is is_taken_back
