"""How it is named what was left out of a measure, where it is kept as shown."""

from __future__ import annotations

from typing import Final

from vcs.measures.disclosure.overlapping import Reason

FLOWING: Final = "M0"
"""The measure of what waits: it counts everything up to the end of a period, and has a flow."""

_LEFT = " left out: "

_TURN = "; "


def left_out_name(measure: str, why: Reason) -> str:
    """Return under which name it is kept how many cases of a measure were left out."""
    return f"{measure}{_LEFT}{_TURN.join(why)}"


def left_out_of(name: str) -> Reason | None:
    """Return the reason in such a name; None for the name of a measure."""
    _, _, why = name.partition(_LEFT)
    if not why:
        return None
    reason, _, turn = why.rpartition(_TURN)
    return reason, turn


def measure_of(name: str) -> str:
    """Return the measure that a kept row is of."""
    return name.partition(_LEFT)[0]
