"""Reads the worked examples: a table that a lawyer can edit, made into facts."""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from vcs.law.facts import OffenceFacts, SentenceFacts, SentencingFacts
from vcs.terms import Finding, SentenceKind, Sequence, Term

TABLE = Path(__file__).with_name("examples.csv")
_OFFENCE = re.compile(
    r"(?P<code>\w*)(?:@(?P<day>[\d-]+))?(?:!(?P<finding>[\w+]+))?:\s*(?P<rest>.*)"
)
_LENGTH = re.compile(r"(\d+) (year|month|week|day)s?")


@dataclass(frozen=True, slots=True)
class Example:
    """One row: facts, the expected outcome and route, and why."""

    provision: str
    facts: SentencingFacts
    expected: str
    route: str | None
    title: str


def examples(table: Path = TABLE) -> list[Example]:
    """Return every worked example in the table."""
    lines = [line for line in table.read_text("utf-8").splitlines() if not line.startswith("#")]
    return [_example(row) for row in csv.DictReader(lines)]


def _example(row: dict[str, str]) -> Example:
    facts = _facts(row["offences"], date.fromisoformat(row["sentenced_on"]), row["about"])
    title = f"{row['why']} ({row['offences']} on {row['sentenced_on']}) is {row['expected']}"
    return Example(row["provision"], facts, row["expected"], row["route"] or None, title)


def _facts(offences: str, sentenced_on: date, about: str) -> SentencingFacts:
    marks = about.split(";")
    values = dict(mark.split("=", 1) for mark in marks if "=" in mark)
    kind = {"crown": True, "magistrates": False}
    return SentencingFacts(
        sentenced_on=sentenced_on,
        court_code="C01CE00",
        offences=tuple(
            _offence(n, one.strip()) for n, one in enumerate(offences.split("|"), start=1)
        ),
        date_of_birth=date.fromisoformat(values["born"]) if "born" in values else None,
        youth=True if "youth" in marks else None,
        crown_court=next((kind[m] for m in marks if m in kind), None),
        total_terms=(_term(values["total"]),) if "total" in values else (),
        notification="notified" in marks,
    )


def _offence(sequence: int, words: str) -> OffenceFacts:
    found = _OFFENCE.fullmatch(words)
    assert found, words
    finding, _, notified = (found["finding"] or "convicted").partition("+")
    committed_on = date.fromisoformat(found["day"]) if found["day"] else None
    imposed = [one.strip() for one in found["rest"].split(",") if one.strip()]
    return OffenceFacts(
        sequence,
        found["code"] or None,
        finding=Finding[finding.upper()],
        committed_from=committed_on,
        committed_until=committed_on,
        notification=bool(notified),
        sentences=tuple(_sentence(one) for one in imposed),
    )


def _sentence(words: str) -> SentenceFacts:
    kind, _, rest = words.partition(" ")
    terms = tuple(_term(one) for one in rest.split("/") if _LENGTH.search(one))
    runs = next((s for s in (Sequence.CONCURRENT, Sequence.CONSECUTIVE) if s in rest), None)
    named = SentenceKind[kind.upper().replace("-", "_")]
    return SentenceFacts(named, kind, terms=terms, sequence=runs or Sequence.NOT_STATED)


def _term(words: str) -> Term:
    return Term(**{f"{unit}s": int(number) for number, unit in _LENGTH.findall(words)})
