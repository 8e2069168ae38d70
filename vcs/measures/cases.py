"""The cases behind a number, by reference, for those who may see them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from vcs.access.actors import Actor
from vcs.access.rules import Act, reach, require_may
from vcs.errors import NotFound
from vcs.measures.disclosure.tallies import cells_of
from vcs.measures.facts import Asked
from vcs.measures.formulas.computed import COMPUTED, OF_STAFF
from vcs.small_numbers.withheld import Cell

MOST_ROWS = 1000


@dataclass(frozen=True, slots=True)
class CaseRow:
    """One case of a measure. ``left_out`` says why it is in no denominator, with whose turn."""

    reference: str
    day: date
    counts: bool
    left_out: str


def cases(
    session: Session, actor: Actor, measure_id: str, asked: Asked, cell: Cell
) -> tuple[CaseRow, ...]:
    """Return the cases that a person may see, the earliest first; at most a thousand.

    Raises NotAllowed for those who open no case, and NotFound for what is not recorded.
    """
    require_may(actor, Act.SEE_SENTENCES)
    compute = COMPUTED.get(measure_id)
    if compute is None or measure_id in OF_STAFF:
        raise NotFound("There is no such measure, or it is not recorded yet.")
    theirs = Asked(asked.from_on, asked.to_on, asked.today, reach(actor))
    found = sorted(
        (
            CaseRow(
                fact.place.reference or fact.place.sentence,
                fact.day,
                fact.counts,
                f"{fact.left_out}{f' ({fact.turn})' if fact.turn else ''}" if fact.left_out else "",
            )
            for fact in compute(session, theirs)
            if cell in cells_of(fact.place, fact.day.strftime("%Y-%m"))
        ),
        key=lambda row: (row.day, row.reference),
    )
    return tuple(found[:MOST_ROWS])
