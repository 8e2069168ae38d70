"""An offender manager asks: one first answer for every case, and requests where she agreed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from tests.custody.told import NOMS, sentenced
from tests.journeys.world import World, a_victim, world
from tests.journeys.world import told as court_told
from tests.victims.test_one_person import change, held
from vcs.access.clients import ClientEntry, add_client
from vcs.access.records import ClientKind
from vcs.access.rules import Reach
from vcs.access.work import Work
from vcs.consultations.answer import UnitAnswer, answer_consultation
from vcs.consultations.ask import Asked, KeptQuestion, ask
from vcs.consultations.find import find_asked
from vcs.consultations.reads import Answer, answer_of, question_of_task, requests_of_task
from vcs.errors import NotValid
from vcs.intake.person_numbers import Number
from vcs.lists.merged import record_merge
from vcs.measures.facts import Asked as Period
from vcs.measures.formulas.consulting import consulted
from vcs.needs.conditions.catalogue import CONDITIONS
from vcs.needs.conditions.requests import RequestEntry, ask_for_condition
from vcs.sentences.records import Sentence
from vcs.terms import Role

__all__ = ["world"]

LONG = ("IMP", "4 Years")

ZONE = CONDITIONS[3].code


@pytest.fixture
def client(world: World) -> str:
    with world.db.writing() as session:
        entry = ClientEntry("Offender managers", ClientKind.OFFENDER_MANAGER)
        return add_client(session, None, entry, world.clock.now()).client_id


def asks(world: World, client: str, reference: str, **more: Any) -> KeptQuestion:
    with world.db.writing() as session:
        asked = Asked(reference, more.pop("kind", "licence"), **more)
        return ask(session, world.sealer, asked, (client, world.clock.now()))


def told(world: World, client: str, receipt: str) -> Answer:
    with world.db.writing() as session:
        find_asked(session, world.sealer, world.clock.now(), 100)
    with world.db.reading() as session:
        found = answer_of(session, world.sealer, client, receipt)
    assert found is not None
    return found


def consulted_in(world: World) -> tuple[int, int]:
    """Return how many M19 counts in the month of the answer: in time, and asked."""
    period = Period(date(2026, 4, 1), date(2026, 4, 30), date(2026, 5, 4), Reach(everywhere=True))
    with world.db.reading() as session:
        facts = list(consulted(session, period))
    return sum(one.counts for one in facts), len(facts)


def wants_a_zone(world: World, victim: str, usable: str) -> None:
    with world.db.writing() as session:
        work = world.work(session, world.people[Role.VLO])
        entry = RequestEntry(ZONE, world.today, "The market square", usable, "Canary private")
        ask_for_condition(work, victim, entry)


def agreed_to(work: Work, task: str, which: int = 0) -> UnitAnswer:
    """Return an answer that sends one of the requests that the page shows."""
    waiting = requests_of_task(work.session, work.sealer, work.actor, task)
    agreed = frozenset({waiting[which].reference})
    return UnitAnswer("requests", "She said so on the telephone", agreed)


def test_requests_follow_only_where_she_agreed_and_say_nothing_of_her(
    world: World, client: str
) -> None:
    reference = sentenced(world)
    (victim,) = (one.reference for one in world.view(reference).victims)
    wants_a_zone(world, victim, "She shops there")
    wants_a_zone(world, victim, "Her new school, of which nobody may hear")
    kept = asks(world, client, NOMS, about="First licence")
    assert kept.answer_by == date(2026, 4, 7)
    before = told(world, client, kept.receipt)
    stranger = asks(world, client, "Z0001ZZ", about="First licence")
    assert stranger.answer_by == kept.answer_by
    silent = told(world, client, stranger.receipt)
    assert (before.kind, before.requests) == (silent.kind, silent.requests) == ("licence", ())
    (task,) = [one for one in world.tasks() if one.kind == "consultation"]
    with world.db.writing() as session:
        work = world.work(session, world.people[Role.VLO])
        with pytest.raises(NotValid) as none_chosen:
            answer_consultation(work, task.reference, UnitAnswer("requests", "She said so"))
        assert list(none_chosen.value.fields) == ["requests"]
        answer_consultation(work, task.reference, agreed_to(work, task.reference))
    assert consulted_in(world) == (1, 1)
    (one,) = told(world, client, kept.receipt).requests
    assert (one.place, one.reasons) == ("The market square", "She shops there")
    assert "Canary" not in repr(one)
    with world.db.reading() as session:
        assert answer_of(session, world.sealer, "somebody else", kept.receipt) is None
    assert world.problems() == []


def test_a_place_that_became_her_home_is_neither_sent_nor_read_again(
    world: World, client: str
) -> None:
    reference = sentenced(world)
    (victim,) = (one.reference for one in world.view(reference).victims)
    wants_a_zone(world, victim, "She shops there")
    kept = asks(world, client, NOMS, about="First licence")
    told(world, client, kept.receipt)
    (task,) = [one for one in world.tasks() if one.kind == "consultation"]
    before = held(world, victim).address_lines
    change(world, victim, address_lines=("3 Market Square", "Leeds"))
    with world.db.writing() as session:
        work = world.work(session, world.people[Role.VLO])
        (waiting,) = requests_of_task(session, world.sealer, work.actor, task.reference)
        assert waiting.is_held
        with pytest.raises(NotValid) as refusal:
            answer_consultation(work, task.reference, agreed_to(work, task.reference))
        assert "Held back" in refusal.value.fields["requests"]
    change(world, victim, address_lines=before)
    with world.db.writing() as session:
        work = world.work(session, world.people[Role.VLO])
        answer_consultation(work, task.reference, agreed_to(work, task.reference))
    assert len(told(world, client, kept.receipt).requests) == 1
    change(world, victim, address_lines=("3 Market Square", "Leeds"))
    assert told(world, client, kept.receipt).requests == ()


def test_somebody_referred_before_the_answer_is_due_is_asked_about_once(
    world: World, client: str
) -> None:
    asks(world, client, NOMS, about="First licence")
    with world.db.writing() as session:
        find_asked(session, world.sealer, world.clock.now(), 100)
    sentenced(world)
    for hours in (1, 2, 3):
        world.clock.move_to(world.clock.now() + timedelta(hours=hours))
        with world.db.writing() as session:
            find_asked(session, world.sealer, world.clock.now(), 100)

    assert [one.kind for one in world.tasks()].count("consultation") == 1


def test_an_answer_is_due_before_the_decision_whether_or_not_anybody_exists(
    world: World, client: str
) -> None:
    sentenced(world)
    thursday = date(2026, 3, 26)
    for reference in (NOMS, "Z0001ZZ"):
        kept = asks(world, client, reference, about="Soon", decision_on=thursday)
        assert kept.answer_by == date(2026, 3, 25)
        gone = asks(world, client, reference, about="Late", decision_on=date(2026, 3, 2))
        assert gone.answer_by == world.today
        assert told(world, client, kept.receipt).answer_by == kept.answer_by
    asked = [one.question for one in world.tasks() if one.kind == "consultation"]
    assert sum("The decision is expected on 26 March 2026." in one for one in asked) == 1


def test_a_unit_learns_that_a_decision_is_near_where_nobody_was_referred_yet(
    world: World, client: str
) -> None:
    """The asker is told the same as always; the unit can still find out who the victims are."""
    world.court_tells(court_told(world.today, ("Rae", *LONG)))
    kept = asks(world, client, "13EX0000126", about="Release is planned")
    assert told(world, client, kept.receipt).requests == ()
    with world.db.writing() as session:
        find_asked(session, world.sealer, world.clock.now() + timedelta(hours=2), 100)
    (task,) = [one for one in world.tasks() if one.kind == "consulted_unreferred"]
    assert (task.due_on, task.referral_reference) == (world.today, world.only_referral())
    assert not [one for one in world.tasks() if one.kind == "consultation"]
    world.refer(world.only_referral())
    with world.db.writing() as session:
        find_asked(session, world.sealer, world.clock.now() + timedelta(hours=4), 100)
    assert [one.kind for one in world.tasks()].count("consultation") == 1


def test_no_answer_of_the_unit_is_the_same_as_where_nobody_exists(
    world: World, client: str
) -> None:
    sentenced(world)
    kept = asks(world, client, "13EX0000126", kind="recall")
    assert kept.answer_by == world.today
    told(world, client, kept.receipt)
    (task,) = [one for one in world.tasks() if one.kind == "consultation"]
    with world.db.writing() as session:
        work = world.work(session, world.people[Role.VLO])
        with pytest.raises(NotValid):
            answer_consultation(work, task.reference, UnitAnswer("requests", "Nothing asked for"))
    with world.db.writing() as session:
        work = world.work(session, world.people[Role.VLO])
        answer_consultation(work, task.reference, UnitAnswer("no_answer", "Nothing is to go"))
    assert told(world, client, kept.receipt).requests == ()


def test_the_same_question_of_a_day_is_one_and_a_bad_one_names_its_field(
    world: World, client: str
) -> None:
    first, again = asks(world, client, "X123456"), asks(world, client, "X123456")
    assert (again.receipt, again.already_held) == (first.receipt, True)
    with pytest.raises(NotValid) as refused:
        asks(world, client, "Colin Madeup", kind="lunch")
    assert set(refused.value.fields) == {"reference", "kind"}


URN = "13EX0000126"


def two_of_one_case(world: World) -> None:
    """Let a court sentence two people in one case, each with a victim who asks for a zone."""
    world.court_tells(court_told(date(2026, 3, 20), ("Abel", "IMP", "3 Years"), ("Bede", *LONG)))
    names = ("Nia Sand", "Lowri Tide")
    for reference, sentence, name in zip(world.referrals(), by_id(world), names, strict=True):
        place = f"{world.sealer.open_text(sentence.offender_name)} Square"
        victim = world.refer(reference, a_victim(name=name))
        with world.db.writing() as session:
            work = world.work(session, world.people[Role.VLO])
            entry = RequestEntry(ZONE, world.today, place, "She shops there", "Canary private")
            ask_for_condition(work, victim, entry)


def by_id(world: World) -> list[Sentence]:
    return sorted(world.sentences(), key=lambda one: one.id)


def answer_all(world: World, *, is_theirs: bool = False) -> list[str]:
    """Answer each question about whom it is with what was asked for; return what refused."""
    refused: list[str] = []
    for task in [one for one in world.tasks() if one.kind == "consultation"]:
        try:
            with world.db.writing() as session:
                work = world.work(session, world.people[Role.VLO])
                said = agreed_to(work, task.reference)
                answer_consultation(work, task.reference, replace(said, is_theirs=is_theirs))
        except NotValid as problem:
            refused += problem.fields
    return refused


def test_a_case_with_two_offenders_sends_nothing_until_somebody_says_which(
    world: World, client: str
) -> None:
    two_of_one_case(world)
    kept = asks(world, client, URN)
    assert told(world, client, kept.receipt).requests == ()
    asked = [one for one in world.tasks() if one.kind == "consultation"]
    assert len(asked) == 2
    with world.db.reading() as session:
        views = [
            question_of_task(session, world.sealer, world.people[Role.VLO], one.reference)
            for one in asked
        ]
    assert {(one.offender, one.reference, one.is_certain) for one in views if one} == {
        ("Colin Abel", URN, False),
        ("Colin Bede", URN, False),
    }
    assert answer_all(world) == ["is_theirs", "is_theirs"]
    assert told(world, client, kept.receipt).requests == ()


def test_whoever_names_the_offender_is_answered_for_that_offender_alone(
    world: World, client: str
) -> None:
    two_of_one_case(world)
    named = asks(world, client, URN, offender="BEDE, Colin")
    plain = asks(world, client, URN, about="Again")
    assert named.answer_by == plain.answer_by
    with world.db.writing() as session:
        find_asked(session, world.sealer, world.clock.now(), 1)
    assert answer_all(world) == []
    (sent,) = told(world, client, named.receipt).requests
    assert sent.place == "Colin Bede Square"


def test_a_number_that_was_merged_away_finds_the_offender(world: World, client: str) -> None:
    sentenced(world)
    with world.db.writing() as session:
        work = world.work(session, world.hire(Role.ADMINISTRATOR, "Admin"))
        record_merge(work, Number.NOMS, NOMS, "Z3434ZZ")
    told(world, client, asks(world, client, "Z3434ZZ").receipt)
    assert [one.kind for one in world.tasks()].count("consultation") == 1
