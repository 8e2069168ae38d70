"""What one transaction holds of the sentences that it works on."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, func, select
from sqlmodel import Session

from vcs.access import trail
from vcs.access.actors import SYSTEM
from vcs.sealing import Sealer
from vcs.sentences.history import reports
from vcs.sentences.history.reports import Decided, Made
from vcs.sentences.records import DecisionRecord, Sentence
from vcs.tables import table_of

_SENTENCES, _DECISIONS = table_of(Sentence), table_of(DecisionRecord)

HELD = (
    _SENTENCES.c.id,
    _SENTENCES.c.reference,
    _SENTENCES.c.key,
    _SENTENCES.c.sentenced_on,
    _SENTENCES.c.outcome,
    _SENTENCES.c.facts_hash,
    _SENTENCES.c.gone,
    _SENTENCES.c.region_code,
    _SENTENCES.c.police_area,
    _SENTENCES.c.case_key,
    _SENTENCES.c.told_in_id,
    _SENTENCES.c.left_as,
)

"""The columns of a sentence's row that the work needs."""


@dataclass(slots=True)
class SentenceWork:
    """One transaction's work on sentences.

    ``rows`` are the sentences as held, by id, and ``ids`` their ids by key. ``known_as`` gives, for
    a key told here for the first time, the key of the new sentence that it is about. ``fresh`` are
    those made here, each with the content of the message whose word its row has. ``decisions`` are
    the decisions kept, by sentence and what makes them; ``newest`` the id of each sentence's
    newest.
    """

    session: Session
    sealer: Sealer
    now: datetime
    today: date
    ids: dict[str, int] = field(default_factory=dict)
    known_as: dict[str, str] = field(default_factory=dict)
    rows: dict[int, Row[Any]] = field(default_factory=dict)
    fresh: dict[int, str] = field(default_factory=dict)
    decisions: dict[tuple[int, Made], int] = field(default_factory=dict)
    newest: dict[int, int] = field(default_factory=dict)
    read: dict[int, Decided] = field(default_factory=dict)

    def note(self, event: str, reference: str, detail: str = "") -> None:
        """Add to the audit trail."""
        trail.note(self.session, trail.Note(self.now, SYSTEM, event, reference, detail))

    def hold(self, which: ColumnElement[bool]) -> list[Row[Any]]:
        """Read the rows of sentences, and the decisions about them."""
        found = list(self.session.execute(select(*HELD).where(which)))
        self.rows.update({row.id: row for row in found})
        if found:
            ids = [row.id for row in found]
            self.decisions.update(reports.decisions_of(self.session, ids))
            self.find_newest(ids)
        return found

    def find_newest(self, sentence_ids: list[int]) -> None:
        """Read the id of each sentence's newest decision."""
        whose = _DECISIONS.c.sentence_id
        query = select(whose, func.max(_DECISIONS.c.id)).where(whose.in_(sentence_ids))
        self.newest.update({row[0]: row[1] for row in self.session.execute(query.group_by(whose))})
