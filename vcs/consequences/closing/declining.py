"""A no that closes a referral, or that the law does not give, takes two managers.

One proposes it with a coded reason, words and the day of a review. Until another has confirmed it,
nothing changes: the question stays open, on its clock. It is looked at again on its day. A yes
takes one person.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from vcs.access.rules import Act
from vcs.access.work import Work
from vcs.errors import NotValid
from vcs.events.planned import planned_release_of
from vcs.referrals.reads import has_open_referral
from vcs.sentences.declines.hold import waiting_decline
from vcs.sentences.declines.policy import no_takes_two, problems_of, review_day
from vcs.sentences.declines.reads import newest_decision_id, standing_decline
from vcs.sentences.declines.records import Decline, DeclineDecision, DeclineReason
from vcs.sentences.records import Sentence
from vcs.tasks.records import Task

_OWN = (
    "You proposed this, so another manager must confirm it. You can still decide that contact is "
    "owed or offered"
)

_UNSEEN = (
    "Load the page again, and read the reasons of whoever proposed it and the law’s answer, before "
    "you confirm it"
)

_CHANGED = (
    "The law’s answer has changed since this was proposed. Send it back, or decide that contact is "
    "owed or offered"
)


@dataclass(frozen=True, slots=True)
class Against:
    """What goes with a no beside its words.

    ``review_on`` None is our own day. ``seen`` names the proposal that whoever confirms it has
    read, and is empty for whoever proposes one.
    """

    reason: str = ""
    review_on: date | None = None
    seen: str = ""


NOTHING_MORE = Against()


def takes_two(work: Work, task: Task, sentence: Sentence) -> bool:
    """Say whether a no to a task takes two managers."""
    return no_takes_two(task.kind, sentence, has_open_referral(work.session, sentence.id))


def keep_the_laws_no(work: Work, sentence: Sentence) -> None:
    """End the review of an earlier no: one person saw that the law itself says no by now."""
    stood = standing_decline(work.session, sentence.id)
    if stood is not None:
        stood.reviewed_at = work.now
        work.session.add(stood)


def say_no(work: Work, task: Task, note: str, against: Against) -> Decline | None:
    """Propose a no, or confirm what another manager proposed. Returns it once it stands.

    Raises NotValid where the same person would do both, or did not see what they confirm.
    """
    waiting = waiting_decline(work.session, task.id)
    if waiting is None:
        _propose(work, task, note, against)
        return None
    work.require_may(Act.CONFIRM_DECLINE)
    if problem := _why_not_confirmed(work, waiting, against.seen):
        raise NotValid(problem, {"outcome": problem})
    if (stood := standing_decline(work.session, waiting.sentence_id)) is not None:
        stood.reviewed_at = work.now
        work.session.add(stood)
    _settle(work, waiting, DeclineDecision.CONFIRMED, note)
    work.session.flush()
    return waiting


def send_back(work: Work, task: Task, note: str) -> bool:
    """Send a proposal back to be looked at again. Returns whether one waited.

    The question stays open, and anybody may answer it anew.
    """
    waiting = waiting_decline(work.session, task.id)
    if waiting is None:
        return False
    _settle(work, waiting, DeclineDecision.SENT_BACK, note)
    reference = work.session.get_one(Sentence, waiting.sentence_id).reference
    work.note("decline.sent_back", reference, waiting.reason)
    return True


def end_declines(work: Work, task: Task, note: str) -> bool:
    """End what was proposed or stands against a sentence: somebody decided yes.

    Returns whether a no stood until now.
    """
    waiting = waiting_decline(work.session, task.id)
    if waiting is not None:
        _settle(work, waiting, DeclineDecision.WITHDRAWN, note)
    stood = standing_decline(work.session, task.sentence_id) if task.sentence_id else None
    if stood is not None:
        stood.reviewed_at = work.now
        work.session.add(stood)
    return stood is not None


def _why_not_confirmed(work: Work, waiting: Decline, seen: str) -> str:
    if waiting.proposed_by == work.actor.account_id:
        return _OWN
    if seen != str(waiting.id):
        return _UNSEEN
    is_of_now = waiting.decision_id == newest_decision_id(work.session, waiting.sentence_id)
    return "" if is_of_now else _CHANGED


def _settle(work: Work, waiting: Decline, decision: DeclineDecision, note: str) -> None:
    waiting.decision, waiting.decided_at = decision, work.now
    waiting.decided_by = work.actor.account_id
    waiting.decided_sealed = work.sealer.seal_text(note.strip())
    work.session.add(waiting)


def _propose(work: Work, task: Task, note: str, against: Against) -> None:
    sentence = work.session.get_one(Sentence, task.sentence_id)
    release_on = planned_release_of(work.session, work.sealer, sentence, work.today)
    fields = {}
    if against.reason and against.reason not in tuple(DeclineReason):
        fields["reason"] = "Select one of the reasons"
    for problem in problems_of(against.review_on, work.today, release_on):
        fields["review_on"] = problem
    if fields:
        raise NotValid("Some details need correcting.", fields)
    proposed = Decline(
        task_id=task.id,
        sentence_id=sentence.id,
        decision_id=newest_decision_id(work.session, sentence.id),
        reason=against.reason or DeclineReason.OTHER,
        sealed=work.sealer.seal_text(note.strip()),
        review_on=review_day(against.review_on, work.today, release_on),
        proposed_at=work.now,
        proposed_by=work.actor.account_id,
    )
    work.session.add(proposed)
    work.session.flush()
    work.note("decline.proposed", sentence.reference, proposed.reason)
