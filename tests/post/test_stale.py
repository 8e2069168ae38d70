"""A letter of any kind is withdrawn by itself once what it tells has changed, and begins anew."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlmodel import func, select

from tests.journeys.test_victim_to_choice import approve, draft, post
from tests.journeys.world import World, told
from tests.post.batches.a_batch import approved
from tests.post.batches.test_batches import victim_of
from tests.victims.test_one_person import REFUGE, change, rows
from tests.victims.test_preferences import say
from vcs.events.records import EventKind, EventSource, KeyEvent
from vcs.post.opening import withdraw_if_outdated
from vcs.post.records import LetterRecord, LetterStatus
from vcs.post.stale.due import go_on_behind, letters_to_check
from vcs.referrals.records import Referral
from vcs.victims.preferences.records import Rule, Way
from vcs.victims.records import Victim

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


def approved_to_each(world: World, how_many: int) -> list[str]:
    """Return approved letters to people in one referral, an hour ago."""
    world.court_tells(told())
    letters = [approved(world, name) for name in ("Ann", "Bea", "Cerys", "Dilys")[:how_many]]
    world.clock.move_to(world.clock.now() + timedelta(hours=1))
    return letters


def statuses(world: World) -> list[str]:
    found = sorted(rows(world, LetterRecord), key=lambda one: one.id)
    return [one.status for one in found if one.approved_at is not None]


def looked_at(world: World, limit: int) -> list[int]:
    with world.db.writing() as session:
        found = letters_to_check(session, world.today, limit)
        go_on_behind(session, found)
        return list(found.victims)


def test_a_letter_that_was_posted_is_not_looked_at_again_nor_withdrawn(world: World) -> None:
    (letter,) = approved_to_each(world, 1)
    post(world, letter, world.today)
    change(world, victim_of(world, letter), **REFUGE)
    assert looked_at(world, 500) == []
    world.sweep()
    assert statuses(world) == [LetterStatus.APPROVED]
    with world.db.writing() as session:
        victim = session.exec(select(Victim)).one()
        assert withdraw_if_outdated(session, world.sealer, victim.id, world.clock.now()) == 0


def test_letters_that_stay_in_the_list_keep_no_newer_one_from_its_turn(world: World) -> None:
    letters = approved_to_each(world, 4)
    for letter in letters:
        say(world, victim_of(world, letter), Way.POST, Rule.ONLY)
    victims = [one.id for one in sorted(rows(world, Victim), key=lambda one: one.id)]
    found = [looked_at(world, 2)[0] for _ in range(5)]
    assert found == [*victims, victims[0]]


def test_what_changed_keeps_no_letter_that_names_another_from_its_turn(world: World) -> None:
    letters = approved_to_each(world, 3)
    for letter in letters[:2]:
        say(world, victim_of(world, letter), Way.POST, Rule.ONLY)
    with world.db.writing() as session:
        for row in session.exec(select(LetterRecord)):
            row.signatory = "another" if row.reference == letters[2] else row.signatory
        last = session.exec(select(func.max(Victim.id))).one()
    assert last in looked_at(world, 2)
