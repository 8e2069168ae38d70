"""What witness care sees of a referral: no news from custody, and no letters."""

from __future__ import annotations

import pytest

from tests.api.office import Office
from tests.api.staff.events.test_key_events import recorded
from tests.api.staff.victims.test_contact import on
from vcs.terms import Role

RELEASED = {"kind": "released", "source": "prison", **on("happened_on")}


@pytest.fixture
def at(office: Office) -> str:
    """Return the address of a referral: she joined, he was released, and her death is asked."""
    reference, victim, _ = recorded(office, **RELEASED)
    officer, here = office.person(Role.VLO), f"/referrals/{reference}"
    joined = {"choice": "opt_in", "how": "by phone", **on("chosen_on")}
    assert officer.fill(f"{here}/victims/{victim}/choice", **joined).status_code == 303
    assert officer.fill(f"{here}/victims/{victim}/died", how="A neighbour").status_code == 303
    return here


def test_the_unit_sees_letters_clocks_and_questions_of_a_victim(office: Office, at: str) -> None:
    page = office.person(Role.VLO).get(at).text
    for words in ("Welcome letter", "Has this person died?", "Write once a year"):
        assert words in page, words
    assert "Tell the victim of the release" in office.person(Role.VLO).get(f"{at}/clocks").text


def test_witness_care_learns_no_news_from_custody(office: Office, at: str) -> None:
    witness = office.person(Role.WITNESS_CARE)
    for path in (at, f"{at}/clocks"):
        page = witness.get(path).text.casefold()
        assert "release" not in page.replace("conditions on release", ""), path
    page = witness.get(at).text
    for words in ("Welcome letter", "Has this person died?", "Write once a year"):
        assert words not in page, words
    assert "Somebody recorded that this person has died" in page
    assert "Write once a year" not in witness.get(f"{at}/clocks").text
    assert "Refer the victim" in page
