"""An offer over the years: nobody is forgotten, and nobody is asked who wants no contact."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest

from tests.events.test_offers_again import PAROLE, no_reply, not_now, owed
from tests.events.told import PLANNED, happens, refer
from tests.journeys.world import FRIDAY_20_MARCH, World, a_victim, told
from tests.needs.test_asked_again import asked_all
from tests.needs.test_needs import again, clock
from tests.victims.test_deaths import answer
from tests.victims.test_family import died
from tests.victims.test_never_contact import changed, never
from tests.victims.test_one_person import known
from vcs.consequences.answers import dealt_with
from vcs.consequences.deaths import DeathAnswer
from vcs.errors import NotValid
from vcs.referrals.records import Referral
from vcs.terms import Choice, Role
from vcs.victims.contact.choices import ChoiceEntry, choose
from vcs.victims.contact.contact_reads import ContactRules, rules_for
from vcs.victims.find import visible_victim
from vcs.victims.records import AskAgainAt

TUESDAY_1_SEPTEMBER = date(2026, 9, 1)


def chose(world: World, victim: str, choice: Choice, ask_on: date | None = None) -> None:
    with world.db.writing() as session:
        work = world.work(session, world.people[Role.VLO])
        choose(work, victim, ChoiceEntry(choice, world.today, "by phone", ask_again_on=ask_on))


def on(world: World, *days: date) -> None:
    """Let the scheduler work on some days, one after the other."""
    for day in days:
        world.clock.move_to(day)
        world.sweep()


def has_died(world: World, victim: str) -> None:
    died(world, victim)
    answer(world, world.people[Role.MANAGER], DeathAnswer.DIED)


def box(world: World, victim: str) -> ContactRules:
    who = world.people[Role.VLO]
    with world.db.reading() as session:
        return rules_for(session, world.sealer, who, visible_victim(session, victim, who))


@pytest.mark.parametrize("happened", [never, died, has_died])
@pytest.mark.parametrize("is_open", [False, True])
def test_nobody_is_sent_to_somebody_who_wants_nothing_or_has_died(
    case: World, happened: Callable[[World, str], None], is_open: bool
) -> None:
    victim = refer(case, "Ann Lis")
    chose(case, victim, Choice.NOT_NOW, TUESDAY_1_SEPTEMBER)
    if is_open:
        on(case, TUESDAY_1_SEPTEMBER)
        assert owed(case) == [TUESDAY_1_SEPTEMBER]
    happened(case, victim)
    on(case, date(2026, 9, 2), date(2027, 9, 2))
    happens(case, replace(PLANNED, happened_on=date(2027, 12, 1)))
    assert owed(case) == []
    assert case.problems() == []


def test_whoever_changes_their_mind_is_asked_as_they_had_said(case: World) -> None:
    victim = refer(case, "Ann Lis")
    chose(case, victim, Choice.NOT_NOW, TUESDAY_1_SEPTEMBER)
    on(case, TUESDAY_1_SEPTEMBER)
    never(case, victim)
    on(case, date(2026, 9, 2))
    assert owed(case) == []
    changed(case, victim)
    on(case, date(2026, 9, 3))
    assert owed(case) == [TUESDAY_1_SEPTEMBER]


def one_offender(world: World) -> tuple[str, str]:
    """Refer one person in two cases of one offender; return them as a victim in each."""
    world.court_tells(told())
    world.court_tells(told(FRIDAY_20_MARCH, urn="13EX0000999"))
    first, other = world.referrals()
    victim = world.refer(first)
    return victim, known(world, other, victim, a_victim())


def test_a_no_in_another_case_of_the_offender_is_shown_and_asks_nobody(world: World) -> None:
    here, there = one_offender(world)
    chose(world, here, Choice.NOT_NOW, TUESDAY_1_SEPTEMBER)
    world.clock.days(1)
    chose(world, there, Choice.OPT_OUT)
    assert box(world, here).opted_out_on == box(world, there).opted_out_on == world.today
    assert box(world, here).warns
    on(world, TUESDAY_1_SEPTEMBER)
    assert owed(world) == []
    shown = world.view(world.referrals()[0]).victims[0]
    assert shown.rules.opted_out_on == date(2026, 3, 21)


def test_a_no_in_another_case_ends_what_asks_already(world: World) -> None:
    here, there = one_offender(world)
    chose(world, here, Choice.NOT_NOW, TUESDAY_1_SEPTEMBER)
    on(world, TUESDAY_1_SEPTEMBER)
    assert owed(world) == [TUESDAY_1_SEPTEMBER]
    chose(world, there, Choice.OPT_OUT)
    assert owed(world) == []


def test_silence_after_a_no_is_no_new_answer(case: World) -> None:
    victim = refer(case, "Ann Lis")
    chose(case, victim, Choice.OPT_OUT)
    with pytest.raises(NotValid) as refusal:
        chose(case, victim, Choice.NO_REPLY)
    assert "They said no on Tuesday 24 March 2026" in refusal.value.fields["choice"]
    # As rows from before may be.
    case.clock.days(1)
    no_reply(case, victim)
    on(case, date(2026, 11, 2))
    happens(case, PLANNED)
    assert owed(case) == []


def deal_with(world: World) -> None:
    (task,) = [one.reference for one in world.tasks(Role.VLO) if one.kind == "ask_again"]
    with world.db.writing() as session:
        dealt_with(world.work(session, world.people[Role.VLO]), task, "Rang, and nobody was in")


def test_a_task_that_was_closed_without_an_answer_comes_back_half_a_year_later(
    case: World,
) -> None:
    victim = refer(case, "Ann Lis")
    chose(case, victim, Choice.NOT_NOW, TUESDAY_1_SEPTEMBER)
    for day in (TUESDAY_1_SEPTEMBER, date(2027, 3, 3), date(2027, 9, 2)):
        on(case, day - timedelta(days=1))
        assert owed(case) == []
        on(case, day, day)
        assert owed(case) == [day]
        deal_with(case)
    chose(case, victim, Choice.OPT_IN)
    on(case, date(2029, 3, 1))
    assert owed(case) == []
    assert case.problems() == []


def test_no_reply_that_was_closed_without_an_answer_comes_back_too(case: World) -> None:
    no_reply(case, refer(case, "Ann Lis"))
    on(case, date(2026, 9, 22))
    deal_with(case)
    on(case, date(2027, 3, 22))
    assert owed(case) == []
    on(case, date(2027, 3, 24), date(2027, 3, 25))
    assert owed(case) == [date(2027, 3, 24)]


@pytest.mark.parametrize("named", [PAROLE.kind, "any"])
def test_an_event_that_was_known_already_and_is_to_come_is_asked_at(
    case: World, named: str
) -> None:
    victim = refer(case, "Ann Lis")
    happens(case, PAROLE)
    case.clock.days(1)
    not_now(case, victim, AskAgainAt.ANY_EVENT if named == "any" else AskAgainAt.PAROLE)
    # The review is on Tuesday 1 September: eight weeks before it is Tuesday 7 July.
    on(case, date(2026, 7, 6))
    assert owed(case) == []
    on(case, date(2026, 7, 7), date(2026, 7, 8))
    assert owed(case) == [date(2026, 7, 7)]


def test_not_now_shortly_before_the_event_is_asked_on_its_day(case: World) -> None:
    victim = refer(case, "Ann Lis")
    happens(case, replace(PAROLE, happened_on=date(2026, 3, 30)))
    case.clock.days(1)
    not_now(case, victim, AskAgainAt.PAROLE)
    on(case, date(2026, 3, 29))
    assert owed(case) == []
    on(case, date(2026, 3, 30))
    assert owed(case) == [date(2026, 3, 30)]


@pytest.mark.parametrize(
    ("named_on", "due"),
    [
        (date(2028, 1, 1), [date(2026, 10, 6)]),
        (date(2026, 11, 2), []),
        (None, [date(2026, 10, 6)]),
    ],
)
def test_a_release_before_the_moment_that_somebody_named_comes_first(
    case: World, named_on: date | None, due: list[date]
) -> None:
    victim = refer(case, "Ann Lis")
    if named_on:
        chose(case, victim, Choice.NOT_NOW, named_on)
    else:
        not_now(case, victim, AskAgainAt.PAROLE)
    happens(case, PLANNED)
    on(case, date(2026, 10, 7))
    assert owed(case) == due
    if named_on == date(2026, 11, 2):
        on(case, named_on)
        assert owed(case) == [named_on]


def test_where_no_event_is_ever_recorded_somebody_looks_each_year(case: World) -> None:
    victim = refer(case, "Ann Lis")
    not_now(case, victim, AskAgainAt.RELEASE)
    on(case, date(2027, 3, 23))
    assert owed(case) == []
    on(case, date(2027, 3, 24), date(2027, 3, 25))
    assert owed(case) == [date(2027, 3, 24)]
    (task,) = [one for one in case.tasks(Role.VLO) if one.kind == "ask_again"]
    assert "Do not contact the person" in task.question
    deal_with(case)
    on(case, date(2027, 10, 1), date(2028, 3, 22))
    assert owed(case) == []
    on(case, date(2028, 3, 24))
    assert owed(case) == [date(2028, 3, 24)]
    deal_with(case)
    happens(case, replace(PLANNED, happened_on=date(2028, 6, 1)))
    assert owed(case) == [date(2028, 4, 6)]
    assert case.problems() == []


@pytest.mark.parametrize("happened", [never, died])
@pytest.mark.parametrize("is_open", [False, True])
def test_needs_are_asked_again_of_nobody_who_wants_nothing_or_has_died(
    world: World, happened: Callable[[World, str], None], is_open: bool
) -> None:
    victim = asked_all(world)
    if is_open:
        on(world, date(2027, 4, 1))
        assert len(again(world)) == 1
    happened(world, victim)
    happens(world, replace(PLANNED, happened_on=date(2027, 6, 1)))
    on(world, date(2027, 4, 2), date(2027, 5, 20))
    assert again(world) == []


def test_never_lifts_the_duty_to_ask_about_needs_until_they_change_their_mind(
    world: World,
) -> None:
    from tests.needs.test_needs import referred
    from tests.victims.test_first_contact import SPOKE, contact

    victim = referred(world)
    contact(world, victim, SPOKE)
    assert [lifted for _, _, lifted in clock(world)] == [None]
    never(world, victim)
    assert [lifted for _, _, lifted in clock(world)] == [world.today]
    changed(world, victim)
    assert [lifted for _, _, lifted in clock(world)] == [None]


def test_nothing_is_asked_of_a_closed_referral(case: World) -> None:
    victim = refer(case, "Ann Lis")
    chose(case, victim, Choice.NOT_NOW, TUESDAY_1_SEPTEMBER)
    with case.db.writing() as session:
        from sqlmodel import select

        from vcs.consequences.closing.close import close
        from vcs.referrals.records import ClosedReason

        referral = session.exec(select(Referral)).one()
        work = case.work(session, case.people[Role.MANAGER])
        close(work, referral, ClosedReason.NOT_ELIGIBLE)
    on(case, TUESDAY_1_SEPTEMBER)
    assert owed(case) == []
    case.reopen()
    on(case, date(2026, 9, 2))
    assert owed(case) == [TUESDAY_1_SEPTEMBER]
