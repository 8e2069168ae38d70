"""The same facts told by two feeds: each must be answered as the facts themselves are."""

from __future__ import annotations

from collections.abc import Iterator

from tests.prove.facts import Given, walked
from tests.prove.telling import SHAPES, as_carried
from tests.prove.words import in_words
from vcs.intake.reading import read
from vcs.law.decision import Decision
from vcs.law.eligibility import decide
from vcs.law.facts import SentencingFacts

Answer = tuple[str, str | None]


def answers(decision: Decision) -> list[Answer]:
    """Return the outcome and the route of every offence, in order."""
    return [(one.outcome, one.route) for one in decision.offences]


def told_by(shape: str, facts: SentencingFacts) -> tuple[Answer, list[Answer]]:
    """Send facts through a feed: built as its message, read again, and decided.

    The answer for the offender comes first, then that of each offence.
    """
    (person,) = read(SHAPES[shape](facts)).sentenced
    decision = decide(person.facts)
    return (decision.outcome, decision.route), answers(decision)


def disagreeing(count: int, part: int = 0, parts: int = 1) -> Iterator[str]:
    """Tell so many sets by every feed, and say where one is answered otherwise."""
    for one in walked(count, part, parts):
        facts = as_carried(one.facts)
        ours = answers(decide(facts))
        for shape in SHAPES:
            _, theirs = told_by(shape, facts)
            if theirs != ours:
                told = in_words(Given(one.number, facts, None))
                yield f"Set {one.number}: {told} is {_said(ours)}; by {shape}, {_said(theirs)}."


def _said(each: list[Answer]) -> str:
    return ", ".join(outcome for outcome, _ in each) or "nothing"
