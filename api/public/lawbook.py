"""The whole law as applied on a day, gathered from the very tables and docstrings that run."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from api.public import results
from api.public.law_sections import NO_ROUTE, sections_on
from vcs.law import rule_sets
from vcs.law.book.asked import routes_on
from vcs.law.book.doubts import doubts_on
from vcs.law.book.offence_list import offence_list
from vcs.law.book.sections import Section, walk
from vcs.law.deadlines.duties import in_words
from vcs.law.specified_offence import schedule

_WHAT = (
    "What this program asks of a sentence passed on this day, printed from the tables and functions"
    " that decide. With it, any decision can be made again by hand. It is no statute: where the two"
    " differ, the statute is right."
)

_WHERE = (
    "How a decision is made: 3.2. Lengths: section 4. An offence by its paragraph: section 5.",
    "A court's result code: section 6. Who owes what, by when: section 7.",
    "What a lawyer should look at first: sections 9 and 10. Not commenced: section 11.",
)


@dataclass(frozen=True, slots=True)
class Lawbook:
    """The law on one day: the first page, then the sections; ``since`` asks for the changes."""

    day: date
    since: date | None
    rules: str
    what: str
    routes: tuple[str, ...]
    numbers: tuple[str, str, str]
    where: tuple[str, ...]
    sections: tuple[Section, ...]

    @property
    def title(self) -> str:
        """Return the title, with the day."""
        return f"The law as applied to a sentence passed on {in_words(self.day)}"

    @property
    def contents(self) -> tuple[Section, ...]:
        """Return every numbered section, each before its parts."""
        return tuple(walk(self.sections))


def lawbook(day: date, since: date | None = None) -> Lawbook:
    """Gather the law on a day; raises ValueError for a day without exactly one rule set."""
    rules = rule_sets.in_force_on(day)
    return Lawbook(
        day=day,
        since=since,
        rules=f"{rules.title} ({rules.id})",
        what=_WHAT,
        routes=tuple(routes_on(day)) or (NO_ROUTE,),
        numbers=_numbers(day),
        where=_WHERE,
        sections=sections_on(day, since),
    )


def _numbers(day: date) -> tuple[str, str, str]:
    parts = offence_list(day)[: len(schedule.PARTS)]
    paragraphs = sum(len(one.paragraphs) for one in parts)
    codes = sum(one.size for one in parts)
    return (
        f"{codes:,} offence codes under {paragraphs} paragraphs of the list",
        f"{results.count():,} codes and definitions of results",
        f"{len(doubts_on(day))} things that rest on an unconfirmed source",
    )


def printed(book: Lawbook) -> Iterator[str]:
    """Write the book as lines of text: the first page, the contents, the sections."""
    yield from _first_page(book)
    yield "\nContents"
    for one in book.contents:
        yield f"{'  ' * (1 + one.number.count('.'))}{one.number} {one.title}"
    for one in book.sections:
        yield from _lines(one)


def _first_page(book: Lawbook) -> Iterator[str]:
    yield book.title
    yield book.rules
    yield f"\n{book.what}"
    yield "\nThe routes"
    yield from (f"  {one}" for one in book.routes)
    yield "\nIn numbers"
    yield from (f"  {one}" for one in book.numbers)
    yield "\nWhere to look"
    yield from (f"  {one}" for one in book.where)


def _lines(one: Section) -> Iterator[str]:
    yield f"\n{one.number} {one.title}".replace("\n ", "\n")
    yield from (f"  {line}" for line in (*one.words, *one.points))
    if one.table:
        yield from (f"  {_row(one.table.heads, row)}" for row in one.table.rows)
    for part in one.parts:
        yield from _lines(part)


def _row(heads: tuple[str, ...], row: tuple[str, ...]) -> str:
    """Write a row in one line: what it is, then each cell under its heading."""
    cells = (f"{head}: {cell}" for head, cell in zip(heads[1:], row[1:], strict=True) if cell)
    return " | ".join((row[0], *cells))
