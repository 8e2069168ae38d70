"""Requests for licence conditions, as an officer walks them."""

from __future__ import annotations

import re

from tests.api.office import Office
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
    assert (refused.status_code, "own address" in refused.text) == (422, True)
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
