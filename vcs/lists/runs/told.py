"""How each line ended, as programs are told."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from vcs.lists.endings import Ends
from vcs.lists.reconcile import Reconciled


def objects(found: Reconciled) -> Iterator[dict[str, Any]]:
    """Yield one object for each line, in the order of the list, then for what only we hold."""
    for one in found.ended:
        ending = one.ending
        yield {
            "row": ending.row,
            "ends_as": str(ending.ends_as),
            "sentence_ref": ending.held.reference if ending.held else None,
            "case_reference": ending.held.case_reference if ending.held else None,
            "rule": str(ending.rule),
            "match_weight": ending.weight,
            "why": ending.why,
        }


def counts(found: Reconciled) -> dict[str, Any]:
    """Return how many lines ended in each way: they add up to the lines of the list."""
    ours = [one.ending.ends_as for one in found.ended if one.line is None]
    return {
        "list": str(found.coverage.kind),
        "drawn_on": found.coverage.drawn_on.isoformat(),
        "sentences_from": found.coverage.since.isoformat(),
        "sentences_to": found.coverage.until.isoformat(),
        "period_said": found.ready.asked.covers.is_said,
        "lines": found.lines,
        "ended": {str(one): count for one, count in found.counts.items()},
        "ours_only": {str(one): ours.count(one) for one in Ends},
    }
