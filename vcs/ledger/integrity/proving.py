"""Keeping the nightly proof of the ledger, and owing an alert where it does not close."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlmodel import Session

from vcs import logs
from vcs.alerts.owe import Notice, owe_alert
from vcs.alerts.records import AlertKind
from vcs.database import Database
from vcs.law.deadlines.duties import in_words
from vcs.ledger.kept.recount import differences, keep_all
from vcs.ledger.records import LedgerProof

SUBJECT = "ledger"

_LOG = logs.logger("vcs.ledger")


def keep_proof(
    session: Session,
    counts: Mapping[str, Any],
    problems: Sequence[str],
    now: datetime,
    today: date,
) -> LedgerProof:
    """Keep a proof; one that does not close owes the administrators an alert, once a day."""
    proof = LedgerProof(
        run_at=now,
        closes=not problems,
        counts=json.dumps(dict(counts), sort_keys=True),
        problems=json.dumps(list(problems)),
    )
    session.add(proof)
    if problems:
        many = f"{len(problems)} thing{'' if len(problems) == 1 else 's'}"
        values = {"problems": many, "proved_on": in_words(today)}
        notice = Notice(AlertKind.LEDGER_OPEN, SUBJECT, today.isoformat(), values)
        owe_alert(session, notice, now)
    return proof


def mend_counts(db: Database) -> None:
    """Work out all that is kept anew where it is not what the rows say."""
    with db.reading() as session:
        found = differences(session)
    if found:
        with db.writing() as session:
            keep_all(session)
        _LOG.error("ledger.counts_mended", sentences=found.sentences, counts=found.counts)
