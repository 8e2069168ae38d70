"""What the qualifier BP ("in default") says of a result: custody in default, or a question. Pure.

It qualifies the one term that the result states. Whatever else the result says that is not of that
term may be the sentence itself, which is owed contact: a person decides.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Final

from vcs.intake.durations import lengths
from vcs.intake.results import wording
from vcs.terms import SentenceKind, Term

QUALIFIER: Final = "BP"

_SAYS_NOTHING_OF_IT: Final = frozenset({QUALIFIER, "C", "F", "LG", "LH", "AS"})
"""How it runs and whom the offence was against: every other qualifier may be of a sentence."""

_PLAIN: Final = (
    SentenceKind.IMPRISONMENT,
    SentenceKind.YOI_DETENTION,
)
"""What a court may commit to in default."""

_SHORT_MONTHS: Final = 12
"""Magistrates commit for at most so many months in default. Longer ones need words that say so.

Sentencing Act 2020 s.129, Magistrates' Courts Act 1980 Sch. 4.
"""

_DEFAULT: Final = re.compile(r"\bdefault\b", re.IGNORECASE)


def read(
    base: SentenceKind,
    words: str,
    qualifiers: Collection[str],
    pairs: tuple[Term | None, Term | None],
) -> SentenceKind:
    """Return custody in default where all that a result says is of that one term; else unknown.

    ``pairs`` are its two stated durations.
    """
    first, second = pairs
    is_one = base in _PLAIN and not second and _SAYS_NOTHING_OF_IT.issuperset(qualifiers)
    fits = is_one and (_fits_words(words, first) if words.strip() else _is_short(first))
    return SentenceKind.DEFAULT_CUSTODY if fits else SentenceKind.UNKNOWN


def _fits_words(words: str, stated: Term | None) -> bool:
    named = lengths.each_in(words)
    if named is None or len(lengths.distinct([*named, stated])) > 1:
        return False
    if _DEFAULT.search(words):
        return not wording.may_be_more_than_default(words)
    return not named and not wording.pronounces_custody(words) and _is_short(stated)


def _is_short(stated: Term | None) -> bool:
    if not stated:
        return True
    return stated.years * 12 + stated.months <= _SHORT_MONTHS and not (
        stated.weeks > 52 or stated.days > 366
    )
