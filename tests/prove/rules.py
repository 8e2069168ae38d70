"""What must hold for every set of facts. Each counter-example is a sentence for a lawyer."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from tests.prove.facts import Given
from tests.prove.words import in_words
from vcs.law.decision import Decision, OffenceDecision
from vcs.law.eligibility import decide
from vcs.law.facts import OffenceFacts, SentenceFacts, SentencingFacts, TransferDirection
from vcs.law.relevant_sentence import length
from vcs.terms import PROTECTION_ORDER, Answer, Finding, Outcome, SentenceKind, Term
from vcs.terms import Sequence as Runs

OfOffence = Callable[[OffenceFacts], OffenceFacts]

OfOccasion = Callable[[SentencingFacts], SentencingFacts]

OWED = frozenset({Outcome.STATUTORY, Outcome.NOTIFICATION_SCHEME})

RANK = {outcome: place for place, outcome in enumerate(PROTECTION_ORDER)}


def _imposed(offence: OffenceFacts, **fields: object) -> OffenceFacts:
    imposed = tuple(replace(one, **fields) for one in offence.sentences)  # type: ignore[arg-type]
    return replace(offence, sentences=imposed)


def _runs_not_stated(facts: SentencingFacts) -> SentencingFacts:
    told = tuple(_imposed(one, sequence=Runs.NOT_STATED) for one in facts.offences)
    return replace(facts, offences=told)


LEFT_OUT: Mapping[str, OfOffence] = {
    "the offence code": lambda o: replace(o, offence_code=None),
    "the length": lambda o: _imposed(o, terms=()),
    "what was imposed": lambda o: _imposed(o, kind=SentenceKind.UNKNOWN),
    "the finding": lambda o: replace(o, finding=Finding.NOT_STATED),
    "the day of the offence": lambda o: replace(o, committed_from=None, committed_until=None),
    "the day of conviction": lambda o: replace(o, convicted_on=None),
}
"""Facts of an offence that a message may lack: an owed victim is then asked about, never lost.

A mark that a message only ever adds (notification, domestic abuse, a restriction order) is none
of them: a message without it says that there was none.
"""

LEFT_OUT_OF_ALL: Mapping[str, OfOccasion] = {
    "the date of birth": lambda f: replace(f, date_of_birth=None),
    "the mark of youth": lambda f: replace(f, youth=None),
    "the kind of court": lambda f: replace(f, crown_court=None),
    "the total that the court stated": lambda f: replace(f, total_terms=()),
    "how the terms run": _runs_not_stated,
}

_MOVED = date(2026, 5, 5)


def _moved(restricted: bool | None) -> OfOccasion:
    return lambda f: replace(f, transfer=TransferDirection(_MOVED, restricted))


STILL_OWED: Mapping[str, OfOccasion] = {
    "a move to hospital with a restriction direction": _moved(True),
    "a move to hospital without one": _moved(False),
    "a move to hospital of which no more is known": _moved(None),
    "the end of restrictions": lambda f: replace(f, restrictions_ended_on=_MOVED),
}
"""What may follow a sentence: a victim who is owed contact is still owed it, or asked about."""

_MORE = OffenceFacts(
    9,
    "MD71231",
    finding=Finding.CONVICTED,
    sentences=(SentenceFacts(SentenceKind.IMPRISONMENT, terms=(Term(months=3),)),),
)

_FINE = SentenceFacts(SentenceKind.NON_CUSTODIAL, label="Victim surcharge")


def _longer(offence: OffenceFacts) -> OffenceFacts:
    each = tuple(
        replace(one, terms=tuple(replace(t, years=t.years + 2) for t in one.terms))
        for one in offence.sentences
    )
    return replace(offence, sentences=each)


A_LONGER_TERM = "a term two years longer"

ONE_MORE_OFFENCE = "one more offence"

SAYS_NOTHING: Mapping[str, OfOffence] = {
    "another title": lambda o: replace(o, title="As charged"),
    "another label": lambda o: _imposed(o, label="As pronounced"),
    "a surcharge beside it": lambda o: replace(o, sentences=(*o.sentences, _FINE)),
}
"""What the law does not ask about: with it or without, each offence is answered the same."""

ANOTHER_ORDER = "the offences in another order"


@dataclass(frozen=True, slots=True)
class Turned:
    """One offence with each of its facts left out or changed: built once, for many occasions."""

    left_out: tuple[tuple[str, OffenceFacts], ...]
    longer: OffenceFacts | None
    says_nothing: OffenceFacts


@lru_cache(maxsize=4)
def _turned(first: OffenceFacts) -> Turned:
    left = ((what, leave(first)) for what, leave in LEFT_OUT.items())
    longer, quiet = _longer(first), first
    for change in SAYS_NOTHING.values():
        quiet = change(quiet)
    return Turned(
        tuple((what, changed) for what, changed in left if changed != first),
        longer if longer != first else None,
        quiet,
    )


def broken(given: Given, decision: Decision) -> Iterator[str]:
    """Say in a sentence each rule that a set of facts breaks."""
    turned = _turned(given.facts.offences[0])
    if all(one.outcome is Outcome.NOT_ELIGIBLE for one in decision.offences):
        if _differ(_quiet(given, turned), decision.offences):
            yield from _one_by_one(given, decision.offences)
        return  # nothing can be lower
    yield from _by_more(given, decision, turned)
    if turned.longer:
        yield from _by_longer(given, decision, turned.longer)
    if decision.outcome in OWED:
        yield from _lost(given, decision, turned)


def _with_first(facts: SentencingFacts, first: OffenceFacts) -> SentencingFacts:
    return replace(facts, offences=(first, *facts.offences[1:]))


def _quiet(given: Given, turned: Turned, *more: OffenceFacts) -> tuple[OffenceDecision, ...]:
    """Change everything at once that says nothing, the order too, beside any offences more."""
    quiet = (turned.says_nothing, *given.facts.offences[1:], *more)
    return decide(replace(given.facts, offences=quiet[::-1]), given.rules).offences[::-1]


def _by_more(given: Given, decision: Decision, turned: Turned) -> Iterator[str]:
    """Add an offence, and change what says nothing: asked apart only where an answer differs."""
    before = decision.offences
    both = _quiet(given, turned, _MORE)[: len(before)]
    if not _differ(both, before):
        return
    facts = replace(given.facts, offences=(*given.facts.offences, _MORE))
    more = decide(facts, given.rules).offences[: len(before)]
    if any(_is_lower(*pair) for pair in zip(before, more, strict=True)):
        yield _told(given, before, ONE_MORE_OFFENCE, more)
    if _differ(both, more):
        yield from _one_by_one(given, before)


def _one_by_one(given: Given, before: tuple[OffenceDecision, ...]) -> Iterator[str]:
    facts = given.facts
    alone = {what: _with_first(facts, say(facts.offences[0])) for what, say in SAYS_NOTHING.items()}
    alone[ANOTHER_ORDER] = replace(facts, offences=facts.offences[::-1])
    for what, changed in alone.items():
        then = decide(changed, given.rules).offences
        then = then[::-1] if what is ANOTHER_ORDER else then
        if _differ(then, before):
            yield _told(given, before, what, then)


def _differ(some: tuple[OffenceDecision, ...], others: tuple[OffenceDecision, ...]) -> bool:
    pairs = zip(some, others, strict=True)
    return any(a.outcome is not b.outcome or a.route is not b.route for a, b in pairs)


def _is_lower(then: OffenceDecision, now: OffenceDecision) -> bool:
    return RANK[now.outcome] > RANK[then.outcome]


def _by_longer(given: Given, decision: Decision, longer: OffenceFacts) -> Iterator[str]:
    facts = given.facts
    after = decide(_with_first(facts, longer), given.rules).offences
    for place, its in enumerate(zip(decision.offences, after, strict=True)):
        excepted = place > 0 and _is_lower(*its) and _ends_the_question(facts, longer, its)
        if _is_lower(*its) and not excepted:
            yield _told(given, decision.offences, A_LONGER_TERM, after)


def _ends_the_question(
    facts: SentencingFacts, longer: OffenceFacts, its: tuple[OffenceDecision, OffenceDecision]
) -> bool:
    """Say whether a lower answer is the one exception: the total is no longer asked about.

    Terms under 12 months that follow one another are an open question (decision table A, row 9).
    A term of 12 months or more is tested by itself and lends its length to no other, so where the
    first offence's term becomes one, a neighbour's question of the total may end. Only that: every
    other answer of the neighbour is as before.
    """
    then, now = (_asked(one) for one in its)
    differ = {asked for asked in then.keys() | now.keys() if then.get(asked) != now.get(asked)}
    return (
        differ == {"twelve-months"}
        and (then["twelve-months"], now["twelve-months"]) == (Answer.UNKNOWN, Answer.NO)
        and length.twelve_months(longer.sentences, facts.sentenced_on).answer is Answer.YES
    )


_AFTER_ALL = frozenset({"discretion", "youth", "total-of-terms", "schedule-6a-on-request"})


def _asked(offence: OffenceDecision) -> dict[str, Answer]:
    """Return the answers of the test itself, without what is said once it is answered."""
    return {r.condition: r.answer for r in offence.reasons if r.condition not in _AFTER_ALL}


def _lost(given: Given, decision: Decision, turned: Turned) -> Iterator[str]:
    facts = given.facts
    changes = [(f"leaving out {what}", _with_first(facts, one)) for what, one in turned.left_out]
    changes += [(f"leaving out {what}", leave(facts)) for what, leave in LEFT_OUT_OF_ALL.items()]
    if facts.transfer is None and facts.restrictions_ended_on is None:
        changes += [(what, follow(facts)) for what, follow in STILL_OWED.items()]
    for what, changed in changes:
        if changed == facts:
            continue
        after = decide(changed, given.rules).offences
        pairs = zip(decision.offences, after, strict=True)
        if any(b.outcome in OWED and a.outcome is Outcome.NOT_ELIGIBLE for b, a in pairs):
            yield _told(given, decision.offences, what, after)


def _told(
    given: Given,
    before: tuple[OffenceDecision, ...],
    what: str,
    after: tuple[OffenceDecision, ...],
) -> str:
    then, now = (", ".join(one.outcome for one in each) for each in (before, after))
    return f"Set {given.number}: {in_words(given)} is {then}; {what} makes it {now}."
