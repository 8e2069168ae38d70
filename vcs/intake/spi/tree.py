"""XML into a small tree, safely: no document type, no entities, and bounds on everything.

The parser is the standard library's expat, driven directly, so that a declaration of a document
type or the first thing out of bounds ends the parse at once, before anything is expanded or built.
"""

from __future__ import annotations

import codecs
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from xml.parsers import expat

from vcs.errors import NotReadable
from vcs.intake.results.learned import Learned
from vcs.intake.values.shapes import Unreadable

SPI = "http://www.dca.gov.uk/xmlschemas/libra"
"""The namespace of SPI messages; names in it stand without it in a tree."""
DEEPEST = 40
MOST_ELEMENTS = 200_000
MOST_ATTRIBUTES = 64
LONGEST_ATTRIBUTE = 4096
LONGEST_NAME = 512
LONGEST_TEXT = 64 * 1024
CARRIERS = frozenset({"DataStreamContent", "Message"})
"""Parts of an envelope whose text is a whole message; they alone may be longer."""
_ENCODINGS = frozenset({"utf-8", "utf-16", "iso-8859-1", "us-ascii"})
_BEFORE_XML = codecs.BOM_UTF8 + codecs.BOM_UTF16_LE + b"\x00 \t\r\n"
_UTF_32 = (codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)
_NOT_XML = "The body is not well-formed XML. Send the court message itself."
_DOCTYPE = "XML with a document type declaration is not read. Send it without."
_ENCODING = "The message is in a character encoding that is not read. Send it as UTF-8."


@dataclass(slots=True)
class Node:
    """One element: its text without outer spaces, or its children.

    ``name`` stands alone in the SPI namespace; in any other, and in none, the namespace and a
    space come before it. ``learned`` is our own mark on a result whose code's meaning was learned.
    """

    name: str
    attributes: dict[str, str]
    text: str = ""
    children: list[Node] = field(default_factory=list)
    learned: Learned | None = None


def is_xml(body: bytes) -> bool:
    """Say whether a body means to be XML, behind whatever byte order mark or spaces."""
    return body.lstrip(_BEFORE_XML)[:1] == b"<"


def check(body: bytes) -> None:
    """Raise NotReadable for what is not XML or declares a document type; look no further.

    What is XML and out of bounds passes: it is kept, and reading sets it aside.
    """
    try:
        _feed(_Bounds(), body, None)
    except Unreadable:
        return


def parse(body: bytes) -> Node:
    """Parse a body. Raises NotReadable for what is not XML, Unreadable where a bound is passed."""
    builder = _Builder()
    _feed(builder, body, None)
    return builder.finished()


def parse_text(words: str) -> Node:
    """Parse XML that stands escaped inside an envelope. Raises Unreadable for all that is wrong."""
    builder = _Builder()
    try:
        _feed(builder, words.encode("utf-8"), "utf-8")
    except NotReadable:
        raise Unreadable("The message inside the envelope is not well-formed XML.") from None
    return builder.finished()


class _Bounds:
    """Counts, and ends the parse where a bound is passed."""

    words: Callable[[str], object] | None = None
    """What takes each piece of text; text alone passes no bound."""

    def __init__(self) -> None:
        self._depth = self._count = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        self._count += 1
        if self._depth > DEEPEST:
            raise Unreadable("The XML is nested too deeply to be a court message.")
        if self._count > MOST_ELEMENTS:
            raise Unreadable("The XML has too many elements to be a court message.")
        if len(name) > LONGEST_NAME or (attributes and _too_much(attributes)):
            raise Unreadable("The XML has a name or an attribute that is too long.")

    def end(self, _: str) -> None:
        self._depth -= 1


class _Builder(_Bounds):
    """Builds the tree as it goes.

    What is odd about a text is told at the end: XML that is not well formed is that first.
    """

    def __init__(self) -> None:
        super().__init__()
        self._path: list[Node] = []
        self._words: list[str] = []
        self.words = self._words.append
        self._root = Node("", {})
        self._problem = ""

    def finished(self) -> Node:
        """Return the tree. Raises Unreadable where a text was too long or beside elements."""
        if self._problem:
            raise Unreadable(self._problem)
        return self._root

    def start(self, name: str, attributes: dict[str, str]) -> None:
        super().start(name, attributes)
        if self._words:
            self._no_words()
        node = Node(_named(name), attributes)
        if self._path:
            self._path[-1].children.append(node)
        else:
            self._root = node
        self._path.append(node)

    def end(self, name: str) -> None:
        super().end(name)
        node = self._path.pop()
        if not self._words:
            return
        if node.children:
            self._no_words()
            return
        node.text = "".join(self._words).strip()
        self._words.clear()
        if len(node.text) > LONGEST_TEXT and local(node) not in CARRIERS:
            self._problem = "The XML has a text that is too long for a court message."

    def _no_words(self) -> None:
        """Refuse text beside elements: whichever of the two were read, the other would be lost."""
        if not "".join(self._words).isspace():
            self._problem = "The XML mixes text and elements, as no court message does."
        self._words.clear()


def _too_much(attributes: dict[str, str]) -> bool:
    if len(attributes) > MOST_ATTRIBUTES:
        return True
    return any(len(name) + len(value) > LONGEST_ATTRIBUTE for name, value in attributes.items())


@lru_cache(maxsize=4096)
def _named(name: str) -> str:
    namespace, space, alone = name.rpartition(" ")
    if namespace == SPI:
        return alone
    return name if space else f" {name}"


def local(node: Node) -> str:
    """Return an element's name without its namespace."""
    return node.name.rpartition(" ")[2]


def walk(node: Node) -> Iterator[Node]:
    """Yield an element and all inside it, in the order of the document."""
    waiting = [node]
    while waiting:
        found = waiting.pop()
        yield found
        waiting.extend(reversed(found.children))


def _feed(bounds: _Bounds, body: bytes, encoding: str | None) -> None:
    if encoding is None:
        body, encoding = _without_a_mark(body)
    parser = expat.ParserCreate(encoding, " ")
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = _no_doctype
    parser.StartElementHandler = bounds.start
    parser.EndElementHandler = bounds.end
    parser.CharacterDataHandler = bounds.words
    if encoding is None:
        parser.XmlDeclHandler = _known_encoding
    try:
        parser.Parse(body, True)
    except (expat.ExpatError, LookupError, UnicodeError):
        raise NotReadable(_NOT_XML) from None


def _without_a_mark(body: bytes) -> tuple[bytes, str | None]:
    """Return the body from its first ``<``, and the encoding where the bytes themselves show it.

    UTF-16 comes as UTF-8: the bytes say what they are better than a declaration does.
    """
    if body.startswith(_UTF_32):
        raise Unreadable(_ENCODING)
    if body.startswith(codecs.BOM_UTF8):
        return body[len(codecs.BOM_UTF8) :].lstrip(), "utf-8"
    encoding = _two_bytes(body)
    if encoding is None:
        return body.lstrip(), None
    try:
        words = body.decode(encoding)
    except UnicodeDecodeError:
        raise NotReadable(_NOT_XML) from None
    return words.lstrip("\ufeff \t\r\n").encode("utf-8"), "utf-8"


def _two_bytes(body: bytes) -> str | None:
    if body.startswith(codecs.BOM_UTF16_LE) or body[1:2] == b"\x00":
        return "utf-16-le"
    return "utf-16-be" if body.startswith(codecs.BOM_UTF16_BE) or body[:1] == b"\x00" else None


def _known_encoding(_: str, encoding: str | None, __: int) -> None:
    if encoding is not None and encoding.lower() not in _ENCODINGS:
        raise Unreadable(_ENCODING)


def _no_doctype(*_: object) -> None:
    raise NotReadable(_DOCTYPE)
