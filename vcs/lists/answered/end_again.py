"""End lines again after a person said what they are not: they stay somebody's until they end."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import update

from vcs.access.work import Work
from vcs.lists.answered.answers import Answers, kept_answers
from vcs.lists.asked.line_tasks import ask_about
from vcs.lists.asked.questions import region_of
from vcs.lists.digests import identity
from vcs.lists.endings import coverage_of, endings
from vcs.lists.matches.candidates import Candidates
from vcs.lists.matches.ours import held_between
from vcs.lists.matches.pairing import NEAREST_DAYS, pairs
from vcs.lists.merged import merged_numbers
from vcs.lists.prepare import Asked, Prepared
from vcs.lists.reading.columns import ListKind
from vcs.lists.reading.rows import ListFile
from vcs.lists.reconcile import Ended, Reconciled, window_of
from vcs.lists.records import ListLine, ListRun
from vcs.lists.sealed_lines import KeptLine
from vcs.tables import table_of

_LINES = table_of(ListLine)


def end_again(work: Work, rows: Sequence[ListLine]) -> None:
    """End lines of one matter again, and ask about them anew where they still end as a question."""
    answers = kept_answers(work.session, work.sealer)
    for row in rows:
        if row.sealed is not None:
            kept = KeptLine.of_json(work.sealer.open_json(row.sealed))
            kind = ListKind(work.session.get_one(ListRun, row.run_id).kind)
            _keep(work, row, kind, _ended(work, kind, kept, answers))


def _ended(work: Work, kind: ListKind, kept: KeptLine, answers: Answers) -> Ended:
    read = kept.line()
    text = identity(kind, read, kept.cells)
    line = answers.on(read, text)
    day, near = line.described.sentenced_on or work.today, timedelta(days=NEAREST_DAYS)
    merged = merged_numbers(work.session)
    held = held_between(work.session, work.sealer, (day - near, day + near), merged)
    found = pairs([line], Candidates(held), window_of(kind, held))
    return Ended(answers.over(next(endings([line], found)), text), text, line)


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
