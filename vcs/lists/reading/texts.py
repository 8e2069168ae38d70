"""The text of a file whatever it was saved as, and the JSON objects that it holds."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Final

ENDS_A_LINE: Final = re.compile(r"\r\n|\r|\n")
"""What ends a line of a file. Other breaks, as of a paragraph, stand within a text."""


def text_of(content: bytes) -> str:
    """Return a file's text: UTF-8 with or without a byte order mark, UTF-16 with one, or Windows'.

    Every byte is a letter in the last, so that nothing is lost where a name was saved by it.
    """
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", errors="replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def objects_in(text: str) -> Iterator[object]:
    """Give what stands in an array, or on each line; None for a blank one, a text for a bad one."""
    whole = _loaded(text)
    held = whole if isinstance(whole, list) else _held_in(whole)
    if held is not None:
        yield from held
        return
    for line in ENDS_A_LINE.split(text):
        yield _loaded(line) if line.strip() else None


def _held_in(whole: object) -> list[object] | None:
    """Return the one list of objects that an object holds, as a page of results does; else None.

    A sentence has texts beside its lists, of names for example, and a page has only numbers.
    """
    if not isinstance(whole, dict) or any(isinstance(one, str) for one in whole.values()):
        return None
    lists = [one for one in whole.values() if isinstance(one, list)]
    is_one = len(lists) == 1 and bool(lists[0]) and all(isinstance(one, dict) for one in lists[0])
    return lists[0] if is_one else None


def _loaded(text: str) -> object:
    """Return what a text holds, or the text itself where it is no JSON that can be read."""
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return text
