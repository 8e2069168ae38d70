"""What we keep: the tables."""

from sqlmodel import SQLModel

from vcs.records.base import Record, new_reference, table_of
from vcs.records.letters import LetterDecision, LetterQuestion, LetterRecord, LetterStatus
from vcs.records.messages import (
    CodeKind,
    CourtMessage,
    FeedCursor,
    FeedDay,
    FeedKind,
    MessageStatus,
    UnknownCode,
)
from vcs.records.people import Account, ClientKind, FeedClient, FormReceipt, SignIn, Unit
from vcs.records.referrals import (
    Basis,
    ChoiceRecord,
    DeadlineMove,
    DeadlineRecord,
    FormerDetails,
    Referral,
    ReferralStatus,
    RefusalRecord,
    Victim,
    deadline_key,
)
from vcs.records.requests import ReferralRequest, RequestKind, RequestStatus, RequestVictim
from vcs.records.sentences import DecisionRecord, Sentence, Telling
from vcs.records.tasks import AlertKind, AlertRecord, Task, TaskKind
from vcs.records.trail import HEARTBEAT, AuditEntry, LedgerProof, SweepRun

METADATA = SQLModel.metadata

__all__ = [
    "HEARTBEAT",
    "METADATA",
    "Account",
    "AlertKind",
    "AlertRecord",
    "AuditEntry",
    "Basis",
    "ChoiceRecord",
    "ClientKind",
    "CodeKind",
    "CourtMessage",
    "DeadlineMove",
    "DeadlineRecord",
    "DecisionRecord",
    "FeedClient",
    "FeedCursor",
    "FeedDay",
    "FeedKind",
    "FormReceipt",
    "FormerDetails",
    "LedgerProof",
    "LetterDecision",
    "LetterQuestion",
    "LetterRecord",
    "LetterStatus",
    "MessageStatus",
    "Record",
    "Referral",
    "ReferralRequest",
    "ReferralStatus",
    "RefusalRecord",
    "RequestKind",
    "RequestStatus",
    "RequestVictim",
    "Sentence",
    "SignIn",
    "SweepRun",
    "Task",
    "TaskKind",
    "Telling",
    "Unit",
    "UnknownCode",
    "Victim",
    "deadline_key",
    "new_reference",
    "table_of",
]
