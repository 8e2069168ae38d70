"""Taking values out of a court message without trusting its shape.

Every function answers the value or None; a shape that could hide a sentence raises
:class:`Unreadable`, whose message is for a person and never repeats what was sent.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any

from vcs.intake.values.days import london_day

Json = Mapping[str, Any]


class Unreadable(ValueError):
    """A well-formed message whose shape or content a person must look at."""


def part(value: Json, name: str) -> Json:
    """Return the object called ``name``; an absent or null one is empty."""
    found = value.get(name)
    if found is None:
        return {}
    if not isinstance(found, dict):
        raise Unreadable(f"“{name}” should be an object.")
    return found


def parts(value: Json, name: str) -> Iterator[Json]:
    """Return the objects listed as ``name``; an absent or null list is empty."""
    found = value.get(name)
    if found is None:
        return
    if not isinstance(found, list):
        raise Unreadable(f"“{name}” should be a list.")
    for one in found:
        if not isinstance(one, dict):
            raise Unreadable(f"Each entry of “{name}” should be an object.")
        yield one


def text(value: Json, name: str) -> str:
    """Return the text called ``name`` without outer spaces; a number is written out, else empty."""
    found = value.get(name)
    if isinstance(found, str):
        return found.strip()
    return str(found) if isinstance(found, int) and not isinstance(found, bool) else ""


def flag(value: Json, name: str) -> bool | None:
    """Return a yes or no, also where it is written as a word; None for anything else."""
    found = value.get(name)
    if isinstance(found, bool):
        return found
    if isinstance(found, str):
        return {"true": True, "y": True, "yes": True, "false": False, "n": False, "no": False}.get(
            found.strip().lower()
        )
    return None


def day(value: Json, name: str) -> date | None:
    """Return an ISO date, or the London day of an ISO moment; None when absent, null or empty.

    Raises Unreadable for anything else, and for years no sentence can have.
    """
    found = value.get(name)
    if found is None or found == "":
        return None
    if not isinstance(found, str):
        raise Unreadable(f"“{name}” should be a date in the form YYYY-MM-DD.")
    try:
        return london_day(found)
    except ValueError:
        raise Unreadable(f"“{name}” is not a date that can be right: use YYYY-MM-DD.") from None


def day_or_none(value: Json, name: str) -> date | None:
    """Return an optional date; treat an unreadable one as missing."""
    try:
        return day(value, name)
    except Unreadable:
        return None


def moment(value: Json, name: str) -> datetime | None:
    """Return an aware ISO moment; None when absent or when it carries no time zone."""
    found = value.get(name)
    if not isinstance(found, str):
        return None
    try:
        parsed = datetime.fromisoformat(found.strip())
    except ValueError:
        return None
    return parsed if parsed.tzinfo else None
