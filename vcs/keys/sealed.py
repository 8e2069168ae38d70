"""Every sealed column, in one list. A test compares it with the tables."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import (
    Column,
    ColumnElement,
    CompoundSelect,
    Connection,
    LargeBinary,
    Row,
    Table,
    bindparam,
    exists,
    func,
    literal_column,
    select,
    union_all,
)
from sqlmodel import Session, SQLModel

from vcs.sealing import HEAD, Sealer

_MOST_BYTES = 8 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class SealedColumn:
    """One column that holds sealed values, in a table whose key is ``id``."""

    table_name: str
    name: str

    @property
    def table(self) -> Table:
        """Return the table: by name, as the keys know nothing of what they seal."""
        return SQLModel.metadata.tables[self.table_name]

    @property
    def column(self) -> Column[Any]:
        """Return the column itself."""
        return self.table.c[self.name]

    @property
    def called(self) -> str:
        """Return the column as operators see it named: table and column."""
        return f"{self.table_name}.{self.name}"

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


REQUEST_BODY = SealedColumn("referral_request", "body")
SEALED = (
    SealedColumn("person", "sealed"),
    SealedColumn("person", "format_needs_sealed"),
    SealedColumn("victim", "about_sealed"),
    SealedColumn("former_details", "sealed"),
    SealedColumn("former_details", "about_sealed"),
    SealedColumn("former_details", "format_needs_sealed"),
    SealedColumn("address_answer", "sealed"),
    SealedColumn("refusal", "sealed"),
    SealedColumn("contact", "sealed"),
    SealedColumn("key_event", "sealed"),
    SealedColumn("key_event", "split_sealed"),
    SealedColumn("key_event", "taken_back_sealed"),
    SealedColumn("key_event", "embargo_sealed"),
    SealedColumn("key_event", "embargo_ended_sealed"),
    SealedColumn("event_line", "way_sealed"),
    SealedColumn("event_line", "told_sealed"),
    SealedColumn("event_line", "not_told_sealed"),
    SealedColumn("event_update", "sealed"),
    SealedColumn("event_update", "ended_sealed"),
    SealedColumn("if_out_answer", "sealed"),
    SealedColumn("note", "sealed"),
    SealedColumn("clock_end", "sealed"),
    SealedColumn("choice", "sealed"),
    SealedColumn("preference", "sealed"),
    SealedColumn("preference", "ended_sealed"),
    SealedColumn("condition_request", "usable_sealed"),
    SealedColumn("condition_request", "private_sealed"),
    SealedColumn("condition_request", "home_sealed"),
    SealedColumn("condition_request", "answer_sealed"),
    SealedColumn("statement_step", "sealed"),
    SealedColumn("person_birth", "sealed"),
    SealedColumn("person_death", "sealed"),
    SealedColumn("person_death", "taken_back_sealed"),
    SealedColumn("person_death", "confirmed_sealed"),
    SealedColumn("need_answer", "sealed"),
    SealedColumn("need_action", "sealed"),
    SealedColumn("need_action", "outcome_sealed"),
    SealedColumn("closing_proposal", "sealed"),
    SealedColumn("closing_proposal", "decided_sealed"),
    SealedColumn("reopening", "sealed"),
    SealedColumn("decline", "sealed"),
    SealedColumn("decline", "decided_sealed"),
    SealedColumn("trace", "sealed"),
    SealedColumn("transfer", "sealed"),
    SealedColumn("transfer", "decided_sealed"),
    SealedColumn("transfer", "introduced_sealed"),
    SealedColumn("sentence", "offender_name"),
    SealedColumn("sentence", "offender_address"),
    SealedColumn("telling", "told"),
    SealedColumn("case_address", "sealed"),
    SealedColumn("feedback", "sealed"),
    SealedColumn("feedback", "did_sealed"),
    SealedColumn("letter", "contents"),
    SealedColumn("letter", "format_for"),
    SealedColumn("letter", "given"),
    SealedColumn("letter", "made_from"),
    SealedColumn("letter_decision", "subject"),
    SealedColumn("letter_decision", "reason"),
    SealedColumn("returned_letter", "note"),
    SealedColumn("unknown_return", "typed"),
    SealedColumn("unknown_return", "note"),
    SealedColumn("letter", "pdf"),
    SealedColumn("kept_form", "sealed"),
    SealedColumn("name_word", "sealed"),
    REQUEST_BODY,
    SealedColumn("unit_message", "sealed"),
    SealedColumn("matter_act", "sealed"),
    SealedColumn("held_run", "sealed"),
    SealedColumn("recall", "sealed"),
    SealedColumn("unit_message", "decided_sealed"),
    SealedColumn("list_upload", "sealed"),
    SealedColumn("list_line", "sealed"),
    SealedColumn("list_answer", "sealed"),
    SealedColumn("consultation", "sealed"),
    SealedColumn("consultation_part", "note_sealed"),
    SealedColumn("custody_message", "body"),
    SealedColumn("custody_fact", "sealed"),
    SealedColumn("lifted_limit", "sealed"),
    SealedColumn("emergency_access", "sealed"),
    SealedColumn("same_surname", "sealed"),
    SealedColumn("exclusion", "sealed"),
    SealedColumn("exclusion", "lifted_sealed"),
    SealedColumn("restriction", "sealed"),
    SealedColumn("restriction", "lifted_sealed"),
    SealedColumn("court_message", "result_json"),
    SealedColumn("court_message", "body"),
)


def holding(session: Session, after: Mapping[str, int]) -> tuple[SealedColumn, ...]:
    """Return the columns that hold a value in a later row than the one given for the column.

    A column that is not named in ``after`` is looked at from its first row. It is one question to
    the database for all columns: most of them hold nothing new at most times.
    """
    given = {f"after_{at}": after.get(one.called, 0) for at, one in enumerate(SEALED)}
    found = set(session.execute(_any_after(), given).scalars())
    return tuple(one for at, one in enumerate(SEALED) if at in found)


@cache
def _any_after() -> CompoundSelect[Any]:
    return union_all(
        *(
            select(literal_column(str(at))).where(
                exists().where(one.table.c.id > bindparam(f"after_{at}"), one.column.is_not(None))
            )
            for at, one in enumerate(SEALED)
        )
    )
