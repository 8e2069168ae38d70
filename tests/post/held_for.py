"""How each reason of the gate comes about in a small world, with a letter begun or approved."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from sqlmodel import Session, select

from tests.journeys.test_victim_to_choice import choose
from tests.journeys.world import FRIDAY_20_MARCH, World, a_victim, told
from tests.victims.test_one_person import REFUGE, change
from tests.victims.test_preferences import say
from vcs.access.records import Account
from vcs.consequences.hidden.excluding import exclude
from vcs.events.embargo import Embargo
from vcs.events.record import EventEntry, keep_event
from vcs.events.records import EventKind, EventSource
from vcs.needs.records import AnswerKind, NeedAnswer
from vcs.post.holds.hold_kinds import HoldKind
from vcs.post.records import LetterRecord, LetterStatus
from vcs.post.returned.reasons import ReturnReason
from vcs.post.returned.records import ReturnedLetter
from vcs.referrals.records import Referral, ReferralStatus
from vcs.sentences.records import Sentence
from vcs.tables import free_reference
from vcs.tasks.records import Task, TaskKind, TaskTopic
from vcs.terms import Choice, Role, VictimRelation
from vcs.victims.family.births import record_birth
from vcs.victims.family.deaths import record_death
from vcs.victims.family.records import FamilyLink, LinkKind
from vcs.victims.preferences.anything import NeverContact, record_never
from vcs.victims.preferences.change import Said
from vcs.victims.preferences.records import HowKnown, Rule, Way
from vcs.victims.records import ContactWay, KeptApart, Victim

Arranged = Callable[[World, str], None]


def _victim(session: Session, reference: str) -> Victim:
    return session.exec(select(Victim).where(Victim.reference == reference)).one()


def _acts(role: Role, act: Callable[[Any, str], object]) -> Arranged:
    def arrange(world: World, victim: str) -> None:
        with world.db.writing() as session:
            act(world.work(session, world.people[role]), victim)

    return arrange


def asks(kind: TaskKind, topic: TaskTopic | None = None) -> Arranged:
    """Return what asks a question that a letter waits for."""

    def arrange(world: World, victim: str) -> None:
        with world.db.writing() as session:
            hers = _victim(session, victim)
            referral = session.get_one(Referral, hers.referral_id)
            session.add(
                Task(
                    reference=free_reference(session, Task),
                    key=f"asked {kind} {topic}",
                    kind=kind,
                    topic=topic,
                    question="Is it so?",
                    opened_on=world.today,
                    sentence_id=referral.sentence_id,
                    referral_id=referral.id,
                    victim_id=hers.id,
                )
            )

    return arrange


def _another_letter(session: Session, world: World, victim: Victim, **columns: Any) -> LetterRecord:
    """Return a first letter to the same person that was approved before."""
    letter = LetterRecord(
        reference=free_reference(session, LetterRecord),
        victim_id=victim.id,
        kind="initial-contact",
        language="en",
        status=LetterStatus.APPROVED,
        drafted_at=world.clock.now().replace(hour=1),
        drafted_by=1,
        approved_at=world.clock.now().replace(hour=1),
        approved_by=world.people[Role.MANAGER].account_id,
        **columns,
    )
    session.add(letter)
    session.flush()
    return letter


def _came_back(reason: ReturnReason, *, is_asked: bool) -> Arranged:
    def arrange(world: World, victim: str) -> None:
        with world.db.writing() as session:
            hers = _victim(session, victim)
            letter = _another_letter(session, world, hers)
            session.add(
                ReturnedLetter(
                    letter_id=letter.id,
                    victim_id=hers.id,
                    reason=reason,
                    came_back_on=world.today,
                    note=world.sealer.seal_text(""),
                    recorded_at=world.clock.now(),
                    recorded_by="account:1",
                )
            )
        if is_asked:
            asks(TaskKind.LETTER_RETURNED)(world, victim)

    return arrange


def closed(world: World, victim: str) -> None:
    with world.db.writing() as session:
        referral = session.get_one(Referral, _victim(session, victim).referral_id)
        referral.status, referral.closed_on = ReferralStatus.CLOSED, world.today


def second_letter(world: World, victim: str) -> None:
    with world.db.writing() as session:
        _another_letter(session, world, _victim(session, victim))


def shared_address(world: World, victim: str) -> None:
    """Have the court say that the offender lives where she does."""
    with world.db.writing() as session:
        referral = session.get_one(Referral, _victim(session, victim).referral_id)
        sentence = session.get_one(Sentence, referral.sentence_id)
        sentence.offender_address = world.sealer.seal_json(["1 Canary Lane", "Leeds", "LS1 3AB"])


def signed_otherwise(world: World, victim: str) -> None:
    with world.db.writing() as session:
        referral = session.get_one(Referral, _victim(session, victim).referral_id)
        referral.vlo_account_id = world.people[Role.MANAGER].account_id
        session.get_one(Account, referral.vlo_account_id).phone = "0113 496 0999"


def a_child_of_hers_is_18(world: World, victim: str) -> None:
    child = world.refer("", a_victim(name="Gwen Canary-Name", phone="", email=""))
    with world.db.writing() as session:
        work = world.work(session, world.people[Role.VLO])
        hers, theirs = _victim(session, victim), _victim(session, child)
        hers.standing = VictimRelation.PARENT_OR_GUARDIAN
        session.add(
            FamilyLink(
                referral_id=hers.referral_id,
                victim_id=theirs.id,
                kind=LinkKind.SPEAKS,
                by_victim_id=hers.id,
                recorded_at=world.clock.now().replace(year=2025),
                recorded_by=1,
            )
        )
        record_birth(work, child, date(2008, 2, 1), "their family said so")


def somebody_like_her_said_no(world: World, victim: str, *, apart: bool = False) -> None:
    """Have somebody who may be her, or (``apart``) was decided not to be, say no."""
    if apart:
        other = world.refer("", a_victim(phone="0113 496 0555", email="other@example.org"))
    else:
        world.court_tells(told(FRIDAY_20_MARCH, ("Elsewhere", "IMP", "3 Years"), urn="13EX0000999"))
        there = next(one for one in world.referrals() if one != world.referrals()[0])
        other = world.refer(there, a_victim())
    with world.db.writing() as session:
        hers, theirs = _victim(session, victim), _victim(session, other)
        assert hers.person_id != theirs.person_id
        one, two = sorted((hers.person_id, theirs.person_id))
        if apart:
            at, by = world.clock.now(), world.people[Role.MANAGER].account_id
            session.add(KeptApart(one_id=one, other_id=two, decided_at=at, decided_by=by))
    choose(world, other, Choice.OPT_OUT, world.today)


def somebody_has_her_mailbox(world: World, victim: str) -> None:
    """Have another victim of the same offender referred with the email address of the first."""
    del victim
    where = {"address_lines": ("9 Another Street", "York"), "postcode": "YO1 7HH"}
    world.refer("", a_victim(name="Gwyn Someone-Else", phone="", **where))


def hard_days(world: World, victim: str) -> None:
    with world.db.writing() as session:
        session.add(
            NeedAnswer(
                victim_id=_victim(session, victim).id,
                item="hard_days",
                version=1,
                answer=AnswerKind.SAID,
                sealed=world.sealer.seal_text("All of March"),
                asked_on=world.today,
                how=ContactWay.PHONE,
                recorded_at=world.clock.now(),
                recorded_by=1,
            )
        )


def news_of_release(world: World, victim: str) -> None:
    """Make the letter one that tells of a release."""
    with world.db.writing() as session:
        hers = _victim(session, victim)
        query = select(LetterRecord).where(LetterRecord.victim_id == hers.id)
        session.exec(query).one().kind = "pre-release"


def news_held_back(world: World, victim: str, *, under_embargo: bool = False) -> None:
    """Make the letter one that tells of a recall, of which others are told too, or not yet."""
    if not under_embargo:
        where = {"address_lines": ("9 Another Street", "York"), "postcode": "YO1 7HH"}
        world.refer("", a_victim(name="Gwyn Co-Victim", phone="", email="", **where))
    with world.db.writing() as session:
        work = world.work(session, world.people[Role.VLO])
        until = Embargo(world.today + timedelta(days=9), "12:00", "The court asks for it")
        entry = EventEntry(EventKind.RECALLED, world.today, EventSource.PRISON)
        entry = replace(entry, embargo=until if under_embargo else None)
        event, _ = keep_event(work, session.exec(select(Referral)).all()[0], entry)
        for letter in session.exec(
            select(LetterRecord).where(LetterRecord.victim_id == _victim(session, victim).id)
        ):
            letter.kind, letter.event_id = "recall", event.id


def confirms_what_she_chose_before(world: World, victim: str) -> None:
    """Make the letter one that confirms a no, of somebody who said yes since."""
    choose(world, victim, Choice.OPT_IN, world.today)
    with world.db.writing() as session:
        for letter in session.exec(
            select(LetterRecord).where(LetterRecord.victim_id == _victim(session, victim).id)
        ):
            letter.kind = "opt-out-confirmation"


def excluded(world: World, victim: str) -> None:
    approver = world.people[Role.VLO].account_id
    with world.db.writing() as session:
        work = world.work(session, world.people[Role.MANAGER])
        exclude(work, world.referrals()[0], approver, "They are kin")


THROUGH = Said(via_whom="Ann at the refuge")

NEVER = NeverContact(FRIDAY_20_MARCH, HowKnown.THEM, "Leave me alone")

ARRANGE: Mapping[HoldKind, Arranged] = {
    HoldKind.NEVER_CONTACT: _acts(Role.VLO, lambda work, who: record_never(work, who, NEVER)),
    HoldKind.POST_NEVER: lambda world, who: say(world, who, Way.POST, Rule.NEVER),
    HoldKind.ONLY_VIA: lambda world, who: say(world, who, Way.VIA, Rule.ONLY, said=THROUGH),
    HoldKind.DECEASED: _acts(Role.VLO, lambda work, who: record_death(work, who, None, "her son")),
    HoldKind.SAID_DECEASED: _came_back(ReturnReason.DECEASED, is_asked=True),
    HoldKind.RETURNED: _came_back(ReturnReason.REFUSED, is_asked=True),
    HoldKind.OPTED_OUT: lambda world, who: choose(world, who, Choice.OPT_OUT, world.today),
    HoldKind.NOT_NOW: lambda world, who: not_now(world, who),
    HoldKind.CHOSE_OTHERWISE: confirms_what_she_chose_before,
    HoldKind.NOTE_FORBIDS: lambda world, who: change(world, who, name="Nia Canary (deceased)"),
    HoldKind.NOTE_UNSETTLED: lambda world, who: change(
        world, who, safe_contact_notes="No letters, please"
    ),
    HoldKind.NOTE_IN_NAME: lambda world, who: change(world, who, name="Nia and Dan Canary"),
    HoldKind.NAME_IN_DOUBT: lambda world, who: change(world, who, name="Nia Late Canary-Name"),
    HoldKind.NOT_SAFE_TO_POST: lambda world, who: change(world, who, safe_to_post=False),
    HoldKind.UNCONFIRMED_ADDRESS: lambda world, who: change(
        world, who, safe_to_post=None, address_confirmed_on=None
    ),
    HoldKind.PARTICULAR_ADDRESS: lambda world, who: change(
        world, who, address_lines=("Ward 3", "Leeds General Infirmary", "Leeds")
    ),
    HoldKind.NO_ADDRESS: lambda world, who: change(world, who, address_lines=(), postcode=""),
    HoldKind.FIRST_TO_CHANGED_ADDRESS: lambda world, who: change(world, who, **REFUGE),
    HoldKind.NO_EMAIL: lambda world, who: change(world, who, email=""),
    HoldKind.CHANGED_EMAIL: lambda world, who: change(world, who, email="new@example.org"),
    HoldKind.SHARED_MAILBOX: lambda world, who: somebody_has_her_mailbox(world, who),
    HoldKind.CHANGED: lambda world, who: change(world, who, salutation="Dr Canary-Name"),
    HoldKind.FORMAT: lambda world, who: change(world, who, format_needs="Braille, please"),
    HoldKind.EXCLUDED: excluded,
    HoldKind.SIGNED_OTHERWISE: signed_otherwise,
    HoldKind.CLOSED: closed,
    HoldKind.CAME_OF_AGE: a_child_of_hers_is_18,
    HoldKind.NO_ADULT: _acts(
        Role.VLO,
        lambda work, who: record_birth(work, who, date(2015, 5, 1), "witness care said so"),
    ),
    HoldKind.SENTENCE_ASKED: asks(TaskKind.SENTENCE_CHANGED),
    HoldKind.INSTRUCTION_ASKED: asks(TaskKind.WITNESS_CARE_SAYS, TaskTopic.WENT_BACK),
    HoldKind.PERSON_ASKED: asks(TaskKind.SAME_PERSON),
    HoldKind.EARLIER_OPT_OUT: somebody_like_her_said_no,
    HoldKind.KEPT_APART: lambda world, who: somebody_like_her_said_no(world, who, apart=True),
    HoldKind.SECOND_LETTER: second_letter,
    HoldKind.SHARED_ADDRESS: shared_address,
    HoldKind.NOT_PREPARED: news_of_release,
    HoldKind.HARD_DAY: hard_days,
    HoldKind.UNDER_EMBARGO: lambda world, who: news_held_back(world, who, under_embargo=True),
    HoldKind.TOLD_TOGETHER: lambda world, who: news_held_back(world, who),
}


def not_now(world: World, victim: str) -> None:
    from vcs.victims.contact.choices import ChoiceEntry
    from vcs.victims.contact.choices import choose as say_what
    from vcs.victims.records import AskAgainAt

    entry = ChoiceEntry(Choice.NOT_NOW, world.today, "by phone", ask_again_at=AskAgainAt.RELEASE)
    with world.db.writing() as session:
        say_what(world.work(session, world.people[Role.VLO]), victim, entry)
