"""End lines again after a person said what they are not: they stay somebody's until they end."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import timedelta

from sqlalchemy import select, update

from vcs.access.work import Work
from vcs.lists.answered.answers import kept_answers
from vcs.lists.asked.line_tasks import ask_about
from vcs.lists.asked.questions import question_of_ours, region_of
from vcs.lists.digests import identity
from vcs.lists.endings import Ending, Reason, coverage_of, endings
from vcs.lists.matches.candidates import Candidates
from vcs.lists.matches.ours import held_between
from vcs.lists.matches.pairing import NEAREST_DAYS, pairs
from vcs.lists.merged import Merged, merged_numbers
from vcs.lists.prepare import Asked, Prepared
from vcs.lists.reading.columns import ListKind
from vcs.lists.reading.lines import Line
from vcs.lists.reading.rows import ListFile
from vcs.lists.reconcile import Ended, Reconciled, perhaps_new, whole_window, window_of
from vcs.lists.records import ListLine, ListRun
from vcs.lists.sealed_lines import KeptLine
from vcs.tables import table_of
from vcs.tasks.ask import open_tasks
from vcs.tasks.records import Task

_LINES, _TASKS = table_of(ListLine), table_of(Task)


def end_again(work: Work, rows: Sequence[ListLine]) -> None:
    """End lines of one matter again, and ask about them anew where they still end as a question."""
    told = [
        (row, ListKind(work.session.get_one(ListRun, row.run_id).kind), _opened(work, row))
        for row in rows
        if row.sealed is not None and row.row is not None
    ]
    for row, kind, ended in _ended(work, told):
        _keep(work, row, kind, ended)


def ask_again(work: Work, rows: Sequence[ListLine]) -> None:
    """Ask anew about sentences of ours that a list lacks."""
    for row in rows:
        if row.row is not None or row.sentence_id is None:
            continue
        kind = ListKind(work.session.get_one(ListRun, row.run_id).kind)
        of = row.sentence_id, row.region_code
        question = question_of_ours(kind, Reason(row.reason), of, work.today)
        open_tasks(work.session, [question], work.today)
        task = select(_TASKS.c.id).where(_TASKS.c.key == question.key).scalar_subquery()
        change = update(_LINES).where(_LINES.c.id == row.id).values(task_id=task)
        work.session.execute(change)


_Told = tuple[ListLine, ListKind, KeptLine]


def _opened(work: Work, row: ListLine) -> KeptLine:
    return KeptLine.of_json(work.sealer.open_json(row.sealed or b""))


def _ended(work: Work, told: Sequence[_Told]) -> list[tuple[ListLine, ListKind, Ended]]:
    """End lines as a new list of them would: numbers merged, answers heard, recalls looked at.

    Lines of one kind are ended together: short terms of one day may be long enough.
    """
    answers, merged = kept_answers(work.session, work.sealer), merged_numbers(work.session)
    found = []
    for kind in dict.fromkeys(kind for _, kind, _ in told):
        of_kind = [(row, kept) for row, its_kind, kept in told if its_kind is kind]
        texts = [identity(kind, kept.line(), kept.cells) for _, kept in of_kind]
        read = [
            replace(answers.on(merged.line(kept.line()), text), row=place)
            for place, ((_, kept), text) in enumerate(zip(of_kind, texts, strict=True))
        ]
        lines = perhaps_new(work.session, read)
        for (row, _), text, line, ending in zip(
            of_kind, texts, lines, _endings(work, kind, lines, merged), strict=True
        ):
            numbered = replace(ending, row=row.row)
            found.append((row, kind, Ended(answers.over(numbered, text), text, line)))
    return found


def _endings(work: Work, kind: ListKind, lines: Sequence[Line], merged: Merged) -> Iterator[Ending]:
    near = timedelta(days=NEAREST_DAYS)
    days = [line.described.sentenced_on or work.today for line in lines]
    span = min(days) - near, max(days) + near
    held = held_between(work.session, work.sealer, span, merged)
    # What a few days hold would make a score surer than it was in its list.
    window = replace(whole_window(work.session), numbers=window_of(kind, held).numbers)
    return endings(lines, pairs(lines, Candidates(held), window))


def _keep(work: Work, row: ListLine, kind: ListKind, ended: Ended) -> None:
    ready = Prepared(Asked(kind, b""), ListFile((), lambda: iter(())), {}, None)
    lines = [ended.line] if ended.line else []
    found = Reconciled(ready, "", coverage_of(kind, lines, work.today), (ended,))
    task_id = ask_about(work, found).get(0)
    ending = ended.ending
    change = {
        "ends_as": str(ending.ends_as),
        "reason": str(ending.reason),
        "rule": str(ending.rule),
        "weight": ending.weight,
        "outcome": str(ending.outcome) if ending.outcome else None,
        "sentence_id": ending.held.sentence_id if ending.held else None,
        "region_code": region_of(ended),
        "task_id": task_id or row.task_id,
    }
    work.session.execute(update(_LINES).where(_LINES.c.id == row.id).values(change))
