"""The page of today reads only what it can show, and says where the rest is."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest

from tests.api.conftest import furniture, office
from tests.api.office import Office, sentencing
from tests.services.clock import MovableClock
from vcs.alerts.digest import gather
from vcs.ledger.worklists import due_first
from vcs.terms import Role

__all__ = ["furniture", "office"]

MORE = "More is overdue than this page can show"


@pytest.fixture
def both(office: Office, clock: MovableClock) -> tuple[str, str]:
    """Return two referrals that nobody made in time, the longer overdue first."""
    first = office.referral()
    clock.move_to(clock.today() + timedelta(days=1))
    office.people.clear()
    office.tell(sentencing(clock.today(), first="Derek", last="Second", urn="13EX0000426"))
    shown = office.person(Role.MANAGER).get("/").text
    (second,) = set(re.findall(r"/referrals/(VCS-[0-9A-Z-]+)", shown)) - {first}
    clock.move_to(date(2026, 4, 21))
    office.people.clear()  # their sign-ins ended meanwhile
    return first, second


def test_everything_that_is_overdue_is_there(office: Office, both: tuple[str, str]) -> None:
    page = office.person(Role.MANAGER).get("/today").text
    assert all(reference in page for reference in both)
    assert MORE not in page


def test_what_is_longest_overdue_stays_where_not_all_can_be_shown(
    office: Office, both: tuple[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(due_first, "MOST_OLD", 1)
    page = office.person(Role.MANAGER).get("/today").text
    first, second = both
    assert first in page
    assert second not in page
    assert MORE in page
    assert second in office.person(Role.MANAGER).get("/?show=overdue").text


def test_a_heads_page_on_a_monday_reads_nothing_that_only_the_email_shows(
    office: Office, both: tuple[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The week's list reads all that is open in a region: with a million stored, for a minute."""
    asked: list[object] = []
    monkeypatch.setattr(gather, "weekly_for", lambda *given: asked.append(given))
    office.clock.move_to(date(2026, 4, 27))
    office.people.clear()
    page = office.person(Role.HEAD).get("/today")
    assert page.status_code == 200
    assert both[0] in page.text
    assert not asked
