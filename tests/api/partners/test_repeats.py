"""A repeated instruction is not a duplicate: her letter goes where the latest one says."""

from __future__ import annotations

import json
import threading
from typing import Any

import pytest
from sqlmodel import col, select

from tests.api.office import Office, Visitor, sentencing
from tests.api.partners.test_door import post, receipt
from tests.api.staff.letters.test_letters import CHECK, approve, printed
from tests.api.staff.letters.visits import begun, choose, decide, give_officer
from tests.journeys.program import SOMEBODY, referral
from vcs.access.records import ClientKind
from vcs.partners.records import ReferralRequest
from vcs.tasks.records import Task
from vcs.terms import Role
from vcs.victims.person import opened
from vcs.victims.records import Victim

FIRST_HOME = ["1 Old Mill Lane", "Nowhereby"]

REFUGE = {"address_lines": ["2 Refuge Close", "Nowhereby"], "postcode": "LS3 9ZX"}

MUM = {"address_lines": ["1 Mum Road", "Nowhereby"], "postcode": "LS4 9ZW"}

NIA = SOMEBODY | {"address_lines": FIRST_HOME, "postcode": "LS2 9ZY"}


def referred(office: Office, *victims: dict[str, Any]) -> tuple[str, list[str], dict[str, Any]]:
    """Have victims referred; return the referral, their references and the receipt."""
    office.referral()
    sent = post(office, referral(victims=list(victims) or [NIA]))
    told = receipt(office, sent.json()["receipt"])
    return told["referrals"][0], [one["reference"] for one in told["victims"]], told


def say(office: Office, asked: dict[str, Any], **headers: str) -> tuple[str, dict[str, Any]]:
    """Send a request and have it dealt with; return how it was answered and its receipt."""
    answer = post(office, asked, **headers)
    assert answer.status_code in (200, 202), answer.text
    return answer.json()["status"], receipt(office, answer.json()["receipt"])


def move(victim: str, new: dict[str, Any], *, safe: bool | None = True) -> dict[str, Any]:
    address = new | {"safe_to_post": safe}
    return {"kind": "change_of_address", "victim_reference": victim, "new_address": address}


def correct(victim: str, **changes: Any) -> dict[str, Any]:
    return {"kind": "correction", "victim_reference": victim, "changes": changes}


def held(office: Office, reference: str) -> tuple[tuple[str, ...], bool | None]:
    """Return the address lines held about a victim, and whether it is safe to write there."""
    door = office.app.state.door
    with door.db.reading() as session:
        victim = session.exec(select(Victim).where(Victim.reference == reference)).one()
        return opened(door.sealer, victim.person).lines, victim.person.safe_to_post


def questions(office: Office, topic: str = "went_back") -> list[Task]:
    with office.app.state.door.db.reading() as session:
        query = select(Task).where(Task.topic == topic, col(Task.done_at).is_(None))
        return list(session.exec(query))


def answer_all(office: Office) -> None:
    """Let the manager confirm what went back."""
    manager = office.person(Role.MANAGER)
    for task in questions(office):
        at = f"/tasks/{task.reference}"
        assert manager.fill(at, note="Asked witness care: it is right.").status_code == 303


def look_at_the_move(office: Office, at: str) -> None:
    """Let a second person say that the first letter may go to the changed address."""
    answer = decide(office.person(Role.MANAGER), at, "changed_address")
    assert answer.status_code == 303, answer.text


def officer_of(office: Office, reference: str) -> Visitor:
    give_officer(office, reference)
    return office.person(Role.VLO)


def requests(office: Office) -> list[ReferralRequest]:
    with office.app.state.door.db.reading() as session:
        return list(session.exec(select(ReferralRequest).order_by(col(ReferralRequest.id))))


def test_her_letter_goes_where_the_latest_instruction_says_although_it_was_said_before(
    office_on_both: Office,
) -> None:
    office = office_on_both
    reference, (victim,), _ = referred(office)
    officer = officer_of(office, reference)
    first = say(office, move(victim, REFUGE))
    second = say(office, move(victim, MUM))
    third = say(office, move(victim, REFUGE))
    assert [one[0] for one in (first, second, third)] == ["accepted"] * 3
    assert len({one[1]["receipt"] for one in (first, second, third)}) == 3
    assert [one[1]["status"] for one in (second, third)] == ["recorded", "a_person_decides"]
    assert held(office, victim) == (("2 Refuge Close", "Nowhereby"), True)
    at = begun(officer, reference, victim)
    page = officer.fill(at, reason=CHECK).text
    assert "2 Refuge Close" in page
    assert "1 Mum Road" not in page
    assert "may have arrived late" in officer.get(at).text
    assert approve(officer, at).status_code == 422
    answer_all(office)
    look_at_the_move(office, at)
    assert approve(officer, at).status_code == 303
    assert printed(officer, at).content.startswith(b"%PDF-")
    assert receipt(office, third[1]["receipt"])["status"] == "recorded"


def test_an_approved_letter_is_not_printed_while_an_instruction_waits_to_be_confirmed(
    office: Office,
) -> None:
    reference, (victim,), _ = referred(office)
    officer = officer_of(office, reference)
    say(office, move(victim, REFUGE))
    at = begun(officer, reference, victim)
    look_at_the_move(office, at)
    assert approve(officer, at).status_code == 303
    say(office, move(victim, MUM))
    say(office, move(victim, REFUGE))
    assert printed(officer, at).status_code != 200
    answer_all(office)
    assert printed(officer, at).status_code != 200
    look_at_the_move(office, at)
    assert printed(officer, at).content.startswith(b"%PDF-")


def test_a_repeat_of_the_latest_is_one_receipt_that_counts_it(office: Office) -> None:
    _, (victim,), _ = referred(office)
    say(office, move(victim, REFUGE))
    status, told = say(office, move(victim, MUM))
    assert (status, told["repeats"], told["repeated_at"]) == ("accepted", 0, None)
    for times in (1, 2):
        status, again = say(office, move(victim, MUM))
        assert (status, again["receipt"]) == ("already_held", told["receipt"])
        assert again["repeats"] == times
        assert again["repeated_at"]
    assert questions(office) == []


def test_what_is_said_of_somebody_else_meanwhile_makes_no_new_instruction(office: Office) -> None:
    ben = NIA | {"name": "Ben Elsewhere"}
    _, (nia, other), sent = referred(office, NIA, ben)
    say(office, move(nia, REFUGE))
    say(office, move(other, MUM))
    assert say(office, move(nia, REFUGE))[0] == "already_held"
    # The same person by the receipt of her referral and by our reference.
    by_receipt = move(nia, MUM)
    del by_receipt["victim_reference"]
    say(office, by_receipt | {"receipt": sent["receipt"], "victim_number": 1})
    assert say(office, move(nia, REFUGE))[0] == "accepted"
    assert held(office, nia)[0] == ("2 Refuge Close", "Nowhereby")
    assert len(questions(office)) == 1


def test_the_senders_own_key_is_identity_also_after_something_else(office: Office) -> None:
    _, (victim,), _ = referred(office)
    for key, address in (("a", REFUGE), ("b", MUM)):
        assert say(office, move(victim, address), **{"Idempotency-Key": key})[0] == "accepted"
    again = say(office, move(victim, REFUGE), **{"Idempotency-Key": "a"})
    assert again[0] == "already_held"
    assert held(office, victim)[0] == ("1 Mum Road", "Nowhereby")
    quoted = say(office, move(victim, REFUGE), **{"Idempotency-Key": '"c"'})
    assert quoted[0] == "accepted"
    assert say(office, move(victim, REFUGE) | {"request_id": "c"})[0] == "already_held"
    assert held(office, victim)[0] == ("2 Refuge Close", "Nowhereby")


def test_a_receipt_says_that_another_system_spoke_of_her_since(office: Office) -> None:
    _, (victim,), _ = referred(office)
    (_, first), (_, other) = (say(office, move(victim, to)) for to in (REFUGE, MUM))
    assert "Another system" not in receipt(office, first["receipt"])["because"]
    another = office.secrets.clients[ClientKind.COURT][0]
    with office.app.state.door.db.writing() as session:
        row = ReferralRequest.receipt == other["receipt"]
        session.exec(select(ReferralRequest).where(row)).one().client_id = another

    assert "Another system has since changed" in receipt(office, first["receipt"])["because"]


def test_what_comes_under_a_used_key_holds_her_letters_until_it_is_sent_anew(
    office: Office,
) -> None:
    reference, (victim,), _ = referred(office)
    officer = officer_of(office, reference)
    say(office, move(victim, MUM), **{"Idempotency-Key": "a"})
    for _ in range(2):
        refused = post(office, move(victim, REFUGE, safe=False), **{"Idempotency-Key": "a"})
        assert refused.status_code == 422
        assert "Refuge" not in refused.text
        assert refused.json()["fields"].keys() == {"request_id"}
    (aside,) = (one for one in requests(office) if one.status == "refused")
    assert (aside.repeats, len(questions(office, "key_reused"))) == (1, 1)
    at = begun(officer, reference, victim)
    assert approve(officer, at).status_code == 422
    say(office, move(victim, REFUGE, safe=False), **{"Idempotency-Key": "b"})
    assert questions(office, "key_reused") == []
    assert held(office, victim) == (("2 Refuge Close", "Nowhereby"), False)


@pytest.mark.parametrize("unsafe", [False, None])
def test_the_safer_answer_holds_until_a_person_has_confirmed(
    office: Office, unsafe: bool | None
) -> None:
    reference, (victim,), _ = referred(office)
    officer = officer_of(office, reference)
    say(office, correct(victim, safe_to_post=True))
    say(office, correct(victim, safe_to_post=unsafe))
    status, told = say(office, correct(victim, safe_to_post=True))
    assert (status, told["status"]) == ("accepted", "a_person_decides")
    assert held(office, victim)[1] is unsafe
    assert approve(officer, begun(officer, reference, victim)).status_code == 422
    (task,) = questions(office)
    assert "Refuge" not in task.question


def test_an_answer_about_a_new_address_goes_back_on_nothing(office: Office) -> None:
    _, (victim,), _ = referred(office)
    say(office, move(victim, REFUGE, safe=None))
    assert say(office, correct(victim, safe_to_post=True))[1]["status"] == "recorded"
    assert held(office, victim)[1] is True


def test_a_referral_sent_again_after_she_moved_neither_doubles_her_nor_moves_her_back(
    office: Office,
) -> None:
    reference, (victim,), first = referred(office)
    say(office, move(victim, REFUGE))
    status, told = say(office, referral(victims=[NIA]))
    assert (status, told["status"]) == ("accepted", "a_person_decides")
    assert told["receipt"] != first["receipt"]
    assert told["victims"] == [{"number": 1, "reference": victim}]
    assert held(office, victim)[0] == ("2 Refuge Close", "Nowhereby")
    officer = officer_of(office, reference)
    at = begun(officer, reference, victim)
    assert approve(officer, at).status_code == 422
    answer_all(office)
    look_at_the_move(office, at)
    assert approve(officer, at).status_code == 303


def test_the_same_referral_while_nothing_else_was_said_is_a_repeat(office: Office) -> None:
    _, _, first = referred(office)
    ben = NIA | {"name": "Ben Elsewhere"}
    assert say(office, referral(victims=[ben]))[0] == "accepted"
    status, told = say(office, referral(victims=[NIA]))
    assert (status, told["receipt"]) == ("already_held", first["receipt"])


def test_an_opt_out_that_goes_back_on_her_later_choice_holds_her_letter(office: Office) -> None:
    reference, (victim,), _ = referred(office)
    officer = officer_of(office, reference)
    day = str(office.clock.today())
    no = {"kind": "opt_out", "victim_reference": victim, "said_on": day, "how": "by phone"}
    say(office, no)
    assert questions(office) == []
    choose(office, reference, victim, "opt_in")
    assert say(office, no)[0] == "already_held"
    say(office, correct(victim, phone="0113 496 0009"))
    assert say(office, no)[0] == "accepted"
    assert len(questions(office)) == 1
    page = officer.get(f"/referrals/{reference}/victims/{victim}/letter").text
    assert "do not want contact" in page


def test_what_was_refused_for_what_was_not_known_is_looked_at_again(office: Office) -> None:
    nobody = move("VCS-0000-0000", REFUGE)
    first, second = say(office, nobody), say(office, nobody)
    assert (first[0], second[0]) == ("accepted", "accepted")
    assert [one.status for one in requests(office)] == ["refused", "refused"]


def test_an_answer_to_a_chase_given_again_after_another_counts(office: Office) -> None:
    asked = {"kind": "chase_answered", "referral_reference": office.referral()}
    for answer in ("being_traced", "details_to_follow", "being_traced"):
        assert say(office, asked | {"answer": answer})[0] == "accepted"
    assert say(office, asked | {"answer": "being_traced"})[0] == "already_held"


def test_two_equal_instructions_at_once_act_once(office_on_both: Office) -> None:
    office = office_on_both
    _, (victim,), _ = referred(office)
    say(office, move(victim, REFUGE))
    say(office, move(victim, MUM))
    body = json.dumps(move(victim, REFUGE)).encode()
    office.token()
    answers: list[Any] = []
    start = threading.Barrier(4)

    def send() -> None:
        start.wait()
        answers.append(post(office, body))

    threads = [threading.Thread(target=send) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(one.status_code for one in answers) == [200, 200, 200, 202]
    assert len({one.json()["receipt"] for one in answers}) == 1
    told = receipt(office, answers[0].json()["receipt"])
    assert told["repeats"] == 3
    assert len(questions(office)) == 1


def test_equal_content_of_a_court_stays_held_and_its_receipt_counts_it(office: Office) -> None:
    office.referral()
    body = sentencing(office.clock.today())
    told = office.tell(body)
    assert told["repeats"] == 1
    assert office.send(body).json() == {"receipt": told["receipt"], "status": "already_held"}
    assert office.receipt(told["receipt"])["repeats"] == 2
