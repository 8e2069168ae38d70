"""What prisons and licence systems sent, for the canonical dump. People appear as digests only."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from datetime import UTC, date
from typing import Any

from sqlmodel import Session, select

from vcs.custody.records import CustodyFact, CustodyMessage, EndsAs
from vcs.events.records import KeyEvent
from vcs.ledger.dump import state_dump
from vcs.sealing import UNOPENED, Sealer, shown
from vcs.sentences.records import CustodyNumber

Plain = dict[str, Any]


def state(session: Session, sealer: Sealer, today: date | None = None) -> Plain:
    """Return everything that stands, with what came of custody; for a day, also what is overdue."""
    return state_dump.state(session, sealer, today) | {"custody": custody(session, sealer)}


def custody(session: Session, sealer: Sealer) -> dict[str, list[Plain]]:
    """Return each message kept, each fact in them, and whose numbers a person told us.

    ``body`` and ``whom`` are None where they were removed because their time was over.
    """
    keys = state_dump.sentence_keys(session)
    named = {one.id: f"{one.kind} {one.happened_on}" for one in session.exec(select(KeyEvent))}
    return {
        "messages": _sorted(_message(one) for one in session.exec(select(CustodyMessage))),
        "facts": _sorted(_fact(one, sealer, named) for one in session.exec(select(CustodyFact))),
        "numbers": _sorted(
            {"sentence": keys[one.sentence_id], "kind": one.kind, "number": _digest(one.mark)}
            for one in session.exec(select(CustodyNumber))
        ),
    }


def _message(one: CustodyMessage) -> Plain:
    return {
        "content": one.content_hash,
        "status": one.status,
        "problem": one.problem,
        "body": "kept" if one.body is not None else None,
    }


def _fact(one: CustodyFact, sealer: Sealer, named: dict[int, str]) -> Plain:
    return {
        "code": one.code,
        "reading": one.reading,
        "happened_on": one.happened_on.isoformat() if one.happened_on else None,
        # Databases give moments back in zones of their own.
        "happened_at": one.happened_at.astimezone(UTC).isoformat() if one.happened_at else None,
        "confirmed": one.confirmed,
        # Which of two that tell the same came first leaves no trace.
        "ends_as": EndsAs.RECORDED if one.ends_as == EndsAs.SAME else one.ends_as,
        "whom": _digest(shown(sealer.open_text, one.sealed, UNOPENED)) if one.sealed else None,
        "event": named.get(one.event_id or 0),
    }


def _digest(value: object) -> str:
    return hashlib.sha256(json.dumps(value, ensure_ascii=False).encode()).hexdigest()


def _sorted(rows: Iterable[Plain]) -> list[Plain]:
    return sorted(rows, key=lambda row: json.dumps(row, sort_keys=True, ensure_ascii=False))
