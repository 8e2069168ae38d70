"""Another system's list of 100,000 sentences matched with ours: seconds, memory, and who is who.

Seeded: people with names as common as names are, lines as clerks and systems write them, and
what became of each line known beforehand.
"""

from __future__ import annotations

import random
import resource
import time
from collections import Counter
from collections.abc import Sequence
from datetime import date
from itertools import product
from typing import Any, Final

from sqlalchemy import text

from api.example.messages import as_bytes, hearing, offence, person, result
from tests.bench.backlog import migrated
from tests.bench.copying import copy
from tests.bench.listed_people import Sentenced, people, their_lines, written
from vcs import clock, marking
from vcs.access.actors import Actor
from vcs.clocks.marks import CLOCK_MARKS
from vcs.consequences.messages.desk import read_waiting
from vcs.database import Database, connect
from vcs.intake import person_numbers
from vcs.intake.inbox import Inbox
from vcs.intake.person_numbers import Number
from vcs.ledger.kept.marks import start_marking, stop_marking
from vcs.ledger.kept.recount import keep_all
from vcs.lists.prepare import Asked
from vcs.lists.reading.columns import ListKind
from vcs.lists.reading.lines import mark_of
from vcs.lists.reconcile import Reconciled
from vcs.lists.runs.run import Sender, run_list
from vcs.sealing import Sealer
from vcs.terms import Role

_OFFENCES: Final = ("OF61016", "TH68023", "SX03001", "SX03007", "SC15005", "OF61131", "RA88046")

_MONTHS: Final = (13, 15, 18, 20, 24, 28, 30, 36, 40, 48, 54, 60, 72, 96)


def run(lines: int = 100_000, seed: int = 14, numbers: float = 0.85) -> dict[str, Any]:
    """Match a seeded list with as many sentences; return what it cost and how right it was.

    ``numbers`` is the share of lines that hold what police numbers there are.
    """
    chance = random.Random(seed)  # noqa: S311
    with migrated("sqlite") as settings:
        db, sealer = connect(settings), Sealer(settings.sealing_keys)
        ours = _fill(db, sealer, lines, chance)
        theirs = list(their_lines(ours, numbers, chance))
        content = written(theirs)
        before = _memory()
        wall, core = time.perf_counter(), time.process_time()
        actor = Actor(0, "bench", Role.ADMINISTRATOR, client_id="bench")
        asked = Asked(ListKind.PROBATION, content, drawn_on=clock.today())
        found, _ = run_list(db, Sender(sealer, actor, clock.now()), asked, _say)
        wall, core = time.perf_counter() - wall, time.process_time() - core
        figures = _judged(found, [one for one, _ in theirs])
        db.close()
    return {
        "seconds": round(wall, 1),
        "seconds_of_a_core": round(core, 1),
        "memory_grew_mib": round(_memory() - before),
        **figures,
    }


def _say(stage: str, count: int) -> None:
    print(f"  {stage} {count:,}", flush=True)


def _judged(found: Reconciled, theirs: Sequence[Sentenced]) -> dict[str, Any]:
    """Count what became of the lines, by what they were made from."""
    kinds: Counter[str] = Counter()
    reasons: Counter[str] = Counter()
    for one, line in zip(theirs, found.ended, strict=False):
        held = line.ending.held.sentence_id if line.ending.held else None
        ends_as = str(line.ending.ends_as)
        reasons[f"{ends_as} {line.ending.reason}"] += 1
        if ends_as == "cannot_tell":
            kinds["unsure"] += 1
            kinds["unsure, of ours" if one.of_ours else "unsure, not of ours"] += 1
        elif held is not None:
            kinds["paired rightly" if held == one.of_ours else "paired falsely"] += 1
        else:
            kinds["theirs only, found" if one.of_ours is None else "of ours, not paired"] += 1
    missed = sum(one.of_ours is None for one in theirs) - kinds["theirs only, found"]
    return {
        "lines": len(theirs),
        "ends": dict(sorted(kinds.items())),
        "reasons": dict(sorted(reasons.items())),
        "theirs_only_not_found": missed,
        "false_pairs_percent": round(100 * kinds["paired falsely"] / len(theirs), 3),
        "unsure_percent": round(100 * kinds["unsure"] / len(theirs), 3),
    }


def _fill(db: Database, sealer: Sealer, size: int, chance: random.Random) -> list[Sentenced]:
    """Read one message for each offence and length, copy them, and give each a person."""
    patterns = list(product(_OFFENCES, _MONTHS))
    for at, (code, months) in enumerate(patterns):
        Inbox(db, sealer).keep([_message(at, code, months)], "bench", clock.now())
    while read_waiting(db, sealer, 200):
        pass
    copy(db, -(-size // len(patterns)) - 1)
    with db.engine.begin() as connection:
        query = (
            "SELECT sentence.id, decision.facts FROM sentence "
            "JOIN decision ON decision.sentence_id = sentence.id ORDER BY sentence.id LIMIT :size"
        )
        ids = [row.id for row in connection.execute(text(query), {"size": size})]
        connection.execute(text("DELETE FROM sentence_mark"))
        ours = people(ids, patterns, chance)
        stop_marking(connection)
        marking.stop(connection, CLOCK_MARKS)
        _name(connection, sealer, ours)
        start_marking(connection)
        marking.start(connection, CLOCK_MARKS)
    with db.writing() as session:
        keep_all(session)
    return ours


def _message(at: int, code: str, months: int) -> bytes:
    day = date(2026, 3, 20)
    count = offence(code, "An offence", [result("IMP", day, f"{months} Months")], day)
    offender = person("Sam", f"Bench{at}", date(1990, 1, 1), [count])
    return as_bytes(
        hearing(f"01BN{at:07d}", ("C01CE00", "Central Criminal Court"), day, [offender])
    )


def _name(connection: Any, sealer: Sealer, ours: Sequence[Sentenced]) -> None:
    rows = [
        {
            "id": one.of_ours,
            "name": sealer.seal_text(f"{one.forename} {one.surname}"),
            "born": one.born_on,
            "day": one.sentenced_on,
            "court": one.court,
        }
        for one in ours
    ]
    change = (
        "UPDATE sentence SET offender_name = :name, date_of_birth = :born, sentenced_on = :day, "
        "court_code = :court WHERE id = :id"
    )
    connection.execute(text(change), rows)
    marks = [
        {
            "id": one.of_ours,
            "mark": mark_of(kind, str(person_numbers.read(kind, written))),
            "kind": str(kind),
        }
        for one in ours
        for kind, written in ((Number.PNC, one.pnc), (Number.CRO, one.cro))
        if written
    ]
    insert = "INSERT INTO sentence_mark (sentence_id, mark, kind) VALUES (:id, :mark, :kind)"
    connection.execute(text(insert), marks)


def _memory() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
