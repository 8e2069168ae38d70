"""Whether a court may lie outside England and Wales, by its code and its name (section 45(1)).

Asked of every person of a Common Platform message. A court that has a code is known by it; one that
has none is known by its name, which must be that of a court of the table.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache, lru_cache

from vcs.intake import regions
from vcs.intake.message import Sentenced

_ELSEWHERE = re.compile(
    r"court.martial|service civilian|\bmilitary\b|sheriff|justiciary|ireland|scotland|guernsey|"
    r"\bjersey\b|alderney|\bsark\b|isle of man|gibraltar|diplock|\bdeemster|\bbelfast\b",
    re.IGNORECASE,
)

_WORD = re.compile(r"[^\W_]+")

_OF_ANY = (
    "crown court courts magistrates magistrate s the at in sitting law centre combined justice "
    "youth adult hearing county criminal and family house llys y ynadon goron yn eistedd"
)

_SAID_OF_ANY = frozenset(_OF_ANY.split())

"""Words that the name of any court may hold: what is left names the place."""

_ALSO_CALLED = ("Old Bailey",)


def placed(one: Sentenced) -> Sentenced:
    """Return who was sentenced, marked where the court may be none of England and Wales."""
    if one.facts.outside_court or not may_be_elsewhere(one.court_code, one.court_name):
        return one
    return replace(one, facts=replace(one.facts, outside_court=True))


@lru_cache(maxsize=1024)
def may_be_elsewhere(court_code: str | None, court_name: str) -> bool:
    """Say whether a court is elsewhere, or is in no table and has no code. Nothing told is no."""
    if regions.court(court_code) is not None:
        return False
    if _ELSEWHERE.search(court_name):
        return True
    return not court_code and bool(court_name.strip()) and not _is_of_the_table(court_name)


def _is_of_the_table(court_name: str) -> bool:
    """Say whether a name begins with the place of a court of the table, or its place with it."""
    place = _place(court_name)
    return bool(place) and any(
        place[: len(known)] == known or known[: len(place)] == place for known in _places()
    )


def _place(name: str) -> tuple[str, ...]:
    words = tuple(word for word in _WORD.findall(name.lower().replace("'", "").replace("’", "")))
    return tuple(word for word in words if word not in _SAID_OF_ANY)


@cache
def _places() -> frozenset[tuple[str, ...]]:
    named = [name for court in regions.courts() for name in (court.name, court.welsh_name)]
    return frozenset(filter(None, map(_place, (*named, *_ALSO_CALLED))))
