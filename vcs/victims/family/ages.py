"""Who may be a child: known to be under 18, or said to be one while no date of birth is known.

Nobody counts as a child only because no birth was recorded: somebody must have said so. An officer
did who named a person who speaks for them; whoever entered a parent, guardian or carer did, for
each victim of the referral whom that person may act for; and words may say it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from sqlalchemy import or_, update
from sqlmodel import Session, col, select

from vcs.intake.cursors import came_to, held_cursor
from vcs.referrals.records import Referral, ReferralStatus
from vcs.sealing import Sealer, shown
from vcs.sentences.same_offender import parts_of_name
from vcs.tables import table_of
from vcs.tasks.ask import Question, open_tasks
from vcs.tasks.records import Task, TaskKind
from vcs.terms import VictimRelation
from vcs.victims.family.records import BirthRecord, FamilyLink, LinkKind
from vcs.victims.find import parts_of
from vcs.victims.person import Life, life_of, shown_person
from vcs.victims.records import PersonRecord, Victim

_TASKS = table_of(Task)

_KEY: Final = "age:"

_LOOKED: Final = "ages in doubt"

LOOKED_AT_ONCE: Final = 500
"""How many victims one sweep looks at."""

_ASKS = (
    "A victim of this referral may be a child: somebody said so, or a parent, guardian or carer "
    "acts in it, and no date of birth is recorded. Ask for it, and record it on the page of the "
    "family: that closes this task. If they are under 18, record who speaks for them too. Until "
    "then no letter goes to them alone, and they lead nobody and speak for nobody."
)

_AGE = r"(?:1[0-7]|[1-9])(?:[ -]years?(?:[ -]old| of age)?)?"

_SAYS_CHILD: Final = re.compile(
    rf"""
    \b(?:s?he|they|who|victim|client|person|[s]?he['’]s|they['’]re)
        (?:\ (?:is|are))?(?:\ (?:only|just|still))?
        \ (?:an?\ )?(?:child|minor|teenager|schoolgirl|schoolboy|under[ -]?(?:18|16)|under-age
            |{_AGE}(?=\s*(?:[.,;:)]|$|\b(?:and|so|but)\b)))
    |\bchild\ (?:victim|witness|complainant)\b
    |\bvictim\ \(?(?:a\ )?(?:child|minor)\b
    |^\W*(?:an?\ )?(?:child|minor|under[ -]?(?:18|16)|aged?:?\ {_AGE})\b
    |\((?:an?\ )?(?:child|minor|aged?\ {_AGE})\)
    """,
    re.IGNORECASE | re.VERBOSE | re.MULTILINE,
)
"""Words that say of the person themselves that they are a child; not that they have one."""

_NOT_A_CHILD: Final = re.compile(r"\b(?:died|dead|deceased|killed|murdered|late)\b", re.IGNORECASE)
"""Whom a parent acts for, where that is somebody who has died."""


def may_be_child(session: Session, sealer: Sealer, victim: Victim, life: Life, today: date) -> bool:
    """Say whether a victim is under 18, or was said to be a child and their age is not known.

    ``life`` is what is known of the victim's birth.
    """
    return life.is_child(today) or _is_in_doubt(session, sealer, victim, life)


def is_age_in_doubt(session: Session, sealer: Sealer, victim: Victim) -> bool:
    """Say whether somebody was said to be a child, anywhere, and no date of birth is known."""
    return _is_in_doubt(session, sealer, victim, life_of(session, sealer, victim.person_id))


def _is_in_doubt(session: Session, sealer: Sealer, victim: Victim, life: Life) -> bool:
    if life.born_on is not None:
        return False
    if _words_say_so(sealer, victim.person):
        return True
    parts = [one for one, _ in parts_of(session, victim.person_id)]
    return any(_is_spoken_for(session, one) for one in parts) or any(
        _has_guardian(session, sealer, one) for one in parts
    )


def ask_about_ages(session: Session, sealer: Sealer, victim_ids: list[int], today: date) -> int:
    """Ask for the dates of birth of those among some victims who may be children. Returns of whom.

    Asking twice is harmless.
    """
    asked = []
    for its_id in victim_ids:
        victim = session.get_one(Victim, its_id)
        referral = session.get_one(Referral, victim.referral_id)
        if referral.status != ReferralStatus.CLOSED and is_age_in_doubt(session, sealer, victim):
            asked.append(_question(victim, referral, today))
    open_tasks(session, asked, today)
    return len(asked)


@dataclass(frozen=True, slots=True)
class InDoubt:
    """Victims whose age is in doubt, and up to whom was looked; 0 once all were looked at."""

    victims: tuple[int, ...]
    looked_to: int
    has_moved: bool


def ages_to_ask(session: Session, sealer: Sealer, limit: int = LOOKED_AT_ONCE) -> InDoubt:
    """Look for victims of open referrals who may be children and of whom nobody was asked yet.

    No more than ``limit`` are looked at, from where the last look came to; then it begins anew.
    What only words say is asked about when they are written.
    """
    after = came_to(session, _LOOKED)
    asked = select(Task.id).where(Task.key == _KEY + col(Victim.reference))
    births = select(BirthRecord.id).where(BirthRecord.person_id == Victim.person_id)
    spoken_for = select(FamilyLink.victim_id).where(FamilyLink.kind == str(LinkKind.SPEAKS))
    with_guardian = select(Victim.referral_id).where(
        Victim.standing == str(VictimRelation.PARENT_OR_GUARDIAN)
    )
    query = (
        select(Victim)
        .join(Referral, col(Referral.id) == col(Victim.referral_id))
        .where(
            col(Victim.id) > after,
            Victim.standing == str(VictimRelation.VICTIM),
            Referral.status != str(ReferralStatus.CLOSED),
            or_(col(Victim.id).in_(spoken_for), col(Victim.referral_id).in_(with_guardian)),
            ~births.correlate(Victim).exists(),
            ~asked.correlate(Victim).exists(),
        )
        .order_by(col(Victim.id))
        .limit(limit)
    )
    found = session.exec(query).all()
    looked_to = found[-1].id if len(found) == limit else 0
    in_doubt = tuple(one.id for one in found if is_age_in_doubt(session, sealer, one))
    return InDoubt(in_doubt, looked_to, looked_to != after)


def keep_looked_to(session: Session, found: InDoubt) -> None:
    """Keep up to whom ages were looked at."""
    if found.has_moved:
        held_cursor(session, _LOOKED).last_id = found.looked_to


def close_age_questions(session: Session, person_id: int, now: datetime) -> None:
    """Close what is asked about somebody's age, once their date of birth is recorded."""
    keys = [f"{_KEY}{one.reference}" for one, _ in parts_of(session, person_id)]
    waits = (_TASKS.c.key.in_(keys), _TASKS.c.done_at.is_(None))
    session.execute(update(_TASKS).where(*waits).values(done_at=now, answer="birth recorded"))


def says_child(words: str) -> bool:
    """Say whether words about a person say that they are a child."""
    return _SAYS_CHILD.search(words) is not None


def _words_say_so(sealer: Sealer, held: PersonRecord) -> bool:
    person = shown_person(sealer, held)
    needs = shown(sealer.open_text, held.format_needs_sealed, "")
    texts = (person.name, person.salutation, person.safe_contact_notes, needs)
    return any(says_child(one) for one in texts)


def _is_spoken_for(session: Session, victim: Victim) -> bool:
    query = select(FamilyLink.by_victim_id).where(
        FamilyLink.victim_id == victim.id, FamilyLink.kind == LinkKind.SPEAKS
    )
    newest = session.exec(query.order_by(col(FamilyLink.id).desc())).first()
    return newest is not None


def _has_guardian(session: Session, sealer: Sealer, victim: Victim) -> bool:
    """Say whether a parent, guardian or carer acts in a referral, and perhaps for this victim.

    Not where what they are says that they act for another victim of it, or for one who has died.
    """
    if victim.standing != VictimRelation.VICTIM:
        return False
    query = select(Victim).where(Victim.referral_id == victim.referral_id)
    everybody = session.exec(query).all()
    names = {one.id: (parts_of_name(shown_person(sealer, one.person).name)) for one in everybody}
    for one in everybody:
        if one.standing == VictimRelation.PARENT_OR_GUARDIAN:
            about = shown(sealer.open_text, one.about_sealed, "")
            if victim.id in _acted_for(everybody, names, about):
                return True
    return False


def _acted_for(
    everybody: Sequence[Victim], names: Mapping[int, frozenset[str]], about: str
) -> list[int]:
    """Return the victims for whom somebody may act, by what they are to the one harmed."""
    victims = [one.id for one in everybody if one.standing == VictimRelation.VICTIM]
    said = parts_of_name(about)
    named = [one for one in victims if len(names[one] & said) > 1]
    if named:
        return named
    return [] if _NOT_A_CHILD.search(about) else victims


def _question(victim: Victim, referral: Referral, today: date) -> Question:
    return Question(
        f"{_KEY}{victim.reference}",
        TaskKind.TURNING_18,
        _ASKS,
        referral.region_code,
        today,
        referral.sentence_id,
        referral.id,
        victim_id=victim.id,
    )
