"""One fact as a source tells it, before anything is compared."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from vcs.intake.person_numbers import Number


@dataclass(frozen=True, slots=True)
class Who:
    """Whom a fact is about. Numbers are in their one form; what is missing is empty or None."""

    numbers: Mapping[Number, str] = field(default_factory=dict)
    surname: str = ""
    forename: str = ""
    born_on: date | None = None
    sentenced_on: date | None = None


@dataclass(frozen=True, slots=True)
class Told:
    """One fact. ``problem`` says why it could not be read.

    ``confirmed`` marks what its source publishes only once it was not undone. ``months_ahead`` has
    the first day of the month of a planned release. ``merged_from`` is a number that is no more.
    ``occurrence`` counts what one message tells again of one day without an hour: a second release
    of a day is another one. ``raw`` tells rows apart of which no day could be read. ``documents``
    are the ids of the report or the adjustment that it stands in: those are changed and deleted.
    """

    row: int
    code: str = ""
    reading: str = ""
    who: Who = field(default_factory=Who)
    happened_on: date | None = None
    happened_at: datetime | None = None
    confirmed: bool = False
    only_month: bool = False
    merged_from: str = ""
    words: str = ""
    problem: str = ""
    occurrence: int = 1
    raw: str = ""
    documents: tuple[str, ...] = ()

    @property
    def identity(self) -> str:
        """Return what makes the same fact, sent again in another message, the same."""
        who = self.who
        parts = [
            self.code,
            self.reading,
            {str(kind): number for kind, number in sorted(who.numbers.items())},
            [who.surname.casefold(), who.forename.casefold(), str(who.born_on)],
            str(self.happened_on),
            str(self.happened_at),
            self.merged_from,
            self.problem,
            *([self.occurrence] if self.occurrence > 1 else ()),
            *([self.raw] if self.raw else ()),
        ]
        return hashlib.sha256(json.dumps(parts).encode()).hexdigest()


class NotAFact(ValueError):
    """What was sent says nothing that can be read as a fact; the message says why."""
