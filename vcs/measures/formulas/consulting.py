"""M19: how units answered offender managers who asked before a decision."""

from __future__ import annotations

from collections.abc import Iterator

from sqlmodel import Session, col

from vcs.clock import london_date
from vcs.consultations.records import Consultation, ConsultationPart
from vcs.measures.facts import Asked, Fact, LeftOut, of_referrals, placed
from vcs.referrals.records import Referral


def consulted(session: Session, asked: Asked) -> Iterator[Fact]:
    """M19. Each question about a referral whose answer fell due: was it answered by then?"""
    due, answered = col(Consultation.answer_by), col(ConsultationPart.answered_at)
    query = (
        of_referrals(asked, due, answered)
        .join(ConsultationPart, col(ConsultationPart.referral_id) == col(Referral.id))
        .join(Consultation, col(Consultation.id) == col(ConsultationPart.consultation_id))
        .where(due.between(asked.from_on, asked.to_on))
    )
    for row in session.execute(query):
        on = london_date(row.answered_at) if row.answered_at else None
        # The last day counts as a day on which it may still be answered.
        is_open = on is None and row.answer_by >= asked.today
        in_time = on is not None and on <= row.answer_by
        left_out = LeftOut.NOT_DUE if is_open else None
        yield Fact(row.answer_by, placed(row), in_time, None, left_out)
