"""The fields of an object or a row, by whichever name the source gives them."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, time
from typing import Any, Final

from vcs.clock import LONDON
from vcs.custody.sources.told import NotAFact, Who
from vcs.events.moments import is_twice, london_moment
from vcs.intake import person_numbers
from vcs.intake.person_numbers import Number
from vcs.lists.reading.days import NoDay, Order, day_of, is_ambiguous

_WITHIN: Final = (
    "additionalInformation",
    "personReference",
    "unlawfullyAtLarge",
    "recallType",
    "MessageAttributes",
)

_NUMBERS: Final[Mapping[Number, tuple[str, ...]]] = {
    Number.NOMS: (
        "nomsnumber",
        "nomsid",
        "noms",
        "prisonernumber",
        "prisonnumber",
        "prisonerid",
        "offenderno",
        "offendernumber",
        "offenderidentifier",
        "person",
        "nomisid",
        *("nomsno", "nomisno", "nomisnumber", "prisonno", "prisonerno", "nomsnr"),
    ),
    Number.PNC: ("pncnumber", "pncid", "pnc"),
    Number.CRO: ("cronumber", "cro"),
    Number.CRN: ("crn", "caserefno", "casereferencenumber"),
}

_SURNAME: Final = ("lastname", "surname", "familyname")

_FORENAME: Final = ("firstname", "forename", "forenames", "firstnames", "givenname")

_BORN: Final = ("dateofbirth", "dateofbirthdate", "dob", "birthdate")

_SENTENCED: Final = ("sentencestartdate", "sentencedate", "disposaldate", "sentencedon")

_ZONE_NAME: Final = re.compile(r"\[[\w/+-]+\]$")

_WITH_AN_HOUR: Final = re.compile(r"\d{4}-\d{2}-\d{2}[T ]\d")

_DAY: Final = len("2026-11-03")

_NO_LETTER: Final = re.compile(r"[\x00-\x1f\x7f\ud800-\udfff]+")
"""What no database keeps, and half a letter: a number or a date beside it is read all the same."""

_DEEPEST: Final = 4

_EARLIEST: Final = date(1990, 1, 1)


class Cells(Mapping[str, Any]):
    """The fields of one object, flattened, by their plain names."""

    def __init__(
        self, raw: Mapping[str, Any], order: Order | None = None, refused: str = ""
    ) -> None:
        """Flatten what the usual parts of an event hold.

        ``order`` is of days in lists, None where nothing proves it. ``refused`` says why a row of a
        list cannot be read as it stands.
        """
        self._cells: dict[str, Any] = dict(_flat(raw, _DEEPEST))
        self.order, self.refused = order, refused

    def __getitem__(self, name: str) -> Any:
        """Return a field by its plain name."""
        return self._cells[name]

    def __iter__(self) -> Iterator[str]:
        """Give the plain names."""
        return iter(self._cells)

    def __len__(self) -> int:
        """Return how many fields there are."""
        return len(self._cells)

    def text(self, *names: str) -> str:
        """Return the first of some fields that has a text, without what is no letter."""
        for name in names:
            value = self._cells.get(name)
            is_text = isinstance(value, (str, int)) and not isinstance(value, bool)
            if is_text and (found := _NO_LETTER.sub(" ", str(value)).strip()):
                return found
        return ""

    def day(self, *names: str) -> date | None:
        """Return a day. Raises NotAFact for a text that is none, or that may be two."""
        written = self.text(*names)
        if self.order is None and is_ambiguous(written):
            raise NotAFact(
                f"Whether the day or the month comes first in the field {names[0]} is not certain. "
                "Write days like 2026-11-03"
            )
        for text in (written, written[:_DAY] if _WITH_AN_HOUR.match(written) else written):
            try:
                return day_of(text, self.order)
            except NoDay:
                continue  # an hour that is none takes nothing from the day before it
        raise NotAFact(f"The field {names[0]} holds no date of the calendar")

    def day_if_any(self, *names: str) -> date | None:
        """Return a day that nothing hangs on: one that cannot be read is missing."""
        try:
            return self.day(*names)
        except NotAFact:
            return None

    def moment(self, *names: str) -> datetime | None:
        """Return a moment in UTC; one without a zone is London's.

        None without an hour, and for one that London's clocks show twice.
        """
        written = _ZONE_NAME.sub("", self.text(*names))
        if not _WITH_AN_HOUR.match(written):
            return None
        try:
            read = datetime.fromisoformat(written.replace("Z", "+00:00"))
        except ValueError:
            return None
        if read.tzinfo is None and is_twice(read.date(), read.time()):
            return None
        there = read if read.tzinfo else read.replace(tzinfo=LONDON)
        return there.astimezone(UTC)

    def when(
        self, moments: tuple[str, ...], days: tuple[str, ...], times: tuple[str, ...] = ()
    ) -> tuple[date, datetime | None]:
        """Return the London day, and the moment where the hour is known.

        Raises NotAFact where there is no day, or one that no system can mean.
        """
        at = self.moment(*moments, *days)
        day = at.astimezone(LONDON).date() if at else self.day(*days, *moments)
        if day is None:
            raise NotAFact("There is no day on which it happened")
        if day < _EARLIEST:
            raise NotAFact("The day is before 1990")
        if at is None and (clock := self._clock(*times)) and not is_twice(day, clock):
            at = london_moment(day, clock)
        return day, at

    def _clock(self, *names: str) -> time | None:
        written = self.text(*names)
        found = re.fullmatch(r"(\d{1,2}):(\d{2})(?::\d{2}(?:\.\d+)?)?", written)
        if found is None:
            return None
        try:
            return time(int(found[1]), int(found[2]))
        except ValueError:
            return None

    def documents(self, kind: str) -> tuple[str, ...]:
        """Return the ids of the report or adjustment (``kind``) that something stands in."""
        names = ("id",) if kind == "adjustment" else ("reportreference", "id", "incidentreportid")
        written = dict.fromkeys(self.text(name) for name in names)
        return tuple(f"{kind}:{one}" for one in written if one)

    def digest(self) -> str:
        """Return what tells a row that cannot be read from another one of the same person."""
        fields = sorted((name, repr(value)) for name, value in self._cells.items())
        return hashlib.sha256(ascii(fields).encode()).hexdigest()

    def who(self) -> Who:
        """Return whom it is about. Raises NotAFact where it names two."""
        first, *others = self.everybody()
        if others:
            raise NotAFact("It names two people by their prison numbers")
        return first

    def everybody(self) -> tuple[Who, ...]:
        """Return each person whom it names by a prison number; one where it names none."""
        told = {kind: found for kind in _NUMBERS if (found := self._numbers(kind))}
        if len(several := told.get(Number.NOMS, ())) > 1:
            # Which of the other numbers, names and days is whose cannot be told.
            return tuple(Who({Number.NOMS: number}) for number in several)
        one = Who(
            {kind: found[0] for kind, found in told.items()},
            self.text(*_SURNAME),
            self.text(*_FORENAME),
            self.day_if_any(*_BORN),
            self.day_if_any(*_SENTENCED),
        )
        return (one,)

    def _numbers(self, kind: Number) -> tuple[str, ...]:
        written = [self.text(name) for name in _NUMBERS[kind]]
        written += [
            str(one.get("value") or "")
            for one in self._identifiers()
            if one.get("type") == str(kind)
        ]
        found = (number for text in written if (number := person_numbers.read(kind, text)))
        return tuple(dict.fromkeys(found))

    def _identifiers(self) -> list[Mapping[str, Any]]:
        held = self._cells.get("identifiers")
        if not isinstance(held, list):
            return []
        return [one for one in held if isinstance(one, dict)]


def cells_of(one: Mapping[str, Any]) -> Cells:
    """Return the fields of an object, or those that a list's row has already."""
    return one if isinstance(one, Cells) else Cells(one)


DATES: Final = frozenset({*_BORN, *_SENTENCED})
"""Fields of days that an event has beside its own."""

WHOSE: Final = frozenset(
    {name for names in _NUMBERS.values() for name in names} | {*_SURNAME, *_FORENAME, *DATES}
)
"""Fields that say whom something is about."""


def _flat(raw: Mapping[str, Any], depth: int) -> Iterator[tuple[str, Any]]:
    for part in _WITHIN:
        if depth and isinstance(raw.get(part), dict):
            within = list(_flat(raw[part], depth - 1))
            yield from ((f"{plain(part)}{name}", value) for name, value in within)
            yield from within
    for name, value in raw.items():
        yield plain(str(name)), value


def plain(name: str) -> str:
    """Return a field's name without case, spaces and signs."""
    return re.sub(r"[^a-z0-9]", "", name.lower())
