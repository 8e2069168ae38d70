"""Is this somebody we know? Asked wherever a person comes in: by page, by program.

A page asks whoever enters the details. A program cannot be asked, and nobody is shown a referral
that they may not see: there a manager gets a task, and letters wait until it is answered.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, col, select

from vcs.access.rules import Act, may_see
from vcs.access.work import Work
from vcs.database import lock
from vcs.errors import CannotOpen, Conflict
from vcs.referrals.find import find_referral
from vcs.referrals.records import Referral, ReferralStatus
from vcs.sealing import Sealer
from vcs.sentences.records import Sentence
from vcs.sentences.same_offender import sentences_of_offender
from vcs.tasks.ask import Question, open_tasks
from vcs.terms import Choice
from vcs.victims import entries
from vcs.victims.details.add import add_known_victim, add_victim
from vcs.victims.details.amend import amend_victim
from vcs.victims.digests import digest_some, people_like
from vcs.victims.entries import VictimEntry
from vcs.victims.find import Part, parts_of
from vcs.victims.identity.apart import apart_by_manager, apart_from, are_apart, keep_apart
from vcs.victims.identity.asking import Side, question_about
from vcs.victims.person import Person, opened
from vcs.victims.preferences.anything import never_row_id
from vcs.victims.records import ChoiceRecord, PersonRecord, Victim
from vcs.victims.same_person import Likeness, likeness, reached_alike, why_alike

SOMEBODY_ELSE, NOT_SURE = "somebody_else", "not_sure"

ONE_AT_A_TIME = 0x76637307

"""People are entered one after the other, so that two who are one, entered at once, are noticed.

Take it before any referral is held.
"""

MOST_SHOWN = 10

"""How many people a page asks about at once. A manager is asked about the others."""

MOST_AT_ONE_PLACE = 8

"""How many people of other names may have one telephone, mailbox or home. More have an office's."""


@dataclass(frozen=True, slots=True)
class Alike:
    """Somebody on record who may be the person that was entered, and why."""

    record: PersonRecord
    person: Person
    likeness: Likeness
    why: tuple[str, ...]
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody who may be meant, as the page shows them: only what its reader may see."""

    victim_reference: str
    referral_reference: str
    name: str
    why: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """What somebody answered: a victim's reference, ``SOMEBODY_ELSE`` or ``NOT_SURE``.

    ``shown`` are the victims that the question named. Who came since is asked about too.
    """

    choice: str = ""
    shown: tuple[str, ...] = ()


class PerhapsKnown(Conflict):
    """Nothing was saved: whoever enters the details must first say whether this is one of ours.

    ``was_asked`` says that the answer to the question was none.
    """

    def __init__(self, candidates: tuple[Candidate, ...], *, was_asked: bool) -> None:
        """Keep who may be meant. The message names nobody."""
        super().__init__("This may be somebody we know. Say whether it is, and send it again.")
        self.candidates, self.was_asked = candidates, was_asked


def who_may_be_meant(work: Work, entry: VictimEntry) -> tuple[Candidate, ...]:
    """Return those on record who may be the person in an entry, as its writer may see them."""
    work.require_may(Act.ADD_VICTIM)
    found = people_alike(work.session, work.sealer, entries.person(entry))
    return tuple(_candidate(work, one) for one in _seen_of(work, found))


def _seen_of(work: Work, found: Iterable[Alike]) -> list[Alike]:
    return [one for one in found if _seen_parts(work, one)][:MOST_SHOWN]


def refer_person(work: Work, referral_reference: str, entry: VictimEntry, answer: Answer) -> Victim:
    """Add somebody to a referral, as one person with whomever the answer names.

    Raises PerhapsKnown, and keeps nothing, while somebody who may be meant was not asked about.
    """
    work.require_may(Act.ADD_VICTIM)
    lock(work.session, ONE_AT_A_TIME)
    referral = find_referral(work.session, referral_reference, work.actor)
    entries.check(entry, work.today)
    found = people_alike(work.session, work.sealer, entries.person(entry))
    seen = _seen_of(work, found)
    candidates = tuple(_candidate(work, one) for one in seen)
    named = {one.victim_reference for one in candidates}
    if not named <= set(answer.shown):
        raise PerhapsKnown(candidates, was_asked=False)
    if named and answer.choice not in (*named, SOMEBODY_ELSE, NOT_SURE):
        raise PerhapsKnown(candidates, was_asked=True)
    if answer.choice in named:
        victim = add_known_victim(work, referral_reference, answer.choice, entry)
    else:
        victim = add_victim(work, referral_reference, entry)
    if named and answer.choice == SOMEBODY_ELSE:
        for one in seen:
            keep_apart(work, victim.person_id, one.record.id)
        work.note("person.kept_apart", referral.reference, victim.reference)
        ask_where_one_said_no(work, victim, referral)
    unsure = seen if answer.choice == NOT_SURE else []
    mine = opened(work.sealer, victim.person)
    asked_about = [*unsure, *_likely(mine, referral, found)]
    _ask_about(work.session, victim, referral, asked_about, work.today)
    return victim


def ask_where_one_said_no(work: Work, victim: Victim, referral: Referral) -> None:
    """Ask a manager about whoever was kept apart on another's word, where one of the two said no.

    A *no* about an offender, and *never*, hold however somebody is entered: until a manager has
    looked, they may be theirs. Of a household, whose names differ, the word of whoever saw both
    is enough.
    """
    session, mine = work.session, victim.person_id
    others = sorted(apart_from(session, mine) - apart_by_manager(session, mine))
    sentence = session.get_one(Sentence, referral.sentence_id)
    of_offender = sentences_of_offender(session, work.sealer, sentence) if others else ()
    about = {one.id for one in of_offender}
    for other in others:
        if _is_only_reached(session, work.sealer, victim, other):
            continue
        theirs = [part for part in parts_of(session, other) if part[1].sentence_id in about]
        ours = [part for part in parts_of(session, mine) if part[1].sentence_id in about]
        either = [part.id for part, _ in (*ours, *theirs)]
        said_no = select(ChoiceRecord.id).where(
            col(ChoiceRecord.victim_id).in_(either), ChoiceRecord.choice == str(Choice.OPT_OUT)
        )
        is_no = bool(theirs) and session.exec(said_no.limit(1)).first() is not None
        # *Never* is about nobody's offender: it holds wherever they are.
        is_never = any(never_row_id(session, one) is not None for one in (mine, other))
        if is_no or is_never:
            why = ("they are alike, and one of them said that they want no contact",)
            question = question_about(
                session, Side(victim, referral, other), parts_of(session, other), why, work.today
            )
            open_tasks(session, [question], work.today)


def _is_only_reached(session: Session, sealer: Sealer, victim: Victim, other_id: int) -> bool:
    """Say whether two people have nothing alike but how they are reached."""
    other = session.get_one(PersonRecord, other_id)
    try:
        here, there = (opened(sealer, one) for one in (victim.person, other))
    except CannotOpen:
        return False
    return likeness(here, there) is Likeness.REACHED


def amend_person(
    work: Work,
    victim_reference: str,
    drawn_from: str,
    entry: VictimEntry,
    unsaid: Collection[str] = (),
) -> Victim:
    """Change what is held, as :func:`amend_victim` does, and ask about whom it makes alike."""
    victim = amend_victim(work, victim_reference, drawn_from, entry, unsaid)
    ask_if_known(work.session, work.sealer, victim, work.today)
    return victim


def ask_if_known(
    session: Session, sealer: Sealer, victim: Victim, today: date, beside: Collection[int] = ()
) -> None:
    """Ask a manager about everybody on record who may be a victim that nobody was asked about.

    ``beside`` are the people whom one message told beside this one, by other names: a family.
    """
    referral = session.get_one(Referral, victim.referral_id)
    mine = opened(sealer, victim.person)
    likely = _likely(mine, referral, people_alike(session, sealer, mine))
    asked = [
        one for one in likely if one.likeness is not Likeness.REACHED or one.record.id not in beside
    ]
    _ask_about(session, victim, referral, asked, today)


def digest_and_ask(session: Session, sealer: Sealer, today: date, limit: int) -> int:
    """Digest people who have no digests, and ask about those from before who may be one.

    Returns how many were digested. Nobody is asked twice about the same two.
    """
    made = digest_some(session, sealer, limit)
    for record in made.first:
        for victim, referral in parts_of(session, record.id):
            if referral.status != ReferralStatus.CLOSED:
                ask_if_known(session, sealer, victim, today)
    return made.count


def people_alike(session: Session, sealer: Sealer, person: Person) -> list[Alike]:
    """Return everybody on record who may be this person, the surest first."""
    found = (_alike(session, sealer, person, one) for one in people_like(session, sealer, person))
    every = [one for one in found if one]
    reached = [one for one in every if one.likeness is Likeness.REACHED]
    if len(reached) > MOST_AT_ONE_PLACE:
        every = [one for one in every if one.likeness is not Likeness.REACHED]
    return sorted(every, key=lambda one: (-one.likeness, one.record.id))


def _alike(session: Session, sealer: Sealer, person: Person, record: PersonRecord) -> Alike | None:
    try:
        other = opened(sealer, record)
    except CannotOpen:
        return None
    how = likeness(person, other)
    if how is Likeness.NO:
        return None
    parts = tuple(parts_of(session, record.id))
    return Alike(record, other, how, why_alike(person, other), parts) if parts else None


def _seen_parts(work: Work, one: Alike) -> list[tuple[Victim, Referral]]:
    return [part for part in one.parts if may_see(work.actor, part[1])]


def _candidate(work: Work, one: Alike) -> Candidate:
    victim, referral = _seen_parts(work, one)[0]
    return Candidate(victim.reference, referral.reference, one.person.name, one.why)


def _likely(mine: Person, referral: Referral, found: Iterable[Alike]) -> list[Alike]:
    return [one for one in found if _is_likely(mine, referral, one)]


def _ask_about(
    session: Session, victim: Victim, referral: Referral, found: Iterable[Alike], today: date
) -> None:
    """Ask a manager about each person who was not told apart from this victim before."""
    questions: list[Question] = []
    for one in found:
        if one.record.id == victim.person_id or are_apart(session, victim.person_id, one.record.id):
            continue
        here = Side(victim, referral, one.record.id)
        questions.append(question_about(session, here, one.parts, one.why, today))
        # Where no manager sees both, one on each side is asked, and one answer is enough.
        if all(where.region_code != referral.region_code for _, where in one.parts):
            there = Side(*one.parts[0], victim.person_id)
            questions.append(question_about(session, there, ((victim, referral),), one.why, today))
    open_tasks(session, questions, today)


def _is_likely(mine: Person, referral: Referral, one: Alike) -> bool:
    """Say whether a manager is asked: of the whole country only about who is reached alike too.

    Two people of one name are common, two of one name at one door are not.
    """
    if reached_alike(mine, one.person):
        return True
    if any(where.id == referral.id for _, where in one.parts):
        return True
    regions = {where.region_code for _, where in one.parts}
    return one.likeness is Likeness.PROBABLY and referral.region_code in regions
