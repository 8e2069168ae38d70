"""Who is told of a warning that an officer heard herself: everybody else who answers for somebody.

She knows of it, and is not told of what she did.
"""

from __future__ import annotations

from tests.alerts.test_at_once import HEAD, MANAGER, OFFICER, given, mailed
from tests.alerts.test_no_miss_unseen import moved
from tests.journeys.test_officer_leaves import assigned
from tests.journeys.world import WALES, World, told
from tests.victims.test_one_person import change
from vcs.access.actors import Actor
from vcs.consequences.hidden.excluding import exclude
from vcs.referrals.officers.leave import Away, record_leave
from vcs.terms import Role

__all__ = ["given"]

COVER = "cover@example.org"


def heard(world: World, who: Actor, reference: str = "") -> None:
    """Let an officer record that post to somebody is not safe."""
    victim = world.refer(reference)
    change(world, victim, who, safe_to_post=False)


def warned(world: World) -> list[str]:
    """Return to whom a warning was mailed, in the order of sending."""
    return [to for kind, to in mailed(world) if kind == "safety"]


def another_of_his(world: World, officer: Actor, urn: str = "13EX0000926") -> str:
    """Return another referral of the same offender, which another officer has."""
    held = set(world.referrals())
    world.court_tells(told(urn=urn))
    (new,) = set(world.referrals()) - held
    assigned(world, new, officer.account_id)
    return new


def test_her_manager_is_told_at_once_and_she_is_not(given: World) -> None:
    heard(given, given.people[Role.VLO])
    assert warned(given) == [MANAGER]
    assert warned(given) == [MANAGER]


def test_what_whoever_covers_heard_is_told_to_her_officer(given: World) -> None:
    cover = given.hire(Role.VLO, "Cover")
    with given.db.writing() as session:
        work = given.work(session, given.people[Role.MANAGER])
        vera = given.people[Role.VLO].account_id
        last_on = given.today.replace(day=31)
        record_leave(work, Away(vera, cover.account_id, given.today, last_on))
    heard(given, cover)
    assert warned(given) == [OFFICER, MANAGER]


def test_while_she_is_away_both_she_and_whoever_covers_are_told(given: World) -> None:
    cover = given.hire(Role.VLO, "Cover")
    with given.db.writing() as session:
        work = given.work(session, given.people[Role.MANAGER])
        vera = given.people[Role.VLO].account_id
        last_on = given.today.replace(day=31)
        record_leave(work, Away(vera, cover.account_id, given.today, last_on))
    heard(given, given.hire(Role.VLO, "Third Officer"))
    assert warned(given) == [OFFICER, COVER, MANAGER]


def test_the_officer_of_another_case_of_the_same_offender_is_told(given: World) -> None:
    other = given.hire(Role.VLO, "Other Officer")
    mine = given.only_referral()
    another_of_his(given, other)
    heard(given, given.people[Role.VLO], mine)
    assert warned(given) == ["other.officer@example.org", MANAGER]


def test_an_officer_who_may_not_know_or_could_not_open_it_is_not_told(given: World) -> None:
    far, kept_out = given.hire(Role.VLO, "Far"), given.hire(Role.VLO, "Kept Out")
    mine = given.only_referral()
    moved(given, another_of_his(given, far), WALES)
    another_of_his(given, kept_out, "13EX0000826")
    with given.db.writing() as session:
        work = given.work(session, given.people[Role.HEAD])
        exclude(work, mine, kept_out.account_id, "knows her")
    heard(given, given.people[Role.VLO], mine)
    assert warned(given) == [MANAGER]


def test_where_her_manager_may_not_know_the_next_rung_is_told(given: World) -> None:
    with given.db.writing() as session:
        work = given.work(session, given.people[Role.HEAD])
        exclude(work, given.only_referral(), given.people[Role.MANAGER].account_id, "his sister")
    heard(given, given.people[Role.VLO])
    assert warned(given) == [HEAD]
