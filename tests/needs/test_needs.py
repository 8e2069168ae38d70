"""What a victim needs: asked item by item, in their words, and what was never asked is named."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from sqlalchemy import text
from sqlmodel import select

from tests.access.test_exclusions import excluded
from tests.journeys.test_victim_to_choice import choose
from tests.journeys.world import World, a_victim, told
from tests.victims.test_first_contact import RANG, SPOKE, contact
from vcs.access import trail
from vcs.consequences.closing.close import close as close_referral
from vcs.errors import Conflict, NotAllowed, NotFound, NotValid
from vcs.ledger.worklists.in_hand import need_actions
from vcs.needs import actions
from vcs.needs.action_reads import open_actions
from vcs.needs.actions import ActionEntry, ActionWords
from vcs.needs.answers import AnsweredMeanwhile, Conversation, ItemAnswer, record_answers
from vcs.needs.reads import NeedsView, needs_of
from vcs.needs.records import NeedOutcome
from vcs.needs.standard import ITEMS, ItemGroup, items_of, items_on
from vcs.post.cases.case import case_of_victim
from vcs.post.gate import holds
from vcs.post.holds.hold_kinds import HoldKind, Step
from vcs.referrals.records import ClosedReason, Referral
from vcs.terms import Choice, Role
from vcs.victims.details import amend

TUESDAY_24, THURSDAY_26, FRIDAY_27 = date(2026, 3, 24), date(2026, 3, 26), date(2026, 3, 27)

FRIDAY_24_APRIL, MONDAY_27_APRIL = date(2026, 4, 24), date(2026, 4, 27)

PROVISION = "Needs assessment: 20 working days"

FEARS = ItemAnswer("safety", "said", "canary: his cousin lives next door")


def referred(world: World) -> str:
    """Refer a victim on Tuesday 24 March 2026; it is Friday 27 March then."""
    world.court_tells(told())
    world.clock.move_to(TUESDAY_24)
    victim = world.refer()
    world.clock.move_to(FRIDAY_27)
    return victim


def ask(
    world: World,
    victim: str,
    *answers: ItemAnswer,
    day: date = FRIDAY_27,
    who: Role = Role.VLO,
    **more: Any,
) -> None:
    """Record answers about the group that the first of them belongs to."""
    (group,) = {item.group for item in ITEMS if item.id == answers[0].item}
    asked = Conversation(group, answers, day, "by phone", drawn_from=needs(world, victim).newest)
    with world.db.writing() as session:
        record_answers(world.work(session, world.people[who]), victim, replace(asked, **more))


def test_letters_wait_after_a_worry_until_somebody_decided(world: World) -> None:
    victim = referred(world)

    def waits(whose: str) -> bool:
        with world.db.reading() as session:
            who = world.people[Role.VLO]
            case = case_of_victim(session, world.sealer, who, whose, world.today)
        return any(one.kind is HoldKind.INSTRUCTION_ASKED for one in holds(case, Step.APPROVE))

    ask(world, victim, ItemAnswer("safety", "nothing"))
    assert not waits(victim)
    ask(world, victim, FEARS)
    assert waits(victim)


def ask_all(world: World, victim: str, day: date, but: tuple[str, ...] = ()) -> None:
    for group in ItemGroup:
        asked = [item for item in items_of(group, day) if item.id not in but]
        if asked:
            ask(world, victim, *(ItemAnswer(item.id, "nothing") for item in asked), day=day)


def needs(world: World, victim: str, who: Role = Role.VLO) -> NeedsView:
    with world.db.reading() as session:
        return needs_of(session, world.sealer, world.people[who], victim, world.today)


def clock(world: World) -> list[tuple[date, date | None, date | None]]:
    """Return due day, day met and day lifted of each deadline for asking about needs."""
    held = [one for one in world.view().deadlines if one.duty == "assess-needs"]
    assert all(one.provision == PROVISION for one in held)
    return [(one.due_on, one.met_on, one.lifted_on) for one in held]


def test_the_standard_has_fourteen_items_and_each_says_where_it_comes_from() -> None:
    items = items_on(FRIDAY_27)
    assert [item.number for item in items] == list(range(1, 15))
    assert sorted(i.id for g in ItemGroup for i in items_of(g, FRIDAY_27)) == sorted(
        item.id for item in items
    )
    assert {(item.mark, bool(item.source and item.good and item.asked)) for item in items} == {
        ("unconfirmed", True)
    }


def test_what_was_never_asked_is_named_and_nothing_is_no_gap(world: World) -> None:
    victim = referred(world)
    ask_all(world, victim, FRIDAY_27, but=("hard_days", "home"))
    line = needs(world, victim).line
    assert (line.of, line.not_asked, line.is_complete) == (
        14,
        ("Hard days", "Home and money"),
        False,
    )
    ask(world, victim, ItemAnswer("hard_days", "declined"))
    ask(world, victim, ItemAnswer("home", "said", "Wants to move"))
    assert needs(world, victim).line.is_complete


def test_earlier_answers_stay_and_the_latest_is_current(world: World) -> None:
    victim = referred(world)
    ask(world, victim, FEARS, day=THURSDAY_26)
    ask(world, victim, ItemAnswer("safety", "nothing"))
    ask(world, victim, ItemAnswer("safety", "said", "said before that"), day=THURSDAY_26)
    found = next(one for one in needs(world, victim).items if one.item.id == "safety")
    assert [(one.asked_on, one.answer) for one in found.answers] == [
        (FRIDAY_27, "nothing"),
        (THURSDAY_26, "said"),
        (THURSDAY_26, "said"),
    ]
    assert found.answers[2].words == FEARS.words
    assert (found.answers[0].recorded_by, found.answers[0].how) == ("Vlo", "by phone")


def test_what_witness_care_brought_is_not_asked_until_the_victim_confirms_it(world: World) -> None:
    victim = referred(world)
    brought = ItemAnswer("understood", "brought", "Welsh")
    ask(world, victim, brought, brought_on=TUESDAY_24)
    line = needs(world, victim).line
    assert ("Being understood" in line.not_asked, line.unconfirmed) == (True, ("Being understood",))
    ask(world, victim, replace(brought, answer="confirmed"), brought_on=TUESDAY_24)
    assert needs(world, victim).line.unconfirmed == ()
    view = next(one for one in needs(world, victim).items if one.item.id == "understood")
    assert (view.answers[0].brought_on, view.answers[0].confirmed_on) == (TUESDAY_24, FRIDAY_27)


@pytest.mark.parametrize(
    ("answer", "more", "field"),
    [
        (ItemAnswer("safety", "said", " "), {}, "safety-words"),
        (ItemAnswer("safety", "confirmed", ""), {"brought_on": TUESDAY_24}, "safety-words"),
        (ItemAnswer("safety", "nothing", "but he rang"), {}, "safety"),
        (ItemAnswer("safety", "", "he rang"), {}, "safety"),
        (ItemAnswer("safety", "yes"), {}, "safety"),
        (ItemAnswer("safety", ""), {}, ""),
        (ItemAnswer("safety", "said", "x" * 2001), {}, "safety-words"),
        (ItemAnswer("safety", "brought", "x"), {}, "brought_on"),
        (ItemAnswer("safety", "brought", "x"), {"brought_on": date(2026, 3, 28)}, "brought_on"),
        (FEARS, {"asked_on": date(2026, 3, 23)}, "asked_on"),
        (FEARS, {"asked_on": date(2026, 3, 28)}, "asked_on"),
        (FEARS, {"how": "by pigeon"}, "how"),
        (FEARS, {"group": ItemGroup.HELP}, "safety"),
    ],
)
def test_each_fault_is_named_and_nothing_is_kept(
    world: World, answer: ItemAnswer, more: dict[str, Any], field: str
) -> None:
    victim = referred(world)
    with pytest.raises(NotValid) as refusal:
        ask(world, victim, answer, **more)
    assert list(refusal.value.fields) == [field]
    assert needs(world, victim).newest == 0


def test_two_who_answer_the_same_item_the_second_is_told_and_both_stay(world: World) -> None:
    victim = referred(world)
    ask(world, victim, FEARS)
    with pytest.raises(AnsweredMeanwhile) as overtaken:
        ask(world, victim, ItemAnswer("safety", "nothing"), who=Role.MANAGER, drawn_from=0)
    assert overtaken.value.items == ("safety",)
    # Another item of the same form is no clash.
    ask(world, victim, ItemAnswer("safe_ways", "nothing"), who=Role.MANAGER, drawn_from=0)
    ask(world, victim, ItemAnswer("safety", "nothing"), who=Role.MANAGER)
    found = next(one for one in needs(world, victim).items if one.item.id == "safety")
    assert [one.recorded_by for one in found.answers] == ["Manager", "Vlo"]


def test_words_are_sealed_and_nobody_outside_the_unit_reads_them(world: World) -> None:
    victim = referred(world)
    ask(world, victim, FEARS)
    with world.db.reading() as session:
        held = session.execute(text("SELECT sealed FROM need_answer")).scalars().all()
        assert not any(b"canary" in bytes(one) for one in held)
        assert trail.verify(session) is None
    assert world.view().history[0].event == "needs.answered"
    assert "canary" not in str(world.view().history)
    for role in (Role.WITNESS_CARE, Role.ADMINISTRATOR):
        with pytest.raises(NotAllowed):
            needs(world, victim, role)
    elsewhere = world.hire(Role.VLO, "Far Away", region="N03")
    asked = Conversation(ItemGroup.SAFE, (FEARS,), FRIDAY_27, "by phone")
    with world.db.writing() as session, pytest.raises(NotFound):
        record_answers(world.work(session, elsewhere), victim, asked)


# The clock: 20 working days from the first conversation.


def test_the_clock_starts_with_the_first_conversation(world: World) -> None:
    victim = referred(world)
    contact(world, victim, RANG)
    contact(world, victim, replace(SPOKE, how="by email"))
    assert clock(world) == []
    contact(world, victim, replace(SPOKE, happened_on=FRIDAY_27))
    assert clock(world) == [(date(2026, 4, 28), None, None)]
    contact(world, victim, SPOKE)
    assert clock(world) == [(MONDAY_27_APRIL, None, None)]
    contact(world, victim, replace(SPOKE, happened_on=FRIDAY_27))
    assert clock(world) == [(MONDAY_27_APRIL, None, None)]
    assert world.headline().unaccounted == 0


def test_the_duty_is_met_on_the_day_of_the_last_question(world: World) -> None:
    victim = referred(world)
    contact(world, victim, SPOKE)
    ask_all(world, victim, THURSDAY_26, but=("home",))
    assert clock(world) == [(MONDAY_27_APRIL, None, None)]
    ask(world, victim, ItemAnswer("home", "brought", "moving"), brought_on=TUESDAY_24)
    assert clock(world) == [(MONDAY_27_APRIL, None, None)]
    ask(world, victim, ItemAnswer("home", "nothing"))
    assert clock(world) == [(MONDAY_27_APRIL, FRIDAY_27, None)]
    contact(world, victim, replace(SPOKE, happened_on=TUESDAY_24))
    assert clock(world) == [(MONDAY_27_APRIL, FRIDAY_27, None)]


@pytest.mark.parametrize(("day", "late"), [(27, 0), (28, 1)])
def test_a_missed_clock_is_told_to_the_manager_and_counts_as_overdue(
    world: World, day: int, late: int
) -> None:
    victim = referred(world)
    contact(world, victim, SPOKE)
    world.clock.move_to(date(2026, 4, day))
    world.sweep()
    world.sweep()
    assert len(world.misses_told(duty="Ask")) == late
    assert (world.headline().overdue, world.headline().unaccounted) == (late, 0)
    assert world.problems() == []


def test_somebody_who_wants_no_contact_is_owed_no_questions_until_they_do(world: World) -> None:
    victim = referred(world)
    choose(world, victim, Choice.OPT_IN, THURSDAY_26)
    assert clock(world) == [(MONDAY_27_APRIL, None, None)]
    choose(world, victim, Choice.OPT_OUT, FRIDAY_27)
    assert clock(world) == [(MONDAY_27_APRIL, None, FRIDAY_27)]
    assert world.problems() == []
    choose(world, victim, Choice.OPT_IN, FRIDAY_27)
    assert clock(world) == [(MONDAY_27_APRIL, None, None)]


def test_a_closed_referral_owes_no_questions_and_an_opt_out_outlasts_it(world: World) -> None:
    victim = referred(world)
    other = world.refer(entry=a_victim(name="Olga Other", phone=""))
    choose(world, victim, Choice.OPT_IN, THURSDAY_26)
    choose(world, victim, Choice.OPT_OUT, FRIDAY_27)
    manager = world.people[Role.MANAGER]
    with world.db.writing() as session:
        referral = session.exec(select(Referral)).one()
        close_referral(world.work(session, manager), referral, ClosedReason.NOT_ELIGIBLE)
    contact(world, other, replace(SPOKE, happened_on=FRIDAY_27, spoke_to="Olga"))
    assert [lifted for _, _, lifted in clock(world)] == [FRIDAY_27, FRIDAY_27]
    world.reopen()
    assert [lifted for _, _, lifted in clock(world)] == [FRIDAY_27, None]
    assert world.problems() == []


# Asking again.


def again(world: World) -> list[str]:
    return [one.kind for one in world.tasks() if one.kind == "needs_again"]


@pytest.mark.parametrize(("day", "asked"), [(26, 0), (27, 1), (28, 1)])
def test_after_a_year_it_is_asked_once_to_ask_again(world: World, day: int, asked: int) -> None:
    victim = referred(world)
    ask_all(world, victim, FRIDAY_27)
    world.clock.move_to(date(2027, 3, day))
    world.sweep()
    world.sweep()
    assert len(again(world)) == asked
    assert len(needs(world, victim).again) == asked


def test_asking_every_item_again_ends_the_question_and_starts_a_new_year(world: World) -> None:
    victim = referred(world)
    ask_all(world, victim, FRIDAY_27)
    world.clock.move_to(date(2027, 3, 29))
    world.sweep()
    ask_all(world, victim, world.today, but=("asked",))
    assert len(again(world)) == 1
    ask(world, victim, ItemAnswer("asked", "declined"), day=world.today)
    world.sweep()
    assert again(world) == []
    world.clock.move_to(date(2028, 3, 28))
    world.sweep()
    assert again(world) == []
    world.clock.move_to(date(2028, 3, 29))
    world.sweep()
    assert len(again(world)) == 1


def test_nobody_who_wants_no_contact_is_asked_again(world: World) -> None:
    victim = referred(world)
    ask_all(world, victim, FRIDAY_27)
    choose(world, victim, Choice.OPT_IN, THURSDAY_26)
    choose(world, victim, Choice.OPT_OUT, FRIDAY_27)
    world.clock.move_to(date(2027, 3, 29))
    world.sweep()
    assert again(world) == []


@pytest.mark.parametrize(
    ("lines", "asked"), [(("2 Canary Lane", "Leeds"), 1), (("1, CANARY LANE", "Leeds"), 0)]
)
def test_a_new_address_after_the_assessment_asks_for_it_again(
    world: World, lines: tuple[str, ...], asked: int
) -> None:
    victim = referred(world)
    ask_all(world, victim, FRIDAY_27)
    who = world.people[Role.VLO]
    with world.db.writing() as session:
        version = amend.reveal_details(world.work(session, who), victim, "to mend").version
    with world.db.writing() as session:
        moved = a_victim(address_lines=lines)
        amend.amend_victim(world.work(session, who), victim, version, moved)
    assert len(again(world)) == asked
    assert "Canary" not in str(needs(world, victim).again)


# Need, action, owner, day, outcome.


def action_of(world: World, victim: str, owner: int | None = None, due: date = FRIDAY_27) -> str:
    who = world.people[Role.VLO]
    words = ActionWords("canary: he waits outside", "Tell the police, agree a code word")
    entry = ActionEntry(words, who.account_id if owner is None else owner, due)
    with world.db.writing() as session:
        return actions.open_action(world.work(session, who), victim, "safety", entry).reference


def close(world: World, action: str, outcome: NeedOutcome = NeedOutcome.DONE) -> None:
    with world.db.writing() as session:
        work = world.work(session, world.people[Role.VLO])
        actions.close_action(work, action, outcome, "Seen in 40 minutes", world.today)


def test_an_action_has_an_owner_and_a_day_and_ends_with_an_outcome(world: World) -> None:
    victim = referred(world)
    action = action_of(world, victim)
    (shown,) = needs(world, victim).items[0].actions
    assert (shown.owner, shown.due_on, shown.outcome) == ("Vlo", FRIDAY_27, None)
    close(world, action, NeedOutcome.LAPSED)
    (shown,) = needs(world, victim).items[0].actions
    assert (shown.outcome, shown.outcome_words) == ("lapsed", "Seen in 40 minutes")
    with pytest.raises(Conflict):
        close(world, action)
    with world.db.reading() as session:
        row = session.execute(text("SELECT sealed, outcome_sealed FROM need_action")).one()
    assert not any(b"canary" in bytes(one) or b"Seen" in bytes(one) for one in row)


def test_an_overdue_action_is_on_its_owners_list_and_on_the_managers(world: World) -> None:
    victim = referred(world)
    action = action_of(world, victim)
    for day, overdue in ((FRIDAY_27, 0), (date(2026, 3, 28), 1)):
        world.clock.move_to(day)
        for role in (Role.VLO, Role.MANAGER):
            with world.db.reading() as session:
                count = need_actions(session, world.people[role], world.today)
            assert count == (1, overdue)
    other = world.hire(Role.VLO, "Other Officer")
    with world.db.writing() as session:
        work = world.work(session, world.people[Role.MANAGER])
        actions.hand_over_action(work, action, other.account_id, MONDAY_27_APRIL)
    with world.db.reading() as session:
        listed = [
            [row.owner for row in open_actions(session, who, world.today, mine=True).rows]
            for who in (world.people[Role.VLO], other)
        ]
    assert listed == [[], ["Other Officer"]]


def test_an_action_has_words_a_day_to_come_and_an_owner_of_the_unit(world: World) -> None:
    victim = referred(world)
    far = world.hire(Role.VLO, "Far Away", region="N03").account_id
    wcu = world.people[Role.WITNESS_CARE].account_id
    for owner in (far, wcu, 0):
        with pytest.raises(NotValid) as refusal:
            action_of(world, victim, owner)
        assert list(refusal.value.fields) == ["owner"]
    with pytest.raises(NotValid) as refusal:
        action_of(world, victim, due=THURSDAY_26)
    assert list(refusal.value.fields) == ["due_on"]
    with pytest.raises(NotFound):
        close(world, "VCS-0000-0000")


def test_whoever_is_kept_from_the_case_is_given_no_action_in_it(world: World) -> None:
    referred(world)
    shut_out = world.people[Role.VLO].account_id
    excluded(world, Role.VLO)
    with world.db.reading() as session:
        referral = session.exec(select(Referral)).one()
        owners = actions.staff_of(session, referral, world.today)
    assert owners
    assert shut_out not in owners
