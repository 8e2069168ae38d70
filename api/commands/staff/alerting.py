"""``vcs alerts``: who will be told what, and when; ``vcs bounced``: which emails came back."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from dataclasses import asdict
from itertools import groupby
from pathlib import Path
from typing import Annotated, Any

import typer

from api.commands.opening import opened, opened_for_real
from vcs import clock
from vcs.alerts.bounced import MOST_BYTES, read_bounce, record_bounce
from vcs.alerts.forecast import Telling, forecast
from vcs.errors import NotReadable
from vcs.law.deadlines.duties import in_words
from vcs.partners.chase.unreached import record_bounce_of_chase


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


def bounced(
    paths: Annotated[
        list[Path], typer.Argument(help="Files, each one email; - is standard input.")
    ],
) -> None:
    """Record which emails to staff came back.

    Give it the reports of mail servers: what arrives at the address that emails come from, or have
    the mail server pipe each to it. Whose email came back counts as not told: the next rung hears
    of it, and a person is asked. Emails to witness care units count too: an administrator is asked
    about the unit. A report again changes nothing, and so does whatever is no report about an email
    of ours.
    """
    reports = [read_bounce(_read(path)) for path in paths]
    db, _ = opened_for_real()
    recorded = 0
    for one in reports:
        with db.writing() as session:
            recorded += one is not None and (
                record_bounce(session, one, clock.now())
                or record_bounce_of_chase(session, one, clock.now())
            )
    print(f"vcs: {recorded} of {len(paths)} recorded: the others are no news of an email of ours")


def _read(path: Path) -> bytes:
    if str(path) == "-":
        return sys.stdin.buffer.read(MOST_BYTES)
    try:
        with path.open("rb") as opened_file:
            return opened_file.read(MOST_BYTES)
    except OSError as fault:
        raise NotReadable(f"{path.name} cannot be read: {fault.strerror}.") from None


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
