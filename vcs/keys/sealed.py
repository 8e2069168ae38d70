"""Every sealed column, in one list. A test compares it with the tables."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Column, ColumnElement, Connection, LargeBinary, Row, Table, func, select
from sqlmodel import Session

from vcs.records.base import table_of
from vcs.records.letters import LetterDecision, LetterRecord
from vcs.records.messages import CourtMessage
from vcs.records.referrals import (
    ClosingProposal,
    ContactRecord,
    FormerDetails,
    RefusalRecord,
    ReopeningRecord,
    Victim,
)
from vcs.records.requests import ReferralRequest
from vcs.records.sentences import Sentence, Telling
from vcs.sealing import HEAD, Sealer

_MOST_BYTES = 8 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class SealedColumn:
    """One column that holds sealed values, in a table whose key is ``id``."""

    table: Table
    name: str

    @property
    def column(self) -> Column[Any]:
        """Return the column itself."""
        return self.table.c[self.name]

    @property
    def called(self) -> str:
        """Return the column as operators see it named: table and column."""
        return f"{self.table.name}.{self.name}"

    def not_under(self, sealer: Sealer) -> ColumnElement[bool]:
        """Return which rows hold a value that is not sealed under the newest key."""
        head = func.substr(self.column, 1, HEAD, type_=LargeBinary())
        return self.column.is_not(None) & head.not_in(sealer.heads)

    def some(
        self,
        session: Session | Connection,
        after: int,
        limit: int,
        *which: ColumnElement[bool],
    ) -> Sequence[Row[Any]]:
        """Return id and value of the next rows: at most ``limit``, and 8 MB or one row."""
        its_id = self.table.c.id
        sizes = select(its_id, func.length(self.column)).where(
            its_id > after, self.column.is_not(None), *which
        )
        last, size = after, 0
        for row_id, length in session.execute(sizes.order_by(its_id).limit(limit)):
            if size and size + length > _MOST_BYTES:
                break
            last, size = row_id, size + length
        values = select(its_id, self.column.label("sealed")).where(
            its_id > after, its_id <= last, self.column.is_not(None), *which
        )
        return session.execute(values.order_by(its_id)).all() if last > after else ()


REQUEST_BODY = SealedColumn(table_of(ReferralRequest), "body")
SEALED = (
    SealedColumn(table_of(Victim), "sealed"),
    SealedColumn(table_of(FormerDetails), "sealed"),
    SealedColumn(table_of(RefusalRecord), "sealed"),
    SealedColumn(table_of(ContactRecord), "sealed"),
    SealedColumn(table_of(ClosingProposal), "sealed"),
    SealedColumn(table_of(ClosingProposal), "decided_sealed"),
    SealedColumn(table_of(ReopeningRecord), "sealed"),
    SealedColumn(table_of(Sentence), "offender_name"),
    SealedColumn(table_of(Sentence), "offender_address"),
    SealedColumn(table_of(Telling), "told"),
    SealedColumn(table_of(LetterRecord), "contents"),
    SealedColumn(table_of(LetterRecord), "made_from"),
    SealedColumn(table_of(LetterDecision), "subject"),
    SealedColumn(table_of(LetterDecision), "reason"),
    SealedColumn(table_of(LetterRecord), "pdf"),
    REQUEST_BODY,
    SealedColumn(table_of(CourtMessage), "result_json"),
    SealedColumn(table_of(CourtMessage), "body"),
)
