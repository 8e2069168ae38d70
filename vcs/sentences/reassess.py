"""What another rule set would change, over every sentence that is held. Nothing is written."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import Select, func, select
from sqlmodel import Session, col

from vcs.law.archive import decision_from_json, facts_from_json
from vcs.law.decision import Decision
from vcs.law.eligibility import decide
from vcs.law.rule_sets import RuleSet
from vcs.sentences.records import DecisionRecord, Sentence
from vcs.terms import Outcome

_AT_A_TIME = 500


@dataclass(frozen=True, slots=True)
class Change:
    """One sentence whose answer would change. ``why`` are the facts that are answered anew."""

    reference: str
    was: Outcome
    would_be: Outcome
    route: str
    why: tuple[str, ...]


def reassess(session: Session, as_if: RuleSet | None = None) -> Iterator[Change]:
    """Decide every stored sentence again, as if a rule set were in force or by today's rules."""
    rows = session.execute(
        select(col(Sentence.reference), col(DecisionRecord.facts), col(DecisionRecord.decision))
        .join(DecisionRecord, col(DecisionRecord.sentence_id) == col(Sentence.id))
        .where(col(DecisionRecord.id).in_(_newest()))
        .order_by(col(Sentence.reference))
        .execution_options(yield_per=_AT_A_TIME)
    )
    for reference, facts, kept in rows:
        was = decision_from_json(kept)
        now = decide(facts_from_json(facts), as_if)
        if (now.outcome, now.route) != (was.outcome, was.route):
            yield Change(reference, was.outcome, now.outcome, str(now.route or ""), _why(was, now))


def _newest() -> Select[int]:
    """Return the id of each sentence's decision that stands."""
    return select(func.max(col(DecisionRecord.id))).group_by(col(DecisionRecord.sentence_id))


def _why(was: Decision, now: Decision) -> tuple[str, ...]:
    """Return what the deciding offence now answers that it did not answer before."""
    before = {reason for offence in was.offences for reason in offence.reasons}
    deciding = (offence for offence in now.offences if offence.outcome is now.outcome)
    found = [r for offence in deciding for r in offence.reasons if r not in before]
    return tuple(dict.fromkeys(f"{reason.because} ({reason.provision})" for reason in found))
