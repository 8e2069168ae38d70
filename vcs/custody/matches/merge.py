"""Two numbers that a prison joined: whatever is known by either is found by both.

A false join tells a stranger's release to people whom it does not concern. Where one of the numbers
is of an offender of ours and nothing shows that both are one person's, somebody compares first.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from sqlalchemy import delete, or_
from sqlmodel import col, select

from vcs.access.rules import Act
from vcs.access.work import Work
from vcs.custody.matches.match import matched
from vcs.custody.records import CustodyFact, CustodyMark, EndsAs
from vcs.custody.sealed import Opened, opened
from vcs.custody.sources.told import Who
from vcs.database import insert_once
from vcs.intake import person_numbers
from vcs.intake.person_numbers import Number
from vcs.lists.matches.held import HeldSentence
from vcs.lists.reading.lines import mark_of
from vcs.sentences.records import MergedNumber
from vcs.tables import table_of

_TABLE = table_of(MergedNumber)

NOT_SURE: Final = "A prison joined two numbers, and nothing shows that both are this offender’s"

REMOVED: Final = "REMOVED"
"""The kind of mark of the number that is no more, among those of a join."""

Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Pending:
    """A join that a person still compares, and the sentences of which it may be."""

    fact: CustodyFact
    held: tuple[HeldSentence, ...]


def pending(work: Work, who: Who) -> Pending | None:
    """Return the join in doubt by which somebody may be an offender of ours; None where none is."""
    number = who.numbers.get(Number.NOMS)
    if number is None:
        return None
    query = (
        select(CustodyFact)
        .join(CustodyMark, col(CustodyMark.fact_id) == col(CustodyFact.id))
        .where(
            CustodyMark.mark == mark_of(Number.NOMS, number),
            CustodyFact.reading == _JOINS,
            CustodyFact.ends_as == EndsAs.UNMATCHED,
        )
    )
    for fact in work.session.exec(query.order_by(col(CustodyFact.id))):
        if held := doubtful(work, opened(work.sealer, fact)):
            return Pending(fact, held)
    return None


def waiting_for(work: Work, fact: CustodyFact) -> Sequence[int]:
    """Return what matched nobody and has one of the numbers that a join in doubt would join."""
    marks = select(CustodyMark.mark).where(CustodyMark.fact_id == fact.id)
    query = (
        select(CustodyFact.id)
        .join(CustodyMark, col(CustodyMark.fact_id) == col(CustodyFact.id))
        .where(
            col(CustodyMark.mark).in_(marks),
            CustodyFact.reading != _JOINS,
            CustodyFact.ends_as == EndsAs.UNMATCHED,
        )
    )
    return sorted(set(work.session.exec(query)))


_JOINS: Final = "merged"


def doubtful(work: Work, told: Opened) -> tuple[HeldSentence, ...]:
    """Return the sentences of one of two joined numbers that nothing else ties to the other.

    Empty where neither number is of an offender of ours, or where both lead to one.
    """
    pair = _pair(told)
    if pair is None:
        return ()
    new, old = (_of_number(work, number) for number in pair)
    of_both = {one.sentence_id for one in new} & {one.sentence_id for one in old}
    return () if of_both else (*new, *old)


def join_numbers(work: Work, told: Opened) -> str:
    """Record that two prison numbers are one person's. Returns what is said of it."""
    pair = _pair(told)
    if pair is None:
        return "The message names no two numbers"
    new, old = (mark_of(Number.NOMS, number) for number in pair)
    row = {
        "kind": str(Number.NOMS),
        "old_mark": old,
        "new_mark": new,
        "recorded_at": work.now,
        "recorded_by": work.actor.who,
    }
    once = insert_once(work.session, _TABLE, "old_mark", "new_mark").values(row)
    if work.session.execute(once.returning(_TABLE.c.id)).first() is not None:
        work.note("custody.numbers_merged", str(Number.NOMS))
    return "Two prison numbers are one person’s from now on"


def part_numbers(work: Work, kind: Number, one: str, other: str) -> int:
    """Take back that two numbers are one person's, whichever was merged into the other.

    Returns how many joins were taken back: 0 where they were not joined. What was recorded
    meanwhile stays: each key event that is not theirs is taken back by hand.
    """
    work.require_may(Act.RECONCILE)
    marks = [mark_of(kind, person_numbers.read(kind, number) or number) for number in (one, other)]
    either = or_(
        (_TABLE.c.old_mark == marks[0]) & (_TABLE.c.new_mark == marks[1]),
        (_TABLE.c.old_mark == marks[1]) & (_TABLE.c.new_mark == marks[0]),
    )
    gone = work.session.execute(delete(_TABLE).where(either).returning(_TABLE.c.id)).all()
    if gone:
        work.note("custody.numbers_parted", str(kind))
    return len(gone)


def _pair(told: Opened) -> Pair | None:
    new, old = told.who.numbers.get(Number.NOMS), person_numbers.noms(told.merged_from)
    return (new, old) if new and old and new != old else None


def _of_number(work: Work, number: str) -> tuple[HeldSentence, ...]:
    return matched(work.session, work.sealer, Who({Number.NOMS: number})).sure
