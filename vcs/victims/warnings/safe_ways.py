"""Ask whether somebody may be written to and rung, after they told of a worry: nothing goes before.

The question is answered by a person; what they find is recorded beside it, as how to reach them.
"""

from __future__ import annotations

from typing import Final

from vcs.access.work import Work
from vcs.referrals.records import Referral
from vcs.tasks.ask import Question, open_tasks
from vcs.tasks.records import TaskKind, TaskTopic
from vcs.victims.contact.contact_reads import asked_whether_safe
from vcs.victims.records import Victim

_TEXT: Final = (
    "This person told us of a worry, or how they may be reached and how not. Read their words "
    "under Needs. Decide today whether it is safe to write and to ring: record it under ‘How to "
    "reach them’ and in their details, then answer this. No letter goes to them until then."
)


def ask_whether_safe(work: Work, victim: Victim, referral: Referral) -> None:
    """Ask today whether post and calls are safe. While it is asked, it is not asked twice."""
    if asked_whether_safe(work.session, [victim.id]):
        return
    question = Question(
        f"safe_ways:{victim.reference}:{work.now.isoformat()}",
        TaskKind.LETTER_NOT_SENT,
        _TEXT,
        referral.region_code,
        work.today,
        referral.sentence_id,
        referral.id,
        victim_id=victim.id,
        topic=TaskTopic.SAFETY_CHANGED,
    )
    open_tasks(work.session, [question], work.today)
