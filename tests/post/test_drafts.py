"""Each trigger drafts its letter with nobody asking: once, and only where the gate lets it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from sqlmodel import Session, col, select, update

from scheduler.jobs import Sweep
from scheduler.post.drafts import draft_letters
from tests.journeys.test_victim_to_choice import approve, draft, post
from tests.journeys.world import World, a_victim, told
from vcs.consequences.drafts import after
from vcs.consequences.key_events import record_event, refer_person
from vcs.events.embargo import Embargo
from vcs.events.record import EventEntry
from vcs.events.records import EventKind, EventLine
from vcs.needs.conditions.catalogue import CONDITIONS
from vcs.needs.conditions.records import ConditionAnswer
from vcs.needs.conditions.requests import RequestEntry, ask_for_condition, record_sent
from vcs.post.cases.case import case_of_letter
from vcs.post.catalogue import CATALOGUE, Addressee, Trigger
from vcs.post.drafts.waiting import how_many_wait, waiting_letters
from vcs.post.gate import why_not_decide
from vcs.post.records import LetterQuestion, LetterRecord, LetterStatus
from vcs.post.subjects.find import TO_PARTNERS_ALONE, TRIGGERS
from vcs.referrals.records import Basis, Referral, ReferralStatus
from vcs.sentences.records import Sentence
from vcs.terms import Choice, Role, Route
from vcs.victims.contact.choices import ChoiceEntry
from vcs.victims.identity.known import Answer
from vcs.victims.records import Victim

Arrange = Callable[[World, str], None]


def letters(world: World, status: LetterStatus = LetterStatus.DRAFT) -> list[LetterRecord]:
    to_victims = col(LetterRecord.victim_id).is_not(None)
    query = select(LetterRecord).where(LetterRecord.status == status, to_victims).order_by("id")
    with world.db.reading() as session:
        return list(session.exec(query))


def kinds(world: World) -> list[str]:
    return sorted(one.kind for one in letters(world))


@pytest.fixture
def victim(world: World) -> str:
    """Return a victim of the only referral, whom nobody has been drafted a letter to."""
    world.court_tells(told())
    return world.refer()


def happens(
    world: World, kind: EventKind, day: date | None = None, embargo: Embargo | None = None
) -> str:
    with world.db.writing() as session:
        work = world.work(session, world.people[Role.VLO])
        entry = EventEntry(kind, day or world.today, "prison", embargo=embargo)
        return record_event(work, world.only_referral(), entry)[0].reference


def an_event(kind: EventKind, days: int = 0) -> Arrange:
    def arrange(world: World, victim: str) -> None:
        del victim
        happens(world, kind, world.today + timedelta(days=days))

    return arrange


def chooses(choice: Choice) -> Arrange:
    def arrange(world: World, victim: str) -> None:
        with world.db.writing() as session:
            work = world.work(session, world.people[Role.VLO])
            after.choose(work, victim, ChoiceEntry(choice, world.today, "by phone"))

    return arrange


def _set(session: Session, table: type, **values: object) -> None:
    session.execute(update(table).values(**values))


def _on_basis(basis: Basis) -> Arrange:
    def arrange(world: World, victim: str) -> None:
        with world.db.writing() as session:
            _set(session, Referral, basis=basis)
        world.sweep()

    return arrange


def _nobody_replies(world: World, victim: str) -> None:
    letter = draft(world, victim)
    approve(world, letter)
    post(world, letter, world.today)
    world.clock.move_to(world.today + timedelta(days=28))
    world.sweep()


def _a_year_passes(world: World, victim: str) -> None:
    chooses(Choice.OPT_IN)(world, victim)
    world.clock.move_to(world.today + timedelta(days=366))
    world.sweep()


def _a_condition_is_answered(world: World, victim: str) -> None:
    with world.db.writing() as session:
        work = world.work(session, world.people[Role.VLO])
        asked = ask_for_condition(work, victim, RequestEntry(CONDITIONS[0].code, world.today))
        reference = asked.reference
        session.flush()
        record_sent(work, reference, world.today)
        after.record_answer(work, reference, ConditionAnswer.GRANTED, "", world.today)


def _closed(contacted: bool) -> Arrange:
    def arrange(world: World, victim: str) -> None:
        ended = {"status": ReferralStatus.CLOSED, "closed_on": world.today}
        with world.db.writing() as session:
            _set(session, Referral, closed_reason="not_eligible", **ended)
            _set(session, Victim, contacted_on=world.today if contacted else None)
        world.sweep()

    return arrange


def _of_a_patient(world: World, victim: str) -> None:
    with world.db.writing() as session:
        _set(session, Sentence, route=Route.HOSPITAL_UNRESTRICTED)
    chooses(Choice.OPT_IN)(world, victim)


def _another_officer(world: World, victim: str) -> None:
    del victim
    with world.db.writing() as session:
        _set(session, Victim, contacted_on=world.today)
        work = world.work(session, world.people[Role.MANAGER])
        after.give_to_officer(
            work, world.only_referral(), world.people[Role.VLO].account_id, "Nobody is related."
        )


BROUGHT: dict[Trigger, tuple[Arrange, str]] = {
    Trigger.REFERRAL_ACCEPTED: (_on_basis(Basis.STATUTORY), "initial-contact"),
    Trigger.NOTIFICATION_ACCEPTED: (
        _on_basis(Basis.NOTIFICATION_SCHEME),
        "initial-contact-notification",
    ),
    Trigger.DISCRETIONARY_ACCEPTED: (
        _on_basis(Basis.DISCRETIONARY),
        "initial-contact-discretionary",
    ),
    Trigger.NO_REPLY: (_nobody_replies, "reminder"),
    Trigger.OPTED_OUT: (chooses(Choice.OPT_OUT), "opt-out-confirmation"),
    Trigger.OPTED_IN: (chooses(Choice.OPT_IN), "welcome"),
    Trigger.YEAR_PASSED: (_a_year_passes, "annual"),
    Trigger.SENTENCE_CHANGED: (an_event(EventKind.SENTENCE_CHANGED), "sentence-changed"),
    Trigger.OPEN_CONDITIONS: (an_event(EventKind.OPEN_CONDITIONS, 30), "open-conditions"),
    Trigger.TEMPORARY_RELEASE: (an_event(EventKind.TEMPORARY_RELEASE, 9), "temporary-release"),
    Trigger.EARLY_RELEASE: (an_event(EventKind.EARLY_RELEASE), "early-release"),
    Trigger.CONDITIONS_DUE: (an_event(EventKind.RELEASE_PLANNED, 200), "licence-conditions-offer"),
    Trigger.CONDITIONS_DECIDED: (_a_condition_is_answered, "licence-conditions-outcome"),
    Trigger.RELEASE_PLANNED: (an_event(EventKind.RELEASE_PLANNED, 30), "pre-release"),
    Trigger.RELEASED: (an_event(EventKind.RELEASED), "release-confirmed"),
    Trigger.RECALLED: (an_event(EventKind.RECALLED), "recall"),
    Trigger.PAROLE_REVIEW: (an_event(EventKind.PAROLE_REVIEW, 60), "parole-review"),
    Trigger.PAROLE_DECIDED: (an_event(EventKind.PAROLE_DECISION), "parole-decision"),
    Trigger.HOSPITAL_REVIEW: (an_event(EventKind.HOSPITAL_REVIEW), "hospital-discharge"),
    Trigger.HOSPITAL_DECIDED: (an_event(EventKind.HOSPITAL_DECISION), "hospital-outcome"),
    Trigger.HOSPITAL_WISH: (_of_a_patient, "hospital-managers"),
    Trigger.RESTRICTIONS_ENDED: (an_event(EventKind.RESTRICTIONS_ENDED), "restrictions-ended"),
    Trigger.TO_HOSPITAL: (an_event(EventKind.TO_HOSPITAL), "transfer-to-hospital"),
    Trigger.FROM_HOSPITAL: (an_event(EventKind.FROM_HOSPITAL), "transfer-to-prison"),
    Trigger.AT_LARGE: (an_event(EventKind.ABSCONDED), "escape"),
    Trigger.BACK_IN_CUSTODY: (an_event(EventKind.BACK_IN_CUSTODY), "back-in-custody"),
    Trigger.DIED: (an_event(EventKind.DIED), "death"),
    Trigger.REMOVED: (an_event(EventKind.REMOVED, 20), "deportation"),
    Trigger.LICENCE_ENDS: (an_event(EventKind.LICENCE_ENDS, 20), "licence-ended"),
    Trigger.RELEASED_IN_ERROR: (an_event(EventKind.RELEASED_IN_ERROR), "released-in-error"),
    Trigger.REFUSED: (_closed(contacted=False), "not-eligible"),
    Trigger.CLOSED: (_closed(contacted=True), "closure"),
    Trigger.OFFICER_CHANGED: (_another_officer, "officer-changed"),
}


def test_every_trigger_drafts_a_letter_to_a_victim_or_to_partners_alone() -> None:
    assert set(TRIGGERS) == set(BROUGHT)
    assert set(TRIGGERS) | TO_PARTNERS_ALONE == set(Trigger)
    to_victims = {row.trigger for row in CATALOGUE if row.to is Addressee.CONTACT}
    assert to_victims == set(TRIGGERS)


@pytest.mark.parametrize("trigger", BROUGHT)
def test_a_letter_is_drafted_by_its_trigger_and_once(
    world: World, victim: str, trigger: Trigger
) -> None:
    arrange, kind = BROUGHT[trigger]
    arrange(world, victim)
    assert kind in kinds(world)
    (one,) = [letter for letter in letters(world) if letter.kind == kind]
    assert (one.drafted_by, one.approved_at, one.pdf) == (None, None, None)
    draft_letters(Sweep(world.settings, world.db, world.sealer, world.clock.now))
    assert kinds(world).count(kind) == 1
    world.clock.move_to(world.today + timedelta(days=1))
    world.sweep()
    assert kinds(world).count(kind) == 1


def test_a_draft_tells_nobody_anything(world: World, victim: str) -> None:
    happens(world, EventKind.RECALLED)
    with world.db.reading() as session:
        (line,) = session.exec(select(EventLine)).all()
    assert line.told_at is None
    owed = {one.duty: one.met_on for one in world.view().deadlines}
    assert owed["first-contact"] is None


def test_whoever_said_no_is_drafted_the_confirmation_alone(world: World, victim: str) -> None:
    world.sweep()
    assert kinds(world) == ["initial-contact"]
    chooses(Choice.OPT_OUT)(world, victim)
    assert kinds(world) == ["opt-out-confirmation"]
    (gone,) = letters(world, LetterStatus.WITHDRAWN)
    assert gone.withdrawn_reason == "Nobody had looked at it, and it is not needed any more."
    happens(world, EventKind.RECALLED)
    assert kinds(world) == ["opt-out-confirmation"]


def test_a_no_that_became_a_yes_leaves_no_letter_that_confirms_the_no(
    world: World, victim: str
) -> None:
    chooses(Choice.OPT_OUT)(world, victim)
    (confirms,) = [one.reference for one in letters(world) if one.kind == "opt-out-confirmation"]
    approve(world, confirms)
    chooses(Choice.OPT_IN)(world, victim)
    world.sweep()
    assert kinds(world) == ["welcome"]
    (gone,) = [
        one for one in letters(world, LetterStatus.WITHDRAWN) if one.kind == "opt-out-confirmation"
    ]
    assert "chose otherwise" in (gone.withdrawn_reason or "")
    # A second no is confirmed once, with its own day.
    world.clock.move_to(world.today + timedelta(days=1))
    chooses(Choice.OPT_OUT)(world, victim)
    world.sweep()
    assert kinds(world) == ["opt-out-confirmation"]


def test_news_under_embargo_is_not_drafted_before_it_ends(world: World, victim: str) -> None:
    tomorrow = world.today + timedelta(days=1)
    entry = Embargo(tomorrow, "12:00", "The prison asked.")
    with world.db.writing() as session:
        manager = world.work(session, world.people[Role.MANAGER])
        day = EventEntry(EventKind.RECALLED, world.today, "prison", embargo=entry)
        record_event(manager, world.only_referral(), day)
    assert "recall" not in kinds(world)
    world.clock.move_to(world.today + timedelta(days=2))
    world.sweep()
    assert "recall" in kinds(world)


def test_a_draft_about_an_event_that_was_a_mistake_is_withdrawn(world: World, victim: str) -> None:
    event = happens(world, EventKind.ESCAPED)
    assert "escape" in kinds(world)
    with world.db.writing() as session:
        after.take_back(world.work(session, world.people[Role.MANAGER]), event, "Another man.")
    assert "escape" not in kinds(world)
    world.sweep()
    assert "escape" not in kinds(world)


def test_whoever_takes_a_draft_up_has_begun_it_and_does_not_decide_about_it(
    world: World, victim: str
) -> None:
    world.sweep()
    (waits,) = letters(world)
    reference = draft(world, victim)
    assert reference == waits.reference
    assert letters(world)[0].drafted_by == world.people[Role.VLO].account_id
    with world.db.reading() as session:
        vlo = world.people[Role.VLO]
        case = case_of_letter(session, world.sealer, vlo, reference, world.today)
    assert "whoever began" in why_not_decide(case, LetterQuestion.FORMAT, vlo)


def test_somebody_who_is_referred_has_a_first_letter_at_once(world: World) -> None:
    world.court_tells(told())
    with world.db.writing() as session:
        work = world.work(session, world.people[Role.WITNESS_CARE])
        refer_person(work, world.only_referral(), a_victim(language="cy"), Answer())
    (one,) = letters(world)
    assert (one.kind, one.language) == ("initial-contact", "cy-en")


def test_an_officer_sees_what_waits_and_what_it_is_for(world: World, victim: str) -> None:
    vlo, manager = world.people[Role.VLO], world.people[Role.MANAGER]
    happens(world, EventKind.RECALLED)
    with world.db.reading() as session:
        assert how_many_wait(session, vlo, world.clock.now()) == 0
        found = waiting_letters(session, world.sealer, manager, world.clock.now())
    first, row = found.rows
    assert (first.kind, first.purpose[:6]) == ("initial-contact", "Invite")
    assert (row.kind, row.trigger, row.was_begun) == ("recall", "A recall to prison", False)
    with world.db.writing() as session:
        after.give_to_officer(world.work(session, manager), world.only_referral(), vlo.account_id)
    with world.db.reading() as session:
        assert how_many_wait(session, vlo, world.clock.now()) == 2
