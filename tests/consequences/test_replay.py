from __future__ import annotations

import dataclasses
from typing import Any

import pytest

from tests.journeys.world import CANNOT_TELL, NOT_ELIGIBLE, World, told
from tests.journeys.world import FRIDAY_20_MARCH as FRIDAY
from tests.sentences.test_set_aside import NO_HEARING, aside, dismissed, mended
from vcs.consequences.messages import desk
from vcs.consequences.past import replay
from vcs.consequences.past.replay import Difference, archived, differences
from vcs.intake import reading
from vcs.intake.message import MessageRead
from vcs.terms import Term


def found(world: World) -> list[Difference]:
    return list(differences(world.db, world.sealer))


def everything(world: World) -> None:
    """Tell of eligible and other sentences, of shares old and new, and of what cannot be read."""
    world.court_tells(
        told(FRIDAY, ("One", "IMP", "3 Years"), ("Two", *NOT_ELIGIBLE)),
        told(FRIDAY, ("One", "IMP", "4 Years"), shared_at="17:30:00"),
        told(FRIDAY, ("One", "IMP", "2 Years"), shared_at="15:30:00"),
        told(FRIDAY, ("Other", *CANNOT_TELL), urn="13EX0000226"),
        b'{"hearing": {"id": "h-1", "prosecutionCases": []}}',
        NO_HEARING,
        b"not json",
    )


def test_nothing_differs_when_nothing_changed(world: World) -> None:
    everything(world)
    assert archived(world.db) == 7
    assert found(world) == []


def test_a_message_that_waits_is_not_yet_in_the_archive(world: World) -> None:
    world.keep(told())
    assert archived(world.db) == 0
    assert found(world) == []


def test_a_reader_that_is_mended_shows_what_was_missed(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    everything(world)
    mended(monkeypatch)
    (one,) = found(world)
    assert (one.was.status, one.now.status, one.status) == ("set_aside", "read", "set_aside")
    assert "it was set aside and would be read" in one.changes
    assert "sentenced 1 would be: statutory (section-35)" in one.changes
    assert len(world.referrals()) == 1, "a replay writes nothing"


def test_what_somebody_dismissed_is_looked_at_too(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    dismissed(world, aside(world))
    assert found(world) == []
    mended(monkeypatch)
    (one,) = found(world)
    assert (one.status, one.now.status) == ("dismissed", "read")


def shortened(body: bytes, *_: object) -> MessageRead:
    """Read as a reader that takes every length for three months."""
    real = reading.read(body)
    return dataclasses.replace(real, sentenced=tuple(_short(one) for one in real.sentenced))


def _short(one: Any) -> Any:
    offences = tuple(
        dataclasses.replace(
            offence,
            sentences=tuple(
                dataclasses.replace(s, terms=(Term(months=3),)) for s in offence.sentences
            ),
        )
        for offence in one.facts.offences
    )
    return dataclasses.replace(one, facts=dataclasses.replace(one.facts, offences=offences))


def test_each_change_of_outcome_and_of_facts_is_named_oldest_first_and_names_nobody(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = world.court_tells(
        told(), told(FRIDAY, ("Other", *NOT_ELIGIBLE), urn="13EX0000226")
    )
    monkeypatch.setattr(replay, "read", shortened)
    one, two = found(world)
    assert [one.receipt, two.receipt] == [first["receipt"], second["receipt"]]
    assert "sentenced 1: statutory (section-35) → not_eligible (no route)" in one.changes
    assert any("facts change: offences 1.sentences 1.terms" in change for change in one.changes)
    assert "Madeup" not in str((one.changes, two.changes))


def test_a_fault_at_one_message_is_named_and_the_rest_goes_on(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    poison, _ = world.court_tells(told(), told(urn="13EX0000226", shared_at="12:00:00"))
    real = reading.read

    def fails(body: bytes, *_: object) -> MessageRead:
        if b"13EX0000126" in body:
            raise ZeroDivisionError("about Canary Victim")
        return real(body)

    monkeypatch.setattr(replay, "read", fails)
    (one,) = found(world)
    assert one.receipt == poison["receipt"]
    assert "Canary" not in str(one)


def test_a_message_that_fails_as_it_did_has_not_changed(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: object) -> MessageRead:
        raise ZeroDivisionError

    world.keep(b"{}")
    monkeypatch.setattr(desk, "prepare", fails)
    world.read()
    monkeypatch.setattr(replay, "read", fails)
    assert found(world) == []


def test_progress_is_told_and_few_messages_are_held_at_a_time(world: World) -> None:
    world.court_tells(*(b'{"hearing": {"id": "%d"}}' % n for n in range(45)))
    told_of: list[int] = []
    assert list(differences(world.db, world.sealer, told_of.append)) == []
    assert told_of == [20, 40, 45]
