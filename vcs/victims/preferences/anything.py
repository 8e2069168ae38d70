"""*Never contact me about anything*: an answer of its own, and what it leaves to a person.

It stops letters, contacts and offers in every referral, now and later. What the law owes stays
owed: a manager decides, for each referral, how an offer that is owed is met.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, col, func, select

from vcs.access.rules import Act
from vcs.access.work import Work
from vcs.errors import Conflict, NotValid
from vcs.law.deadlines.duties import FIRST_CONTACT
from vcs.referrals.records import DeadlineRecord, Referral, ReferralStatus
from vcs.tasks.ask import Question, open_tasks
from vcs.tasks.records import Task, TaskKind
from vcs.victims.find import find_victim, parts_of
from vcs.victims.needs_clock import settle_needs_clock
from vcs.victims.preferences.change import (
    OlderVersion,
    PreferenceEntry,
    Said,
    end,
    note_in_each,
    row_of,
)
from vcs.victims.preferences.reads import standing_preferences, standing_rows
from vcs.victims.preferences.records import LONGEST_WORDS, HowKnown, Rule, Way
from vcs.victims.records import Victim
from vcs.victims.warnings.records import WarningFrom
from vcs.victims.warnings.warn import warn_in_each

NOT_OFFERED = "not_offered"

"""The answer to a task by which a manager decided that an offer is not made."""

_TEXT = (
    "This person said that they never want to be contacted about anything. In this referral the "
    "first contact is still owed to them by law. Read what they said, then decide how the offer "
    "that is owed is met, and why. Nothing is sent to them until then, and the duty stays owed."
)


@dataclass(frozen=True, slots=True)
class NeverContact:
    """What somebody said, in their own words; the day, and how we know."""

    said_on: date
    how_known: HowKnown
    words: str


def record_never(work: Work, victim_reference: str, never: NeverContact) -> None:
    """Record that a person never wants contact about anything, in whichever referral.

    Raises Conflict where that is on record already, and NotValid naming each field to correct.
    """
    work.require_may(Act.CHANGE_PREFERENCES)
    victim, _ = find_victim(work.session, victim_reference, work.actor)
    if never_row_id(work.session, victim.person_id) is not None:
        raise Conflict("This is on record already. Load the page again to see it.")
    if fields := dict(_problems(never, work.today)):
        raise NotValid("Some details need correcting.", fields)
    said = Said(words=never.words)
    entry = PreferenceEntry(Way.ANYTHING, Rule.NEVER, never.said_on, never.how_known, said)
    work.session.add(row_of(work, victim, entry))
    work.session.flush()
    warn_in_each(work, victim.person_id, WarningFrom.PREFERENCE)
    note_in_each(work, victim, "preference.never", str(never.how_known))
    ask_in_each(work.session, victim.person_id, work.today)
    _settle_needs(work, victim)


def change_of_mind(work: Work, victim_reference: str, drawn_from: str) -> None:
    """End it: they may be contacted again. What a manager took as not owed is owed again.

    ``drawn_from`` is the version that the person saw. Raises OlderVersion where another answer
    was recorded since; where they may be contacted already, nothing is done.
    """
    work.require_may(Act.CHANGE_PREFERENCES)
    victim, _ = find_victim(work.session, victim_reference, work.actor)
    rows = standing_rows(work.session, victim.person_id)
    ended = [row for row in rows if row.way == Way.ANYTHING]
    if not ended:
        return
    if drawn_from != standing_preferences(work.session, work.sealer, victim.person_id).version:
        raise OlderVersion
    end(work, ended)
    for part, referral in parts_of(work.session, victim.person_id):
        _end_questions(work, part)
        if referral.status != ReferralStatus.CLOSED:
            owe_again(work.session, part)
    _settle_needs(work, victim)
    note_in_each(work, victim, "preference.changed_mind", "")


def _settle_needs(work: Work, victim: Victim) -> None:
    """Lift the duty to ask about needs in each referral, or owe it again."""
    work.session.flush()
    for part, _ in parts_of(work.session, victim.person_id):
        settle_needs_clock(work.session, part, work.today)


def never_row_id(session: Session, person_id: int) -> int | None:
    """Return the answer that a person never wants contact; None without one that counts."""
    rows = standing_rows(session, person_id)
    return next((row.id for row in rows if row.way == Way.ANYTHING), None)


def heard_by(session: Session, person_id: int) -> frozenset[int]:
    """Return who recorded that a person never wants contact, wherever they were told so."""
    rows = standing_rows(session, person_id)
    return frozenset(row.recorded_by for row in rows if row.way == Way.ANYTHING)


def ask_in_each(session: Session, person_id: int, today: date) -> None:
    """Ask a manager in each referral of a person how an offer that is owed is met."""
    for part, referral in parts_of(session, person_id):
        ask_how_to_offer(session, part, referral, today)


def ask_how_to_offer(session: Session, victim: Victim, referral: Referral, today: date) -> None:
    """Ask a manager how an offer is met that is owed to somebody who never wants contact.

    Nothing is asked where nothing is owed, nor while the same is asked.
    """
    never = never_row_id(session, victim.person_id)
    owed = next(filter(_is_open, _first_contacts(session, victim)), None)
    if never is None or owed is None or referral.status == ReferralStatus.CLOSED:
        return
    query = select(func.count(), func.count(col(Task.done_at))).where(
        Task.victim_id == victim.id, Task.kind == TaskKind.OFFER_OWED
    )
    asked, answered = session.exec(query).one()
    if asked > answered:
        return
    question = Question(
        f"offer_owed:{victim.reference}:{never}:{asked}",
        TaskKind.OFFER_OWED,
        _TEXT,
        referral.region_code,
        owed.due_on,
        referral.sentence_id,
        referral.id,
        victim_id=victim.id,
    )
    open_tasks(session, [question], today)


def owe_again(session: Session, victim: Victim) -> None:
    """Owe first contact again where a manager had decided that it is not offered."""
    for deadline in _first_contacts(session, victim):
        deadline.lifted_on = None
        session.add(deadline)


def lift(session: Session, victim: Victim, today: date) -> list[int]:
    """Owe first contact no longer. Returns the ids of the deadlines that this ends."""
    lifted = []
    for deadline in _first_contacts(session, victim):
        if _is_open(deadline):
            deadline.lifted_on = today
            session.add(deadline)
            lifted.append(deadline.id)
    return lifted


def _first_contacts(session: Session, victim: Victim) -> list[DeadlineRecord]:
    query = select(DeadlineRecord).where(
        DeadlineRecord.victim_id == victim.id, DeadlineRecord.duty == FIRST_CONTACT
    )
    return list(session.exec(query.with_for_update()))


def _is_open(deadline: DeadlineRecord) -> bool:
    return deadline.met_on is None and deadline.lifted_on is None


def _end_questions(work: Work, victim: Victim) -> None:
    """Close what is still asked, as it was overtaken."""
    query = select(Task).where(
        Task.victim_id == victim.id,
        Task.kind == TaskKind.OFFER_OWED,
        col(Task.done_at).is_(None),
    )
    for task in work.session.exec(query.with_for_update()):
        task.done_at, task.answer = work.now, "overtaken: they changed their mind"
        work.session.add(task)


def _problems(never: NeverContact, today: date) -> Iterator[tuple[str, str]]:
    if never.said_on > today:
        yield "said_on", "The day must be today or in the past"
    if not never.words.strip():
        yield "words", "Enter what they said, in their own words"
    elif len(never.words) > LONGEST_WORDS:
        yield "words", f"Enter {LONGEST_WORDS} characters or fewer"
