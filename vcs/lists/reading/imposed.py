"""What a line says was imposed, in the words of the law; and what is no new sentence at all."""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from importlib.resources import files
from typing import Final

from vcs.intake.durations import lengths
from vcs.intake.results import result_tables, wording
from vcs.lists.reading.columns import Cell
from vcs.terms import SentenceKind, Term

Cells = Mapping[Cell, str]


class Standing(StrEnum):
    """What a line is about."""

    SENTENCED = "sentenced"
    REMANDED = "remanded"
    CONVICTED_NOT_SENTENCED = "convicted and not sentenced"
    RECALLED = "recalled on an earlier sentence"
    RECALLED_PERHAPS_NEW = "recalled, and sentenced on a day that we hold sentences of"
    NOT_THIS_SCHEME = "held for a fine, by a civil court or for immigration"
    FROM_ABROAD = "sentenced abroad"
    DIED = "died"
    NOT_TOLD = "not told"


@dataclass(frozen=True, slots=True)
class Imposed:
    """What was imposed. ``kind`` is UNKNOWN where the words are not understood."""

    standing: Standing
    kind: SentenceKind = SentenceKind.UNKNOWN
    term: Term | None = None
    words: str = ""


_STATUSES: Final[Mapping[str, Standing]] = {
    "SENTENCED": Standing.SENTENCED,
    "INDETERMINATE_SENTENCE": Standing.SENTENCED,
    "RECALL": Standing.RECALLED,
    "REMAND": Standing.REMANDED,
    "CONVICTED_UNSENTENCED": Standing.CONVICTED_NOT_SENTENCED,
    "CIVIL_PRISONER": Standing.NOT_THIS_SCHEME,
    "IMMIGRATION_DETAINEE": Standing.NOT_THIS_SCHEME,
    "DEAD": Standing.DIED,
}

"""The legal statuses of the prison search; UNKNOWN, OTHER and new ones are not told."""

_READINGS: Final[Mapping[str, Standing]] = {
    "recalled": Standing.RECALLED,
    "remanded": Standing.REMANDED,
    "convicted_not_sentenced": Standing.CONVICTED_NOT_SENTENCED,
    "not_this_scheme": Standing.NOT_THIS_SCHEME,
    "from_abroad": Standing.FROM_ABROAD,
}

_WITHOUT_A_SENTENCE: Final = frozenset(
    {
        Standing.REMANDED,
        Standing.CONVICTED_NOT_SENTENCED,
        Standing.NOT_THIS_SCHEME,
        Standing.DIED,
    }
)
"""Standings of somebody who has no sentence of this scheme to tell of, on any day."""

_OF_RELEASE: Final = frozenset({"released_on_licence", "released_and_removed", "sentence_ended"})

_SUSPENDED_VARIED: Final = r"suspended.*(?:var|amend|extend)"

_FORMS: Final[tuple[tuple[str, SentenceKind], ...]] = (
    (r"suspended.*activat|activat.*suspended", SentenceKind.SUSPENDED_ACTIVATED),
    (_SUSPENDED_VARIED, SentenceKind.SUSPENDED_VARIED),
    (r"suspended", SentenceKind.SUSPENDED),
    (r"interim hospital", SentenceKind.INTERIM_HOSPITAL_ORDER),
    (r"hospital (?:and limitation )?direction|45\s?a\b", SentenceKind.HOSPITAL_DIRECTION),
    (r"hospital order|hospital.*s(?:ection)?\.?\s?37\b", SentenceKind.HOSPITAL_ORDER),
    (r"restriction order.*(?:mental|41)", SentenceKind.RESTRICTION_ORDER),
    (r"guardianship", SentenceKind.GUARDIANSHIP),
    (r"detention (?:and|&) training|\bdto\b", SentenceKind.DETENTION_AND_TRAINING),
    (r"serious terroris", SentenceKind.SERIOUS_TERRORISM),
    (r"particular concern|\bsopc\b|236a|\b278\b", SentenceKind.PARTICULAR_CONCERN),
    (r"extended (?:determinate|sentence)|\beds\b|\bepp\b", SentenceKind.EXTENDED),
    (r"majesty'?s pleasure|\bhmp\b", SentenceKind.HM_PLEASURE),
    (r"public protection|\bipp\b|\bdpp\b", SentenceKind.INDETERMINATE),
    (r"\blife\b", SentenceKind.LIFE),
    (r"default|contempt", SentenceKind.DEFAULT_CUSTODY),
    (r"young offender institution|\byoi\b", SentenceKind.YOI_DETENTION),
    (r"(?:section|s\.?) ?(?:91|250)\b", SentenceKind.SECTION_250_DETENTION),
    (r"imprison|std determinate|standard determinate|adult custody", SentenceKind.IMPRISONMENT),
    (r"custod|detention|prison", SentenceKind.CUSTODY_UNCLEAR),
)

_CUSTODY: Final = r"imprison|prison|custod|detention|detain|\blife\b|young offender|\byoi\b"

_NO_LONGER: Final = re.compile(
    r"revok|breach|implement|in full|impos|activat|\bserv(?:e|ed|ing)\b|effect|invok|brought|"
    r"put into|lift|remov|cancel|terminat|not suspend|no longer|unsuspend|re-?sentenc|instead|"
    r"substitut|afresh|immediate|fail|default|commit|\bpart(?:ly|ially)?\b",
    re.IGNORECASE,
)
"""What may have become of a suspended sentence: whoever reads these words does not know it."""

_CLAUSES: Final = re.compile(
    r"[;+&|/\r\n\t:]|\.\s|\s-\s|"
    r"(?:,|\b(?:and|plus|then|with)\b)(?!\s*(?:\w+ )?suspend(?!ed\s+sentence))",
    re.IGNORECASE,
)

_CLOSING: Final[Mapping[SentenceKind, re.Pattern[str]]] = {
    SentenceKind.SUSPENDED: re.compile("suspended", re.IGNORECASE),
    SentenceKind.SUSPENDED_VARIED: re.compile("suspended", re.IGNORECASE),
    SentenceKind.GUARDIANSHIP: re.compile("guardianship", re.IGNORECASE),
    SentenceKind.DETENTION_AND_TRAINING: re.compile(r"\bdto\b", re.IGNORECASE),
    SentenceKind.DEFAULT_CUSTODY: re.compile("default|contempt", re.IGNORECASE),
}
"""What nobody is told of, with its own words: no other words of custody may stand beside them."""

_OF_CUSTODY: Final = re.compile(_CUSTODY, re.IGNORECASE)

_TRAINING: Final = re.compile(r"detention (?:and|&) training", re.IGNORECASE)

_IN_YOI: Final = re.compile(
    r"detention in (?:an? )?young offenders?['’]? institut(?:e|ion)", re.IGNORECASE
)

_BESIDE_SUSPENDED: Final = re.compile(
    rf"suspended sentence.*\d.*(?:{_CUSTODY}).*\d|(?:{_CUSTODY}).*\d.*suspended sentence.*\d",
    re.IGNORECASE | re.DOTALL,
)
"""A suspended sentence of one length, and custody of another: two sentences in one text."""

_NOT_CUSTODY: Final = frozenset({SentenceKind.GUARDIANSHIP, SentenceKind.DETENTION_AND_TRAINING})
"""Of these no word of custody stays once their own words are taken out."""

_TRIED: Final = tuple((re.compile(form, re.IGNORECASE), kind) for form, kind in _FORMS)

_NOT_IMMEDIATE: Final = frozenset(
    {
        SentenceKind.SUSPENDED,
        SentenceKind.SUSPENDED_VARIED,
        SentenceKind.GUARDIANSHIP,
        SentenceKind.NON_CUSTODIAL,
    }
)
"""Of these nobody is told, so that nothing of the same line may say custody."""

_NO_TIME: Final = Term()

_TIMES: Final = re.compile(r"(?:\bx|×)\s*\d|\d\s*(?:x\b|×)", re.IGNORECASE)

_CUSTODY_TYPES: Final = frozenset({"SC", "NC"})

"""The types of disposal that Delius marks as custody."""


def _movements() -> Mapping[tuple[str, str], str]:
    text = (files("vcs.lists") / "data" / "movement_reasons.csv").read_text(encoding="utf-8")
    rows = csv.DictReader(text.splitlines())
    return {(row["movement"], row["reason"]): row["reading"] for row in rows}


_MOVEMENTS: Final = _movements()


def imposed(cells: Cells) -> Imposed:
    """Return what a line says was imposed, and whether it is a new sentence."""
    words = " ".join(filter(None, (cells.get(Cell.SENTENCE_WORDS), _length(cells)))).strip()
    kind = _kind(cells)
    return Imposed(_standing(cells), kind, _term(cells), words)


def is_released(cells: Cells) -> bool:
    """Say whether the last that a prison's line tells of is a release."""
    moved = (cells.get(Cell.MOVED_HOW, "").upper(), cells.get(Cell.MOVED_WHY, "").upper())
    return _MOVEMENTS.get(moved) in _OF_RELEASE


def _standing(cells: Cells) -> Standing:
    told = _told_standing(cells)
    # Whoever is sentenced on a day is not only on remand, held by a civil court or dead.
    is_contradicted = told in _WITHOUT_A_SENTENCE and cells.get(Cell.SENTENCED_ON, "").strip()
    return Standing.NOT_TOLD if is_contradicted else told


def _is_sentenced(cells: Cells) -> bool:
    """Say whether the legal status is of somebody sentenced, whatever is beside it."""
    return _STATUSES.get(cells.get(Cell.LEGAL_STATUS, "").strip().upper()) is Standing.SENTENCED


def _told_standing(cells: Cells) -> Standing:
    if cells.get(Cell.RECALLED, "").lower() in {"true", "1", "y", "yes"}:
        return Standing.RECALLED
    if status := cells.get(Cell.LEGAL_STATUS, "").upper():
        told = _STATUSES.get(status, Standing.NOT_TOLD)
        return _by_movement(cells) if told is Standing.NOT_TOLD else told
    return Standing.SENTENCED


def _by_movement(cells: Cells) -> Standing:
    moved = (cells.get(Cell.MOVED_HOW, "").upper(), cells.get(Cell.MOVED_WHY, "").upper())
    return _READINGS.get(_MOVEMENTS.get(moved, ""), Standing.NOT_TOLD)


def _kind(cells: Cells) -> SentenceKind:
    words = cells.get(Cell.SENTENCE_WORDS, "")
    found = _by_words(words) if words else SentenceKind.UNKNOWN
    meant = result_tables.BY_CJS_CODE.get(cells.get(Cell.RESULT_CODE, ""))
    if isinstance(meant, SentenceKind):
        is_told_apart = meant in _NOT_IMMEDIATE and _is_of_custody(found, words)
        return SentenceKind.UNKNOWN if is_told_apart else meant
    if found is not SentenceKind.UNKNOWN and not _is_contradicted(found, cells):
        return found
    if cells.get(Cell.SENTENCE_TYPE, "").upper() in _CUSTODY_TYPES:
        return SentenceKind.CUSTODY_UNCLEAR
    if cells.get(Cell.LEGAL_STATUS, "").upper() == "INDETERMINATE_SENTENCE":
        return SentenceKind.INDETERMINATE
    if cells.get(Cell.LEGAL_STATUS, "").upper() == "SENTENCED":
        return SentenceKind.CUSTODY_UNCLEAR
    return SentenceKind.UNKNOWN


def _is_contradicted(kind: SentenceKind, cells: Cells) -> bool:
    """Say whether words say that nobody went to prison, and what is beside them custody."""
    is_custody = cells.get(Cell.SENTENCE_TYPE, "").upper() in _CUSTODY_TYPES or _is_sentenced(cells)
    return is_custody and kind in _NOT_IMMEDIATE


def _is_of_custody(kind: SentenceKind, words: str) -> bool:
    """Say whether words are of immediate custody, whatever a code beside them means."""
    is_known = kind is not SentenceKind.UNKNOWN and kind not in _NOT_IMMEDIATE
    return is_known and bool(_OF_CUSTODY.search(words)) and "suspend" not in words.lower()


@lru_cache(maxsize=4096)
def _by_words(words: str) -> SentenceKind:
    read = wording.read(words)
    known = read if isinstance(read, SentenceKind) else SentenceKind.UNKNOWN
    for form, kind in _TRIED:
        if form.search(words):
            is_plain = kind is known is SentenceKind.SUSPENDED or not _says_more(words, kind)
            return kind if is_plain else SentenceKind.UNKNOWN
    return known


def _says_more(words: str, kind: SentenceKind) -> bool:
    """Say whether words hold more than a kind that nobody is told of, so that it is not known."""
    if kind not in _CLOSING:
        return False
    if "suspend" in words.lower() and _NO_LONGER.search(words):
        return True
    plain = _IN_YOI.sub("yoi", _TRAINING.sub("dto", words))
    if len(_OF_CUSTODY.findall(plain)) > (kind not in _NOT_CUSTODY):
        return True
    clauses = _CLAUSES.split(plain)
    return bool(_BESIDE_SUSPENDED.search(plain)) or any(
        _OF_CUSTODY.search(one) and not _CLOSING[kind].search(one) for one in clauses
    )


def _length(cells: Cells) -> str:
    number, unit = cells.get(Cell.LENGTH, ""), cells.get(Cell.LENGTH_UNIT, "")
    return f"{number} {unit}".strip() if number and unit else ""


def _term(cells: Cells) -> Term | None:
    """Return the length; None where it is 0, as systems write one that they do not have."""
    number, unit = cells.get(Cell.LENGTH), cells.get(Cell.LENGTH_UNIT)
    words = cells.get(Cell.SENTENCE_WORDS, "")
    found = _of_unit(number, unit) if number and unit else _of_words(words)
    return found if found != _NO_TIME else None


@lru_cache(maxsize=4096)
def _of_unit(number: str, unit: str) -> Term | None:
    return lengths.of_unit(number, unit) or None


@lru_cache(maxsize=4096)
def _of_words(words: str) -> Term | None:
    # "8 months x 3" does not say whether they run one after another.
    return None if _TIMES.search(words) else lengths.of_words(words)
