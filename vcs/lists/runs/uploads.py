"""Files that somebody sent on a page, until they have said that the columns are read rightly."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import delete
from sqlmodel import Session, col, select

from vcs.access.actors import Actor
from vcs.access.rules import Act, require_may
from vcs.access.work import Work
from vcs.errors import NotFound, NotValid
from vcs.lists.prepare import Asked, Covers, check_days, kept_mapping
from vcs.lists.reading.columns import Cell, ListKind, Mapped, known_columns
from vcs.lists.reading.days import Order
from vcs.lists.reading.rows import rows_of
from vcs.lists.records import ListUpload
from vcs.sealing import Sealer
from vcs.tables import free_reference, table_of

MOST_BYTES: Final = 40 * 1024 * 1024

KEPT: Final = timedelta(days=1)


def keep_upload(work: Work, asked: Asked) -> ListUpload:
    """Keep a file, sealed, for a day. Raises NotValid where it is no list."""
    work.require_may(Act.RECONCILE)
    check_days(asked, work.today)
    try:
        rows_of(asked.content)
    except NotValid as problem:
        raise NotValid(str(problem), {"file": str(problem)}) from None
    upload = ListUpload(
        reference=free_reference(work.session, ListUpload),
        kind=asked.kind,
        source=asked.source,
        drawn_on=asked.drawn_on,
        drawn_by=asked.drawn_by,
        sealed=work.sealer.seal_packed(asked.content),
        uploaded_at=work.now,
        uploaded_by=work.actor.account_id,
    )
    work.session.add(upload)
    work.note("list.uploaded", upload.reference, asked.kind)
    return upload


def uploaded(session: Session, sealer: Sealer, actor: Actor, reference: str) -> Asked:
    """Return a file that this person sent. Raises NotFound for another's, or after its day."""
    require_may(actor, Act.RECONCILE)
    query = select(ListUpload).where(
        ListUpload.reference == reference, ListUpload.uploaded_by == actor.account_id
    )
    found = session.exec(query).first()
    if found is None:
        raise NotFound("There is no such file any more. Send it again.")
    content = sealer.open(found.sealed)
    return Asked(ListKind(found.kind), content, found.source, found.drawn_on, found.drawn_by)


def forget_upload(session: Session, reference: str) -> None:
    """Remove a file: it was matched."""
    session.execute(delete(ListUpload).where(col(ListUpload.reference) == reference))


def forget_uploads(session: Session, now: datetime) -> int:
    """Remove files whose day is over; returns how many."""
    table = table_of(ListUpload)
    old = delete(table).where(table.c.uploaded_at < now - KEPT)
    return len(session.execute(old.returning(table.c.id)).all())


@dataclass(frozen=True, slots=True)
class ColumnShown:
    """One column of a file: what it is read as, and what stands first in it."""

    name: str
    cell: Cell | None
    example: str


@dataclass(frozen=True, slots=True)
class Preview:
    """What is found in a file before it is matched."""

    kind: ListKind
    columns: tuple[ColumnShown, ...]
    lines: int


def preview(session: Session, asked: Asked) -> Preview:
    """Return how the columns of a file would be read."""
    file = rows_of(asked.content)
    kept = kept_mapping(session, asked.kind, asked.source)
    found = known_columns(asked.kind, file.columns, {**(kept[0] if kept else {}), **asked.columns})
    by_column = {column: cell for cell, column in found.items()}
    firsts: dict[str, str] = {}
    lines = 0
    for row in file.rows:
        lines = row.number
        if not row.refused and len(firsts) < len(file.columns):
            firsts |= {
                name: text for name, text in row.cells.items() if text and name not in firsts
            }
    shown = (ColumnShown(one, by_column.get(one), firsts.get(one, "")) for one in file.columns)
    return Preview(asked.kind, tuple(one for one in shown if one.name), lines)


@dataclass(frozen=True, slots=True)
class Said:
    """What somebody says of a file: its columns, how it writes days, and what it covers."""

    columns: Mapped
    order: Order | None
    covers: Covers


def with_said(asked: Asked, said: Said) -> Asked:
    """Return what is asked with what somebody says of it."""
    return replace(asked, columns=said.columns, order=said.order, covers=said.covers)
