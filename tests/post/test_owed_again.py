"""What a letter met is owed again when it comes back, whatever kind of letter it is."""

from __future__ import annotations

from datetime import date

import pytest
from sqlmodel import col, select, update

from tests.events.told import decide as ready
from tests.events.told import happens, tell
from tests.journeys.test_victim_to_choice import approve, choose, draft, post
from tests.journeys.world import World, told
from tests.post.test_returned import MONDAY_30, returned
from tests.victims.test_first_contact import TUESDAY_24
from vcs.clocks.reads import ClockView, clocks_of
from vcs.clocks.record import EndEntry, record_end, record_start
from vcs.clocks.records import StartKind
from vcs.events.record import EventEntry
from vcs.events.records import EventKind, EventSource, KeyEvent
from vcs.events.sets.tell import ToldEntry
from vcs.law.deadlines.duties import FIRST_CONTACT
from vcs.post.catalogue import CATALOGUE
from vcs.post.records import LetterRecord
from vcs.post.returned.reasons import ReturnReason
from vcs.post.rows.policy import LetterPolicy
from vcs.referrals.records import DeadlineRecord, Referral
from vcs.sentences.records import Sentence
from vcs.terms import Choice, Role, Route
from vcs.victims.records import PostedLetter

MONDAY_23 = date(2026, 3, 23)

TO_VICTIMS = [row for row in CATALOGUE if row.duty and row.kind != "hospital-managers-notice"]

EVENTS = {
    "tell-victim-release": EventKind.RELEASED,
    "tell-victim-parole-decision": EventKind.PAROLE_DECISION,
}


def clock(world: World, duty: str) -> ClockView:
    """Return the clock of a duty that was started first."""
    with world.db.reading() as session:
        referral = session.exec(select(Referral)).one()
        found = clocks_of(session, [referral.id], world.today)
    return min((one for one in found if one.duty == duty), key=lambda one: one.is_open)


def is_met(world: World, duty: str) -> bool:
    if duty != FIRST_CONTACT:
        return clock(world, duty).met_on is not None
    with world.db.reading() as session:
        query = select(col(DeadlineRecord.met_on)).where(DeadlineRecord.duty == duty)
        return session.exec(query).one() is not None


def turned_into(world: World, letter: str, row: LetterPolicy, event: str = "") -> None:
    """Make a draft one of another kind, about an event where there is one."""
    with world.db.writing() as session:
        query = select(KeyEvent.id).where(KeyEvent.reference == event)
        values = {"kind": row.kind, "event_id": session.exec(query).first(), "occasion": event}
        mine = col(LetterRecord.reference) == letter
        session.execute(update(LetterRecord).where(mine).values(**values))
        posted = update(PostedLetter).where(
            col(PostedLetter.letter_id).in_(select(LetterRecord.id).where(mine))
        )
        session.execute(posted.values(duty=row.duty))


def owed(world: World, victim: str, row: LetterPolicy) -> str:
    """Begin what starts a duty, on the day on which the letter is posted; returns an event."""
    officer = world.people[Role.VLO]
    if row.duty == "remind-victim":
        earlier = first(world, victim)
        post(world, earlier, TUESDAY_24)
        turned_into(world, earlier, TO_VICTIMS[0], "another")
    if row.duty in EVENTS:
        source = EventSource.OFFENDER_MANAGER
        event = happens(world, EventEntry(EVENTS[row.duty], TUESDAY_24, source))
        ready(world, event, victim, "letter", letters_only=True)
        tell(world, event, victim, ToldEntry("letter"))
        return event
    if row.duties_too:
        with world.db.writing() as session:
            session.execute(update(Sentence).values(route=Route.HOSPITAL_RESTRICTED))
            work = world.work(session, officer)
            record_start(work, world.only_referral(), StartKind.RESTRICTIONS_END, TUESDAY_24)
        its_id = clock(world, row.duty or "").id or 0
        with world.db.writing() as session:
            work = world.work(session, officer)
            record_end(work, world.only_referral(), its_id, EndEntry(TUESDAY_24, "", "By letter"))
    return ""


def first(world: World, victim: str) -> str:
    letter = draft(world, victim)
    approve(world, letter)
    return letter


@pytest.mark.parametrize("row", TO_VICTIMS, ids=lambda row: row.kind)
def test_a_letter_that_came_back_met_nothing_of_whatever_kind_it_is(
    world: World, row: LetterPolicy
) -> None:
    world.court_tells(told())
    world.clock.move_to(MONDAY_23)
    victim = world.refer()
    if row.duty == "annual-contact":
        choose(world, victim, Choice.OPT_IN, MONDAY_23)
    world.clock.move_to(TUESDAY_24)
    event = owed(world, victim, row)
    letter = first(world, victim)
    post(world, letter, TUESDAY_24)
    turned_into(world, letter, row, event)
    assert is_met(world, row.duty or "")
    world.clock.move_to(MONDAY_30)
    returned(world, letter, ReturnReason.GONE_AWAY)
    assert not is_met(world, row.duty or "")
    if row.duty != FIRST_CONTACT:
        assert clock(world, row.duty or "").starts_on <= TUESDAY_24
    assert world.problems() == []


def test_whoever_was_told_on_the_telephone_stays_told_though_the_letter_came_back(
    world: World,
) -> None:
    row = next(one for one in TO_VICTIMS if one.duty == "tell-victim-release")
    world.court_tells(told())
    world.clock.move_to(TUESDAY_24)
    victim = world.refer()
    source = EventSource.OFFENDER_MANAGER
    event = happens(world, EventEntry(EventKind.RELEASED, TUESDAY_24, source))
    ready(world, event, victim, "letter", letters_only=True)
    tell(world, event, victim)
    letter = first(world, victim)
    post(world, letter, TUESDAY_24)
    turned_into(world, letter, row, event)
    world.clock.move_to(MONDAY_30)
    returned(world, letter, ReturnReason.GONE_AWAY)
    assert is_met(world, "tell-victim-release")
