"""First contact on the pages: how she may be reached, who was spoken to, what was posted."""

from __future__ import annotations

import re

import pytest

from api.staff import words
from tests.api.office import Office, Visitor
from tests.api.staff.letters.test_letters import approve, drafted
from vcs.terms import Role

RULES = {
    "safe_contact_notes": "Letters only. Do not ring.",
    "format_needs": "Large print",
    "safe_to_post": "no",
}

FIRST_CONTACT = words.DUTY_NAMES["first-contact"]

TODAY = {"day": "2", "month": "3", "year": "2026"}


def on(field: str, **parts: str) -> dict[str, str]:
    return {f"{field}-{part}": number for part, number in (TODAY | parts).items()}


def met(visitor: Visitor, reference: str) -> str:
    """Return what a referral's page says of first contact, spaces made even."""
    page = re.sub(r"<[^>]+>|\s+", " ", visitor.get(f"/referrals/{reference}").text)
    return re.sub(r" +", " ", page)


def box(page: str) -> str:
    found = re.search(r'<div class="app-rules.*?</dl>', page, re.DOTALL)
    assert found, "nothing says how she may be reached"
    return found[0]


def test_every_page_from_which_somebody_may_reach_her_says_how_and_how_never(
    office: Office,
) -> None:
    officer, letter = drafted(office, **RULES)
    page = officer.get(letter)
    reference, victim = re.findall(
        r"/referrals/(VCS-[0-9A-Z-]+)/victims/(VCS-[0-9A-Z-]+)/contact",
        officer.get(_back(page.text)).text,
    )[0]
    for at in (
        f"/referrals/{reference}",
        f"/referrals/{reference}/victims/{victim}/contact",
        letter,
    ):
        told = box(officer.get(at).text)
        for rule in (
            "Letters only. Do not ring.",
            "comes before anything that this page suggests",
            "Large print",
            "nothing may be posted",
        ):
            assert rule in told, (at, rule)
        assert "0113 496 0000" not in told
    whole = officer.get(f"/referrals/{reference}").text
    assert whole.index("Letters only") < whole.index("Who they are")


def _back(page: str) -> str:
    found = re.search(r'href="(/referrals/VCS-[0-9A-Z-]+)"', page)
    assert found
    return found[1]


def test_witness_care_sees_no_safety_notes(office: Office) -> None:
    reference, _ = office.referral_with_victim(**RULES)
    page = office.person(Role.WITNESS_CARE).get(f"/referrals/{reference}").text
    assert "Do not ring" not in page
    assert "nothing may be posted" in page


def test_an_attempt_is_shown_with_its_words_and_first_contact_is_still_owed(
    office: Office,
) -> None:
    reference, victim = office.referral_with_victim()
    officer, at = office.person(Role.VLO), f"/referrals/{reference}/victims/{victim}/contact"
    asked = {"how": "by phone", "reached": "no", "words": "A child answered"} | on("happened_on")
    answer = officer.fill(at, **asked)
    assert answer.status_code == 303
    assert "does not count as first contact" in officer.get(answer.headers["location"]).text
    page = met(officer, reference)
    assert "Attempt" in page
    assert "A child answered" in page
    assert "Not reached yet" in page
    assert f"{FIRST_CONTACT} Done" not in page


@pytest.mark.parametrize("left_out", ["how", "reached", "spoke_to"])
def test_a_contact_says_how_and_with_whom(office: Office, left_out: str) -> None:
    reference, victim = office.referral_with_victim()
    officer, at = office.person(Role.VLO), f"/referrals/{reference}/victims/{victim}/contact"
    asked = {"how": "in person", "reached": "yes", "spoke_to": "Herself"} | on("happened_on")
    answer = officer.fill(at, **{key: text for key, text in asked.items() if key != left_out})
    assert answer.status_code == 422
    assert f'href="#{left_out}' in answer.text
    assert officer.fill(at, **asked).status_code == 303
    assert "Reached on Monday 2 March 2026" in met(officer, reference)


def test_an_approved_letter_is_contact_once_it_is_recorded_as_posted(office: Office) -> None:
    officer, letter = drafted(office)
    reference = _back(officer.get(letter).text).rpartition("/")[2]
    refused = officer.fill(f"{letter}/posted", **on("posted_on"))
    assert refused.status_code == 409
    assert approve(officer, letter).status_code == 303
    assert "Record that this letter was posted" in officer.get(letter).text
    assert "Not reached yet" in met(officer, reference)
    assert "Record that this letter was posted" in met(officer, reference)
    ahead = officer.fill(f"{letter}/posted", **on("posted_on", day="3"))
    assert ahead.status_code == 422
    assert officer.fill(f"{letter}/posted", **on("posted_on")).status_code == 303
    assert "Letter posted Monday 2 March 2026" in met(officer, reference)
    assert f"{FIRST_CONTACT} Done 2 Mar 2026" in met(officer, reference)
    assert "Posted on Monday 2 March 2026" in met(officer, reference)


def test_witness_care_records_nothing_as_posted(office: Office) -> None:
    _, letter = drafted(office)
    person = office.person(Role.WITNESS_CARE)
    assert person.get(f"{letter}/posted").status_code == 403
