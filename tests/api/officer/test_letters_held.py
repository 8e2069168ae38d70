"""Letters that must not go, through the real pages: refused, withdrawn, decided about."""

from __future__ import annotations

import re
from typing import Any

import pytest
from sqlmodel import select

from scheduler.jobs import Sweep, withdraw_letters
from tests.api.office import (
    LONDON_COURT,
    PASSWORD,
    VICTIM,
    YORKSHIRE,
    Office,
    Visitor,
    sentencing,
)
from tests.api.officer.test_letters import (
    CHECK,
    PRINT,
    approve,
    assigned,
    drafted,
    letters,
    printed,
)
from vcs.casework import accounts
from vcs.casework.accounts import AccountEntry
from vcs.records import AuditEntry, DeadlineRecord, LetterDecision, Task
from vcs.terms import Role

ADDRESS = "Made Up Lane"


def colleague(office: Office, name: str, role: Role = Role.VLO) -> Visitor:
    """Hire somebody else of the region, and sign them in."""
    email = f"{name.lower()}@example.org"
    with office.app.state.door.db.writing() as session:
        entry = AccountEntry(email, name, PASSWORD, role, YORKSHIRE, None, "0113 496 0002")
        accounts.add_account(session, None, entry, office.clock.now())
    visitor = office.visitor()
    visitor.sign_in(email)
    return visitor


def begin(who: Visitor, reference: str, victim: str) -> Any:
    """Try to begin an English letter."""
    return who.fill(f"/referrals/{reference}/victims/{victim}/letter", language="en")


def begun(who: Visitor, reference: str, victim: str) -> str:
    answer = begin(who, reference, victim)
    assert answer.status_code == 303, answer.text
    return str(answer.headers["location"].partition("?")[0])


def choose(office: Office, reference: str, victim: str, choice: str) -> None:
    day = office.clock.today()
    answer = office.person(Role.VLO).fill(
        f"/referrals/{reference}/victims/{victim}/choice",
        choice=choice,
        how="by phone",
        **{
            "chosen_on-day": str(day.day),
            "chosen_on-month": str(day.month),
            "chosen_on-year": str(day.year),
        },
    )
    assert answer.status_code == 303, answer.text


def change(office: Office, reference: str, victim: str, **details: str) -> None:
    """Correct the details of a victim, as an officer does."""
    officer, at = office.person(Role.VLO), f"/referrals/{reference}/victims/{victim}"
    shown = officer.fill(f"{at}/address", reason="to mend the details")
    hidden = dict(re.findall(r'type="hidden" name="([a-z_]+)" value="([^"]*)"', shown.text))
    answer = officer.post(f"{at}/amend", hidden | VICTIM | details)
    assert answer.status_code == 303, answer.text


def add(office: Office, reference: str, **details: str) -> str:
    """Have witness care add one more victim to a referral."""
    before = victims(office, reference)
    answer = office.person(Role.WITNESS_CARE).fill(
        f"/referrals/{reference}/victims/new", **(VICTIM | details)
    )
    assert answer.status_code == 303, answer.text
    (new,) = victims(office, reference) - before
    return new


def victims(office: Office, reference: str) -> set[str]:
    page = office.person(Role.VLO).get(f"/referrals/{reference}").text
    return set(re.findall(rf"/referrals/{reference}/victims/(VCS-[0-9A-Z-]+)/", page))


def another_referral(office: Office, **sentence: Any) -> str:
    """Tell of one more eligible sentence and return the reference of its referral."""
    before = set(referrals(office))
    office.tell(sentencing(office.clock.today(), **sentence))
    (new,) = set(referrals(office)) - before
    return new


def referrals(office: Office) -> list[str]:
    page = office.person(Role.MANAGER).get("/").text
    return re.findall(r"/referrals/(VCS-[0-9A-Z-]+)", page)


def give_officer(office: Office, reference: str) -> None:
    manager = office.person(Role.MANAGER)
    page = manager.get(f"/referrals/{reference}/assign").text
    found = re.search(r'name="vlo_account_id" type="radio" value="(\d+)"', page)
    assert found
    manager.fill(f"/referrals/{reference}/assign", vlo_account_id=found[1])


def events(office: Office) -> list[str]:
    with office.app.state.door.db.reading() as session:
        return list(session.exec(select(AuditEntry.event)))


def decide(who: Visitor, at: str, question: str, reason: str = "I rang her and asked.") -> Any:
    return who.fill(f"{at}/decide/{question}", reason=reason)


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
    assert letters(office) == []
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
    assert letters(office) == []


def test_a_no_holds_in_another_referral_of_the_same_offender(office: Office) -> None:
    reference, victim = assigned(office)
    choose(office, reference, victim, "opt_out")
    other = another_referral(office, urn="13EX0000226")
    again = add(office, other)
    give_officer(office, other)
    assert begin(office.person(Role.VLO), other, again).status_code in (403, 422)
    assert letters(office) == []


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
    assert decide(officer, at, "earlier_opt_out", "").status_code == 422
    assert decide(officer, at, "earlier_opt_out").status_code == 303
    assert approve(officer, at).status_code == 303


def first_contact_is_owed(office: Office) -> bool:
    with office.app.state.door.db.reading() as session:
        newest = session.exec(
            select(DeadlineRecord).where(DeadlineRecord.duty == "first-contact")
        ).all()[-1]
    return newest.met_on is None


def test_a_somebody_else_at_her_address_is_written_to(office: Office) -> None:
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


def where(office: Office) -> tuple[str, str]:
    (reference,) = set(referrals(office))
    (victim,) = victims(office, reference)
    return reference, victim


def test_both_languages_are_one_first_letter(office: Office) -> None:
    officer, _ = drafted(office, "both")
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
    assert f"\u201c{words}\u201d" in page
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
    officer, at = drafted(office, format_needs=needs)
    assert needs in officer.get(at).text
    assert approve(officer, at).status_code == 422
    assert decide(officer, at, "format", "Her sister reads it to her.").status_code == 303
    assert approve(officer, at).status_code == 303
    assert printed(officer, at).status_code == 200


def moved(office: Office) -> None:
    change(office, *where(office), address_lines="2 Refuge Close", postcode="LS3 9ZX")


def unsafe(office: Office) -> None:
    change(office, *where(office), safe_to_post="no")


def renamed(office: Office) -> None:
    change(office, *where(office), name="Nia Other-Example")


def opted_out(office: Office) -> None:
    choose(office, *where(office), "opt_out")


def shortened(office: Office) -> None:
    body = sentencing(office.clock.today(), term="2 Years", shared_at="18:30:00")
    office.tell(body)


@pytest.mark.parametrize(
    ("happened", "why"),
    [
        (moved, "the address changed"),
        (unsafe, "not recorded as safe"),
        (renamed, "the name or the greeting changed"),
        (opted_out, "do not want contact"),
        (shortened, "the sentence changed"),
    ],
)
@pytest.mark.parametrize("seen_by", ["a person", "a sweep"])
def test_an_approved_letter_that_is_out_of_date_is_not_printed(
    office: Office, happened: Any, why: str, seen_by: str
) -> None:
    officer, at = drafted(office)
    assert approve(officer, at).status_code == 303
    happened(office)
    assert why in officer.get(at).text
    if seen_by == "a sweep":
        sweep(office)
        assert letters(office)[0].status == "withdrawn"
    refused = printed(officer, at)
    assert refused.status_code == 409
    assert not refused.content.startswith(b"%PDF-")
    assert letters(office)[0].status == "withdrawn"
    assert letters(office)[0].withdrawn_reason
    page = officer.fill(at, reason="to check what was sent").text
    assert "Withdrawn" in page
    assert ADDRESS not in page
    assert events(office).count("letter.withdrawn") == 1


def sweep(office: Office) -> None:
    door = office.app.state.door
    withdraw_letters(Sweep(office.settings, door.db, door.sealer, office.clock.now))


def test_a_new_draft_begins_where_the_old_letter_went_out_of_date(office: Office) -> None:
    officer, at = drafted(office)
    approve(officer, at)
    moved(office)
    new = begun(officer, *where(office))
    assert new != at
    assert letters(office)[0].status == "withdrawn"
    assert approve(officer, new).status_code == 303
    assert "2 Refuge Close" in officer.fill(new, reason=CHECK).text
    assert printed(officer, new).status_code == 200


def test_a_letter_that_was_printed_keeps_its_history_and_opens_no_more(office: Office) -> None:
    officer, at = drafted(office)
    approve(officer, at)
    assert printed(officer, at).status_code == 200
    moved(office)
    sweep(office)
    assert printed(officer, at).status_code == 409
    assert letters(office)[0].status == "approved"
    second = begun(officer, *where(office))
    assert "second one may go only for a reason" in officer.get(second).text


def test_what_changes_nothing_of_a_letter_leaves_it_as_it_is(office: Office) -> None:
    officer, at = drafted(office)
    approve(officer, at)
    change(office, *where(office), phone="0113 496 0099", address_lines="1 made up lane\r\nLeeds")
    sweep(office)
    assert printed(officer, at).status_code == 200


def test_a_letter_approved_before_this_was_kept_is_compared_by_its_words(office: Office) -> None:
    officer, at = drafted(office)
    approve(officer, at)
    forget_basis(office)
    assert "Do not print" not in officer.get(at).text
    moved(office)
    forget_basis(office)
    assert "the address changed" in officer.get(at).text
    assert printed(officer, at).status_code == 409


def forget_basis(office: Office) -> None:
    """Make the letters as the program before this one left them."""
    with office.app.state.door.db.writing() as session:
        for letter in letters(office):
            letter.made_from, letter.opened_at = None, letter.approved_at
            session.merge(letter)


def test_a_closed_referral_has_no_letter_to_print(office: Office) -> None:
    officer, at = drafted(office)
    approve(officer, at)
    with office.app.state.door.db.writing() as session:
        from vcs.records import Referral

        referral = session.exec(select(Referral)).one()
        referral.status, referral.closed_on = "closed", office.clock.today()
        session.add(referral)
    assert "closed" in officer.get(at).text
    assert printed(officer, at).status_code == 409
    assert begin(officer, *where_closed(office)).status_code in (403, 422)


def where_closed(office: Office) -> tuple[str, str]:
    page = office.person(Role.MANAGER).get("/?show=closed").text
    found = re.search(r"/referrals/(VCS-[0-9A-Z-]+)", page)
    assert found
    (victim,) = victims(office, found[1])
    return found[1], victim


LOOKS = ("", ".pdf", "/preview.pdf")


@pytest.mark.parametrize("end", LOOKS)
def test_no_address_leaves_without_a_reason_and_a_row(office: Office, end: str) -> None:
    officer, at = drafted(office)
    if end == ".pdf":
        approve(officer, at)
    before = events(office).count("letter.looked_at")
    shown = officer.get(f"{at}{end}")
    assert shown.status_code == (405 if end else 200)
    for kept_back in (ADDRESS, "LS1 3AB", "0113 496 0000"):
        assert kept_back not in shown.text
    assert not shown.content.startswith(b"%PDF-")
    for reason in ({}, {"reason": "because"}):
        refused = officer.fill(at, f"{at}{end}", **reason)
        assert refused.status_code == 422
        assert ADDRESS not in refused.text
        assert not refused.content.startswith(b"%PDF-")
    assert events(office).count("letter.looked_at") == before
    given = officer.fill(at, f"{at}{end}", reason=PRINT)
    assert given.status_code == 200
    assert given.content.startswith(b"%PDF-") if end else ADDRESS in given.text
    assert events(office).count("letter.looked_at") == before + 1


def test_a_failed_approval_shows_no_address(office: Office) -> None:
    officer, at = drafted(office)
    answer = officer.post(f"{at}/approve", officer.hidden(at) | {"seen": ""})
    assert answer.status_code in (409, 422)
    assert ADDRESS not in answer.text


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
    answer = officer.fill(f"/referrals/{reference}/victims/{victim}/letter", language="both")
    assert answer.status_code == 303
    first, other = (f"/letters/{one.reference}" for one in letters(office))
    assert decide(manager, first, "shared_address").status_code == 303
    assert approve(officer, other).status_code == 422
    elsewhere = THE_OFFENDERS | {"address_lines": "1 Example Street\r\nRear door"}
    change(office, reference, victim, **elsewhere)
    assert "could reach" in officer.get(first).text
    assert approve(officer, first).status_code == 422
    change(office, reference, victim, **THE_OFFENDERS)
    assert approve(officer, first).status_code == 303


def test_the_same_offender_in_london_is_found(office: Office) -> None:
    """A no that another region holds counts too: its page is not shown, its day is."""
    reference, victim = assigned(office)
    choose(office, reference, victim, "opt_out")
    office.tell(sentencing(office.clock.today(), urn="01EX0000126", court=LONDON_COURT))
    with office.app.state.door.db.reading() as session:
        from vcs.casework.sentences.same_offender import sentences_of_offender
        from vcs.records import Sentence

        one, other = session.exec(select(Sentence).order_by("id")).all()
        found = sentences_of_offender(session, office.app.state.door.sealer, other)
    assert [sentence.id for sentence in found] == [other.id, one.id]
