"""``vcs alerts``: who will be told what, and when, if nobody acts."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict
from itertools import groupby
from typing import Annotated, Any

import typer

from api.commands.opening import opened
from vcs import clock
from vcs.alerts.forecast import Telling, forecast
from vcs.law.deadlines.duties import in_words


def alerts(
    forecast_of: Annotated[
        str, typer.Option("--forecast", metavar="REFERENCE", help="The referral's reference.")
    ],
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Print who will be told what about a referral, if nobody acts."""
    db, _ = opened()
    with db.reading() as session:
        found = forecast(session, forecast_of, clock.today())
    if as_json:
        print(json.dumps([_plain(one) for one in found], indent=1, ensure_ascii=False))
    else:
        print("\n".join(_lines(forecast_of, found)))


def _plain(one: Telling) -> dict[str, Any]:
    kept = asdict(one) | {"on": one.on.isoformat()}
    del kept["duty_title"]
    return kept


def _lines(reference: str, found: tuple[Telling, ...]) -> Iterator[str]:
    if not found:
        yield f"{reference}: nobody else will be told. Nothing is open, or everybody knows of it."
        return
    yield f"{reference}: who will be told from today on, if nobody acts"
    for day, told in groupby(found, lambda one: one.on):
        yield f"\n{in_words(day)}"
        for one in told:
            role = one.role.replace("_", " ")
            who = f"{one.who} ({role})" if one.who else f"Nobody: there is no {role}"
            yield f"  {who}, because {one.because}: {one.duty_title}"
    yield "\nWhat is missed stays in their email each working morning until it is settled."
