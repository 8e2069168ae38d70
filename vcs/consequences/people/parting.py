"""Two people who were one are two again, and each is owed what may have been told to the other."""

from __future__ import annotations

from collections.abc import Iterable

from vcs.access.work import Work
from vcs.events.catalogue import kind_row
from vcs.events.sets.parted import Doubted, owe_what_one_was_told
from vcs.referrals.records import ReferralStatus
from vcs.tasks.ask import Question, open_tasks
from vcs.tasks.records import TaskKind, TaskTopic
from vcs.victims.identity.separate import separate

_OWED = (
    "This victim was on record as one with somebody else. In that time it was recorded that they "
    "were told of {events}, and nobody can tell which of the two heard it. They are to be told "
    "again: open the event on the referral's page, and do it today."
)

_TO_FIND_OUT = (
    "This victim was on record as one with somebody else. In that time it was recorded that they "
    "were told of {events}, and it may have been the other one who heard it. Find out whether they "
    "know, and tell them what still matters. Then say here what you found."
)


def separate_people(work: Work, victim_reference: str, how: str) -> None:
    """Give each of two people a record again, and owe each what the other may have been told.

    Raises what :func:`vcs.victims.identity.separate.separate` raises.
    """
    parted = separate(work, victim_reference, how)
    people = (parted.kept_id, parted.back_id)
    doubted = owe_what_one_was_told(work, people, parted.joined_at)
    for victim_id in sorted({one.victim.id for one in doubted}):
        theirs = [one for one in doubted if one.victim.id == victim_id]
        _ask(work, "told-again", [one for one in theirs if one.is_owed])
        _ask(work, "find-out", [one for one in theirs if not one.is_owed])


_TEXTS = {"told-again": _OWED, "find-out": _TO_FIND_OUT}


def _ask(work: Work, what: str, doubted: list[Doubted]) -> None:
    if not doubted or doubted[0].referral.status == ReferralStatus.CLOSED:
        return
    victim, referral = doubted[0].victim, doubted[0].referral
    is_danger = any(one.is_owed and kind_row(one.event.kind).danger for one in doubted)
    question = Question(
        f"parted:{what}:{victim.reference}:{work.now.isoformat()}",
        TaskKind.QUESTION,
        _TEXTS[what].format(events=_listed(one.event.reference for one in doubted)),
        referral.region_code,
        work.today,
        referral.sentence_id,
        referral.id,
        victim_id=victim.id,
        topic=TaskTopic.DANGER if is_danger else None,
    )
    open_tasks(work.session, [question], work.today)


def _listed(references: Iterable[str]) -> str:
    found = list(dict.fromkeys(references))
    return f"event{'s' if len(found) > 1 else ''} {', '.join(found)}"
