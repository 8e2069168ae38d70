"""What must hold of the ledger's rows, each as a query for those of which it does not."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sqlalchemy import Select, and_, or_, select
from sqlmodel import col

from vcs.intake.records import CourtMessage, MessageStatus
from vcs.referrals.records import Referral
from vcs.referrals.records import RefusalRecord as Refusal
from vcs.referrals.states import REFUSED, is_asked, joined, state, waits_for_a_code
from vcs.sentences.records import DecisionRecord, Sentence, SentenceReport
from vcs.terms import SentenceState

_TOLD = (MessageStatus.READ, MessageStatus.OLDER_THAN_HELD)


def _due_and_not_asked() -> Select[Any]:
    due = state() == str(SentenceState.DECISION_DUE)
    asked = or_(is_asked(), waits_for_a_code())
    return select(col(Sentence.reference)).select_from(joined()).where(due, ~asked)


def _told_by_no_message() -> Select[Any]:
    """A message queued for re-reading keeps its old results until the new reading replaces them."""
    kept = select(col(SentenceReport.id)).where(
        col(SentenceReport.sentence_id) == col(Sentence.id),
        col(SentenceReport.message_id) == col(CourtMessage.id),
    )
    told = (
        select(col(DecisionRecord.id))
        .join(CourtMessage, col(CourtMessage.id) == col(DecisionRecord.message_id))
        .where(
            col(DecisionRecord.sentence_id) == col(Sentence.id),
            or_(
                col(CourtMessage.status).in_([str(one) for one in _TOLD]),
                kept.correlate(Sentence, CourtMessage).exists(),
            ),
        )
    )
    return select(col(Sentence.reference)).where(~told.correlate(Sentence).exists())


def _refused_without_evidence() -> Select[Any]:
    evidence = select(col(Refusal.id)).where(col(Refusal.referral_id) == col(Referral.id))
    refused = and_(col(Referral.closed_reason) == REFUSED, ~evidence.correlate(Referral).exists())
    return select(col(Referral.reference)).where(refused)


LEDGER_CHECKS: tuple[tuple[str, Callable[[], Select[Any]]], ...] = (
    ("Sentences that a person must decide and that no open task asks about", _due_and_not_asked),
    ("Sentences that rest on no message that was read", _told_by_no_message),
    ("Refusals without evidence", _refused_without_evidence),
)
