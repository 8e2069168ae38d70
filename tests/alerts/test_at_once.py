"""What goes at once, trigger by trigger, to the officer before her manager; and nothing else."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import update
from sqlmodel import col, select

from tests.custody.told import released, tells
from tests.events.told import IN_ERROR, PLANNED, happens
from tests.journeys.test_officer_leaves import assigned, disabled
from tests.journeys.test_victim_to_choice import approve, draft, open_letter, post
from tests.journeys.world import FRIDAY_20_MARCH, WALES, YORKSHIRE, World, a_victim, told
from tests.services.mailbox import text_of
from tests.victims.test_one_person import REFUGE, change
from vcs.access.exclusions.hidden import hidden_from
from vcs.alerts import at_once
from vcs.alerts.kinds import When, kinds_that
from vcs.alerts.recall import recall, recalled
from vcs.alerts.records import AlertKind, AlertRecord
from vcs.clock import LONDON, london_date
from vcs.consequences.hidden.excluding import exclude
from vcs.errors import NotFound
from vcs.events.take_back import take_back
from vcs.ledger.integrity.proving import keep_proof
from vcs.referrals.emergency import open_in_emergency
from vcs.referrals.records import Referral, ReferralStatus, ReopeningRecord
from vcs.tasks.records import Task
from vcs.terms import Role

OFFICER, MANAGER = "vlo@example.org", "manager@example.org"

HEAD = "head-of-public-protection@example.org"


@pytest.fixture
def given(world: World) -> World:
    """Return the world with one referral, which its officer has."""
    world.court_tells(told())
    assigned(world, world.only_referral(), world.people[Role.VLO].account_id)
    return world


def out_soon() -> bytes:
    """Return a sentence of a year, of which 90 days were served on remand."""
    message = json.loads(told(FRIDAY_20_MARCH, ("Soon", "IMP", "12 Months")))
    days = {"label": "Remand days", "promptReference": "remandDays", "type": "INT", "value": "90"}
    for case in message["hearing"]["prosecutionCases"]:
        for count in case["defendants"][0]["offences"]:
            count["judicialResults"][0]["judicialResultPrompts"].append(days)
    return json.dumps(message).encode()


def mailed(world: World) -> list[tuple[str, str]]:
    """Return the kind of each email that went at once, and to whom, in the order of sending."""
    world.sweep()
    mails = sorted(world.mail(), key=lambda one: (str(one["Date"]), _sent(world, one)))
    return [(str(one["Message-ID"]).split("-")[0].strip("<"), str(one["To"])) for one in mails]


def _sent(world: World, mail: object) -> int:
    name = str(mail["Message-ID"]).strip("<>").partition("@")[0]  # type: ignore[index]
    return (world.settings.mail_dir / f"{name}.eml").stat().st_mtime_ns


def subjects(world: World, to: str) -> list[str]:
    return [" ".join(str(one["Subject"]).split()) for one in world.mail() if one["To"] == to]


def test_a_release_that_may_come_first_is_told_on_the_day_it_is_known(world: World) -> None:
    world.court_tells(out_soon())
    assert mailed(world) == [("release", MANAGER)]
    assert "Release may come before the deadline" in subjects(world, MANAGER)[0]
    assert mailed(world) == [("release", MANAGER)]


def test_its_officer_hears_of_the_release_before_her_manager(world: World) -> None:
    world.court_tells(out_soon())
    assigned(world, world.only_referral(), world.people[Role.VLO].account_id)
    assert mailed(world) == [("release", OFFICER), ("release", MANAGER)]


def test_a_letter_that_is_on_its_way_to_an_unsafe_address_is_told_at_once(given: World) -> None:
    victim = given.refer()
    letter = draft(given, victim)
    approve(given, letter)
    post(given, letter, given.today)
    assert mailed(given) == []
    given.clock.move_to(given.today + timedelta(days=1))
    change(given, victim, **REFUGE)
    assert mailed(given) == [("cannot", OFFICER), ("cannot", MANAGER)]
    assert "A letter or a contact must be stopped" in text_of(given.mail()[0])


def test_a_letter_that_may_lie_printed_is_told_at_once_when_it_is_withdrawn(given: World) -> None:
    victim = given.refer()
    letter = draft(given, victim)
    approve(given, letter)
    open_letter(given, letter)
    assert mailed(given) == []
    change(given, victim, **REFUGE)
    assert mailed(given) == [("cannot", OFFICER), ("cannot", MANAGER)]
    (task,) = [one for one in given.tasks() if letter in one.question]
    assert "Take it out of the post" in task.question
    assert len(mailed(given)) == 2


def test_a_name_that_says_she_died_stops_all_contact_at_once(given: World) -> None:
    victim = given.refer()
    change(given, victim, name="Nia Canary-Name (deceased)")
    assert mailed(given) == [("cannot", OFFICER), ("cannot", MANAGER)]


def test_an_event_taken_back_stops_the_calls_about_it(given: World) -> None:
    given.refer()
    event = happens(given, PLANNED)
    assert mailed(given) == []
    with given.db.writing() as session:
        take_back(given.work(session, given.people[Role.MANAGER]), event, "Another man")
    assert mailed(given) == [("stop", OFFICER), ("stop", MANAGER)]
    assert f"Do not tell anybody: event {event} was taken back" in subjects(given, OFFICER)
    assert len(mailed(given)) == 2


@pytest.mark.parametrize(
    "warning", [{"safe_to_post": False}, {"safe_contact_notes": "Canary: he reads her post"}]
)
def test_a_safety_warning_from_anybody_reaches_the_officer_first(
    given: World, warning: dict[str, object]
) -> None:
    victim = given.refer("", a_victim(safe_contact_notes=""))
    change(given, victim, given.people[Role.MANAGER], **warning)
    assert mailed(given) == [("safety", OFFICER), ("safety", MANAGER)]
    assert len(mailed(given)) == 2
    assert "Canary" not in "".join(one.as_string() for one in given.mail())


def test_an_officer_is_not_told_of_the_warning_that_she_recorded_and_others_are(
    given: World,
) -> None:
    victim = given.refer()
    change(given, victim, safe_to_post=False)
    change(given, victim, phone="0113 496 0888")
    assert mailed(given) == [("safety", MANAGER)]


def test_a_warning_in_a_closed_referral_is_told_once_it_is_opened_again(given: World) -> None:
    victim = given.refer("", a_victim(safe_contact_notes=""))
    with given.db.writing() as session:
        referral = session.exec(select(Referral)).one()
        referral.status, was = ReferralStatus.CLOSED, referral.status
    change(given, victim, given.people[Role.MANAGER], safe_to_post=False)
    assert "safety" not in dict(mailed(given))
    with given.db.writing() as session:
        session.exec(select(Referral)).one().status = was
    warned = [to for kind, to in mailed(given) if kind == "safety"]
    assert warned == [OFFICER, MANAGER]


def test_a_release_that_is_near_is_told_of_again_once_a_referral_is_opened_again(
    world: World,
) -> None:
    world.court_tells(out_soon())
    assert mailed(world) == [("release", MANAGER)]
    world.clock.days(40)
    with world.db.reading() as session:
        assert at_once.untold_releases(session, world.today) == []
    with world.db.writing() as session:
        (referral,) = session.exec(select(Referral))
        at = world.clock.now()
        session.add(ReopeningRecord(referral_id=referral.id, reopened_at=at, reopened_by=1))
    for asked in (1, 0):
        with world.db.writing() as session:
            found = at_once.untold_releases(session, world.today)
            assert len(found) == asked
            for one in found:
                assert at_once.tell_of_release(session, one, world.clock.now(), world.today)


def test_an_email_taken_back_is_nothing_to_somebody_excluded_from_the_case(world: World) -> None:
    world.court_tells(out_soon())
    mailed(world)
    manager, head = world.people[Role.MANAGER], world.people[Role.HEAD]
    with world.db.writing() as session:
        near = AlertRecord.kind == AlertKind.RELEASE_NEAR
        (alert,) = session.exec(select(AlertRecord.id).where(near))
        recall(world.work(session, head), alert, "Another man")
        exclude(world.work(session, head), world.only_referral(), manager.account_id, "knows her")
    with world.db.reading() as session:
        assert recalled(session, world.sealer, manager, alert).why == "Another man"
        hidden = hidden_from(session, manager.account_id, world.today)
        with pytest.raises(NotFound):
            recalled(session, world.sealer, replace(manager, hidden=hidden), alert)


def test_an_address_of_the_offenders_that_is_hers_is_told_at_once(given: World) -> None:
    given.refer("", a_victim(address_lines=("1 Example Street", "Exeter"), postcode="EX1 1AA"))
    assert mailed(given) == [("cannot", OFFICER), ("cannot", MANAGER)]
    assert "the offender knows or uses" in " ".join(text_of(given.mail()[0]).split())


def test_who_must_be_told_within_hours_is_told_at_once(given: World) -> None:
    given.refer()
    given.clock.move_to(IN_ERROR.happened_on)
    happens(given, IN_ERROR)
    assert mailed(given)[:2] == [("danger", OFFICER), ("danger", MANAGER)]


def test_what_is_urgent_of_a_leaver_is_one_mail_and_the_rest_waits(world: World) -> None:
    world.court_tells(out_soon(), told(urn="13EX0000226"))
    vera = world.people[Role.VLO].account_id
    for reference in world.referrals():
        assigned(world, reference, vera)
    mailed(world)
    disabled(world, vera)
    mailed(world)
    assert "1 urgent referral without an officer" in subjects(world, MANAGER)
    assert len(subjects(world, MANAGER)) == 2


def test_a_leaver_without_anything_urgent_brings_no_mail(given: World) -> None:
    disabled(given, given.people[Role.VLO].account_id)
    assert mailed(given) == []


def test_a_manager_kept_out_of_a_leavers_case_is_passed_over_for_the_head(world: World) -> None:
    world.court_tells(out_soon())
    reference = world.only_referral()
    assigned(world, reference, world.people[Role.VLO].account_id)
    with world.db.writing() as session:
        manager = world.people[Role.MANAGER].account_id
        exclude(world.work(session, world.people[Role.HEAD]), reference, manager, "knows her")
    disabled(world, world.people[Role.VLO].account_id)
    mailed(world)
    assert "1 urgent referral without an officer" in subjects(world, HEAD)
    assert subjects(world, MANAGER) == []


def test_break_glass_is_told_at_once(given: World) -> None:
    with given.db.writing() as session:
        work = given.work(session, given.hire(Role.VLO, "Wyn Wales", WALES))
        open_in_emergency(work, given.only_referral(), "a victim is in danger now", "He is there")
    assert ("emergency", MANAGER) in mailed(given)


def test_a_ledger_that_does_not_close_is_told_at_once(world: World) -> None:
    with world.db.writing() as session:
        keep_proof(session, {}, ["one"], world.clock.now(), world.today)
    assert ("ledger", "administrator@example.org") in mailed(world)


def test_what_could_wait_is_no_mail_of_its_own(given: World) -> None:
    """Misses, late decisions, a victim who may be an offender elsewhere: all in the morning."""
    given.court_tells(told(urn="13EX0000226"), told(FRIDAY_20_MARCH, ("X", "IMP", "")))
    for day in (date(2026, 4, 8), date(2026, 5, 20)):
        given.clock.move_to(day)
        given.sweep()
    assert mailed(given) == []
    assert given.digests()


def test_every_kind_that_goes_at_once_says_why_it_may() -> None:
    assert set(at_once.KINDS) == set(kinds_that(When.AT_ONCE))


def test_nothing_at_once_waits_for_the_morning_or_the_working_week(given: World) -> None:
    victim = given.refer()
    saturday_night = date(2026, 3, 21)
    given.clock.move_to(saturday_night)
    change(given, victim, given.people[Role.MANAGER], safe_to_post=False)
    assert mailed(given) == [("safety", OFFICER), ("safety", MANAGER)]
    with given.db.reading() as session:
        (alert, *_) = session.exec(select(AlertRecord)).all()
    assert alert.sent_at is not None
    assert alert.sent_at.astimezone(LONDON).date() == saturday_night
    assert alert.region_code == YORKSHIRE


def test_a_question_that_is_gone_or_answered_since_it_was_found_brings_no_mail(
    given: World,
) -> None:
    change(given, given.refer(), name="Nia Canary-Name (deceased)")
    now = given.clock.now()
    today = london_date(now)
    with given.db.writing() as session:
        found = at_once.untold_questions(session, today)
        for task_id in found:
            session.get_one(Task, task_id).done_at = now
        session.flush()
        assert found
        assert not any(at_once.tell_of_question(session, one, now, today) for one in found)
        assert not at_once.tell_of_question(session, 10**9, now, today)
        assert not at_once.tell_of_release(session, 10**9, now, today)


def test_a_danger_whose_question_was_answered_is_told_again_when_it_happens_again(
    world: World,
) -> None:
    """The same prisoner, who is of no sentence that we hold, escapes in March and in June."""
    to = "administrator@example.org"
    for months, day in ((1, date(2026, 3, 24)), (2, date(2026, 6, 9))):
        world.clock.move_to(day)
        tells(world, released(f"{day}T08:05:00Z", "UAL", noms="A9999AA"))
        for _ in range(2):
            world.sweep()
        assert len(subjects(world, to)) == months
        with world.db.writing() as session:
            answered = update(Task).where(col(Task.done_at).is_(None))
            session.execute(answered.values(done_at=world.clock.now(), done_by=1, answer="done"))
