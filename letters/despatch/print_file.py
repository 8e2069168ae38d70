"""One PDF for the printer out of many finished letters, written as they come.

Each letter keeps the pages that were approved, byte for byte in what they draw, and begins on the
front of a sheet. What serves readers of a screen is left out: tags, outlines, links. Nothing of a
letter stays in memory once it is written, so a batch of any size takes the same.
"""

from __future__ import annotations

import hashlib
from array import array
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import Any, BinaryIO, Final, Protocol

import pikepdf

from letters import LetterRefused

_DRAWN: Final = ("/MediaBox", "/CropBox", "/Resources", "/Contents", "/Rotate", "/Group")
_A4: Final = b"[0 0 595.28 841.89]"
_KEPT_OUT: Final = frozenset(("/StructParent", "/StructParents", "/Parent", "/Metadata"))


class Printed(Protocol):
    """A letter for the printer: its own reference, and its finished PDF."""

    @property
    def reference(self) -> str:
        """Return the letter's reference."""

    @property
    def pdf(self) -> bytes:
        """Return the PDF as it was made."""


@dataclass(frozen=True, slots=True)
class PrintedLetter:
    """Where a letter is in the finished file. ``first_page`` counts from 1.

    ``digest`` is of what its pages draw.
    """

    reference: str
    first_page: int
    pages: int
    digest: bytes

    @property
    def sheets(self) -> int:
        """Return how many sheets it takes, printed on both sides."""
        return sheets(self.pages)


def sheets(pages: int) -> int:
    """Return how many sheets so many pages take, printed on both sides."""
    return (pages + 1) // 2


def pages_of(pdf: bytes) -> int:
    """Return how many pages a finished letter has. Raises LetterRefused where it is no PDF."""
    with _opened(pdf) as letter:
        return len(letter.pages)


def digest_of(pages: Iterable[pikepdf.Page]) -> bytes:
    """Return a digest of what some pages draw, in their order."""
    digest = hashlib.sha256()
    for page in pages:
        for stream in _streams(page.obj):
            digest.update(stream.read_bytes())
        digest.update(b"\0page\0")
    return digest.digest()


def write(letters: Iterable[Printed], title: str, to: BinaryIO) -> Iterator[PrintedLetter]:
    """Write letters one after another, yielding each as it is written; the end follows the last.

    The same letters give the same bytes. Raises LetterRefused at one that is no PDF.
    """
    file = _File(to)
    for letter in letters:
        with _opened(letter.pdf) as source:
            first = len(file.pages) + 1
            file.begin_letter()
            for page in source.pages:
                file.add(page)
            count = len(source.pages)
            if count % 2:
                file.add_blank()
            file.marks.append((letter.reference, first))
            yield PrintedLetter(letter.reference, first, count, digest_of(source.pages))
    file.end(title)


def _opened(pdf: bytes) -> pikepdf.Pdf:
    try:
        return pikepdf.open(BytesIO(pdf))
    except (pikepdf.PdfError, pikepdf.PasswordError) as fault:
        raise LetterRefused("The letter cannot be printed: its PDF cannot be read.") from fault


def _streams(page: pikepdf.Object) -> Iterator[pikepdf.Object]:
    contents = page.get("/Contents")
    if isinstance(contents, pikepdf.Array):
        yield from contents
    elif contents is not None:
        yield contents


class _File:
    """The file as far as it is written: where each object begins, and which are pages."""

    def __init__(self, to: BinaryIO) -> None:
        self._to = to
        self._at = 0
        self._starts = array("Q", [0])
        self.pages = array("Q")
        self.marks: list[tuple[str, int]] = []
        self._put(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
        self._tree = self._number()
        self._given = _Numbers(self._number)

    def begin_letter(self) -> None:
        """Number objects anew: what the pages of one letter share is written once."""
        self._given = _Numbers(self._number)

    def add(self, page: pikepdf.Page) -> None:
        """Write one page with everything that it draws."""
        given = self._given
        entries = [b"/Type /Page", b"/Parent %d 0 R" % self._tree]
        for key in _DRAWN:
            value = page.obj.get(key) if key in page.obj else _inherited(page.obj, key)
            if value is not None:
                entries.append(key.encode() + b" " + given.written(value))
        number = self._number()
        self._object(number, b"<< " + b" ".join(entries) + b" >>")
        self.pages.append(number)
        while given.waiting:
            its_number, value = given.waiting.popleft()
            self._object(its_number, *given.whole(value))

    def add_blank(self) -> None:
        """Write an empty page, the back of a sheet."""
        number = self._number()
        entries = b"<< /Type /Page /Parent %d 0 R /MediaBox %s /Resources << >> >>"
        self._object(number, entries % (self._tree, _A4))
        self.pages.append(number)

    def end(self, title: str) -> None:
        """Write the tree of pages, a mark for each letter, and the table of objects."""
        kids = b" ".join(b"%d 0 R" % number for number in self.pages)
        count = len(self.pages)
        self._object(self._tree, b"<< /Type /Pages /Count %d /Kids [%s] >>" % (count, kids))
        outlines = self._outlines()
        catalogue, info = self._number(), self._number()
        both_sides = b"/ViewerPreferences << /Duplex /DuplexFlipLongEdge /PrintScaling /None >>"
        entries = b"<< /Type /Catalog /Pages %d 0 R /Outlines %d 0 R %s >>"
        self._object(catalogue, entries % (self._tree, outlines, both_sides))
        self._object(info, b"<< /Title (%s) >>" % title.encode("ascii"))
        self._table(catalogue, info, hashlib.sha256(title.encode()).hexdigest()[:32])

    def _outlines(self) -> int:
        root = self._number()
        numbers = [self._number() for _ in self.marks]
        for at, (reference, first) in enumerate(self.marks):
            beside = b""
            if at:
                beside += b" /Prev %d 0 R" % numbers[at - 1]
            if at + 1 < len(numbers):
                beside += b" /Next %d 0 R" % numbers[at + 1]
            entries = b"<< /Title (%s) /Parent %d 0 R /Dest [%d 0 R /Fit]%s >>"
            page = self.pages[first - 1]
            made = entries % (reference.encode("ascii"), root, page, beside)
            self._object(numbers[at], made)
        ends = b" /First %d 0 R /Last %d 0 R" % (numbers[0], numbers[-1]) if numbers else b""
        self._object(root, b"<< /Type /Outlines /Count %d%s >>" % (len(numbers), ends))
        return root

    def _table(self, catalogue: int, info: int, name: str) -> None:
        begins = self._at
        self._put(b"xref\n0 %d\n0000000000 65535 f \n" % len(self._starts))
        for start in self._starts[1:]:
            self._put(b"%010d 00000 n \n" % start)
        entries = b"trailer\n<< /Size %d /Root %d 0 R /Info %d 0 R /ID [<%s> <%s>] >>\n"
        size = len(self._starts)
        self._put(entries % (size, catalogue, info, name.encode(), name.encode()))
        self._put(b"startxref\n%d\n%%%%EOF\n" % begins)

    def _number(self) -> int:
        self._starts.append(0)
        return len(self._starts) - 1

    def _object(self, number: int, entries: bytes, stream: bytes | None = None) -> None:
        self._starts[number] = self._at
        self._put(b"%d 0 obj\n" % number + entries)
        if stream is not None:
            self._put(b"\nstream\n" + stream + b"\nendstream")
        self._put(b"\nendobj\n")

    def _put(self, data: bytes) -> None:
        self._to.write(data)
        self._at += len(data)


class _Numbers:
    """The objects of one letter under their numbers in the whole file."""

    def __init__(self, number: Any) -> None:
        self._number = number
        self._given: dict[tuple[int, int], int] = {}
        self.waiting: deque[tuple[int, pikepdf.Object]] = deque()

    def written(self, value: Any) -> bytes:
        """Return a value as it is written inside another; one that is an object waits."""
        if isinstance(value, pikepdf.Object) and value.is_indirect:
            if value.objgen not in self._given:
                self._given[value.objgen] = self._number()
                self.waiting.append((self._given[value.objgen], value))
            return b"%d 0 R" % self._given[value.objgen]
        return self._direct(value)

    def whole(self, value: pikepdf.Object) -> tuple[bytes, bytes | None]:
        """Return an object that waited: its entries, and its bytes where it is a stream."""
        if not isinstance(value, pikepdf.Stream):
            return self._direct(value), None
        data = value.read_raw_bytes()
        entries = [
            key.encode() + b" " + self.written(part)
            for key, part in sorted(value.stream_dict.items())
            if key != "/Length"
        ]
        return b"<< %s /Length %d >>" % (b" ".join(entries), len(data)), data

    def _direct(self, value: Any) -> bytes:
        if isinstance(value, pikepdf.Dictionary):
            parts = sorted((key, part) for key, part in value.items() if key not in _KEPT_OUT)
            inside = (key.encode() + b" " + self.written(part) for key, part in parts)
            return b"<< " + b" ".join(inside) + b" >>"
        if isinstance(value, pikepdf.Array):
            return b"[" + b" ".join(map(self.written, value)) + b"]"
        return pikepdf.Array([value]).unparse().strip()[1:-1].strip()


def _inherited(page: pikepdf.Object, key: str) -> Any:
    """Return what a page has from the tree above it; None where nothing is there."""
    above = page.get("/Parent")
    while above is not None:
        if key in above:
            return above[key]
        above = above.get("/Parent")
    return None
