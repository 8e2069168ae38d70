"""Parting what can be read of a message from what cannot, before it is read.

Every level is looked at for entries that are blank or broken, for parts that are empty while
unknown ones are not, and for results that nobody would read. Each goes to a person by its path.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from functools import lru_cache
from typing import Any

from vcs.intake import result_tables
from vcs.intake.common_platform.gathering import INCOMPLETE, PLACE, is_custodial
from vcs.intake.common_platform.judicial_results import Result, is_deleted
from vcs.intake.common_platform.levels import RESULT, Group, Level
from vcs.intake.problems import Problems, joined, shown, without_places
from vcs.intake.shapes import Unreadable, day
from vcs.terms import SentenceKind

Part = dict[str, Any]

Path = tuple[str | int, ...]

"""Where something lies in a message: names, and places in lists. Written only for a problem."""

_CONTAINERS = (dict, list)

_OUR_MARKS = "vcs:"

_EMPTY = (type(None), list)

_OPENING = ("{", "[", "<")

_ONLY_A_RESULT = frozenset({"judicialresultid", "cjscode", "judicialresultprompts"})

_ALSO_A_RESULT = frozenset({"resulttext", "label"})


def sift(message: Part, level: Level, problems: Problems, *, listed: bool = False) -> None:
    """Take out of a message, in place, whatever cannot be read, and say what and where.

    ``listed`` marks a hearing that was only listed or changed: results may be null there.
    """
    _Sifter(problems, listed=listed).sift(message, level, ())


class _Sifter:
    """One message's walk. Most parts are sound, so that each is looked at shortly."""

    def __init__(self, problems: Problems, *, listed: bool) -> None:
        self._problems, self._listed = problems, listed

    def sift(self, value: Part, level: Level, at: Path) -> None:
        before = len(self._problems) if level.is_person else 0
        broken = self._sift_lists(value, level, at)
        told: list[str] = []
        for group in level.holds:
            if not _is_full(value, group) and broken.isdisjoint(group):
                told += self._look_at_gap(value, level, at, group)
        self._look_for_strays(value, level, at, told)
        if level.is_person:
            value[PLACE] = _written(at)
            value[INCOMPLETE] = len(self._problems) > before
        broken |= self._sift_objects(value, level, at)
        for group in level.tells:
            if not _is_full(value, group) and broken.isdisjoint(group):
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
        sound = [
            _is_plain(one, inner) or self._is_sound(one, inner, (*at, n))
            for n, one in enumerate(value[name], 1)
        ]
        if not all(sound):
            kept = zip(value[name], sound, strict=True)
            value[name] = [one for one, is_sound in kept if is_sound]

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
        problem = _problem_of(entry, level)
        if problem:
            self._problems.add(f"“{_written(at)}” {problem}")
        elif isinstance(entry, dict):
            self.sift(entry, level, at)
        return not problem

    def _look_at_gap(self, value: Part, level: Level, at: Path, group: Group) -> list[str]:
        """Look at a group of parts that are all empty; return the unknown parts named."""
        unknown = [
            name for name, held in value.items() if _may_hold(held) and not _is_known(name, level)
        ]
        where = f"“{without_places(_written(at))}”" if at else "The message"
        if unknown:
            named = joined(unknown)
            self._problems.add(
                f"{where} has nothing under {joined(group)}, and parts that are not known: {named}."
            )
            return unknown
        missing = [name for name in group if self._is_missed(value, level, name)]
        if missing:
            self._problems.add(f"{where} has nothing under {joined(missing)}.")
        return unknown

    def _is_missed(self, value: Part, level: Level, name: str) -> bool:
        """Say whether a part is null, or is not there and should be."""
        if name not in value:
            return name in level.needs
        waits = self._listed and level.lists.get(name) is RESULT
        return value[name] is None and not waits and name not in level.may_be_null

    def _look_for_strays(self, value: Part, level: Level, at: Path, told: Collection[str]) -> None:
        """Look for results in the parts that are not read, but for those ``told`` already."""
        unread = [
            name
            for name, held in value.items()
            # Most values are plain: looking at the type first keeps this walk cheap.
            if type(held) in _CONTAINERS and held and name not in level.inside
        ]
        for name in unread:
            if name not in told:
                for path, result in _results_under(value[name], (*at, name)):
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


def _is_plain(entry: object, level: Level) -> bool:
    """Say whether an entry of a last level is well and holds plain values only: most are."""
    if level.inside or type(entry) is not dict or not entry:
        return False
    for held in entry.values():
        if type(held) in _CONTAINERS and held:
            return False
    return not _problem_of(entry, level)


def _problem_of(entry: object, level: Level) -> str:
    """Return what is wrong with an entry itself; empty where nothing is."""
    if entry is None or entry == {}:
        return "is blank."
    if not isinstance(entry, dict):
        return "should be an object."
    if level.says and not _says_any(entry, level.says):
        return f"has nothing that is known; it has {joined(entry)}."
    try:
        for name in level.dates:
            day(entry, name)
    except Unreadable as problem:
        return f"cannot be read. {problem}"
    return ""


def _says_any(entry: Part, names: Group) -> bool:
    """Say whether an entry states one of these as a plain value."""
    for name in names:
        value = entry.get(name)
        if value != "" and isinstance(value, str | int):
            return True
    return False


def _is_full(value: Part, group: Group) -> bool:
    """Say whether one of a group of parts holds anything."""
    return any(map(value.get, group))


def _may_hold(value: object) -> bool:
    """Say whether a part could hold others: a list or an object, also where written as text."""
    if isinstance(value, str):
        return value.lstrip()[:1] in _OPENING
    return bool(value) and isinstance(value, dict | list)


def _is_known(name: str, level: Level) -> bool:
    return level.knows(name) or name.startswith(_OUR_MARKS)


def _written(path: Path) -> str:
    """Write a path for a person: a name that could be somebody's is covered."""
    told = (f"[{one}]" if isinstance(one, int) else f".{shown(one)}" for one in path)
    return "".join(told).removeprefix(".")


def _results_under(value: object, at: Path) -> Iterator[tuple[Path, Part]]:
    """Yield whatever looks like a result, however its names are written; without recursion."""
    waiting = [(value, at)]
    while waiting:
        found, path = waiting.pop()
        if isinstance(found, list):
            waiting += [(one, path) for one in found if type(one) in _CONTAINERS]
        elif isinstance(found, dict):
            if _are_of_a_result(tuple(found)):
                yield path, found
                continue
            waiting += [
                (inner, (*path, name))
                for name, inner in found.items()
                if type(inner) in _CONTAINERS
            ]


@lru_cache(maxsize=4096)
def _are_of_a_result(names: tuple[str, ...]) -> bool:
    """Say whether these are the names of what a result states."""
    letters = {"".join(one for one in name.lower() if one.isalpha()) for name in names}
    return not letters.isdisjoint(_ONLY_A_RESULT) or letters >= _ALSO_A_RESULT


def _may_matter(result: Part) -> bool:
    """Say whether a result that nobody reads may be a sentence of custody, or take one back."""
    if not _says_any(result, RESULT.says):
        return True
    try:
        kind = Result(result).kind
    except Unreadable:
        return True
    return is_custodial(kind) or kind in (result_tables.QUASHED, result_tables.UNCLEAR)
