"""What rests on an unconfirmed source, in one list: for a lawyer to look at before anyone relies.

Gathered from the very tables that decide and count, so that nothing in doubt can be left out.
"""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import groupby

from vcs.law.book.uses import uses
from vcs.law.duties import DUTIES, in_words
from vcs.law.provisions import PROVISIONS
from vcs.law.rule_sets import RULE_SETS
from vcs.law.working_days import BankHoliday, held

_FROM_MEMORY = "from memory"
_BY_RULE = {
    "rule": "Computed by rule: older than the GOV.UK list.",
    "projected": "Projected by rule: not yet proclaimed, and no one-off day can be foreseen.",
}
_COUNTS = ("Every count of working days over it",)


@dataclass(frozen=True, slots=True)
class Doubt:
    """One thing below high confidence: what kind of thing, which, how sure, why, and its uses."""

    kind: str
    what: str
    confidence: str
    note: str
    used_in: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OpenQuestion:
    """A question for a lawyer, what the program answers meanwhile, and the provision."""

    question: str
    meanwhile: str
    provision: str


@cache
def doubts() -> tuple[Doubt, ...]:
    """Return everything that is below high confidence, kind by kind."""
    return (*_provisions(), *_duties(), *_rule_sets(), *_bank_holidays(), *_offences())


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
            yield Doubt("Provision", row.id, row.confidence, note, uses(row.id))


def _duties() -> Iterator[Doubt]:
    for row in DUTIES:
        if row.is_owed and row.confidence != "high":
            what = f"{row.title}, from {in_words(row.applies_from)}: {row.limit}"
            shown = "Deadline of a referral, with alerts" if row.tracked else "Shown here only"
            yield Doubt("Duty", what, row.confidence, f"{row.source}. {row.note}", (shown,))


def _rule_sets() -> Iterator[Doubt]:
    for row in RULE_SETS:
        if not row.confirmed:
            began = in_words(row.in_force_from) if row.in_force_from else "a day not known"
            used = (f"Sentences passed from {began}",)
            if row.in_force_from is not None and row.in_force_from.year == 1:
                used = ("Sentences passed before the scheme",)
            yield Doubt("Rule set", f"{row.id}: {row.title}", "unconfirmed", f"{row.source}.", used)


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
