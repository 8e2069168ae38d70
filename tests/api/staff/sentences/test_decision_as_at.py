"""The decision that stood on a day, and the dates that a bank holiday moved, on their pages."""

from __future__ import annotations

from datetime import date

from scheduler.runs import tick
from tests.api.office import Office, sentencing
from vcs.terms import Role

FRIDAY_20_MARCH, MONDAY_5_SEPTEMBER = date(2026, 3, 20), date(2022, 9, 5)


def test_the_decision_of_a_day_is_shown_with_whether_it_comes_out_the_same(office: Office) -> None:
    office.clock.move_to(FRIDAY_20_MARCH)
    reference = office.referral()
    manager = office.person(Role.MANAGER)
    page = manager.get(f"/referrals/{reference}/decision?as_at=2026-03-20")
    assert page.status_code == 200
    assert "Decision as at Friday 20 March 2026" in page.text
    assert "the answer and every reason are the same" in page.text
    assert f"/referrals/{reference}/decision" in manager.get(f"/referrals/{reference}").text


def test_a_day_before_it_was_decided_has_no_decision(office: Office) -> None:
    office.clock.move_to(FRIDAY_20_MARCH)
    reference = office.referral()
    page = office.person(Role.VLO).get(f"/referrals/{reference}/decision?as_at=2026-03-19")
    assert page.status_code == 404


def test_a_day_that_is_none_is_refused_and_kept_in_the_box(office: Office) -> None:
    reference = office.referral()
    page = office.person(Role.MANAGER).get(f"/referrals/{reference}/decision?as_at=20March")
    assert page.status_code == 422
    assert "Enter a date in the form" in page.text
    assert 'value="20March"' in page.text


def test_a_referral_of_elsewhere_shows_no_decision(office: Office) -> None:
    page = office.person(Role.MANAGER).get("/referrals/VCS-0000-0000/decision")
    assert page.status_code == 404


def test_a_moved_date_says_what_it_was_and_why(office: Office) -> None:
    office.clock.move_to(MONDAY_5_SEPTEMBER)
    office.tell(sentencing(MONDAY_5_SEPTEMBER))
    office.clock.move_to(date(2022, 9, 10))  # Saturday
    tick(office.settings, now=office.clock.now)
    page = office.person(Role.MANAGER).get(f"/referrals/{office.first_referral()}").text
    assert "Moved from Monday 19 September 2022 to Tuesday 20 September 2022" in page
    assert "Bank holiday on Monday 19 September 2022, announced 10 September 2022." in page
    assert "Deadline counted again" in page


def test_a_date_past_the_official_list_says_that_it_may_change(office: Office) -> None:
    office.clock.move_to(date(2028, 12, 20))  # Wednesday
    office.tell(sentencing(date(2028, 12, 20)))
    page = office.person(Role.MANAGER).get(f"/referrals/{office.first_referral()}").text
    assert "Provisional: the official bank holidays do not reach this far yet" in page
