"""The page of a family, as an officer and a manager walk it."""

from __future__ import annotations

import re
from datetime import date

from tests.api.office import Office
from tests.api.staff.letters.visits import add
from tests.api.staff.needs.test_needs import day
from vcs.terms import Role


def two(office: Office) -> tuple[str, str, str]:
    """Return a referral, a mother and her child."""
    reference, child = office.referral_with_victim(name="Tom Example", phone="")
    mother = {"name": "Mary Example", "standing": "parent, guardian or carer"}
    other = add(office, reference, **mother)
    return reference, other, child


def test_a_child_has_an_age_somebody_who_speaks_and_a_choice_of_their_own(office: Office) -> None:
    reference, mother, child = two(office)
    officer, today = office.person(Role.VLO), office.clock.today()
    at = f"/referrals/{reference}/victims"
    born = day("born_on", date(today.year - 17, 1, 5)) | {"how": "they said so"}
    assert officer.fill(f"{at}/{child}/birth", **born).status_code == 303
    assert "Nobody speaks for them yet" in officer.get(f"/referrals/{reference}").text
    done = officer.fill(f"{at}/{child}/speaks", by=mother)
    assert done.headers["location"] == f"/referrals/{reference}/family?done=family"
    assert officer.fill(f"/referrals/{reference}/family/lead", victim=mother).status_code == 303
    assert officer.fill(f"{at}/{child}/tells", by=mother).status_code == 303
    page = officer.get(f"/referrals/{reference}/family").text
    assert "Under 18 until" in page
    for words in ("Mary Example leads", "Mary Example, as they agreed", "Not yet known: ask them"):
        assert words in page
    wrong = officer.fill(f"/referrals/{reference}/family/lead", victim=child)
    assert (wrong.status_code, "under 18" in wrong.text) == (422, True)


def test_the_dead_are_written_to_no_more_until_a_manager_takes_it_back(office: Office) -> None:
    reference, victim = office.referral_with_victim()
    officer, at = office.person(Role.VLO), f"/referrals/{reference}/victims/{victim}"
    assert officer.fill(f"{at}/died", how="Their sister rang").status_code == 303
    assert "Their sister rang" in officer.get(f"/referrals/{reference}/family").text
    assert officer.get(f"{at}/not-died").status_code == 403
    assert "a second person has not confirmed it yet" in officer.get(f"{at}/contact").text
    manager = office.person(Role.MANAGER)
    asked = manager.get("/tasks").text
    (path,) = dict.fromkeys(re.findall(r'href="(/tasks/VCS-[0-9A-Z-]+)"', asked))
    assert "How and when they may be reached" in manager.get(path).text
    assert manager.fill(path, answer="has_died", note="The officer in the case").status_code == 303
    assert "Yes, by a second person" in officer.get(f"/referrals/{reference}/family").text
    assert manager.fill(f"{at}/not-died", why="They rang").status_code == 303
    assert "has died" not in officer.get(f"{at}/contact").text


def test_the_offender_is_not_recorded_as_speaking_for_a_child(office: Office) -> None:
    reference, victim = office.referral_with_victim(name="Colin Madeup")
    officer, path = office.person(Role.VLO), f"/referrals/{reference}/family"
    done = officer.fill(f"{path}/lead", victim=victim)
    assert done.headers["location"] == f"{path}?done=family-asked"
    page = officer.get(done.headers["location"]).text
    assert "It has not been recorded" in page
    assert "Success" not in page
    assert "may be the offender" in office.person(Role.MANAGER).get("/tasks").text


def test_witness_care_sees_no_family_page(office: Office) -> None:
    reference, victim = office.referral_with_victim()
    other = office.person(Role.WITNESS_CARE)
    assert "/family" not in other.get(f"/referrals/{reference}").text
    assert other.get(f"/referrals/{reference}/family").status_code == 403
    assert other.get(f"/referrals/{reference}/victims/{victim}/birth").status_code == 403
