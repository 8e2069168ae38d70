"""Letters through the door: drafted, looked at, approved once, and never made again."""

from __future__ import annotations

import re
from typing import Any

import pytest
from sqlmodel import select

from tests.api.office import VICTIM, Office, Visitor
from vcs.access.records import AuditEntry
from vcs.post.records import LetterRecord
from vcs.terms import Role


def assigned(office: Office, **details: str) -> tuple[str, str]:
    """Return a referral and a victim with an officer assigned, so that no fact is missing."""
    reference, victim = office.referral_with_victim(**details)
    manager = office.person(Role.MANAGER)
    page = manager.get(f"/referrals/{reference}/assign").text
    found = re.search(r'name="vlo_account_id" type="radio" value="(\d+)"', page)
    assert found
    answer = manager.fill(f"/referrals/{reference}/assign", vlo_account_id=found[1])
    assert answer.status_code == 303, answer.text
    return reference, victim


def drafted(office: Office, language: str = "en", **details: str) -> tuple[Visitor, str]:
    """Return the officer and the address of a letter that they have drafted."""
    reference, victim = assigned(office, **details)
    officer = office.person(Role.VLO)
    chosen = {"format": "large-print"} if details.get("format_needs") else {}
    at = f"/referrals/{reference}/victims/{victim}/letter"
    answer = officer.fill(at, language=language, **chosen)
    assert answer.status_code == 303, answer.text
    return officer, answer.headers["location"].partition("?")[0]


CHECK, PRINT = "to check it before approval", "to print and post it"


def seen(officer: Visitor, at: str) -> dict[str, str]:
    """Look at a letter for a reason, and return what its forms carry unseen."""
    page = officer.fill(at, reason=CHECK)
    assert page.status_code == 200, page.text
    return dict(re.findall(r'<input type="hidden" name="([a-z_]+)" value="([^"]*)">', page.text))


def approve(officer: Visitor, at: str) -> Any:
    """Look at a letter and approve it."""
    return officer.post(f"{at}/approve", seen(officer, at))


def printed(officer: Visitor, at: str, end: str = ".pdf") -> Any:
    """Open the PDF of a letter, or with another end its preview."""
    return officer.fill(at, f"{at}{end}", reason=PRINT)


def letters(office: Office) -> list[LetterRecord]:
    with office.app.state.door.db.reading() as session:
        return list(session.exec(select(LetterRecord)))


def test_an_approved_letter_is_one_pdf_that_stays_as_it_is(office: Office) -> None:
    officer, at = drafted(office)
    assert printed(officer, at).status_code == 404
    preview = printed(officer, at, "/preview.pdf")
    assert preview.content.startswith(b"%PDF-")
    answer = approve(officer, at)
    assert answer.status_code == 303, answer.text
    first, second = printed(officer, at), printed(officer, at)
    assert first.headers["content-type"] == "application/pdf"
    assert first.headers["content-disposition"] == f'inline; filename="{at[9:]}.pdf"'
    assert first.content == second.content != preview.content
    (kept,) = letters(office)
    assert kept.sha256
    assert kept.template_version
    assert kept.approved_by


@pytest.mark.parametrize("twice", ["the same form", "another form"])
def test_approving_twice_makes_one_letter(office: Office, twice: str) -> None:
    officer, at = drafted(office)
    forms = [seen(officer, at), seen(officer, at)]
    assert officer.post(f"{at}/approve", forms[0]).status_code == 303
    before = letters(office)[0]
    again = officer.post(f"{at}/approve", forms[0 if twice == "the same form" else 1])
    assert again.status_code == (303 if twice == "the same form" else 409)
    assert letters(office) == [before]


def test_welsh_goes_out_with_the_english_beside_it_until_somebody_signed_it_off(
    office: Office,
) -> None:
    reference, victim = assigned(office)
    officer, begin = office.person(Role.VLO), f"/referrals/{reference}/victims/{victim}/letter"
    assert officer.fill(begin, language="cy").status_code == 422
    assert officer.fill(begin, language="cy-en").status_code == 303
    (letter,) = letters(office)
    assert letter.language == "cy-en"
    page = officer.get(f"/letters/{letter.reference}").text
    assert "Welsh and English, in one letter, Welsh first" in page
    assert "nobody has signed it off yet" in page


def test_what_is_missing_is_named_and_blocks_approval(office: Office) -> None:
    officer, at = drafted(office, address_lines="", postcode="", safe_to_post="not_known")
    page = officer.get(at).text + officer.fill(at, reason=CHECK).text
    for told in ("address", "postcode", "safe to write to this address"):
        assert re.search(rf"<li>[^<]*{told}[^<]*</li>", page), told
    assert "Approve the letter" not in page
    form = officer.hidden(at)
    assert officer.post(f"{at}/approve", form | {"form_token": "x" * 32}).status_code == 422
    assert printed(officer, at, "/preview.pdf").status_code == 422
    assert letters(office)[0].status == "draft"


def test_what_was_not_seen_cannot_be_approved(office: Office) -> None:
    officer, at = drafted(office)
    form = seen(officer, at)
    reference, victim = re.findall(r"VCS-[0-9A-Z-]+", _first_victim(office))[:2]
    moved = VICTIM | {"salutation": "Dr Example"}
    where = f"/referrals/{reference}/victims/{victim}"
    shown = officer.fill(f"{where}/address", reason="to mend the details")
    hidden = dict(re.findall(r'type="hidden" name="([a-z_]+)" value="([^"]*)"', shown.text))
    assert officer.post(f"{where}/amend", hidden | moved).status_code == 303
    answer = officer.post(f"{at}/approve", form)
    assert answer.status_code == 409
    assert "changed" in answer.text
    assert letters(office)[0].status == "draft"


def _first_victim(office: Office) -> str:
    officer = office.person(Role.VLO)
    reference = re.search(r"/referrals/(VCS-[0-9A-Z-]+)", officer.get("/?show=open").text)
    assert reference
    page = officer.get(f"/referrals/{reference[1]}").text
    found = re.search(r"/referrals/VCS-[0-9A-Z-]+/victims/VCS-[0-9A-Z-]+", page)
    assert found
    return found[0]


def test_a_name_that_the_letter_font_lacks_is_refused_in_words(office: Office) -> None:
    officer, at = drafted(office, name="ᏣᏪ", salutation="")
    page = officer.get(at)
    assert page.status_code == 200
    assert "cannot be approved" in page.text
    assert printed(officer, at, "/preview.pdf").status_code == 422


def test_markup_in_a_greeting_is_text_on_the_page_and_begins_no_letter(office: Office) -> None:
    reference, victim = assigned(office, salutation="<img src=x onerror=alert(1)>")
    officer = office.person(Role.VLO)
    page = officer.get(f"/referrals/{reference}/victims/{victim}/letter").text
    assert "<img" not in page
    assert "&lt;img" in page


def test_the_witness_care_officer_sees_no_letter_and_no_address(office: Office) -> None:
    _, at = drafted(office)
    person = office.person(Role.WITNESS_CARE)
    assert person.get(at).status_code == 403
    assert "Made Up Lane" not in person.get(_first_victim(office).split("/victims")[0]).text


def test_an_address_is_shown_only_with_a_reason_and_that_is_kept(office: Office) -> None:
    reference, victim = office.referral_with_victim()
    officer = office.person(Role.VLO)
    where = f"/referrals/{reference}/victims/{victim}/address"
    assert "Made Up Lane" not in officer.get(f"/referrals/{reference}").text
    refused = officer.fill(where)
    assert refused.status_code == 422
    assert "Made Up Lane" not in refused.text
    shown = officer.fill(where, reason="to check the address")
    assert "1 Made Up Lane" in shown.text
    with office.app.state.door.db.reading() as session:
        events = session.exec(select(AuditEntry.event)).all()
    assert events.count("address.revealed") == 1
