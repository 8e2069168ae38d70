"""``vcs measures``: every measure with its quality partner, and what was left out."""

from __future__ import annotations

import csv
import json
import sys
from datetime import date, datetime
from typing import Annotated

import typer

from api.commands.opening import opened
from api.staff.files import csv_file
from vcs import clock
from vcs.access.rules import Reach
from vcs.measures.disclosure.tallies import Axis
from vcs.measures.facts import Asked
from vcs.measures.figures import NOT_RECORDED, Figure
from vcs.measures.shown import CSV_HEAD, as_json, csv_rows
from vcs.measures.shown_before import figures_shown


def measures(
    from_day: Annotated[
        datetime | None,
        typer.Option("--from", formats=["%Y-%m-%d"], help="The first day: a year before."),
    ] = None,
    to_day: Annotated[
        datetime | None, typer.Option("--to", formats=["%Y-%m-%d"], help="The last day: today.")
    ] = None,
    by: Annotated[Axis | None, typer.Option("--by", help="What to count by.")] = None,
    is_json: Annotated[bool, typer.Option("--json", help="As JSON.")] = False,
    is_csv: Annotated[bool, typer.Option("--csv", help="As CSV.")] = False,
) -> None:
    """Print every measure beside its quality partner."""
    if is_json and is_csv:
        raise typer.BadParameter("give one of --json and --csv")
    asked = period(from_day, to_day)
    db, _ = opened()
    with db.writing() as session:
        found = figures_shown(session, asked, by)
    if is_json:
        print(json.dumps(as_json(found, asked), indent=1, ensure_ascii=False))
    elif is_csv:
        # For programs: no byte order mark, and plain line ends.
        rows = (CSV_HEAD, *csv_rows(found, asked))
        csv.writer(sys.stdout, lineterminator="\n").writerows(
            map(csv_file.harmless, row) for row in rows
        )
    else:
        _print(found, asked)


def period(from_day: datetime | None, to_day: datetime | None) -> Asked:
    """Return what is asked for: by default the year that ends today."""
    today = clock.today()
    to_on = to_day.date() if to_day else today
    from_on = from_day.date() if from_day else _a_year_before(to_on)
    if from_on > to_on:
        raise typer.BadParameter("must not be after the last day", param_hint="--from")
    return Asked(from_on, to_on, today, Reach(everywhere=True))


def _a_year_before(day: date) -> date:
    return day.replace(year=day.year - 1, day=min(day.day, 28))


def _print(found: tuple[Figure, ...], asked: Asked) -> None:
    print(f"From {asked.from_on} to {asked.to_on}, both included, as known on {asked.today}.")
    for one in found:
        print(_line(one))


def _line(figure: Figure) -> str:
    said = f"{figure.measure.id} {figure.measure.words}, {figure.group}: {_count(figure)}"
    if figure.partner:
        partner = figure.partner
        said += f" | {partner.measure.id} {partner.measure.words}: {_count(partner)}"
    if figure.earlier:
        earlier = figure.earlier
        said += f"\n    shown otherwise on {earlier.shown_on}: {earlier.was}, {earlier.why}"
    for reason in figure.left_out:
        turn = f" ({reason.turn})" if reason.turn else ""
        said += f"\n    left out: {reason.why}{turn}: {reason.count}"
    return said


def _count(figure: Figure) -> str:
    if figure.numerator == NOT_RECORDED:
        return NOT_RECORDED
    return f"{figure.numerator} of {figure.denominator}"
