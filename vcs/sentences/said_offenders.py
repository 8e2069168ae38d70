"""What managers said about two sentences: that they are of one offender, or of two."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Final

from sqlalchemy import or_
from sqlmodel import Session, col, select

from vcs.tasks.records import Task, TaskKind

ONE: Final = "one_offender"

TWO: Final = "two_offenders"


def said(
    session: Session, sentence_ids: Iterable[int], answer: str
) -> Mapping[int, frozenset[int]]:
    """Return, by sentence, the others of which a manager gave an answer: ``ONE`` or ``TWO``."""
    wanted = set(sentence_ids)
    if not wanted:
        return {}
    either = or_(col(Task.sentence_id).in_(wanted), col(Task.other_sentence_id).in_(wanted))
    query = select(Task.sentence_id, Task.other_sentence_id).where(
        Task.kind == str(TaskKind.SAME_OFFENDER), Task.answer == answer, either
    )
    found: dict[int, set[int]] = defaultdict(set)
    for one, other in session.exec(query):
        for here, there in ((one, other), (other, one)):
            if here in wanted and there is not None:
                found[here].add(there)
    return {one: frozenset(others) for one, others in found.items()}
