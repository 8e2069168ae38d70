"""A body read into facts: events in whichever envelope, movements, reports, adjustments, rows.

A row that cannot be read is a fact with a problem: nothing is skipped unseen.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any, Final

from vcs.custody.sources.cells import DATES as OF_A_PERSON
from vcs.custody.sources.cells import WHOSE, Cells, cells_of, plain
from vcs.custody.sources.shapes import DATES, in_doubt, told_of
from vcs.custody.sources.told import NotAFact, Told
from vcs.errors import NotReadable, NotValid
from vcs.lists.reading.days import Order, order_of
from vcs.lists.reading.rows import BLANK, Row, rows_of

_DAYS: Final = DATES | OF_A_PERSON

MOST_FACTS: Final = 20_000

_DEEPEST: Final = 6

_INSIDE: Final = ("Message", "message", "Body", "body", "detail")

_MANY: Final = ("Records", "Messages", "events", "content")

_LISTS: Final = frozenset(
    {
        *("movements", "adjustments", "recalls", "incidents", "incidentreports", "reports"),
        *("items", "results", "data", "rows"),
    }
)
"""Lists, by their plain names, of what happened to those who are named beside the list."""

_PEOPLE: Final = ("prisonersInvolved", "prisoners", "offenders", "offenderParties")

_LINE: Final = re.compile(r"\r\n?|\n")
"""Where a line ends: other signs that may stand in a text end none."""

_NO_OBJECT: Final = "This is no object with fields"

_NO_JSON: Final = "This line is no JSON"

_NO_LIST: Final = (
    "This is no JSON and no CSV with a heading. Send the events or the movements themselves."
)


def check(body: bytes) -> None:
    """Raise NotReadable for what is neither JSON nor a list with a heading."""
    problems = {told.problem for told in facts_of(body)}
    if not problems:
        raise NotReadable("There is nothing in it. Send the events or the movements themselves.")
    if problems == {_NO_JSON}:
        raise NotReadable("This is no JSON. Send the events or the movements themselves.")


def facts_of(body: bytes) -> Iterator[Told]:
    """Yield every fact of a body, numbered from 1. Raises NotReadable for what is no list."""
    if not body.strip():
        return
    found = list(_json_objects(body))
    rows = found if found else list(_rows(body))
    if len(rows) > MOST_FACTS:
        raise NotReadable(f"This holds more than {MOST_FACTS:,} events. Send it in parts.")
    for number, one in enumerate(rows, start=1):
        yield from _told(number, one)


def _told(number: int, one: object) -> Iterator[Told]:
    if not isinstance(one, Mapping):
        yield Told(number, problem=str(one) if isinstance(one, NotAFact) else _NO_OBJECT)
        return
    for part in _of_each_person(one):
        found = _of_one(cells_of(part))
        if all(told.problem for told in found):
            found = (*found, *_danger_within(part, _DEEPEST))
        yield from (replace(told, row=number) for told in found)


def _danger_within(one: Mapping[str, Any], depth: int) -> Iterator[Told]:
    """Give what the parts of an object tell of danger, where no fact could be read of the whole."""
    for part in _parts(one) if depth else ():
        if told := in_doubt(cells_of(part)):
            yield from told
        else:
            yield from _danger_within(part, depth - 1)


def _parts(one: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    for value in one.values():
        parts = value if isinstance(value, list) else [value]
        yield from (_beside(one, part) for part in parts if isinstance(part, dict))


def _beside(whole: Mapping[str, Any], part: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return a part of an object with whom the whole is about."""
    whose = {name: value for name, value in whole.items() if plain(str(name)) in WHOSE}
    return {**whose, **part}


def _of_one(cells: Cells) -> tuple[Told, ...]:
    """Return what is told of one person: danger also where the rest of it cannot be read."""
    problem = cells.refused
    try:
        if not problem:
            return told_of(cells)
    except NotAFact as why:
        problem = str(why)
    return in_doubt(cells) or (Told(0, problem=problem),)


def _of_each_person(one: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """Give what is told of each prisoner in a report; the whole where it is about one."""
    for name in _PEOPLE:
        held = one.get(name)
        if isinstance(held, list) and any(isinstance(each, dict) for each in held):
            yield from ({**one, name: None, **each} for each in held if isinstance(each, dict))
            return
    yield one


def _json_objects(body: bytes) -> Iterator[object]:
    """Give the innermost objects of JSON; nothing for what is no JSON."""
    text = body.decode(_encoding(body), errors="replace").lstrip("\ufeff").strip()
    if not text.startswith(("{", "[")):
        return
    try:
        yield from _inner(json.loads(text), _DEEPEST)
    except RecursionError:
        raise NotReadable("This is nested too deeply.") from None
    except ValueError:
        yield from _lines(text)


def _encoding(body: bytes) -> str:
    """Return what JSON is written in, with a mark or without one (RFC 4627, section 3)."""
    return json.detect_encoding(body)


def _lines(text: str) -> Iterator[object]:
    for line in _LINE.split(text):
        if not line.strip():
            continue
        try:
            raw = json.loads(line)
        except (ValueError, RecursionError):
            yield NotAFact(_NO_JSON)
        else:
            yield from _inner(raw, _DEEPEST)


def _inner(raw: Any, depth: int) -> Iterator[object]:
    """Give what an envelope holds: queues put one text within another."""
    if isinstance(raw, list):
        for one in raw:
            yield from _inner(one, depth)
        return
    if not isinstance(raw, dict) or depth == 0:
        yield raw
        return
    held = _list_in(raw) or next(filter(None, (_held(raw.get(name)) for name in _INSIDE)), None)
    if held is None:
        yield raw
    else:
        yield from _inner(held, depth - 1)


def _list_in(raw: Mapping[str, Any]) -> list[Any] | None:
    """Return the list that an envelope is for, each part with whom the envelope is about."""
    for name in _MANY:
        if isinstance(raw.get(name), list) and raw[name]:
            held: list[Any] = raw[name]
            return held
    for name, value in raw.items():
        if plain(str(name)) in _LISTS and isinstance(value, list) and value:
            return [_beside(raw, one) if isinstance(one, dict) else one for one in value]
    return None


def _held(value: object) -> object | None:
    if isinstance(value, dict) and value:
        return value
    if isinstance(value, str) and value.lstrip().startswith(("{", "[")):
        try:
            held: object = json.loads(value)
        except (ValueError, RecursionError):
            return None
        return held
    return None


def _rows(body: bytes) -> Iterator[object]:
    try:
        file = rows_of(body)
        rows = list(file.rows)
    except NotValid as problem:
        raise NotReadable(str(problem)) from None
    if len(file.columns) < 2:
        raise NotReadable(_NO_LIST)
    order = _order_of(rows, file.columns)
    for row in rows:
        if row.refused != BLANK:
            refused = row.refused[:1].upper() + row.refused[1:]
            yield Cells(row.cells, order, refused)


def _order_of(rows: list[Row], columns: tuple[str, ...]) -> Order | None:
    """Return the order of day and month that a list's own days prove; None where they prove none.

    Only what stands in a column of days proves anything.
    """
    of_days = [name for name in columns if plain(name) in _DAYS]
    return order_of(row.cells.get(name, "") for row in rows for name in of_days)
