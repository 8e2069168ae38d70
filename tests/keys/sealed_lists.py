"""Something sealed in each column of lists, and of what prisons tell."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from sqlmodel import Session

from vcs.clock import now
from vcs.consultations.records import Consultation, ConsultationPart
from vcs.custody.records import CustodyFact, CustodyMessage
from vcs.lists.records import ListAnswer, ListLine, ListRun, ListUpload
from vcs.sealing import Sealer
from vcs.tables import Record


def sealed_of_a_list(
    sealer: Sealer, account: int
) -> Iterator[tuple[type[Record], dict[str, object]]]:
    """Yield a row of each table of lists, in the order in which they refer to each other."""
    day, moment, sealed = date(2026, 3, 20), now(), {"sealed": sealer.seal(b"{}")}
    file = {"reference": "VCS-U", "kind": "prison", "source": "", "drawn_by": ""}
    yield ListUpload, {**file, **sealed, "uploaded_at": moment, "uploaded_by": account}
    run = {"id": 1, "kind": "prison", "source": "", "drawn_by": "", "reference": "VCS-X"}
    days = {"drawn_on": day, "since": day, "until": day, "run_at": moment, "run_by": "x"}
    counts = {"lines": 1, "in_both": 0, "in_either": 0, "rule_set": "r", "file_hash": "h"}
    yield ListRun, {**run, **days, **counts}
    ended = {"ends_as": "task", "reason": "not_read", "rule": "none", "digest": "d"}
    yield ListLine, {"id": 1, "run_id": 1, "row": 1, **ended, **sealed}
    said = {"answer": "acted", "answered_at": moment, "answered_by": account}
    yield ListAnswer, {"line_id": 1, **said, **sealed}
    body = {"receipt": "r", "content_hash": "h", "client_id": "c", "body": sealer.seal(b"{}")}
    yield CustodyMessage, {"id": 1, "received_at": moment, "status": "read", "repeats": 0, **body}
    asked = {"receipt": "q", "client_id": "c", "identity": "i", "kind": "licence"}
    when = {"asked_at": moment, "asked_on": day, "answer_by": day}
    yield Consultation, {"id": 1, **asked, **when, **sealed}
    fact = {"message_id": 1, "row": 1, "identity": "i", "person": "p", "code": "c", "reading": "r"}
    known = {"known_at": moment, "settle_at": moment, "ends_as": "nothing", "because": ""}
    yield CustodyFact, {**fact, **known, "confirmed": False, **sealed}


def put_a_consultation(session: Session, sealer: Sealer) -> None:
    """Add the unit's answer to a consultation, which refers to a referral and a task."""
    note = sealer.seal(b"n")
    part = ConsultationPart(consultation_id=1, referral_id=1, task_id=1, note_sealed=note)
    session.add(part)
