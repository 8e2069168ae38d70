"""The Schedule, paragraph by paragraph: what was on it, on which day.

The table is ``data/schedule.csv``. A paragraph has a row for each Schedule that held it: Schedule
15 to the Act of 2003, and since 1 December 2020 Schedule 18 to the Sentencing Code. ``key`` is
what the offence table calls it.
"""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from importlib.resources import files
from types import MappingProxyType

MURDER = "murder"

PARTS = {
    MURDER: "Murder",
    "1": "Part 1 (violent)",
    "2": "Part 2 (sexual)",
    "3": "Part 3 (terrorism)",
}

DURING: Mapping[str, tuple[date, date | None]] = MappingProxyType(
    {
        "Schedule 15": (date(2005, 4, 4), date(2020, 11, 30)),
        "Schedule 18": (date(2020, 12, 1), None),
    }
)

"""The first and the last day of conviction of each Schedule as a whole."""

_NUMBER = re.compile(r"(\d+)([A-Z]*)(?:\((\w+)\))?")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph of one Schedule, and the days between which it counts.

    ``by_sentence`` says that ``first`` is the first day of sentence, and not of conviction.
    ``read_back`` says that it is applied to earlier days too: the list before it was not seen.
    ``no_codes`` says why no offence code stands under it; empty where some do.
    """

    schedule: str
    part: str
    number: str
    key: str
    provision: str
    words: str
    first: date
    by_sentence: bool
    read_back: bool
    last: date | None
    committed_from: date | None
    no_codes: str
    source: str
    confidence: str
    note: str

    def covers(self, convicted_on: date, sentenced_on: date) -> bool:
        """Say whether an offence under it was specified. The last day is always of conviction."""
        begun = self.read_back or (sentenced_on if self.by_sentence else convicted_on) >= self.first
        return begun and (self.last is None or convicted_on <= self.last)

    @property
    def order(self) -> tuple[int, str, int, str]:
        """Return what sorts it as the Schedule prints it: (z) before (aa), and (axa) after (ax)."""
        found = _NUMBER.fullmatch(self.number)
        if found is None:
            return 1000, "", 0, self.number
        digits, letters, inner = found.groups("")
        return int(digits), letters, min(len(inner), 2), inner

    @property
    def confirmed(self) -> bool:
        """Say whether its text and its days were seen."""
        return self.confidence == "high"


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def paragraph_of(raw: Mapping[str, str]) -> Paragraph:
    """Build a paragraph. Raises ValueError, naming it, for a row that cannot be read."""
    try:
        counted = {"conviction": False, "sentence": True}[raw["counts_from"]]
        read_back = {"not listed": False, "read back": True}[raw["before"]]
        return Paragraph(
            schedule=raw["schedule"],
            part=raw["part"],
            number=raw["paragraph"],
            key=raw["key"],
            provision=raw["provision"],
            words=raw["words"],
            first=date.fromisoformat(raw["in_force_from"]),
            by_sentence=counted,
            read_back=read_back,
            last=_day(raw["in_force_until"]),
            committed_from=_day(raw["committed_from"]),
            no_codes=raw["no_codes"],
            source=raw["source"],
            confidence=raw["confidence"],
            note=raw["note"],
        )
    except (KeyError, ValueError) as problem:
        row = f"schedule.csv: {raw['schedule']} paragraph {raw['paragraph']}"
        raise ValueError(f"{row} cannot be read: {problem}") from None


def _read() -> tuple[Paragraph, ...]:
    text = (files("vcs.law") / "data" / "schedule.csv").read_text(encoding="utf-8")
    return tuple(paragraph_of(raw) for raw in csv.DictReader(text.splitlines()))


PARAGRAPHS = _read()


def _by_key() -> Mapping[str, tuple[Paragraph, ...]]:
    found: defaultdict[str, list[Paragraph]] = defaultdict(list)
    for row in PARAGRAPHS:
        found[row.key].append(row)
    return MappingProxyType({key: tuple(rows) for key, rows in found.items()})


_BY_KEY = _by_key()


def all_keys() -> tuple[str, ...]:
    """Return what the offence table may call a paragraph, in the order of the Schedule."""
    return tuple(_BY_KEY)


def rows_of(keys: str) -> tuple[Paragraph, ...]:
    """Return every row of a paragraph; keys parted by strokes are paragraphs that it may be."""
    return tuple(row for key in keys.split("/") for row in _BY_KEY.get(key, ()))


def covering(keys: str, convicted_on: date, sentenced_on: date) -> Paragraph | None:
    """Return the row under which an offence was specified, or None where it was not on a list."""
    found = (row for row in rows_of(keys) if row.covers(convicted_on, sentenced_on))
    return next(found, None)


def on(day: date) -> tuple[Paragraph, ...]:
    """Return what was on the list for a conviction and a sentence of one day, in its order."""
    return tuple(row for row in PARAGRAPHS if row.covers(day, day))


def when(keys: str) -> str:
    """Say in words when a paragraph is or was on the list, for whoever asks of another day."""
    rows = rows_of(keys)
    first = min(rows, key=lambda row: row.first)
    counted = "sentences passed" if first.by_sentence else "convictions"
    begun = f"{first.provision} is on the list for {counted} from {first.first}"
    lasts = [row.last for row in rows]
    return begun if None in lasts else f"{begun} until {max(last for last in lasts if last)}"
