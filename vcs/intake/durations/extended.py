"""Sentences whose term is more than the custody: with an extension, or with a year on licence."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from vcs.intake import longer
from vcs.intake.durations import lengths
from vcs.law.facts import SentenceFacts
from vcs.law.relevant_sentence.sentences import ALWAYS_LONG
from vcs.terms import SentenceKind, Term

EXTENDED_LICENCE = "3058"

"""The CJS code of the extension that a court states as a result of its own."""

MARKS = frozenset({"AF", "EF"})

"""The qualifiers of an extended sentence and of an extended licence period."""

CUSTODIAL = ("appropriatecustodialterm", "custodialterm")

EXTENSION = (
    "extensionperiod",
    "extensionperiodoflicence",
    "extendedlicenceperiod",
    "extendedperiodoflicence",
    "periodofextendedlicence",
    "licenceextensionperiod",
)

ON_LICENCE = ("furtherperiodoflicence", "licenceperiod", "furtherlicenceperiod")

PROMPTS = frozenset({*CUSTODIAL, *EXTENSION, *ON_LICENCE})

_PLAIN = frozenset(
    {
        SentenceKind.IMPRISONMENT,
        SentenceKind.YOI_DETENTION,
        SentenceKind.SECTION_250_DETENTION,
        SentenceKind.CUSTODY_UNCLEAR,
    }
)

_LENGTH = r"((?:[\w.]+[ -]?(?:years?|months?|weeks?|days?|yrs?|mths?)(?:,| and)? ?)+)"

_SPOKEN_CUSTODY = re.compile(rf"custodial (?:term|period|part)(?: of|:| is)? {_LENGTH}", re.I)

_SPOKEN_EXTENSION = re.compile(
    r"(?:extension(?: period)?|extended licence(?: period)?|extended period of licence|"
    rf"further period(?: of licence)?)(?: of|:| is)? {_LENGTH}",
    re.I,
)


def refined(
    kind: SentenceKind, words: str, prompts: Mapping[str, str], marks: tuple[str, ...]
) -> SentenceKind:
    """Return what plain custody is where words, a prompt or a qualifier say that it is longer."""
    if kind not in _PLAIN:
        return kind
    if any(lengths.of_words(prompts.get(name, "")) for name in EXTENSION):
        return SentenceKind.EXTENDED
    return longer.named(words, prompts) or (SentenceKind.EXTENDED if MARKS & set(marks) else kind)


def parts_of(
    kind: SentenceKind, prompts: Mapping[str, str], words: str
) -> tuple[Term | None, Term | None]:
    """Return the custodial term and what is added to it, where the message states them apart."""
    if kind not in ALWAYS_LONG:
        return None, None
    custodial = _first(prompts, CUSTODIAL) or _spoken(_SPOKEN_CUSTODY, words)
    extension = _first(prompts, EXTENSION + ON_LICENCE) or _spoken(_SPOKEN_EXTENSION, words)
    return custodial, extension


def _first(prompts: Mapping[str, str], names: tuple[str, ...]) -> Term | None:
    found = (lengths.of_words(prompts[name]) for name in names if name in prompts)
    return next((term for term in found if term), None)


def _spoken(pattern: re.Pattern[str], words: str) -> Term | None:
    found = pattern.search(words)
    return lengths.of_words(found.group(1)) if found else None


def with_extension(
    imposed: tuple[SentenceFacts, ...], extension: Term | None
) -> tuple[SentenceFacts, ...]:
    """Return the custody of an offence as extended: a further result of it states the extension."""
    return tuple(
        replace(one, kind=SentenceKind.EXTENDED, extension=one.extension or extension)
        if one.kind in _PLAIN
        else one
        for one in imposed
    )
