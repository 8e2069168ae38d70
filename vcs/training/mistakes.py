"""The mistakes that people make with a sentence: which it invites, and the answer it leads to."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from vcs.law.decision import Decision
from vcs.terms import Answer, Outcome, SentenceKind
from vcs.training.cases import Case

STATUTORY, SCHEME, ASK, NOT_OWED = (
    "Yes: the law gives a right to be offered contact",
    "The Victim Notification Scheme is offered",
    "Cannot tell yet: a person must find out first",
    "Not owed. A manager may be asked to offer contact",
)

ANSWERS: Final = {
    Outcome.STATUTORY: STATUTORY,
    Outcome.NOTIFICATION_SCHEME: SCHEME,
    Outcome.CANNOT_TELL: ASK,
    Outcome.DISCRETIONARY: NOT_OWED,
    Outcome.NOT_ELIGIBLE: NOT_OWED,
}
"""One answer for what is not owed: whether a manager is asked by itself is not confirmed."""

_HOSPITAL: Final = frozenset(
    {
        SentenceKind.HOSPITAL_ORDER,
        SentenceKind.RESTRICTION_ORDER,
        SentenceKind.HOSPITAL_DIRECTION,
    }
)

_NOT_FINAL: Final = frozenset(
    {
        SentenceKind.INTERIM_HOSPITAL_ORDER,
        SentenceKind.REMAND_TO_HOSPITAL,
        SentenceKind.GUARDIANSHIP,
    }
)


@dataclass(frozen=True, slots=True)
class Asked:
    """A case and what the law answers."""

    case: Case
    decision: Decision

    @property
    def answer(self) -> str:
        """Return the answer that is right."""
        return ANSWERS[self.decision.outcome]

    def is_no(self, condition: str) -> bool:
        """Say whether a condition was answered with no."""
        return self._was(condition, Answer.NO)

    def is_yes(self, condition: str) -> bool:
        """Say whether a condition was answered with yes."""
        return self._was(condition, Answer.YES)

    def is_unknown(self, condition: str) -> bool:
        """Say whether nobody can answer a condition yet."""
        return self._was(condition, Answer.UNKNOWN)

    def _was(self, condition: str, answer: Answer) -> bool:
        (offence,) = self.decision.offences
        return any(one.condition == condition and one.answer is answer for one in offence.reasons)


@dataclass(frozen=True, slots=True)
class Mistake:
    """One mistake. ``invited`` says whether a case invites it; it leads to ``answer``."""

    words: str
    answer: str
    invited: Callable[[Asked], bool]


_UNKNOWN: Final = {
    "offender-living": ("Whoever has died is not released, so nothing is owed", NOT_OWED),
    "court": ("A court martial is a court like any other", STATUTORY),
    "convicted": ("Whoever was sentenced was convicted, and that is all", STATUTORY),
    "immediate-custody": ("A result that nobody knows is not custody", NOT_OWED),
    "specified-offence": ("What no table holds is not listed", NOT_OWED),
    "twelve-months": ("Without a length there is no right", NOT_OWED),
    "notification-scheme-in-force": ("Without a date it is too old for the scheme", NOT_OWED),
    "transfer-direction": ("A transfer to hospital ends the scheme", NOT_OWED),
    "restrictions-ended": ("With the restrictions the scheme ends", NOT_OWED),
    "hospital-order": ("A restriction order is enough", STATUTORY),
}
"""The mistake with what is not known, by the condition that nobody can answer yet."""


def _unknowns() -> tuple[Mistake, ...]:
    def is_about(condition: str) -> Callable[[Asked], bool]:
        return lambda a: a.answer == ASK and a.is_unknown(condition)

    return tuple(Mistake(words, to, is_about(name)) for name, (words, to) in _UNKNOWN.items())


MISTAKES: Final = (
    *_unknowns(),
    Mistake("What is not known is a no", NOT_OWED, lambda a: a.answer == ASK),
    Mistake(
        "A transfer to hospital ends the scheme",
        NOT_OWED,
        lambda a: a.answer == STATUTORY and a.case.facts.transfer is not None,
    ),
    Mistake(
        "With the restrictions the scheme ends",
        NOT_OWED,
        lambda a: a.answer == STATUTORY and a.case.facts.restrictions_ended_on is not None,
    ),
    Mistake(
        "A hospital order is no sentence",
        NOT_OWED,
        lambda a: a.answer == STATUTORY and a.case.imposed.kind in _HOSPITAL,
    ),
    Mistake(
        "Only the custodial part counts",
        NOT_OWED,
        lambda a: a.answer == STATUTORY and a.case.imposed.custodial is not None,
    ),
    Mistake(
        "It is not in Schedule 18, so there is no right",
        NOT_OWED,
        lambda a: a.answer == STATUTORY and a.case.facts.offences[0].notification,
    ),
    Mistake(
        "It must be more than 12 months",
        NOT_OWED,
        lambda a: a.answer == STATUTORY and "exactly" in a.case.imposed.words,
    ),
    Mistake(
        "An attempt is not listed",
        NOT_OWED,
        lambda a: a.answer == STATUTORY and "attempt" in a.case.offence,
    ),
    Mistake("Only sexual offences count", NOT_OWED, lambda a: a.answer == STATUTORY),
    Mistake(
        "A short sentence gives nothing",
        NOT_OWED,
        lambda a: a.answer == SCHEME and a.is_no("twelve-months"),
    ),
    Mistake(
        "What is not in Schedule 18 gives nothing",
        NOT_OWED,
        lambda a: a.answer == SCHEME and a.is_no("specified-offence"),
    ),
    Mistake("A conviction counts whatever became of it", STATUTORY, lambda a: a.is_no("convicted")),
    Mistake(
        "The unit takes every case, whatever the age",
        STATUTORY,
        lambda a: a.case.imposed.youth,
    ),
    Mistake(
        "Any order that sends somebody to hospital counts",
        STATUTORY,
        lambda a: a.case.imposed.kind in _NOT_FINAL,
    ),
    Mistake(
        "A suspended sentence counts by its length",
        STATUTORY,
        lambda a: a.case.imposed.kind is SentenceKind.SUSPENDED,
    ),
    Mistake(
        "Prison counts whatever it is for",
        STATUTORY,
        lambda a: a.case.imposed.kind is SentenceKind.DEFAULT_CUSTODY,
    ),
    Mistake(
        "A listed offence is enough",
        STATUTORY,
        lambda a: a.is_yes("specified-offence"),
    ),
    Mistake("A long sentence is enough", STATUTORY, lambda a: a.is_yes("twelve-months")),
    Mistake("Whoever was harmed is owed contact", STATUTORY, lambda a: True),
)
"""In order: the first that a case invites is the one that is offered beside the right answer."""


def mistake_in(asked: Asked) -> Mistake:
    """Return the mistake that a case invites."""
    return next(one for one in MISTAKES if one.invited(asked) and one.answer != asked.answer)
