"""What the lint found in a letter, and what it must know to look."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from vcs.post.rows.policy import Forbidden, LetterPolicy
from vcs.terms import Language

FREE: Final = (
    "year_events",
    "conditions",
    "answers",
    "requests",
    "decline_reason",
    "victim_wish",
)
"""The facts that somebody writes in words. All others are one of a list, a date or a name."""


class FindingKind(StrEnum):
    """What is wrong."""

    PAIRING = "pairing"
    OTHER_VICTIM = "other_victim"
    PERHAPS_OTHER_VICTIM = "perhaps_other_victim"
    FORBIDDEN = "forbidden"
    NOT_TO_SAY = "not_to_say"
    READING_AGE = "reading_age"
    JARGON = "jargon"
    NEXT_STEP = "next_step"


NOBODY_PASSES: Final = frozenset({FindingKind.PAIRING, FindingKind.OTHER_VICTIM})
"""What no second person can let pass: the letter itself has to be put right."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong. ``words`` are those of the letter; ``says`` is what to do."""

    kind: FindingKind
    words: str
    says: str
    forbidden: Forbidden | None = None

    @property
    def may_be_passed(self) -> bool:
        """Say whether a second person can let it pass with a reason."""
        return self.kind not in NOBODY_PASSES

    @property
    def text(self) -> str:
        """Return it in one or two sentences that name the words."""
        return f"“{self.words}”: {self.says}" if self.words else self.says


@dataclass(frozen=True, slots=True)
class Part:
    """A letter's facts in one language, as they are kept with it."""

    language: Language
    facts: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Words:
    """A letter as it would go out. ``text`` is all of it, in plain words; "" where not known."""

    window: tuple[str, ...]
    parts: tuple[Part, ...]
    text: str = ""


@dataclass(frozen=True, slots=True)
class Whose:
    """Whose letter it is, as it is held now, and who else is in the case.

    ``name``, ``greeting`` and ``address`` are the person's as they gave them; ``reaches_them`` are
    their phone numbers and email address, ``in_latin`` their name where no font has their own
    letters. ``others`` are the names of other victims of the
    offender, ``offenders`` those of the offender.
    """

    row: LetterPolicy
    name: str
    greeting: str
    address: tuple[str, ...]
    reference: str
    standing: str
    others: tuple[str, ...] = ()
    offenders: tuple[str, ...] = ()
    not_to_say: str = ""
    reaches_them: tuple[str, ...] = ()
    in_latin: str = ""
