"""Asks a person where a name says that somebody has died, or does not want contact."""

from __future__ import annotations

from vcs.access.work import Work
from vcs.referrals.records import Referral
from vcs.tasks.ask import Question, open_tasks
from vcs.tasks.records import TaskKind, TaskTopic
from vcs.victims.entries import VictimEntry
from vcs.victims.names import STOPS_ALL_CONTACT, notes_beside, printed_names
from vcs.victims.person import Person
from vcs.victims.records import Victim

_TEXT = (
    "The name or the greeting of a victim in this referral says that this person may have died, "
    "or may not want contact. Do not write, ring or visit until you have found out. Then correct "
    "the name in the details, and say here what you found."
)


def ask_about_name(
    work: Work, referral: Referral, victim: Victim, entry: VictimEntry, former: Person | None
) -> None:
    """Ask about a name as it is entered; ``former`` is who was held before, where anybody was."""
    if former and printed_names(former) == printed_names(entry):
        return
    if not any(note.kind in STOPS_ALL_CONTACT for note in notes_beside(entry)):
        return
    key = f"name:{victim.reference}:{work.now.isoformat()}"
    question = Question(
        key,
        TaskKind.QUESTION,
        _TEXT,
        referral.region_code,
        work.today,
        referral.sentence_id,
        referral.id,
        topic=TaskTopic.MUST_STOP,
    )
    open_tasks(work.session, [question], work.today)
