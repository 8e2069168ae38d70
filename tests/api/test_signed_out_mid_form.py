"""A sign-in that ends while somebody types: the form comes back as it was, and is not sent."""

from __future__ import annotations

import inspect
import re
import sys
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import select

from api.guards.kept_forms import BUTTONS, SHOWN_AT
from api.guards.routes import TABLE, Rule
from api.staff.fields import Field
from tests.api.office import _HIDDEN, BASE, FROM_US, PASSWORD, VICTIM, Office, Visitor, email_of
from tests.api.staff.letters.test_letters import assigned
from tests.api.staff.letters.visits import begun
from tests.api.staff.set_aside.test_set_aside import aside
from tests.api.test_access import address, name_of, routes
from vcs.access import kept_forms
from vcs.access.records import AuditEntry, FeedClient, KeptForm
from vcs.terms import Role

TYPED = VICTIM | {"name": "Nia Canary", "address_lines": "7 Canary Lane\r\nLeeds"}

NOTICE = "You were signed out. Check and send again."

FORMS = [rule for rule in TABLE if rule.form and rule.roles]


def timed_out(visitor: Visitor) -> None:
    """Have the browser forget the session, as it does after the idle time."""
    visitor.browser.cookies.delete("vcs", domain="127.0.0.1")


def back_in(visitor: Visitor, answer: Any, role: Role) -> Any:
    """Sign in where a form led; return the page that comes after."""
    at = answer.headers["location"]
    typed = visitor.hidden(at) | {"email": email_of(role), "password": PASSWORD}
    return visitor.get(visitor.post("/sign-in", typed).headers["location"])


def kept(office: Office) -> list[KeptForm]:
    with office.app.state.door.db.reading() as session:
        return list(session.exec(select(KeptForm)))


def sent_too_late(office: Office, role: Role, page: str, path: str = "", **typed: str) -> Any:
    """Fill in a form, be signed out, and send it."""
    person = office.person(role)
    form = person.hidden(page) | typed
    timed_out(person)
    return person.post(path or page, form)


def new_victim_too_late(office: Office) -> tuple[str, Any]:
    path = f"/referrals/{office.referral()}/victims/new"
    return path, sent_too_late(office, Role.WITNESS_CARE, path, **TYPED)


def test_what_was_typed_comes_back_after_signing_in_and_is_not_sent(office: Office) -> None:
    path, answer = new_victim_too_late(office)
    person = office.person(Role.WITNESS_CARE)
    assert answer.headers["location"] == f"/sign-in?next={path}"
    assert "What you typed has not been sent" in person.get(answer.headers["location"]).text
    page = back_in(person, answer, Role.WITNESS_CARE)
    assert page.status_code == 200
    assert NOTICE in page.text
    assert 'value="Nia Canary"' in page.text
    assert "7 Canary Lane" in page.text
    assert "There is a problem" not in page.text
    assert (
        "Nia Canary" not in office.person(Role.MANAGER).get(path.removesuffix("/victims/new")).text
    )


def test_it_is_sent_by_hand_once_and_then_forgotten(office: Office) -> None:
    path, answer = new_victim_too_late(office)
    person = office.person(Role.WITNESS_CARE)
    back_in(person, answer, Role.WITNESS_CARE)
    form = person.hidden(path) | TYPED
    assert [person.post(path, form).status_code for _ in range(2)] == [303, 303]
    assert kept(office) == []
    page = person.get(path).text
    assert NOTICE not in page
    assert "Nia Canary" not in page
    referral = person.get(path.removesuffix("/victims/new")).text
    assert referral.count('class="govuk-summary-card"') == 1


def test_a_form_that_was_taken_before_the_sign_in_ended_is_not_taken_again(office: Office) -> None:
    path = f"/referrals/{office.referral()}/victims/new"
    person = office.person(Role.WITNESS_CARE)
    form = person.hidden(path) | TYPED
    assert person.post(path, form).status_code == 303
    timed_out(person)
    answer = person.post(path, form)
    page = back_in(person, answer, Role.WITNESS_CARE)
    assert f'name="form_token" value="{form["form_token"]}"' in page.text
    assert person.post(path, person.hidden(path) | TYPED).status_code == 303
    referral = person.get(path.removesuffix("/victims/new")).text
    assert referral.count('class="govuk-summary-card"') == 1


def test_another_account_in_the_same_browser_sees_nothing_of_it(office: Office) -> None:
    path, answer = new_victim_too_late(office)
    person = office.person(Role.WITNESS_CARE)
    page = back_in(person, answer, Role.MANAGER)
    assert page.url == f"{BASE}/"
    assert "Canary" not in page.text + person.get(path).text
    assert NOTICE not in person.get(path).text
    timed_out(person)
    person.sign_in(email_of(Role.WITNESS_CARE))
    assert "Nia Canary" in person.get(path).text


def test_the_same_account_in_another_browser_sees_nothing_of_it(office: Office) -> None:
    path, _ = new_victim_too_late(office)
    other = office.visitor()
    other.sign_in(email_of(Role.WITNESS_CARE))
    assert NOTICE not in other.get(path).text


@pytest.mark.parametrize(("minutes", "is_there"), [(59, True), (60, False), (61, False)])
def test_it_is_kept_for_an_hour(office: Office, minutes: int, is_there: bool) -> None:
    _, answer = new_victim_too_late(office)
    office.clock.minutes(minutes)
    page = back_in(office.person(Role.WITNESS_CARE), answer, Role.WITNESS_CARE)
    assert (NOTICE in page.text) is is_there
    with office.app.state.door.db.writing() as session:
        removed = kept_forms.remove_old(session, office.clock.now())
    assert removed == (0 if is_there else 1)


def test_nothing_of_it_lies_in_the_clear_or_in_the_log(
    office: Office, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    _, answer = new_victim_too_late(office)
    assert "Canary" not in answer.text + str(answer.headers)
    for file in tmp_path.glob("vcs.sqlite3*"):
        assert b"Canary" not in file.read_bytes()
    said = capfd.readouterr()
    assert "Canary" not in said.out + said.err


def test_a_password_is_not_kept(office: Office) -> None:
    admin = office.person(Role.ADMINISTRATOR)
    answer = sent_too_late(
        office, Role.ADMINISTRATOR, "/accounts/new", name="Newt Name", password="canary battery"
    )
    (row,) = kept(office)
    assert b"canary battery" not in office.app.state.door.sealer.open(row.sealed)
    page = back_in(admin, answer, Role.ADMINISTRATOR).text
    assert "Newt Name" in page
    assert "canary battery" not in page


def test_every_password_field_has_a_name_that_is_not_kept() -> None:
    pages = [module for name, module in sys.modules.items() if name.startswith("api.staff")]
    tuples = [one for page in pages for one in vars(page).values() if isinstance(one, tuple)]
    fields = [one for each in tuples for one in each if isinstance(one, Field)]
    secret = {one.name for one in fields if one.kind == "password"}
    assert "password" in secret
    assert all("password" in name for name in secret)


def test_it_can_be_thrown_away(office: Office) -> None:
    path, answer = new_victim_too_late(office)
    person = office.person(Role.WITNESS_CARE)
    page = back_in(person, answer, Role.WITNESS_CARE)
    form = {"csrf": person.hidden(path)["csrf"], "path": path, "page": path}
    assert f'name="path" value="{path}"' in page.text
    assert person.post("/forms/forget", form).headers["location"] == path
    assert kept(office) == []


def test_a_sign_in_in_another_tab_gives_the_older_form_back_at_once(office: Office) -> None:
    path = f"/referrals/{office.referral()}/victims/new"
    person = office.person(Role.WITNESS_CARE)
    older = person.hidden(path) | TYPED
    person.sign_in(email_of(Role.WITNESS_CARE))
    answer = person.post(path, older)
    assert answer.headers["location"] == path
    page = person.get(path).text
    assert NOTICE in page
    assert "Nia Canary" in page
    assert person.post(path, person.hidden(path) | TYPED).status_code == 303


def test_a_form_of_somebody_who_was_here_before_is_refused_and_kept_for_them(
    office: Office,
) -> None:
    path = f"/referrals/{office.referral()}/victims/new"
    person = office.person(Role.WITNESS_CARE)
    older = person.hidden(path) | TYPED
    person.sign_in(email_of(Role.MANAGER))
    answer = person.post(path, older)
    assert answer.status_code == 403
    assert "Canary" not in answer.text + person.get(path).text
    person.sign_in(email_of(Role.WITNESS_CARE))
    assert "Nia Canary" in person.get(path).text


def test_a_form_from_another_site_is_neither_kept_nor_shown(office: Office) -> None:
    path = f"/referrals/{office.referral()}/victims/new"
    visitor = office.visitor()
    for headers in ({}, {"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://evil.example"}):
        answer = visitor.browser.post(path, data=TYPED, headers=headers)
        assert answer.status_code == 303
    assert kept(office) == []


def test_a_form_of_nobody_we_know_goes_to_the_first_who_signs_in(office: Office) -> None:
    path = f"/referrals/{office.referral()}/victims/new"
    visitor = office.visitor()
    answer = visitor.browser.post(path, data=TYPED | {"csrf": "x.1.y"}, headers=FROM_US)
    assert "Nia Canary" in back_in(visitor, answer, Role.WITNESS_CARE).text
    timed_out(visitor)
    visitor.sign_in(email_of(Role.MANAGER))
    assert "Nia Canary" not in visitor.get(path).text


def test_strangers_and_one_account_keep_no_more_than_their_share(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kept_forms, "MOST_OF_UNKNOWN", 2)
    monkeypatch.setattr(kept_forms, "MOST_OF_ONE", 3)
    path, _ = new_victim_too_late(office)
    for _ in range(4):
        office.visitor().browser.post(path, data=TYPED, headers=FROM_US)
    assert len(kept(office)) == 3
    mine = [one for one in kept(office) if one.account_id is not None]
    assert [one.path for one in mine] == [path]
    large = {"name": "x" * 60_000, "phone": "y" * 60_000}
    office.visitor().browser.post(path, data=large, headers=FROM_US)
    assert len(kept(office)) == 3


def test_changed_details_come_back_behind_a_recorded_reason(office: Office) -> None:
    reference, victim = office.referral_with_victim()
    at = f"/referrals/{reference}/victims/{victim}"
    officer = office.person(Role.VLO)
    shown = officer.fill(f"{at}/address", reason="to check the address")
    form = dict(_hidden(shown.text)) | TYPED
    timed_out(officer)
    answer = officer.post(f"{at}/amend", form)
    page = back_in(officer, answer, Role.VLO)
    assert str(page.url).endswith("/address")
    assert "Canary" not in page.text
    again = officer.fill(f"{at}/address", reason="to check the address")
    assert NOTICE in again.text
    assert "7 Canary Lane" in again.text
    assert f'name="drawn_from" value="{form["drawn_from"]}"' in again.text
    with office.app.state.door.db.reading() as session:
        looks = select(AuditEntry).where(AuditEntry.event == "address.revealed")
        assert len(session.exec(looks).all()) >= 2
    assert officer.post(f"{at}/amend", dict(_hidden(again.text)) | TYPED).status_code == 303
    assert kept(office) == []


def test_what_became_of_a_message_comes_back_on_its_page(office: Office) -> None:
    at = f"/set-aside/{aside(office)}"
    typed = {"because": "holds-nothing", "note": "A canary of a test message."}
    answer = sent_too_late(office, Role.ADMINISTRATOR, at, f"{at}/dismiss", **typed)
    page = back_in(office.person(Role.ADMINISTRATOR), answer, Role.ADMINISTRATOR)
    assert str(page.url).endswith(at)
    assert "A canary of a test message." in page.text
    assert NOTICE in page.text


def test_a_list_comes_back_without_its_file_and_what_was_ticked_is_ticked(office: Office) -> None:
    manager, reference = office.person(Role.MANAGER), office.referral()
    typed = {"kind": "probation", "source": "Canary export", "query": "select canary"}
    answer = sent_too_late(office, Role.MANAGER, "/lists/new", **typed)
    page = back_in(manager, answer, Role.MANAGER)
    assert NOTICE in page.text
    assert "a file cannot be kept: choose it again" in page.text
    assert 'value="Canary export"' in page.text
    assert "select canary" in page.text
    assert re.search('value="probation"[^>]* checked', page.text)
    ticked = {"give": f"{reference} 0", "to": "evenly"}
    answer = sent_too_late(office, Role.MANAGER, "/officers/give", **ticked)
    page = back_in(manager, answer, Role.MANAGER)
    assert NOTICE in page.text
    assert re.search(f'value="{reference} 0" checked', page.text)
    assert re.search('value="evenly"[^>]* checked', page.text)
    assert manager.fill("/officers/give", **ticked).status_code == 200
    assert NOTICE not in manager.get("/officers/give").text


@pytest.mark.parametrize("ending", ["", ".pdf", "/preview.pdf"])
def test_a_letter_asked_for_too_late_leads_to_its_page(office: Office, ending: str) -> None:
    at = begun(office.person(Role.VLO), *assigned(office))
    answer = sent_too_late(office, Role.VLO, at, f"{at}{ending}", reason="to check it")
    page = back_in(office.person(Role.VLO), answer, Role.VLO)
    assert str(page.url).endswith(at)
    assert NOTICE in page.text


@pytest.mark.parametrize("rule", FORMS, ids=name_of)
def test_every_form_that_is_sent_too_late_leads_back_to_its_page(
    shared_office: Office, rule: Rule
) -> None:
    role = next(iter(sorted(rule.roles)))
    person = shared_office.visitor()
    person.sign_in(email_of(role))
    csrf = person.hidden("/")["csrf"]
    timed_out(person)
    answer = person.post(address(rule), {"csrf": csrf, "note": "A canary note"})
    assert answer.status_code == 303
    assert answer.headers["location"].startswith("/sign-in")
    is_kept = "What you typed has not been sent" in person.get(answer.headers["location"]).text
    assert is_kept is (rule.path not in BUTTONS)
    shown_on = BUTTONS.get(rule.path) or SHOWN_AT.get(rule.path) or rule.path
    assert any(one.method == "GET" and one.path == shown_on for one in TABLE)


# What is only shown, for a reason that is recorded each time, and what is the same done twice.
REPEATABLE = {
    "/sign-out",
    "/forms/forget",
    "/referrals/{reference}/victims/{victim}/changed-mind",
    "/events/{event}/people/{victim}/number",
    "/emergency",
    "/officers/give",
    "/consult",
    "/commissioner-packs",
    "/inspections/eligible.csv",
    "/inspections/{sample}/{reference}",
    "/inspections/{sample}/pack.zip",
    "/print-batches/{batch}/continue",
    "/print-batches/{batch}.zip",
    "/letters/{reference}",
    "/letters/{reference}.pdf",
    "/letters/{reference}/addresses",
    "/letters/{reference}/preview.pdf",
    "/letters-to-others/{reference}",
    "/letters/one-by-one/{kind}",
    "/letters-to-others/{reference}.pdf",
    "/letters-to-others/{reference}/addresses",
    "/letters-to-others/{reference}/preview.pdf",
    "/set-aside/{receipt}",
    "/referrals/{reference}/victims/{victim}/address",
    "/early-referrals/{receipt}",
    "/search",
    "/search/victims",
    "/sentences",
    "/tasks/{reference}/addresses",
    "/tasks/{reference}/sent",
    "/lists/uploads/{reference}",
}


def test_every_form_that_changes_something_acts_once(shared_office: Office) -> None:
    """Each goes through the one place that takes a form's token, or is named above."""
    unsafe = set()
    for route in routes(shared_office.app.router):
        if route.path in REPEATABLE or not any(route.path == rule.path for rule in FORMS):
            continue
        if "POST" in route.methods and not _takes_its_token(route.endpoint):
            unsafe.add(route.path)
    # Each has a test of its own.
    assert unsafe == {"/clients/new", "/account/password", "/set-aside/{receipt}/by-hand"}


def _takes_its_token(endpoint: Any) -> bool:
    source = inspect.getsource(endpoint)
    ways = ("return submit(", "forms.submit(", "checking.submit(", "_submit(")
    return any(way in source for way in ways)


def test_a_client_asked_for_twice_is_made_once(office: Office) -> None:
    admin = office.person(Role.ADMINISTRATOR)
    form = admin.hidden("/clients/new") | {"name": "Twice Sent", "kind": "court"}
    answers = [admin.post("/clients/new", form) for _ in range(2)]
    assert [one.status_code for one in answers] == [200, 422]
    assert "This form was sent before" in answers[1].text
    with office.app.state.door.db.reading() as session:
        named = session.exec(select(FeedClient).where(FeedClient.name == "Twice Sent")).all()
    assert len(named) == 1


def _hidden(text: str) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = _HIDDEN.findall(text)
    return found
