"""What witness care units' programs send: kept whole before anything is made of it."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import Index, UniqueConstraint
from sqlmodel import Field

from vcs.tables import Record, moment, one_of
from vcs.terms import ChaseAnswer


class RequestKind(StrEnum):
    """What a witness care unit tells."""

    REFERRAL = "referral"
    CORRECTION = "correction"
    CHANGE_OF_ADDRESS = "change_of_address"
    OPT_OUT = "opt_out"
    CHASE_ANSWERED = "chase_answered"


class RequestStatus(StrEnum):
    """What became of a request.

    ``EARLY`` waits for a sentence, ``ATTACHED`` has added its victims to a referral, ``RECORDED``
    has told us all it had to.
    """

    WAITING = "waiting"
    EARLY = "waiting_for_sentence"
    ATTACHED = "attached"
    RECORDED = "recorded"
    REFUSED = "refused"


class ReferralRequest(Record, table=True):
    """One request. ``body`` is sealed; the rest says where it belongs and what became of it.

    ``identity`` is what makes a repeat harmless: the sender's own key, or else the content and how
    often it was a new instruction. ``about`` is whom the request names: a reference of ours, or a
    receipt and a number in it; None where it names a case, and for rows from before migration 0018.
    ``case_reference`` is as it was written, ``case_key`` its form for comparing.
    ``repeats`` counts how often the same came again and was not acted on again.
    ``parent_id`` is the earlier request that this one is about. ``chase_answer`` stands open for
    whoever asks how far a referral has come.
    """

    __tablename__ = "referral_request"
    __table_args__ = (
        one_of("kind", RequestKind),
        one_of("status", RequestStatus),
        one_of("chase_answer", ChaseAnswer),
        UniqueConstraint("client_id", "identity"),
        Index("ix_referral_request_status_case", "status", "case_reference"),
        Index("ix_referral_request_status_case_key", "status", "case_key"),
        Index("ix_referral_request_content", "client_id", "content_hash"),
        Index("ix_referral_request_about", "client_id", "about"),
    )

    id: int = Field(default=None, primary_key=True)
    receipt: str = Field(unique=True)
    client_id: str
    identity: str
    content_hash: str
    kind: str
    received_at: datetime = moment()
    received_on: date
    ask_on: date
    body: bytes
    status: str = RequestStatus.WAITING
    case_reference: str | None = None
    case_key: str | None = None
    region_code: str | None = None
    parent_id: int | None = Field(default=None, foreign_key="referral_request.id", index=True)
    referral_id: int | None = Field(default=None, foreign_key="referral.id", index=True)
    chase_answer: str | None = None
    problem: str | None = None
    read_at: datetime | None = moment(default=None)
    about: str | None = None
    repeats: int = 0
    repeated_at: datetime | None = moment(default=None)


class RequestVictim(Record, table=True):
    """A victim whom a request referred or changed; ``number`` is their place in it, from 1."""

    __tablename__ = "request_victim"

    request_id: int = Field(foreign_key="referral_request.id", primary_key=True)
    number: int = Field(primary_key=True)
    victim_id: int = Field(foreign_key="victim.id", primary_key=True)
