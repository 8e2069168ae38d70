"""What we keep: the tables."""

from sqlmodel import SQLModel

from vcs.records.base import Record, new_reference, table_of
from vcs.records.letters import LetterRecord, LetterStatus
from vcs.records.messages import CourtMessage, MessageStatus
from vcs.records.people import Account, ClientKind, FeedClient, FormReceipt, SignIn, Unit
from vcs.records.referrals import (
    Basis,
    ChoiceRecord,
    DeadlineRecord,
    FormerDetails,
    Referral,
    ReferralStatus,
    Victim,
    deadline_key,
)
from vcs.records.requests import ReferralRequest, RequestKind, RequestStatus, RequestVictim
from vcs.records.sentences import DecisionRecord, Sentence
from vcs.records.tasks import AlertRecord, Task, TaskKind
from vcs.records.trail import HEARTBEAT, AuditEntry, SweepRun

METADATA = SQLModel.metadata

__all__ = [
    "HEARTBEAT",
    "METADATA",
    "Account",
    "AlertRecord",
    "AuditEntry",
    "Basis",
    "ChoiceRecord",
    "ClientKind",
    "CourtMessage",
    "DeadlineRecord",
    "DecisionRecord",
    "FeedClient",
    "FormReceipt",
    "FormerDetails",
    "LetterRecord",
    "LetterStatus",
    "MessageStatus",
    "Record",
    "Referral",
    "ReferralRequest",
    "ReferralStatus",
    "RequestKind",
    "RequestStatus",
    "RequestVictim",
    "Sentence",
    "SignIn",
    "SweepRun",
    "Task",
    "TaskKind",
    "Unit",
    "Victim",
    "deadline_key",
    "new_reference",
    "table_of",
]
