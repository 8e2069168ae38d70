"""What a decision leaves open, as a person is asked it: of whom, beside the court's own words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from vcs.law.book.asked import asked_of_people
from vcs.law.decision import Decision, OffenceDecision
from vcs.law.facts import OffenceFacts, SentenceFacts, SentencingFacts
from vcs.terms import Answer, Outcome

_LONGEST = 80

_FIRST_NAMED = re.compile("[;,]")


def in_words(decision: Decision, facts: SentencingFacts, wanted: Sequence[str]) -> tuple[str, ...]:
    """Return the questions of a decision that are wanted, each under the offences it is about.

    Offences of which the court says the same, and of which the same is open, are asked once.
    """
    alike: dict[tuple[str, tuple[str, ...]], list[int]] = {}
    for decided, told in zip(decision.offences, facts.offences, strict=True):
        asked = tuple(_line(*one) for one in _open_in(decided) if one[0] in wanted)
        if asked:
            alike.setdefault((_said(told), asked), []).append(decided.sequence)
    elsewhere = [one for one in wanted if one not in decision.questions]
    under = [
        line
        for (said, asked), numbers in alike.items()
        for line in (f"{_offences(numbers)}{said}", *asked)
    ]
    return (*under, *elsewhere)


def discretionary(decision: Decision, facts: SentencingFacts) -> tuple[str, ...]:
    """Return the court's words for the offences about which contact may be offered."""
    pairs = zip(decision.offences, facts.offences, strict=True)
    told = [(one.sequence, said) for one, said in pairs if one.outcome is Outcome.DISCRETIONARY]
    return tuple(f"{_offences([number])}{_said(said)}" for number, said in told)


def _open_in(offence: OffenceDecision) -> Iterator[tuple[str, str]]:
    """Yield each question about an offence with the condition that it settles."""
    unknown = [one.condition for one in offence.reasons if one.answer is Answer.UNKNOWN]
    # The conditions of the routes come first; notes that are asked of nobody stand after them.
    yield from zip(offence.questions, unknown, strict=False)


def _line(question: str, condition: str) -> str:
    who = next((one.who_knows for one in asked_of_people() if one.condition == condition), "")
    is_named = _FIRST_NAMED.split(who)[0] in question
    return question if is_named else f"{question} Who can know it: {who}."


def _offences(numbers: Sequence[int]) -> str:
    if len(numbers) == 1:
        return f"Offence {numbers[0]}"
    return f"Offences {', '.join(map(str, numbers[:-1]))} and {numbers[-1]}"


def _said(offence: OffenceFacts) -> str:
    words = [offence.title, *map(_imposed, offence.sentences), offence.taken_back]
    quoted = ", ".join(f"“{one[:_LONGEST]}”" for one in dict.fromkeys(words) if one)
    return f", in the court's words: {quoted}." if quoted else ": the court gives no words for it."


def _imposed(sentence: SentenceFacts) -> str:
    terms = " or ".join(term.in_words() for term in sentence.terms)
    return f"{sentence.label}, {terms}" if sentence.label and terms else sentence.label or terms
