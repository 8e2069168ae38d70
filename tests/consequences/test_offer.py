"""A manager offers contact at discretion for a sentence that is not eligible."""

from __future__ import annotations

from datetime import date

import pytest

from tests.journeys.world import CANNOT_TELL as UNCLEAR
from tests.journeys.world import CARDIFF, ELIGIBLE, FRIDAY_20_MARCH, World, told
from vcs.access.reads import history
from vcs.consequences.offers.offer import Offer, offer_contact
from vcs.errors import Conflict, NotAllowed, NotFound, NotValid
from vcs.ledger.figures.parts import Cell
from vcs.ledger.figures.rows import ledger_rows
from vcs.referrals.of_case import sentences_of_case
from vcs.terms import Role, SentenceState

SHORT = ("IMP", "6 Months")

ASKED = Offer("by_police", "DC Example rang on 23 March: he was threatened.", is_checked=True)


def not_eligible(world: World) -> str:
    """Have a court tell of six months for wounding; returns the reference of the sentence."""
    world.court_tells(told(FRIDAY_20_MARCH, ("Madeup", *SHORT)))
    with world.db.reading() as session:
        admin = world.people[Role.ADMINISTRATOR]
        rows = ledger_rows(session, admin, Cell(SentenceState.NOT_ELIGIBLE)).rows
    return rows[-1].reference


def offer(world: World, sentence: str, asked: Offer = ASKED, role: Role = Role.MANAGER) -> str:
    """Offer contact as the person in a role; returns the reference of the referral."""
    with world.db.writing() as session:
        return offer_contact(world.work(session, world.people[role]), sentence, asked).reference


def test_it_opens_one_discretionary_referral_with_its_reason_and_a_row_in_the_trail(
    world: World,
) -> None:
    sentence = not_eligible(world)

    reference = offer(world, sentence)

    view = world.view()
    assert (view.reference, view.basis, view.status) == (reference, "discretionary", "awaiting")
    assert view.deadlines == ()
    assert view.tasks[0].note == ASKED.why
    assert "The police" in view.tasks[0].question
    assert world.tasks() == ()
    with world.db.reading() as session:
        lines = history(session, (sentence,), {})
    assert ("contact.offered", "by_police") in [(line.event, line.detail) for line in lines]
    assert world.problems() == []


def test_offering_twice_opens_nothing_more(world: World) -> None:
    sentence = not_eligible(world)
    reference = offer(world, sentence)

    with pytest.raises(Conflict, match=f"has a referral already: {reference}"):
        offer(world, sentence)

    assert world.referrals() == [reference]


@pytest.mark.parametrize(
    ("asked", "field"),
    [
        (Offer("by_nobody", "Because.", is_checked=True), "asked_by"),
        (Offer("by_victim", "   ", is_checked=True), "why"),
        (Offer("by_victim", "x" * 2001, is_checked=True), "why"),
        (Offer("by_victim", "She rang.", is_checked=False), "is_checked"),
    ],
)
def test_it_takes_who_asked_a_reason_and_a_second_look(
    world: World, asked: Offer, field: str
) -> None:
    sentence = not_eligible(world)

    with pytest.raises(NotValid) as refusal:
        offer(world, sentence, asked)

    assert list(refusal.value.fields) == [field]
    assert world.referrals() == []


def test_only_a_manager_of_the_region_offers(world: World) -> None:
    sentence = not_eligible(world)
    for role in (Role.WITNESS_CARE, Role.VLO, Role.ADMINISTRATOR):
        with pytest.raises(NotAllowed):
            offer(world, sentence, role=role)
    world.people[Role.MANAGER] = world.hire(Role.MANAGER, "Welsh Manager", region="N03")
    for reference in (sentence, "VCS-0000-0000"):
        with pytest.raises(NotFound, match="There is no such sentence"):
            offer(world, reference)
    assert world.referrals() == []


def test_a_question_that_waits_is_answered_in_its_task(world: World) -> None:
    world.court_tells(told(FRIDAY_20_MARCH, ("Madeup", *UNCLEAR)))
    (task,) = world.tasks()

    with pytest.raises(Conflict, match=f"Task {task.reference} asks already"):
        offer(world, task.sentence_reference or "")


def test_an_offer_stands_when_the_court_shares_the_sentence_again(world: World) -> None:
    sentence = not_eligible(world)
    reference = offer(world, sentence)

    world.court_tells(told(FRIDAY_20_MARCH, ("Madeup", *SHORT), shared_at="17:00:00"))

    assert world.view().status == "awaiting"
    assert world.referrals() == [reference]
    assert world.tasks() == ()
    assert world.problems() == []


def test_an_offer_becomes_a_right_when_the_court_corrects_the_term(world: World) -> None:
    offer(world, not_eligible(world))

    world.court_tells(told(FRIDAY_20_MARCH, ("Madeup", *ELIGIBLE), shared_at="17:00:00"))

    assert world.view().basis == "statutory"
    assert [one.duty for one in world.view().deadlines] == ["refer-to-probation"]


def test_a_sentence_is_found_by_its_case_reference_however_it_is_written(world: World) -> None:
    sentence = not_eligible(world)
    world.court_tells(told(FRIDAY_20_MARCH, ("Elsewhere", *SHORT), court=CARDIFF, urn="62EX1"))
    manager = world.people[Role.MANAGER]

    with world.db.reading() as session:
        for typed in ("13EX0000126", "13/EX/1/26", "13 ex 00001 26"):
            (found,) = sentences_of_case(session, world.sealer, manager, typed)
            assert found.sentence.reference == sentence
            assert found.referral_reference is None
        assert sentences_of_case(session, world.sealer, manager, "62EX1") == ()
        assert sentences_of_case(session, world.sealer, manager, "//") == ()
        with pytest.raises(NotAllowed):
            sentences_of_case(session, world.sealer, world.people[Role.VLO], "13EX0000126")


def test_what_is_offered_late_has_no_date_set_by_law(world: World) -> None:
    sentence = not_eligible(world)
    world.clock.move_to(date(2026, 9, 1))

    offer(world, sentence)

    assert world.view().deadlines == ()
    assert world.view().opened_on == date(2026, 9, 1)
