"""Changes to tables: rows dropped, days moved, codes swapped, a meaning given to its neighbour."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from tests.mutants.draw import Draw

ROOT = Path(__file__).parents[2]

LAW, INTAKE = "vcs/law/data", "vcs/intake/data"

_ONE_WORD = re.compile(r"(?<=[(:|])[\w ]{2,}\||\|[\w ]{2,}(?=[|)])")

Row = dict[str, str]


@dataclass(frozen=True, slots=True)
class Change:
    """One change to one file: what each line that changes becomes, None for a line dropped."""

    name: str
    path: str
    lines: dict[int, str | None]

    def text(self) -> str:
        """Return the whole file as it would be."""
        held = (ROOT / self.path).read_text(encoding="utf-8").splitlines()
        changed = [self.lines.get(n, line) for n, line in enumerate(held)]
        return "\n".join(line for line in changed if line is not None) + "\n"


class Table:
    """A table of the program, with its rows by line number."""

    def __init__(self, path: str, draw: Draw) -> None:
        self.path, self.draw = path, draw
        self._lines = (ROOT / path).read_text(encoding="utf-8").splitlines()
        self.header = next(csv.reader([self._lines[0]]))
        self.rows: dict[int, Row] = {}
        for n, line in enumerate(self._lines[1:], start=1):
            cells = next(csv.reader([line]))
            if len(cells) == len(self.header):
                self.rows[n] = dict(zip(self.header, cells, strict=True))

    def dropped(self, count: int, which: Callable[[Row], bool] = bool) -> Iterator[Change]:
        """Drop rows, one at a time."""
        for n in self._some("dropped", count, which):
            yield Change(f"{self._said(n)} is dropped", self.path, {n: None})

    def moved(self, column: str, count: int) -> Iterator[Change]:
        """Move a day by one day to either side."""
        for n in self._some(f"moved {column}", count, lambda row: bool(row[column])):
            by = int(self._one(n, column, ("-1", "1")))
            day = date.fromisoformat(self.rows[n][column]) + timedelta(days=by)
            yield self._with(n, column, str(day))

    def counted(self, column: str, count: int) -> Iterator[Change]:
        """Make a number one more or one less."""
        for n in self._some(f"counted {column}", count, lambda row: row[column].isdigit()):
            by = int(self._one(n, column, ("-1", "1")))
            yield self._with(n, column, str(int(self.rows[n][column]) + by))

    def swapped(self, column: str, count: int, among: tuple[str, ...] = ()) -> Iterator[Change]:
        """Swap what two rows say, so that every count stays."""

        def fits(row: Row) -> bool:
            return not among or row[column] in among

        for n in self._some(f"swapped {column}", count, fits):
            mine = self.rows[n][column]
            others = {
                self._lot(m): m for m, row in self.rows.items() if row[column] != mine and fits(row)
            }
            m = others[self._one(n, column, others)]
            name = f"{self._said(n)} and {self._key(m)} swap their {column}"
            lines = {n: self._line(n, column, self.rows[m][column]), m: self._line(m, column, mine)}
            yield Change(name, self.path, dict(lines))

    def as_neighbour(self, column: str, count: int) -> Iterator[Change]:
        """Give a row the meaning of the next row that has another."""
        for n in self._some(f"as neighbour {column}", count):
            mine = self.rows[n][column]
            after = [row[column] for m, row in self.rows.items() if m > n and row[column] != mine]
            if after:
                yield self._with(n, column, after[0])

    def as_another(self, column: str, count: int) -> Iterator[Change]:
        """Give a row what some other row says."""
        for n in self._some(f"as another {column}", count):
            said = {row[column] for row in self.rows.values()} - {self.rows[n][column]}
            yield self._with(n, column, self._one(n, column, said))

    def without_a_word(self, column: str, count: int) -> Iterator[Change]:
        """Take one word out of the words that a form forgives."""
        for n in self._some("word", count, lambda row: bool(_ONE_WORD.search(row[column]))):
            form = self.rows[n][column]
            words = {found[0]: found for found in _ONE_WORD.finditer(form)}
            found = words[self._one(n, column, words)]
            fewer = form[: found.start()] + form[found.end() :]
            name = f"{self._said(n)} no longer knows {found[0].strip('|')!r}"
            yield Change(name, self.path, {n: self._line(n, column, fewer)})

    def _some(self, how: str, count: int, which: Callable[[Row], bool] = bool) -> list[int]:
        fitting = [(f"{how}: {self._lot(n)}", n) for n, row in self.rows.items() if which(row)]
        return self.draw.first(fitting, count)

    def _one(self, n: int, column: str, among: Iterable[str]) -> str:
        return self.draw.one(f"{self._lot(n)}, {column}", among)

    def _lot(self, n: int) -> str:
        """Return a row in words of its own, wherever in the table it stands."""
        return f"{self.path} {' '.join(self.rows[n].values())}"

    def _with(self, n: int, column: str, value: str) -> Change:
        held = self.rows[n][column]
        name = f"{self._said(n)} says {column} {value} and not {held}"
        return Change(name, self.path, {n: self._line(n, column, value)})

    def _line(self, n: int, column: str, value: str) -> str:
        out = io.StringIO()
        csv.writer(out, lineterminator="").writerow((self.rows[n] | {column: value}).values())
        return out.getvalue()

    def _said(self, n: int) -> str:
        return f"{self.path} ({self._key(n)})"

    def _key(self, n: int) -> str:
        cells = [cell for cell in self.rows[n].values() if cell]
        return " ".join(cells[:4])[:80]


def _listed(row: Row) -> bool:
    return row["standing"] == "specified"


def changes(draw: Draw) -> Iterator[Change]:
    """Yield changes to every table that decides, as drawn."""
    yield from _of_the_law(draw)
    yield from _of_the_feeds(draw)


def _of_the_law(draw: Draw) -> Iterator[Change]:
    offences = Table(f"{LAW}/offences.csv", draw)
    yield from offences.dropped(6, _listed)
    yield from offences.dropped(3, lambda row: not _listed(row))
    yield from offences.swapped("standing", 8, ("specified", "not_specified", "conditional"))
    yield from offences.swapped("paragraph", 4)
    schedule = Table(f"{LAW}/schedule.csv", draw)
    yield from schedule.dropped(4)
    yield from schedule.moved("in_force_from", 8)
    yield from schedule.moved("in_force_until", 4)
    yield from schedule.moved("committed_from", 3)
    yield from schedule.as_another("counts_from", 2)
    yield from schedule.swapped("key", 3)
    for name, count in (("discretion", 4), ("settled_by_title", 3), ("without_victim", 3)):
        yield from Table(f"{LAW}/{name}.csv", draw).dropped(count)
    yield from Table(f"{LAW}/settled_by_title.csv", draw).as_another("listing", 3)
    yield from Table(f"{LAW}/sexual_harm_orders.csv", draw).dropped(3)
    duties = Table(f"{LAW}/duties.csv", draw)
    yield from duties.counted("count", 5)
    yield from duties.moved("applies_from", 4)
    yield from duties.as_another("owed_by", 3)
    yield from duties.dropped(3)
    holidays = Table(f"{LAW}/bank_holidays.csv", draw)
    yield from holidays.moved("day", 3)
    yield from holidays.dropped(2)


def _of_the_feeds(draw: Draw) -> Iterator[Change]:
    for name in ("cjs_results", "cp_results"):
        table = Table(f"{INTAKE}/{name}.csv", draw)
        yield from table.as_neighbour("kind", 8)
        yield from table.swapped("kind", 4)
        yield from table.dropped(3)
    forms = Table(f"{INTAKE}/free_text.csv", draw)
    yield from forms.dropped(5)
    yield from forms.without_a_word("form", 10)
    yield from forms.as_neighbour("meaning", 3)
    appeals = Table(f"{INTAKE}/appeals.csv", draw)
    yield from appeals.as_another("takes_back", 5)
    yield from appeals.dropped(3)
    changes_by_courts = Table(f"{INTAKE}/changes.csv", draw)
    yield from changes_by_courts.as_another("change", 3)
    yield from changes_by_courts.dropped(2)
    yield from Table(f"{INTAKE}/court_regions.csv", draw).swapped("region_code", 4)
    yield from Table(f"{INTAKE}/court_regions.csv", draw).dropped(2)
    courts = Table(f"{INTAKE}/courts.csv", draw)
    yield from courts.as_another("court_kind", 3)
    yield from courts.dropped(2)
