"""Letters that must not go, through the real pages: refused, or decided about."""

from __future__ import annotations

import re

import pytest
from sqlmodel import select

from tests.api.office import LONDON_COURT, Office, sentencing
from tests.api.staff.letters.test_letters import CHECK, approve, assigned, drafted, letters, printed
from tests.api.staff.letters.visits import (
    add,
    another_referral,
    begin,
    begun,
    change,
    choose,
    colleague,
    decide,
    give_officer,
    where,
)
from vcs.post.records import LetterDecision, LetterRecord
from vcs.referrals.records import DeadlineRecord, Referral
from vcs.sentences.records import Sentence
from vcs.sentences.same_offender import known_of, sentences_of_offender
from vcs.tasks.records import Task
from vcs.terms import Role


def first_letters(office: Office) -> list[LetterRecord]:
    """Return the first letters that may still go."""
    rows = (one for one in letters(office) if one.status != "withdrawn")
    return [one for one in rows if one.kind.startswith("initial-contact")]


def test_a_person_who_opted_out_is_sent_no_first_letter(office: Office) -> None:
    reference, victim = assigned(office)
    choose(office, reference, victim, "opt_out")
    page = office.person(Role.VLO).get(f"/referrals/{reference}/victims/{victim}/letter")
    assert "do not want contact" in page.text
    assert "Draft the letter" not in page.text
    assert begin(office.person(Role.MANAGER), reference, victim).status_code in (403, 422)
    form = office.person(Role.VLO).hidden(f"/referrals/{reference}")
    answer = office.person(Role.VLO).post(
        f"/referrals/{reference}/victims/{victim}/letter",
        form | {"form_token": "x" * 32, "language": "en"},
    )
    assert answer.status_code in (403, 422)
    assert first_letters(office) == []
    choose(office, reference, victim, "opt_in")
    begun(office.person(Role.VLO), reference, victim)


@pytest.mark.parametrize(
    "entered",
    [
        {},
        {"name": "NIA EXAMPLE", "address_lines": "9 Elsewhere Road"},
        {"name": "Mrs N. Example"},
        {"name": "Nía  Example", "salutation": "Nia"},
    ],
)
def test_a_no_holds_however_she_is_entered_again(office: Office, entered: dict[str, str]) -> None:
    reference, victim = assigned(office)
    choose(office, reference, victim, "opt_out")
    again = add(office, reference, **entered)
    assert again != victim
    answer = begin(office.person(Role.VLO), reference, again)
    assert (
        "do not want contact"
        in office.person(Role.VLO).get(f"/referrals/{reference}/victims/{again}/letter").text
    )
    assert answer.status_code in (403, 422)
    assert first_letters(office) == []


def test_a_no_holds_in_another_referral_of_the_same_offender(office: Office) -> None:
    reference, victim = assigned(office)
    choose(office, reference, victim, "opt_out")
    other = another_referral(office, urn="13EX0000226")
    again = add(office, other)
    give_officer(office, other)
    assert begin(office.person(Role.VLO), other, again).status_code in (403, 422)
    assert first_letters(office) == []


def test_a_no_about_another_offender_is_shown_and_a_person_decides(office: Office) -> None:
    reference, victim = assigned(office)
    choose(office, reference, victim, "opt_out")
    other = another_referral(office, urn="13EX0000326", first="Dai", last="Another")
    again = add(office, other)
    give_officer(office, other)
    officer = office.person(Role.VLO)
    at = begun(officer, other, again)
    assert "may be this person" in officer.get(at).text
    assert "Approve the letter" not in officer.fill(at, reason=CHECK).text
    assert approve(officer, at).status_code == 422
    assert first_contact_is_owed(office)
    assert decide(officer, at, "earlier_opt_out").status_code == 403
    manager = office.person(Role.MANAGER)
    assert decide(manager, at, "earlier_opt_out", "").status_code == 422
    assert decide(manager, at, "earlier_opt_out").status_code == 303
    assert approve(officer, at).status_code == 303


def first_contact_is_owed(office: Office) -> bool:
    with office.app.state.door.db.reading() as session:
        newest = session.exec(
            select(DeadlineRecord).where(DeadlineRecord.duty == "first-contact")
        ).all()[-1]
    return newest.met_on is None


def test_somebody_else_at_her_address_is_written_to(office: Office) -> None:
    reference, victim = assigned(office)
    choose(office, reference, victim, "opt_out")
    other = add(office, reference, name="Bob Different", salutation="Bob")
    at = begun(office.person(Role.VLO), reference, other)
    assert approve(office.person(Role.VLO), at).status_code == 303


def test_a_second_first_letter_takes_a_reason_and_a_second_person(office: Office) -> None:
    officer, first = drafted(office)
    assert approve(officer, first).status_code == 303
    reference, victim = where(office)
    assert (
        "A first letter to this person was approved on"
        in officer.get(f"/referrals/{reference}/victims/{victim}/letter").text
    )
    second = begun(officer, reference, victim)
    assert first[9:] in officer.get(second).text
    assert approve(officer, second).status_code == 422
    assert decide(officer, second, "second_letter").status_code == 403
    other = colleague(office, "Olga")
    assert decide(other, second, "second_letter", "The first came back torn.").status_code == 303
    assert "The first came back torn." in officer.get(second).text
    assert approve(officer, second).status_code == 303


def test_both_languages_are_one_first_letter(office: Office) -> None:
    officer, _ = drafted(office, "cy-en")
    for letter in letters(office):
        assert approve(officer, f"/letters/{letter.reference}").status_code == 303
    for letter in letters(office):
        assert printed(officer, f"/letters/{letter.reference}").status_code == 200


@pytest.mark.parametrize(
    ("name", "words", "asked"),
    [
        ("Ann Lis (deceased)", "deceased", 1),
        ("Mrs A Lis - deaf, text only", "text only", 0),
        ("ANN LIS DO NOT CONTACT", "DO NOT", 1),
        ("Ann Lis c/o The Refuge", "c/o", 0),
    ],
)
def test_a_note_in_a_name_stops_the_letter_until_it_is_corrected(
    office: Office, name: str, words: str, asked: int
) -> None:
    reference, victim = assigned(office, name=name)
    officer = office.person(Role.VLO)
    page = officer.get(f"/referrals/{reference}/victims/{victim}/letter").text
    assert words in re.findall(r"\u201c([^\u201d]*)\u201d", page)[0]
    assert begin(officer, reference, victim).status_code in (403, 422)
    with office.app.state.door.db.reading() as session:
        assert len(session.exec(select(Task)).all()) == asked
    change(office, reference, victim, name="Ann Lis", salutation="Annie")
    at = begun(officer, reference, victim)
    assert "Dear Annie" in officer.fill(at, reason=CHECK).text
    assert approve(officer, at).status_code == 303


def test_a_standard_letter_waits_for_a_person_where_she_needs_another_format(
    office: Office,
) -> None:
    needs = "Large print please, 24 point; registered blind"
    assigned(office, format_needs=needs)
    officer, manager = office.person(Role.VLO), office.person(Role.MANAGER)
    (waits,) = letters(office)
    at = f"/letters/{waits.reference}"
    assert needs in officer.get(at).text
    assert approve(officer, at).status_code == 422
    assert decide(manager, at, "format", "Her sister reads it to her.").status_code == 303
    # Whoever decided is not offered to approve it, and what was not shown is not approved.
    assert "Approve" not in re.findall(
        r"<button[^>]*>\s*([^<]*?)\s*</button>", manager.get(at).text
    )
    assert approve(manager, at).status_code == 409
    assert approve(officer, at).status_code == 303
    assert printed(officer, at).status_code == 200


THE_OFFENDERS = {"address_lines": "1 Example Street", "postcode": "EX1 1EX"}

"""The address that the court holds for the offender of every message of the office."""


def test_a_shared_address_is_accepted_for_one_letter_by_a_second_manager(office: Office) -> None:
    reference, victim = office.referral_with_victim(**THE_OFFENDERS)
    give_officer(office, reference)
    manager = office.person(Role.MANAGER)
    at = begun(manager, reference, victim)
    assert "could reach" in manager.get(at).text
    assert approve(manager, at).status_code == 422
    assert decide(manager, at, "shared_address").status_code == 403
    assert decide(office.person(Role.VLO), at, "shared_address").status_code == 403
    second = colleague(office, "Maud", Role.MANAGER)
    unseen = second.fill(
        f"{at}/decide/shared_address", reason="He is in custody.", lives_there="No"
    )
    assert unseen.status_code == 403
    assert "Look at both addresses first" in unseen.text
    assert decide(second, at, "shared_address", "He is in custody.").status_code == 303
    with office.app.state.door.db.reading() as session:
        (row,) = session.exec(select(LetterDecision)).all()
    assert b"custody" not in row.reason
    assert approve(manager, at).status_code == 303
    assert printed(manager, at).status_code == 200


def test_an_acceptance_lapses_with_the_address_and_is_for_no_other_letter(office: Office) -> None:
    reference, victim = office.referral_with_victim(**THE_OFFENDERS)
    give_officer(office, reference)
    officer, manager = office.person(Role.VLO), office.person(Role.MANAGER)
    for language in ("en", "cy-en"):
        begun = officer.fill(f"/referrals/{reference}/victims/{victim}/letter", language=language)
        assert begun.status_code == 303
    first, other = (f"/letters/{one.reference}" for one in letters(office))
    assert decide(manager, first, "shared_address").status_code == 303
    assert approve(officer, other).status_code == 422
    elsewhere = THE_OFFENDERS | {"address_lines": "1 Example Street\r\nRear door"}
    change(office, reference, victim, **elsewhere)
    assert "could reach" in officer.get(first).text
    assert approve(officer, first).status_code == 422
    change(office, reference, victim, **THE_OFFENDERS)
    assert approve(officer, first).status_code == 422
    assert decide(manager, first, "changed_address").status_code == 303
    assert approve(officer, first).status_code == 303


def test_the_same_offender_in_london_is_found(office: Office) -> None:
    """A no that another region holds counts too: its page is not shown, its day is."""
    reference, victim = assigned(office)
    choose(office, reference, victim, "opt_out")
    office.tell(sentencing(office.clock.today(), urn="01EX0000126", court=LONDON_COURT))
    with office.app.state.door.db.reading() as session:
        one, other = session.exec(select(Sentence).order_by("id")).all()
        found = sentences_of_offender(session, office.app.state.door.sealer, other)
    assert [sentence.id for sentence in found] == [other.id, one.id]


def damage_name(office: Office, reference: str) -> None:
    """Let the name of a referral's offender be one that no key opens."""
    with office.app.state.door.db.writing() as session:
        referral = session.exec(select(Referral).where(Referral.reference == reference)).one()
        session.get_one(Sentence, referral.sentence_id).offender_name = b"damaged"


def test_a_no_in_a_case_whose_name_does_not_open_is_asked_about(office: Office) -> None:
    """It may be the same offender's: neither taken for a no by itself, nor left out."""
    reference, victim = assigned(office)
    choose(office, reference, victim, "opt_out")
    other = another_referral(office, urn="13EX0000226")
    again = add(office, other)
    give_officer(office, other)
    assert begin(office.person(Role.VLO), other, again).status_code in (403, 422)
    damage_name(office, reference)
    at = begun(office.person(Role.VLO), other, again)
    assert "may be this person" in office.person(Role.VLO).get(at).text
    assert approve(office.person(Role.VLO), at).status_code == 422
    assert decide(office.person(Role.MANAGER), at, "earlier_opt_out").status_code == 303
    assert "decided on" in office.person(Role.VLO).get(at).text


def test_a_name_that_does_not_open_stops_no_other(office: Office) -> None:
    """Its case may be the offender's: its addresses are compared, and a person decides."""
    office.tell(sentencing(office.clock.today()))
    other = another_referral(office, urn="13EX0000226")
    stranger = another_referral(office, urn="13EX0000326", first="Dai", last="Another")
    for damaged in (other, stranger):
        damage_name(office, damaged)
    sealer = office.app.state.door.sealer
    with office.app.state.door.db.reading() as session:
        one, two, three = session.exec(select(Sentence).order_by("id")).all()
        found = sentences_of_offender(session, sealer, one)
        assert [each.id for each in found] == [one.id, two.id, three.id]
        assert known_of(session, sealer, found) == (one,)
        from_damaged = sentences_of_offender(session, sealer, two)
        assert [each.id for each in from_damaged] == [two.id, one.id, three.id]
        assert known_of(session, sealer, from_damaged) == (two,)
