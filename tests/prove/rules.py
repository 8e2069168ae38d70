"""What must hold for every set of facts. Each counter-example is a sentence for a lawyer."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from vcs.law.decision import Decision
from vcs.law.eligibility import decide
from vcs.law.facts import OffenceFacts, SentenceFacts, SentencingFacts
from vcs.terms import PROTECTION_ORDER, Finding, Outcome, SentenceKind, Term

Change = Callable[[SentencingFacts], SentencingFacts]

OWED = (Outcome.STATUTORY, Outcome.NOTIFICATION_SCHEME)


def _first(
    facts: SentencingFacts, change: Callable[[OffenceFacts], OffenceFacts]
) -> SentencingFacts:
    first, *others = facts.offences
    return replace(facts, offences=(change(first), *others))


def _imposed(offence: OffenceFacts, **fields: object) -> OffenceFacts:
    imposed = tuple(replace(one, **fields) for one in offence.sentences)  # type: ignore[arg-type]
    return replace(offence, sentences=imposed)


LEFT_OUT: dict[str, Change] = {
    "the offence code": lambda f: _first(f, lambda o: replace(o, offence_code=None)),
    "the length": lambda f: _first(f, lambda o: _imposed(o, terms=())),
    "what was imposed": lambda f: _first(f, lambda o: _imposed(o, kind=SentenceKind.UNKNOWN)),
    "the finding": lambda f: _first(f, lambda o: replace(o, finding=Finding.NOT_STATED)),
    "the day of the offence": lambda f: _first(
        f, lambda o: replace(o, committed_from=None, committed_until=None)
    ),
    "the date of birth": lambda f: replace(f, date_of_birth=None),
}
"""Facts that a message may lack: without one, an owed victim is asked about and never lost."""

_MORE = OffenceFacts(
    9,
    "MD71231",
    finding=Finding.CONVICTED,
    sentences=(SentenceFacts(SentenceKind.IMPRISONMENT, terms=(Term(months=3),)),),
)

_FINE = SentenceFacts(SentenceKind.NON_CUSTODIAL, label="Victim surcharge")


def _longer(offence: OffenceFacts) -> OffenceFacts:
    return replace(
        offence,
        sentences=tuple(
            replace(one, terms=tuple(replace(t, years=t.years + 2) for t in one.terms))
            for one in offence.sentences
        ),
    )


NEVER_LOWER: dict[str, Change] = {
    "a term two years longer": lambda f: _first(f, _longer),
    "one more offence": lambda f: replace(f, offences=(*f.offences, _MORE)),
    "the offences in another order": lambda f: replace(f, offences=f.offences[::-1]),
    "a surcharge beside it": lambda f: _first(
        f, lambda o: replace(o, sentences=(*o.sentences, _FINE))
    ),
}
"""Changes that may raise what is owed and never lower it."""

SAYS_NOTHING: dict[str, Change] = {
    "another title": lambda f: _first(f, lambda o: replace(o, title="As charged")),
    "another label": lambda f: _first(f, lambda o: _imposed(o, label="As pronounced")),
}
"""Words that the law does not ask about: with them or without, the answer is the same."""


def broken(facts: SentencingFacts, decision: Decision, *, thoroughly: bool) -> Iterator[str]:
    """Say what a set of facts breaks. ``thoroughly`` also tries what must not lower it."""
    if decision.outcome in OWED:
        yield from _lost(facts, decision.outcome)
    if thoroughly:
        yield from _lowered(facts, decision)


def _lost(facts: SentencingFacts, outcome: Outcome) -> Iterator[str]:
    for what, leave_out in LEFT_OUT.items():
        left = decide(leave_out(facts)).outcome
        if left is Outcome.NOT_ELIGIBLE:
            yield f"{in_words(facts)} is {outcome}; leaving out {what} makes it {left}"


def _lowered(facts: SentencingFacts, decision: Decision) -> Iterator[str]:
    for what, change in NEVER_LOWER.items():
        after = decide(change(facts)).outcome
        if PROTECTION_ORDER.index(after) > PROTECTION_ORDER.index(decision.outcome):
            yield f"{in_words(facts)} is {decision.outcome}; {what} makes it {after}"
    for what, change in SAYS_NOTHING.items():
        after = decide(change(facts)).outcome
        if after is not decision.outcome:
            yield f"{in_words(facts)} is {decision.outcome}; {what} makes it {after}"


def in_words(facts: SentencingFacts) -> str:
    """Write a set of facts as one sentence."""
    offences = "; ".join(_offence(one) for one in facts.offences)
    age = facts.age_on(facts.sentenced_on)
    whose = "an offender of unknown age" if age is None else f"an offender of {age}"
    also = ", with a restriction order" if facts.restricted else ""
    also += ", moved to hospital afterwards" if facts.transfer else ""
    return f"On {facts.sentenced_on}, {whose}: {offences}{also}"


def _offence(offence: OffenceFacts) -> str:
    imposed = ", ".join(_sentence(one) for one in offence.sentences) or "nothing"
    code = offence.offence_code or "no code"
    notified = " with notification" if offence.notification else ""
    abuse = " marked as domestic abuse" if offence.domestic_abuse else ""
    return f"{code} ({offence.finding}) {imposed}{notified}{abuse}"


def _sentence(sentence: SentenceFacts) -> str:
    terms = " or ".join(term.in_words() for term in sentence.terms) or "no length"
    return f"{sentence.kind} ({terms}, {sentence.sequence})"
