"""A letter to a partner that lies printed, or gave a victim's address away, and is unsafe since."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from sqlmodel import select

from api.print_batches import begin, close_if_empty, fill_batch
from tests.journeys.world import YORKSHIRE, World, a_victim, told
from tests.post.batches import a_batch
from tests.post.held_for import ARRANGE
from tests.post.others.a_partner import approve, to_others
from tests.post.others.test_others import _her, _opts_out, ready
from tests.post.test_drafts import chooses
from tests.victims.test_one_person import REFUGE, change, known, rows
from tests.victims.test_preferences import say
from vcs.clocks.records import ClockRecord
from vcs.clocks.rules import MANAGERS_TOLD
from vcs.needs.conditions.records import ConditionRequest
from vcs.post.batches.leaving import held_with_concern
from vcs.post.batches.records import BatchLetter
from vcs.post.gate import Step, holds
from vcs.post.holds.hold_kinds import HoldKind
from vcs.post.opening import TO_POST
from vcs.post.others.case import gather_other
from vcs.post.others.find import visible_other
from vcs.post.others.opening import open_other
from vcs.post.records import LetterStatus
from vcs.post.returned.reasons import ReturnReason
from vcs.post.returned.record import Report, keep_any_return
from vcs.post.stale.left_to_others import handed_over_to_check
from vcs.tasks.records import Task, TaskKind, TaskTopic
from vcs.terms import Choice, Role
from vcs.victims.preferences.records import Rule, Way

NOTICE = "hospital-managers-notice"

HERS = ("Canary", "LS1 3AB", "REFUGE")


def asked(world: World) -> list[Task]:
    world.clock.move_to(world.today + timedelta(days=1))
    world.sweep()
    return [one for one in rows(world, Task) if one.kind == TaskKind.LETTER_NOT_SENT]


def printed(world: World, folder: Path, kind: str = NOTICE) -> tuple[str, str]:
    """Return a letter that lies printed in an open batch, and the batch's manifest."""
    reference = ready(world, kind)
    approve(world, reference)
    return reference, a_batch.made(world, folder)[2]


def handed_over(world: World, folder: Path) -> str:
    reference, manifest = printed(world, folder)
    # What she chose before it left is not newer than it.
    world.clock.minutes(5)
    a_batch.leave(world, manifest)
    return reference


def test_a_hand_over_that_lies_printed_when_she_says_no_must_be_pulled(
    world: World, tmp_path: Path
) -> None:
    reference, _ = printed(world, tmp_path)
    assert asked(world) == []
    _opts_out(world)
    (task,) = asked(world)
    assert (task.topic, task.due_on) == (TaskTopic.MUST_STOP, world.today)
    assert reference in task.question
    assert "Take it out of the post" in task.question
    assert not any(one in task.question for one in HERS)
    assert len(asked(world)) == 1
    assert to_others(world)[0].status == LetterStatus.WITHDRAWN


def test_a_hand_over_that_was_opened_alone_to_be_posted_must_be_pulled_too(world: World) -> None:
    reference = ready(world, NOTICE)
    approve(world, reference)
    with world.db.writing() as session:
        work = world.work(session, world.people[Role.MANAGER])
        assert open_other(work, reference, TO_POST).pdf is not None
    change(world, _her(world), **REFUGE)
    (task,) = asked(world)
    assert reference in task.question


def test_one_that_was_pulled_when_the_file_was_made_again_is_asked_about_too(
    world: World, tmp_path: Path
) -> None:
    reference, _ = printed(world, tmp_path)
    _opts_out(world)
    hand = a_batch.making(world)
    batch = begin(hand, None)
    assert batch is not None
    fill_batch(hand, batch)
    with world.db.reading() as session:
        assert session.exec(select(BatchLetter.pulled_at)).one() is not None
    assert not close_if_empty(hand, batch)
    (task,) = asked(world)
    assert reference in task.question


def test_a_chase_that_lies_printed_when_the_referral_comes_must_be_pulled(
    world: World, tmp_path: Path
) -> None:
    reference, _ = printed(world, tmp_path, "chase-witness-care")
    world.refer()
    (task,) = asked(world)
    assert reference in task.question


def test_one_that_lies_printed_and_may_still_leave_is_asked_about_by_nobody(
    world: World, tmp_path: Path
) -> None:
    printed(world, tmp_path)
    change(world, _her(world), phone="0113 496 0888")
    assert asked(world) == []


@pytest.mark.parametrize("weeks", [0, 60])
def test_managers_who_hold_her_old_address_are_rung_however_long_ago_they_were_told(
    world: World, tmp_path: Path, weeks: int
) -> None:
    reference = handed_over(world, tmp_path)
    assert asked(world) == []
    world.clock.move_to(world.today + timedelta(weeks=weeks))
    change(world, _her(world), **REFUGE)
    task = next(one for one in asked(world) if reference in one.question)
    assert task.topic == TaskTopic.MUST_STOP
    assert "Ring the hospital managers" in task.question
    assert not any(one in task.question for one in HERS)


def test_managers_are_rung_when_she_says_no_after_the_hand_over(
    world: World, tmp_path: Path
) -> None:
    reference = handed_over(world, tmp_path)
    world.clock.minutes(5)
    _opts_out(world)
    (task,) = asked(world)
    assert reference in task.question


@pytest.mark.parametrize("hold", [HoldKind.NEVER_CONTACT, HoldKind.POST_NEVER, HoldKind.ONLY_VIA])
def test_managers_are_rung_when_she_must_not_be_written_to_any_more(
    world: World, tmp_path: Path, hold: HoldKind
) -> None:
    reference = handed_over(world, tmp_path)
    world.clock.minutes(5)
    ARRANGE[hold](world, _her(world))
    (task,) = asked(world)
    assert reference in task.question


def test_managers_are_rung_when_she_says_no_in_another_referral_of_the_offender(
    world: World, tmp_path: Path
) -> None:
    reference = handed_over(world, tmp_path)
    world.court_tells(told(urn="13EX0000226"))
    there = known(world, world.referrals()[1], _her(world), a_victim())
    world.clock.minutes(5)
    chooses(Choice.OPT_OUT)(world, there)
    (task,) = [one for one in asked(world) if reference in one.question]
    assert "Ring the hospital managers" in task.question


def test_a_hand_over_that_came_back_told_nobody_and_nobody_is_rung(
    world: World, tmp_path: Path
) -> None:
    handed_over(world, tmp_path)
    with world.db.writing() as session:
        work = world.work(session, world.people[Role.VLO])
        letter, concern = held_with_concern(work, to_others(world)[0].id)
        keep_any_return(work, letter, concern, Report(ReturnReason.REFUSED, world.today))
    change(world, _her(world), **REFUGE)
    assert not any("Ring the hospital managers" in one.question for one in asked(world))


def test_conditions_that_came_back_were_not_sent_and_the_unit_is_asked_today(
    world: World, tmp_path: Path
) -> None:
    _, manifest = printed(world, tmp_path, "offender-manager")
    a_batch.leave(world, manifest)
    assert [one.sent_on for one in rows(world, ConditionRequest)] == [world.today]
    with world.db.writing() as session:
        work = world.work(session, world.people[Role.VLO])
        letter, concern = held_with_concern(work, to_others(world)[0].id)
        keep_any_return(work, letter, concern, Report(ReturnReason.REFUSED, world.today))
    assert [one.sent_on for one in rows(world, ConditionRequest)] == [None]
    (task,) = [one for one in rows(world, Task) if one.kind == TaskKind.LETTER_RETURNED]
    assert (task.region_code, task.due_on) == (YORKSHIRE, world.today)
    assert "they do not know what was in it" in task.question


def test_a_hand_over_moves_the_clock_of_whom_it_names_when_it_leaves_and_comes_back(
    world: World, tmp_path: Path
) -> None:
    _, manifest = printed(world, tmp_path)
    a_batch.leave(world, manifest)
    assert _met(world) == [True]
    with world.db.writing() as session:
        work = world.work(session, world.people[Role.VLO])
        letter, concern = held_with_concern(work, to_others(world)[0].id)
        keep_any_return(work, letter, concern, Report(ReturnReason.REFUSED, world.today))
    assert _met(world) == [False]


def _met(world: World) -> list[bool]:
    kept = [one for one in rows(world, ClockRecord) if one.duty == MANAGERS_TOLD]
    return [one.met_on is not None for one in kept]


def test_managers_are_rung_at_each_change_of_what_they_may_use(
    world: World, tmp_path: Path
) -> None:
    handed_over(world, tmp_path)
    first = {"address_lines": ("1 Canary Lane", "Leeds"), "postcode": "LS1 3AB"}
    for at, there in enumerate((REFUGE, first, REFUGE), start=1):
        world.clock.minutes(30)
        change(world, _her(world), **there)
        found = asked(world)
        assert len(found) == len(asked(world)) == at
        assert not any(one in found[-1].question for one in HERS)


def test_a_hand_over_is_looked_at_again_only_for_something_newer(
    world: World, tmp_path: Path
) -> None:
    handed_over(world, tmp_path)
    change(world, _her(world), phone="0113 496 0888")
    assert to_check(world) == [to_others(world)[0].id]
    world.sweep()
    # What was recorded at the time of the look may not have been there yet.
    world.clock.minutes(30)
    world.sweep()
    assert to_check(world) == []
    change(world, _her(world), phone="0113 496 0889")
    assert len(to_check(world)) == 1


def to_check(world: World) -> list[int]:
    with world.db.reading() as session:
        return handed_over_to_check(session, world.clock.now())


def test_a_hand_over_that_she_stopped_is_drafted_again_when_she_wants_it(world: World) -> None:
    reference = ready(world, NOTICE)
    approve(world, reference)
    _opts_out(world)
    world.clock.move_to(world.today + timedelta(days=1))
    world.sweep()
    assert [one.status for one in to_others(world)] == [LetterStatus.WITHDRAWN]
    chooses(Choice.OPT_IN)(world, _her(world))
    world.clock.move_to(world.today + timedelta(days=1))
    world.sweep()
    assert [one.status for one in to_others(world)] == [LetterStatus.WITHDRAWN, LetterStatus.DRAFT]


@pytest.mark.parametrize("hold", [HoldKind.POST_NEVER, HoldKind.ONLY_VIA])
def test_why_a_hand_over_is_held_is_said_of_the_letter_to_the_managers(
    world: World, hold: HoldKind
) -> None:
    reference = ready(world, NOTICE)
    say(world, _her(world), Way.EMAIL, Rule.ALLOWED)
    ARRANGE[hold](world, _her(world))
    with world.db.reading() as session:
        vlo = world.people[Role.VLO]
        letter, about = visible_other(session, world.sealer, vlo, reference, world.clock.now())
        held = holds(gather_other(about, letter).case, Step.APPROVE)
    (text,) = [one.text for one in held if one.kind is hold]
    assert "Whoever gets this letter would write to the address in it" in text
    assert "by email" not in text
    assert "Go through them" not in text
