"""How like cases of the region were decided by people: to decide alike, and to see who did not.

Only sentences that the reader may see are listed and counted. No word is about any person.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import select
from sqlmodel import Session, col

from vcs.access.actors import Actor
from vcs.clock import london_date
from vcs.law.alike import Likeness, family_in_words, likenesses
from vcs.law.archive import decision_from_json, facts_from_json
from vcs.referrals.records import Referral
from vcs.referrals.states import region, within
from vcs.sentences.records import AnsweredCondition, DecisionRecord, Sentence
from vcs.tasks.records import Task, TaskKind
from vcs.tasks.rules import task_reach
from vcs.terms import Outcome

YEARS_BACK = 2

MOST_ANSWERS, MOST_COMPARED = 2000, 100
"""How many answers of the region are looked at, and how many sentences are compared in full."""

_KINDS = (TaskKind.DECIDE, TaskKind.DISCRETION, TaskKind.DECLINE_REVIEW)

_NO = str(Outcome.NOT_ELIGIBLE)

_ANSWERS = [str(outcome) for outcome in Outcome if outcome is not Outcome.CANNOT_TELL]


@dataclass(frozen=True, slots=True)
class LikeCase:
    """One sentence that is like another, and what a person decided last."""

    reference: str
    decided_on: date
    is_offered: bool


@dataclass(frozen=True, slots=True)
class LikeCases:
    """Like cases, newest first. ``alike_in`` says in what; ``is_more`` that some are left out."""

    alike_in: tuple[Likeness, ...]
    cases: tuple[LikeCase, ...]
    since: date
    is_more: bool

    @property
    def offered(self) -> tuple[LikeCase, ...]:
        """Return those in which contact was offered, or found to be owed."""
        return tuple(one for one in self.cases if one.is_offered)

    @property
    def not_offered(self) -> tuple[LikeCase, ...]:
        """Return those in which it was not."""
        return tuple(one for one in self.cases if not one.is_offered)


def like_cases(session: Session, actor: Actor, sentence_id: int, today: date) -> LikeCases:
    """Return the like sentences of its region that people decided in the last two years."""
    wanted = _likenesses(session, [sentence_id]).get(sentence_id, frozenset())
    since = _years_before(today, YEARS_BACK)
    found: list[tuple[int, str, datetime, str]] = []
    if wanted:
        found = list(_answered(session, actor, sentence_id, since, wanted))
    compared = found[:MOST_COMPARED]
    known = _likenesses(session, [one[0] for one in compared])
    cases = tuple(
        LikeCase(reference, london_date(at), answer != _NO)
        for its_id, reference, at, answer in compared
        if known.get(its_id, frozenset()) & wanted
    )
    return LikeCases(tuple(sorted(wanted)), cases, since, len(found) > MOST_COMPARED)


def _years_before(day: date, years: int) -> date:
    last_of_february = (day.month, day.day) == (2, 29)
    return day.replace(year=day.year - years, day=28 if last_of_february else day.day)


def _answered(
    session: Session, actor: Actor, sentence_id: int, since: date, wanted: Iterable[Likeness]
) -> Iterator[tuple[int, str, datetime, str]]:
    """Yield each sentence once, by its newest answer, whose offences may be of a wanted family."""
    families = {one.family for one in wanted}
    rows = session.execute(_query(session, actor, sentence_id, since)).all()
    of_family = {row.sentence_id for row in rows if _may_be(row.offence_code, families)}
    seen: set[int] = set()
    for row in rows:
        if row.sentence_id in of_family and row.sentence_id not in seen:
            seen.add(row.sentence_id)
            yield row.sentence_id, row.reference, row.done_at, row.answer


def _may_be(code: str | None, families: set[str]) -> bool:
    """Say whether an answer may be of a family: one without a code is compared in full."""
    return code is None or family_in_words(code) in families


def _query(session: Session, actor: Actor, sentence_id: int, since: date) -> Any:
    here = (
        select(region())
        .select_from(Sentence)
        .outerjoin(Referral, col(Referral.sentence_id) == col(Sentence.id))
        .where(col(Sentence.id) == sentence_id)
    )
    its_region = session.execute(here).scalar()
    columns = (
        col(Task.sentence_id),
        col(Sentence.reference),
        col(Task.done_at),
        col(Task.answer),
        col(AnsweredCondition.offence_code),
    )
    return (
        select(*columns)
        .select_from(Task)
        .join(Sentence, col(Sentence.id) == col(Task.sentence_id))
        .outerjoin(Referral, col(Referral.sentence_id) == col(Sentence.id))
        .outerjoin(AnsweredCondition, col(AnsweredCondition.task_id) == col(Task.id))
        .where(
            col(Task.kind).in_([str(kind) for kind in _KINDS]),
            col(Task.done_by).is_not(None),
            col(Task.answer).in_(_ANSWERS),
            col(Task.done_at) >= datetime.combine(since, datetime.min.time(), UTC),
            col(Task.sentence_id) != sentence_id,
            region() == its_region,
            task_reach(actor).covering(within),
        )
        .order_by(col(Task.done_at).desc(), col(Task.id).desc())
        .limit(MOST_ANSWERS)
    )


def _likenesses(session: Session, ids: list[int]) -> Mapping[int, frozenset[Likeness]]:
    """Return by what some sentences are compared, from the newest decision about each."""
    query = (
        select(
            col(DecisionRecord.sentence_id), col(DecisionRecord.facts), col(DecisionRecord.decision)
        )
        .where(col(DecisionRecord.sentence_id).in_(ids))
        .order_by(col(DecisionRecord.id))
    )
    newest = {row[0]: (row[1], row[2]) for row in session.execute(query)}
    return {
        its_id: likenesses(facts_from_json(facts), decision_from_json(decision))
        for its_id, (facts, decision) in newest.items()
    }
