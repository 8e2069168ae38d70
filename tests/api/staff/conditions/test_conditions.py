"""Requests for licence conditions, as an officer walks them."""

from __future__ import annotations

import re

from tests.api.office import Office
from tests.api.staff.letters.visits import change
from tests.api.staff.needs.test_needs import day
from vcs.needs.conditions.catalogue import CONDITIONS
from vcs.terms import Role

ZONE = CONDITIONS[3].code


def test_an_officer_asks_sends_records_the_answer_and_tells(office: Office) -> None:
    referral, victim = office.referral_with_victim()
    officer, today = office.person(Role.VLO), office.clock.today()
    at = f"/victims/{victim}/conditions"
    assert at in officer.get(f"/referrals/{referral}").text
    asked = {"code": ZONE, "place": "The park", "usable": "We walk there", "private": "He knows"}
    wrong = asked | {"place": "Around Made Up Lane"} | day("asked_on", today)
    refused = officer.fill(f"{at}/new", **wrong)
    assert refused.status_code == 422
    assert "another victim of the offender lives" in refused.text
    assert officer.fill(f"{at}/new", **asked, **day("asked_on", today)).status_code == 303
    sheet = officer.get(f"{at}/sheet").text
    main = sheet[sheet.index("<h1") : sheet.index("</main>")]
    assert "We walk there" in main
    for hidden in ("He knows", "Nia", "Made Up Lane", "0113", "LS1", victim):
        assert hidden not in main
    (request,) = set(re.findall(r"/condition-requests/(VCS-[0-9A-Z-]+)/", officer.get(at).text))
    path = f"/condition-requests/{request}"
    for ending, typed in (
        ("sent", day("sent_on", today)),
        ("answer", {"answer": "altered", "words": "Smaller"} | day("answered_on", today)),
        ("told", day("told_on", today)),
    ):
        assert (
            officer.fill(f"{path}/{ending}", **typed).headers["location"] == f"{at}?done=condition"
        )
    page = officer.get(at).text
    assert "Granted, altered" in page
    read = {"step": "read", "words": "Read by a friend"} | day("happened_on", today)
    assert officer.fill(f"/victims/{victim}/statement", **read).status_code == 303
    assert "Read by a friend" in officer.get(at).text
    other = office.person(Role.WITNESS_CARE)
    for path in (at, f"{at}/sheet", f"{at}/new", f"/victims/{victim}/statement"):
        assert other.get(path).status_code == 403
    assert officer.get("/condition-requests/VCS-0000-0000/sent").status_code == 404


def test_a_place_where_she_lives_by_now_is_held_until_a_manager_says_why(office: Office) -> None:
    referral, victim = office.referral_with_victim()
    officer, manager = office.person(Role.VLO), office.person(Role.MANAGER)
    at = f"/victims/{victim}/conditions"
    asked = {"code": ZONE, "place": "The Strand"} | day("asked_on", office.clock.today())
    assert officer.fill(f"{at}/new", **asked).status_code == 303
    change(office, referral, victim, address_lines="7 Strand\r\nLeeds")
    assert "Held back" in officer.get(at).text
    assert "1 held back" in officer.get(f"{at}/sheet").text
    (path,) = re.findall(r"/condition-requests/VCS-[0-9A-Z-]+/place", manager.get(at).text)
    assert path not in officer.get(at).text
    assert officer.get(path).status_code == 403
    said = manager.fill(path, why="The court named it")
    assert said.headers["location"] == f"{at}?done=condition"
    assert "The Strand" in officer.get(f"{at}/sheet").text
