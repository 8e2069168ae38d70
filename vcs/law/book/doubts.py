"""What rests on an unconfirmed source, in one list: for a lawyer to look at before anyone relies.

Gathered from the very tables that decide and count, so that nothing in doubt can be left out.
"""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from itertools import groupby

from vcs.law.book.uses import uses
from vcs.law.deadlines.duties import DUTIES, in_words
from vcs.law.deadlines.working_days import BankHoliday, held
from vcs.law.provisions import PROVISIONS, Provision, in_force
from vcs.law.rule_sets import RULE_SETS
from vcs.law.specified_offence import families
from vcs.law.specified_offence.schedule import PARAGRAPHS

_FROM_MEMORY = "from memory"
_BY_RULE = {
    "rule": "Computed by rule: older than the GOV.UK list.",
    "projected": "Projected by rule: not yet proclaimed, and no one-off day can be foreseen.",
}
_COUNTS = ("Every count of working days over it",)


@dataclass(frozen=True, slots=True)
class Doubt:
    """One thing below high confidence: what kind of thing, which, how sure, why, and its uses.

    ``first`` and ``last`` are the days between which it counts.
    """

    kind: str
    what: str
    confidence: str
    note: str
    used_in: tuple[str, ...]
    first: date = date.min
    last: date = date.max


@dataclass(frozen=True, slots=True)
class OpenQuestion:
    """A question for a lawyer, what the program answers meanwhile, and the provision."""

    question: str
    meanwhile: str
    provision: str


@cache
def doubts() -> tuple[Doubt, ...]:
    """Return everything that is below high confidence, kind by kind."""
    return (
        *_provisions(),
        *_duties(),
        *_rule_sets(),
        *_bank_holidays(),
        *_paragraphs(),
        *_by_sentence(),
        *_offences(),
    )


def doubts_on(day: date) -> tuple[Doubt, ...]:
    """Return what is unsure of the law of a day, and nothing that was not in force on it."""
    return tuple(one for one in doubts() if one.first <= day <= one.last)


def not_commenced(day: date | None = None) -> tuple[Provision, ...]:
    """Return what is in force on no day yet; for a day, what had been passed by then."""
    waiting = (row for row in PROVISIONS.values() if row.in_force_from is None)
    return tuple(row for row in waiting if (row.passed_on or date.min) <= (day or date.max))


def open_questions_on(day: date) -> tuple[OpenQuestion, ...]:
    """Return the questions about what was in force on a day, or passed and not commenced."""
    waiting = {row.id for row in not_commenced(day)}
    return tuple(
        row
        for row in open_questions()
        if row.provision in waiting or in_force(PROVISIONS[row.provision], day)
    )


@cache
def open_questions() -> tuple[OpenQuestion, ...]:
    """Return the questions that nobody has answered yet. Raises ValueError for a bad table."""
    rows = tuple(
        OpenQuestion(row["question"], row["answered_meanwhile"], row["where"])
        for row in _table("open_questions.csv")
    )
    unknown = [row.provision for row in rows if row.provision not in PROVISIONS]
    if unknown:
        raise ValueError(f"open_questions.csv: not in the table of provisions: {unknown}")
    return rows


def _provisions() -> Iterator[Doubt]:
    for row in PROVISIONS.values():
        if row.confidence != "high":
            note = row.note or f"The reading rests on practice or inference: {row.words}"
            days = (row.in_force_from or date.max, row.in_force_until or date.max)
            used = (*uses(row.id), *_asked_about(row.id))
            yield Doubt("Provision", row.id, row.confidence, note, used, *days)


def _asked_about(provision: str) -> Iterator[str]:
    """Yield the open questions that are about a provision."""
    for row in open_questions():
        if row.provision == provision:
            yield f"Open question: {row.question}"


def _duties() -> Iterator[Doubt]:
    for row in DUTIES:
        if row.is_owed and row.confidence != "high":
            what = f"{row.title}, from {in_words(row.applies_from)}: {row.limit}"
            shown = "Deadline of a referral, with alerts" if row.tracked else "Shown here only"
            days = (row.applies_from, row.applies_until)
            note = f"{row.source}. {row.note}"
            yield Doubt("Duty", what, row.confidence, note, (shown,), *days)


def _rule_sets() -> Iterator[Doubt]:
    for row in RULE_SETS:
        if not row.confirmed:
            began = in_words(row.in_force_from) if row.in_force_from else "a day not known"
            used = (f"Sentences passed from {began}",)
            if row.in_force_from is not None and row.in_force_from.year == 1:
                used = ("Sentences passed before the scheme",)
            what, days = (
                f"{row.id}: {row.title}",
                (row.in_force_from or date.max, row.in_force_until),
            )
            note = f"{row.source}."
            yield Doubt("Rule set", what, "unconfirmed", note, used, days[0], days[1] or date.max)


def _bank_holidays() -> Iterator[Doubt]:
    for status, note in _BY_RULE.items():
        for first, last in _runs([row for row in held() if row.status == status]):
            what = f"Bank holidays from {first} to {last}"
            yield Doubt("Bank holidays", what, "medium", note, _COUNTS)
    for row in held():
        if _FROM_MEMORY in row.source:
            what = f"{in_words(row.day)}: {row.title}"
            yield Doubt("Bank holiday", what, "medium", f"{row.source}.", _COUNTS)


def _runs(rows: list[BankHoliday]) -> Iterator[tuple[int, int]]:
    years = sorted({row.day.year for row in rows})
    for _, run in groupby(enumerate(years), lambda pair: pair[1] - pair[0]):
        found = [year for _, year in run]
        yield found[0], found[-1]


def _paragraphs() -> Iterator[Doubt]:
    used = ("Condition: is it a specified offence?",)
    for row in PARAGRAPHS:
        if not row.confirmed:
            what = f"{row.schedule}, paragraph {row.number}: {row.provision}"
            first = date.min if row.read_back else row.first
            days = (first, row.last or date.max)
            yield Doubt("Paragraph", what, row.confidence, row.note, used, *days)


def _by_sentence() -> Iterator[Doubt]:
    used = ("Condition: is it a specified offence?",)
    for row in families.BY_THE_SENTENCE.values():
        if not row.confirmed:
            what = f"{row.code}: {row.in_words}"
            yield Doubt("Notification by sentence", what, row.confidence, row.note, used, row.first)


def _offences() -> Iterator[Doubt]:
    sources = {row["source_id"]: row for row in _table("sources.csv")}
    counted = Counter(
        (row["source"], row["confidence"])
        for row in _table("offences.csv")
        if row["confidence"] != "high"
    )
    for (source, confidence), count in sorted(counted.items()):
        row = sources[source]
        codes = "1 offence code rests" if count == 1 else f"{count:,} offence codes rest"
        note = f"{codes} on it at this confidence. As at {row['as_at']}."
        used = ("Condition: is it a specified offence?",)
        yield Doubt("Offence table", row["citation"], confidence, note, used)


def _table(name: str) -> Iterator[dict[str, str]]:
    text = (files("vcs.law") / "data" / name).read_text(encoding="utf-8")
    yield from csv.DictReader(text.splitlines())
