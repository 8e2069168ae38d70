"""The figures as rows: what the page, the command, JSON and CSV all write, from one place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from vcs.measures.disclosure.tallies import WHOLE
from vcs.measures.facts import Asked
from vcs.measures.figures import Figure

CSV_HEAD = (
    "id",
    "words",
    "by",
    "group",
    "group_name",
    "from",
    "to",
    "numerator",
    "denominator",
    "percentage",
    "median",
    "tail",
    "unit",
    "left_out",
    "start",
    "in",
    "out",
    "end",
    "confidence",
    "partner",
    "partner_words",
    "partner_numerator",
    "partner_denominator",
    "partner_percentage",
    "partner_median",
    "earlier",
    "earlier_shown_on",
    "changed_because",
    "counted_at",
    "one_case",
    "partner_left_out",
)


def as_json(
    found: Iterable[Figure], asked: Asked, counted_at: datetime | None = None
) -> list[dict[str, Any]]:
    """Return the figures as plain values, each with its quality partner in the same row.

    ``counted_at`` is the moment for which they hold, where it is not that of reading them.
    """
    period = _period(asked)
    if counted_at is not None:
        period["counted_at"] = counted_at.isoformat(timespec="seconds")
    return [_row(one) | {"partner": _partner(one)} | period for one in found]


def _row(figure: Figure) -> dict[str, Any]:
    axis, key = figure.cell
    is_whole = figure.cell == WHOLE
    measure = figure.measure
    row: dict[str, Any] = {
        "id": measure.id,
        "words": measure.words,
        "by": None if is_whole else str(axis),
        "group": None if is_whole else key,
        "group_name": figure.group,
        "numerator": figure.numerator,
        "denominator": figure.denominator,
        "percentage": figure.share,
        "left_out": [
            {"why": one.why, "turn": one.turn or None, "count": one.count}
            for one in figure.left_out
        ],
        "confidence": measure.confidence,
        "one_case": measure.one_case,
    }
    if measure.unit:
        row |= {"median": figure.middle, "tail": figure.tail, "unit": measure.unit}
    if figure.earlier is not None:
        row["earlier"] = {
            "was": figure.earlier.was,
            "shown_on": figure.earlier.shown_on.isoformat(),
            "changed_because": figure.earlier.why,
        }
    if figure.flow is not None:
        row["flow"] = dict(figure.flow)
    return row


def _partner(figure: Figure) -> dict[str, Any] | None:
    return _row(figure.partner) if figure.partner else None


def _period(asked: Asked) -> dict[str, str]:
    return {
        "from": asked.from_on.isoformat(),
        "to": asked.to_on.isoformat(),
        "as_at": asked.today.isoformat(),
    }


def csv_rows(
    found: Iterable[Figure], asked: Asked, counted_at: datetime | None = None
) -> Iterator[tuple[Any, ...]]:
    """Yield the same as rows of a file."""
    for row in as_json(found, asked, counted_at):
        partner, flow = row["partner"] or {}, row.get("flow") or {}
        known = row | flow | {"left_out": _left_out(row), "partner": partner.get("id")}
        earlier = row.get("earlier") or {}
        known |= {
            "earlier": earlier.get("was"),
            "earlier_shown_on": earlier.get("shown_on"),
            "changed_because": earlier.get("changed_because"),
        }
        known |= {f"partner_{name}": value for name, value in partner.items()}
        known["partner_left_out"] = _left_out(partner) if partner else None
        yield tuple(known.get(name) for name in CSV_HEAD)


def _left_out(row: dict[str, Any]) -> str:
    return "; ".join(left_out_words(one) for one in row["left_out"])


def left_out_words(reason: dict[str, Any]) -> str:
    """Write one reason for leaving out in words, for example ``not due yet: 7``."""
    turn = f" ({reason['turn']})" if reason["turn"] else ""
    return f"{reason['why']}{turn}: {reason['count']}"
