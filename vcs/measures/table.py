"""The table of measures: ``data/measures.csv``, read once and checked when this is loaded."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from importlib.resources import files
from typing import Final


@dataclass(frozen=True, slots=True)
class Measure:
    """One row. ``partner`` is the quality measure beside which it is shown; empty for none.

    ``one_case`` says what is counted once and on which day, and which measure counts otherwise.
    ``unit`` is what its median is counted in; empty where it has none. ``applies_until`` None is
    open.
    """

    id: str
    words: str
    numerator: str
    denominator: str
    one_case: str
    exclusions: str
    weakness: str
    partner: str
    owner: str
    source: str
    applies_from: date
    applies_until: date | None
    confidence: str
    unit: str
    is_timeliness: bool


def _measure(row: Mapping[str, str]) -> Measure:
    until = row["applies_until"]
    return Measure(
        row["id"],
        row["words"],
        row["numerator"],
        row["denominator"],
        row["one_case"],
        row["exclusions"],
        row["weakness"],
        row["partner"],
        row["owner"],
        row["source"],
        date.fromisoformat(row["applies_from"]),
        date.fromisoformat(until) if until else None,
        row["confidence"],
        row["unit"],
        row["timeliness"] == "yes",
    )


def faults(rows: tuple[Measure, ...]) -> Iterator[str]:
    """Say in words what is wrong with a table."""
    ids = [row.id for row in rows]
    if len(set(ids)) != len(ids):
        yield "an id is there twice"
    for row in rows:
        told = (row.words, row.numerator, row.denominator, row.one_case, row.owner, row.source)
        if not all(told):
            yield f"{row.id} lacks words"
        if row.partner and row.partner not in ids:
            yield f"{row.id} names a partner that is no measure"
        if row.is_timeliness and not row.partner:
            yield f"{row.id} is about time and has no quality partner"
        if row.confidence not in ("high", "medium", "low"):
            yield f"{row.id} has no confidence"


_TEXT: Final = (files("vcs.measures") / "data" / "measures.csv").read_text(encoding="utf-8")


def _read() -> tuple[Measure, ...]:
    rows = tuple(_measure(row) for row in csv.DictReader(_TEXT.splitlines()))
    found = list(faults(rows))
    if found:
        raise ValueError("measures.csv: " + "; ".join(found))
    return rows


MEASURES: Final = _read()

DIGEST: Final = sha256(_TEXT.encode()).hexdigest()
"""Differs wherever a word of the table does."""

BY_ID: Final[Mapping[str, Measure]] = {row.id: row for row in MEASURES}
