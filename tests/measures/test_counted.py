"""Figures that were counted once come back as they were, with the moment they hold for."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import func
from sqlmodel import col, select

from scheduler.counted import keeping
from scheduler.jobs import Sweep
from scheduler.timetable import TIMETABLE
from tests.journeys.world import World
from tests.measures.test_october import NOVEMBER, OCTOBER, october
from vcs.access.rules import reach_of_counts
from vcs.database import try_lock
from vcs.ledger.counted import keep as counted
from vcs.ledger.counted.keep import Shown, keep, kept
from vcs.ledger.counted.records import STAY, CountedFigures
from vcs.measures import counted as plain
from vcs.measures.counted import (
    Pictures,
    counted_by_every_axis,
    counting_of_figures,
    counting_of_pictures,
)
from vcs.measures.disclosure.tallies import Axis
from vcs.measures.facts import last_year
from vcs.measures.figures import figures
from vcs.measures.shown import as_json
from vcs.measures.shown_before import figures_shown
from vcs.terms import Role

__all__ = ["october"]


def test_what_is_kept_reads_as_what_is_counted(october: World) -> None:
    now = october.clock.now()
    with october.db.writing() as session:
        for asked in (OCTOBER, NOVEMBER):
            for counting, found in counted_by_every_axis(session, asked):
                keep(session, counting, Shown(found, now))
            pictures = counting_of_pictures(session, asked)
            keep(session, pictures, Shown(pictures.count(session), now))
    with october.db.reading() as session:
        for asked in (OCTOBER, NOVEMBER):
            for by in (None, *Axis):
                read = kept(session, counting_of_figures(session, asked, by))
                assert read
                assert read.found == figures(session, asked, by)
                # As text, too: 5 days are not 5.0 days.
                anew = str(as_json(figures(session, asked, by), asked))
                assert str(as_json(read.found, asked)) == anew
            held = kept(session, pictures := counting_of_pictures(session, asked))
            assert held
            assert repr(held.found) == repr(pictures.count(session))


def test_whoever_counts_second_keeps_nothing(october: World) -> None:
    now = october.clock.now()
    with october.db.writing() as session:
        counting = counting_of_pictures(session, OCTOBER)
        first = Shown(counting.count(session), now)
        keep(session, counting, first)
        nothing: Pictures = ((), ())
        keep(session, counting, Shown(nothing, now + timedelta(hours=1)))
        assert kept(session, counting) == first


def test_what_an_older_version_kept_is_counted_again(
    october: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = october.clock.now()
    with october.db.writing() as session:
        counting = counting_of_figures(session, OCTOBER, None)
        shown = Shown(counting.count(session), now)
        keep(session, counting, shown)
        row = session.exec(select(CountedFigures)).one()
        for other in (row.content.replace('"M1"', '"M999"'), row.content.replace("why", "because")):
            row.content = other
            session.add(row)
            session.flush()
            assert kept(session, counting) is None
        keep(session, counting, shown)
        assert kept(session, counting) == shown
        with monkeypatch.context() as newer:
            newer.setattr(counted, "FORMAT", counted.FORMAT + 1)
            assert kept(session, counting_of_figures(session, OCTOBER, None)) is None
        monkeypatch.setattr(plain, "DIGEST", "of another table")
        assert kept(session, counting_of_figures(session, OCTOBER, None)) is None


def test_what_was_kept_is_not_shown_beside_what_was_published_since(october: World) -> None:
    both, now = replace(OCTOBER, to_on=date(2026, 11, 30)), october.clock.now()
    with october.db.writing() as session:
        counting = counting_of_figures(session, both, None)
        keep(session, counting, Shown(counting.count(session), now))
        before = kept(session, counting)
        figures_shown(session, OCTOBER, None)
        since = counting_of_figures(session, both, None)
        assert kept(session, since) is None
        assert before
        assert since.count(session) != before.found


def test_of_few_sentences_nothing_is_counted_before_somebody_asks(october: World) -> None:
    october.sweep()
    with october.db.reading() as session:
        moving = func.count(col(CountedFigures.id)).filter(col(CountedFigures.kind).not_in(STAY))
        assert session.exec(select(moving)).one() == 0


def test_one_reach_is_counted_at_a_tick_and_by_one_process(
    october: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(counted, "MOST_COUNTED_AT_ONCE", 10)
    results = october.sweep()
    assert [one.done for one in results if one.job == "count-figures"] == [1]
    assert len(results) > len(TIMETABLE)
    sweep = Sweep(october.settings, october.db, october.sealer, october.clock.now)
    with october.db.reading() as session:
        assert try_lock(session, keeping.LOCK)
        is_free = session.get_bind().dialect.name == "sqlite"
        assert keeping.count_figures(sweep).done == int(is_free)


def test_of_many_the_figures_of_everybody_are_counted_once_a_day(
    october: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(counted, "MOST_COUNTED_AT_ONCE", 10)
    for _ in range(12):
        october.sweep()
    today = october.today
    for role in (Role.MANAGER, Role.HEAD, Role.ADMINISTRATOR):
        actor = october.people[role]
        reach = reach_of_counts(actor)
        with october.db.reading() as session:
            asked = last_year(today, today, reach)
            assert kept(session, counting_of_pictures(session, asked))
            for by in (None, *Axis):
                assert kept(session, counting_of_figures(session, asked, by))
    with october.db.writing() as session:
        figures_shown(session, OCTOBER, None)
    october.sweep()
    with october.db.reading() as session:
        year = last_year(today, today, OCTOBER.reach)
        assert kept(session, counting_of_figures(session, year, Axis.REGION))
    october.clock.move_to(date(2026, 11, 26))
    october.sweep()
    with october.db.reading() as session:
        left = session.exec(select(CountedFigures)).all()
    assert left
    moving = {one.counted_at for one in left if one.kind not in STAY}
    assert moving == {october.clock.now()}
