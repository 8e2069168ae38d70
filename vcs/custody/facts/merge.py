"""Two numbers that a prison joined: whatever is known by either is found by both."""

from __future__ import annotations

from vcs.access.work import Work
from vcs.custody.sealed import Opened
from vcs.database import insert_once
from vcs.intake import person_numbers
from vcs.intake.person_numbers import Number
from vcs.lists.reading.lines import mark_of
from vcs.lists.records import MergedNumber
from vcs.tables import table_of

_TABLE = table_of(MergedNumber)


def join_numbers(work: Work, told: Opened) -> str:
    """Record that two prison numbers are one person's. Returns what is said of it."""
    new, old = told.who.numbers.get(Number.NOMS), person_numbers.noms(told.merged_from)
    if not new or not old or new == old:
        return "The message names no two numbers"
    row = {
        "kind": str(Number.NOMS),
        "old_mark": mark_of(Number.NOMS, old),
        "new_mark": mark_of(Number.NOMS, new),
        "recorded_at": work.now,
        "recorded_by": work.actor.who,
    }
    once = insert_once(work.session, _TABLE, "old_mark", "new_mark").values(row)
    if work.session.execute(once.returning(_TABLE.c.id)).first() is not None:
        work.note("custody.numbers_merged", str(Number.NOMS))
    return "Two prison numbers are one person’s from now on"
