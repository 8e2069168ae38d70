"""One sentence on one page, asked from each room: the decision, what was asked, what was done."""

from __future__ import annotations

from dataclasses import dataclass

from api.guards.session import Visit
from vcs.access.reads import HistoryLine, history, names_of
from vcs.access.rules import Act, require_may
from vcs.consequences.offers.offer import why_not_offered
from vcs.referrals.find import find_sentence
from vcs.referrals.questions.task_reads import TaskRow, tasks_of_sentence
from vcs.sentences.decisions import DecisionCard, SentenceView, decision_card, sentence_view
from vcs.sentences.declines.reads import DeclineView, newest_decline


@dataclass(frozen=True, slots=True)
class SentencePage:
    """Everything about one sentence that its pages show.

    ``why_not_offered`` says what stands in the way of offering contact; empty for nothing.
    """

    sentence: SentenceView
    decision: DecisionCard
    referral_reference: str | None
    tasks: tuple[TaskRow, ...]
    history: tuple[HistoryLine, ...]
    why_not_offered: str
    decline: DeclineView | None

    @property
    def open_tasks(self) -> tuple[TaskRow, ...]:
        """Return the questions that wait for a person."""
        return tuple(task for task in self.tasks if task.done_at is None)


def sentence_page(visit: Visit, reference: str) -> SentencePage:
    """Return one sentence as it is now. Raises NotFound where it is not theirs to see."""
    require_may(visit.officer, Act.SEE_SENTENCES)
    with visit.app.db.reading() as session:
        sentence, referral = find_sentence(session, reference, visit.officer)
        names = names_of(session)
        return SentencePage(
            sentence_view(visit.app.sealer, sentence),
            decision_card(session, sentence.id),
            referral.reference if referral else None,
            tasks_of_sentence(session, sentence.id, visit.app.today),
            history(session, (sentence.reference,), names),
            why_not_offered(session, sentence, referral),
            newest_decline(session, visit.app.sealer, sentence.id, names, visit.officer.account_id),
        )
