"""Every letter in each language and format with made-up facts, to look at and to test with."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from letters.catalogue import TEMPLATES, compose, template_of
from letters.making.given import Facts
from letters.render import RenderedLetter, Renderer
from letters.sample_facts import MADE_UP as MADE_UP
from letters.sample_facts import SENTENCES, sets_for
from vcs.errors import NotFound
from vcs.post.catalogue import CATALOGUE, Addressee, letter
from vcs.post.rows.policy import LetterPolicy
from vcs.terms import LetterFormat, LetterLanguage, VictimRelation

RELATIONS: Final = {
    "victim": VictimRelation.VICTIM,
    "parent": VictimRelation.PARENT_OR_GUARDIAN,
    "next of kin": VictimRelation.NEXT_OF_KIN,
    "spokesperson": VictimRelation.SPOKESPERSON,
}

_HEADINGS: Final = ("kind", "language", "format", "to", "pages", "file")


@dataclass(frozen=True, slots=True)
class Sample:
    """One letter as it is sampled. ``to`` is whom it is to, in a word."""

    kind: str
    language: LetterLanguage
    format: LetterFormat
    to: str

    @property
    def file(self) -> str:
        """Return its file: the victim's by its kind, another relation's in a folder of its own."""
        ending = "txt" if self.format is LetterFormat.TEXT else "pdf"
        name = f"{self.kind}.{self.language}.{self.format}.{ending}"
        is_named = self.to == "victim" or self.to not in RELATIONS
        return name if is_named else f"to-{self.to.replace(' ', '-')}/{name}"

    def facts(self) -> Facts:
        """Return its made-up facts."""
        standing = RELATIONS.get(self.to, VictimRelation.VICTIM)
        return {**sets_for(self.kind)[0], "standing": standing}


def variants() -> Iterator[tuple[str, Facts]]:
    """Give the facts of a first letter for each relation and each kind of order."""
    for who, standing in RELATIONS.items():
        for what, sentence in SENTENCES.items():
            yield f"{who.replace(' ', '-')}-{what}", {**MADE_UP, **sentence, "standing": standing}


def formats_of(row: LetterPolicy) -> tuple[LetterFormat, ...]:
    """Return the formats of a letter: to others than victims the standard one alone."""
    is_to_victim = row.to is Addressee.CONTACT
    return tuple(LetterFormat) if is_to_victim else (LetterFormat.STANDARD,)


def every_sample() -> Iterator[Sample]:
    """Give every sample: to the victim all, to other relations where the words differ for them."""
    for row in CATALOGUE:
        to = "victim" if row.to is Addressee.CONTACT else row.to.value
        for language in LetterLanguage:
            for form in formats_of(row):
                yield Sample(row.kind, language, form, to)
        if row.to is Addressee.CONTACT:
            yield from _to_other_relations(row)


def _to_other_relations(row: LetterPolicy) -> Iterator[Sample]:
    forms = (LetterFormat.STANDARD, LetterFormat.EASY_READ)
    for form in forms:
        source = TEMPLATES / template_of(row, form)
        if "who ==" in source.read_text(encoding="utf-8"):
            for to in list(RELATIONS)[1:]:
                for language in (LetterLanguage.ENGLISH, LetterLanguage.WELSH):
                    yield Sample(row.kind, language, form, to)


def make(renderer: Renderer, sample: Sample) -> RenderedLetter:
    """Render one sample."""
    contents = compose(sample.kind, sample.language, sample.facts(), sample.format)
    return renderer.letter(contents)


def one_sample(renderer: Renderer, kind: str, language: str, form: str) -> RenderedLetter:
    """Render the sample of a kind, language and format. Raises NotFound where there is none."""
    row = letter(kind)
    if language not in list(LetterLanguage) or form not in formats_of(row):
        raise NotFound("There is no letter of that kind in that language and format.")
    to = "victim" if row.to is Addressee.CONTACT else row.to.value
    sample = Sample(row.kind, LetterLanguage(language), LetterFormat(form), to)
    return make(renderer, sample)


def samples(directory: Path) -> list[Path]:
    """Write every letter and ``index.csv`` into a folder, made if need be; return the files."""
    written, rows = [], []
    with Renderer() as renderer:
        for sample in every_sample():
            path = directory / sample.file
            path.parent.mkdir(parents=True, exist_ok=True)
            made = make(renderer, sample)
            path.write_bytes(made.pdf)
            written.append(path)
            rows.append(
                (sample.kind, sample.language, sample.format, sample.to, made.pages, sample.file)
            )
    with (directory / "index.csv").open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file, lineterminator="\n")
        table.writerows((_HEADINGS, *rows))
    return written
