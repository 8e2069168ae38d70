"""A case opened in an emergency: recorded first, told at once, for four hours, and no oracle."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlmodel import Session, select

from tests.access.test_exclusions import excluded, sees
from tests.journeys.world import CARDIFF, World, told
from tests.services.mailbox import text_of
from vcs.access.actors import Actor
from vcs.access.emergency.opened import with_what_they_see
from vcs.access.emergency.records import EmergencyAccess
from vcs.access.reading import limits
from vcs.access.reading.limits import ReadingLimit
from vcs.access.reading.looks import TooManyOpened
from vcs.access.reading.records import Scope
from vcs.access.records import AuditEntry
from vcs.access.rules import may_see, seen_by
from vcs.consequences.hidden.excluding import exclude
from vcs.errors import NotAllowed, NotValid
from vcs.referrals.emergency import emergencies_of, open_in_emergency
from vcs.referrals.looks import who_has_seen
from vcs.referrals.records import Referral
from vcs.terms import Role

DANGER, WORDS = "a victim is in danger now", "He is at her door; the police asked me"


def open_now(world: World, who: Actor, reference: str) -> None:
    with world.db.writing() as session:
        open_in_emergency(world.work(session, who), reference, DANGER, WORDS)


def seen_now(world: World, who: Actor) -> list[str]:
    """Return the referrals that somebody sees, by the rule in SQL and in Python alike."""
    with world.db.reading() as session:
        reader = with_what_they_see(session, who, world.clock.now())
        every = session.exec(select(Referral).order_by("id")).all()
        found = session.exec(select(Referral).where(seen_by(reader, Referral)).order_by("id")).all()
    assert [one.id for one in found] == [one.id for one in every if may_see(reader, one)]
    return [one.reference for one in found]


@pytest.mark.parametrize("reason_to_be_kept_out", ["excluded", "another region"])
def test_it_opens_one_referral_for_four_hours_and_no_other(
    world: World, reason_to_be_kept_out: str
) -> None:
    court = CARDIFF if reason_to_be_kept_out == "another region" else ("C13LE00", "Leeds")
    world.court_tells(told(court=court), told(court=court, urn="62EX0000999"))
    first, second = world.referrals()
    officer = world.people[Role.VLO]
    if reason_to_be_kept_out == "excluded":
        for reference in (first, second):
            excluded(world, Role.VLO, reference)
    assert seen_now(world, officer) == []
    open_now(world, officer, f" {first.lower()} ")
    assert seen_now(world, officer) == [first]
    world.clock.move_to(world.clock.now() + timedelta(hours=4, seconds=-1))
    assert seen_now(world, officer) == [first]
    world.clock.move_to(world.clock.now() + timedelta(seconds=1))
    assert seen_now(world, officer) == []
    assert sees(world, officer) == []


def test_the_managers_of_both_regions_are_told_by_the_next_sweep(world: World) -> None:
    world.court_tells(told(court=CARDIFF))
    world.hire(Role.MANAGER, "Wales Manager", region="N03")
    open_now(world, world.people[Role.VLO], world.only_referral())
    world.sweep()
    mails = [one for one in world.mail() if "emergency" in one["Subject"]]
    assert {one["To"] for one in mails} == {"manager@example.org", "wales.manager@example.org"}
    assert all("Vlo asked to open" in text_of(one) for one in mails)
    assert not any(WORDS in text_of(one) for one in mails)
    world.sweep()
    assert len([one for one in world.mail() if "emergency" in one["Subject"]]) == 2


def test_a_reference_that_names_nothing_is_recorded_and_told_of_alike(world: World) -> None:
    open_now(world, world.people[Role.VLO], "VCS-0000-0000")
    with world.db.reading() as session:
        assert session.exec(select(EmergencyAccess.sentence_id)).all() == [None]
        noted = select(AuditEntry.subject).where(AuditEntry.event == "emergency.opened")
        assert session.exec(noted).all() == ["VCS-0000-0000"]
    world.sweep()
    assert [one["To"] for one in world.mail()] == ["manager@example.org"]


def test_no_excluded_manager_is_told_and_the_reader_is_not_either(world: World) -> None:
    world.court_tells(told())
    other = world.hire(Role.MANAGER, "Other Manager")
    excluded(world, Role.MANAGER, by=other)
    open_now(world, world.people[Role.MANAGER], world.only_referral())
    world.sweep()
    assert [one["To"] for one in world.mail()] == ["other.manager@example.org"]


def test_it_stands_among_those_who_have_seen_the_referral(world: World) -> None:
    world.court_tells(told(court=CARDIFF))
    manager = world.hire(Role.MANAGER, "Wales Manager", region="N03")
    open_now(world, world.people[Role.VLO], world.only_referral())
    with world.db.reading() as session:
        (look,) = who_has_seen(session, manager, world.only_referral()).rows
        (one,) = emergencies_of(session, world.sealer, manager, world.only_referral())
    assert (look.event, look.name, look.reason) == ("emergency.opened", "Vlo", DANGER)
    assert (one.name, one.words, one.until - one.opened_at) == ("Vlo", WORDS, timedelta(hours=4))


def test_it_cannot_be_tried_with_one_reference_after_the_other(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "LIMITS", (ReadingLimit(Role.VLO, Scope.OUTSIDE, 1, 2),))
    officer = world.people[Role.VLO]
    for n in range(2):
        open_now(world, officer, f"VCS-0000-000{n}")
    with pytest.raises(TooManyOpened):
        open_now(world, officer, "VCS-0000-0003")


def test_it_needs_a_reason_and_words_and_is_for_the_unit_alone(world: World) -> None:
    def tried(session: Session, role: Role, *said: str) -> None:
        open_in_emergency(world.work(session, world.people[role]), *said)

    for said in (
        ("x", DANGER, WORDS),
        ("VCS-0000-0000", "", WORDS),
        ("VCS-0000-0000", DANGER, " "),
    ):
        with world.db.writing() as session, pytest.raises(NotValid):
            tried(session, Role.VLO, *said)
    for role in (Role.WITNESS_CARE, Role.ADMINISTRATOR):
        with world.db.writing() as session, pytest.raises(NotAllowed):
            tried(session, role, "VCS-0000-0000", DANGER, WORDS)


def test_opening_it_again_while_it_is_open_changes_nothing(world: World) -> None:
    world.court_tells(told(court=CARDIFF))
    for _ in range(2):
        open_now(world, world.people[Role.VLO], world.only_referral())
    with world.db.reading() as session:
        assert len(session.exec(select(EmergencyAccess)).all()) == 1


def test_whoever_opened_it_so_decides_nothing_about_who_sees_it(world: World) -> None:
    world.court_tells(told(court=CARDIFF))
    manager = world.people[Role.MANAGER]
    welsh = world.hire(Role.VLO, "Welsh Officer", region="N03")
    open_now(world, manager, world.only_referral())
    with world.db.reading() as session:
        reader = with_what_they_see(session, manager, world.clock.now())
    with world.db.writing() as session, pytest.raises(NotAllowed):
        exclude(world.work(session, reader), world.only_referral(), welsh.account_id, "Because")
