"""Numbers that other systems merged: either of two leads to the same person."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from sqlmodel import Session, select

from vcs.access.rules import Act
from vcs.access.work import Work
from vcs.database import insert_once
from vcs.errors import NotValid
from vcs.intake import person_numbers
from vcs.intake.person_numbers import Number
from vcs.lists.matches.people import Person
from vcs.lists.reading.lines import Line, mark_of
from vcs.sentences.records import MergedNumber
from vcs.tables import table_of


class Merged:
    """Every number by the one that stands for it and for all that it was merged with."""

    def __init__(self, pairs: Iterable[tuple[str, str]] = ()) -> None:
        """Follow merges of merges, in whichever order they were recorded."""
        self._one: dict[str, str] = {}
        for old, new in pairs:
            first, second = sorted((self.one(old), self.one(new)))
            self._one.update({mark: first for mark, to in self._one.items() if to == second})
            self._one |= {old: first, new: first, second: first, first: first}

    def one(self, mark: str) -> str:
        """Return the number that stands for a number: itself where it was never merged."""
        return self._one.get(mark, mark)

    def person(self, person: Person) -> Person:
        """Return a person with each number as it stands."""
        if not self._one:
            return person
        return replace(
            person, numbers={kind: self.one(mark) for kind, mark in person.numbers.items()}
        )

    def line(self, line: Line) -> Line:
        """Return a line of a list with each number of its person as it stands."""
        person = self.person(line.described.person)
        if person is line.described.person:
            return line
        return replace(line, described=replace(line.described, person=person))


def merged_numbers(session: Session) -> Merged:
    """Return every merge that was recorded."""
    found = session.exec(select(MergedNumber)).all()
    return Merged((one.old_mark, one.new_mark) for one in found)


def record_merge(work: Work, kind: Number, old: str, new: str) -> bool:
    """Record that two numbers are one person's. Returns whether it was not recorded before.

    Raises NotValid for what is no number of its kind. Only digests of both are kept.
    """
    work.require_may(Act.RECONCILE)
    marks = [_mark(kind, old), _mark(kind, new)]
    if marks[0] == marks[1]:
        raise NotValid("These are one number written in two ways.")
    row = {
        "kind": str(kind),
        "old_mark": marks[0],
        "new_mark": marks[1],
        "recorded_at": work.now,
        "recorded_by": work.actor.who,
    }
    table = table_of(MergedNumber)
    once = insert_once(work.session, table, "old_mark", "new_mark").values(row)
    is_new = work.session.execute(once.returning(table.c.id)).first() is not None
    if is_new:
        work.note("list.numbers_merged", str(kind))
    return is_new


def _mark(kind: Number, written: str) -> str:
    number = person_numbers.read(kind, written)
    if number is None:
        raise NotValid(f"This is no {kind} number. Check each letter and digit.")
    return mark_of(kind, number)
