"""``vcs reconcile`` and ``vcs lists``: lists of other systems, matched with what we hold."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from api.commands.opening import opened_for_real
from api.commands.options import takes
from vcs import clock
from vcs.access.actors import Actor
from vcs.access.work import Work
from vcs.custody.matches.merge import part_numbers
from vcs.intake.person_numbers import Number
from vcs.lists.merged import record_merge
from vcs.lists.prepare import Asked, Covers
from vcs.lists.reading.columns import Cell, ListKind, Mapped
from vcs.lists.reading.days import Order
from vcs.lists.reconcile import Reconciled
from vcs.lists.runs.run import Sender, run_list
from vcs.lists.runs.told import counts, objects
from vcs.terms import Role

_OPERATOR = Actor(0, "vcs reconcile", Role.ADMINISTRATOR, client_id="vcs-reconcile")

_STAGES = {
    "read": "{count:,} lines read",
    "held": "{count:,} sentences of ours in that time",
    "compared": "{count:,} lines compared",
    "keep": "keeping how {count:,} lines ended",
}


@dataclass(frozen=True, slots=True)
class GivenList:
    """What ``vcs reconcile`` takes."""

    file: Annotated[Path, typer.Argument(help="The list: CSV, or JSON with one object a line.")]
    kind: Annotated[ListKind, typer.Option("--list", help="Whose list it is.")]
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object for each line.")] = False
    column: Annotated[
        list[str] | None,
        typer.Option(help="FIELD=COLUMN: which column holds what, where its name does not say so."),
    ] = None
    dates: Annotated[
        Order | None, typer.Option(help="Which number of a day comes first: kept for the source.")
    ] = None
    drawn_on: Annotated[
        datetime | None,
        typer.Option("--drawn-on", formats=["%Y-%m-%d"], help="The day the list was drawn."),
    ] = None
    from_day: Annotated[
        datetime | None,
        typer.Option("--from", formats=["%Y-%m-%d"], help="First day of sentence it covers."),
    ] = None
    to_day: Annotated[
        datetime | None,
        typer.Option("--to", formats=["%Y-%m-%d"], help="Last day of sentence it covers."),
    ] = None
    source: Annotated[str, typer.Option(help="Who draws such lists.")] = ""


@takes(GivenList)
def reconcile(given: GivenList) -> None:
    """Match another system's list with what we hold.

    Prints how each line ended, then the counts.
    """
    told_on, *days = (
        one.date() if one else None for one in (given.drawn_on, given.from_day, given.to_day)
    )
    content, columns = _read(given.file), _columns(given.column or ())
    _refuse_future(told_on)
    asked = Asked(
        *(given.kind, content, given.source, told_on, "", columns, given.dates), Covers(*days)
    )
    db, sealer = opened_for_real()
    found, run = run_list(db, Sender(sealer, _OPERATOR, clock.now()), asked, _tell)
    _print(found, as_json=given.as_json)
    print(f"vcs: kept as {run.reference}", file=sys.stderr)


def _read(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as problem:
        why = (problem.strerror or "it cannot be read").lower()
        raise typer.BadParameter(f"{file} cannot be read: {why}", param_hint="FILE") from None


def _refuse_future(day: date | None) -> None:
    if day is not None and day > clock.today():
        raise typer.BadParameter("must not be in the future", param_hint="--drawn-on")


def _columns(given: Iterable[str]) -> Mapped:
    found: dict[Cell, str] = {}
    for one in given:
        cell, _, name = one.partition("=")
        if cell not in set(Cell) or not name:
            fields = ", ".join(Cell)
            raise typer.BadParameter(f"{one!r} is not FIELD=COLUMN. Fields are: {fields}.")
        found[Cell(cell)] = name
    return found


def _tell(stage: str, count: int) -> None:
    print(f"vcs: {_STAGES[stage].format(count=count)}", file=sys.stderr, flush=True)


def _print(found: Reconciled, *, as_json: bool) -> None:
    for one in objects(found):
        if as_json:
            print(json.dumps(one, ensure_ascii=False))
        else:
            row = one["row"] if one["row"] is not None else "ours"
            of = f" {one['sentence_ref']}" if one["sentence_ref"] else ""
            print(f"{row}: {one['ends_as']}{of} ({one['rule']}): {one['why']}")
    told = counts(found)
    if as_json:
        print(json.dumps(told, ensure_ascii=False))
        return
    ended = ", ".join(f"{name.replace('_', ' ')} {count}" for name, count in told["ended"].items())
    ours = ", ".join(f"{name} {count}" for name, count in told["ours_only"].items() if count)
    print(f"{told['lines']} lines: {ended}.")
    days = f"{told['sentences_from']} to {told['sentences_to']}"
    print(f"It covers sentences from {days}{_whence(told)}.")
    print(f"In ours and not in the list: {ours or 'none'}.")


def _whence(told: Mapping[str, Any]) -> str:
    said = told["period_said"]
    return "" if said else ", by its rows: say what was asked for with --from and --to"


def merged(
    kind: Annotated[Number, typer.Argument(help="Which kind of number.")],
    old: Annotated[str, typer.Argument(help="The number that was merged away.")],
    new: Annotated[str, typer.Argument(help="The number that stays.")],
    undo: Annotated[bool, typer.Option("--undo", help="They are two people's after all.")] = False,
) -> None:
    """Record that two numbers are one person's: lists and custody events are matched by either."""
    db, sealer = opened_for_real()
    with db.writing() as session:
        work = Work(session, sealer, _OPERATOR, clock.now())
        if undo:
            count = part_numbers(work, kind, old, new)
            print("Taken back." if count else "They were not joined.")
            return
        is_new = record_merge(work, kind, old, new)
    print("Recorded." if is_new else "It was recorded before.")
