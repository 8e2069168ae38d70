"""People on record: made ready to be found again, and asked again when it is time."""

from __future__ import annotations

from sqlmodel import Session

from scheduler.jobs import FINDS_AT_A_TIME, Done, Sweep
from vcs.consequences.needs import left_waiting, needs_triggers, new_offences
from vcs.needs import again
from vcs.needs.conditions import homes
from vcs.victims.contact import ask_again, asked_no_more
from vcs.victims.family import able, ages, also_offender, of_age
from vcs.victims.family.death_questions import ask_about_unasked, unasked_deaths
from vcs.victims.identity import known

PEOPLE_AT_A_TIME = 100


def digest_people(sweep: Sweep) -> Done:
    """Make the digests of people who have none under the newest key, some at each tick."""
    done = sweep.rounds(
        lambda session: known.digest_and_ask(session, sweep.sealer, sweep.today, PEOPLE_AT_A_TIME),
        PEOPLE_AT_A_TIME,
    )
    return Done(done, done)


def ask_again_after_not_now(sweep: Sweep) -> Done:
    """Ask officers to make an offer again to those whose *not now* is over, some at each tick.

    What asks for contact with somebody who wants none by now, or who has died, ends first.
    """
    ended = _end_in_vain(sweep)
    done = sweep.rounds(
        lambda session: ask_again.ask_who_is_due(
            session, sweep.sealer, sweep.today, PEOPLE_AT_A_TIME
        ),
        PEOPLE_AT_A_TIME,
    )
    return Done(done + ended, done + ended)


def _end_in_vain(sweep: Sweep) -> int:
    with sweep.db.reading() as session:
        if not asked_no_more.asks_in_vain(session):
            return 0
    with sweep.db.writing() as session:
        return asked_no_more.end_in_vain(session, sweep.now())


def ask_needs_again(sweep: Sweep) -> Done:
    """Ask again about what was asked a year ago, and about conditions that came to name a home."""
    with sweep.db.reading() as session:
        found = again.due_again(session, sweep.sealer, sweep.today, FINDS_AT_A_TIME)
        held = homes.held_at_changes(session, sweep.sealer, sweep.now())
    done = sweep.each(found, lambda session, victim: _ask_year(sweep, session, victim))
    if not held:
        return done
    with sweep.db.writing() as session:
        asked = homes.ask_about_held(session, sweep.sealer, sweep.now(), sweep.today)
    return Done(done.found + asked, done.done + asked, done.failed)


def _ask_year(sweep: Sweep, session: Session, victim_id: int) -> bool:
    return again.ask_for(session, sweep.sealer, victim_id, sweep.today)


def ask_needs_at_triggers(sweep: Sweep) -> Done:
    """Ask for victims to be asked again after what happened; end what was taken back."""
    with sweep.db.reading() as session:
        to_ask = needs_triggers.to_ask(session, sweep.sealer, sweep.today)
        new_sentences = new_offences.has_new_sentences(session)
        to_end = needs_triggers.anything_to_end(session, sweep.today)
    if not (to_ask or new_sentences or to_end):
        return Done()
    with sweep.db.writing() as session:
        done = needs_triggers.ask_everybody(session, sweep.sealer, sweep.today)
        done += new_offences.ask_at_new_sentences(
            session, sweep.sealer, sweep.today, FINDS_AT_A_TIME
        )
        done += needs_triggers.end_taken_back(session, sweep.now())
    return Done(done, done)


def watch_ages(sweep: Sweep) -> Done:
    """Ask about children who turn 18, ages in doubt, deaths, and who acts for a family no more."""
    with sweep.db.reading() as session:
        due = of_age.questions_due(session, sweep.sealer, sweep.today)
        in_doubt = ages.ages_to_ask(session, sweep.sealer)
        is_found = in_doubt.victims or in_doubt.has_moved
        unable = able.links_to_ask(session, sweep.sealer, sweep.today)
        if not (due or is_found or unable or unasked_deaths(session)):
            return Done()
    with sweep.db.writing() as session:
        asked = of_age.ask_about_age(session, sweep.sealer, sweep.today)
        asked += ages.ask_about_ages(session, sweep.sealer, [*in_doubt.victims], sweep.today)
        ages.keep_looked_to(session, in_doubt)
        asked += ask_about_unasked(session, sweep.today)
        asked += able.ask_about_links(session, sweep.sealer, sweep.today)
    return Done(asked, asked)


def ask_about_waiting(sweep: Sweep) -> Done:
    """Ask about what victims wait for: actions with no owner or late, requests that lie."""
    with sweep.db.reading() as session:
        if not left_waiting.left_waiting(session, sweep.sealer, sweep.now(), sweep.today):
            return Done()
    with sweep.db.writing() as session:
        done = left_waiting.ask_about_waiting(session, sweep.sealer, sweep.now(), sweep.today)
    return Done(done, done)


def compare_births(sweep: Sweep) -> Done:
    """Compare new sentences with the dates of birth of victims: a manager is told of namesakes."""
    with sweep.db.reading() as session:
        if not also_offender.has_new_sentences(session):
            return Done()
    with sweep.db.writing() as session:
        count = also_offender.compare_new_sentences(
            session, sweep.sealer, sweep.today, FINDS_AT_A_TIME
        )
    return Done(count, count)
