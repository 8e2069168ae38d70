"""Compare what the released version reported with what is reported after a migration.

What is new is no difference: a key, a column or a row that the released version did not have.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from tests.released.caseload import ROW

_NO_CONTACT = "approving a letter was kept as contact, which it is not: see migration 0011"
_SEALED = "what a victim needs to read a letter is sealed: see migration 0020"
_NAMED = "a task about an alert that was not sent names its referral: see migration 0020"
_CLOSED = "a closing ends the duty to refer and never meets it: see migration 0095"
_A_CLOCK = "a decision left open has its time from the upgrade: see migration 0024"
INTENDED: Mapping[str, str] = {
    "rows.deadline[].met_on": _CLOSED,
    "rows.task[].due_on": _A_CLOCK,
    "rows.task[].referral_id": _NAMED,
    "rows.victim[].format_needs": _SEALED,
    "rows.victim[].contacted_on": _NO_CONTACT,
    "state.sentences[].referral.deadlines[].met_on": _CLOSED,
    "state.sentences[].referral.victims[].contacted_on": _NO_CONTACT,
    "state.tasks[].due_on": _A_CLOCK,
}
"""What a migration changes on purpose. ``[]`` is any entry of a list, ``[+]`` an added one."""

_IDENTITIES = (ROW, "key", "content", "person")
"""What makes two entries of a list the same one, in order of preference."""


def differences(
    before: Any, after: Any, intended: Iterable[str] = INTENDED, path: str = ""
) -> Iterator[str]:
    """Yield a sentence for each part of ``before`` that ``after`` does not have alike."""
    if path in intended:
        return
    if isinstance(before, dict) and isinstance(after, dict):
        yield from _of_objects(before, after, intended, path)
    elif isinstance(before, list) and isinstance(after, list):
        yield from _of_lists(before, after, intended, path)
    elif before != after:
        yield f"{path}: it was {_short(before)}, and is {_short(after)}"


def stale(before: Any, after: Any, intended: Iterable[str] = INTENDED) -> list[str]:
    """Return the intended differences without which nothing would be found."""
    listed = list(intended)
    others = ((one, [other for other in listed if other != one]) for one in listed)
    return [one for one, rest in others if not any(differences(before, after, rest))]


def _of_objects(
    before: dict[str, Any], after: dict[str, Any], intended: Iterable[str], path: str
) -> Iterator[str]:
    for name, value in before.items():
        inner = f"{path}.{name}" if path else name
        if name in after:
            yield from differences(value, after[name], intended, inner)
        elif inner not in intended:
            yield f"{inner} is gone: it was {_short(value)}"


def _of_lists(
    before: list[Any], after: list[Any], intended: Iterable[str], path: str
) -> Iterator[str]:
    identity = _identity([*before, *after])
    if identity:
        yield from _of_entries(_by(identity, before), _by(identity, after), intended, path)
    else:
        yield from _of_bags(before, after, intended, path)


def _identity(entries: list[Any]) -> str | None:
    """Return the name of the part that tells the entries of a list apart, if they have one."""
    if not entries or not all(isinstance(entry, dict) for entry in entries):
        return None
    return next((one for one in _IDENTITIES if all(one in entry for entry in entries)), None)


def _by(identity: str, entries: list[Any]) -> dict[str, Any]:
    """Return entries by what tells them apart; where it does not, with their place as well."""
    found: dict[str, Any] = {}
    seen: Counter[str] = Counter()
    for entry in entries:
        name = str(entry.get(identity))
        seen[name] += 1
        found[f"{name} ({seen[name]})" if seen[name] > 1 else name] = entry
    return found


def _of_entries(
    before: dict[str, Any], after: dict[str, Any], intended: Iterable[str], path: str
) -> Iterator[str]:
    for name, entry in before.items():
        if name in after:
            found = differences(entry, after[name], intended, f"{path}[]")
            yield from (f"{words} (entry {_short(name)})" for words in found)
        else:
            yield f"{path}[]: entry {_short(name)} is gone"
    added = sorted(after.keys() - before.keys())
    # Rows may be added: the reports beside them say if they mean anything else.
    if added and not path.startswith("rows.") and f"{path}[+]" not in intended:
        yield f"{path}[+]: {len(added)} entries are new: {_short(', '.join(added))}"


def _of_bags(
    before: list[Any], after: list[Any], intended: Iterable[str], path: str
) -> Iterator[str]:
    """Compare lists whose entries have no identity, whatever their order."""
    known = [_alike(entry, before, intended, f"{path}[]") for entry in after]
    had = [_alike(entry, before, intended, f"{path}[]") for entry in before]
    gone, new = Counter(had) - Counter(known), Counter(known) - Counter(had)
    yield from (f"{path}[]: {count} × {_short(entry)} is gone" for entry, count in gone.items())
    if f"{path}[+]" not in intended:
        yield from (f"{path}[+]: {count} × {_short(entry)} is new" for entry, count in new.items())


def _alike(entry: Any, before: list[Any], intended: Iterable[str], path: str) -> str:
    """Return an entry as text, with only what the released version had and nothing intended."""
    return json.dumps(_pruned(entry, before, intended, path), sort_keys=True, ensure_ascii=False)


def _pruned(value: Any, examples: list[Any], intended: Iterable[str], path: str) -> Any:
    if isinstance(value, dict):
        known = [example for example in examples if isinstance(example, dict)]
        names = {name for example in known for name in example}
        return {
            name: _pruned(inner, _inside(known, name), intended, f"{path}.{name}")
            for name, inner in value.items()
            if name in names and f"{path}.{name}" not in intended
        }
    if isinstance(value, list):
        inner = [one for example in examples if isinstance(example, list) for one in example]
        pruned = [_pruned(one, inner, intended, f"{path}[]") for one in value]
        return sorted(pruned, key=lambda one: json.dumps(one, sort_keys=True))
    return value


def _inside(examples: list[Any], name: str) -> list[Any]:
    return [example[name] for example in examples if name in example]


def _short(value: Any) -> str:
    words = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return words if len(words) <= 300 else f"{words[:300]} …"
