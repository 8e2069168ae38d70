"""Rows with sealed values, for whatever rotates keys."""

from __future__ import annotations

from datetime import date

from sqlalchemy import insert
from sqlmodel import Session

from tests.journeys.world import world
from vcs.clock import now
from vcs.needs.conditions.records import ConditionRequest, StatementRecord
from vcs.needs.records import NeedAction, NeedAnswer
from vcs.sealing import Sealer
from vcs.sentences.records import CaseAddress
from vcs.tables import Record, table_of
from vcs.victims.contact.records import NoteRecord
from vcs.victims.family.records import BirthRecord, DeathRecord
from vcs.victims.preferences.records import PreferenceRecord
from vcs.victims.records import (
    ChoiceRecord,
)

__all__ = ["world"]


def put(session: Session, model: type[Record], **values: object) -> None:
    """Add one row as it is."""
    session.execute(insert(table_of(model)).values(values))


def needs_sealed(session: Session, sealer: Sealer, account: int) -> None:
    """Seal answers about needs, conditions, a statement, a birth and a death."""
    about, day, moment = {"victim_id": 1, "item": "safety"}, date(2026, 3, 20), now()
    answered = {"version": 1, "answer": "said", "asked_on": day, "how": "by phone"}
    recorded = {"recorded_at": moment, "recorded_by": account}
    put(session, NeedAnswer, **about, **answered, **recorded, sealed=sealer.seal(b"n"))
    owned = {"reference": "VCS-N", "owner_account_id": account, "due_on": day}
    opened = {"opened_at": moment, "opened_by": account, "sealed": sealer.seal(b"{}")}
    closed = {"outcome": "done", "closed_at": moment, "outcome_sealed": sealer.seal(b"o")}
    put(session, NeedAction, **about, **owned, **opened, **closed)
    asked = {"reference": "VCS-C", "victim_id": 1, "code": "c", "version": "4.0", "asked_on": day}
    words = ("usable_sealed", "private_sealed", "home_sealed", "answer_sealed")
    sealed = {name: sealer.seal(b"{}") for name in words}
    put(session, ConditionRequest, **asked, **recorded, **sealed)
    step = {"victim_id": 1, "step": "offered", "happened_on": day, "sealed": sealer.seal(b"s")}
    put(session, StatementRecord, **step, **recorded)
    born = {"person_id": 1, "adult_in": 2008, "sealed": sealer.seal(b"{}")}
    put(session, BirthRecord, **born, **recorded)
    died = {"person_id": 1, "sealed": sealer.seal(b"{}"), "taken_back_at": moment}
    died |= {"confirmed_at": moment, "confirmed_sealed": sealer.seal(b"c")}
    put(session, DeathRecord, **died, **recorded, taken_back_sealed=sealer.seal(b"w"))


def ways_sealed(session: Session, sealer: Sealer, account: int) -> None:
    """Seal a note, a choice, a preference, and where somebody in a case lives."""
    day, moment, sealed = date(2026, 3, 20), now(), {"sealed": sealer.seal(b"w")}
    recorded = {"recorded_at": moment, "recorded_by": account}
    put(session, NoteRecord, referral_id=1, noted_at=moment, noted_by=account, **sealed)
    put(session, CaseAddress, case_key="c", message_id=1, told_at=moment, **sealed)
    chosen = {"victim_id": 1, "choice": "opt_in", "chosen_on": day, "how": "by phone"}
    put(session, ChoiceRecord, **chosen, **recorded, **sealed)
    said = {"way": "post", "rule": "never", "since_on": day, "how_known": "they said so"}
    ended = {"ended_at": moment, "ended_by": account, "ended_sealed": sealer.seal(b"e")}
    put(session, PreferenceRecord, person_id=1, victim_id=1, **said, **recorded, **ended, **sealed)
