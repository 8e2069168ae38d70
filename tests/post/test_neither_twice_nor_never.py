"""No letter goes twice by two ways, and none is passed over because of others before it."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlmodel import Session, select, update

from scheduler.jobs import Sweep
from scheduler.post import drafts
from tests.journeys.test_victim_to_choice import choose, post
from tests.journeys.world import World, a_victim, told
from tests.post.batches.a_batch import OPERATOR, approved, leave, made, office
from tests.post.batches.test_batches import letter_id, victim_of
from tests.post.others.a_partner import to_others
from tests.post.others.test_others import ready
from tests.post.test_drafts import chooses, kinds, letters
from tests.victims.test_one_person import REFUGE, case_of, change, rows, two_referrals
from vcs.access.work import Work
from vcs.consequences.drafts.sweep import look_at
from vcs.needs.conditions.catalogue import CONDITIONS
from vcs.needs.conditions.requests import RequestEntry, ask_for_condition
from vcs.post import opening
from vcs.post.addresses import alike
from vcs.post.batches import fill
from vcs.post.cases.case import gather
from vcs.post.catalogue import Trigger
from vcs.post.gate import Step, holds
from vcs.post.holds.hold_kinds import HoldKind
from vcs.post.notify import give
from vcs.post.notify.records import NotifyLetter, NotifyStatus
from vcs.post.others.about import about_letter
from vcs.post.others.case import gather_other
from vcs.post.others.triggers import candidates
from vcs.post.records import LetterRecord, LetterStatus
from vcs.sealing import Sealer
from vcs.sentences.records import DecisionRecord, Sentence
from vcs.tables import free_reference
from vcs.terms import Choice, Role, Route
from vcs.victims.person import Person
from vcs.victims.records import ChoiceRecord, PostedLetter, Victim
from vcs.victims.same_person import Likeness, likeness

NOTICE = "hospital-managers-notice"


def operator(world: World, session: Session) -> Work:
    return Work(session, world.sealer, OPERATOR, world.clock.now())


def opened_for(world: World, letter: str, reason: str) -> None:
    with world.db.writing() as session:
        work = world.work(session, world.people[Role.VLO])
        assert opening.open_for_printing(work, letter, reason).pdf is not None


@pytest.mark.parametrize("to_post", [True, False])
def test_one_that_was_opened_to_be_posted_by_hand_goes_by_no_other_way(
    world: World, to_post: bool
) -> None:
    office(world)
    letter = approved(world, "Ann Rees")
    opened_for(world, letter, opening.TO_POST if to_post else "to answer a question about it")
    with world.db.writing() as session:
        filled = fill.fill(
            operator(world, session), fill.begin(operator(world, session), None).reference
        )
        assert filled.taken == (0 if to_post else 1)
        assert [one.reference for one in filled.held_back] == ([letter] if to_post else [])
    with world.db.writing() as session:
        assert give.give(operator(world, session), None).taken == 0
    assert rows(world, NotifyLetter) == []


def test_of_two_ways_that_found_a_letter_at_one_moment_one_takes_it(world: World) -> None:
    office(world)
    by_batch, by_notify = approved(world, "Ann Rees"), approved(world, "Bea Pugh")
    with world.db.writing() as session:
        work = operator(world, session)
        batch = fill.begin(work, None)
        assert give.hand_over(work, letter_id(world, by_notify)) is None
        assert fill._take(work, batch, letter_id(world, by_batch)) is None
        held = fill._take(work, batch, letter_id(world, by_notify))
        assert held is not None
        assert "on its way" in held.why
        held = give.hand_over(work, letter_id(world, by_batch))
        assert held is not None
        assert "on its way" in held.why


def test_what_left_by_hand_is_not_sent_by_notify_as_well(world: World) -> None:
    office(world)
    letter = approved(world, "Ann Rees")
    with world.db.writing() as session:
        assert give.give(operator(world, session), None).taken == 1
    post(world, letter, world.today)
    (row,) = rows(world, NotifyLetter)
    assert row.status == NotifyStatus.STOPPED
    assert len(rows(world, PostedLetter)) == 1


def test_the_letter_in_place_of_one_that_left_after_it_was_withdrawn_is_a_second_one(
    world: World, tmp_path: Path
) -> None:
    office(world)
    letter = approved(world, "Ann Rees")
    _, _, manifest = made(world, tmp_path)
    change(world, victim_of(world, letter), **REFUGE)
    leave(world, manifest, already_left=True)
    with world.db.reading() as session:
        query = select(LetterRecord).where(LetterRecord.status == LetterStatus.DRAFT)
        draft = session.exec(query).one()
        victim = session.get_one(Victim, draft.victim_id)
        case = gather(session, world.sealer, victim, draft, world.today).case
    assert [one.reference for one in case.earlier_letters] == [letter]
    assert HoldKind.SECOND_LETTER in {one.kind for one in holds(case, Step.APPROVE)}


def test_the_letter_to_a_partner_that_was_approved_first_is_the_earlier_one(world: World) -> None:
    first = ready(world, NOTICE)
    with world.db.writing() as session:
        row = session.exec(select(LetterRecord).where(LetterRecord.reference == first)).one()
        later = LetterRecord(
            **row.model_dump(exclude={"id", "reference", "status"}),
            reference=free_reference(session, LetterRecord),
            status=LetterStatus.DRAFT,
        )
        session.add(later)
        session.flush()
        later.status, second = LetterStatus.APPROVED, later.reference
        later.approved_at, later.approved_by = world.clock.now(), 1
    assert _earlier(world, first) == [second]
    assert _earlier(world, second) == []


def _earlier(world: World, reference: str) -> list[str]:
    with world.db.reading() as session:
        row = session.exec(select(LetterRecord).where(LetterRecord.reference == reference)).one()
        about = about_letter(session, world.sealer, row, world.clock.now())
        return [one.reference for one in gather_other(about, row).case.earlier_letters]


def _transferred(world: World) -> None:
    """Let a later decision say that the offender was transferred to hospital."""
    with world.db.writing() as session:
        session.execute(update(Sentence).values(route=Route.TRANSFER_UNRESTRICTED))
        one = session.exec(select(DecisionRecord)).one()
        session.add(
            DecisionRecord(
                **one.model_dump(exclude={"id", "route", "made_at", "supersedes_id"}),
                route=Route.TRANSFER_UNRESTRICTED,
                made_at=world.clock.now(),
                supersedes_id=one.id,
            )
        )


def _joined_long_ago(world: World) -> str:
    world.court_tells(told())
    victim = world.refer()
    chooses(Choice.OPT_IN)(world, victim)
    world.clock.move_to(world.today + timedelta(days=120))
    world.sweep()
    return victim


def test_who_joined_long_before_a_transfer_to_hospital_is_told_to_the_managers(
    world: World,
) -> None:
    _joined_long_ago(world)
    assert NOTICE not in [one.kind for one in to_others(world)]
    _transferred(world)
    world.clock.move_to(world.today + timedelta(days=1))
    world.sweep()
    assert [one.kind for one in to_others(world)] == [NOTICE]
    assert "hospital-managers" in kinds(world)


def test_the_managers_are_told_however_late_it_is(world: World) -> None:
    _joined_long_ago(world)
    _transferred(world)
    world.clock.move_to(world.today + timedelta(days=200))
    world.sweep()
    assert [one.kind for one in to_others(world)] == [NOTICE]


def test_that_somebody_did_not_reply_takes_back_no_choice(world: World) -> None:
    world.court_tells(told())
    victim = world.refer()
    chooses(Choice.OPT_IN)(world, victim)
    (welcome,) = [one.reference for one in letters(world) if one.choice_id is not None]
    world.clock.move_to(world.today + timedelta(days=2))
    with world.db.writing() as session:
        silence = ChoiceRecord(
            victim_id=session.exec(select(Victim.id)).one(),
            choice=Choice.NO_REPLY,
            chosen_on=world.today,
            how="by post",
            recorded_at=world.clock.now(),
            recorded_by=1,
        )
        session.add(silence)
    world.sweep()
    assert welcome in [one.reference for one in letters(world)]
    world.clock.move_to(world.today + timedelta(days=365))
    world.sweep()
    assert "annual" in kinds(world)


def test_each_victim_of_a_sentence_has_their_turn_however_much_they_ask(world: World) -> None:
    world.court_tells(told())
    victims = [world.refer(), world.refer("", a_victim(name="Bea Other", phone="", email=""))]
    with world.db.writing() as session:
        work = world.work(session, world.people[Role.VLO])
        for victim in victims:
            for condition in CONDITIONS[:3]:
                ask_for_condition(work, victim, RequestEntry(condition.code, world.today))
    with world.db.reading() as session:
        ids = list(session.exec(select(Victim.id).order_by("id")))
        sentence = session.exec(select(Sentence.id)).one()
        for limit in (1, 2, 3):
            found = candidates(session, Trigger.CONDITIONS_ASKED, world.today, 0, limit)
            assert [victim for _, victim in found] == ids
        assert candidates(session, Trigger.CONDITIONS_ASKED, world.today, sentence, 2) == []


def test_one_victim_whose_letters_fail_keeps_nobody_from_theirs(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    world.court_tells(told())
    world.refer()
    world.refer("", a_victim(name="Bea Other", phone="", email=""))

    def fails(session: Session, sealer: Sealer, victim_id: int, now: datetime) -> int:
        if victim_id == 1:
            raise RuntimeError("A fault")
        return look_at(session, sealer, victim_id, now)

    monkeypatch.setattr(drafts, "look_at", fails)
    hand = Sweep(world.settings, world.db, world.sealer, world.clock.now)
    done = drafts.draft_letters(hand)
    assert (done.found, done.done, done.failed) == (2, 1, 1)
    assert [one.victim_id for one in letters(world)] == [2]
    assert drafts.draft_letters(hand).failed == 0


def test_only_who_may_be_meant_is_opened_of_those_who_said_no(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, other = two_referrals(world)
    strangers = [
        a_victim(name=name, phone="", email="", postcode=code)
        for name, code in (("Bea Pugh", "LS9 9ZZ"), ("Cerys Rowe", "CF1 1AA"))
    ]
    for entry in strangers:
        choose(world, world.refer(first, entry), Choice.OPT_OUT, world.today)
    shortened = world.refer(first, a_victim(name="Canary-Name", phone="", email=""))
    choose(world, shortened, Choice.OPT_OUT, world.today)
    victim = world.refer(other, a_victim(name="Mair Nia Canary-Name", phone="", email=""))
    compared: list[str] = []

    def noted(one: Person, two: Person) -> Likeness:
        compared.append(two.name)
        return likeness(one, two)

    monkeypatch.setattr(alike, "likeness", noted)
    case = case_of(world, victim)
    assert case.may_have_opted_out_on == (world.today,)
    assert not {entry.name for entry in strangers} & set(compared)
