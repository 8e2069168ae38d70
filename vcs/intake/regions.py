"""From a court to its police area and probation region (section 35(3): where it was sentenced).

The tables are ``data/court_regions.csv`` and ``data/courts.csv``; a court without an area has no
region by rule, and a person routes the referral.
"""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

_AREA = slice(1, 3)
_COURT = slice(0, 5)


@dataclass(frozen=True, slots=True, order=True)
class Region:
    """One of the 12 probation regions, with its Delius code."""

    code: str
    name: str


@dataclass(frozen=True, slots=True)
class Court:
    """A court, by five characters of its OU code. ``kind`` is crown, magistrates or other."""

    code: str
    name: str
    welsh_name: str
    kind: str


def _rows(name: str) -> list[dict[str, str]]:
    text = (files("vcs.intake") / "data" / name).read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))


_AREAS = {
    row["police_area_code"]: (
        row["police_area_name"],
        Region(row["region_code"], row["region_name"]),
    )
    for row in _rows("court_regions.csv")
}
REGIONS: tuple[Region, ...] = tuple(sorted({region for _, region in _AREAS.values()}))
POLICE_AREAS: dict[str, str] = {code: name for code, (name, _) in sorted(_AREAS.items())}
_COURTS = {
    row["court_code"]: Court(
        row["court_code"], row["court_name"], row["welsh_name"], row["court_kind"]
    )
    for row in _rows("courts.csv")
}


def courts() -> tuple[Court, ...]:
    """Return every court of the table."""
    return tuple(_COURTS.values())


def court(court_code: str | None) -> Court | None:
    """Return the court of an OU code, by its first five characters."""
    return _COURTS.get((court_code or "")[_COURT])


def police_area_of_court(court_code: str | None) -> str | None:
    """Return the two-digit police area in a court's OU code, where the table knows it."""
    area = (court_code or "")[_AREA]
    return area if area in _AREAS else None


def region_of_court(court_code: str | None) -> Region | None:
    """Return the probation region of a court, or None for a person to route."""
    area = police_area_of_court(court_code)
    return _AREAS[area][1] if area else None


def region_of_area(police_area: str | None) -> Region | None:
    """Return the probation region that a police area lies in."""
    area = police_area or ""
    return _AREAS[area][1] if area in _AREAS else None


def region_named(code: str | None) -> Region | None:
    """Return the region with a code."""
    return next((region for region in REGIONS if region.code == code), None)


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


@lru_cache(maxsize=1024)
def may_be_elsewhere(court_code: str | None, court_name: str) -> bool:
    """Say whether a court is elsewhere, or is in no table and has no code. Nothing told is no."""
    if court(court_code) is not None:
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
    named = [name for one in courts() for name in (one.name, one.welsh_name)]
    return frozenset(filter(None, map(_place, (*named, *_ALSO_CALLED))))
