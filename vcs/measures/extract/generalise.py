"""Make rows of an extract less exact until five people share whatever could be known of somebody.

Whoever knows a person knows the region, the court, what they are to the crime and more, together:
so the combination is what five people of a quarter must share, and not each column alone. Pure.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from vcs.small_numbers.withheld import FEWEST

COLUMNS: Final = (
    "court_code",
    "language",
    "police_area",
    "victim_kind",
    "route",
    "region_code",
    "outcome",
)
"""What could be known of somebody: the least useful first, which is blanked first."""

_NARROWER: Final[Mapping[str, tuple[str, ...]]] = {
    "police_area": ("court_code",),
    "region_code": ("court_code", "police_area"),
}
"""What would give a place away, and is blanked with it."""

_OF_VICTIM: Final = frozenset({"language", "victim_kind"})

_COSTS: Final = tuple(2**place for place in range(len(COLUMNS)))

Values = tuple[str, ...]
"""One value for each of the columns; empty where it is blank."""

_NOTHING: Final[Values] = ("",) * len(COLUMNS)


@dataclass(slots=True, eq=False)
class _Unit:
    """The rows of one victim, or of a sentence before a victim is known, in one quarter."""

    victim: str
    sentence: str
    quarter: Any
    was: Values
    values: Values
    rows: list[dict[str, Any]] = field(default_factory=list)

    @property
    def person(self) -> str:
        return self.victim or self.sentence

    def owner(self, column: str) -> str:
        """Return under which pseudonym a value is the same in every quarter."""
        return self.victim if column in _OF_VICTIM else self.sentence


def generalise(rows: Iterable[dict[str, Any]]) -> Counter[str]:
    """Blank what fewer than five people share in a quarter; return how many cells of each column.

    What is blanked in one row of a person or sentence is in all, as pseudonyms join them. The
    people of a quarter in which fewer than five are told of at all keep nothing of it.
    """
    units = _units(rows)
    groups = [group for _, group in _by_group(units)]
    while any(_share(group) for group in groups) or _everywhere(units):
        pass
    blanked: Counter[str] = Counter()
    for unit in units:
        for column, was, now in zip(COLUMNS, unit.was, unit.values, strict=True):
            if was and not now:
                blanked[column] += len(unit.rows)
                for row in unit.rows:
                    row[column] = ""
    return blanked


def too_few(rows: Iterable[dict[str, Any]]) -> list[str]:
    """Return the quarters of which fewer than five people are told of: no blanking hides them."""
    few = {group for group, units in _by_group(_units(rows)) if _people(units) < FEWEST}
    return sorted({f"{year}-Q{place + 1}" for (year, place), _ in few})


def _units(rows: Iterable[dict[str, Any]]) -> list[_Unit]:
    found: dict[tuple[Any, ...], _Unit] = {}
    for row in rows:
        values = tuple(row.get(column) or "" for column in COLUMNS)
        victim, sentence = row["victim_key"] or "", row.get("sentence_key") or ""
        key = victim, sentence, row["quarter"], values
        if key not in found:
            found[key] = _Unit(victim, sentence, row["quarter"], values, values)
        found[key].rows.append(row)
    return list(found.values())


def _by_group(units: Iterable[_Unit]) -> Iterator[tuple[tuple[Any, bool], list[_Unit]]]:
    """Yield who could be taken for one another: of a quarter, with a victim or without."""
    groups: dict[tuple[Any, bool], list[_Unit]] = defaultdict(list)
    for unit in units:
        groups[unit.quarter, bool(unit.victim)].append(unit)
    yield from groups.items()


def _people(units: Iterable[_Unit]) -> int:
    return len({unit.person for unit in units})


def _share(units: Sequence[_Unit]) -> bool:
    """Blank until five people share every combination. Return whether anything changed."""
    alike: dict[Values, list[_Unit]] = defaultdict(list)
    for unit in units:
        alike[unit.values].append(unit)
    sizes = {values: _people(some) for values, some in alike.items()}
    while small := [(size, values) for values, size in sizes.items() if size < FEWEST]:
        _, one = min(small)
        others = [values for values in alike if values != one]
        nearest = min(others, key=lambda other: (_cost(one, other), other), default=_NOTHING)
        if not others and one == _NOTHING:
            break
        both = alike.pop(one) + alike.pop(nearest, [])
        del sizes[one]
        sizes.pop(nearest, None)
        shared = _shared(one, nearest)
        alike[shared] = alike.pop(shared, []) + both
        sizes[shared] = _people(alike[shared])
    return sum([_blank(unit, values) for values, some in alike.items() for unit in some]) > 0


def _cost(one: Values, other: Values) -> int:
    """Return what is lost where two combinations become one: a useful column more than all less."""
    return sum(cost for cost, a, b in zip(_COSTS, one, other, strict=True) if a != b)


def _shared(one: Values, other: Values) -> Values:
    return _narrowed(a if a == b else "" for a, b in zip(one, other, strict=True))


def _narrowed(values: Iterable[str]) -> Values:
    """Blank with a place what is narrower."""
    known = dict(zip(COLUMNS, values, strict=True))
    for place, narrower in _NARROWER.items():
        if not known[place]:
            known |= dict.fromkeys(narrower, "")
    return tuple(known.values())


def _blank(unit: _Unit, values: Values) -> bool:
    is_changed = unit.values != values
    unit.values = values
    return is_changed


def _everywhere(units: Sequence[_Unit]) -> bool:
    """Blank in every quarter what is blanked in one. Return whether anything changed."""
    blank = {
        (unit.owner(column), column)
        for unit in units
        for column, was, now in zip(COLUMNS, unit.was, unit.values, strict=True)
        if was and not now
    }
    changed = False
    for unit in units:
        pairs = zip(COLUMNS, unit.values, strict=True)
        values = _narrowed(
            "" if (unit.owner(column), column) in blank else value for column, value in pairs
        )
        changed |= _blank(unit, values)
    return changed
