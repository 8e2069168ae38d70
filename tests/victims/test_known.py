"""Is this somebody we know? Asked at every door; nobody is counted twice, and nobody is told."""

from __future__ import annotations

import threading
from typing import Any

import pytest
from cryptography.fernet import Fernet
from sqlmodel import col, select

from tests.journeys.program import CASE, COLIN, SOMEBODY, program
from tests.journeys.program import referral as request
from tests.journeys.world import CARDIFF, WALES, YORKSHIRE, World, a_victim, told
from tests.victims.test_one_person import (
    REFUGE,
    approved,
    case_of,
    change,
    held,
    open_letter,
    rows,
    two_referrals,
)
from vcs.consequences.people.sameness import Sameness, decide_same_person
from vcs.errors import NotAllowed, NotFound, NotValid
from vcs.partners.records import ReferralRequest
from vcs.partners.turn import attach, context_of
from vcs.post.gate import HoldKind, Step, holds
from vcs.referrals.records import Referral
from vcs.sealing import Sealer
from vcs.tasks.records import Task, TaskKind
from vcs.terms import Role
from vcs.victims import digests
from vcs.victims.details import amend
from vcs.victims.entries import VictimEntry, person
from vcs.victims.identity import known
from vcs.victims.identity.known import NOT_SURE, SOMEBODY_ELSE, Answer, PerhapsKnown
from vcs.victims.records import KeptApart, PersonDigest, PersonRecord, Victim


def enter(
    world: World, referral: str, entry: VictimEntry, choice: str = "", shown: tuple[str, ...] = ()
) -> str:
    """Have witness care enter somebody by the page, with their answer to who it is."""
    with world.db.writing() as session:
        work = world.work(session, world.people[Role.WITNESS_CARE])
        return known.refer_person(work, referral, entry, Answer(choice, shown)).reference


def answered(world: World, referral: str, entry: VictimEntry, choice: str) -> str:
    """Enter somebody who is asked about, and answer: "" is the first who is shown."""
    with pytest.raises(PerhapsKnown) as asked:
        enter(world, referral, entry)
    shown = tuple(one.victim_reference for one in asked.value.candidates)
    return enter(world, referral, entry, choice or shown[0], shown)


def asked_about(world: World) -> list[Task]:
    return [
        one for one in rows(world, Task) if one.kind == TaskKind.SAME_PERSON and one.done_at is None
    ]


def decide(
    world: World,
    answer: str,
    role: Role = Role.MANAGER,
    note: str = "Rang her.",
    task: str = "",
) -> None:
    task = task or asked_about(world)[0].reference
    with world.db.writing() as session:
        work = world.work(session, world.people[role])
        decide_same_person(work, task, answer, note)


def people(world: World) -> set[int]:
    return {one.person_id for one in rows(world, Victim)}


def is_held(world: World, victim: str) -> bool:
    kinds = [one.kind for one in holds(case_of(world, victim), Step.APPROVE)]
    return HoldKind.PERSON_ASKED in kinds


@pytest.mark.parametrize(
    ("entered", "why"),
    [
        ({}, "the same name"),
        ({"name": "CANARY-NAME nia"}, "the same name"),
        ({"name": "Mrs Nía Canary Name"}, "the same name"),
        ({"name": "N. Canary-Name"}, "nearly"),
        ({"name": "Nia Mary Canary-Name"}, "nearly"),
        ({"name": "Nia Canari-Name"}, "nearly"),
        ({"name": "Nya Canary-Name"}, "nearly"),
        ({"name": "Nia Married"}, "the same address"),
        ({"name": "Nia Married", **REFUGE}, "the same telephone number"),
        ({"name": "Nia Married", "phone": "", **REFUGE}, "the same email address"),
        ({"name": "Name"}, "nearly"),
        ({"name": "Bob Canary-Name", "phone": "", "email": ""}, "the same address"),
        ({"name": "王小明", "phone": "", "email": ""}, "the same address"),
        ({"name": "Olwen Elsewhere", "email": "", **REFUGE}, "the same telephone number"),
    ],
)
def test_somebody_like_a_person_on_record_is_asked_about_before_anything_is_kept(
    world: World, entered: dict[str, Any], why: str
) -> None:
    first, other = two_referrals(world)
    victim = world.refer(first)
    with pytest.raises(PerhapsKnown) as asked:
        enter(world, other, a_victim(**entered))
    (one,) = asked.value.candidates
    assert (one.victim_reference, one.referral_reference) == (victim, first)
    assert why in ", ".join(one.why)
    assert len(rows(world, Victim)) == 1


@pytest.mark.parametrize(
    "entered",
    [
        {"name": "Bob Canary-Name", "phone": "", "email": "", **REFUGE},
        {"name": "Olwen Elsewhere", "phone": "", "email": ""},
        {"name": "Nia Elsewhere", "phone": "", "email": "", **REFUGE},
    ],
)
def test_somebody_else_is_added_without_a_question(world: World, entered: dict[str, Any]) -> None:
    first, other = two_referrals(world)
    world.refer(first)
    enter(world, other, a_victim(**entered))
    assert len(people(world)) == 2
    assert asked_about(world) == []


def test_of_two_who_enter_one_person_at_once_the_second_is_asked(world: World) -> None:
    outcomes: list[str] = []
    both, ready = two_referrals(world), threading.Barrier(2)

    def go(referral: str) -> None:
        ready.wait()
        try:
            enter(world, referral, a_victim())
            outcomes.append("added")
        except PerhapsKnown:
            outcomes.append("asked")

    threads = [threading.Thread(target=go, args=[one]) for one in both]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["added", "asked"]


def test_the_same_person_is_one_record_and_what_was_typed_amends_it(world: World) -> None:
    first, other = two_referrals(world)
    victim = world.refer(first, a_victim(safe_to_post=False))
    there = answered(world, other, a_victim(**REFUGE), "")
    assert len(people(world)) == 1
    now_is = held(world, victim)
    assert (now_is.postcode, now_is.safe_to_post) == (REFUGE["postcode"], False)
    assert there != victim
    assert asked_about(world) == []


def test_somebody_who_is_entered_twice_in_one_referral_is_there_once(world: World) -> None:
    first, _ = two_referrals(world)
    victim = world.refer(first)
    assert answered(world, first, a_victim(phone="0113 496 0888"), "") == victim
    assert held(world, victim).phone == "0113 496 0888"
    assert len(rows(world, Victim)) == 1


def test_somebody_else_of_that_name_is_kept_apart_and_never_asked_about_again(
    world: World,
) -> None:
    first, other = two_referrals(world)
    victim = world.refer(first)
    there = answered(world, other, a_victim(phone=""), SOMEBODY_ELSE)
    assert len(people(world)) == 2
    assert len(rows(world, KeptApart)) == 1
    with world.db.writing() as session:
        found = session.exec(select(Victim).where(Victim.reference == there)).one()
        known.ask_if_known(session, world.sealer, found, world.today)
    assert asked_about(world) == []
    assert not is_held(world, victim)


def test_an_answer_to_another_question_is_no_answer(world: World) -> None:
    first, other = two_referrals(world)
    victim = world.refer(first)
    for choice, shown in ((victim, ()), (SOMEBODY_ELSE, ()), ("", (victim,)), ("x", (victim,))):
        with pytest.raises(PerhapsKnown) as asked:
            enter(world, other, a_victim(), choice, shown)
        assert asked.value.was_asked is bool(shown)
    assert len(rows(world, Victim)) == 1


def test_who_cannot_tell_has_a_manager_asked_and_letters_to_both_wait(world: World) -> None:
    first, other = two_referrals(world)
    victim = world.refer(first)
    letter = approved(world, victim)
    there = answered(world, other, a_victim(), NOT_SURE)
    assert [is_held(world, one) for one in (victim, there)] == [True, True]
    assert "Somebody else on record" in " ".join(open_letter(world, letter) or ())
    (task,) = asked_about(world)
    assert first in task.question
    assert "Canary" not in task.question
    decide(world, Sameness.TWO)
    assert [is_held(world, one) for one in (victim, there)] == [False, False]
    assert open_letter(world, letter) is None
    assert len(people(world)) == 2


def test_a_manager_makes_two_records_one_and_the_safer_answer_counts_for_both(
    world: World,
) -> None:
    first, other = two_referrals(world)
    victim = world.refer(first, a_victim(format_needs="Braille"))
    there = answered(world, other, a_victim(safe_to_post=False, about="aunt"), NOT_SURE)
    decide(world, Sameness.ONE)
    assert len(people(world)) == 1
    for one in (victim, there):
        now_is = held(world, one)
        assert (now_is.safe_to_post, now_is.format_needs) == (False, "Braille")
        assert not is_held(world, one)
    assert held(world, there).about == "aunt"
    events = [line.event for one in (first, other) for line in world.view(one).history]
    assert events.count("person.joined") == 2
    assert world.problems() == []


def test_two_addresses_of_one_person_are_safe_only_when_somebody_says_so(world: World) -> None:
    first, other = two_referrals(world)
    victim = world.refer(first)
    answered(world, other, a_victim(**REFUGE), NOT_SURE)
    decide(world, Sameness.ONE)
    now_is = held(world, victim)
    assert (now_is.postcode, now_is.safe_to_post) == (REFUGE["postcode"], None)


def test_what_was_held_before_two_records_were_joined_is_known_afterwards(world: World) -> None:
    wcu = program(world)
    first, other = two_referrals(world)
    victim = world.refer(first, a_victim(**REFUGE))
    answered(world, other, a_victim(), NOT_SURE)
    decide(world, Sameness.ONE)
    assert held(world, victim).postcode == "LS1 3AB"
    new = {"address_lines": list(REFUGE["address_lines"]), "postcode": REFUGE["postcode"]}
    back = {"kind": "change_of_address", "victim_reference": victim, "new_address": new}
    assert wcu.send(back).status == "a_person_decides"


@pytest.mark.parametrize(
    ("answer", "note", "wrong"), [("", "Rang her.", "answer"), ("one_person", " ", "note")]
)
def test_a_manager_answers_with_a_reason(world: World, answer: str, note: str, wrong: str) -> None:
    first, other = two_referrals(world)
    world.refer(first)
    answered(world, other, a_victim(), NOT_SURE)
    with pytest.raises(NotValid) as refusal:
        decide(world, answer, note=note)
    assert wrong in refusal.value.fields
    with pytest.raises((NotAllowed, NotFound)):
        decide(world, Sameness.ONE, Role.VLO)


def test_who_may_not_see_a_referral_is_told_nothing_of_it_and_a_manager_is_asked(
    world: World,
) -> None:
    first, cardiff = two_referrals(world, court=CARDIFF)
    wyn = world.hire(Role.WITNESS_CARE, "Wyn", area="62")
    manager = world.hire(Role.MANAGER, "Megan", WALES)
    victim = world.refer(first)
    with world.db.writing() as session:
        work = world.work(session, wyn)
        there = known.refer_person(work, cardiff, a_victim(), Answer()).reference
    theirs, ours = asked_about(world)
    assert (theirs.region_code, ours.region_code) == (WALES, YORKSHIRE)
    assert "Yorkshire" in theirs.question
    assert "Wales" in ours.question
    for task, hidden in ((theirs, (first, victim)), (ours, (cardiff, there))):
        assert not any(one in task.question for one in (*hidden, "Canary"))
    assert is_held(world, victim)
    with pytest.raises(NotFound):
        decide(world, Sameness.ONE, task=theirs.reference)
    with world.db.writing() as session:
        work = world.work(session, manager)
        decide_same_person(work, theirs.reference, Sameness.TWO, "Another of that name.")
    assert asked_about(world) == []
    assert not is_held(world, victim)


def test_one_of_two_managers_answers_for_both(world: World) -> None:
    first, cardiff = two_referrals(world, court=CARDIFF)
    wyn = world.hire(Role.WITNESS_CARE, "Wyn", area="62")
    victim = world.refer(first, a_victim(safe_to_post=False))
    with world.db.writing() as session:
        known.refer_person(world.work(session, wyn), cardiff, a_victim(), Answer())
    _, ours = asked_about(world)
    decide(world, Sameness.ONE, task=ours.reference)
    assert asked_about(world) == []
    assert len(people(world)) == 1
    assert not is_held(world, victim)
    assert held(world, victim).safe_to_post is False


def test_of_another_region_only_who_is_reached_alike_is_asked_about(world: World) -> None:
    first, cardiff = two_referrals(world, court=CARDIFF)
    wyn = world.hire(Role.WITNESS_CARE, "Wyn", area="62")
    world.refer(first)
    away = a_victim(phone="", email="", **REFUGE)
    with world.db.writing() as session:
        known.refer_person(world.work(session, wyn), cardiff, away, Answer())
    assert asked_about(world) == []


def test_a_person_whom_a_program_refers_for_two_sentences_is_one(world: World) -> None:
    world.court_tells(told(), told(shared_at="17:00:00", urn="13EX0000226"))
    wcu = program(world)
    first, other = world.referrals()
    wcu.send(request(referral_reference=first))
    receipt = wcu.send(request(referral_reference=other))
    assert receipt.status == "attached"
    assert len(people(world)) == 1
    assert len(rows(world, Victim)) == 2
    assert asked_about(world) == []


def test_a_re_export_with_other_details_is_asked_about_and_letters_wait(world: World) -> None:
    world.court_tells(told())
    wcu = program(world)
    ((_, victim),) = wcu.send(request()).victims
    again = SOMEBODY | {"address_lines": ["2 Refuge Close"], "postcode": "LS3 9ZX"}
    ((_, other),) = wcu.send(request(victims=[again])).victims
    assert is_held(world, victim)
    assert is_held(world, other)
    decide(world, Sameness.ONE)
    assert len(people(world)) == 1


def test_the_same_person_from_another_sender_is_asked_about(world: World) -> None:
    first, other = two_referrals(world)
    one, another = program(world), program(world)
    one.send(request(referral_reference=first))
    another.send(request(referral_reference=other))
    assert len(people(world)) == 2
    assert len(asked_about(world)) == 1


def test_a_person_entered_by_hand_and_sent_by_a_program_is_asked_about(world: World) -> None:
    world.court_tells(told())
    wcu = program(world)
    victim = world.refer(entry=a_victim(phone="", email=""))
    different = SOMEBODY | {"phone": "0113 496 0999"}
    wcu.send(request(victims=[different], case_reference=CASE, offender=COLIN))
    assert is_held(world, victim)


def test_a_name_alone_never_makes_two_people_one(world: World) -> None:
    first, other = two_referrals(world)
    wcu = program(world)
    bare = {"name": "Ann Lis", "standing": "victim"}
    wcu.send(request(referral_reference=first, victims=[bare]))
    wcu.send(request(referral_reference=other, victims=[bare]))
    assert len(people(world)) == 2
    assert len(asked_about(world)) == 1


def found(world: World, sealer: Sealer, entry: VictimEntry) -> int:
    with world.db.reading() as session:
        return len(list(digests.people_like(session, sealer, person(entry))))


def test_people_are_found_without_being_opened_and_nothing_is_read_from_a_digest(
    world: World,
) -> None:
    first, other = two_referrals(world)
    world.refer(first)
    change(world, world.refer(other, a_victim(name="Olwen Other", phone="")), **REFUGE)
    assert found(world, world.sealer, a_victim(phone="", email="")) == 1
    assert found(world, world.sealer, VictimEntry("Somebody Strange")) == 0
    kept = {one.digest for one in rows(world, PersonDigest)}
    assert all(len(one) == 64 for one in kept)
    assert not kept & set(Sealer(Fernet.generate_key().decode()).digests("name canary name nia"))


def test_a_change_is_found_by_what_is_held_now(world: World) -> None:
    first, _ = two_referrals(world)
    victim = world.refer(first)
    change(world, victim, name="Olwen Other", phone="0113 496 0888", email="", **REFUGE)
    assert found(world, world.sealer, a_victim()) == 0
    assert found(world, world.sealer, VictimEntry("Olwen Other")) == 1


def test_nobody_is_missed_while_the_keys_change(world: World) -> None:
    first, _ = two_referrals(world)
    world.refer(first)
    newer = Sealer(f"{Fernet.generate_key().decode()},{world.settings.sealing_keys}")
    assert found(world, newer, a_victim()) == 1
    with world.db.writing() as session:
        assert digests.digest_some(session, newer, 10).count == 1
    assert found(world, newer, a_victim()) == 1
    # Under a key that the digests were not made with, everybody is opened.
    assert found(world, world.sealer, VictimEntry("Somebody Strange")) == 1


def test_the_scheduler_makes_the_digests_of_people_from_before(world: World) -> None:
    first, _ = two_referrals(world)
    world.refer(first)
    with world.db.writing() as session:
        session.exec(select(PersonRecord)).one().digested_as = ""
        for one in session.exec(select(PersonDigest)):
            session.delete(one)
    assert found(world, world.sealer, a_victim()) == 1
    world.sweep()
    assert len(rows(world, PersonDigest)) > 1
    with world.db.reading() as session:
        query = select(PersonRecord).where(col(PersonRecord.digested_as) == "")
        assert session.exec(query).first() is None


def test_two_who_are_on_record_from_before_are_asked_about_once(world: World) -> None:
    first, other = two_referrals(world)
    victim, there = world.refer(first), world.refer(other)
    with world.db.writing() as session:
        for one in session.exec(select(PersonRecord)):
            one.digested_as = ""
    assert asked_about(world) == []
    for _ in range(2):
        world.sweep()
        assert len(asked_about(world)) == 1
    assert [is_held(world, one) for one in (victim, there)] == [True, True]
    decide(world, Sameness.TWO)
    newer = Sealer(f"{Fernet.generate_key().decode()},{world.settings.sealing_keys}")
    with world.db.writing() as session:
        assert known.digest_and_ask(session, newer, world.today, 10) == 2
    assert asked_about(world) == []


def test_an_address_that_comes_later_is_looked_for_too(world: World) -> None:
    first, cardiff = two_referrals(world, court=CARDIFF)
    wyn = world.hire(Role.WITNESS_CARE, "Wyn", area="62")
    officer = world.hire(Role.VLO, "Ffion", WALES)
    world.refer(first)
    bare = VictimEntry("Nia Canary-Name")
    with world.db.writing() as session:
        there = known.refer_person(world.work(session, wyn), cardiff, bare, Answer()).reference
    assert asked_about(world) == []
    with world.db.writing() as session:
        work = world.work(session, officer)
        seen = amend.reveal_details(work, there, "to mend the details")
        known.amend_person(work, there, seen.version, a_victim())
    assert len(asked_about(world)) == 2


def test_a_correction_by_a_program_is_looked_for_too(world: World) -> None:
    first, other = two_referrals(world)
    wcu = program(world)
    world.refer(first)
    somebody = {"name": "Olwen Other", "standing": "victim"}
    ((_, victim),) = wcu.send(request(referral_reference=other, victims=[somebody])).victims
    assert asked_about(world) == []
    changes = {"name": "Nia Canary-Name"}
    wcu.send({"kind": "correction", "victim_reference": victim, "changes": changes})
    assert is_held(world, victim)


def test_a_person_of_one_request_is_one_in_every_referral_that_it_is_for(world: World) -> None:
    two_referrals(world)
    wcu = program(world)
    kept = wcu.keep(request(case_reference="99EX0000026"))
    with world.db.writing() as session:
        query = select(ReferralRequest).where(ReferralRequest.receipt == kept.receipt)
        asked, now = session.exec(query).one(), world.clock.now()
        turn = context_of(session, world.sealer, asked, now)
        attach(turn, list(session.exec(select(Referral).order_by(col(Referral.id)))))
    assert len(people(world)) == 1
    assert len(rows(world, Victim)) == 2
    assert asked_about(world) == []
