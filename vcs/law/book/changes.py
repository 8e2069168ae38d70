"""What changed in the law between two days, in words: what came in, what went out, what it is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

from vcs.law.deadlines.duties import DUTIES, Duty, in_words
from vcs.law.provisions import PROVISIONS
from vcs.law.rule_sets import DATED, QUESTIONS, RULE_SETS, answer_on
from vcs.law.specified_offence import schedule
from vcs.law.specified_offence.schedule import Paragraph

_A_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Span:
    """The first day asked about and the last: a change is later than the one, up to the other."""

    since: date
    until: date

    def began(self, day: date | None) -> bool:
        """Say whether what began on a day began between the two."""
        return day is not None and self.since < day <= self.until

    def ended(self, last: date | None) -> bool:
        """Say whether what held for the last time on a day ended between the two."""
        return last is not None and last < date.max and self.began(last + _A_DAY)


@dataclass(frozen=True, slots=True)
class Change:
    """One change: the day from which it holds, what it is in words, and the provision."""

    day: date
    words: str
    provision: str


def changes(span: Span) -> dict[str, tuple[Change, ...]]:
    """Return the changes by what they are changes of, each in order of day."""
    found = {
        "Rule sets and answers": (*_rule_sets(span), *_answers(span)),
        "Provisions": _provisions(span),
        "Duties": _duties(span),
        "Paragraphs of the Schedule": _paragraphs(span),
    }
    return {name: tuple(sorted(rows, key=_order)) for name, rows in found.items()}


def _order(one: Change) -> date:
    return one.day


def _rule_sets(span: Span) -> Iterator[Change]:
    for row in RULE_SETS:
        if row.in_force_from and span.began(row.in_force_from):
            yield Change(row.in_force_from, f"The rule set is now: {row.title}.", row.source)


def _answers(span: Span) -> Iterator[Change]:
    for question in QUESTIONS:
        for row in (one for one in DATED if one.question == question):
            if span.began(row.first):
                before = answer_on(question, row.first - _A_DAY).answer
                words = f"{question} It was: {before}. It is: {row.answer}."
                yield Change(row.first, words, row.provision)


def _provisions(span: Span) -> Iterator[Change]:
    for row in PROVISIONS.values():
        if row.in_force_from and span.began(row.in_force_from):
            yield Change(row.in_force_from, f"In: {row.words}", row.id)
        if row.in_force_until and span.ended(row.in_force_until):
            yield Change(row.in_force_until + _A_DAY, f"Out: {row.words}", row.id)
        if row.in_force_from is None and span.began(row.passed_on):
            words = f"Passed, and not commenced: {row.words}"
            yield Change(row.passed_on or span.until, words, row.id)


def _duties(span: Span) -> Iterator[Change]:
    for row in DUTIES:
        if span.began(row.applies_from):
            before = _before(row)
            was = f"It was: {_owed(before)}." if before else "It is new."
            under = f" ({row.outcome.replace('_', ' ')})" if row.outcome else ""
            words = f"{row.title}{under}. {was} It is: {_owed(row)}."
            yield Change(row.applies_from, words, row.provision)


def _owed(row: Duty) -> str:
    return f"{row.limit}, owed by {row.owed_by}" if row.is_owed else row.limit


def _before(row: Duty) -> Duty | None:
    same = (one for one in DUTIES if (one.duty, one.outcome) == (row.duty, row.outcome))
    return next((one for one in same if one.applies(row.applies_from - _A_DAY)), None)


def _paragraphs(span: Span) -> Iterator[Change]:
    """Yield what came on the list and what left it; what only got another number is one line."""
    for rows in _by_key():
        yield from _of_a_paragraph(rows, span)
    yield from _carried(span)


def _by_key() -> Iterator[tuple[Paragraph, ...]]:
    held = sorted(schedule.PARAGRAPHS, key=lambda row: (row.key, row.first))
    for _, rows in groupby(held, key=lambda row: row.key):
        yield tuple(rows)


def _of_a_paragraph(rows: tuple[Paragraph, ...], span: Span) -> Iterator[Change]:
    for row in rows:
        if not row.read_back and span.began(row.first) and not _follows(row, rows):
            yield Change(row.first, f"In, {_counted(row)}: {_named(row)}", _where(row))
        if row.last and span.ended(row.last) and not _goes_on(row, rows):
            gone = f"Out, for convictions after {in_words(row.last)}: {_named(row)}"
            yield Change(row.last + _A_DAY, gone, _where(row))


def _follows(row: Paragraph, rows: Iterable[Paragraph]) -> bool:
    return any(one.last and one.last + _A_DAY == row.first for one in rows)


def _goes_on(row: Paragraph, rows: Iterable[Paragraph]) -> bool:
    return any(row.last and row.last + _A_DAY == one.first for one in rows)


def _carried(span: Span) -> Iterator[Change]:
    """Yield one line for all paragraphs that went from one Schedule to the other."""
    moved = [row for rows in _by_key() for row in rows if _follows(row, rows)]
    for day in sorted({row.first for row in moved if span.began(row.first)}):
        count = sum(row.first == day for row in moved)
        words = f"Carried over into the new list with the same offence: {count} paragraphs."
        yield Change(day, words, "Sentencing Code Sch.18")


def _counted(row: Paragraph) -> str:
    counted = "sentences passed" if row.by_sentence else "convictions"
    began = f"for {counted} from {in_words(row.first)}"
    if row.committed_from:
        return f"{began} and offences committed from {in_words(row.committed_from)}"
    return began


def _named(row: Paragraph) -> str:
    unsure = "" if row.confirmed else f" Unconfirmed ({row.confidence}): {row.note}"
    return f"{row.provision}: {row.words}.{unsure}"


def _where(row: Paragraph) -> str:
    where = f"{row.schedule}, {schedule.PARTS[row.part]}, paragraph {row.number}"
    return where if row.part != schedule.MURDER else row.schedule
