"""Opening many people's details, as the reader and the manager see it on their pages."""

from __future__ import annotations

import re

import pytest
from sqlmodel import Session, select

from tests.api.office import VICTIM, Office
from tests.api.staff.letters.test_letters import assigned
from tests.api.staff.letters.visits import begun
from vcs.access.reading import limits
from vcs.access.reading.limits import ReadingLimit
from vcs.access.reading.records import PersonalRead, Scope
from vcs.terms import Role

WHY = {"reason": "to check the address"}


@pytest.fixture(autouse=True)
def _small_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    """Tell at one and stop at two: the rule, not the row."""
    rows = [ReadingLimit(role, Scope.ALL, 1, 2) for role in (Role.VLO, Role.MANAGER)]
    monkeypatch.setattr(limits, "LIMITS", tuple(rows))


def three_victims(office: Office) -> tuple[str, list[str]]:
    """Return a referral and the references of its three victims."""
    reference, _ = office.referral_with_victim()
    for name, postcode in (("Una Sample", "LS2 4QQ"), ("Ivor Instance", "BD1 1ZZ")):
        details = VICTIM | {"name": name, "postcode": postcode, "phone": "", "address_lines": name}
        path = f"/referrals/{reference}/victims/new"
        assert office.person(Role.WITNESS_CARE).fill(path, **details).status_code == 303
    page = office.person(Role.VLO).get(f"/referrals/{reference}").text
    found = re.findall(rf"/referrals/{reference}/victims/(VCS-[0-9A-Z-]+)/address", page)
    return reference, list(dict.fromkeys(found))


def test_the_reader_is_told_then_stopped_and_a_manager_lifts_the_limit(office: Office) -> None:
    reference, victims = three_victims(office)
    officer, manager = office.person(Role.VLO), office.person(Role.MANAGER)
    addresses = [f"/referrals/{reference}/victims/{victim}/address" for victim in victims]
    assert "The managers of your region have been told" in officer.fill(addresses[0], **WHY).text
    assert officer.fill(addresses[1], **WHY).status_code == 200
    refused = officer.fill(addresses[2], **WHY)
    assert refused.status_code == 429
    assert "Ask a manager of your region to lift the limit" in refused.text
    assert not any(words in refused.text for words in ("Instance", "Sample", "Nia", "LS1"))
    page = manager.get("/reading").text
    assert "Vera Liaison" in page
    assert "Stopped" in page
    (lift,) = set(re.findall(r"/reading/\d+/lift", page))
    assert (
        manager.fill(lift, reason="Covers for a colleague")
        .headers["location"]
        .startswith("/reading")
    )
    assert "Lifted until" in manager.get("/reading").text
    assert officer.fill(addresses[2], **WHY).status_code == 200


def test_a_letter_and_its_pdfs_count_as_an_address(office: Office) -> None:
    reference, victim = assigned(office)
    officer = office.person(Role.VLO)
    at = begun(officer, reference, victim)
    why = {"reason": "to check it before approval"}
    assert officer.fill(at, **why).status_code == 200
    assert officer.post(f"{at}/preview.pdf", officer.hidden(at) | why).status_code == 200
    with office.app.state.door.db.reading() as session:
        assert looked_at(session) == ["letter.looked_at"] * 2


def looked_at(session: Session) -> list[str]:
    return list(session.exec(select(PersonalRead.event).order_by("id")))


def test_a_letter_above_the_limit_is_not_shown_in_any_form(office: Office) -> None:
    reference, victims = three_victims(office)
    officer, manager = office.person(Role.VLO), office.person(Role.MANAGER)
    page = manager.get(f"/referrals/{reference}/assign").text
    (officer_id,) = re.findall(r'name="vlo_account_id"[^>]*value="(\d+)"', page)
    manager.fill(f"/referrals/{reference}/assign", vlo_account_id=officer_id)
    at = begun(officer, reference, victims[2])
    for victim in victims[:2]:
        officer.fill(f"/referrals/{reference}/victims/{victim}/address", **WHY)
    why = officer.hidden(at) | {"reason": "to check it before approval"}
    assert officer.post(at, why).status_code == 429
    assert officer.post(f"{at}/preview.pdf", why).status_code == 429


def test_who_has_seen_a_referral_is_a_page_for_managers(office: Office) -> None:
    reference, victim = office.referral_with_victim()
    officer, manager = office.person(Role.VLO), office.person(Role.MANAGER)
    officer.fill(f"/referrals/{reference}/victims/{victim}/address", **WHY)
    at = f"/referrals/{reference}/seen"
    assert at in manager.get(f"/referrals/{reference}").text
    page = manager.get(at).text
    assert "Vera Liaison" in page
    assert "To check the address" in page
    assert victim in page
    assert "Nobody has opened anything" in manager.get(f"{at}?before=1").text
    assert at not in officer.get(f"/referrals/{reference}").text
    assert officer.get(at).status_code == 403
    (reader,) = re.findall(r'href="(/reading/\d+)"', manager.get("/reading").text)
    assert reference in manager.get(reader).text
