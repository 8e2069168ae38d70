"""Pages about officers: who is away, who covers, who is given what."""

from __future__ import annotations

import re
from datetime import date, timedelta

from tests.api.office import PASSWORD, YORKSHIRE, Office, Visitor
from vcs.access.accounts import AccountEntry, add_account
from vcs.terms import Role


def hired(office: Office, name: str) -> Visitor:
    """Add an officer of the region, and sign them in."""
    email = f"{name.replace(' ', '.').lower()}@example.org"
    with office.app.state.door.db.writing() as session:
        entry = AccountEntry(email, name, PASSWORD, Role.VLO, YORKSHIRE)
        add_account(session, None, entry, office.clock.now())
    visitor = office.visitor()
    visitor.sign_in(email)
    return visitor


def typed_day(name: str, day: date) -> dict[str, str]:
    return {
        f"{name}-day": str(day.day),
        f"{name}-month": str(day.month),
        f"{name}-year": str(day.year),
    }


def choice(page: str, name: str) -> str:
    """Return the value of the answer that is worded so."""
    found = re.search(rf'value="([^"]+)"(?:(?!value=).)*{name}', page, re.DOTALL)
    assert found, f"{name} is not offered"
    return found[1]


def test_a_covered_referral_is_on_the_covers_list_and_says_for_whom(office: Office) -> None:
    reference, cora = office.referral(), hired(office, "Cora Cover")
    vera, today = office.person(Role.VLO), office.clock.today()
    vera.fill(f"/referrals/{reference}/take")
    assert reference not in cora.get("/").text
    page = vera.get("/officers/leave/new").text
    assert "Who is away?" not in page
    days = typed_day("first_on", today) | typed_day("last_on", today + timedelta(days=2))
    assert "Select who covers" in vera.fill("/officers/leave/new", **days).text
    answer = vera.fill("/officers/leave/new", **days, cover=choice(page, "Cora Cover"))
    assert answer.headers["location"] == "/officers?done=leave-recorded"
    mine = cora.get("/").text
    assert reference in mine
    assert "Covering for Vera Liaison" in mine
    assert "Cora Cover answers meanwhile" in cora.get(f"/referrals/{reference}").text
    officers = vera.get("/officers").text
    (at,) = re.findall(r"(/officers/leave/\d+)/end", officers)
    assert f"{at}/end" not in cora.get("/officers").text
    assert cora.get(f"{at}/end").status_code == 404
    assert vera.fill(f"{at}/cover", cover="managers").status_code == 303
    assert reference not in cora.get("/").text
    assert "no officer covers" in office.person(Role.MANAGER).get("/tasks").text
    new = re.findall(r"(/officers/leave/\d+)/end", vera.get("/officers").text)[0]
    assert vera.fill(f"{new}/end", **typed_day("back_on", today)).status_code == 303
    assert "No leave is recorded" in vera.get("/officers").text
    assert "no officer covers" not in office.person(Role.MANAGER).get("/tasks").text


def test_a_manager_records_leave_of_anybody_in_the_region(office: Office) -> None:
    hired(office, "Cora Cover")
    manager, today = office.person(Role.MANAGER), office.clock.today()
    page = manager.get("/officers/leave/new").text
    days = typed_day("first_on", today) | typed_day("last_on", today)
    vera, cora = choice(page, "Vera Liaison"), choice(page, "Cora Cover")
    assert manager.fill("/officers/leave/new", **days, officer=vera, cover=vera).status_code == 422
    assert manager.fill("/officers/leave/new", **days, officer=vera, cover=cora).status_code == 303
    assert "Away now" in manager.get("/officers").text
    assert office.person(Role.WITNESS_CARE).get("/officers").status_code == 403
    assert manager.get("/officers/leave/99/end").status_code == 404
    assert manager.get("/officers/leave/no/end").status_code == 404
