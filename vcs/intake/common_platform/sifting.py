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

_CONTAINERS = (dict, list)

_OUR_MARKS = "vcs:"

_EMPTY = (type(None), list)

_ONLY_A_RESULT = frozenset({"judicialresultid", "cjscode", "judicialresultprompts"})

_ALSO_A_RESULT = frozenset({"resulttext", "label"})


def sift(message: Part, level: Level, problems: Problems, *, listed: bool = False) -> None:
    """Take out of a message, in place, whatever cannot be read, and say what and where.

    ``listed`` marks a hearing that was only listed or changed: results may be null there.
    """
    _Sifter(problems, listed=listed).sift(message, level, "")


class _Sifter:
    """One message's walk."""

    def __init__(self, problems: Problems, *, listed: bool) -> None:
        self._problems, self._listed = problems, listed

    def sift(self, value: Part, level: Level, at: str) -> None:
        if level.is_last:
            self._look_for_strays(value, level, at, ())
            return
        before = len(self._problems)
        broken = {name for name in level.lists if not self._sift_list(value, level, name, at)}
        told = [
            name
            for group in level.holds
            if broken.isdisjoint(group)
            for name in self._look_at_gap(value, level, at, group)
        ]
        self._look_for_strays(value, level, at, told)
        if level.is_person:
            value[PLACE] = at
            value[INCOMPLETE] = len(self._problems) > before
        broken |= {name for name in level.objects if not self._sift_object(value, level, name, at)}
        for group in level.tells:
            if broken.isdisjoint(group):
                self._look_at_gap(value, level, at, group)

    def _sift_list(self, value: Part, level: Level, name: str, at: str) -> bool:
        """Keep the entries that can be read; False where the whole is no list."""
        found = value.get(name)
        if not found and type(found) in _EMPTY:
            return True
        path = _inside(at, name)
        if not isinstance(found, list):
            self._problems.add(f"“{path}” should be a list.")
            del value[name]
            return False
        inner = level.lists[name]
        sound = [
            _is_plain(one, inner) or self._is_sound(one, inner, f"{path}[{n}]")
            for n, one in enumerate(found, 1)
        ]
        if not all(sound):
            value[name] = [one for one, is_sound in zip(found, sound, strict=True) if is_sound]
        return True

    def _sift_object(self, value: Part, level: Level, name: str, at: str) -> bool:
        """Keep an object that can be read; False where it is none."""
        found = value.get(name)
        if found is None or found == {}:
            return True
        path = _inside(at, name)
        if self._is_sound(found, level.objects[name], path):
            return True
        del value[name]
        return False

    def _is_sound(self, entry: object, level: Level, at: str) -> bool:
        """Say whether an entry can be read, once all inside it was looked at."""
        problem = _problem_of(entry, level)
        if problem:
            self._problems.add(f"“{at}” {problem}")
        elif isinstance(entry, dict):
            self.sift(entry, level, at)
        return not problem

    def _look_at_gap(self, value: Part, level: Level, at: str, group: Group) -> list[str]:
        """Look at a group of parts of which one should be full; return the unknown ones named."""
        if any(value.get(name) for name in group):
            return []
        unknown = [name for name in value if not level.knows(name) and _may_hold(name, value[name])]
        where = f"“{without_places(at)}”" if at else "The message"
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

    def _look_for_strays(self, value: Part, level: Level, at: str, told: Collection[str]) -> None:
        """Look for results in the parts that are not read, but for those ``told`` already."""
        for name, held in value.items():
            # Most values are plain: looking at the type first keeps this walk cheap.
            if type(held) not in _CONTAINERS or name in level.lists or name in level.objects:
                continue
            if not held or name in told or not any(_results_under(held, "")):
                continue
            for path, result in _results_under(held, _inside(at, name)):
                self._look_at_stray(result, without_places(path))

    def _look_at_stray(self, result: Part, at: str) -> None:
        if is_deleted(result):
            return
        problem = f"“{at}” holds a sentence in a part of the message that is not known."
        if _may_matter(result):
            self._problems.add(problem)
        elif isinstance(Result(result).kind, SentenceKind):
            self._problems.lesser.append(problem)


def _is_plain(entry: object, level: Level) -> bool:
    """Say whether an entry of a last level is well and holds plain values only: most are."""
    return (
        level.is_last
        and type(entry) is dict
        and bool(entry)
        and not any(type(held) in _CONTAINERS and held for held in entry.values())
        and not _problem_of(entry, level)
    )


def _problem_of(entry: object, level: Level) -> str:
    """Return what is wrong with an entry itself; empty where nothing is."""
    if entry is None or entry == {}:
        return "is blank."
    if not isinstance(entry, dict):
        return "should be an object."
    if level.says and not any(_is_said(entry.get(name)) for name in level.says):
        return f"has nothing that is known; it has {joined(entry)}."
    try:
        for name in level.dates:
            day(entry, name)
    except Unreadable as problem:
        return f"cannot be read. {problem}"
    return ""


def _is_said(value: object) -> bool:
    return isinstance(value, str | int) and value != ""


def _may_hold(name: str, value: object) -> bool:
    """Say whether a part could hold others: a list or an object, also where written as text."""
    if name.startswith(_OUR_MARKS):
        return False
    return bool(value) if isinstance(value, dict | list) else _is_written_out(value)


def _is_written_out(value: object) -> bool:
    return isinstance(value, str) and value.lstrip()[:1] in ("{", "[", "<")


def _inside(at: str, name: str) -> str:
    return f"{at}.{shown(name)}" if at else shown(name)


def _results_under(value: object, at: str) -> Iterator[tuple[str, Part]]:
    """Yield whatever looks like a result, however its names are written; without recursion.

    Each with its path, where ``at`` is one.
    """
    waiting = [(value, at)]
    while waiting:
        found, path = waiting.pop()
        if isinstance(found, list):
            waiting += [(one, path) for one in found if type(one) in _CONTAINERS]
        elif isinstance(found, dict):
            if _is_like_a_result(found):
                yield path, found
                continue
            waiting += [
                (inner, path and _inside(path, name))
                for name, inner in found.items()
                if type(inner) in _CONTAINERS
            ]


def _is_like_a_result(found: Part) -> bool:
    names = set(map(_letters, found))
    return not names.isdisjoint(_ONLY_A_RESULT) or names >= _ALSO_A_RESULT


@lru_cache(maxsize=4096)
def _letters(name: str) -> str:
    return "".join(one for one in name.lower() if one.isalpha())


def _may_matter(result: Part) -> bool:
    """Say whether a result that nobody reads may be a sentence of custody, or take one back."""
    if not any(_is_said(result.get(name)) for name in RESULT.says):
        return True
    try:
        kind = Result(result).kind
    except Unreadable:
        return True
    return is_custodial(kind) or kind in (result_tables.QUASHED, result_tables.UNCLEAR)
