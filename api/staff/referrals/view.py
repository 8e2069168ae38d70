"""One referral on one page, asked from each room: the decision, the victims, what was done.

Addresses are not here: they are shown on their own, with a reason, and that is kept.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from sqlmodel import Session

from api.staff.words.history import EVENT_HISTORY, OF_THE_REFERRAL, WHO_KNOWS_WHOM
from vcs.access.actors import Actor
from vcs.access.reads import HistoryLine, history, names_of
from vcs.access.rules import Act, may
from vcs.intake.regions import region_named
from vcs.needs.reads import NeedsLine, needs_lines
from vcs.post.reads import LetterView, letters_to
from vcs.referrals.closure.proposal_reads import (
    ProposalView,
    ReopeningView,
    newest_proposal,
    newest_reopening,
)
from vcs.referrals.closure.refusal import Refusal, newest_refusal
from vcs.referrals.due_days.dates import DeadlineView
from vcs.referrals.officers.reads import Cover, hands
from vcs.referrals.officers.transfer_reads import TransferView, newest_transfer
from vcs.referrals.questions.task_reads import TaskRow, tasks_of_sentence
from vcs.referrals.reads import deadlines_of, visible_referral
from vcs.referrals.tracing.reads import TraceView, trace_view
from vcs.sealing import Sealer
from vcs.sentences.decisions import DecisionCard, SentenceView, decision_card, sentence_view
from vcs.sentences.records import Sentence
from vcs.tasks.kinds import ABOUT_A_VICTIM
from vcs.victims.contact.notes import NoteView, notes_of
from vcs.victims.reads import VictimView, mark_met_by_approval, victim_views, victims_of


@dataclass(frozen=True, slots=True)
class ReferralView:
    """Everything about one referral that its page shows."""

    reference: str
    status: str
    basis: str
    region_code: str | None
    region_name: str | None
    opened_on: date
    closed_on: date | None
    closed_reason: str | None
    traced_since: date | None
    traced_by: str | None
    look_again_on: date | None
    refusal: Refusal | None
    vlo_name: str | None
    vlo_account_id: int | None
    sentence: SentenceView
    decision: DecisionCard
    deadlines: tuple[DeadlineView, ...]
    victims: tuple[VictimView, ...]
    letters: tuple[LetterView, ...]
    tasks: tuple[TaskRow, ...]
    history: tuple[HistoryLine, ...]
    proposal: ProposalView | None = None
    reopening: ReopeningView | None = None
    notes: tuple[NoteView, ...] = ()
    cover: Cover | None = None
    transfer: TransferView | None = None
    needs: Mapping[str, NeedsLine] = field(default_factory=dict)
    trace: TraceView | None = None


def referral_page(
    session: Session, sealer: Sealer, actor: Actor, reference: str, today: date
) -> ReferralView:
    """Return one referral as it is on a day. Raises NotFound where it is not theirs to see."""
    referral = visible_referral(session, actor, reference)
    sentence = session.get_one(Sentence, referral.sentence_id)
    victims, names = victims_of(session, referral.id), names_of(session)
    views = victim_views(session, sealer, actor, victims, names)
    deadlines = deadlines_of(session, referral.id, {v.id: v.reference for v in victims}, today)
    region, is_office = region_named(referral.region_code), may(actor, Act.SEE_LETTER)
    return ReferralView(
        reference=referral.reference,
        status=referral.status,
        basis=referral.basis,
        region_code=referral.region_code,
        region_name=region.name if region else None,
        opened_on=referral.opened_on,
        closed_on=referral.closed_on,
        closed_reason=referral.closed_reason,
        traced_since=referral.traced_since,
        traced_by=names.get(referral.traced_by) if referral.traced_by else None,
        look_again_on=referral.look_again_on,
        refusal=newest_refusal(session, sealer, referral.id),
        vlo_name=names.get(referral.vlo_account_id) if referral.vlo_account_id else None,
        vlo_account_id=referral.vlo_account_id,
        sentence=sentence_view(sealer, sentence),
        decision=decision_card(session, sentence.id),
        deadlines=mark_met_by_approval(deadlines, views),
        victims=views,
        letters=letters_to(session, victims, names) if is_office else (),
        tasks=_tasks(tasks_of_sentence(session, sentence.id, today), is_office),
        history=_history(session, actor, (referral.reference, sentence.reference), names),
        proposal=newest_proposal(session, sealer, referral.id, names, actor.account_id),
        reopening=newest_reopening(session, sealer, referral.id, names),
        notes=notes_of(session, sealer, actor, referral.id, names),
        transfer=newest_transfer(session, sealer, referral.id),
        trace=trace_view(session, sealer, referral.id),
        cover=hands(session, today).cover_for(referral),
        needs=needs_lines(session, actor, victims, today),
    )


def _tasks(rows: tuple[TaskRow, ...], is_office: bool) -> tuple[TaskRow, ...]:
    """Return the questions to show; what is asked about a victim is the liaison unit's."""
    return rows if is_office else tuple(row for row in rows if row.kind not in ABOUT_A_VICTIM)


def _history(
    session: Session, actor: Actor, subjects: tuple[str, ...], names: Mapping[int, str]
) -> tuple[HistoryLine, ...]:
    """Return the history as far as it is theirs: key events may be under embargo."""
    lines = history(session, subjects, names)
    if not may(actor, Act.SEE_CASEWORK):
        return tuple(line for line in lines if line.event in OF_THE_REFERRAL)
    hidden = frozenset[str]() if may(actor, Act.TELL_EVENT) else EVENT_HISTORY
    if not may(actor, Act.EXCLUDE):
        hidden |= WHO_KNOWS_WHOM
    return tuple(line for line in lines if line.event not in hidden)
