"""The decision card: what was decided about a sentence, why, and what was decided before."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session, col, select

from vcs.law.archive import decision_from_json, facts_from_json
from vcs.law.decision import OffenceDecision
from vcs.law.facts import SentencingFacts
from vcs.law.nearest import Nearest, nearest
from vcs.sealing import UNOPENED, Sealer, shown
from vcs.sentences.records import DecisionRecord, Sentence
from vcs.tasks.records import Task


@dataclass(frozen=True, slots=True)
class SentenceView:
    """A sentencing occasion. ``gone`` marks one that the newest message no longer holds."""

    reference: str
    offender_name: str
    date_of_birth: date | None
    case_reference: str
    court_name: str
    sentenced_on: date
    outcome: str
    route: str | None
    gone: bool


@dataclass(frozen=True, slots=True)
class EarlierDecision:
    """A decision that a later one superseded."""

    made_at: datetime
    outcome: str
    rule_set: str


@dataclass(frozen=True, slots=True)
class DecisionCard:
    """The decision that stands, per offence, with what a person must answer.

    ``lower_confidence`` marks one made from a copy that leaves out codes, lengths and dates.
    ``nearest`` are, for each offence, the smallest sets of facts that would make its answer yes.
    ``imposed`` says each offence with what the court imposed for it, in words; ``kinds`` are the
    kinds of sentence among it.
    """

    outcome: str
    route: str | None
    rule_set: str
    made_at: datetime
    offences: tuple[OffenceDecision, ...]
    questions: tuple[str, ...]
    earlier: tuple[EarlierDecision, ...]
    urgent: str = ""
    lower_confidence: bool = False
    nearest: tuple[tuple[Nearest, ...], ...] = ()
    imposed: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DecisionAsAt:
    """The decision that stood on a day, and whether deciding again gives the same bytes."""

    card: DecisionCard
    is_same: bool
    problem: str


def sentence_view(sealer: Sealer, sentence: Sentence) -> SentenceView:
    """Return a sentence for a page."""
    return SentenceView(
        sentence.reference,
        shown(sealer.open_text, sentence.offender_name, UNOPENED),
        sentence.date_of_birth,
        sentence.case_reference,
        sentence.court_name,
        sentence.sentenced_on,
        sentence.outcome,
        sentence.route,
        sentence.gone,
    )


def other_sentence_of(session: Session, sealer: Sealer, task_reference: str) -> SentenceView | None:
    """Return the second sentence that a question is about; None for a question about one."""
    of_task = select(Task.other_sentence_id).where(Task.reference == task_reference)
    found = session.exec(select(Sentence).where(col(Sentence.id).in_(of_task))).first()
    return sentence_view(sealer, found) if found else None


def _that_stood(decisions: Iterable[DecisionRecord]) -> list[DecisionRecord]:
    """Leave out what never stood: another feed's words for the same answer, told in between.

    The decision that stood all along was then said again, as it was made.
    """
    stood: list[DecisionRecord] = []
    for one in decisions:
        if len(stood) > 1 and _says_again(one, stood[-2]) and _answers_alike(one, stood[-1]):
            stood.pop()
        else:
            stood.append(one)
    return stood


def _says_again(one: DecisionRecord, other: DecisionRecord) -> bool:
    return (one.made_at, one.facts, one.decision) == (other.made_at, other.facts, other.decision)


def _answers_alike(one: DecisionRecord, other: DecisionRecord) -> bool:
    return (one.outcome, one.route) == (other.outcome, other.route)


def decision_card(session: Session, sentence_id: int, until_id: int | None = None) -> DecisionCard:
    """Return the newest decision about a sentence, with the earlier ones, newest first.

    ``until_id`` leaves out what was decided after that decision.
    """
    query = (
        select(DecisionRecord)
        .where(DecisionRecord.sentence_id == sentence_id)
        .order_by(col(DecisionRecord.id))
    )
    if until_id is not None:
        query = query.where(col(DecisionRecord.id) <= until_id)
    newest, *earlier = reversed(_that_stood(session.exec(query)))
    decision, facts = decision_from_json(newest.decision), facts_from_json(newest.facts)
    return DecisionCard(
        newest.outcome,
        newest.route,
        newest.rule_set,
        newest.made_at,
        decision.offences,
        decision.questions,
        tuple(EarlierDecision(one.made_at, one.outcome, one.rule_set) for one in earlier),
        decision.urgent,
        facts.lower_confidence,
        tuple(nearest(facts, place) for place in range(len(decision.offences))),
        tuple(imposed_in_words(facts)),
        tuple(dict.fromkeys(str(one.kind) for two in facts.offences for one in two.sentences)),
    )


def imposed_in_words(facts: SentencingFacts) -> Iterator[str]:
    """Yield each offence with what the court imposed for it, as the court stated it."""
    for offence in facts.offences:
        passed = [
            ", ".join([str(one.kind), *(term.in_words() for term in one.terms if term)])
            for one in offence.sentences
        ]
        name = offence.title or offence.offence_code or "offence not named"
        yield f"{name}: {'; '.join(passed) or 'no sentence stated'}"
    if facts.total_terms:
        yield f"In total: {'; '.join(term.in_words() for term in facts.total_terms)}"
