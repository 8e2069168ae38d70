"""Parting what can be read of a message from what cannot, before it is read.

Every level is looked at for entries that are blank or broken, for parts that are empty while
unknown ones are not, and for results that nobody would read. Each goes to a person by its path.
"""

from __future__ import annotations

from collections.abc import Collection

from vcs.intake.common_platform.at_a_glance import (
    Part,
    Path,
    is_full,
    is_well,
    missing_in,
    problem_of,
    results_under,
    says_any,
    unknown_in,
)
from vcs.intake.common_platform.gathering import is_custodial
from vcs.intake.common_platform.levels import RESULT, Group, Level
from vcs.intake.common_platform.person import INCOMPLETE, PLACE
from vcs.intake.common_platform.results.judicial_results import Result, is_deleted
from vcs.intake.results import result_tables
from vcs.intake.values.problems import Problems, joined, shown, without_places
from vcs.intake.values.shapes import Unreadable
from vcs.terms import SentenceKind

__all__ = ["Part", "sift"]

_EMPTY = (type(None), list)


def sift(message: Part, level: Level, problems: Problems, *, listed: bool = False) -> None:
    """Take out of a message, in place, whatever cannot be read, and say what and where.

    ``listed`` marks a hearing that was only listed or changed: results may be null there.
    """
    _Sifter(problems, listed=listed).sift(message, level, ())


class _Sifter:
    """One message's walk, through those parts that are not well at a glance."""

    def __init__(self, problems: Problems, *, listed: bool) -> None:
        self._problems, self._listed = problems, listed

    def sift(self, value: Part, level: Level, at: Path) -> None:
        before = len(self._problems)
        broken = self._sift_lists(value, level, at)
        told: list[str] = []
        for group in level.holds:
            if not is_full(value, group) and broken.isdisjoint(group):
                told += self._look_at_gap(value, level, at, group)
        self._look_for_strays(value, level, at, told)
        if level.is_person:
            value[PLACE] = _written(at)
            value[INCOMPLETE] = len(self._problems) > before
        broken |= self._sift_objects(value, level, at)
        for group in level.tells:
            if not is_full(value, group) and broken.isdisjoint(group):
                self._look_at_gap(value, level, at, group)

    def _sift_lists(self, value: Part, level: Level, at: Path) -> set[str]:
        """Keep the entries of each list that can be read; return the names of what is no list."""
        broken = set()
        for name, inner in level.lists.items():
            found = value.get(name)
            if not found and type(found) in _EMPTY:
                continue
            if isinstance(found, list):
                self._sift_list(value, name, inner, (*at, name))
            else:
                self._problems.add(f"“{_written((*at, name))}” should be a list.")
                del value[name]
                broken.add(name)
        return broken

    def _sift_list(self, value: Part, name: str, inner: Level, at: Path) -> None:
        entries = value[name]
        sound = [self._is_sound(one, inner, (*at, n)) for n, one in enumerate(entries, 1)]
        if not all(sound):
            value[name] = [one for one, well in zip(entries, sound, strict=True) if well]

    def _sift_objects(self, value: Part, level: Level, at: Path) -> set[str]:
        """Keep each object that can be read; return the names of those that are none."""
        broken = set()
        for name, inner in level.objects.items():
            found = value.get(name)
            if found is None or found == {} or self._is_sound(found, inner, (*at, name)):
                continue
            del value[name]
            broken.add(name)
        return broken

    def _is_sound(self, entry: object, level: Level, at: Path) -> bool:
        """Say whether an entry can be read, once all inside it was looked at."""
        if is_well(entry, level, listed=self._listed):
            return True
        problem = problem_of(entry, level)
        if problem:
            self._problems.add(f"“{_written(at)}” {problem}")
        elif isinstance(entry, dict):
            self.sift(entry, level, at)
        return not problem

    def _look_at_gap(self, value: Part, level: Level, at: Path, group: Group) -> list[str]:
        """Look at a group of parts that are all empty; return the unknown parts named."""
        unknown = unknown_in(value, level)
        where = f"“{without_places(_written(at))}”" if at else "The message"
        if unknown:
            named = joined(unknown)
            self._problems.add(
                f"{where} has nothing under {joined(group)}, and parts that are not known: {named}."
            )
            return unknown
        missing = missing_in(value, level, group, listed=self._listed)
        if missing:
            self._problems.add(f"{where} has nothing under {joined(missing)}.")
        return unknown

    def _look_for_strays(self, value: Part, level: Level, at: Path, told: Collection[str]) -> None:
        """Look for results in the parts that are not read, but for those ``told`` already."""
        for name, held in value.items():
            if isinstance(held, dict | list) and name not in level.inside and name not in told:
                for path, result in results_under(held, (*at, name)):
                    self._look_at_stray(result, path)

    def _look_at_stray(self, result: Part, at: Path) -> None:
        if is_deleted(result):
            return
        where = without_places(_written(at))
        problem = f"“{where}” holds a sentence in a part of the message that is not known."
        if _may_matter(result):
            self._problems.add(problem)
        elif isinstance(Result(result).kind, SentenceKind):
            self._problems.lesser.append(problem)


def _written(path: Path) -> str:
    """Write a path for a person: a name that could be somebody's is covered."""
    told = (f"[{one}]" if isinstance(one, int) else f".{shown(one)}" for one in path)
    return "".join(told).removeprefix(".")


def _may_matter(result: Part) -> bool:
    """Say whether a result that nobody reads may be a sentence of custody, or take one back."""
    if not says_any(result, RESULT.says):
        return True
    try:
        kind = Result(result).kind
    except Unreadable:
        return True
    return is_custodial(kind) or kind in (result_tables.QUASHED, result_tables.UNCLEAR)
