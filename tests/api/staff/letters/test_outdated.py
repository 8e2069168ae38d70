"""An approved letter that is no longer right is not printed, and says why."""

from __future__ import annotations

import re
from typing import Any

import pytest
from sqlmodel import select

from scheduler.jobs import Sweep, withdraw_letters
from tests.api.office import Office, sentencing
from tests.api.staff.letters.test_letters import CHECK, approve, drafted, letters, printed
from tests.api.staff.letters.visits import (
    ADDRESS,
    begin,
    begun,
    change,
    choose,
    decide,
    events,
    victims,
    where,
)
from vcs.referrals.records import Referral, ReferralStatus
from vcs.terms import Role


def moved(office: Office) -> None:
    change(office, *where(office), address_lines="2 Refuge Close", postcode="LS3 9ZX")


def unsafe(office: Office) -> None:
    change(office, *where(office), safe_to_post="no")


def renamed(office: Office) -> None:
    change(office, *where(office), name="Nia Other-Example")


def opted_out(office: Office) -> None:
    choose(office, *where(office), "opt_out")


def shortened(office: Office) -> None:
    body = sentencing(office.clock.today(), term="2 Years", shared_at="18:30:00")
    office.tell(body)


@pytest.mark.parametrize(
    ("happened", "why"),
    [
        (moved, "the address changed"),
        (unsafe, "not safe to write"),
        (renamed, "the name or the greeting changed"),
        (opted_out, "does not want contact"),
        (shortened, "the sentence changed"),
    ],
)
@pytest.mark.parametrize("seen_by", ["a person", "a sweep"])
def test_an_approved_letter_that_is_out_of_date_is_not_printed(
    office: Office, happened: Any, why: str, seen_by: str
) -> None:
    officer, at = drafted(office)
    assert approve(officer, at).status_code == 303
    happened(office)
    assert why in officer.get(at).text
    if seen_by == "a sweep":
        sweep(office)
        assert letters(office)[0].status == "withdrawn"
    refused = printed(officer, at)
    assert refused.status_code == 409
    assert not refused.content.startswith(b"%PDF-")
    assert letters(office)[0].status == "withdrawn"
    assert letters(office)[0].withdrawn_reason
    page = officer.fill(at, reason="to check what was sent").text
    assert "Withdrawn" in page
    assert ADDRESS not in page
    assert events(office).count("letter.withdrawn") == 1


def sweep(office: Office) -> None:
    door = office.app.state.door
    withdraw_letters(Sweep(office.settings, door.db, door.sealer, office.clock.now))


def test_a_new_draft_begins_where_the_old_letter_went_out_of_date(office: Office) -> None:
    officer, at = drafted(office)
    approve(officer, at)
    moved(office)
    moved(office)  # they say that the new address is safe, once it is held
    new = begun(officer, *where(office))
    assert new != at
    assert letters(office)[0].status == "withdrawn"
    assert approve(officer, new).status_code == 422
    assert decide(officer, new, "changed_address").status_code == 403
    assert decide(office.person(Role.MANAGER), new, "changed_address").status_code == 303
    assert approve(officer, new).status_code == 303
    assert "2 Refuge Close" in officer.fill(new, reason=CHECK).text
    assert printed(officer, new).status_code == 200


def test_a_letter_that_was_printed_keeps_its_history_and_opens_no_more(office: Office) -> None:
    officer, at = drafted(office)
    approve(officer, at)
    assert printed(officer, at).status_code == 200
    moved(office)
    sweep(office)
    assert printed(officer, at).status_code == 409
    assert letters(office)[0].status == "approved"
    second = begun(officer, *where(office))
    assert "second one may go only for a reason" in officer.get(second).text


def test_what_changes_nothing_of_a_letter_leaves_it_as_it_is(office: Office) -> None:
    officer, at = drafted(office)
    approve(officer, at)
    change(office, *where(office), phone="0113 496 0099", address_lines="1 made up lane\r\nLeeds")
    sweep(office)
    assert printed(officer, at).status_code == 200


def test_a_letter_approved_before_this_was_kept_is_compared_by_its_words(office: Office) -> None:
    officer, at = drafted(office)
    approve(officer, at)
    forget_basis(office)
    assert "Do not print" not in officer.get(at).text
    moved(office)
    forget_basis(office)
    assert "the address changed" in officer.get(at).text
    assert printed(officer, at).status_code == 409


def forget_basis(office: Office) -> None:
    """Make the letters as the program before this one left them."""
    with office.app.state.door.db.writing() as session:
        for letter in letters(office):
            letter.made_from, letter.opened_at = None, letter.approved_at
            session.merge(letter)


def test_a_closed_referral_has_no_letter_to_print(office: Office) -> None:
    officer, at = drafted(office)
    approve(officer, at)
    with office.app.state.door.db.writing() as session:
        referral = session.exec(select(Referral)).one()
        referral.status, referral.closed_on = ReferralStatus.CLOSED, office.clock.today()
        session.add(referral)
    assert "closed" in officer.get(at).text
    assert printed(officer, at).status_code == 409
    assert begin(officer, *where_closed(office)).status_code in (403, 422)


def where_closed(office: Office) -> tuple[str, str]:
    page = office.person(Role.MANAGER).get("/?show=closed").text
    found = re.search(r"/referrals/(VCS-[0-9A-Z-]+)", page)
    assert found
    (victim,) = victims(office, found[1])
    return found[1], victim
