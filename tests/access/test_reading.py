"""Who opens many people's details is told of, and stopped at a limit: each look is kept first."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta

import pytest
from sqlmodel import Session, col, select

from tests.journeys.world import YORKSHIRE, World, a_victim, told
from tests.services.mailbox import text_of
from vcs.access.actors import Actor
from vcs.access.reading import limits
from vcs.access.reading.lifts import lift_limit
from vcs.access.reading.limits import LIMITS, ReadingLimit, limits_of
from vcs.access.reading.looks import TooManyOpened
from vcs.access.reading.records import PersonalRead, Scope, UnusualReading
from vcs.access.records import AuditEntry
from vcs.errors import NotAllowed, NotFound, NotSetUp, NotValid
from vcs.referrals.looks import LOOKS_SHOWN, looks_of, who_has_seen
from vcs.referrals.officers.assign import assign_vlo
from vcs.terms import Role
from vcs.victims.whereabouts.reveal import reveal_address

WHY = "to check the address"

TELL, STOP = 3, 5


@pytest.fixture(autouse=True)
def _small_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    """Tell at three and stop at five outside, at six and eight in all: the rule, not the row."""
    rows = (
        ReadingLimit(Role.VLO, Scope.OUTSIDE, TELL, STOP),
        ReadingLimit(Role.VLO, Scope.ALL, 6, 8),
        ReadingLimit(Role.MANAGER, Scope.ALL, TELL, STOP),
    )
    monkeypatch.setattr(limits, "LIMITS", rows)


def people(world: World, count: int) -> list[str]:
    """Return the references of so many victims, all in one referral."""
    world.court_tells(told())
    return [world.refer(entry=a_victim(name=f"Person Number {n}")) for n in range(count)]


def look(world: World, victim: str, who: Actor | None = None) -> str:
    with world.db.writing() as session:
        work = world.work(session, who or world.people[Role.VLO])
        return reveal_address(work, victim, WHY).name


def looks(world: World) -> list[PersonalRead]:
    with world.db.reading() as session:
        return list(session.exec(select(PersonalRead).order_by(col(PersonalRead.id))))


def scopes(world: World) -> list[str]:
    """Return which limits managers are told of, in the order of time."""
    with world.db.reading() as session:
        return list(session.exec(select(UnusualReading.scope).order_by("id")))


def subjects(world: World) -> list[str]:
    """Return the subject of each mail about reading."""
    world.sweep()
    return [one["Subject"] for one in world.mail() if "details" in one["Subject"]]


def test_every_role_that_opens_details_has_dated_limits_and_a_day_without_one_shows_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert all(one.tell_at < one.stop_at for one in LIMITS)
    earlier = ReadingLimit(Role.VLO, Scope.ALL, 1, 2, date(2026, 1, 1))
    later = ReadingLimit(Role.VLO, Scope.ALL, 3, 4, date(2026, 3, 20))
    monkeypatch.setattr(limits, "LIMITS", (later, earlier))
    assert limits_of(Role.VLO, date(2026, 3, 19)) == (earlier,)
    assert limits_of(Role.VLO, date(2026, 3, 20)) == (later,)
    with pytest.raises(NotSetUp):
        limits_of(Role.VLO, date(2025, 12, 31))


def test_managers_are_told_at_the_number_and_not_one_below_it(world: World) -> None:
    victims = people(world, TELL + 1)
    for victim in victims[: TELL - 1]:
        look(world, victim)
    assert subjects(world) == []
    look(world, victims[TELL - 1])
    assert sorted(subjects(world)) == [
        "Many people’s details were opened by one member of staff",
        "You have opened many people’s details",
    ]
    look(world, victims[TELL])
    assert len(subjects(world)) == 2


def test_the_mail_says_who_read_how_many_and_names_no_victim(world: World) -> None:
    for victim in people(world, TELL):
        look(world, victim)
    world.sweep()
    mails = {one["To"]: text_of(one) for one in world.mail()}
    assert set(mails) == {"manager@example.org", "vlo@example.org"}
    assert "Vlo has opened the details of 3 people" in mails["manager@example.org"]
    assert not any("Number" in text or "VCS-" in text for text in mails.values())


def test_the_last_one_allowed_is_shown_and_the_next_is_refused_and_kept(world: World) -> None:
    *allowed, one_more = people(world, STOP + 1)
    assert [look(world, victim) for victim in allowed] == [
        f"Person Number {n}" for n in range(STOP)
    ]
    with pytest.raises(TooManyOpened, match="Ask a manager"):
        look(world, one_more)
    kept = looks(world)
    assert [one.refused for one in kept] == [False] * STOP + [True]
    assert kept[-1].reason == WHY
    with world.db.reading() as session:
        refused = session.exec(select(AuditEntry).where(AuditEntry.event == "reading.refused"))
        assert [one.detail for one in refused] == [one_more]
    assert len(subjects(world)) == 4


def test_the_same_person_again_within_the_hour_counts_once(world: World) -> None:
    victims = people(world, STOP)
    for _ in range(3):
        assert [look(world, victim) for victim in victims]
    assert len(looks(world)) == 3 * STOP
    assert len(scopes(world)) == 1


def test_an_hour_later_the_count_begins_anew_and_a_second_before_it_does_not(world: World) -> None:
    *allowed, one_more = people(world, STOP + 1)
    for victim in allowed:
        look(world, victim)
    world.clock.move_to(world.clock.now() + timedelta(minutes=59, seconds=59))
    with pytest.raises(TooManyOpened):
        look(world, one_more)
    world.clock.move_to(world.clock.now() + timedelta(seconds=1))
    assert look(world, one_more)


def test_an_officers_own_referrals_count_only_towards_the_higher_limit(world: World) -> None:
    *allowed, one_more = people(world, 9)
    with world.db.writing() as session:
        work = world.work(session, world.people[Role.MANAGER])
        assign_vlo(work, world.only_referral(), world.people[Role.VLO].account_id)
    for victim in allowed:
        look(world, victim)
    assert scopes(world) == ["all"]
    with pytest.raises(TooManyOpened, match="8 people"):
        look(world, one_more)


def test_two_at_once_cannot_both_be_the_last_one(world: World) -> None:
    victims = people(world, STOP + 3)
    for victim in victims[: STOP - 1]:
        look(world, victim)

    def try_it(victim: str) -> bool:
        try:
            return bool(look(world, victim))
        except TooManyOpened:
            return False

    with ThreadPoolExecutor(4) as together:
        shown = list(together.map(try_it, victims[STOP - 1 :]))
    assert sum(shown) == 1


def test_a_manager_lifts_the_limit_for_somebody_for_a_day_with_a_reason(world: World) -> None:
    *allowed, one_more, last = people(world, STOP + 2)
    for victim in allowed:
        look(world, victim)
    reader, manager = world.people[Role.VLO].account_id, world.people[Role.MANAGER]
    with world.db.writing() as session, pytest.raises(NotValid):
        lift_limit(world.work(session, manager), reader, " ")
    with world.db.writing() as session:
        lift_limit(world.work(session, manager), reader, "Covers for a colleague")
    assert look(world, one_more)
    world.clock.move_to(world.clock.now() + timedelta(days=1, seconds=-1))
    for victim in allowed:
        look(world, victim)
    assert look(world, one_more)
    world.clock.move_to(world.clock.now() + timedelta(seconds=1))
    with pytest.raises(TooManyOpened):
        look(world, last)


def test_nobody_lifts_their_own_limit_or_one_of_another_region(world: World) -> None:
    manager = world.people[Role.MANAGER]
    stranger = world.hire(Role.MANAGER, "Wales Manager", region="N03")
    with world.db.writing() as session, pytest.raises(NotAllowed):
        lift_limit(world.work(session, manager), manager.account_id, "Because")
    with world.db.writing() as session, pytest.raises(NotFound):
        lift_limit(world.work(session, stranger), world.people[Role.VLO].account_id, "Because")
    with world.db.writing() as session, pytest.raises(NotAllowed):
        lift_limit(world.work(session, world.people[Role.VLO]), manager.account_id, "Because")


def test_what_a_manager_reads_is_told_to_the_others_and_not_to_that_manager(world: World) -> None:
    other = world.hire(Role.MANAGER, "Other Manager", region=YORKSHIRE)
    for victim in people(world, TELL):
        look(world, victim, world.people[Role.MANAGER])
    world.sweep()
    told_to = {one["Subject"][:4]: one["To"] for one in world.mail()}
    assert other.name
    assert told_to == {"Many": "other.manager@example.org", "You ": "manager@example.org"}


def test_the_only_manager_of_a_region_is_told_on_to_its_head(world: World) -> None:
    for victim in people(world, TELL):
        look(world, victim, world.people[Role.MANAGER])
    world.sweep()
    assert {one["To"] for one in world.mail()} == {
        "head-of-public-protection@example.org",
        "manager@example.org",
    }


def test_who_has_seen_a_referral_comes_in_parts_newest_first(world: World) -> None:
    victim = people(world, 1)[0]
    for _ in range(LOOKS_SHOWN + 1):
        look(world, victim)
    manager, reference = world.people[Role.MANAGER], world.only_referral()

    def part(session: Session, before: int | None = None) -> tuple[int, int | None]:
        found = who_has_seen(session, manager, reference, before)
        assert {(one.name, one.thing, one.reason) for one in found.rows} == {("Vlo", victim, WHY)}
        return len(found.rows), found.before

    with world.db.reading() as session:
        count, before = part(session)
        assert (count, part(session, before)) == (LOOKS_SHOWN, (1, None))
        reader = world.people[Role.VLO].account_id
        assert len(looks_of(session, manager, reader).looks.rows) == LOOKS_SHOWN
        with pytest.raises(NotAllowed):
            who_has_seen(session, world.people[Role.VLO], reference)


def test_what_a_reader_opened_is_shown_as_far_as_the_manager_may_see_it(world: World) -> None:
    look(world, people(world, 1)[0])
    stranger = world.hire(Role.MANAGER, "Wales Manager", region="N03")
    with world.db.reading() as session, pytest.raises(NotFound):
        looks_of(session, stranger, world.people[Role.VLO].account_id)
