"""The fields of an object or a row, by whichever name the source gives them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, time
from typing import Any, Final

from vcs.clock import LONDON
from vcs.custody.sources.told import NotAFact, Who
from vcs.events.moments import london_moment
from vcs.intake import person_numbers
from vcs.intake.person_numbers import Number
from vcs.lists.reading.days import NoDay, Order, day_of

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

_EARLIEST: Final = date(1990, 1, 1)


class Cells(Mapping[str, Any]):
    """The fields of one object, flattened, by their plain names."""

    def __init__(self, raw: Mapping[str, Any], order: Order = Order.DAY_FIRST) -> None:
        """Flatten what the usual parts of an event hold; ``order`` is of days in lists."""
        self._cells: dict[str, Any] = dict(_flat(raw))
        self.order = order

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
        """Return the first of some fields that has a text."""
        for name in names:
            value = self._cells.get(name)
            is_text = isinstance(value, (str, int)) and not isinstance(value, bool)
            if is_text and (found := str(value).strip()):
                return found
        return ""

    def day(self, *names: str) -> date | None:
        """Return a day. Raises NotAFact for a text that is none."""
        written = self.text(*names)
        try:
            return day_of(written, self.order)
        except NoDay:
            raise NotAFact(f"The field {names[0]} holds no date of the calendar") from None

    def moment(self, *names: str) -> datetime | None:
        """Return a moment in UTC; one without a zone is London's. None where there is no hour."""
        written = _ZONE_NAME.sub("", self.text(*names))
        if not re.match(r"\d{4}-\d{2}-\d{2}[T ]\d", written):
            return None
        try:
            read = datetime.fromisoformat(written.replace("Z", "+00:00"))
        except ValueError:
            raise NotAFact(f"The field {names[0]} holds no moment") from None
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
        if at is None and (clock := self._clock(*times)):
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
            raise NotAFact(f"The field {names[0]} holds no time of day") from None

    def who(self) -> Who:
        """Return whom it is about."""
        return Who(
            dict(self._numbers()),
            self.text(*_SURNAME),
            self.text(*_FORENAME),
            self.day(*_BORN),
            self.day(*_SENTENCED),
        )

    def _numbers(self) -> Iterator[tuple[Number, str]]:
        for kind, names in _NUMBERS.items():
            written = [self.text(name) for name in names]
            written += [
                str(one.get("value") or "")
                for one in self._identifiers()
                if one.get("type") == str(kind)
            ]
            found = [number for text in written if (number := person_numbers.read(kind, text))]
            if kind is Number.NOMS and len(set(found)) > 1:
                raise NotAFact("It names two people by their prison numbers")
            if found:
                yield kind, found[0]

    def _identifiers(self) -> list[Mapping[str, Any]]:
        held = self._cells.get("identifiers")
        if not isinstance(held, list):
            return []
        return [one for one in held if isinstance(one, dict)]


def cells_of(one: Mapping[str, Any]) -> Cells:
    """Return the fields of an object, or those that a list's row has already."""
    return one if isinstance(one, Cells) else Cells(one)


def _flat(raw: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    for part in _WITHIN:
        if isinstance(raw.get(part), dict):
            yield from ((f"{_plain(part)}{name}", value) for name, value in _flat(raw[part]))
            yield from _flat(raw[part])
    for name, value in raw.items():
        yield _plain(str(name)), value


def _plain(name: str) -> str:
    return re.sub(r"[^a-z0-9]", "", name.lower())
