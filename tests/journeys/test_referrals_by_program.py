"""Witness care refers by program: by reference, by case, before the sentence; and thinks again."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from sqlmodel import select

from tests.journeys.program import CASE, COLIN, SOMEBODY, Program, program, referral
from tests.journeys.world import CARDIFF, ELIGIBLE, FRIDAY_20_MARCH, NOT_ELIGIBLE, World, told
from vcs.access.records import AuditEntry
from vcs.consequences.people.address_answers import answer_about_address, there_to_see
from vcs.errors import NotValid
from vcs.partners.deciding import decide_request
from vcs.partners.desk import attach_waiting_referrals
from vcs.partners.records import ReferralRequest
from vcs.referrals.records import Referral
from vcs.tables import table_of
from vcs.tasks.records import Task
from vcs.terms import Outcome, Role
from vcs.victims.person import opened
from vcs.victims.records import AddressFinding, ChoiceRecord, FormerDetails, Victim

MONDAY_23_MARCH = date(2026, 3, 23)

THE_OFFENDERS = {"address_lines": ["1 Example Street"], "postcode": "EX1 1EX"}


@pytest.fixture
def wcu(world: World) -> Program:
    return program(world)


def victims(world: World) -> list[Victim]:
    with world.db.reading() as session:
        return list(session.exec(select(Victim).order_by("id")))


def person_of(world: World, victim: Victim) -> Any:
    return opened(world.sealer, victim.person)


def task(world: World, kind: str) -> Any:
    (found,) = [one for one in world.tasks() if one.kind == kind]
    return found


def decide(world: World, task_reference: str, attach_to: str, note: str = "Asked them.") -> None:
    with world.db.writing() as session:
        decide_request(
            world.work(session, world.people[Role.MANAGER]),
            task_reference,
            attach_to,
            note,
        )


def test_a_referral_by_our_reference_is_what_the_web_form_does(world: World, wcu: Program) -> None:
    world.court_tells(told())
    world.clock.move_to(MONDAY_23_MARCH)
    found = wcu.send(referral(referral_reference=world.only_referral()))
    assert (found.status, found.referrals) == ("attached", (world.only_referral(),))
    view = world.view()
    assert view.status == "referred"
    assert [one.name for one in view.victims] == ["Nia Canary-Name"]
    assert found.victims == ((1, view.victims[0].reference),)
    met = {one.duty: one.met_on for one in view.deadlines}
    assert met["refer-to-probation"] == MONDAY_23_MARCH
    assert met["first-contact"] is None
    assert world.problems() == []


def test_a_referral_by_the_case_finds_the_one_offender_whose_name_is_spelled_otherwise(
    world: World, wcu: Program
) -> None:
    world.court_tells(told(FRIDAY_20_MARCH, ("Madeup", *ELIGIBLE), ("Other", *ELIGIBLE)))
    offender = {"name": "MADEUP, Cólin"}
    found = wcu.send(referral(case_reference="13/EX/00001/26", offender=offender))
    assert found.status == "attached"
    assert len(found.referrals) == 1


@pytest.mark.parametrize("early", [False, True])
@pytest.mark.parametrize(
    ("court", "typed"),
    [
        ("XTA/2026-0815", "XTA/2026-0815"),
        ("XTA/2026-0815", "xta 2026.0815"),
        ("XTA20260815", "XTA/2026–0815"),
        ("13/EX/00001/26", "13EX0000126"),
        ("13ex0000126", "13/EX/1/26"),
    ],
)
def test_a_case_is_found_however_either_side_writes_its_reference(
    world: World, wcu: Program, court: str, typed: str, early: bool
) -> None:
    if not early:
        world.court_tells(told(urn=court))
    sent = wcu.send(referral(case_reference=typed))
    if early:
        assert sent.status == "waiting_for_sentence"
        world.court_tells(told(urn=court))
        wcu.attach()
    assert wcu.receipt(sent.receipt).status == "attached"
    (sentence,) = world.sentences()
    assert sentence.case_reference == court
    with world.db.reading() as session:
        assert session.exec(select(ReferralRequest.case_reference)).one() == typed


def test_two_offenders_that_fit_are_left_to_a_person_who_names_one(
    world: World, wcu: Program
) -> None:
    world.court_tells(told(FRIDAY_20_MARCH, ("Madeup", *ELIGIBLE), ("Other", *ELIGIBLE)))
    asked = referral(offender={"date_of_birth": COLIN["date_of_birth"]})
    found = wcu.send(asked)
    assert (found.status, found.referrals) == ("a_person_decides", ())
    assert wcu.attach() == 0
    question = task(world, "referral_to_match")
    assert "Two offenders" in question.question
    decide(world, question.reference, world.referrals()[1])
    settled = wcu.receipt(found.receipt)
    assert (settled.status, settled.referrals) == ("attached", (world.referrals()[1],))
    assert world.problems() == []


def test_an_offender_who_does_not_fit_is_a_persons_and_still_attaches_when_they_come(
    world: World, wcu: Program
) -> None:
    world.court_tells(told(FRIDAY_20_MARCH, ("Other", *ELIGIBLE)))
    found = wcu.send(referral())
    assert found.status == "a_person_decides"
    world.court_tells(told(MONDAY_23_MARCH, ("Madeup", *ELIGIBLE)))
    assert wcu.attach() == 1
    assert wcu.receipt(found.receipt).status == "attached"
    assert world.tasks() == ()


def test_a_person_may_refuse_and_the_program_is_told_that_one_did(
    world: World, wcu: Program
) -> None:
    world.court_tells(told(FRIDAY_20_MARCH, ("Other", *ELIGIBLE)))
    found = wcu.send(referral())
    question = task(world, "referral_to_match")
    with pytest.raises(NotValid):
        decide(world, question.reference, "", note=" ")
    with pytest.raises(NotValid):
        decide(world, question.reference, "VCS-0000-0000")
    decide(world, question.reference, "")
    settled = wcu.receipt(found.receipt)
    assert settled.status == "refused"
    assert "person" in settled.because


def test_an_early_referral_attaches_itself_and_counts_from_the_day_of_sentence(
    world: World, wcu: Program
) -> None:
    world.clock.move_to(FRIDAY_20_MARCH - timedelta(days=10))
    found = wcu.send(referral())
    assert found.status == "waiting_for_sentence"
    assert victims(world) == []
    world.clock.move_to(MONDAY_23_MARCH)
    world.court_tells(told())
    world.sweep()
    assert wcu.receipt(found.receipt).status == "attached"
    (victim,) = victims(world)
    assert victim.referred_on == FRIDAY_20_MARCH
    met = {one.duty: (one.starts_on, one.met_on) for one in world.view().deadlines}
    assert met["refer-to-probation"] == (FRIDAY_20_MARCH, FRIDAY_20_MARCH)
    assert met["first-contact"] == (FRIDAY_20_MARCH, None)


def test_an_early_referral_may_be_attached_in_the_transaction_that_records_the_sentence(
    world: World, wcu: Program
) -> None:
    found = wcu.send(referral())
    world.court_tells(told())
    (sentence,) = world.sentences()
    with world.db.writing() as session:
        attached = attach_waiting_referrals(session, world.sealer, sentence.id, world.clock.now())
    assert attached == 1
    assert wcu.receipt(found.receipt).status == "attached"


def test_before_or_after_the_sentence_the_end_is_the_same_byte_for_byte(
    world: World, wcu: Program
) -> None:
    wcu.send(referral())
    world.court_tells(told())
    wcu.attach()
    wcu.send(referral(case_reference="13EX0000226"))
    world.court_tells(told(urn="13EX0000226"))
    wcu.attach()
    early = world.state()
    assert [one["status"] for one in early["referral_requests"]] == ["attached", "attached"]
    first, second = early["sentences"]
    assert first["referral"] == second["referral"]
    assert "canary" not in str(early).lower()


def test_what_was_put_right_while_it_waited_is_done_in_its_order(
    world: World, wcu: Program
) -> None:
    early = wcu.send(referral())
    for phone in ("0113 496 0001", "0113 496 0002"):
        changes = {"kind": "correction", "receipt": early.receipt, "changes": {"phone": phone}}
        assert wcu.send(changes).status == "waiting_for_sentence"
    world.court_tells(told())
    wcu.attach()
    (victim,) = victims(world)
    assert person_of(world, victim).phone == "0113 496 0002"


def test_a_sentence_outside_the_programs_area_looks_as_if_it_had_not_come(
    world: World, wcu: Program
) -> None:
    world.court_tells(told(court=CARDIFF))
    by_case, nothing = wcu.send(referral()), wcu.send(referral(case_reference="13EX0000999"))
    assert (by_case.status, by_case.because) == (nothing.status, nothing.because)
    by_reference = wcu.send(referral(referral_reference=world.only_referral()))
    no_such = wcu.send(referral(referral_reference="VCS-0000-0000"))
    assert (by_reference.status, by_reference.because) == (no_such.status, no_such.because)
    assert by_reference.status == "refused"
    assert victims(world) == []


def test_a_sentence_outside_the_programs_area_is_brought_to_our_own_peoples_notice(
    world: World, wcu: Program
) -> None:
    world.court_tells(told(court=CARDIFF))
    wcu.send(referral())
    world.people[Role.MANAGER] = world.hire(Role.MANAGER, "Wales", region="N03")
    question = task(world, "referral_to_match")
    assert world.only_referral() in question.question
    decide(world, question.reference, world.only_referral())
    assert len(victims(world)) == 1


def test_a_program_of_no_area_refers_for_every_area(world: World) -> None:
    world.court_tells(told(court=CARDIFF))
    assert program(world, area=None).send(referral()).status == "attached"


def test_another_program_is_told_nothing_of_a_receipt(world: World, wcu: Program) -> None:
    found = wcu.send(referral())
    with pytest.raises(AssertionError):
        program(world).receipt(found.receipt)


def test_the_same_content_again_is_the_same_receipt_and_adds_nobody(
    world: World, wcu: Program
) -> None:
    world.court_tells(told())
    first, again = wcu.keep(referral()), wcu.keep(referral())
    assert (again.receipt, again.already_held) == (first.receipt, True)
    wcu.read()
    third = wcu.keep(referral())
    assert (third.receipt, third.already_held) == (first.receipt, True)
    assert wcu.read() == 0
    assert len(victims(world)) == 1


def test_a_key_that_comes_with_other_content_is_kept_and_changes_nothing(
    world: World, wcu: Program
) -> None:
    wcu.keep(referral(), "one")
    assert wcu.keep(referral(request_id="one")).already_held
    refused = wcu.keep(referral(sentenced_on="2026-03-20"), "one")
    assert (refused.key_reused, wcu.receipt(refused.receipt).status) == (True, "refused")
    assert "a key that it had used" in task(world, "witness_care_says").question
    # The same content with a key of its own is a request of its own; the person is not doubled.
    assert not wcu.keep(referral(), "two").already_held
    world.court_tells(told())
    wcu.read()
    assert len(victims(world)) == 1
    assert world.problems() == []


def test_a_change_of_address_keeps_what_was_held_and_confirms_nothing(
    world: World, wcu: Program
) -> None:
    world.court_tells(told())
    sent = referral(victims=[SOMEBODY | {"address_confirmed_on": "2026-03-19"}])
    (_, reference) = wcu.send(sent).victims[0]
    new = {"address_lines": ["2 Other Street", "York"], "postcode": "YO1 7HH"}
    asked = {"kind": "change_of_address", "victim_reference": reference, "new_address": new}
    assert wcu.send(asked).status == "recorded"
    (victim,) = victims(world)
    assert person_of(world, victim).lines == ("2 Other Street", "York")
    assert person_of(world, victim).name == "Nia Canary-Name"
    assert (victim.person.safe_to_post, victim.person.address_confirmed_on) == (None, None)
    with world.db.reading() as session:
        former = session.exec(select(FormerDetails)).one()
    assert world.sealer.open_json(former.sealed)["lines"] == ["1 Canary Lane", "Leeds"]
    assert (former.safe_to_post, former.address_confirmed_on) == (True, date(2026, 3, 19))
    assert former.replaced_by == f"client:{wcu.client_id}"


def test_a_change_to_the_offenders_address_is_kept_and_a_person_looks(
    world: World, wcu: Program
) -> None:
    world.court_tells(told())
    (_, reference) = wcu.send(referral()).victims[0]
    asked = {
        "kind": "change_of_address",
        "victim_reference": reference,
        "new_address": THE_OFFENDERS | {"safe_to_post": True},
    }
    found = wcu.send(asked)
    assert (found.status, found.referrals) == ("a_person_decides", (world.only_referral(),))
    question = task(world, "address_to_check")
    assert "Example Street" not in question.question
    with world.db.writing() as session:
        work = world.work(session, world.people[Role.MANAGER])
        seen = there_to_see(session, world.sealer, work.actor, question.reference)
        finding = AddressFinding.ANOTHER_PLACE
        answer_about_address(work, question.reference, finding, "Moved.", seen)
    assert wcu.receipt(found.receipt).status == "recorded"


def test_a_referral_with_the_offenders_address_is_attached_and_a_person_looks(
    world: World, wcu: Program
) -> None:
    world.court_tells(told())
    found = wcu.send(referral(victims=[SOMEBODY | THE_OFFENDERS]))
    assert (found.status, len(found.victims)) == ("a_person_decides", 1)
    assert world.view().status == "referred"
    assert task(world, "address_to_check").due_on == world.today


def test_an_opt_out_after_a_referral_is_passed_on_and_first_contact_stays_owed(
    world: World, wcu: Program
) -> None:
    world.court_tells(told())
    (_, reference) = wcu.send(referral()).victims[0]
    asked = {
        "kind": "opt_out",
        "victim_reference": reference,
        "said_on": "2026-03-20",
        "how": "by phone",
    }
    assert wcu.send(asked).status == "recorded"
    view = world.view()
    assert view.victims[0].choice == "opt_out"
    assert {one.duty: one.met_on for one in view.deadlines}["first-contact"] is None
    assert view.status == "referred"
    assert task(world, "witness_care_says")


def test_an_opt_out_before_any_referral_closes_nothing_by_itself(
    world: World, wcu: Program
) -> None:
    world.court_tells(told())
    asked = {
        "kind": "opt_out",
        "referral_reference": world.only_referral(),
        "said_on": "2026-03-20",
        "how": "in person",
        "evidence": "Nia Canary-Name told the officer in the case.",
    }
    found = wcu.send(asked)
    assert found.status == "a_person_decides"
    assert world.view().status == "awaiting"
    assert "canary" not in task(world, "witness_care_says").question.lower()
    with world.db.reading() as session:
        request = session.exec(select(ReferralRequest)).one()
        referral_id = session.exec(select(Referral.id)).one()
    assert (request.chase_answer, request.referral_id) == ("refused_referral", referral_id)


def test_an_opt_out_told_while_a_referral_waits_stands_when_it_attaches(
    world: World, wcu: Program
) -> None:
    early = wcu.send(referral())
    asked = {
        "kind": "opt_out",
        "receipt": early.receipt,
        "said_on": "2026-03-20",
        "how": "by email",
    }
    assert wcu.send(asked).status == "waiting_for_sentence"
    world.court_tells(told())
    wcu.attach()
    with world.db.reading() as session:
        assert session.exec(select(ChoiceRecord.choice)).all() == ["opt_out"]


@pytest.mark.parametrize(
    ("answer", "status"),
    [
        ("details_to_follow", "recorded"),
        ("being_traced", "recorded"),
        ("no_identifiable_victim", "a_person_decides"),
        ("refused_referral", "a_person_decides"),
    ],
)
def test_an_answer_to_a_chase_is_kept_beside_its_referral(
    world: World, wcu: Program, answer: str, status: str
) -> None:
    world.court_tells(told())
    asked = {"kind": "chase_answered", "case_reference": CASE, "offender": COLIN, "answer": answer}
    found = wcu.send(asked | {"note": "The officer in the case says so."})
    assert (found.status, found.referrals) == (status, (world.only_referral(),))
    assert world.view().status == "awaiting"
    assert ("chase.answered", answer) in {(o.event, o.detail) for o in world.view().history}


def test_a_sentence_that_is_not_eligible_is_asked_about_and_refers_once_offered(
    world: World, wcu: Program
) -> None:
    world.court_tells(told(FRIDAY_20_MARCH, ("Madeup", *NOT_ELIGIBLE)))
    found = wcu.send(referral())
    assert found.status == "a_person_decides"
    question = task(world, "discretion")
    answer(world, question.reference, Outcome.DISCRETIONARY)
    world.sweep()
    assert wcu.receipt(found.receipt).status == "attached"
    assert world.view().basis == "discretionary"


def test_a_manager_who_does_not_offer_contact_has_witness_care_told_so(
    world: World, wcu: Program
) -> None:
    world.court_tells(told(FRIDAY_20_MARCH, ("Madeup", *NOT_ELIGIBLE)))
    found = wcu.send(referral())
    answer(world, task(world, "discretion").reference, Outcome.NOT_ELIGIBLE)
    world.sweep()
    settled = wcu.receipt(found.receipt)
    assert settled.status == "refused"
    assert "not offered" in settled.because


def answer(world: World, reference: str, outcome: Outcome) -> None:
    world.decide(reference, outcome, "Looked at it.")


def test_a_referral_for_what_was_closed_is_opened_again_by_a_person(
    world: World, wcu: Program
) -> None:
    world.court_tells(told())
    reference = world.only_referral()
    world.close_without_victim("victim_cannot_be_traced")
    found = wcu.send(referral(referral_reference=reference))
    assert found.status == "a_person_decides"
    decide(world, task(world, "referral_to_match").reference, reference)
    assert world.view().status == "referred"
    assert wcu.receipt(found.receipt).status == "attached"
    assert world.problems() == []


def test_after_forty_working_days_without_a_sentence_a_person_is_asked_once(
    world: World, wcu: Program
) -> None:
    found = wcu.send(referral())
    # Good Friday, Easter Monday and the early May holiday lie between: the 40th is 20 May.
    world.clock.move_to(date(2026, 5, 20))
    world.sweep()
    assert world.tasks() == ()
    world.clock.move_to(date(2026, 5, 21))
    world.sweep()
    world.sweep()
    assert "no sentence" in task(world, "referral_to_match").question
    assert wcu.receipt(found.receipt).status == "waiting_for_sentence"
    world.court_tells(told(date(2026, 5, 20)))
    world.sweep()
    assert wcu.receipt(found.receipt).status == "attached"
    assert task_kinds(world) == []


def task_kinds(world: World) -> list[str]:
    return [one.kind for one in world.tasks()]


def test_a_request_that_cannot_be_dealt_with_is_a_persons_and_holds_up_nobody(
    world: World, wcu: Program
) -> None:
    world.court_tells(told())
    bad, good = wcu.keep(referral(), "bad"), wcu.keep(referral(), "good")
    with world.db.writing() as session:
        held = session.exec(select(ReferralRequest).where(ReferralRequest.receipt == bad.receipt))
        request = held.one()
        request.body = world.sealer.seal(b"something else")
        session.add(request)
    assert wcu.read() == 2
    assert wcu.receipt(bad.receipt).status == "a_person_decides"
    assert wcu.receipt(good.receipt).status == "attached"
    assert world.problems() == []


def test_nothing_of_a_person_stands_open_in_the_database(world: World, wcu: Program) -> None:
    world.court_tells(told())
    wcu.send(referral())
    wcu.send(referral(case_reference="13EX0000999"))
    with world.db.reading() as session:
        for table in (ReferralRequest, Task, AuditEntry, Victim, FormerDetails):
            rows = session.execute(table_of(table).select()).all()
            assert "canary" not in str([list(map(str, row)) for row in rows]).lower(), table
