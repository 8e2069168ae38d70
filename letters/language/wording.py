"""Dates, lengths, courts and sentences in plain words, in English and in Welsh."""

from __future__ import annotations

import re
from datetime import date
from typing import Final

from vcs.terms import Language, SentenceKind, Term

_MONTHS: Final = {
    Language.ENGLISH: (
        "January", "February", "March", "April", "May", "June",
        "July", "August", "September", "October", "November", "December",
    ),
    Language.WELSH: (
        "Ionawr", "Chwefror", "Mawrth", "Ebrill", "Mai", "Mehefin",
        "Gorffennaf", "Awst", "Medi", "Hydref", "Tachwedd", "Rhagfyr",
    ),
}  # fmt: skip

# Nouns after a number: Welsh "blynedd" takes the soft mutation after 2 and the nasal after
# 5, 7 to 10, 12, 15, 18 and 20; elsewhere the plural with "o" is right for every number.
_NASAL: Final = (5, 7, 8, 9, 10, 12, 15, 18, 20)

_VOWEL_NUMBERS: Final = (1, 8, 11)

"""Welsh numbers read out with a vowel first, before which "a" (and) becomes "ac"."""

# Names of places where Crown Courts sit that differ in Welsh. Source: the Welsh names in the
# Common Platform register of court centres; Merthyr Tudful spelt as the town spells it.
_WELSH_PLACES: Final = {
    "Cambridge": "Caergrawnt",
    "Cardiff": "Caerdydd",
    "Carmarthen": "Caerfyrddin",
    "Chester": "Caer",
    "Haverfordwest": "Hwlffordd",
    "Hereford": "Henffordd",
    "Liverpool": "Lerpwl",
    "Manchester": "Manceinion",
    "Merthyr Tydfil": "Merthyr Tudful",
    "Mold": "yr Wyddgrug",
    "Newport": "Casnewydd",
    "Newport (South Wales)": "Casnewydd",
    "Oxford": "Rhydychen",
    "Shrewsbury": "Amwythig",
    "Swansea": "Abertawe",
    "Welshpool": "y Trallwng",
}

_CROWN_COURT: Final = re.compile(r"(?:The )?(?:(.+) Crown Court|Crown Court (?:at|in) (.+))", re.I)

_UNIT_WORDS: Final = re.compile(
    r"\b(?:probation|victims?|liaison|contact|unit|team|vlu|region|service)\b", re.I
)

_LOOSE_ENDS: Final = re.compile(r"^(?:[\s,:–-]|the\b|for\b)+|[\s,:–-]+$", re.I)

_OLD_BAILEY: Final = {
    Language.ENGLISH: "the Central Criminal Court",
    Language.WELSH: "y Llys Troseddol Canolog",
}

_K = SentenceKind

# {term} marks the sentences whose length must be known before they can be told. The Welsh stands
# in its soft-mutated form, because it follows the verb and the court: "rhoddodd y llys ddedfryd".
_ENGLISH_PHRASES: Final = {
    _K.IMPRISONMENT: "a prison sentence of {term}",
    _K.SUSPENDED_ACTIVATED: "a prison sentence of {term}",
    _K.YOI_DETENTION: "a sentence of {term} in a young offender institution",
    _K.SECTION_250_DETENTION: "a sentence of {term} in custody for a young person",
    _K.DETENTION_AND_TRAINING: "a detention and training order of {term}",
    _K.EXTENDED: "an extended sentence of {term}",
    _K.PARTICULAR_CONCERN: "a special custodial sentence of {term}",
    _K.SERIOUS_TERRORISM: "a special custodial sentence of {term}",
    _K.LIFE: "a life sentence",
    _K.HM_PLEASURE: (
        "a sentence of detention during His Majesty’s pleasure, which is a kind of life sentence"
    ),
    _K.INDETERMINATE: "a prison sentence with no fixed end date",
    _K.HOSPITAL_DIRECTION: "a prison sentence of {term}, to begin in a hospital",
    _K.HOSPITAL_ORDER: "a hospital order",
}

_WELSH_PHRASES: Final = {
    _K.IMPRISONMENT: "ddedfryd o garchar am {term}",
    _K.SUSPENDED_ACTIVATED: "ddedfryd o garchar am {term}",
    _K.YOI_DETENTION: "ddedfryd o {term} mewn sefydliad troseddwyr ifanc",
    _K.SECTION_250_DETENTION: "ddedfryd o {term} yn y ddalfa i berson ifanc",
    _K.DETENTION_AND_TRAINING: "orchymyn cadw a hyfforddi am {term}",
    _K.EXTENDED: "ddedfryd estynedig o {term}",
    _K.PARTICULAR_CONCERN: "ddedfryd arbennig o garchar am {term}",
    _K.SERIOUS_TERRORISM: "ddedfryd arbennig o garchar am {term}",
    _K.LIFE: "ddedfryd o garchar am oes",
    _K.HM_PLEASURE: "ddedfryd o gadw yn ystod pleser Ei Fawrhydi, sy’n fath o ddedfryd oes",
    _K.INDETERMINATE: "ddedfryd o garchar heb ddyddiad gorffen penodol",
    _K.HOSPITAL_DIRECTION: "ddedfryd o garchar am {term}, i ddechrau mewn ysbyty",
    _K.HOSPITAL_ORDER: "orchymyn ysbyty",
}

_PHRASES: Final = {Language.ENGLISH: _ENGLISH_PHRASES, Language.WELSH: _WELSH_PHRASES}


def day(when: date, language: Language) -> str:
    """Write a date as a letter does: ``23 November 2026`` or ``23 Tachwedd 2026``."""
    return f"{when.day} {_MONTHS[language][when.month - 1]} {when.year}"


def month(when: date, language: Language) -> str:
    """Write the month of a date: ``November 2026`` or ``Tachwedd 2026``."""
    return f"{_MONTHS[language][when.month - 1]} {when.year}"


def can_be_told(kind: SentenceKind) -> bool:
    """Say whether a letter has words for this kind of sentence."""
    return kind in _ENGLISH_PHRASES


def needs_length(kind: SentenceKind) -> bool:
    """Say whether a letter about this kind of sentence must state its length."""
    return "{term}" in _ENGLISH_PHRASES.get(kind, "")


def sentence(kind: SentenceKind, term: Term, language: Language) -> str:
    """Write a sentence in plain words, as the object of "the court passed".

    In Welsh it carries the soft mutation that follows the subject. Raises KeyError for a kind
    that no letter tells of, ValueError where a length is needed and none is given.
    """
    phrase = _PHRASES[language][kind]
    if "{term}" not in phrase:
        return phrase
    if not term:
        raise ValueError("this kind of sentence needs a length")
    return phrase.format(term=length(term, language))


def length(term: Term, language: Language) -> str:
    """Write a length of time: ``4 years and 6 months`` or ``4 blynedd a 6 mis``."""
    if language is Language.WELSH:
        return _welsh_length(term)
    named = ((term.years, "year"), (term.months, "month"), (term.weeks, "week"), (term.days, "day"))
    parts = [f"{n} {noun}{'' if n == 1 else 's'}" for n, noun in named if n]
    return ", ".join(parts[:-1]) + (" and " if parts[1:] else "") + parts[-1]


def court(name: str, language: Language) -> str:
    """Return a court's name as the subject of a sentence; Crown Courts in the letter's language."""
    if name == "Central Criminal Court":
        return _OLD_BAILEY[language]
    match = _CROWN_COURT.fullmatch(name)
    if match is None:
        return name
    place = match[1] or match[2]
    if language is Language.ENGLISH:
        return name if match[1] else f"the Crown Court at {place}"
    return f"Llys y Goron {_WELSH_PLACES.get(place, place)}"


def welsh_court(given: str) -> str:
    """Return a Welsh court name from the register as the subject of a sentence, and spelt well."""
    name = given.replace("Llys Y Goron", "Llys y Goron").replace("Merthur", "Merthyr")
    return f"y{name[1:]}" if name.startswith("Y ") else name


def unit_area(name: str, language: Language) -> str:
    """Return where a unit works, from its name: ``Leeds Victim Liaison Unit`` gives ``Leeds``.

    The letter itself writes "Probation Victim Liaison Unit" in full beside it.
    """
    kept = re.sub(r"\s+", " ", _UNIT_WORDS.sub(" ", name))
    area = _LOOSE_ENDS.sub("", kept)
    return "Cymru" if language is Language.WELSH and area == "Wales" else area


def _welsh_length(term: Term) -> str:
    named = (
        (term.years, _welsh_years(term.years)),
        (term.months, "fis" if term.months == 2 else "mis"),
        (term.weeks, "wythnos"),
        (term.days, "ddiwrnod" if term.days == 2 else "diwrnod"),
    )
    parts = [(n, f"{n} {noun}") for n, noun in named if n]
    last = parts[-1]
    before = ", ".join(text for _, text in parts[:-1])
    joined = " ac " if last[0] in _VOWEL_NUMBERS else " a "
    return f"{before}{joined}{last[1]}" if before else last[1]


def _welsh_years(count: int) -> str:
    if count == 1:
        return "flwyddyn"
    if count == 2:
        return "flynedd"
    if count in (3, 4, 6):
        return "blynedd"
    return "mlynedd" if count in _NASAL else "o flynyddoedd"
