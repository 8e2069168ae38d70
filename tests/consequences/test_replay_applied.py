"""A fault of ours in reading is mended, and the archive is read again, for good this time."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from typing import Any

import pytest
from sqlmodel import select

from tests.consequences.test_replay import everything, found, shortened
from tests.journeys.world import FRIDAY_20_MARCH as FRIDAY
from tests.journeys.world import NOT_ELIGIBLE, World, told
from tests.sentences.test_set_aside import NO_HEARING, aside, dismissed, mended
from vcs.access.records import AuditEntry
from vcs.consequences.messages import recording
from vcs.consequences.past import replay
from vcs.intake import reading
from vcs.intake.message import READ, SET_ASIDE, MessageRead
from vcs.sentences.court_messages import waiting_again
from vcs.terms import Outcome, Role

Read = Callable[[bytes], MessageRead]


def reads_as(monkeypatch: pytest.MonkeyPatch, read: Read) -> None:
    """Let the reader and the replay read in another way."""
    for part in (recording, replay):
        monkeypatch.setattr(part, "read", lambda body, *_: read(body))


def applied(world: World) -> int:
    """Apply what a replay shows, have it read, and see that nothing is left to show."""
    count = replay.apply(world.db, found(world), world.clock.now())
    world.read()
    assert found(world) == []
    assert replay.apply(world.db, found(world), world.clock.now()) == 0
    assert world.problems() == []
    return count


def nobody(body: bytes) -> MessageRead:
    """Read as a reader that passes over everybody."""
    return dataclasses.replace(reading.read(body), sentenced=())


def test_a_mended_reading_that_adds_eligibility_opens_the_referral(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    reads_as(monkeypatch, shortened)
    (receipt,) = world.court_tells(told())
    assert receipt["sentenced"][0]["outcome"] == Outcome.NOT_ELIGIBLE
    reads_as(monkeypatch, reading.read)
    (one,) = found(world)
    assert "sentenced 1: not_eligible (no route) → statutory (section-35)" in one.changes
    assert world.referrals() == []
    assert applied(world) == 1
    view = world.view()
    assert view.decision.outcome == Outcome.STATUTORY
    assert [one.outcome for one in view.decision.earlier] == [Outcome.NOT_ELIGIBLE]
    assert len(view.deadlines) == 1
    assert world.receipt(receipt["receipt"])["sentenced"][0]["outcome"] == Outcome.STATUTORY
    with world.db.reading() as session:
        events = [(one.event, one.detail) for one in session.exec(select(AuditEntry))]
    assert ("message.read_again", "was read") in events


def test_one_that_takes_it_away_leaves_the_referral_and_asks_a_person(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    world.court_tells(told())
    world.refer()
    reads_as(monkeypatch, shortened)
    assert applied(world) == 1
    assert world.view().status == "referred"
    assert world.view().decision.outcome == Outcome.NOT_ELIGIBLE
    (task,) = world.tasks()
    assert task.kind == "sentence_changed"
    assert "now give 'not eligible'" in task.question


def test_a_sentence_that_nothing_tells_any_more_is_asked_about_and_may_come_back(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    world.court_tells(told(FRIDAY, ("One", "IMP", "3 Years"), ("Two", *NOT_ELIGIBLE)))
    reads_as(monkeypatch, nobody)
    assert applied(world) == 1
    assert [one.gone for one in world.sentences()] == [True, True]
    (task,) = world.tasks()
    assert (task.kind, world.view().status) == ("sentence_gone", "awaiting")
    reads_as(monkeypatch, reading.read)
    assert applied(world) == 1
    assert [one.gone for one in world.sentences()] == [False, False]
    assert world.tasks() == ()


def test_what_was_set_aside_is_read_and_its_task_is_over(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    everything(world)
    mended(monkeypatch)
    asked = len(world.tasks(Role.ADMINISTRATOR))
    assert applied(world) == 1
    assert len(world.tasks(Role.ADMINISTRATOR)) == asked - 1
    assert len(world.referrals()) == 2


def test_what_cannot_be_read_any_more_keeps_what_it_told_and_asks_a_person(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    world.court_tells(told())
    reads_as(monkeypatch, lambda _: MessageRead(None, SET_ASIDE, "Nothing can be read today."))
    assert applied(world) == 1
    assert world.view().decision.outcome == Outcome.STATUTORY
    assert not world.view().sentence.gone
    assert [task.kind for task in world.tasks(Role.ADMINISTRATOR)] == ["set_aside"]


def test_what_a_person_dismissed_comes_back_only_where_it_can_be_read(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    receipt = aside(world)
    dismissed(world, receipt)
    reads_as(monkeypatch, lambda _: MessageRead(None, SET_ASIDE, "For another reason."))
    assert applied(world) == 0
    reads_as(monkeypatch, lambda _: reading.read(told()))
    assert applied(world) == 1
    assert world.receipt(receipt)["status"] == READ
    assert len(world.referrals()) == 1


def test_a_whole_archive_read_in_a_wrong_way_ends_as_if_it_had_been_read_rightly(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    everything(world)
    rightly = world.state()
    for wrong in (shortened, nobody):
        reads_as(monkeypatch, wrong)
        applied(world)
        assert world.state() != rightly
        reads_as(monkeypatch, reading.read)
        applied(world)
        assert world.state() == rightly


def test_a_message_that_moved_on_meanwhile_is_left_alone(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    receipt = aside(world, NO_HEARING)
    mended(monkeypatch)
    seen: list[Any] = found(world)
    dismissed(world, receipt)
    assert replay.apply(world.db, seen, world.clock.now()) == 0
    with world.db.writing() as session:
        assert waiting_again.read_again(session, [], world.clock.now()) == 0
    assert world.receipt(receipt)["status"] == "dismissed"


def test_a_receipt_from_before_the_length_was_told_in_words_is_no_difference() -> None:
    def entry(**more: object) -> replay.ReadEntry:
        offence = {"offence_code": "OF61131", "sequence": 1, "outcome": "statutory"} | more
        return replay.ReadEntry({"outcome": "statutory", "route": None, "offences": [offence]})

    then, words = entry(), entry(counted="2 years")
    other = entry(counted="3 years")

    def differs(was: replay.ReadEntry, now: replay.ReadEntry) -> bool:
        readings = (replay.Reading(READ, None, (one,)) for one in (was, now))
        return bool(list(replay.compared(*readings)))

    assert not differs(then, words)
    assert differs(words, other)
    assert differs(then, entry(outcome="cannot_tell", counted="2 years"))
