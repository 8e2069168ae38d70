"""What we keep: the tables."""

from sqlmodel import SQLModel

from vcs.records.base import Record, new_reference, table_of
from vcs.records.letters import LetterRecord, LetterStatus, PostedLetter
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
    ContactRecord,
    ContactWay,
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
from vcs.records.tasks import (
    TRIED_AGAIN,
    AlertKind,
    AlertRecord,
    Task,
    TaskKind,
    is_asked_about,
    looked_at,
    read_in_part,
    to_look_at,
)
from vcs.records.trail import HEARTBEAT, AuditEntry, LedgerProof, SealingKey, SweepRun

METADATA = SQLModel.metadata

__all__ = [
    "HEARTBEAT",
    "METADATA",
    "TRIED_AGAIN",
    "Account",
    "AlertKind",
    "AlertRecord",
    "AuditEntry",
    "Basis",
    "ChoiceRecord",
    "ClientKind",
    "CodeKind",
    "ContactRecord",
    "ContactWay",
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
    "LetterRecord",
    "LetterStatus",
    "MessageStatus",
    "PostedLetter",
    "Record",
    "Referral",
    "ReferralRequest",
    "ReferralStatus",
    "RefusalRecord",
    "RequestKind",
    "RequestStatus",
    "RequestVictim",
    "SealingKey",
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
    "is_asked_about",
    "looked_at",
    "new_reference",
    "read_in_part",
    "table_of",
    "to_look_at",
]
