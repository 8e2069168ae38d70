"""What a finished file for the printer holds, read back from the file itself.

The table at the file's end says where each object is. Some letters at a time are read, out of the
very bytes that lie between the first of them and the next: a file of any size takes as little.
"""

from __future__ import annotations

import os
import re
from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from typing import BinaryIO, Final

import pikepdf

from letters import LetterRefused
from letters.despatch.print_file import PrintedLetter, digest_of

_AT_A_TIME: Final = 50
_NOWHERE: Final = -1
_ROW: Final = 20
_BLOCK: Final = 1 << 13
_LONGEST_END: Final = 1024

_UNREADABLE: Final = "The file for the printer cannot be read back."

_REFERENCE: Final = re.compile(rb"(\d+) 0 R")
_END: Final = re.compile(rb"trailer\n(<<.*>>)\nstartxref\n(\d+)\n%%EOF\n\Z", re.S)


@dataclass(frozen=True, slots=True)
class _Mark:
    """Where a letter begins: its reference, and its first page, counted from 0."""

    reference: str
    page: int


def read_back(file: Path) -> Iterator[PrintedLetter]:
    """Yield each letter of a file as it is there, in order.

    Raises LetterRefused where a page belongs to no letter, or one does not begin on a front.
    """
    try:
        with file.open("rb") as opened:
            yield from read_back_from(opened)
    except OSError as fault:
        raise LetterRefused(_UNREADABLE) from fault


def read_back_from(file: BinaryIO) -> Iterator[PrintedLetter]:
    """Do the same with a file that is open for reading."""
    try:
        whole = _Whole(file)
        marks = whole.marks()
        for at in range(0, len(marks) - 1, _AT_A_TIME):
            yield from _letters(whole, marks[at : at + _AT_A_TIME + 1])
    except (OSError, ValueError, IndexError, pikepdf.PdfError) as fault:
        raise LetterRefused(_UNREADABLE) from fault


def _letters(whole: _Whole, marks: Sequence[_Mark]) -> Iterator[PrintedLetter]:
    first, end = marks[0].page, marks[-1].page
    with pikepdf.open(BytesIO(whole.part(first, end)), attempt_recovery=False) as pdf:
        kids = pdf.Root.Pages.Kids
        for this, following in pairwise(marks):
            yield _letter(this, [pikepdf.Page(kids[at - first]) for at in _pages(this, following)])


def _pages(mark: _Mark, following: _Mark) -> range:
    if mark.page % 2 or following.page % 2 or following.page <= mark.page:
        raise LetterRefused("A letter of the file does not begin on the front of a sheet.")
    return range(mark.page, following.page)


def _letter(mark: _Mark, held: list[pikepdf.Page]) -> PrintedLetter:
    if "/Contents" not in held[-1].obj:
        held.pop()
    if not held or any("/Contents" not in page.obj for page in held):
        raise LetterRefused("A letter of the file has an empty page inside it.")
    return PrintedLetter(mark.reference, mark.page + 1, len(held), digest_of(held))


class _Whole:
    """A whole file: where each of its objects begins, and which are its pages."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        size = file.seek(0, os.SEEK_END)
        file.seek(max(0, size - _LONGEST_END))
        trailer, begins = _found(_END, file.read())
        self._starts = self._table(int(begins))
        self._root = self._object(_named(trailer, b"Root"))
        self._tree = _named(self._root, b"Pages")
        (kids,) = _found(re.compile(rb"/Kids \[(.*)\]"), self._object(self._tree))
        self._pages = array("Q", (int(one[1]) for one in _REFERENCE.finditer(kids)))

    def marks(self) -> list[_Mark]:
        """Return where each letter begins, and after them where the last one ends."""
        at = {number: index for index, number in enumerate(self._pages)}
        found, following = [], rb"/First (\d+) 0 R"
        item = self._object(_named(self._root, b"Outlines"))
        while number := re.search(following, item):
            item, following = self._object(int(number[1])), rb"/Next (\d+) 0 R"
            title, page = _found(re.compile(rb"/Title \((.*?)\).*/Dest \[(\d+) 0 R"), item)
            found.append(_Mark(title.decode("ascii"), at.get(int(page), _NOWHERE)))
        found.sort(key=lambda one: one.page)
        if found and found[0].page != 0:
            raise LetterRefused("The first letter of the file does not begin on its first page.")
        return [*found, _Mark("", len(self._pages))]

    def part(self, first: int, end: int) -> bytes:
        """Return some of the pages as a file of their own, of the same bytes."""
        pages, starts = self._pages, self._starts
        is_last = end == len(pages)
        above = len(starts) if is_last else pages[end]
        begins, ends = starts[pages[first]], starts[self._tree if is_last else pages[end]]
        if ends <= begins:
            raise LetterRefused("The letters of the file are not one after another.")
        below = pages[first - 1] if first else 0
        held = [one for one in range(below + 1, above) if begins <= starts[one] < ends]
        self._file.seek(begins)
        begun = b"%PDF-1.7\n" + self._file.read(ends - begins)
        shift = len(begun) - ends
        rows = {number: starts[number] + shift for number in held}
        if any(not begun.startswith(b"%d 0 obj\n" % one, at) for one, at in rows.items()):
            raise ValueError("an object is not where the table says")
        return _as_file(begun, rows, self._tree, pages[first:end])

    def _table(self, begins: int) -> array[int]:
        self._file.seek(begins)
        heading = self._file.readline() + self._file.readline()
        (count,) = _found(re.compile(rb"xref\n0 (\d+)\n"), heading)
        rows = (self._file.read(_ROW) for _ in range(int(count)))
        return array("Q", (int(row[:10]) for row in rows))

    def _object(self, number: int) -> bytes:
        """Return an object that is no stream."""
        self._file.seek(self._starts[number])
        found = b""
        while b"\nendobj\n" not in found:
            block = self._file.read(_BLOCK)
            if not block:
                raise ValueError("an object does not end")
            found += block
        if not found.startswith(b"%d 0 obj\n" % number):
            raise ValueError("an object is not where the table says")
        return found.partition(b"\nendobj\n")[0]


def _as_file(begun: bytes, rows: dict[int, int], tree: int, pages: Sequence[int]) -> bytes:
    """Close a file of some pages: their tree, a catalogue above it, and the table of both."""
    catalogue = max(*rows, tree) + 1
    kids = b" ".join(b"%d 0 R" % number for number in pages)
    made = bytearray(begun)
    for number, entries in (
        (tree, b"/Type /Pages /Count %d /Kids [%s]" % (len(pages), kids)),
        (catalogue, b"/Type /Catalog /Pages %d 0 R" % tree),
    ):
        rows[number] = len(made)
        made += b"%d 0 obj\n<< %s >>\nendobj\n" % (number, entries)
    table = len(made)
    made += b"xref\n0 1\n0000000000 65535 f \n"
    for number, start in sorted(rows.items()):
        made += b"%d 1\n%010d 00000 n \n" % (number, start)
    trailer = b"trailer\n<< /Size %d /Root %d 0 R >>\nstartxref\n%d\n%%%%EOF\n"
    return bytes(made) + trailer % (catalogue + 1, catalogue, table)


def _named(entries: bytes, name: bytes) -> int:
    (number,) = _found(re.compile(rb"/%s (\d+) 0 R" % name), entries)
    return int(number)


def _found(pattern: re.Pattern[bytes], data: bytes) -> tuple[bytes, ...]:
    found = pattern.search(data)
    if found is None:
        raise ValueError("a part of the file is not there")
    return found.groups()
