"""Every letter with few facts, many, and very long ones, and what is wrong with one that is made.

The suite makes a sample of them (``test_samples.py``), ``make letters-proof`` all.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pikepdf
from outloud import check

from letters.catalogue import compose
from letters.making.contents import Contents
from letters.making.given import Facts
from letters.sample_facts import sets_for
from letters.samples import RELATIONS, every_sample, formats_of
from tests.letters.long_facts import bare_set_for, long_sets_for
from vcs.post.catalogue import CATALOGUE
from vcs.terms import LetterFormat, LetterLanguage, VictimRelation

LARGE_PRINT_POINTS = 18
IN_THE_WINDOW = {10.5, 12, 14, 16}
"""The sizes an address may have in large print: as large as the envelope's window allows."""

_POINTS = 0.75  # the layout engine draws in CSS pixels
_TOLERANCE = 0.01


@dataclass(frozen=True, slots=True)
class Case:
    """One letter to make. ``name`` says which facts it has."""

    kind: str
    language: LetterLanguage
    form: LetterFormat
    name: str
    facts: Facts

    @property
    def file(self) -> str:
        return f"{self.kind}.{self.language}.{self.form}.{self.name}.pdf"

    def contents(self) -> Contents:
        return compose(self.kind, self.language, self.facts, self.form)


def every_case() -> Iterator[Case]:
    """Give every letter in every language and printed format, and to every relation."""
    for row in CATALOGUE:
        named = _named_facts(row.kind)
        for language in LetterLanguage:
            for form in formats_of(row):
                if form is not LetterFormat.TEXT:
                    for name, facts in named.items():
                        yield Case(row.kind, language, form, name, facts)
    yield from _to_other_relations()


def _named_facts(kind: str) -> dict[str, Facts]:
    short: dict[str, Facts] = {
        f"short-{n}": {"standing": VictimRelation.VICTIM, **facts}
        for n, facts in enumerate(sets_for(kind))
    }
    long: dict[str, Facts] = {
        f"long-{n}": {**facts, "standing": VictimRelation.NEXT_OF_KIN}
        for n, facts in enumerate(long_sets_for(kind))
    }
    return short | long | {"bare": {"standing": VictimRelation.VICTIM, **bare_set_for(kind)}}


def _to_other_relations() -> Iterator[Case]:
    for one in every_sample():
        if one.to in RELATIONS and one.to != "victim":
            name = f"to-{one.to.replace(' ', '-')}"
            yield Case(one.kind, one.language, one.format, name, one.facts())


def findings(made: Path) -> list[str]:
    """Return what every rule of PDF/UA-1 finds in a finished file."""
    result = check(str(made))
    found = [f"{one.rule}: {one.message}" for one in result.findings]
    found += [f"{one.rule} broke" for one in result.runs if one.status == "crashed"]
    if result.verdict != "pass":
        found.append(f"the verdict is {result.verdict}")
    return found


def faults(case: Case, made: Path) -> list[str]:
    """Return what is wrong with a finished letter: nothing, where it is right."""
    found = findings(made)
    with pikepdf.open(made) as pdf:
        found += _of_language(case, pdf)
        if case.form is LetterFormat.LARGE_PRINT:
            found += _of_size(pdf)
    return found


def _of_language(case: Case, pdf: pikepdf.Pdf) -> Iterator[str]:
    said = str(pdf.Root["/Lang"])
    if said != case.language.parts[0]:
        yield f"its language is {said}"


def _of_size(pdf: pikepdf.Pdf) -> Iterator[str]:
    first, *later = (_sizes(page) for page in pdf.pages)
    smaller = {size for sizes in later for size in sizes if size < LARGE_PRINT_POINTS - _TOLERANCE}
    smaller |= {
        size
        for size in first
        if size < LARGE_PRINT_POINTS - _TOLERANCE and round(size, 1) not in IN_THE_WINDOW
    }
    yield from (f"something is {size:g} point" for size in sorted(smaller))


def _sizes(page: pikepdf.Page) -> set[float]:
    orders = pikepdf.parse_content_stream(page, "Tf")
    return {float(str(one.operands[1])) * _POINTS for one in orders if one.operands}
