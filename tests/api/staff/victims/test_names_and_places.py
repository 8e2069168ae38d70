"""Names and places that the envelope must take, from the form to the finished PDF."""

from __future__ import annotations

import pytest

from tests.api.office import Office
from tests.api.staff.letters.test_letters import approve, drafted, letters, printed
from vcs.post.records import LetterRecord
from vcs.terms import Role

SPAIN = {
    "name": "Elena Ficticia",
    "address_lines": "Calle Inventada 5\n28999 Ciudad Falsa\nSpain",
    "postcode": "",
}
CASES = {
    "E-01": SPAIN,
    "E-01 by its field": {
        "name": "Elena Ficticia",
        "address_lines": "Calle Inventada 5\nCiudad Falsa",
        "postcode": "28999",
        "country": "España",
    },
    "E-02": {
        "name": "Rock Madeup",
        "address_lines": "1 Pretend Street",
        "postcode": "GX11 9ZZ",
        "country": "Gibraltar",
    },
    "E-03": {"name": "Phạm Thị Diệu"},
    "E-04": {"name": "王小明"},
    "E-05": {"name": "ليلى حسن"},
    "E-06": {
        "name": "Nell Byrne",
        "address_lines": "None-Such Cottage\nNowhereby",
        "postcode": "LS2 9ZY",
    },
    "E-07": {"name": "N. Unknown-Smith", "address_lines": "1 Old Mill Lane", "postcode": "LS2 9ZY"},
    "E-08": {
        "name": "Kit Close",
        "address_lines": "3 Unknown Soldier Close\nNowhereby",
        "postcode": "LS2 9ZY",
    },
    "E-09": {
        "name": "Pia Twice",
        "address_lines": "1 T Road\nNowhereby\nLS2 9ZY\nUnited Kingdom",
        "postcode": "LS2 9ZY",
    },
}


def made(office: Office) -> LetterRecord:
    (letter,) = letters(office)
    return letter


@pytest.mark.parametrize("case", list(CASES))
def test_a_letter_to_everybody_who_has_an_address_is_approved(office: Office, case: str) -> None:
    officer, at = drafted(office, **CASES[case], salutation="")
    answer = approve(officer, at)
    assert answer.status_code == 303, answer.text
    assert made(office).status == "approved"
    assert printed(officer, at).content.startswith(b"%PDF")


def test_a_name_that_no_font_has_is_printed_as_they_would_like_it_in_latin_letters(
    office: Office,
) -> None:
    officer, at = drafted(office, name="ᏣᏪ", salutation="", name_in_latin="Tsawe Waters")
    assert approve(officer, at).status_code == 303
    assert printed(officer, at).content.startswith(b"%PDF")


def test_a_note_in_the_name_in_latin_letters_stops_every_letter(office: Office) -> None:
    names = {"name": "ᏣᏪ", "salutation": "", "name_in_latin": "Tsawe Waters dec'sd"}
    reference, victim = office.referral_with_victim(**names)
    page = office.person(Role.VLO).get(f"/referrals/{reference}/victims/{victim}/letter").text
    assert "The name in Latin letters holds" in page
    assert "No letter can begin" in page


def test_an_address_in_a_prison_waits_for_a_second_person(office: Office) -> None:
    officer, at = drafted(office, address_lines="HMP Madeup\n1 Pretend Road", postcode="LS2 9ZY")
    assert "looks like a prison" in officer.get(at).text
    assert approve(officer, at).status_code == 422
    page = office.person(Role.MANAGER).get(at).text
    assert "May this letter go to an address of this kind?" in page


def test_a_country_that_there_is_none_of_is_asked_about(office: Office) -> None:
    with pytest.raises(AssertionError, match="Enter the name of the country"):
        office.referral_with_victim(country="Ruritania", postcode="")
