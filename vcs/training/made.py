"""Scenarios made from the law: each path through the rules once, none that could be argued."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from functools import cache
from typing import Final

from vcs.law.decision import Decision, Reason
from vcs.law.eligibility import decide
from vcs.law.provisions import PROVISIONS
from vcs.law.rule_sets import RuleSet, in_force_on
from vcs.law.specified_offence import offences
from vcs.terms import Answer, Outcome
from vcs.training.cases import SENTENCED, Case, cases
from vcs.training.mistakes import ANSWERS, Asked, mistake_in
from vcs.training.scenario import Scenario

QUESTION: Final = "What is the victim owed?"

TAUGHT: Final = in_force_on(SENTENCED)
"""The law in force when the made-up sentences are passed."""

_BESIDE: Final = frozenset(
    {
        "discretion",
        "identifiable-victim",
        "release-soon",
        "sentence-changed",
        "total-of-terms",
    }
)
"""Conditions that are noted with the answer and do not decide it."""

Path = tuple[object, ...]


@cache
def made(rules: RuleSet = TAUGHT) -> tuple[Scenario, ...]:
    """Return one scenario for each path of some rules, in the order in which they were found."""
    found: dict[Path, Scenario] = {}
    for case in cases():
        decision = decide(case.facts, rules)
        path = path_of(decision)
        if path not in found and not is_arguable(case, decision):
            found[path] = _scenario(case, decision)
    return tuple(found.values())


@cache
def made_otherwise(before: RuleSet, rules: RuleSet) -> frozenset[str]:
    """Return the ids of the scenarios whose answer or reason was another under earlier rules."""
    return frozenset(
        _id(case)
        for case in cases()
        if _scored(decide(case.facts, before)) != _scored(decide(case.facts, rules))
    )


def _scored(decision: Decision) -> tuple[str, tuple[str, ...]]:
    return ANSWERS[decision.outcome], _provisions(decision)


def path_of(decision: Decision) -> Path:
    """Return the way through the rules: the outcome, and each condition with its answer."""
    (offence,) = decision.offences
    asked = tuple((one.condition, one.answer, one.provision) for one in offence.reasons)
    return decision.outcome, decision.route, asked


def is_arguable(case: Case, decision: Decision) -> bool:
    """True if the offence code is doubtful, or a deciding point of law is not confirmed.

    So is the notification scheme where more may be owed: it is offered, and a person finds out.
    Whether contact is discretionary is not confirmed either, but both give the same answer here.
    """
    row = offences.find(case.facts.offences[0].offence_code or "")
    if row is None or row.confidence not in ("high", "medium"):
        return True
    if decision.outcome is Outcome.NOTIFICATION_SCHEME and _is_open(decision):
        return True
    return any(not _is_confirmed(one) for one in _deciding(decision))


def _is_open(decision: Decision) -> bool:
    return any(one.answer is Answer.UNKNOWN for one in _deciding(decision))


def _is_confirmed(reason: Reason) -> bool:
    row = PROVISIONS.get(reason.provision)
    return row is not None and row.confidence != "unconfirmed"


def _deciding(decision: Decision) -> Iterator[Reason]:
    (offence,) = decision.offences
    yield from (one for one in offence.reasons if one.condition not in _BESIDE)


def _scenario(case: Case, decision: Decision) -> Scenario:
    asked = Asked(case, decision)
    mistake = mistake_in(asked)
    right = ANSWERS[decision.outcome]
    others = tuple(
        one for one in dict.fromkeys(ANSWERS.values()) if one not in (right, mistake.answer)
    )
    return Scenario(
        _id(case),
        case.words,
        QUESTION,
        right,
        mistake.answer,
        mistake.words,
        _why(decision),
        _provisions(decision),
        others,
        decision=decision,
    )


def _id(case: Case) -> str:
    return f"L{hashlib.sha256(case.key.encode()).hexdigest()[:10]}"


def _why(decision: Decision) -> str:
    """Return what decided: the conditions answered no or not known, or else those that were met."""
    wanted = {Outcome.CANNOT_TELL: Answer.UNKNOWN}.get(decision.outcome, Answer.NO)
    decided = [one.because for one in _deciding(decision) if one.answer is wanted]
    if decision.outcome in (Outcome.STATUTORY, Outcome.NOTIFICATION_SCHEME) or not decided:
        decided = [one.because for one in _deciding(decision) if one.answer is Answer.YES]
    said = "; ".join(dict.fromkeys(decided))
    return f"{said[:1].upper()}{said[1:]}."


def _provisions(decision: Decision) -> tuple[str, ...]:
    """Return the provisions that count as the reason, what decided first."""
    wanted = {Outcome.CANNOT_TELL: Answer.UNKNOWN, Outcome.STATUTORY: Answer.YES}
    first = wanted.get(decision.outcome, Answer.NO)
    if decision.outcome is Outcome.NOTIFICATION_SCHEME:
        return ("Victim Notification Scheme",)
    reasons = [one for one in _deciding(decision) if one.answer is first]
    return tuple(dict.fromkeys(one.provision for one in reasons))
