"""N-14 and N-15 of the cases: October by region, November so far, and what is withheld."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from sqlmodel import col, select

from api.example.messages import as_bytes, hearing, offence, person, result
from tests.journeys.world import World, a_victim
from tests.services.clock import morning_of
from vcs.access.actors import Actor
from vcs.access.rules import Reach
from vcs.access.work import Work
from vcs.measures.disclosure.tallies import Axis
from vcs.measures.facts import Asked
from vcs.measures.figures import Figure, figures
from vcs.measures.records import ShownFigure
from vcs.measures.shown import CSV_HEAD, as_json, csv_rows
from vcs.measures.shown_before import figures_shown
from vcs.referrals.records import Referral
from vcs.sentences.records import Sentence
from vcs.terms import Role
from vcs.victims.details.add import add_victim

LONDON, WALES, EAST = (
    ("C01CE00", "Central Criminal Court"),
    ("C62SS00", "Swansea Crown Court"),
    ("C36NR00", "Norwich Crown Court"),
)

TUESDAY_24_NOVEMBER = date(2026, 11, 24)

CASES = (
    (11, LONDON, date(2026, 10, 5), date(2026, 10, 5), date(2026, 10, 12)),
    (1, LONDON, date(2026, 10, 1), date(2026, 10, 1), date(2026, 10, 15)),
    (7, WALES, date(2026, 10, 5), date(2026, 10, 5), date(2026, 10, 12)),
    (2, EAST, date(2026, 10, 5), date(2026, 10, 5), None),
    (1, LONDON, date(2026, 9, 1), date(2026, 10, 15), date(2026, 10, 20)),
    (1, LONDON, date(2026, 10, 30), date(2026, 10, 30), date(2026, 11, 12)),
    (1, LONDON, date(2026, 10, 31), date(2026, 10, 31), None),
    (1, LONDON, date(2026, 11, 20), date(2026, 11, 20), None),
)
"""How many; court; sentenced on; told of on; referred on. Robbery, four years."""


def robbery(number: int, court: tuple[str, str], held_on: date) -> bytes:
    made = result("IMP", held_on, "4 Years")
    count = offence("TH68023", "Robbery", [made], date(2026, 2, 1))
    who = person("Colin", f"Madeup{number}", date(1990, 2, 1 + number), [count])
    return as_bytes(hearing(f"{court[0][1:3]}EX{number:05}26", court, held_on, [who], "16:30:00"))


@pytest.fixture
def october(world: World) -> World:
    """Let the courts tell, and witness care refer, on the days of the table."""
    days: dict[date, list[tuple[str, Any]]] = {}
    number = 0
    for many, court, sentenced, told, referred in CASES:
        for _ in range(many):
            number += 1
            days.setdefault(told, []).append(("tell", robbery(number, court, sentenced)))
            if referred:
                days.setdefault(referred, []).append(("refer", number))
    who = Actor(1, "", Role.WITNESS_CARE, client_id="every-area")
    for day in sorted(days):
        world.clock.move_to(morning_of(day))
        for act, what in days[day]:
            if act == "tell":
                world.court_tells(what)
            else:
                _refer(world, who, what)
    world.clock.move_to(TUESDAY_24_NOVEMBER)
    return world


def _refer(world: World, who: Actor, number: int) -> None:
    with world.db.writing() as session:
        query = select(Referral.reference).join(
            Sentence, col(Sentence.id) == col(Referral.sentence_id)
        )
        case = col(Sentence.case_reference).like(f"__EX{number:05}26")
        reference = session.exec(query.where(case)).one()
        entry = a_victim(name=f"Nia Number{number}", email="", phone="")
        add_victim(Work(session, world.sealer, who, world.clock.now()), reference, entry)


def asked(from_on: date, to_on: date) -> Asked:
    return Asked(from_on, to_on, TUESDAY_24_NOVEMBER, Reach(everywhere=True))


OCTOBER = asked(date(2026, 10, 1), date(2026, 10, 31))

NOVEMBER = asked(date(2026, 11, 1), TUESDAY_24_NOVEMBER)


def look(world: World, what: Asked, by: Axis | None = None, measure: str = "M1") -> list[Figure]:
    with world.db.reading() as session:
        return [one for one in figures(session, what, by) if one.measure.id == measure]


def counts(found: list[Figure]) -> dict[str, tuple[Any, Any]]:
    return {one.group: (one.numerator, one.denominator) for one in found}


def test_october_by_region_gives_nothing_away(october: World) -> None:
    found = look(october, OCTOBER, Axis.REGION)
    assert counts(found) == {
        "All": (19, 21),
        "London": (12, 12),
        "Wales": ("withheld", "withheld"),
        "East of England": ("withheld", "withheld"),
    }
    shares = {one.group: one.share for one in found}
    assert shares["All"] == 90.5
    assert shares["London"] == 100.0
    assert shares["Wales"] == shares["East of England"] == "withheld"


@pytest.mark.parametrize("by", [Axis.COURT, Axis.POLICE_AREA])
def test_no_other_axis_gives_the_region_away(october: World, by: Axis) -> None:
    found = list(counts(look(october, OCTOBER, by)).values())
    assert found.count(("withheld", "withheld")) == 2
    assert sorted(one for one in found if one[1] not in ("withheld", 0)) == [(12, 12), (19, 21)]


def test_who_was_told_late_stands_apart_by_whose_turn_it_was(october: World) -> None:
    (whole,) = look(october, OCTOBER)
    assert (whole.numerator, whole.denominator) == (19, 21)
    (reason,) = whole.left_out
    assert (reason.why, reason.turn, reason.count) == (
        "told of after the due day",
        "court",
        "withheld",
    )


def test_november_counts_what_fell_due_and_nothing_that_is_not_due_yet(october: World) -> None:
    (november,) = look(october, NOVEMBER)
    assert (november.numerator, november.denominator) == ("withheld", "withheld")
    (both,) = look(october, asked(date(2026, 10, 1), TUESDAY_24_NOVEMBER))
    assert (both.numerator, both.denominator) == (20, 23)


def test_the_last_day_of_the_period_counts(october: World) -> None:
    (to_the_day,) = look(october, asked(date(2026, 10, 15), date(2026, 10, 19)))
    assert to_the_day.denominator == 21
    (day_before,) = look(october, asked(date(2026, 10, 16), date(2026, 10, 18)))
    assert day_before.denominator == 0


def test_a_time_is_never_shown_without_its_partner(october: World) -> None:
    with october.db.reading() as session:
        found = figures(session, OCTOBER, Axis.REGION)
    for one in found:
        if one.measure.is_timeliness:
            assert one.partner is not None
            assert one.partner.cell == one.cell
    for row in as_json(found, OCTOBER):
        if row["id"] == "M1":
            assert row["partner"]["id"] == "M20"
            assert row["partner"]["numerator"] != "not recorded"


def test_csv_and_json_say_the_same(october: World) -> None:
    with october.db.reading() as session:
        found = figures(session, OCTOBER, Axis.REGION)
    told = json.loads(json.dumps(as_json(found, OCTOBER)))
    written = io.StringIO()
    csv.writer(written).writerows([CSV_HEAD, *csv_rows(found, OCTOBER)])
    read = list(csv.DictReader(io.StringIO(written.getvalue())))
    assert len(told) == len(read)
    for one, other in zip(told, read, strict=True):
        assert str(one["numerator"]) == other["numerator"]
        assert str(one["denominator"]) == other["denominator"]


def test_start_and_in_less_out_is_the_end(october: World) -> None:
    for period in (OCTOBER, NOVEMBER, asked(date(2026, 9, 1), TUESDAY_24_NOVEMBER)):
        (whole,) = look(october, period, measure="M0")
        assert whole.flow is not None
        assert whole.flow["end"] == whole.numerator
    (whole,) = look(october, OCTOBER, measure="M0")
    assert whole.flow == {"start": 0, "in": 24, "out": "withheld", "end": "withheld"}


def test_a_figure_that_was_shown_and_changes_says_when_and_why(october: World) -> None:
    def shown(day: date) -> Figure:
        what = Asked(OCTOBER.from_on, OCTOBER.to_on, day, OCTOBER.reach)
        with october.db.writing() as session:
            found = figures_shown(session, what, None)
        return next(one for one in found if one.measure.id == "M1")

    first = shown(TUESDAY_24_NOVEMBER)
    assert (first.numerator, first.denominator, first.earlier) == (19, 21, None)
    later = date(2026, 11, 26)
    october.clock.move_to(morning_of(later))
    for number in (26, 27):
        october.court_tells(robbery(number, LONDON, date(2026, 10, 2)))
    # Told of after their due day, so they stand apart, charged to whose turn it was.
    assert shown(later).earlier is None
    with october.db.writing() as session:
        for one in session.exec(select(ShownFigure).where(ShownFigure.measure == "M1")):
            one.numerator, one.denominator, one.shown_on = "10", "11", TUESDAY_24_NOVEMBER
            session.add(one)
    told = shown(later).earlier
    assert told is not None
    assert (told.was, told.shown_on) == ("10 of 11", TUESDAY_24_NOVEMBER)
    assert told.why == "more cases became known"
    row = next(one for one in as_json([shown(later)], OCTOBER))
    assert row["earlier"]["was"] == "10 of 11"


def test_a_small_change_is_said_and_not_how_small(october: World) -> None:
    with october.db.writing() as session:
        figures_shown(session, OCTOBER, None)
        for one in session.exec(select(ShownFigure).where(ShownFigure.measure == "M1")):
            one.numerator = "18"
            session.add(one)
    with october.db.writing() as session:
        found = figures_shown(session, OCTOBER, None)
    (told,) = [one.earlier for one in found if one.measure.id == "M1"]
    assert told is not None
    assert told.was == "by fewer than 5"


def test_two_months_less_one_that_was_published_tell_nothing_small(october: World) -> None:
    both = asked(date(2026, 10, 1), date(2026, 11, 30))
    with october.db.reading() as session:
        alone = {one.measure.id: one for one in figures(session, OCTOBER)}
        plain = {one.measure.id: one for one in figures(session, both)}
    with october.db.writing() as session:
        figures_shown(session, OCTOBER, None)
        found = {one.measure.id: one for one in figures_shown(session, both, None)}
    told = []
    for name, figure in plain.items():
        pair = figure.denominator, alone[name].denominator
        if isinstance(pair[0], int) and isinstance(pair[1], int) and 0 < pair[0] - pair[1] < 5:
            assert found[name].denominator == "withheld"
            told.append(name)
        elif isinstance(pair[0], int):
            assert found[name].denominator == pair[0]
    assert told


def test_a_period_that_still_runs_is_kept_and_tells_of_no_change(october: World) -> None:
    for _ in range(2):
        with october.db.writing() as session:
            found = figures_shown(session, NOVEMBER, None)
            assert not [one for one in found if one.earlier]
    with october.db.reading() as session:
        kept = session.exec(select(ShownFigure).where(ShownFigure.measure == "M0")).all()
    assert {(one.from_on, one.to_on) for one in kept} == {(NOVEMBER.from_on, NOVEMBER.to_on)}
    assert {one.key for one in kept if one.axis == "flow"} == {"start", "in", "out"}


def test_what_a_period_lacked_while_it_ran_is_not_told_by_the_next_day(october: World) -> None:
    running = asked(date(2026, 10, 1), TUESDAY_24_NOVEMBER)
    with october.db.writing() as session:
        before = {one.measure.id: one for one in figures_shown(session, running, None)}
    assert before["M1"].denominator == 23
    with october.db.writing() as session:
        for one in session.exec(select(ShownFigure).where(ShownFigure.measure == "M1")):
            one.denominator = "21"
            session.add(one)
    day_after = replace(running, to_on=date(2026, 11, 25), today=date(2026, 11, 25))
    for again in (replace(running, today=date(2026, 11, 25)), day_after, day_after):
        with october.db.writing() as session:
            found = {one.measure.id: one for one in figures_shown(session, again, None)}
        assert found["M1"].denominator == "withheld"
