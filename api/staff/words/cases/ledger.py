"""What pages call the states of the ledger."""

from __future__ import annotations

from collections.abc import Mapping

from vcs.intake.records import MessageStatus
from vcs.terms import SentenceState

LEDGER: Mapping[str, str] = {
    SentenceState.AWAITED: "Referral awaited",
    SentenceState.TRACED: "Details being traced",
    SentenceState.DECISION_DUE: "A person’s decision due",
    SentenceState.REFERRED: "Referred",
    SentenceState.REFUSED: "Refused before referral",
    SentenceState.NOT_ELIGIBLE: "Not eligible, or nobody to refer",
}

MESSAGES: Mapping[str, str] = {
    MessageStatus.WAITING: "Waiting to be read",
    MessageStatus.READ: "Read",
    MessageStatus.OLDER_THAN_HELD: "Older than what is held",
    MessageStatus.SET_ASIDE: "Not read: waits for a person",
}
