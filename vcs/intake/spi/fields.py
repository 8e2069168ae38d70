"""Taking values out of an SPI message: order and padding do not matter, repeats and gaps do.

Every problem is a sentence for a person and never repeats what was sent.
"""

from __future__ import annotations

import re
from datetime import date

from vcs.intake.spi.tree import Node
from vcs.intake.values.days import london_day
from vcs.intake.values.shapes import Unreadable

_DAY = re.compile(
    r"\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?)?(?:Z|[+-]\d{2}:\d{2})?"
)
_NUMBER = re.compile(r"\+?0{0,20}(\d{1,6})", re.ASCII)
_NOTHING = Node("", {})


def each(node: Node, name: str) -> list[Node]:
    """Return the children of a name, in their order."""
    return [child for child in node.children if child.name == name]


def only(node: Node, name: str) -> Node:
    """Return the one child of a name, or an empty element. Raises Unreadable for two of it."""
    found = None
    for child in node.children:
        if child.name == name:
            if found is not None:
                raise Unreadable(f"“{name}” stands twice where only one belongs.")
            found = child
    return found or _NOTHING


def required(node: Node, name: str) -> Node:
    """Return the one child of a name. Raises Unreadable where there is none, or an empty one."""
    found = only(node, name)
    if not found.children and not found.text:
        raise Unreadable(f"The message has no “{name}” where one belongs.")
    return found


def text(node: Node, name: str) -> str:
    """Return the text of a child with single spaces, or an empty text."""
    return " ".join(only(node, name).text.split())


def number(node: Node, name: str, most: int) -> int | None:
    """Return a whole number from 0 to ``most``; None when absent or anything else."""
    found = _NUMBER.fullmatch(only(node, name).text)
    value = int(found.group(1)) if found else None
    return value if value is not None and value <= most else None


def day(node: Node, name: str) -> date | None:
    """Return a date, or None when absent or empty. Raises Unreadable for what cannot be one."""
    stated = only(node, name).text
    if not stated:
        return None
    if not _DAY.fullmatch(stated):
        raise Unreadable(f"“{name}” is not a date that can be right.")
    try:
        return london_day(stated)
    except ValueError:
        raise Unreadable(f"“{name}” is not a date that can be right.") from None


def day_or_none(node: Node, name: str) -> date | None:
    """Return a date that nothing hangs on: unreadable is the same as absent."""
    try:
        return day(node, name)
    except Unreadable:
        return None
