"""Days on which something is due as a calendar file (RFC 5545): references and duties, no names."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from starlette.responses import Response

MOST_DAYS = 500

_LONGEST_LINE = 75

_HEAD = (
    "BEGIN:VCALENDAR",
    "VERSION:2.0",
    "PRODID:-//Victim contact tracker//What is due//EN",
    "CALSCALE:GREGORIAN",
    "METHOD:PUBLISH",
    "X-WR-CALNAME:Victim contact: what is due",
)


@dataclass(frozen=True, slots=True)
class DueDay:
    """Something due on a whole day. ``key`` is the same each time the file is made."""

    key: str
    due_on: date
    summary: str
    address: str


def text_of(days: Iterable[DueDay], made_at: datetime) -> str:
    """Return a calendar file."""
    lines = [*_HEAD, *(line for one in days for line in _event(one, made_at)), "END:VCALENDAR"]
    return "".join(f"{part}\r\n" for line in lines for part in folded(line))


def answer(days: Iterable[DueDay], made_at: datetime) -> Response:
    """Answer with a calendar file."""
    headers = {"Content-Disposition": 'attachment; filename="due.ics"'}
    text = text_of(days, made_at)
    return Response(text, media_type="text/calendar; charset=utf-8", headers=headers)


def _event(one: DueDay, made_at: datetime) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield f"UID:{escaped(one.key)}"
    yield f"DTSTAMP:{made_at.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    yield f"DTSTART;VALUE=DATE:{one.due_on:%Y%m%d}"
    yield f"DTEND;VALUE=DATE:{one.due_on + timedelta(days=1):%Y%m%d}"
    yield f"SUMMARY:{escaped(one.summary)}"
    yield f"URL:{one.address}"
    yield "TRANSP:TRANSPARENT"
    yield "END:VEVENT"


def escaped(text: str) -> str:
    """Return text as a calendar file holds it (RFC 5545, 3.3.11)."""
    for mark in ("\\", ";", ","):
        text = text.replace(mark, f"\\{mark}")
    return "\\n".join(text.splitlines())


def folded(line: str) -> Iterator[str]:
    """Yield a line in parts of 75 bytes at most, no character cut in two (RFC 5545, 3.1)."""
    part, size = "", 0
    for character in line:
        width = len(character.encode("utf-8"))
        if size + width > _LONGEST_LINE:
            yield part
            part, size = " ", 1
        part, size = part + character, size + width
    yield part
