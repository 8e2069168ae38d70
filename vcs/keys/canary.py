"""Whether the keys given are the database's own: a start with other keys is refused.

Each key that values may be sealed with has a row with a canary. The rows are written in the
transaction that makes an empty database, or that upgrades one from before there were canaries:
there the keys are proved by opening values that are already sealed.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from sqlalchemy import Connection, Row, func, insert, select, update
from sqlmodel import Session

from vcs.errors import CannotOpen
from vcs.keys.records import SealingKey
from vcs.keys.sealed import SEALED, SealedColumn
from vcs.sealing import Sealer, key_name
from vcs.tables import table_of

LOCK = 0x76637305

_KEYS = table_of(SealingKey)

_TEXT = "This database belongs to this key."

_SAMPLES, _TOLERATED = 10, 10

Reading = Session | Connection

Known = Row[tuple[str, bytes]]


def active(session: Reading) -> list[Known]:
    """Return name and canary of each key that values may be sealed with, in the order added."""
    query = select(_KEYS.c.name, _KEYS.c.canary).where(_KEYS.c.retired_at.is_(None))
    return list(session.execute(query.order_by(_KEYS.c.added_at, _KEYS.c.name)).all())


def is_empty(session: Reading) -> bool:
    """Say whether the database belongs to no key yet and holds nothing that is sealed."""
    return not active(session) and not any(
        session.execute(select(one.column).where(one.column.is_not(None)).limit(1)).first()
        for one in SEALED
    )


def problems(session: Reading, sealer: Sealer | None) -> list[str]:
    """Say in plain sentences what is wrong with the keys given for this database."""
    if sealer is None:
        return [] if is_empty(session) else [_MISSING]
    rows = active(session)
    if not rows:
        return list(_unproved(session, sealer))
    not_given = [row.name for row in rows if not _belongs(sealer, row.canary)]
    if not_given:
        return [_not_given(not_given)]
    return [_RETIRED] if _is_retired(session, sealer.names[0]) else []


_MISSING = (
    "The sealing keys are missing and this database holds sealed data: set the VCS_SEALING_KEYS it "
    "was sealed with, or put the file keys/sealing.keys back into VCS_DATA_DIR."
)

_RETIRED = (
    "The first of VCS_SEALING_KEYS was taken out of use by a key rotation: put the newest first."
)


def _not_given(names: list[str]) -> str:
    many = len(names) > 1
    return (
        "The sealing keys given do not open the data in this database: VCS_SEALING_KEYS, or the "
        "file keys/sealing.keys in VCS_DATA_DIR, must hold the "
        f"key{'s' if many else ''} named {' and '.join(names)}."
    )


def _belongs(sealer: Sealer, canary: bytes) -> bool:
    try:
        return sealer.open_text(canary) == _TEXT
    except CannotOpen:
        return False


def _is_retired(session: Reading, name: str) -> bool:
    retired = (_KEYS.c.name == name, _KEYS.c.retired_at.is_not(None))
    return session.execute(select(_KEYS.c.name).where(*retired)).first() is not None


def _unproved(session: Reading, sealer: Sealer) -> Iterator[str]:
    """Open some values of each column; a single damaged one does not keep anyone out."""
    opened = [sealer.opens(value) for column in SEALED for value in _samples(session, column)]
    failed = opened.count(False)
    if failed and (failed == len(opened) or failed > max(1, len(opened) // _TOLERATED)):
        yield (
            "The sealing keys given do not open the data in this database: "
            f"{failed} of {len(opened)} sealed values looked at do not open, so VCS_SEALING_KEYS "
            "must hold every key that they were sealed with."
        )


def _samples(session: Reading, column: SealedColumn) -> list[bytes]:
    """Return the oldest, the newest and some values between."""
    its_id = column.table.c.id
    ends = select(func.min(its_id), func.max(its_id)).where(column.column.is_not(None))
    first, last = session.execute(ends).one()
    if first is None:
        return []
    step = max((last - first) // _SAMPLES, 1)
    found: dict[int, bytes] = {}
    for start in {*range(first, last + 1, step), last}:
        for row in column.some(session, start - 1, 1):
            found[row.id] = row.sealed
    return list(found.values())


def register(session: Reading, keys: str, now: datetime) -> None:
    """Write the canary of each key that has none; call after ``problems`` found nothing.

    Only the newest is written where the database has keys already: the others are old ones that a
    rotation has retired.
    """
    given = [key.strip() for key in keys.split(",") if key.strip()]
    known = set(session.execute(select(_KEYS.c.name)).scalars())
    for key in given[:1] if known else given:
        if key_name(key) not in known:
            canary = Sealer(key).seal_text(_TEXT)
            row = {"name": key_name(key), "canary": canary, "added_at": now}
            session.execute(insert(_KEYS).values(row))


def is_registered(session: Reading, name: str) -> bool:
    """Say whether a key has a canary and is in use."""
    return name in [row.name for row in active(session)]


def retire(session: Reading, but: str, now: datetime) -> tuple[str, ...]:
    """Mark every key in use but one as retired; return the names."""
    names = tuple(row.name for row in active(session) if row.name != but)
    old = update(_KEYS).where(_KEYS.c.name.in_(names))
    session.execute(old.values(retired_at=now))
    return names
