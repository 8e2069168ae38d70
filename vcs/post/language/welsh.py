"""Whether a letter's Welsh was signed off; until then it leaves only with the English beside it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from vcs.intake.regions import REGIONS
from vcs.post.rows.policy import Addressee, LetterPolicy
from vcs.terms import Language, LetterLanguage


@dataclass(frozen=True, slots=True)
class SignedOff:
    """One sign-off: which letter's Welsh, by whom, when, and the version of the words they read.

    ``version`` is ``letters.language.translations.welsh_version`` of the letter: a test fails where
    the words have changed since, so that nothing passes for signed that nobody read.
    """

    kind: str
    version: str
    by: str
    on: date


WALES: Final = next(one.code for one in REGIONS if one.name == "Wales")
"""The probation region that writes in both languages."""

WRITTEN_BY_A_PERSON: Final = frozenset({"victim_wish"})
"""Facts of letters to partners of which no data holds the words."""

SIGNED_OFF: Final[tuple[SignedOff, ...]] = ()
"""Nobody has signed any Welsh yet: all of it is to be checked by a translator."""


def is_signed_off(kind: str) -> bool:
    """Say whether somebody signed the Welsh of a letter."""
    return any(row.kind == kind for row in SIGNED_OFF)


def as_it_may_leave(row: LetterPolicy, language: LetterLanguage) -> LetterLanguage:
    """Return the language in which a letter may leave: Welsh alone only once it is signed off."""
    if language is LetterLanguage.WELSH and not is_signed_off(row.kind):
        return LetterLanguage.BILINGUAL
    return language


def for_reader(row: LetterPolicy, language: Language) -> LetterLanguage:
    """Return what to write to somebody whose language is recorded: in Wales both, Welsh first."""
    if language is Language.WELSH and row.to is Addressee.CONTACT:
        return LetterLanguage.BILINGUAL
    return LetterLanguage(language)


def for_partner(row: LetterPolicy, region_code: str | None) -> LetterLanguage:
    """Return what to write to a partner about a case of a region: in Wales both, Welsh first.

    A letter of which a person writes a part begins in English: its officer chooses both once the
    part is there in both. What the law says must go does not wait for a translation.
    """
    is_both = region_code == WALES and not WRITTEN_BY_A_PERSON & set(row.facts)
    return LetterLanguage.BILINGUAL if is_both else LetterLanguage.ENGLISH
