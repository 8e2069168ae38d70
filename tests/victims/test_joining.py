"""A manager makes two records one, and two again: each gets back what was theirs."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlmodel import col, select

from tests.events.told import asks_for
from tests.journeys.world import ELIGIBLE, FRIDAY_20_MARCH, World, a_victim, told
from tests.victims.test_known import asked_about, people
from tests.victims.test_one_person import (
    REFUGE,
    approved,
    change,
    held,
    open_letter,
    rows,
    two_referrals,
)
from vcs.errors import Conflict, NotAllowed, NotValid
from vcs.events.records import IfOutAnswer
from vcs.terms import Choice, Language, Role
from vcs.victims.contact import choices
from vcs.victims.details import amend
from vcs.victims.details.address_history import address_history
from vcs.victims.details.safety import amended_safely
from vcs.victims.family.births import record_birth
from vcs.victims.family.deaths import record_death
from vcs.victims.find import visible_victim
from vcs.victims.identity import known
from vcs.victims.identity.join import join_by_hand
from vcs.victims.identity.separate import separate
from vcs.victims.person import life_of
from vcs.victims.preferences.change import PreferenceEntry, change_preference
from vcs.victims.preferences.reads import standing_preferences
from vcs.victims.preferences.records import HowKnown, PreferenceRecord, Rule, Way
from vcs.victims.records import PersonJoin, PersonRecord, Victim

HOW = "they said so"


@pytest.fixture
def two(world: World) -> tuple[str, str]:
    """Return two victims who are on record apart, each in a referral of their own."""
    first, other = two_referrals(world)
    return world.refer(first), world.refer(other, a_victim(phone="0113 496 0888", **REFUGE))


def join(world: World, one: str, other: str, role: Role = Role.MANAGER) -> None:
    with world.db.writing() as session:
        join_by_hand(world.work(session, world.people[role]), one, other, HOW)


def part(world: World, victim: str, role: Role = Role.MANAGER) -> None:
    with world.db.writing() as session:
        separate(world.work(session, world.people[role]), victim, HOW)


def lived(world: World, victim: str) -> list[str]:
    """Return the first line of each address in somebody's history, the newest first."""
    with world.db.reading() as session:
        work = world.work(session, world.people[Role.MANAGER])
        found = address_history(work, visible_victim(session, victim, work.actor))
        return [one.lines[0] for one in found]


def test_two_are_one_and_then_two_again_as_if_nothing_had_been(
    world: World, two: tuple[str, str]
) -> None:
    before = [held(world, one) for one in two]
    join(world, *two)
    assert len(people(world)) == 1
    assert held(world, two[0]).safe_to_post is None
    part(world, two[1])
    assert [held(world, one) for one in two] == before
    assert len(people(world)) == 2
    assert lived(world, two[0]) == ["1 Canary Lane"], "not where the other one lives"
    assert lived(world, two[1]) == ["2 Refuge Close"]
    assert world.problems() == []


def test_what_happened_while_they_were_one_stays_with_the_referral_it_happened_in(
    world: World, two: tuple[str, str]
) -> None:
    join(world, *two)
    with world.db.writing() as session:
        work = world.work(session, world.people[Role.VLO])
        choices.record_choice(work, two[1], Choice.OPT_IN, world.today, "by phone")
    part(world, two[1])
    first, other = (world.view(one).victims[0] for one in world.referrals())
    assert (first.choice, other.choice) == (None, "opt_in")


@pytest.mark.parametrize("through", [0, 1])
def test_what_made_one_safer_while_they_were_one_counts_for_both(
    world: World, two: tuple[str, str], through: int
) -> None:
    join(world, *two)
    warning = "asked: none\nHe reads her post"
    change(world, two[through], safe_to_post=False, safe_contact_notes=warning)
    part(world, two[1])
    for one in two:
        assert (held(world, one).safe_to_post, held(world, one).safe_contact_notes) == (
            False,
            warning,
        )


def test_who_was_told_apart_is_not_asked_about_again(world: World, two: tuple[str, str]) -> None:
    join(world, *two)
    part(world, two[1])
    with world.db.writing() as session:
        work = world.work(session, world.people[Role.VLO])
        seen = amend.reveal_details(work, two[1], "to mend the details")
        known.amend_person(work, two[1], seen.version, replace(seen.entry, email=""))
    assert asked_about(world) == []
    assert [one.undone_at is not None for one in rows(world, PersonJoin)] == [True]


def test_an_approved_letter_to_either_waits_until_it_is_known_where_she_lives(
    world: World, two: tuple[str, str]
) -> None:
    letter = approved(world, two[0])
    join(world, *two)
    assert open_letter(world, letter)


@pytest.mark.parametrize("other", ["VCS-0000-0000", "", "itself"])
def test_somebody_else_is_named_by_a_reference_that_exists(
    world: World, two: tuple[str, str], other: str
) -> None:
    with pytest.raises(NotValid) as refusal:
        join(world, two[0], two[0] if other == "itself" else other)
    assert "other" in refusal.value.fields


def test_only_a_manager_joins_and_only_what_was_joined_is_parted(
    world: World, two: tuple[str, str]
) -> None:
    for role in (Role.VLO, Role.WITNESS_CARE):
        with pytest.raises(NotAllowed):
            join(world, *two, role)
        with pytest.raises(NotAllowed):
            part(world, two[1], role)
    with pytest.raises(Conflict):
        part(world, two[1])


def test_the_trail_names_both_referrals_and_how_it_is_known(
    world: World, two: tuple[str, str]
) -> None:
    join(world, *two)
    part(world, two[1])
    for reference, victim in zip(world.referrals(), two, strict=True):
        lines = [(one.event, one.detail) for one in world.view(reference).history]
        assert ("person.joined", f"{victim}: {HOW}") in lines
        assert ("person.separated", f"{victim}: {HOW}") in lines


def test_a_victim_left_with_a_record_that_was_joined_is_noticed(
    world: World, two: tuple[str, str]
) -> None:
    with world.db.writing() as session:
        first, other = session.exec(select(PersonRecord).order_by("id"))
        other.joined_to_id = first.id
    assert world.problems() == [f"Victims whose record was joined to another: {two[1]}."]


def test_what_cannot_be_told_apart_is_asked_about_and_nothing_is_posted(world: World) -> None:
    """Her letters must not go to the other one's refuge, nor her death be the other one's."""
    first, other = two_referrals(world)
    her = world.refer(first)
    stranger = a_victim(name="Ola Stranger", phone="0113 496 0888", **REFUGE)
    them = world.refer(other, stranger)
    before = [held(world, one) for one in (her, them)]
    join(world, her, them)
    change(world, her, safe_to_post=True, address_confirmed_on=world.today)
    with world.db.writing() as session:
        work = world.work(session, world.people[Role.VLO])
        record_death(work, them, None, "the police said so")
        record_birth(work, them, date(2012, 1, 1), "they said so")
    asks_for(world, them, "never", on=world.today)
    part(world, them)
    assert [held(world, one) for one in (her, them)] == [
        replace(one, safe_to_post=None) for one in before
    ]
    assert [_life(world, one) for one in (her, them)] == [
        (False, None, None),
        (True, date(2012, 1, 1), "never"),
    ]
    asked = [one for one in world.tasks() if "on record as one" in one.question]
    assert len(asked) == 2
    assert world.problems() == []


def _life(world: World, reference: str) -> tuple[bool, date | None, str | None]:
    with world.db.reading() as session:
        victim = session.exec(select(Victim).where(Victim.reference == reference)).one()
        life = life_of(session, world.sealer, victim.person_id)
        said = session.exec(
            select(IfOutAnswer.answer).where(IfOutAnswer.person_id == victim.person_id)
        ).first()
    return life.has_died, life.born_on, said


def test_a_default_of_the_second_entry_says_nothing() -> None:
    first = a_victim(language=Language.WELSH, name_in_latin="Latin Name")
    both = amended_safely(first, a_victim(**REFUGE))
    assert (both.language, both.name_in_latin) == (Language.WELSH, "Latin Name")
    other = amended_safely(first, a_victim(name="Ola Stranger", language=Language.ENGLISH))
    assert (other.language, other.name_in_latin) == (Language.WELSH, "")
    assert amended_safely(a_victim(), first).language == Language.WELSH


@pytest.mark.parametrize("times", [1, 2])
def test_what_the_other_one_allowed_while_they_were_one_allows_nothing(
    world: World, two: tuple[str, str], times: int
) -> None:
    _says(world, two[0], Rule.NEVER)
    world.clock.move_to(world.clock.now() + timedelta(minutes=1))
    join(world, *two)
    world.clock.move_to(world.clock.now() + timedelta(minutes=1))
    for _ in range(times):
        _says(world, two[1], Rule.ALLOWED)
        world.clock.move_to(world.clock.now() + timedelta(minutes=1))
    part(world, two[1])
    with world.db.reading() as session:
        now = select(PreferenceRecord.rule, Victim.reference).where(
            PreferenceRecord.person_id == Victim.person_id,
            col(PreferenceRecord.ended_at).is_(None),
        )
        assert list(session.exec(now)) == [("never", two[0])]


def _says(world: World, reference: str, rule: Rule) -> None:
    entry = PreferenceEntry(Way.PHONE, rule, world.today, HowKnown.THEM)
    with world.db.writing() as session:
        work = world.work(session, world.people[Role.VLO])
        victim = session.exec(select(Victim).where(Victim.reference == reference)).one()
        version = standing_preferences(session, world.sealer, victim.person_id).version
        change_preference(work, reference, version, entry)


def test_three_who_were_one_are_parted_in_any_order_and_none_gets_anothers_refuge(
    world: World,
) -> None:
    """Bea's refuge, her name and her telephone must not come back into Nia's record."""
    her, bea, cat = three_of_three_cases(world)
    before = [held(world, one) for one in (her, bea, cat)]
    for other in (bea, cat):
        later(world)
        join(world, her, other)
    for other in (bea, cat):
        later(world)
        part(world, other)
    after = [held(world, one) for one in (her, bea, cat)]
    assert after == [replace(one, safe_to_post=None) for one in before]
    homes = ["1 Canary Lane", "2 Refuge Close", "3 Third Street"]
    assert [lived(world, one) for one in (her, bea, cat)] == [[home] for home in homes]
    assert world.problems() == []


def later(world: World) -> None:
    world.clock.move_to(world.clock.now() + timedelta(minutes=1))


def three_of_three_cases(world: World) -> tuple[str, str, str]:
    first, second = two_referrals(world)
    message = told(FRIDAY_20_MARCH, ("Third", *ELIGIBLE), urn="13EX0000326")
    world.court_tells(message.replace(b"1 Example Street", b"9 Far Road").replace(b"EX1", b"EX9"))
    third = next(one for one in world.referrals() if one not in (first, second))
    there = {"address_lines": ("3 Third Street", "Leeds"), "postcode": "LS4 9ZX"}
    return (
        world.refer(first),
        world.refer(second, a_victim(name="Bea Two", phone="0113 496 0888", **REFUGE)),
        world.refer(third, a_victim(name="Cat Three", phone="0113 496 0999", **there)),
    )
