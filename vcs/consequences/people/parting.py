"""Two people who were one are two again, and each is owed what may have been told to the other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime

from sqlmodel import col, select
from sqlmodel.sql.expression import SelectOfScalar

from vcs.access.work import Work
from vcs.events.catalogue import kind_row
from vcs.events.sets.parted import Doubted, follow_own_choices, owe_what_one_was_told
from vcs.referrals.records import ReferralStatus
from vcs.tasks.ask import Question, open_tasks
from vcs.tasks.records import TaskKind, TaskTopic
from vcs.victims.find import Part, parts_of
from vcs.victims.identity.separate import separate
from vcs.victims.records import ChoiceRecord, ContactRecord, PostedLetter, Victim

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


_WHOSE = (
    "This victim was on record as one with somebody else. In that time {what} recorded in this "
    "referral, by a telephone number or an address that may be the other's. Find out whether it "
    "was this victim. If it was not, they are still to be reached, and what the other one chose "
    "is not their choice: record in each referral what is true, and say here what you found."
)


def separate_people(work: Work, victim_reference: str, how: str) -> None:
    """Give each of two people a record again, and owe each what the other may have been told.

    Raises what :func:`vcs.victims.identity.separate.separate` raises.
    """
    parted = separate(work, victim_reference, how)
    people = (parted.kept_id, parted.back_id)
    follow_own_choices(work, people)
    doubted = owe_what_one_was_told(work, people, parted.joined_at)
    for victim_id in sorted({one.victim.id for one in doubted}):
        theirs = [one for one in doubted if one.victim.id == victim_id]
        _ask(work, "told-again", [one for one in theirs if one.is_owed])
        _ask(work, "find-out", [one for one in theirs if not one.is_owed])
    for person_id in people:
        for part in parts_of(work.session, person_id):
            _ask_whose(work, part, parted.joined_at)


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


def _ask_whose(work: Work, part: Part, joined_at: datetime) -> None:
    """Ask whose a choice, a contact or a letter was that stands in a part since the join."""
    victim, referral = part
    found = [
        words for words, query in _since(victim, joined_at) if work.session.exec(query).first()
    ]
    if not found or referral.status == ReferralStatus.CLOSED:
        return
    what = f"{' and '.join(found)} {'were' if len(found) > 1 else 'was'}"
    question = Question(
        f"parted:whose:{victim.reference}:{work.now.isoformat()}",
        TaskKind.QUESTION,
        _WHOSE.format(what=what),
        referral.region_code,
        work.today,
        referral.sentence_id,
        referral.id,
        victim_id=victim.id,
    )
    open_tasks(work.session, [question], work.today)


def _since(victim: Victim, joined_at: datetime) -> Iterator[tuple[str, SelectOfScalar[int]]]:
    yield (
        "a choice",
        select(ChoiceRecord.id).where(
            ChoiceRecord.victim_id == victim.id, col(ChoiceRecord.recorded_at) >= joined_at
        ),
    )
    yield (
        "a contact",
        select(ContactRecord.id).where(
            ContactRecord.victim_id == victim.id,
            col(ContactRecord.reached),
            col(ContactRecord.recorded_at) >= joined_at,
        ),
    )
    yield (
        "a letter that left",
        select(PostedLetter.id).where(
            PostedLetter.victim_id == victim.id, col(PostedLetter.recorded_at) >= joined_at
        ),
    )


def _listed(references: Iterable[str]) -> str:
    found = list(dict.fromkeys(references))
    return f"event{'s' if len(found) > 1 else ''} {', '.join(found)}"
