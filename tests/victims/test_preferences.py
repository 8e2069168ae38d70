"""How a person may be reached, and how never, is theirs in every referral."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from tests.journeys.world import World, told
from tests.victims.test_joining import join, part, two
from tests.victims.test_one_person import approved, case_of, joined, open_letter, rows
from vcs.errors import NotAllowed, NotValid
from vcs.post.decisions import decide
from vcs.post.gate import HoldKind, Step, holds
from vcs.post.records import LetterQuestion
from vcs.terms import Role
from vcs.victims.contact.contact_reads import ContactRules
from vcs.victims.preferences.allowed import Bar, Preference, Preferences
from vcs.victims.preferences.change import (
    OlderVersion,
    PreferenceEntry,
    Said,
    change_preference,
)
from vcs.victims.preferences.reads import standing_preferences
from vcs.victims.preferences.records import HowKnown, PreferenceRecord, Rule, Way
from vcs.victims.records import Victim

__all__ = ["two"]

FRIDAY_20_MARCH = date(2026, 3, 20)


def line(way: Way, rule: Rule, record: int = 1, via: str = "") -> Preference:
    known = HowKnown.THEM
    return Preference(1, record, way, rule, FRIDAY_20_MARCH, known, via_whom=via)


@pytest.mark.parametrize(
    ("lines", "way", "bar"),
    [
        ((), Way.POST, None),
        ((line(Way.POST, Rule.ALLOWED),), Way.POST, None),
        ((line(Way.PHONE, Rule.NEVER),), Way.POST, None),
        ((line(Way.POST, Rule.NEVER),), Way.POST, Bar.NEVER),
        ((line(Way.POST, Rule.ALLOWED), line(Way.POST, Rule.NEVER, 2)), Way.POST, Bar.NEVER),
        ((line(Way.POST, Rule.ONLY), line(Way.POST, Rule.NEVER, 2)), Way.POST, Bar.NEVER),
        ((line(Way.PHONE, Rule.ONLY),), Way.POST, Bar.ONLY_OTHERS),
        ((line(Way.PHONE, Rule.ONLY), line(Way.POST, Rule.ALLOWED)), Way.POST, Bar.ONLY_OTHERS),
        ((line(Way.PHONE, Rule.ONLY), line(Way.POST, Rule.ONLY)), Way.POST, None),
        ((line(Way.PHONE, Rule.ONLY), line(Way.POST, Rule.ONLY, 2)), Way.POST, Bar.ONLY_OTHERS),
        ((line(Way.VIA, Rule.ONLY, via="Ann"),), Way.POST, Bar.ONLY_VIA),
        ((line(Way.VIA, Rule.ONLY, via="Ann"),), Way.VIA, None),
        ((line(Way.VIA, Rule.ONLY), line(Way.PHONE, Rule.ONLY, 2)), Way.POST, Bar.ONLY_OTHERS),
        ((line(Way.ANYTHING, Rule.NEVER),), Way.PHONE, Bar.ANYTHING),
    ],
)
def test_what_protects_more_wins_over_what_allows(
    lines: tuple[Preference, ...], way: Way, bar: Bar | None
) -> None:
    assert Preferences(lines).bar(way) is bar


def test_the_ways_left_are_those_that_nothing_forbids() -> None:
    said = Preferences((line(Way.POST, Rule.NEVER), line(Way.TEXT, Rule.NEVER)))
    assert said.ways_left() == (Way.PHONE, Way.EMAIL, Way.IN_PERSON)
    through = Preferences((line(Way.VIA, Rule.ONLY, via="Ann at the refuge"),))
    assert through.ways_left() == (Way.VIA,)
    assert Preferences((line(Way.ANYTHING, Rule.NEVER),)).ways_left() == ()


NO_WORDS = Said()


def say(
    world: World,
    victim: str,
    way: Way,
    rule: Rule | None,
    *,
    said: Said = NO_WORDS,
    drawn_from: str | None = None,
    role: Role = Role.VLO,
) -> None:
    """Record an answer as an officer who has just opened the form."""
    entry = PreferenceEntry(way, rule, world.today, HowKnown.THEM, said)
    with world.db.writing() as session:
        work = world.work(session, world.people[role])
        version = known(world, victim).version if drawn_from is None else drawn_from
        change_preference(work, victim, version, entry)


def known(world: World, victim: str) -> Preferences:
    """Return what counts now."""
    (found,) = [one for one in rows(world, Victim) if one.reference == victim]
    with world.db.reading() as session:
        return standing_preferences(session, world.sealer, found.person_id)


def rules_seen(world: World, role: Role = Role.VLO) -> ContactRules:
    return world.view(world.referrals()[0], role).victims[0].rules


def kinds(world: World, victim: str, step: Step = Step.OPEN) -> set[HoldKind]:
    return {hold.kind for hold in holds(case_of(world, victim), step)}


VIA_ANN = Said(via_whom="Ann Canary at the refuge")


def test_never_post_said_in_one_referral_ends_the_letter_of_the_other(world: World) -> None:
    first, second = joined(world)
    letter = approved(world, second)
    say(world, first, Way.POST, Rule.NEVER)
    assert HoldKind.POST_NEVER in kinds(world, second, Step.DRAFT)
    why_not = open_letter(world, letter)
    assert why_not
    assert "nobody can overrule" in " ".join(why_not)
    letters = world.view(world.referrals()[1]).letters
    assert [one.status for one in letters] == ["withdrawn"]
    assert letters[0].withdrawn_reason == "The victim does not want post."
    assert world.problems() == []


def test_a_letter_in_the_program_is_withdrawn_by_the_next_sweep(world: World) -> None:
    world.court_tells(told())
    victim = world.refer()
    approved(world, victim)
    say(world, victim, Way.PHONE, Rule.ONLY)
    world.sweep()
    assert [one.status for one in world.view().letters] == ["withdrawn"]


def test_only_through_somebody_waits_and_names_them_until_a_second_person_decides(
    world: World,
) -> None:
    world.court_tells(told())
    victim = world.refer()
    letter = approved(world, victim)
    say(world, victim, Way.VIA, Rule.ONLY, said=VIA_ANN)
    assert HoldKind.ONLY_VIA in kinds(world, victim)
    why_not = open_letter(world, letter)
    assert why_not
    assert "Ann Canary" in why_not[0]

    def decided(role: Role) -> None:
        with world.db.writing() as session:
            work = world.work(session, world.people[role])
            decide(work, letter, LetterQuestion.ONLY_VIA, "Ann asked us to write to her")

    with pytest.raises(NotAllowed):
        decided(Role.VLO)
    decided(Role.MANAGER)
    assert open_letter(world, letter) is None


def test_a_decision_about_whom_to_go_through_lapses_with_another_name(world: World) -> None:
    world.court_tells(told())
    victim = world.refer()
    letter = approved(world, victim)
    say(world, victim, Way.VIA, Rule.ONLY, said=VIA_ANN)
    with world.db.writing() as session:
        work = world.work(session, world.people[Role.MANAGER])
        decide(work, letter, LetterQuestion.ONLY_VIA, "Ann asked us to")
    say(world, victim, Way.VIA, Rule.ONLY, said=Said(via_whom="Her sister"))
    assert open_letter(world, letter) is not None


def test_the_second_of_two_who_opened_the_form_is_told_and_loses_nothing_of_the_first(
    world: World,
) -> None:
    world.court_tells(told())
    victim = world.refer()
    opened = known(world, victim).version
    say(world, victim, Way.PHONE, Rule.NEVER, drawn_from=opened)
    with pytest.raises(OlderVersion):
        say(world, victim, Way.PHONE, Rule.ALLOWED, drawn_from=opened)
    assert known(world, victim).bar(Way.PHONE) is Bar.NEVER


def test_a_later_answer_ends_the_earlier_one_and_both_stay_on_record(world: World) -> None:
    world.court_tells(told())
    victim = world.refer()
    say(world, victim, Way.TEXT, Rule.NEVER, said=Said(times="Never after six"))
    say(world, victim, Way.TEXT, Rule.ALLOWED)
    assert known(world, victim).bar(Way.TEXT) is None
    kept = rows(world, PreferenceRecord)
    assert [(one.rule, one.ended_at is None) for one in kept] == [
        ("never", False),
        ("allowed", True),
    ]
    say(world, victim, Way.TEXT, None)
    assert known(world, victim).lines == ()
    assert b"six" not in kept[0].sealed


def test_through_somebody_needs_a_name_and_a_day_ahead_is_refused(world: World) -> None:
    world.court_tells(told())
    victim = world.refer()
    with pytest.raises(NotValid) as refused:
        say(world, victim, Way.VIA, Rule.ONLY)
    assert "via_whom" in refused.value.fields
    entry = PreferenceEntry(Way.POST, Rule.NEVER, date(2026, 3, 21), HowKnown.THEM)
    version = known(world, victim).version
    with world.db.writing() as session:
        work = world.work(session, world.people[Role.VLO])
        with pytest.raises(NotValid) as refused:
            change_preference(work, victim, version, entry)
    assert "since_on" in refused.value.fields


def test_witness_care_sees_what_is_forbidden_and_not_what_was_said(world: World) -> None:
    world.court_tells(told())
    victim = world.refer()
    say(world, victim, Way.VIA, Rule.ONLY, said=replace(VIA_ANN, times="after six"))
    seen = rules_seen(world, Role.WITNESS_CARE).preferences
    assert seen.bar(Way.POST) is Bar.ONLY_VIA
    assert "Canary" not in repr(seen)
    assert "Canary" in repr(rules_seen(world).preferences)
    with pytest.raises(NotAllowed):
        say(world, victim, Way.POST, Rule.NEVER, role=Role.WITNESS_CARE)


def test_where_two_are_joined_the_protective_answer_counts_and_each_gets_theirs_back(
    world: World, two: tuple[str, str]
) -> None:
    first, second = two
    say(world, first, Way.POST, Rule.ALLOWED)
    say(world, second, Way.POST, Rule.NEVER)
    assert known(world, first).bar(Way.POST) is None
    join(world, first, second)
    assert known(world, first).bar(Way.POST) is Bar.NEVER
    assert known(world, second).bar(Way.POST) is Bar.NEVER
    part(world, second)
    assert known(world, first).bar(Way.POST) is None
    assert known(world, second).bar(Way.POST) is Bar.NEVER
    assert world.problems() == []


def test_what_was_forbidden_while_two_were_one_counts_for_both_afterwards(
    world: World, two: tuple[str, str]
) -> None:
    first, second = two
    join(world, first, second)
    say(world, second, Way.PHONE, Rule.NEVER)
    part(world, second)
    assert known(world, first).bar(Way.PHONE) is Bar.NEVER
    assert known(world, second).bar(Way.PHONE) is Bar.NEVER


def test_what_one_forbade_and_the_joined_record_allowed_is_forbidden_again(
    world: World, two: tuple[str, str]
) -> None:
    first, second = two
    say(world, second, Way.PHONE, Rule.NEVER)
    join(world, first, second)
    say(world, first, Way.PHONE, Rule.ALLOWED)
    assert known(world, first).bar(Way.PHONE) is None
    part(world, second)
    assert known(world, second).bar(Way.PHONE) is Bar.NEVER
