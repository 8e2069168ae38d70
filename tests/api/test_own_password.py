"""Changing one's own password."""

from __future__ import annotations

import pytest
from sqlmodel import select

from tests.api.office import PASSWORD, Office, Visitor, email_of
from vcs.access.records import AuditEntry
from vcs.access.signing_in.sign_in import MOST_TRIES
from vcs.terms import Role

AT, NEW = "/account/password", "four plain words here"


def change(visitor: Visitor, current: str = PASSWORD, new: str = NEW) -> tuple[int, str]:
    answer = visitor.fill(AT, current_password=current, new_password=new)
    return answer.status_code, answer.text


def can_sign_in(office: Office, password: str) -> bool:
    answer = office.visitor().fill("/sign-in", email=email_of(Role.VLO), password=password)
    return bool(answer.status_code == 303)


@pytest.mark.parametrize("role", list(Role))
def test_everybody_finds_it_in_the_header(office: Office, role: Role) -> None:
    page = office.person(role).get("/").text
    assert f'href="{AT}"' in page
    assert office.person(role).get(AT).status_code == 200


def test_the_new_password_counts_and_other_sign_ins_end(office: Office) -> None:
    here, elsewhere = office.person(Role.VLO), office.visitor()
    elsewhere.sign_in(email_of(Role.VLO))
    assert change(here)[0] == 303
    assert here.get("/tasks").status_code == 200
    assert elsewhere.get("/tasks").status_code == 303
    assert can_sign_in(office, NEW)
    assert not can_sign_in(office, PASSWORD)
    with office.app.state.door.db.reading() as session:
        query = select(AuditEntry).where(AuditEntry.event == "account.password_changed")
        (entry,) = session.exec(query).all()
    assert entry.who == entry.subject
    assert NEW not in repr(entry)


@pytest.mark.parametrize("new", ["short", "a" * 129, "aaaaaaaaaaaaaaaa", PASSWORD, ""])
def test_a_new_password_that_is_no_good_is_refused(office: Office, new: str) -> None:
    status, page = change(office.person(Role.VLO), new=new)
    assert status == 422
    assert 'href="#new_password"' in page
    assert can_sign_in(office, PASSWORD)


def test_nothing_typed_is_shown_again(office: Office) -> None:
    _, page = change(office.person(Role.VLO), "a canary guess", "the canary itself")
    assert "canary" not in page
    assert 'href="#current_password"' in page


def test_guessing_the_present_password_locks_the_account(office: Office) -> None:
    officer = office.person(Role.VLO)
    for _ in range(MOST_TRIES):
        assert change(officer, "not the password at all")[0] == 422
    assert not can_sign_in(office, PASSWORD)
    status, page = change(officer)
    assert status == 422
    assert "too many wrong tries" in page
    office.clock.minutes(15)
    assert change(officer)[0] == 303


def test_the_right_password_forgives_the_wrong_ones_before(office: Office) -> None:
    officer = office.person(Role.VLO)
    for _ in range(MOST_TRIES - 1):
        change(officer, "not the password at all")
    assert change(officer)[0] == 303
    assert change(officer, "wrong again, once more", PASSWORD)[0] == 422
    assert can_sign_in(office, NEW)


def test_a_form_sent_twice_changes_it_once_and_counts_no_wrong_try(office: Office) -> None:
    officer = office.person(Role.VLO)
    form = officer.hidden(AT) | {"current_password": PASSWORD, "new_password": NEW}
    assert [officer.post(AT, form).status_code for _ in range(2)] == [303, 303]
    with office.app.state.door.db.reading() as session:
        query = select(AuditEntry).where(AuditEntry.event == "account.password_changed")
        assert len(session.exec(query).all()) == 1
