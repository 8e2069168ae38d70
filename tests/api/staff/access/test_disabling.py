"""Shutting somebody out is asked about first: what it does, and who has the work then."""

from __future__ import annotations

import re

import pytest
from sqlmodel import select

from tests.api.office import Office, email_of
from vcs.access.records import Account, ClientKind
from vcs.terms import Role


def number_of(office: Office, role: Role) -> int:
    with office.app.state.door.db.reading() as session:
        found: int = session.exec(select(Account.id).where(Account.email == email_of(role))).one()
    return found


def is_open(office: Office, role: Role) -> bool:
    with office.app.state.door.db.reading() as session:
        query = select(Account.active).where(Account.email == email_of(role))
        found: bool = session.exec(query).one()
    return found


def test_an_officers_account_is_disabled_only_after_a_page_said_who_has_the_referrals(
    office: Office,
) -> None:
    reference, manager = office.referral(), office.person(Role.MANAGER)
    vera = number_of(office, Role.VLO)
    manager.fill(f"/referrals/{reference}/assign", vlo_account_id=str(vera))
    officer, admin = office.person(Role.VLO), office.person(Role.ADMINISTRATOR)
    listed = admin.get("/accounts").text
    assert f'href="/accounts/{vera}/disable"' in listed
    assert "<form" not in listed.partition("<main")[2].partition("</main>")[0]
    page = admin.get(f"/accounts/{vera}/disable")
    assert "Their 1 open referral is left without an officer at once" in page.text
    assert "asks the managers of Yorkshire and the Humber for another one" in page.text
    assert "signed out at once" in page.text
    assert reference not in page.text
    assert is_open(office, Role.VLO)
    assert officer.get("/").status_code == 200
    assert admin.fill(f"/accounts/{vera}/disable").status_code == 303
    assert officer.get("/").status_code == 303
    assert f"Referral {reference} needs an officer" in manager.get("/tasks").text


def test_the_only_one_of_a_role_in_a_place_is_not_shut_out_unawares(office: Office) -> None:
    admin = office.person(Role.ADMINISTRATOR)
    page = admin.get(f"/accounts/{number_of(office, Role.MANAGER)}/disable").text
    assert "Nobody else of Yorkshire and the Humber has this role" in page


def test_what_cannot_be_done_is_said_before_it_is_asked(office: Office) -> None:
    admin = office.person(Role.ADMINISTRATOR)
    mine = admin.get(f"/accounts/{number_of(office, Role.ADMINISTRATOR)}/disable")
    assert mine.status_code == 409
    assert "This is the only administrator. Add another one first." in mine.text
    vera = number_of(office, Role.VLO)
    admin.fill(f"/accounts/{vera}/disable")
    again = admin.get(f"/accounts/{vera}/disable")
    assert again.status_code == 409
    assert "disabled already" in again.text


@pytest.mark.parametrize(
    ("kind", "what_is_lost"),
    [
        (ClientKind.COURT, "or victims are missed"),
        (ClientKind.WITNESS_CARE, "Tell the unit to use the pages"),
        (ClientKind.CUSTODY, "officers hear of them by another way"),
        (ClientKind.OFFENDER_MANAGER, "Consult a unit"),
    ],
)
def test_a_program_is_disabled_only_after_a_page_said_what_is_refused_then(
    office: Office, kind: ClientKind, what_is_lost: str
) -> None:
    admin = office.person(Role.ADMINISTRATOR)
    made = admin.fill("/clients/new", name="Example system", kind=kind)
    client_id = re.search(r"client-[0-9a-f]{16}", made.text)
    assert client_id
    path = f"/clients/{client_id[0]}/disable"
    assert f'href="{path}"' in admin.get("/clients").text
    page = admin.get(path)
    assert what_is_lost in page.text
    assert "Example system" in page.text
    assert f'href="{path}"' in admin.get("/clients").text
    assert admin.fill(path).status_code == 303
    assert f'href="{path}"' not in admin.get("/clients").text
    assert admin.get(path).status_code == 404
