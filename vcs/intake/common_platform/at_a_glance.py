"""Whether a part of a message is well, seen at a glance; and what makes one part not so.

Most parts are well, all through. The walk of :mod:`sifting` takes the rest apart.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from vcs.intake.common_platform.levels import RESULT, Group, Level
from vcs.intake.values.problems import joined
from vcs.intake.values.shapes import Unreadable, day

Part = dict[str, Any]

Path = tuple[str | int, ...]

"""Where something lies in a message: names, and places in lists."""

_CONTAINERS = frozenset({dict, list})

_OPENING = ("{", "[", "<")

_OUR_MARKS = "vcs:"

_ONLY_A_RESULT = frozenset({"judicialresultid", "cjscode", "judicialresultprompts"})

_ALSO_A_RESULT = frozenset({"resulttext", "label"})


def is_well(value: object, level: Level, *, listed: bool) -> bool:
    """Say whether a part holds nothing, all through, that a walk would take out or tell of.

    A part with people in it is never well at a glance: the walk leaves its marks on them.
    ``listed`` marks a hearing that was only listed or changed.
    """
    if type(value) is not dict or level.has_people or problem_of(value, level):
        return False
    # Most values are plain: looking at the type first keeps this walk cheap.
    full = [(name, held) for name, held in value.items() if type(held) in _CONTAINERS and held]
    for name, held in full:
        if not _is_held_well(held, level.inside.get(name), listed=listed):
            return False
    return not level.inside or _is_whole(value, level, listed=listed)


def _is_held_well(held: Any, inner: Level | None, *, listed: bool) -> bool:
    if inner is None:
        return next(results_under(held, ()), None) is None
    for one in (held,) if type(held) is dict else held:
        if not is_well(one, inner, listed=listed):
            return False
    return True


def _is_whole(value: Part, level: Level, *, listed: bool) -> bool:
    """Say whether each part inside is of its type, and no group that is empty leaves a gap."""
    for name, types in level.types:
        if type(value.get(name)) not in types:
            return False
    for group in level.groups:
        if not is_full(value, group) and is_gap(value, level, group, listed=listed):
            return False
    return True


def problem_of(entry: object, level: Level) -> str:
    """Return what is wrong with an entry itself; empty where nothing is."""
    if not isinstance(entry, dict):
        return "is blank." if entry is None else "should be an object."
    if not entry:
        return "is blank."
    if level.says and not says_any(entry, level.says):
        return f"has nothing that is known; it has {joined(entry)}."
    for name in level.dates:
        try:
            day(entry, name)
        except Unreadable as problem:
            return f"cannot be read. {problem}"
    return ""


def says_any(entry: Part, names: Group) -> bool:
    """Say whether an entry states one of these as a plain value."""
    for name in names:
        value = entry.get(name)
        if value != "" and isinstance(value, str | int):
            return True
    return False


def is_full(value: Part, group: Group) -> bool:
    """Say whether one of a group of parts holds anything."""
    return any(map(value.get, group))


def is_gap(value: Part, level: Level, group: Group, *, listed: bool) -> bool:
    """Say whether a group of parts that are all empty may leave something out."""
    unknown = unknown_in(value, level)
    return bool(unknown or missing_in(value, level, group, listed=listed))


def unknown_in(value: Part, level: Level) -> list[str]:
    """Return the unknown parts that could hold others."""
    return [
        name
        for name, held in value.items()
        if held and _may_hold(held) and not level.knows(name) and not name.startswith(_OUR_MARKS)
    ]


def missing_in(value: Part, level: Level, group: Group, *, listed: bool) -> list[str]:
    """Return the parts of a group that are null, or are not there and should be."""
    return [name for name in group if _is_missed(value, level, name, listed=listed)]


def _is_missed(value: Part, level: Level, name: str, *, listed: bool) -> bool:
    if name not in value:
        return name in level.needs
    waits = listed and level.lists.get(name) is RESULT
    return value[name] is None and not waits and name not in level.may_be_null


def _may_hold(value: object) -> bool:
    """Say whether a full part could hold others: a list or an object, also written as text."""
    if isinstance(value, str):
        return value.lstrip()[:1] in _OPENING
    return isinstance(value, dict | list)


def results_under(value: object, at: Path) -> Iterator[tuple[Path, Part]]:
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
