"""Who answers for an officer's referrals: every day has exactly one answer."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from vcs.referrals.officers.presence import Leave, Presence
from vcs.referrals.officers.reads import Hands

MONDAY_2_MARCH = date(2026, 3, 2)

OFFICERS = range(1, 6)


def day(number: int) -> date:
    return MONDAY_2_MARCH + timedelta(days=number)


@st.composite
def leaves(draw: st.DrawFn) -> tuple[Leave, ...]:
    """Draw leave as it may be recorded: none overlaps another of the same officer."""
    found: list[Leave] = []
    for number in range(draw(st.integers(0, 8))):
        first = draw(st.integers(0, 20))
        cover = draw(st.sampled_from([None, *OFFICERS]))
        who = draw(st.sampled_from([one for one in OFFICERS if one != cover]))
        leave = Leave(who, cover, day(first), day(first + draw(st.integers(0, 6))), number)
        if not any(one.account_id == who and one.meets(leave) for one in found):
            found.append(leave)
    return tuple(found)


@given(leaves(), st.frozensets(st.sampled_from(OFFICERS)), st.integers(-1, 28))
def test_every_referral_has_on_every_day_exactly_one_who_answers(
    all_leave: tuple[Leave, ...], active: frozenset[int], number: int
) -> None:
    presence, today = Presence(active, all_leave), day(number)
    for officer in OFFICERS:
        answers = presence.answers(officer, today)
        lists = [one for one in active if officer in (one, *presence.covered_by(one, today))]
        if answers is None:
            assert officer in presence.with_managers(today) or officer not in active
            continue
        assert answers in active
        assert presence.leave_of(answers, today) is None
        assert set(lists) == {officer, answers}
        assert officer not in presence.with_managers(today)


@given(leaves(), st.frozensets(st.sampled_from(OFFICERS)), leaves())
def test_leave_that_is_refused_a_circle_never_makes_one(
    recorded: tuple[Leave, ...], active: frozenset[int], asked: tuple[Leave, ...]
) -> None:
    held: list[Leave] = []
    for leave in (*recorded, *asked):
        presence = Presence(frozenset(OFFICERS), tuple(held))
        is_twice = any(one.account_id == leave.account_id and one.meets(leave) for one in held)
        if not is_twice and presence.circle(leave) is None:
            held.append(leave)
    presence = Presence(frozenset(OFFICERS), tuple(held))
    for number in range(28):
        for officer in OFFICERS:
            chain = presence.chain(officer, day(number))
            assert len({one.account_id for one in chain}) == len(chain)
            assert not chain or chain[-1].cover_id not in {one.account_id for one in chain}


def test_a_circle_that_is_there_all_the_same_leaves_both_with_the_managers() -> None:
    both = (Leave(1, 2, day(0), day(4), 1), Leave(2, 1, day(2), day(2), 2))
    presence = Presence(frozenset({1, 2}), both)
    assert (presence.answers(1, day(1)), presence.answers(2, day(1))) == (2, 2)
    assert (presence.answers(1, day(2)), presence.answers(2, day(2))) == (None, None)
    assert presence.with_managers(day(2)) == (1, 2)


def test_mail_for_an_officer_who_is_away_goes_to_both() -> None:
    presence = Presence(frozenset({1, 2}), (Leave(1, 2, MONDAY_2_MARCH, MONDAY_2_MARCH),))
    assert Hands(MONDAY_2_MARCH, presence, {}).told(1) == (1, 2)
    assert Hands(day(1), presence, {}).told(1) == (1,)
    assert Hands(MONDAY_2_MARCH, Presence(frozenset({1}), presence.leaves), {}).told(1) == (1,)
