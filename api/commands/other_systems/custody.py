"""``vcs custody``: what prisons and licence systems tell, from files."""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from api.commands.opening import opened_for_real
from vcs import clock
from vcs.custody.facts.receive import read_custody
from vcs.custody.facts.settle import settle_custody
from vcs.custody.keep import FILES, keep_message
from vcs.custody.reads import FactReport, fact_reports, problem_of
from vcs.custody.sources.reading import check
from vcs.errors import NotReadable

_AT_A_TIME = 500


def custody(
    paths: Annotated[
        list[Path], typer.Argument(help="Files: JSON, JSON lines or CSV, as those systems send.")
    ],
    as_json: Annotated[
        bool, typer.Option("--json", help="One JSON object for each event.")
    ] = False,
) -> None:
    """Load what prisons and licence systems tell of offenders.

    Prints how each event ended, then the counts. Loading a file again changes nothing, but what
    could not be read is tried again. Exit 1 where something of a file could not be read.
    """
    bodies = [(path, _read(path)) for path in paths]
    db, sealer = opened_for_real()
    with db.writing() as session:
        kept = [
            (path, keep_message(session, sealer, body, (FILES, clock.now())).receipt)
            for path, body in bodies
        ]
    while read_custody(db, sealer, _AT_A_TIME, clock.now()):
        pass
    while settle_custody(db, sealer, _AT_A_TIME, clock.now()):
        pass
    with db.reading() as session:
        found = [fact_reports(session, receipt) for _, receipt in kept]
        unread = [(path, why) for path, receipt in kept if (why := problem_of(session, receipt))]
    counted: Counter[str] = Counter()
    for facts in found:
        for line in _lines(facts, counted, as_json=as_json):
            print(line)
    counts = ", ".join(f"{ends_as} {count}" for ends_as, count in sorted(counted.items()))
    print(f"vcs: {sum(counted.values())} events: {counts or 'none that was new'}", file=sys.stderr)
    for path, why in unread:
        print(f"vcs: {path}: {why} An administrator is asked about it.", file=sys.stderr)
    if unread:
        raise typer.Exit(1)


def _read(path: Path) -> bytes:
    try:
        body = path.read_bytes()
        check(body)
    except OSError as problem:
        why = (problem.strerror or "it cannot be read").lower()
        raise typer.BadParameter(f"{path} cannot be read: {why}", param_hint="PATH") from None
    except NotReadable as problem:
        raise typer.BadParameter(f"{path}: {problem}", param_hint="PATH") from None
    return body


def _lines(facts: list[FactReport], counted: Counter[str], *, as_json: bool) -> Iterator[str]:
    for fact in facts:
        counted[fact.ends_as] += 1
        if as_json:
            yield json.dumps(asdict(fact), default=str)
        else:
            day = fact.happened_on.isoformat() if fact.happened_on else "no day"
            yield f"{fact.row}: {fact.code or 'unread'}, {day}: {fact.ends_as}. {fact.because}"
