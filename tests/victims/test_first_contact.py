"""First contact is met by a conversation or a posted letter, and by nothing else."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from alembic import command
from sqlalchemy import text

from tests.journeys.test_victim_to_choice import approve, choose, draft, post
from tests.journeys.world import World, a_victim, told
from tests.victims.test_one_person import rows
from vcs.access import trail
from vcs.errors import Conflict, NotValid
from vcs.migrations.upgrade import _config, migrate
from vcs.terms import Choice, Role
from vcs.victims.contact.contacts import ContactEntry, record_contact
from vcs.victims.records import ChoiceRecord, Victim

TUESDAY_24, THURSDAY_26, FRIDAY_27 = date(2026, 3, 24), date(2026, 3, 26), date(2026, 3, 27)

RANG = ContactEntry(TUESDAY_24, "by phone", reached=False, words="Rang twice, no answer")

SPOKE = ContactEntry(THURSDAY_26, "by phone", reached=True, spoke_to="Nia", words="Wants letters")


def referred(world: World) -> str:
    """Refer a victim on Tuesday 24 March 2026; first contact falls due on Thursday 23 April."""
    world.court_tells(told())
    world.clock.move_to(TUESDAY_24)
    return world.refer()


def contact(world: World, victim: str, entry: ContactEntry) -> None:
    with world.db.writing() as session:
        work = world.work(session, world.people[Role.VLO])
        record_contact(work, victim, entry)


def met_on(world: World) -> date | None:
    (found,) = [one.met_on for one in world.view().deadlines if one.duty == "first-contact"]
    return found


def missed(world: World) -> list[str]:
    """Let the day pass and return what the manager's digest tells of as missed."""
    world.clock.move_to(date(2026, 4, 24))
    world.sweep()
    return world.misses_told(duty="First contact")


def test_a_letter_that_was_approved_and_lies_there_is_missed_like_none(world: World) -> None:
    victim = referred(world)
    approve(world, draft(world, victim))
    assert (met_on(world), world.view().victims[0].contacted_on) == (None, None)
    assert len(missed(world)) == 1


def test_an_attempt_is_shown_and_meets_nothing(world: World) -> None:
    victim = referred(world)
    contact(world, victim, RANG)
    view = world.view()
    assert (met_on(world), view.victims[0].contacted_on) == (None, None)
    (kept,) = view.victims[0].contacts
    assert (kept.reached, kept.how, kept.words) == (False, "by phone", "Rang twice, no answer")
    assert view.history[0].event == "contact.attempted"
    assert len(missed(world)) == 1


def test_a_conversation_meets_the_duty_on_its_day(world: World) -> None:
    victim = referred(world)
    world.clock.move_to(FRIDAY_27)
    contact(world, victim, RANG)
    contact(world, victim, SPOKE)
    view = world.view()
    assert (met_on(world), view.victims[0].contacted_on) == (THURSDAY_26, THURSDAY_26)
    assert [one.happened_on for one in view.victims[0].contacts] == [THURSDAY_26, TUESDAY_24]
    assert missed(world) == []
    assert world.problems() == []
    with world.db.reading() as session:
        assert trail.verify(session) is None


def test_what_was_said_is_sealed_and_is_for_the_liaison_unit(world: World) -> None:
    victim = referred(world)
    world.clock.move_to(FRIDAY_27)
    contact(world, victim, SPOKE)
    with world.db.reading() as session:
        (row,) = session.execute(text("SELECT sealed FROM contact")).all()
    assert b"letters" not in bytes(row.sealed)
    seen = world.view(role=Role.WITNESS_CARE).victims[0]
    assert (seen.contacts, seen.rules.notes) == ((), None)
    assert seen.contacted_on == THURSDAY_26
    assert "Wants letters" not in str(world.view().history)


@pytest.mark.parametrize(
    ("entry", "field"),
    [
        (replace(SPOKE, happened_on=date(2026, 3, 23)), "happened_on"),
        (replace(SPOKE, happened_on=date(2026, 3, 28)), "happened_on"),
        (replace(SPOKE, how="by carrier pigeon"), "how"),
        (replace(SPOKE, spoke_to=" "), "spoke_to"),
        (replace(SPOKE, spoke_to="Ms Canary-Name, her sister"), "spoke_to"),
        (replace(SPOKE, spoke_to="Mr Canary-Name"), "spoke_to"),
        (replace(SPOKE, words="x" * 2001), "words"),
    ],
)
def test_each_fault_of_a_contact_is_named_and_nothing_is_kept(
    world: World, entry: ContactEntry, field: str
) -> None:
    victim = referred(world)
    world.clock.move_to(FRIDAY_27)
    with pytest.raises(NotValid) as refusal:
        contact(world, victim, entry)
    assert list(refusal.value.fields) == [field]
    assert (met_on(world), world.view().victims[0].contacts) == (None, ())


def test_an_email_reaches_nobody_of_whom_no_address_is_on_record(world: World) -> None:
    world.court_tells(told())
    world.clock.move_to(THURSDAY_26)
    victim = world.refer("", a_victim(email=""))
    with pytest.raises(NotValid) as refusal:
        contact(world, victim, replace(SPOKE, how="by email"))
    assert list(refusal.value.fields) == ["how"]
    contact(world, victim, replace(SPOKE, how="by letter"))
    assert met_on(world) == THURSDAY_26


def test_a_choice_dates_no_first_contact_and_the_contact_that_is_recorded_does(
    world: World,
) -> None:
    """What they chose in a talk is known from it; that they were reached is a row of its own."""
    victim = referred(world)
    world.clock.move_to(FRIDAY_27)
    choose(world, victim, Choice.OPT_IN, TUESDAY_24)
    assert (met_on(world), world.view().victims[0].contacted_on) == (None, None)
    contact(world, victim, replace(RANG, happened_on=TUESDAY_24))
    assert met_on(world) is None
    contact(world, victim, SPOKE)
    choose(world, victim, Choice.OPT_IN, TUESDAY_24)
    assert (met_on(world), world.view().victims[0].contacted_on) == (THURSDAY_26, THURSDAY_26)
    contact(world, victim, replace(SPOKE, happened_on=TUESDAY_24))
    assert (met_on(world), world.view().victims[0].contacted_on) == (TUESDAY_24, TUESDAY_24)
    assert world.problems() == []


def test_a_draft_cannot_be_recorded_as_posted(world: World) -> None:
    letter = draft(world, referred(world))
    with pytest.raises(Conflict):
        post(world, letter, TUESDAY_24)
    assert met_on(world) is None


@pytest.mark.parametrize("day", [date(2026, 3, 25), date(2026, 3, 28)])
def test_a_letter_is_posted_between_its_approval_and_today(world: World, day: date) -> None:
    victim = referred(world)
    world.clock.move_to(THURSDAY_26)
    letter = draft(world, victim)
    approve(world, letter)
    world.clock.move_to(FRIDAY_27)
    with pytest.raises(NotValid) as refusal:
        post(world, letter, day)
    assert list(refusal.value.fields) == ["posted_on"]
    assert met_on(world) is None


def test_recording_the_same_posting_twice_is_once_and_another_day_is_refused(world: World) -> None:
    victim = referred(world)
    letter = draft(world, victim)
    approve(world, letter)
    world.clock.move_to(FRIDAY_27)
    post(world, letter, THURSDAY_26)
    post(world, letter, THURSDAY_26)
    with pytest.raises(Conflict):
        post(world, letter, FRIDAY_27)
    assert met_on(world) == THURSDAY_26
    assert [line.event for line in world.view().history].count("letter.posted") == 1


def test_the_earlier_of_posting_and_conversation_is_the_day(world: World) -> None:
    victim = referred(world)
    letter = draft(world, victim)
    approve(world, letter)
    world.clock.move_to(FRIDAY_27)
    post(world, letter, FRIDAY_27)
    contact(world, victim, SPOKE)
    assert met_on(world) == THURSDAY_26


# What the version before migration 0011 left behind.


def approved_by_the_old_version(world: World, victim: str) -> str:
    """Approve a letter as the version before did: that alone was the contact."""
    letter = draft(world, victim)
    approve(world, letter)
    with world.db.engine.begin() as connection:
        connection.execute(text("UPDATE victim SET contacted_on = :day"), {"day": world.today})
        connection.execute(
            text("UPDATE deadline SET met_on = :day WHERE duty = 'first-contact'"),
            {"day": world.today},
        )
    return letter


def upgraded(world: World) -> None:
    migrating = world.db.engine.execution_options(vcs_begin="migrate")
    with migrating.begin() as connection:
        config = _config()
        config.attributes["connection"] = connection
        config.attributes["sealer"] = world.sealer
        command.downgrade(config, "0009")
    world.db.engine.dispose()
    migrate(world.settings)


def no_reply_by_the_old_version(world: World, victim: str) -> None:
    """Keep that there was no reply, as it could be without a single try."""
    (its_id,) = [one.id for one in rows(world, Victim) if one.reference == victim]
    with world.db.writing() as session:
        session.add(
            ChoiceRecord(
                victim_id=its_id,
                choice=Choice.NO_REPLY,
                chosen_on=TUESDAY_24,
                how="by letter",
                recorded_at=world.clock.now(),
                recorded_by=world.people[Role.VLO].account_id,
            )
        )


def test_what_rests_on_an_approval_alone_is_no_contact_and_alerts_nobody(world: World) -> None:
    victim = referred(world)
    letter = approved_by_the_old_version(world, victim)
    no_reply_by_the_old_version(world, victim)
    upgraded(world)
    (shown,) = [one for one in world.view().deadlines if one.duty == "first-contact"]
    assert (shown.met_on, shown.by_approval) == (TUESDAY_24, True)
    assert world.view().victims[0].contacted_on is None
    assert missed(world) == []
    # It cannot be stopped any more: it left the day before.
    post(world, letter, date(2026, 4, 23))
    (shown,) = [one for one in world.view().deadlines if one.duty == "first-contact"]
    assert (shown.met_on, shown.by_approval) == (date(2026, 4, 23), False)
    assert world.view().history[1].event == "deadline.met_anew"
    assert missed(world) == []


def test_a_choice_that_an_officer_recorded_stays_a_contact_on_its_own_day(world: World) -> None:
    victim = referred(world)
    approved_by_the_old_version(world, victim)
    world.clock.move_to(FRIDAY_27)
    choose(world, victim, Choice.OPT_IN, FRIDAY_27)
    with world.db.engine.begin() as connection:
        connection.execute(text("UPDATE victim SET contacted_on = '2026-03-24'"))
    upgraded(world)
    assert world.view().victims[0].contacted_on == FRIDAY_27


def test_a_contact_that_was_recorded_before_stays_as_it_was(world: World) -> None:
    victim = referred(world)
    contact(world, victim, replace(SPOKE, happened_on=TUESDAY_24))
    approve(world, draft(world, victim))
    upgraded(world)
    (shown,) = [one for one in world.view().deadlines if one.duty == "first-contact"]
    assert (shown.met_on, shown.by_approval) == (TUESDAY_24, False)
    assert world.view().victims[0].contacted_on == TUESDAY_24
