"""Letters that come back: the printed address, the reason, and who is asked (N-03, N-04)."""

from __future__ import annotations

from datetime import date

import pytest
from sqlmodel import select

from tests.journeys.test_victim_to_choice import approve, draft, post
from tests.journeys.world import World, a_victim, told
from tests.victims.test_first_contact import RANG, SPOKE, TUESDAY_24, contact, met_on, missed
from tests.victims.test_one_person import REFUGE, change, rows
from vcs.consequences.answers import dealt_with
from vcs.errors import Conflict, NotAllowed, NotValid
from vcs.post.cases.case import gather
from vcs.post.decisions import decide
from vcs.post.gate import HoldKind, Step, holds
from vcs.post.records import LetterQuestion, LetterRecord
from vcs.post.returned.near import NoSuchLetter, letter_named, quoted
from vcs.post.returned.reasons import POLICIES, ReturnReason, reason_said
from vcs.post.returned.record import Recorded, Report, record_returned
from vcs.post.returned.unknown import keep_unknown
from vcs.tasks.records import Task, TaskKind, TaskTopic
from vcs.terms import Role
from vcs.victims.contact.tries import tries_of
from vcs.victims.find import visible_victim

MONDAY_30, TUESDAY_31 = date(2026, 3, 30), date(2026, 3, 31)

BACK = (HoldKind.RETURNED, HoldKind.SAID_DECEASED)

NOT_CALLED_WRONG = [ReturnReason.REFUSED, ReturnReason.NOT_COLLECTED]


@pytest.fixture
def posted(world: World) -> tuple[World, str, str]:
    """Return a victim whose first letter was posted on Tuesday 24 March 2026, and the letter."""
    world.court_tells(told())
    world.clock.move_to(TUESDAY_24)
    victim = world.refer()
    letter = draft(world, victim)
    approve(world, letter)
    post(world, letter, TUESDAY_24)
    world.clock.move_to(MONDAY_30)
    return world, victim, letter


def returned(
    world: World, letter: str, reason: ReturnReason, day: date = MONDAY_30, role: Role = Role.VLO
) -> Recorded:
    with world.db.writing() as session:
        work = world.work(session, world.people[role])
        return record_returned(work, letter, Report(reason, day))


def held(world: World, victim: str, step: Step = Step.APPROVE) -> set[HoldKind]:
    with world.db.reading() as session:
        part = visible_victim(session, victim, world.people[Role.VLO])
        case = gather(session, world.sealer, part, None, world.today).case
        return {one.kind for one in holds(case, step)} & set(BACK)


def let_go(world: World, letter: str, role: Role) -> None:
    with world.db.writing() as session:
        work = world.work(session, world.people[role])
        decide(work, letter, LetterQuestion.RETURNED, "Witness care confirmed the address")


def asked(world: World) -> list[Task]:
    return [one for one in rows(world, Task) if one.kind == TaskKind.LETTER_RETURNED]


def answer(world: World, task: Task) -> None:
    with world.db.writing() as session:
        dealt_with(world.work(session, world.people[Role.VLO]), task.reference, "I rang her")


@pytest.mark.parametrize(
    "reason", [ReturnReason.NOT_KNOWN, ReturnReason.REFUSED, ReturnReason.DECEASED]
)
def test_a_letter_that_came_back_reached_nobody_and_its_duty_is_owed_again(
    posted: tuple[World, str, str], reason: ReturnReason
) -> None:
    world, victim, letter = posted
    assert met_on(world) == TUESDAY_24
    returned(world, letter, reason)
    assert met_on(world) is None
    assert world.view().victims[0].first_contact_on is None
    assert held(world, victim)
    (task,) = asked(world)
    assert task.due_on == MONDAY_30
    assert POLICIES[reason].words in task.question
    assert world.problems() == []
    assert len(missed(world)) == 1


def test_whoever_was_reached_otherwise_stays_reached(posted: tuple[World, str, str]) -> None:
    world, victim, letter = posted
    contact(world, victim, SPOKE)
    returned(world, letter, ReturnReason.NOT_KNOWN)
    assert met_on(world) == SPOKE.happened_on


@pytest.mark.parametrize("reason", [ReturnReason.GONE_AWAY, ReturnReason.NOT_SAID])
def test_an_address_called_wrong_holds_until_it_is_changed_or_confirmed(
    posted: tuple[World, str, str], reason: ReturnReason
) -> None:
    world, victim, letter = posted
    returned(world, letter, reason)
    answer(world, asked(world)[0])
    assert held(world, victim) == {HoldKind.RETURNED}
    world.clock.move_to(TUESDAY_31)
    change(world, victim, phone="0113 496 0999")
    assert held(world, victim) == {HoldKind.RETURNED}
    change(world, victim, address_confirmed_on=TUESDAY_31)
    assert held(world, victim) == set()
    change(world, victim, **REFUGE)
    assert held(world, victim) == set()


def test_a_report_about_an_old_address_says_nothing_of_the_new_one(
    posted: tuple[World, str, str],
) -> None:
    world, victim, letter = posted
    change(world, victim, **REFUGE)
    returned(world, letter, ReturnReason.GONE_AWAY)
    answer(world, asked(world)[0])
    assert held(world, victim) == set()


@pytest.mark.parametrize("reason", NOT_CALLED_WRONG)
def test_refused_calls_no_address_wrong_and_is_no_opt_out(
    posted: tuple[World, str, str], reason: ReturnReason
) -> None:
    world, victim, letter = posted
    returned(world, letter, reason)
    assert world.view().victims[0].choice is None
    assert held(world, victim) == {HoldKind.RETURNED}
    answer(world, asked(world)[0])
    assert held(world, victim) == set()


def test_deceased_stops_everything_until_a_person_has_looked_and_begins_no_trace(
    posted: tuple[World, str, str],
) -> None:
    world, victim, letter = posted
    returned(world, letter, ReturnReason.DECEASED)
    for step in Step:
        assert held(world, victim, step) == {HoldKind.SAID_DECEASED}
    (task,) = asked(world)
    assert "do not begin a trace" in task.question
    answer(world, task)
    assert held(world, victim) == set()


def test_what_is_on_its_way_is_stopped_and_goes_only_by_somebody_else_s_decision(
    world: World,
) -> None:
    world.court_tells(told())
    world.clock.move_to(TUESDAY_24)
    victim = world.refer()
    first = draft(world, victim)
    approve(world, first)
    post(world, first, TUESDAY_24)
    world.clock.move_to(MONDAY_30)
    returned(world, first, ReturnReason.NOT_KNOWN)
    second = draft(world, victim)
    with pytest.raises(NotAllowed, match="whoever began this letter"):
        let_go(world, second, Role.VLO)
    let_go(world, second, Role.MANAGER)
    approve(world, second)
    assert [one.status for one in rows(world, LetterRecord)] == ["approved", "approved"]


def test_the_second_report_is_said_so_and_asks_nothing_again(
    posted: tuple[World, str, str],
) -> None:
    world, _, letter = posted
    assert not returned(world, letter, ReturnReason.REFUSED).is_repeat
    answer(world, asked(world)[0])
    world.clock.move_to(date(2026, 4, 7))
    again = returned(world, letter, ReturnReason.GONE_AWAY, date(2026, 4, 7))
    assert again.is_repeat
    assert (again.returned.reason, again.returned.came_back_on) == ("refused", MONDAY_30)
    assert [one.done_at is not None for one in asked(world)] == [True]


def test_others_at_the_address_are_asked_about_where_it_is_called_wrong(world: World) -> None:
    world.court_tells(told())
    world.clock.move_to(TUESDAY_24)
    victim = world.refer()
    other = world.refer("", a_victim(name="Owen Canary-Name"))
    elsewhere = world.refer("", a_victim(name="Una Elsewhere", **REFUGE))
    letter = draft(world, victim)
    approve(world, letter)
    post(world, letter, TUESDAY_24)
    world.clock.move_to(MONDAY_30)
    returned(world, letter, ReturnReason.GONE_AWAY)
    with world.db.reading() as session:
        officer = world.people[Role.VLO]
        ids = {one: visible_victim(session, one, officer).id for one in (victim, other, elsewhere)}
    assert {(one.victim_id, one.topic) for one in asked(world)} == {
        (ids[victim], None),
        (ids[other], TaskTopic.SAME_ADDRESS),
    }
    # The other one's own letters do not wait: nothing is known of them.
    assert held(world, other) == set()


def test_a_letter_that_was_never_approved_cannot_have_come_back(world: World) -> None:
    world.court_tells(told())
    letter = draft(world, world.refer())
    with pytest.raises(NotValid, match="never approved"):
        returned(world, letter, ReturnReason.REFUSED, world.today)


@pytest.mark.parametrize("day", [date(2026, 3, 23), TUESDAY_31])
def test_it_came_back_after_it_was_approved_and_not_ahead_of_us(
    posted: tuple[World, str, str], day: date
) -> None:
    world, _, letter = posted
    with pytest.raises(NotValid):
        returned(world, letter, ReturnReason.REFUSED, day)
    assert asked(world) == []


def test_what_came_back_cannot_be_recorded_as_posted_afterwards(world: World) -> None:
    world.court_tells(told())
    world.clock.move_to(TUESDAY_24)
    letter = draft(world, world.refer())
    approve(world, letter)
    returned(world, letter, ReturnReason.NOT_KNOWN, TUESDAY_24)
    with pytest.raises(Conflict, match="came back"):
        post(world, letter, TUESDAY_24)
    assert met_on(world) is None


def renamed(world: World, letter: str, reference: str) -> None:
    with world.db.writing() as session:
        row = session.exec(select(LetterRecord).where(LetterRecord.reference == letter)).one()
        row.reference = reference
        session.add(row)


def test_a_reference_is_known_however_it_is_typed(posted: tuple[World, str, str]) -> None:
    world, _, letter = posted
    renamed(world, letter, "VCS-7K0M-9Q1D")
    with world.db.reading() as session:
        for typed in ("VCS-7K0M-9Q1D", "vcs 7k0m 9q1d", "7K0M9Q1D"):
            assert letter_named(session, typed, None) == "VCS-7K0M-9Q1D", typed


@pytest.mark.parametrize("typed", ["VCS-7KOM-9QID", "VCS-7K0M-9QLD", "VCS-7K0M-9Q8D"])
def test_a_smudged_reference_names_nothing_and_those_that_come_near_are_offered(
    posted: tuple[World, str, str], typed: str
) -> None:
    world, _, letter = posted
    renamed(world, letter, "VCS-7K0M-9Q1D")
    with world.db.reading() as session, pytest.raises(NoSuchLetter) as problem:
        letter_named(session, typed, None)
    assert problem.value.near == ("VCS-7K0M-9Q1D",)
    assert "Nothing was recorded" in str(problem.value)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        (" vcs 7k0m 9q1d", "VCS-7K0M-9Q1D"),
        ("VCS-7KOM-9QID", "VCS-7KOM-9QID"),
        *(
            (typed, "")
            for typed in (
                "LS14AB", "LS1 4AB", "07700900123", "0113 4960", "SMITH2", "MARY1985", "Mrs Canary",
                "14-ACACIA-AVENUE", "VCS Mary 1985 Khan", "vcs-maryanns", "VCS 0770090012",
            )
        ),
    ],
)  # fmt: skip
def test_only_what_has_the_shape_of_our_references_stands_in_a_task_or_an_error(
    typed: str, said: str
) -> None:
    assert quoted(typed) == said
    words = str(NoSuchLetter(typed, ()))
    assert words.startswith("No letter has the reference" if said else "No letter has this ref")
    assert said or typed.upper() not in words.upper()


def test_what_is_not_theirs_to_see_is_not_offered(posted: tuple[World, str, str]) -> None:
    world, _, letter = posted
    renamed(world, letter, "VCS-7K0M-9Q1D")
    abroad = world.hire(Role.VLO, "Ffion", "N03")
    for typed in ("VCS-7K0M-9Q1D", "VCS-7K0M-9Q8D"):
        with world.db.reading() as session, pytest.raises(NoSuchLetter) as problem:
            letter_named(session, typed, abroad)
        assert problem.value.near == ()


def test_a_letter_that_came_back_is_no_try_that_counts_for_no_reply(
    posted: tuple[World, str, str],
) -> None:
    world, victim, letter = posted
    contact(world, victim, RANG)

    def ways() -> set[str]:
        with world.db.reading() as session:
            part = visible_victim(session, victim, world.people[Role.VLO])
            return {str(one.way) for one in tries_of(session, world.sealer, part).made}

    assert len(ways()) == 2
    returned(world, letter, ReturnReason.NOT_COLLECTED)
    assert len(ways()) == 1


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        ("addressee deceased", ReturnReason.DECEASED),
        ("Refused", ReturnReason.REFUSED),
        ("address incomplete", ReturnReason.INCOMPLETE),
        ("gone-away", ReturnReason.GONE_AWAY),
        ("GONE AWAY", ReturnReason.GONE_AWAY),
        ("not_known", ReturnReason.NOT_KNOWN),
        ("no reason", ReturnReason.NOT_SAID),
        ("wet", None),
    ],
)
def test_a_reason_is_understood_as_post_offices_write_it(
    said: str, reason: ReturnReason | None
) -> None:
    assert reason_said(said) is reason


def test_two_envelopes_of_one_day_are_two_however_alike_they_begin(world: World) -> None:
    begins = "Flat 2, 14 Acacia Avenue"
    with world.db.writing() as session:
        work = world.work(session, world.people[Role.MANAGER])
        kept = [
            keep_unknown(work, typed, world.today).reference
            for typed in (f"{begins}, Leeds", f"{begins}, Hull", f"{begins},  leeds")
        ]
    assert kept[0] != kept[1]
    assert kept[0] == kept[2]
