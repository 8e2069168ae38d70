"""Save a question before answering it. Nothing is looked up: every case takes the same time."""

from __future__ import annotations

import hashlib
import json
import re
import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlmodel import Session, col

from vcs.access import trail
from vcs.access.records import ClientKind, FeedClient
from vcs.access.rules import Act
from vcs.access.work import Work
from vcs.clock import london_date
from vcs.consultations.kinds import ANSWER_WITHIN, ConsultationKind
from vcs.consultations.records import Consultation
from vcs.database import insert_once
from vcs.errors import NotSignedIn, NotValid
from vcs.intake.inbox import DISABLED
from vcs.law.deadlines.working_days import add_working_days, is_working_day
from vcs.sealing import Sealer
from vcs.tables import table_of

_TABLE = table_of(Consultation)

LONGEST_WORDS = 2000

LONGEST_NAME = 200

LIKE_A_REFERENCE = re.compile(r"(?=.*\d)[A-Za-z0-9]{5,24}")

BETWEEN = re.compile(r"[\s/.-]")

NOT_A_REFERENCE = "Enter a CRN like X123456, a PNC like 2020/1234567A, or a URN"


@dataclass(frozen=True, slots=True)
class Asked:
    """A question: the person it is about, the decision to be made, and what the asker adds.

    ``offender`` and ``born_on`` say whom of those whom the case of a URN names.
    """

    reference: str
    kind: str
    about: str = ""
    decision_on: date | None = None
    offender: str = ""
    born_on: date | None = None


@dataclass(frozen=True, slots=True)
class KeptQuestion:
    """The receipt of a question that is durable once the transaction ends, and its last day."""

    receipt: str
    answer_by: date
    already_held: bool


def is_reference(written: str) -> bool:
    """Say whether a text has the form of a CRN, a prison number, a PNC or a URN."""
    return LIKE_A_REFERENCE.fullmatch(BETWEEN.sub("", written)) is not None


def ask(
    session: Session, sealer: Sealer, asked: Asked, sender: tuple[str, datetime]
) -> KeptQuestion:
    """Save a program's question. The same question sent again that day is saved once.

    Raises NotValid naming each field to correct.
    """
    client_id, now = sender
    _check(asked)
    _require_client(session, client_id)
    kept = _keep(session, sealer, asked, sender)
    if not kept.already_held:
        _note(session, f"client:{client_id}", asked, kept.receipt, now)
    return kept


def ask_as_person(work: Work, asked: Asked) -> KeptQuestion:
    """Save the question of a practitioner who is signed in, by the same rules."""
    work.require_may(Act.CONSULT)
    _check(asked)
    kept = _keep(work.session, work.sealer, asked, (work.actor.who, work.now))
    if not kept.already_held:
        _note(work.session, work.actor.who, asked, kept.receipt, work.now)
    return kept


def _check(asked: Asked) -> None:
    if fields := dict(_problems(asked)):
        raise NotValid("Some details need correcting.", fields)


def _note(session: Session, who: str, asked: Asked, receipt: str, now: datetime) -> None:
    trail.note(session, trail.Note(now, who, "consultation.asked", receipt, asked.kind))


def _keep(
    session: Session, sealer: Sealer, asked: Asked, sender: tuple[str, datetime]
) -> KeptQuestion:
    who, now = sender
    kind, today = ConsultationKind(asked.kind), london_date(now)
    said = {
        "reference": asked.reference.strip(),
        "about": asked.about.strip(),
        "decision_on": asked.decision_on.isoformat() if asked.decision_on else "",
    } | _named(asked)
    row = {
        "receipt": secrets.token_urlsafe(18),
        "client_id": who,
        "identity": _identity(kind, said, today),
        "kind": str(kind),
        "asked_at": now,
        "asked_on": today,
        "answer_by": _answer_by(kind, asked.decision_on, today),
        "sealed": sealer.seal_json(said),
    }
    session.execute(insert_once(session, _TABLE, "client_id", "identity").values(row))
    same = (_TABLE.c.client_id == who, _TABLE.c.identity == row["identity"])
    found = session.execute(select(_TABLE.c.receipt, _TABLE.c.answer_by).where(*same)).one()
    return KeptQuestion(found.receipt, found.answer_by, found.receipt != row["receipt"])


def _answer_by(kind: ConsultationKind, decision_on: date | None, today: date) -> date:
    """Return the last day for an answer: before the decision, where the asker says when that is.

    It follows from the question alone, so that it tells nothing of whether there is a victim.
    """
    within = ANSWER_WITHIN[kind]
    last = add_working_days(today, within, today) if within else today
    if decision_on is None:
        return last
    before = decision_on - timedelta(days=1)
    while not is_working_day(before, today):
        before -= timedelta(days=1)
    return max(today, min(last, before))


def _named(asked: Asked) -> dict[str, str]:
    """Return whom of a case the asker named; a question without stays what it was before."""
    named = {
        "offender": asked.offender.strip(),
        "born_on": asked.born_on.isoformat() if asked.born_on else "",
    }
    return {name: text for name, text in named.items() if text}


def _identity(kind: ConsultationKind, said: dict[str, str], today: date) -> str:
    parts = json.dumps([str(kind), said, today.isoformat()], sort_keys=True)
    return hashlib.sha256(parts.encode()).hexdigest()


def _problems(asked: Asked) -> Iterator[tuple[str, str]]:
    if not is_reference(asked.reference):
        yield "reference", NOT_A_REFERENCE
    if asked.kind not in tuple(ConsultationKind):
        yield "kind", f"Send one of {', '.join(ConsultationKind)}"
    if len(asked.offender) > LONGEST_NAME:
        yield "offender", f"Send {LONGEST_NAME} characters or fewer"
    if len(asked.about) > LONGEST_WORDS:
        yield "about", f"Send {LONGEST_WORDS} characters or fewer"


def _require_client(session: Session, client_id: str) -> None:
    query = select(FeedClient).where(col(FeedClient.client_id) == client_id)
    client = session.execute(query).scalars().first()
    if client is None or not client.active or client.kind != ClientKind.OFFENDER_MANAGER:
        raise NotSignedIn(DISABLED)
