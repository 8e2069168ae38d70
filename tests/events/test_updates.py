"""While an offender is unlawfully at large, whoever was told hears again every 12 hours."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from tests.events.told import (
    IN_ERROR,
    asks_for,
    chooses,
    decide,
    happens,
    line,
    page,
    refer,
    tell,
)
from tests.journeys.world import World
from vcs.errors import Conflict, NotValid
from vcs.events.record import EventEntry
from vcs.events.records import EventKind
from vcs.events.sets.give import UpdateEntry, record_update
from vcs.events.sets.now_reads import ToTell, to_tell_now
from vcs.events.sets.tell import ToldEntry
from vcs.events.take_back import take_back
from vcs.events.updates.reads import UpdatesOf
from vcs.terms import Choice, Role

HOURS = timedelta(hours=12)

BACK = replace(IN_ERROR, kind=EventKind.BACK_IN_CUSTODY)

RANG = UpdateEntry("phone", spoke_to="Ann", said="Nothing new. The police look for him.")


def give(world: World, event: str, victim: str, entry: UpdateEntry = RANG) -> None:
    with world.db.writing() as session:
        record_update(world.work(session, world.people[Role.VLO]), event, victim, entry)


def owed(world: World, event: str, victim: str) -> UpdatesOf:
    found = line(world, event, victim).updates
    assert found is not None
    return found


def told_of(world: World, entry: EventEntry = IN_ERROR) -> tuple[str, str]:
    """Return an event and a victim who was rung about it."""
    victim = refer(world, "Ann Lis")
    asks_for(world, victim, "ring")
    event = happens(world, entry)
    tell(world, event, victim)
    return event, victim


def test_a_day_and_a_night_while_he_is_out_and_he_is_back(case: World) -> None:
    event, victim = told_of(case)
    told_at = case.clock.now()
    assert owed(case, event, victim).due_at == told_at + HOURS
    case.clock.move_to(case.clock.now() + timedelta(hours=11))
    give(case, event, victim)
    first = owed(case, event, victim)
    assert first.due_at == case.clock.now() + HOURS
    assert [(one.spoke_to, one.by) for one in first.given] == [("Ann", "Vlo")]
    case.clock.move_to(case.clock.now() + timedelta(hours=13))
    leading = _leads(case)
    assert [(one.reference, one.waiting) for one in leading.updates] == [(event, 1)]
    happens(case, BACK)
    over = owed(case, event, victim)
    assert (over.due_at, over.ended) == (None, "offender_back")
    assert _leads(case).updates == ()
    with pytest.raises(Conflict, match="This is over"):
        give(case, event, victim)
    case.sweep()
    assert owed(case, event, victim).due_at is None
    assert case.problems() == []


def _leads(world: World) -> ToTell:
    with world.db.reading() as session:
        return to_tell_now(session, world.people[Role.VLO], world.clock.now())


@pytest.mark.parametrize(
    ("kind", "hears_again"),
    [
        (EventKind.RELEASED_IN_ERROR, True),
        (EventKind.ESCAPED, True),
        (EventKind.ABSCONDED, True),
        (EventKind.NOT_RETURNED, True),
        (EventKind.TIME_SERVED, False),
    ],
)
def test_word_is_owed_while_he_is_unlawfully_at_large_and_not_after_a_lawful_release(
    case: World, kind: EventKind, hears_again: bool
) -> None:
    event, victim = told_of(case, replace(IN_ERROR, kind=kind))
    assert (line(case, event, victim).updates is not None) == hears_again


def test_before_they_were_told_no_word_is_owed_but_the_news_itself(case: World) -> None:
    victim = refer(case, "Ann Lis")
    asks_for(case, victim, "ring")
    event = happens(case, IN_ERROR)
    assert line(case, event, victim).updates is None
    with pytest.raises(Conflict, match="Record first that they were told"):
        give(case, event, victim)


def test_the_dump_tells_of_each_word_that_was_owed_again_without_a_word_of_it(
    case: World,
) -> None:
    event, victim = told_of(case)
    case.clock.move_to(case.clock.now() + timedelta(hours=11))
    give(case, event, victim)
    happens(case, BACK)
    lines = [one for event in case.state()["events"] for one in event["lines"]]
    (updates,) = [one["updates"] for one in lines if "updates" in one]
    assert [(one["given"], one["ended"]) for one in updates] == [
        ("phone", None),
        (None, "offender_back"),
    ]
    assert "The police look" not in repr(case.state())


def test_a_try_leaves_the_same_word_owed(case: World) -> None:
    event, victim = told_of(case)
    due_at = owed(case, event, victim).due_at
    give(case, event, victim, UpdateEntry("phone", is_reached=False))
    tried = owed(case, event, victim)
    assert (tried.due_at, tried.tries) == (due_at, 1)
    assert [one.reached for one in case.view().victims[0].contacts] == [False, True]


def test_she_says_that_she_wants_no_more_and_later_that_she_does(case: World) -> None:
    event, victim = told_of(case)
    with pytest.raises(NotValid) as refusal:
        give(case, event, victim, UpdateEntry("phone", spoke_to="Ann", wants_more=False))
    assert "said" in refusal.value.fields
    give(case, event, victim, replace(RANG, said="“Let me sleep.”", wants_more=False))
    stopped = owed(case, event, victim)
    assert (stopped.due_at, stopped.ended, stopped.may_be_given) == (None, "not_wanted", True)
    assert stopped.ended_words == "“Let me sleep.”"
    case.clock.move_to(case.clock.now() + HOURS)
    case.sweep()
    assert owed(case, event, victim).due_at is None
    give(case, event, victim)
    assert owed(case, event, victim).due_at == case.clock.now() + HOURS


def test_word_goes_as_it_was_decided_and_never_by_letter(case: World) -> None:
    victim = refer(case, "Ann Lis", safe_to_post=False)
    event = happens(case, IN_ERROR)
    tell(case, event, victim, ToldEntry("police", "PC Tarn"))
    for how in ("phone", "letter"):
        with pytest.raises(NotValid) as refusal:
            give(case, event, victim, replace(RANG, how=how))
        assert "how" in refusal.value.fields
    give(case, event, victim, replace(RANG, how="police"))


@pytest.mark.parametrize("answer", ["never", None])
def test_whoever_wants_no_contact_hears_that_he_is_out_and_nothing_again(
    case: World, answer: str | None
) -> None:
    victim = refer(case, "Ann Lis")
    if answer:
        asks_for(case, victim, answer)
    else:
        chooses(case, victim, Choice.OPT_OUT)
    event = happens(case, IN_ERROR)
    tell(case, event, victim, ToldEntry("police", "PC Tarn"))
    case.sweep()
    none = owed(case, event, victim)
    assert (none.due_at, none.ended) == (None, "own_choice")


def test_whoever_opted_out_and_asked_to_be_rung_in_danger_hears_again(case: World) -> None:
    victim = refer(case, "Ann Lis")
    chooses(case, victim, Choice.OPT_OUT)
    asks_for(case, victim, "ring")
    event = happens(case, IN_ERROR)
    tell(case, event, victim)
    assert owed(case, event, victim).due_at is not None


def test_his_return_that_was_a_mistake_makes_word_owed_again(case: World) -> None:
    event, victim = told_of(case)
    back = happens(case, BACK)
    case.clock.move_to(case.clock.now() + timedelta(hours=2))
    with case.db.writing() as session:
        take_back(case.work(session, case.people[Role.MANAGER]), back, "It was another man.")
    assert owed(case, event, victim).due_at == case.clock.now() + HOURS
    assert page(case, event).over_at is None


def test_an_old_danger_that_is_recorded_after_his_return_owes_nothing(case: World) -> None:
    victim = refer(case, "Ann Lis")
    asks_for(case, victim, "ring")
    happens(case, BACK)
    event = happens(case, replace(IN_ERROR, happened_on=date(2026, 3, 23)))
    tell(case, event, victim)
    assert owed(case, event, victim).due_at is None


def test_his_return_at_an_hour_ends_a_danger_of_that_day_without_an_hour(case: World) -> None:
    event, victim = told_of(case)
    happens(case, replace(BACK, happened_time="06:00"))
    assert owed(case, event, victim).ended == "offender_back"


def test_somebody_who_joins_later_hears_again_from_when_they_were_told(case: World) -> None:
    event, _ = told_of(case)
    later = refer(case, "Bea Later")
    case.sweep()
    decide(case, event, later, "phone")
    tell(case, event, later)
    assert owed(case, event, later).due_at == case.clock.now() + HOURS


def test_a_crash_between_two_rows_is_made_good_by_the_next_sweep(case: World) -> None:
    from sqlalchemy import text

    event, victim = told_of(case)
    with case.db.writing() as session:
        session.execute(text("DELETE FROM event_update"))
    case.sweep()
    case.sweep()
    assert owed(case, event, victim).due_at is not None
    with case.db.reading() as session:
        assert session.execute(text("SELECT count(*) FROM event_update")).scalar() == 1
