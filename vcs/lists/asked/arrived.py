"""Sentences that came after a list named them: the question about them closes by itself."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Final

from sqlalchemy import select, update
from sqlmodel import Session

from vcs.access.work import Work
from vcs.intake.cursors import came_to, held_cursor
from vcs.lists.answered.answers import kept_answers
from vcs.lists.asked.asked_lines import AskedLine, asked_lines
from vcs.lists.asked.line_tasks import end_tasks
from vcs.lists.asked.questions import UNKNOWN_TOPICS
from vcs.lists.matches.candidates import Candidates
from vcs.lists.matches.doubts import are_two_cases, is_another_offence, is_further_count
from vcs.lists.matches.held import HeldSentence
from vcs.lists.matches.matching import Rule
from vcs.lists.matches.ours import held_where, newest_decision
from vcs.lists.matches.pairing import Found, Pair, pairs
from vcs.lists.merged import merged_numbers
from vcs.lists.reading.lines import Line
from vcs.lists.reconcile import whole_window
from vcs.lists.records import ListLine
from vcs.sentences.records import DecisionRecord, Sentence
from vcs.tables import table_of

_LINES, _SENTENCES, _DECISIONS = table_of(ListLine), table_of(Sentence), table_of(DecisionRecord)

_CURSOR: Final = "lists arrived"

_AT_A_TIME: Final = 2000

ARRIVED: Final = "the sentence came"


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
    asked = list(asked_lines(work.session, work.sealer, UNKNOWN_TOPICS))
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


def _arrived(work: Work, asked: Sequence[AskedLine], since: int, until: int) -> dict[int, int]:
    """Return the sentence of each question that is here now, by the question's task."""
    decided = select(_DECISIONS.c.sentence_id).where(_DECISIONS.c.id.between(since + 1, until))
    merged = merged_numbers(work.session)
    held = held_where(work.session, work.sealer, _SENTENCES.c.id.in_(decided), merged)
    answers = kept_answers(work.session, work.sealer)
    lines = [replace(answers.on(one.line, one.text), row=place) for place, one in enumerate(asked)]
    found = pairs(lines, Candidates(held), whole_window(work.session))
    return dict(_tied(asked, found))


def _tied(asked: Sequence[AskedLine], found: Mapping[int, Found]) -> Iterator[tuple[int, int]]:
    """Give each task with the sentence that all of its lines are of, as far as numbers tell.

    A score alone closes nothing: nobody looks at what closes by itself.
    """
    tasks: dict[int, list[int]] = defaultdict(list)
    for place, one in enumerate(asked):
        tasks[one.task_id].append(place)
    for task_id, places in tasks.items():
        of_task = [found[place].pair for place in places if place in found]
        tied = [pair for pair in of_task if pair is not None]
        held = next((pair.held for pair in tied if _is_proved(pair)), None)
        if held is None or held.sentence_id is None:
            continue
        is_one = all(pair.held is held for pair in tied)
        if is_one and _fit([asked[place] for place in places], held):
            yield task_id, held.sentence_id


def _is_proved(pair: Pair) -> bool:
    return pair.compared.rule is not Rule.SCORED


def _fit(lines: Sequence[AskedLine], held: HeldSentence) -> bool:
    """Say whether no line is of another case or offence, and no list has more counts than we."""
    taken: dict[int, list[Line]] = defaultdict(list)
    for one in lines:
        line, before = one.line, taken[one.run_id]
        two = are_two_cases(line.described.case_key, held.described.case_key)
        if two or is_another_offence(line, held) or is_further_count(line, held, before):
            return False
        before.append(line)
    return True
