"""Which conditions can decide: alone, with every other answer the same.

The outcome must be a function of the answers given. A condition can decide where two sets of facts
exist in which only its answer differs, and the outcome differs with it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from vcs.law.conditions.plain_words import PLAIN_WORDS
from vcs.law.decision import OffenceDecision
from vcs.terms import Answer, Outcome, Route

Answers = tuple[tuple[str, Answer], ...]

Reached = tuple[Outcome, Route | None]

BESIDE_THE_ANSWER = frozenset(
    {
        "sentence-changed",
        "total-of-terms",
        "release-soon",
        "identifiable-victim",
        "schedule-6a-length",
    }
)
"""Notes: what stands beside an answer never changes it."""

AFTER_THE_TEST = frozenset({"discretion", "youth", "schedule-6a-on-request"})
"""Asked of what the test leaves: which of them was asked, and its answer, is one answer."""

ONLY_SAY_YES = frozenset(
    {
        "hospital-direction",
        "legal-basis",
        "restriction-order",
        "unrestricted",
    }
)
"""Conditions asked only where an order was made, which opened the route already."""

NEVER_ALONE: Mapping[str, str] = {
    "final-disposal": "asked only where no custody was imposed: it says why there is none yet",
    "legal-basis": "marks a kind of sentence that counts by practice, for a lawyer",
    "restriction-order": "asked only where the order was made: the way is section 37",
    "unrestricted": "asked only where no restriction order was made: the way is section 36A",
}
"""Conditions that never decide alone, and why: a fact that is asked elsewhere stands behind."""

_TOGETHER = (
    frozenset({"immediate-custody", "notification-scheme-custody"}),
    frozenset({"transfer-direction", "restriction-direction", "transfer-unrestricted"}),
)
"""Conditions about one fact: the custody for two ways in, and a transfer. They differ together."""

_NOT_OWED = frozenset({Outcome.DISCRETIONARY, Outcome.NOT_ELIGIBLE})


def answers_of(offence: OffenceDecision) -> Answers:
    """Return every answer of the test, in the order asked, without the notes beside it."""
    return tuple(
        [(r.condition, r.answer) for r in offence.reasons if r.condition not in BESIDE_THE_ANSWER]
    )


def able_to_decide(seen: Mapping[Answers, tuple[Reached, int]]) -> dict[str, tuple[int, int]]:
    """Return each condition that can decide, with the numbers of two sets that show it."""
    found: dict[str, tuple[int, int]] = {}
    for condition in sorted({asked for answers in seen for asked, _ in answers}):
        pair = _differing(condition, seen)
        if pair:
            found[condition] = pair
    return found


def _differing(
    condition: str, seen: Mapping[Answers, tuple[Reached, int]]
) -> tuple[int, int] | None:
    """Find two sets whose outcome differs with it; failing that, two whose route does."""
    own = AFTER_THE_TEST if condition in AFTER_THE_TEST else _with_its_like(condition)
    routes = {answers: (route, number) for answers, ((_, route), number) in seen.items()}
    return _pair(condition, own | ONLY_SAY_YES, _outcomes(condition, seen)) or _pair(
        condition, own, routes
    )


def _pair(
    condition: str, own: frozenset[str], seen: Mapping[Answers, tuple[object, int]]
) -> tuple[int, int] | None:
    by_rest: defaultdict[Answers, list[tuple[Answers, object, int]]] = defaultdict(list)
    aside = own | AFTER_THE_TEST
    for answers, (reached, number) in seen.items():
        by_rest[_without(answers, aside)].append((_only(answers, own), reached, number))
    for alike in by_rest.values():
        for answers, reached, number in alike:
            for other, its, its_number in alike:
                if reached != its and _tells_apart(condition, answers, other):
                    return number, its_number
    return None


def _with_its_like(condition: str) -> frozenset[str]:
    return next((alike for alike in _TOGETHER if condition in alike), frozenset({condition}))


def _outcomes(
    condition: str, seen: Mapping[Answers, tuple[Reached, int]]
) -> dict[Answers, tuple[object, int]]:
    """Return the outcomes reached; what comes after the test is no work of the test."""
    after = condition in AFTER_THE_TEST
    return {
        answers: (outcome if after or outcome not in _NOT_OWED else _NOT_OWED, number)
        for answers, ((outcome, _), number) in seen.items()
    }


def _only(answers: Answers, names: frozenset[str]) -> Answers:
    return tuple(one for one in answers if one[0] in names)


def _without(answers: Answers, names: frozenset[str]) -> Answers:
    return tuple(one for one in answers if one[0] not in names)


def _tells_apart(condition: str, some: Answers, others: Answers) -> bool:
    """Say whether a condition is answered otherwise, or asked of only one of the two."""
    return dict(some).get(condition) != dict(others).get(condition)


def asked_about() -> frozenset[str]:
    """Return every condition of the law that may decide, by the table of plain words."""
    return frozenset(c for c, _ in PLAIN_WORDS) - BESIDE_THE_ANSWER - {"outcome"}


def unable(seen: Mapping[Answers, tuple[Reached, int]]) -> frozenset[str]:
    """Return the conditions that nothing seen shows to decide, though they should."""
    return asked_about() - able_to_decide(seen).keys() - NEVER_ALONE.keys()
