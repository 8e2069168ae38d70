"""Sentences that came after a list named them: the question about them closes by itself."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Final

from sqlalchemy import select, update
from sqlmodel import Session

from vcs.access.work import Work
from vcs.intake.cursors import came_to, held_cursor
from vcs.lists.asked.line_tasks import ARRIVED, end_tasks, unknown_lines
from vcs.lists.matches import weights
from vcs.lists.matches.candidates import Candidates
from vcs.lists.matches.matching import Window
from vcs.lists.matches.ours import held_where, newest_decision
from vcs.lists.matches.pairing import Found, pairs
from vcs.lists.merged import merged_numbers
from vcs.lists.reading.lines import Line
from vcs.lists.records import ListLine
from vcs.sentences.records import DecisionRecord, Sentence
from vcs.tables import table_of

_LINES, _SENTENCES, _DECISIONS = table_of(ListLine), table_of(Sentence), table_of(DecisionRecord)

_CURSOR: Final = "lists arrived"

_AT_A_TIME: Final = 2000


def has_news(session: Session) -> bool:
    """Say whether anything was decided since the last look."""
    return came_to(session, _CURSOR) < newest_decision(session)


def look_again_since(session: Session, decision_id: int) -> None:
    """Look again at what was decided after this: a list was compared with what was there then."""
    cursor = held_cursor(session, _CURSOR)
    cursor.last_id = min(cursor.last_id, decision_id)
    session.add(cursor)


def settle_arrived(work: Work) -> int:
    """Close each question about a sentence unknown to us whose sentence is here now.

    Returns how many. Looks at a part of what was decided since the last look.
    """
    cursor = held_cursor(work.session, _CURSOR)
    since = cursor.last_id
    asked = list(unknown_lines(work.session, work.sealer))
    newest = newest_decision(work.session)
    until = min(newest, since + _AT_A_TIME) if asked else newest
    arrived = _arrived(work, asked, since, until) if asked else {}
    for task_id, sentence_id in arrived.items():
        of_task = update(_LINES).where(_LINES.c.task_id == task_id)
        work.session.execute(of_task.values(sentence_id=sentence_id))
    end_tasks(work, arrived, ARRIVED)
    cursor.last_id = until
    work.session.add(cursor)
    return len(arrived)


def _arrived(
    work: Work, asked: Sequence[tuple[int, Line]], since: int, until: int
) -> dict[int, int]:
    """Return the sentence of each question that is here now, by the question's task."""
    decided = select(_DECISIONS.c.sentence_id).where(_DECISIONS.c.id.between(since + 1, until))
    merged = merged_numbers(work.session)
    held = held_where(work.session, work.sealer, _SENTENCES.c.id.in_(decided), merged)
    window = Window(weights.prior(len(held)), Counter(one.sentenced_on for one in held))
    lines = [replace(line, row=place) for place, (_, line) in enumerate(asked)]
    found = pairs(lines, Candidates(held), window)
    return dict(_tied(asked, found))


def _tied(
    asked: Sequence[tuple[int, Line]], found: Mapping[int, Found]
) -> Iterator[tuple[int, int]]:
    for place, (task_id, _) in enumerate(asked):
        pair = found[place].pair if place in found else None
        if pair is not None and pair.held.sentence_id is not None:
            yield task_id, pair.held.sentence_id
