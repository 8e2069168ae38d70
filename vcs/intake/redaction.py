"""A court message with what is personal covered: its structure, and the codes that tell of it.

Whatever is not known to be a code is covered, so that a message of a shape nobody foresaw shows
too little and never too much. The text is taken apart by its marks alone: a message that could not
be read for being broken, nested or doubled is shown all the same.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

MOST_LINES = 1500

_MOST_CHARACTERS = 1024 * 1024

_DEEPEST_INDENT, _INNER = 24, 2

_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_.-]{0,59}")

_UUID = re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")

_EVENT = re.compile(r"public\.[a-z0-9.-]{1,80}")

_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9.:+/_-]{0,39}")

_LABEL = re.compile(r"[A-Za-z0-9][A-Za-z0-9 .:+/&(),-]{0,119}")

# Names under which the feeds put codes, days of proceedings and labels from their own catalogues.
# None of them ever holds a person, a place or words that somebody wrote.
_SHOWN = frozenset(
    {"offencecode", "cjsoffencecode", "cjscode", "resultcode", "resultcodequalifier", "category"}
    | {"jurisdictiontype", "hearingday", "sittingday", "sharedtime", "ordereddate", "isreshare"}
    | {"convictiondate", "startdate", "enddate", "listeddurationminutes", "listingsequence"}
    | {
        "oucode",
        "orgunitcode",
        "code",
        "type",
        "messagetype",
        "eventtype",
        "schemaversion",
        "sequence",
    }
    | {"primarydurationunit", "primarydurationvalue", "promptreference"}
    | {"durationvalue", "durationunit", "durationelement", "secondarydurationvalue", "finding"}
    | {"secondarydurationunit", "durationstartdate", "durationenddate", "dateofhearing"}
    | {"courthearinglocation", "psacode", "offencesequencenumber", "orderindex", "count"}
)

_JSON = re.compile(r'"(?:[^"\\]|\\.)*"|[{}\[\],:]|[^\s"{}\[\],:]+')

_XML = re.compile(r"<[^<>]*>|[^<]+|<")

_BLOCKS = (("<![CDATA[", "]]>"), ("<!--", "-->"))

_TAG = re.compile(r"<(/?)(?:[A-Za-z_][\w.-]*:)?([A-Za-z_][\w.-]*)([^<>]*?)(/?)>", re.DOTALL)

_ATTRIBUTE = re.compile(r"""([A-Za-z_][\w:.-]*)\s*=\s*(?:"([^"]*)"|'([^']*)')""")

_LITERALS = {"true", "false", "null"}


def redacted(body: bytes) -> tuple[tuple[str, ...], bool]:
    """Return a message's lines with what is personal covered, and whether that is all of it."""
    text = body[:_MOST_CHARACTERS].decode("utf-8", errors="replace")
    lines = tuple(islice(_lines(text, 0), MOST_LINES + 1))
    whole = len(lines) <= MOST_LINES and len(body) <= _MOST_CHARACTERS
    return lines[:MOST_LINES], whole


def _lines(text: str, inner: int) -> Iterator[str]:
    start = text.lstrip("\ufeff \t\r\n")[:1]
    if start in ("{", "["):
        yield from _Json(inner).lines(text)
    elif start == "<":
        yield from _xml_lines(text, inner)
    else:
        yield _cover(text)


def _cover(text: str) -> str:
    count = len(text)
    return f"[covered: {count} character{'' if count == 1 else 's'}]" if count else ""


def _value(name: str, text: str) -> str:
    """Return a value as it may be shown under a name."""
    if _UUID.fullmatch(text) or _EVENT.fullmatch(text):
        return text
    if name.lower() in _SHOWN and _CODE.fullmatch(text):
        return text
    if name == "label" and _LABEL.fullmatch(text):
        return text
    return _cover(text)


def _name(text: str) -> str:
    return text if _NAME.fullmatch(text) else _cover(text)


def _inside(text: str, inner: int) -> list[str]:
    """Return the lines of a message that came as text within another; empty where it is none."""
    if inner >= _INNER or len(text) < len("<a/>") or text.lstrip()[:1] not in ("{", "<"):
        return []
    return list(islice(_lines(text, inner + 1), MOST_LINES))


@dataclass(frozen=True, slots=True)
class _Open:
    """A list or an object that is open at the moment, and the name that it stands under."""

    name: str
    is_list: bool


class _Json:
    """Writes JSON one value a line. What stands in a list stands under the name of the list."""

    def __init__(self, inner: int) -> None:
        self._inner = inner
        self._open: list[_Open] = []
        self._name = ""
        self._waiting: str | None = None

    def lines(self, text: str) -> Iterator[str]:
        for found in _JSON.finditer(text):
            yield from self._token(found.group())
        yield from self._settled()

    def _token(self, mark: str) -> Iterator[str]:
        if mark == ":" and self._waiting is not None:
            self._name, self._waiting = self._waiting, None
            return
        if mark not in ("{", "["):
            yield from self._settled()
        if mark in ("{", "["):
            yield self._line(mark)
            self._open.append(_Open(self._name, mark == "["))
        elif mark in ("}", "]"):
            closed = self._open.pop() if self._open else _Open("", is_list=False)
            self._name = closed.name
            yield self._line(mark, label=False)
        elif mark.startswith('"'):
            self._waiting = _unquoted(mark)
        elif mark not in (",", ":"):
            yield self._line(mark if mark in _LITERALS else _value(self._name, mark))

    def _settled(self) -> Iterator[str]:
        """Yield the string that turned out to be a value, since no colon came after it."""
        text, self._waiting = self._waiting, None
        if text is None:
            return
        within = _inside(text, self._inner)
        if within:
            yield self._line("text that holds:")
            yield from (self._line(f"  {line}", label=False) for line in within)
        else:
            yield self._line(_value(self._name, text) or _EMPTY)

    def _line(self, text: str, *, label: bool = True) -> str:
        in_list = bool(self._open) and self._open[-1].is_list
        if in_list:
            self._name = self._open[-1].name
        named = f"{_name(self._name)}: " if label and self._name and not in_list else ""
        return "  " * min(len(self._open), _DEEPEST_INDENT) + named + text


_EMPTY = '""'


def _unquoted(token: str) -> str:
    try:
        return str(json.loads(token, strict=False)).encode("utf-8", "replace").decode("utf-8")
    except ValueError:
        return token[1:-1]


def _xml_lines(text: str, inner: int) -> Iterator[str]:
    under: list[str] = []
    for token in _xml_tokens(text):
        tag = _TAG.fullmatch(token)
        indent = "  " * min(len(under), _DEEPEST_INDENT)
        if tag is not None:
            yield from _tag_line(tag, under)
        elif token.startswith("<![CDATA["):
            yield from _text_lines(token[9:].removesuffix("]]>"), under, inner, indent)
        elif token.startswith("<?xml"):
            yield f"{indent}<?xml?>"
        elif token.startswith("<"):
            yield f"{indent}{_cover(token)}"
        elif token.strip():
            yield from _text_lines(_unescaped(token.strip()), under, inner, indent)


def _xml_tokens(text: str) -> Iterator[str]:
    """Yield tags, texts and blocks; a block that never ends reaches to the end."""
    at = 0
    while at < len(text):
        ends = [end for start, end in _BLOCKS if text.startswith(start, at)]
        if ends:
            found = text.find(ends[0], at)
            to = found + len(ends[0]) if found >= 0 else len(text)
        else:
            match = _XML.match(text, at)
            to = match.end() if match else at + 1
        yield text[at:to]
        at = to


def _tag_line(tag: re.Match[str], under: list[str]) -> Iterator[str]:
    closing, name, attributes, empty = tag.groups()
    if closing and under:
        under.pop()
    indent = "  " * min(len(under), _DEEPEST_INDENT)
    told = "".join(
        f' {_name(one.rpartition(":")[2])}="{_value(one, first or second)}"'
        for one, first, second in _ATTRIBUTE.findall(attributes)
        if not one.startswith("xmlns")
    )
    yield f"{indent}<{closing}{_name(name)}{told}{empty}>"
    if not closing and not empty:
        under.append(name)


def _text_lines(text: str, under: list[str], inner: int, indent: str) -> Iterator[str]:
    within = _inside(text, inner)
    if within:
        yield f"{indent}text that holds:"
        yield from (f"{indent}  {line}" for line in within)
    else:
        yield f"{indent}{_value(under[-1] if under else '', text)}"


def _unescaped(text: str) -> str:
    for mark, plain in (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&apos;", "'")):
        text = text.replace(mark, plain)
    return text.replace("&amp;", "&")
