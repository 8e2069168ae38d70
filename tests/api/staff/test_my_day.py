"""An officer's first page: what is theirs, what it leaves out, and words that are true."""

from __future__ import annotations

import re
from datetime import date

import pytest

from api.staff.words import how_long
from tests.api.office import PASSWORD, YORKSHIRE, Office, Visitor
from vcs.access.accounts import AccountEntry, add_account
from vcs.database import connect
from vcs.law.deadlines.due import State
from vcs.terms import Role

FRIDAY_27, SUNDAY_29 = date(2026, 11, 27), date(2026, 11, 29)


def plain(page: str) -> str:
    """Return what a page says, without its markup."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page))


@pytest.mark.parametrize(
    ("state", "due_on", "working_days", "words"),
    [
        (State.DUE_SOON, FRIDAY_27, 1, "1 working day left"),
        (State.DUE_SOON, FRIDAY_27, 0, "due today"),
        (State.OVERDUE, FRIDAY_27, 0, "overdue since Friday"),
        (State.OVERDUE, FRIDAY_27, -1, "1 working day overdue"),
        (State.DUE_SOON, SUNDAY_29, 0, "due on Sunday"),
        (State.DUE_SOON, SUNDAY_29, 5, "due on Sunday, 5 working days left"),
        (State.DUE, SUNDAY_29, 6, "due on Sunday, 6 working days left"),
        (State.MET, FRIDAY_27, 0, ""),
    ],
)
def test_how_long_there_is_is_true_at_a_weekend_too(
    state: State, due_on: date, working_days: int, words: str
) -> None:
    assert how_long(state, due_on, working_days) == words


def test_a_deadline_missed_on_a_friday_is_late_on_saturday(office: Office) -> None:
    office.referral()
    office.clock.move_to(date(2026, 3, 21))
    person = office.person(Role.WITNESS_CARE)
    assert "0 working days" not in plain(person.get("/").text)
    assert "4 working days overdue" in plain(person.get("/").text)


def test_an_officer_sees_their_own_first_and_is_told_what_is_left_out(office: Office) -> None:
    reference = office.referral()
    officer = office.person(Role.VLO)
    page = plain(officer.get("/").text)
    assert reference not in page
    assert "No open referral is yours." in page
    assert "1 without an officer" in page
    assert reference in officer.get("/?show=unassigned").text
    assert reference in officer.get("/?show=open").text


def test_an_officer_takes_a_referral_that_nobody_has(office: Office) -> None:
    reference = office.referral()
    officer = office.person(Role.VLO)
    assert "Take this referral" in officer.get(f"/referrals/{reference}").text
    assert "becomes yours" in officer.get(f"/referrals/{reference}/take").text
    for _ in range(2):
        assert officer.fill(f"/referrals/{reference}/take").status_code == 303
    page = officer.get(f"/referrals/{reference}").text
    assert "Take this referral" not in page
    assert reference in officer.get("/").text
    assert plain(page).count("Officer assigned") <= 1


def test_what_another_officer_has_is_not_taken_from_them(office: Office) -> None:
    reference = office.referral()
    officer = office.person(Role.VLO)
    officer.fill(f"/referrals/{reference}/take")
    other = another_officer(office)
    before = other.hidden(f"/referrals/{reference}/take")
    answer = other.post(f"/referrals/{reference}/take", before)
    assert answer.status_code == 409
    assert "Another officer has this referral" in answer.text


def another_officer(office: Office) -> Visitor:
    """Return a second officer of the region, signed in."""
    entry = AccountEntry("second@example.org", "Sid Second", PASSWORD, Role.VLO, YORKSHIRE, None)
    database = connect(office.settings)
    with database.writing() as session:
        add_account(session, None, entry, office.clock.now())
    database.close()
    visitor = office.visitor()
    visitor.sign_in("second@example.org")
    return visitor
