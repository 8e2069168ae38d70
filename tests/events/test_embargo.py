"""News under embargo: a parole decision that nobody may be told of before a moment."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import text

from tests.events.test_late_telling import mailed
from tests.events.told import IN_ERROR, PLANNED, TUESDAY_24, decide, happens, page, refer, tell
from tests.journeys.world import World
from vcs.clock import LONDON
from vcs.consequences.key_events import record_event
from vcs.errors import Conflict, NotAllowed, NotValid
from vcs.events.embargo import Embargo, end_embargo, set_embargo
from vcs.events.record import EventEntry
from vcs.events.records import EventKind
from vcs.events.sets.number import show_numbers
from vcs.events.sets.split import split_set
from vcs.events.sets.tell import ToldEntry
from vcs.terms import Role

THURSDAY_26, NOON = date(2026, 3, 26), "12:00"

UNTIL = Embargo(THURSDAY_26, NOON, "The Parole Board: the parties are told first.")

ON = "embargo_on"

MOMENT = datetime(2026, 3, 26, 12, tzinfo=LONDON)

DECIDED = EventEntry(EventKind.PAROLE_DECISION, TUESDAY_24, "parole_board", embargo=UNTIL)


def test_a_parole_decision_is_told_to_nobody_before_its_moment(case: World) -> None:
    first, second = refer(case, "Ann Lis"), refer(case, "Bea Pike")
    event = happens(case, DECIDED)
    view = page(case, event)
    assert view.embargo is not None
    assert (view.embargo.until, view.embargo.is_on(case.clock.now())) == (MOMENT, True)
    assert view.embargo.why == UNTIL.why

    # Everything is got ready meanwhile, and a split does not end it.
    decide(case, event, first, "phone")
    with case.db.writing() as session:
        split_set(case.work(session, case.people[Role.MANAGER]), event, "One is abroad.")
    for moment in (case.clock.now(), MOMENT - timedelta(seconds=1)):
        case.clock.move_to(moment)
        with pytest.raises(Conflict, match="before 12:00 on Thursday 26 March 2026"):
            tell(case, event, first)
        with case.db.writing() as session, pytest.raises(Conflict, match="under embargo"):
            show_numbers(case.work(session, case.people[Role.VLO]), event, first)

    case.clock.move_to(MOMENT)
    tell(case, event, first)
    tell(case, event, second)
    assert page(case, event).progress.waiting == 0
    assert case.problems() == []


def test_the_clock_runs_from_the_moment_and_so_do_the_mails(case: World) -> None:
    refer(case, "Ann Lis")
    event = happens(case, DECIDED)
    # One working day from Thursday, and not from Tuesday.
    assert page(case, event).tell_by_at.astimezone(LONDON).date() == date(2026, 3, 27)
    case.clock.move_to(date(2026, 3, 26))
    assert mailed(case, "Not told in time") == []
    case.clock.move_to(date(2026, 3, 28))
    assert mailed(case, "Not told in time") == ["manager@example.org"]


def test_nobody_can_have_been_told_before_the_moment(case: World) -> None:
    victim = refer(case, "Ann Lis")
    event = happens(case, DECIDED)
    decide(case, event, victim, "phone")
    case.clock.move_to(MOMENT + timedelta(hours=2))
    early = ToldEntry("phone", "Ann", THURSDAY_26, "11:59")
    with pytest.raises(NotValid) as refusal:
        tell(case, event, victim, early)
    assert "end of its embargo" in refusal.value.fields["told_on"]
    tell(case, event, victim, replace(early, told_time="12:00"))


def test_once_the_news_is_out_everybody_is_told_at_once(case: World) -> None:
    first, second = refer(case, "Ann Lis"), refer(case, "Bea Pike")
    event = happens(case, DECIDED)
    with case.db.writing() as session, pytest.raises(NotAllowed):
        end_embargo(case.work(session, case.people[Role.VLO]), event, "In the paper")
    with case.db.writing() as session:
        end_embargo(case.work(session, case.people[Role.MANAGER]), event, "In the Gazette at 9")
    tell(case, event, first)
    tell(case, event, second)
    view = page(case, event)
    assert view.embargo is not None
    assert view.embargo.ended_because == "In the Gazette at 9"
    assert view.tell_by_at == case.clock.now() + timedelta(hours=4)
    with case.db.writing() as session, pytest.raises(Conflict):
        end_embargo(case.work(session, case.people[Role.MANAGER]), event, "Again")
    assert case.problems() == []


@pytest.mark.parametrize(
    ("entry", "field"),
    [
        (replace(IN_ERROR, embargo=UNTIL), "embargo_on"),
        (replace(IN_ERROR, kind="back_in_custody", embargo=UNTIL), "embargo_on"),
        (replace(DECIDED, embargo=replace(UNTIL, until_time="9")), "embargo_time"),
        (replace(DECIDED, embargo=replace(UNTIL, until_on=TUESDAY_24)), ""),
        (replace(DECIDED, embargo=Embargo(TUESDAY_24, "9:00am", "So")), "embargo_on"),
        (replace(DECIDED, embargo=replace(UNTIL, until_on=date(2036, 3, 26))), "embargo_on"),
        (replace(DECIDED, embargo=replace(UNTIL, why=" ")), "embargo_why"),
        # They are told before a planned day, whatever anybody asks for.
        (replace(PLANNED, happened_on=THURSDAY_26, embargo=UNTIL), "embargo_on"),
        (replace(PLANNED, happened_on=date(2026, 3, 27), embargo=UNTIL), ""),
        (replace(PLANNED, kind="temporary_release", happened_on=THURSDAY_26, embargo=UNTIL), ON),
        (replace(PLANNED, kind="parole_review", happened_on=THURSDAY_26, embargo=UNTIL), ON),
        (replace(DECIDED, kind="released"), ON),
    ],
)
def test_what_may_be_under_embargo_and_until_when(
    case: World, entry: EventEntry, field: str
) -> None:
    refer(case, "Ann Lis")
    if not field:
        happens(case, entry)
        return
    with pytest.raises(NotValid) as refusal:
        happens(case, entry)
    assert list(refusal.value.fields) == [field]


def test_a_second_officer_who_knows_of_an_embargo_puts_the_event_under_it(case: World) -> None:
    victim = refer(case, "Ann Lis")
    event = happens(case, replace(DECIDED, embargo=None))
    assert happens(case, DECIDED) == event
    decide(case, event, victim, "phone")
    with pytest.raises(Conflict, match="under embargo"):
        tell(case, event, victim)


def test_a_manager_sets_and_moves_an_embargo_until_somebody_was_told(case: World) -> None:
    victim = refer(case, "Ann Lis")
    event = happens(case, replace(DECIDED, embargo=None))
    with case.db.writing() as session, pytest.raises(NotAllowed):
        set_embargo(case.work(session, case.people[Role.VLO]), event, UNTIL)
    for until in (UNTIL, replace(UNTIL, until_time="9:30am")):
        with case.db.writing() as session:
            set_embargo(case.work(session, case.people[Role.MANAGER]), event, until)
    # To make it last longer takes a second person.
    longer = replace(UNTIL, until_time="10:00am")
    with case.db.writing() as session, pytest.raises(NotAllowed, match="Ask another manager"):
        set_embargo(case.work(session, case.people[Role.MANAGER]), event, longer)
    with case.db.writing() as session:
        set_embargo(case.work(session, case.hire(Role.MANAGER, "Second Person")), event, longer)
    decide(case, event, victim, "phone")
    case.clock.move_to(MOMENT - timedelta(hours=2))
    tell(case, event, victim)
    with case.db.writing() as session, pytest.raises(Conflict, match="has been told"):
        set_embargo(case.work(session, case.people[Role.MANAGER]), event, UNTIL)


def test_recording_an_event_again_makes_no_embargo_longer(case: World) -> None:
    """That would be a way past the second person, and past a manager who ended it."""
    refer(case, "Ann Lis")
    happens(case, DECIDED, who=case.people[Role.MANAGER])
    case.clock.move_to(MOMENT + timedelta(hours=1))
    later = replace(UNTIL, until_on=THURSDAY_26 + timedelta(days=1))
    for role in (Role.VLO, Role.MANAGER):
        with pytest.raises(NotAllowed):
            happens(case, replace(DECIDED, embargo=later), who=case.people[role])


def test_vcs_check_finds_somebody_told_before_the_moment(case: World) -> None:
    victim = refer(case, "Ann Lis")
    event = happens(case, DECIDED)
    decide(case, event, victim, "phone")
    with case.db.writing() as session:
        session.execute(text("UPDATE event_line SET told_at = joined_at"))
    assert any("told under embargo" in problem for problem in case.problems())


def test_the_history_that_witness_care_sees_gives_nothing_away(case: World) -> None:
    from api.staff.referrals.view import referral_page

    refer(case, "Ann Lis")
    with case.db.writing() as session:
        work = case.work(session, case.people[Role.VLO])
        record_event(work, case.only_referral(), DECIDED)
    with case.db.reading() as session:
        for role, shown in ((Role.VLO, True), (Role.WITNESS_CARE, False)):
            found = referral_page(
                session, case.sealer, case.people[role], case.only_referral(), case.today
            )
            assert ("event.recorded" in [one.event for one in found.history]) == shown
