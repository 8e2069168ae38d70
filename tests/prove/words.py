"""A set of facts as one sentence that a lawyer can read."""

from __future__ import annotations

from collections.abc import Iterator

from tests.prove.facts import Given
from vcs.law.facts import OffenceFacts, SentenceFacts, SentencingFacts
from vcs.terms import Sequence


def in_words(given: Given) -> str:
    """Write a set of facts as one sentence."""
    facts = given.facts
    offences = "; ".join(_offence(one) for one in facts.offences)
    by = f", as if {given.rules.title} were in force" if given.rules else ""
    marks = "".join(f", {mark}" for mark in _marks(facts))
    return f"On {facts.sentenced_on}{by}, {_whose(facts)}: {offences}{marks}"


def _whose(facts: SentencingFacts) -> str:
    age = facts.age_on(facts.sentenced_on)
    if age is not None:
        return f"an offender of {age}"
    return "an offender marked as a youth" if facts.youth else "an offender of unknown age"


def _marks(facts: SentencingFacts) -> Iterator[str]:
    if facts.restricted:
        yield "with a restriction order"
    if facts.transfer:
        how = {True: "with", False: "without", None: "perhaps with"}[facts.transfer.restricted]
        day = facts.transfer.given_on or "a day not known"
        yield f"moved to hospital on {day} {how} a restriction direction"
    if facts.restrictions_ended_on:
        yield f"whose restrictions ended on {facts.restrictions_ended_on}"
    for total in facts.total_terms:
        yield f"the court stating a total of {total.in_words()}"
    named = {
        "with notification recorded for the person": facts.notification,
        "the whole being life": facts.total_life,
        "who has died": facts.died,
        "being an organisation": facts.organisation,
        "by a court outside England and Wales": facts.outside_court,
        "in the Crown Court": facts.crown_court is True,
        "in a magistrates' court": facts.crown_court is False,
    }
    yield from (words for words, holds in named.items() if holds)


def _offence(offence: OffenceFacts) -> str:
    imposed = ", ".join(_sentence(one) for one in offence.sentences) or "nothing"
    code = offence.offence_code or "no code"
    when = f" committed {offence.committed_from}" if offence.committed_from else ""
    notified = " with notification" if offence.notification else ""
    abuse = " marked as domestic abuse" if offence.domestic_abuse else ""
    change = f", {offence.change}" if offence.change else ""
    return f"{code}{when} ({offence.finding}) {imposed}{notified}{abuse}{change}"


def _sentence(sentence: SentenceFacts) -> str:
    terms = " or ".join(term.in_words() for term in sentence.terms)
    runs = "" if sentence.sequence is Sequence.NOT_STATED else f" {sentence.sequence}"
    life = " marked as for life" if sentence.life else ""
    return f"{sentence.kind}{f' of {terms}' if terms else ' without a length'}{runs}{life}"
