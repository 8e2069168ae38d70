"""Who may use what: the table against the app as it is."""

from __future__ import annotations

import ast
import inspect
import re
import textwrap
from collections.abc import Iterator
from typing import Any

import pytest
from fastapi.routing import APIRoute
from starlette.routing import Mount

from api.guards import routes as access
from api.guards.routes import TABLE, Rule, is_for_machines
from tests.api.office import Office
from vcs.terms import Role

_FILLED = {
    "{reference}": "VCS-0000-0000",
    "{name}": "unit-manager",
    "{victim}": "VCS-0000-0001",
    "{clock}": "999999",
    "{area}": "13",
    "{start}": "999999",
    "{event}": "VCS-0000-0002",
    "{measure}": "M1",
    "{message}": "VCS-0000-0004",
    "{receipt}": "none",
    "{hearing_id}": "none",
    "{account_id}": "999999",
    "{alert}": "999999",
    "{matter}": "deadline-999999",
    "{absence_id}": "999999",
    "{exclusion}": "999999",
    "{restriction}": "999999",
    "{sample}": "VCS-0000-0005",
    "{course}": "court",
    "{feedback}": "VCS-0000-0008",
    "{dip}": "VCS-0000-0009",
    "{sitting}": "VCS-0000-0007",
    "{place}": "1",
    "{batch}": "VCS-0000-0006",
    "{region_code}": "N55",
    "{client_id}": "client-none",
    "{question}": "format",
    "{group}": "safe",
    "{item}": "safety",
    "{request}": "VCS-0000-0003",
    "{action}": "VCS-0000-0002",
    "{kind}": "recall",
    "{language}": "en",
    "{form}": "standard",
    "{reason}": "same",
    "{file}": "certificate.json",
    "{office}": "VCS-0000-0007",
}

ROLES = tuple(Role)


def routes(router: Any) -> Iterator[Any]:
    """Yield every route of an app, those of included routers too."""
    for route in router.routes:
        inner = getattr(route, "original_router", None)
        if inner is None:
            yield route
        else:
            yield from routes(inner)


def address(rule: Rule) -> str:
    path = rule.path
    for name, value in _FILLED.items():
        path = path.replace(name, value)
    assert "{" not in path, f"say what {path} is filled with"
    return path


def name_of(rule: Rule) -> str:
    return f"{rule.method} {rule.path}"


def test_every_route_of_the_app_is_in_the_table_and_the_other_way_about(
    shared_office: Office,
) -> None:
    served = {
        (method, route.path)
        for route in routes(shared_office.app.router)
        if isinstance(route, APIRoute)
        for method in route.methods or ()
    }
    assert served == {(rule.method, rule.path) for rule in TABLE}


def test_nothing_else_is_served_but_the_static_files(shared_office: Office) -> None:
    others = [
        route for route in routes(shared_office.app.router) if not isinstance(route, APIRoute)
    ]
    assert [type(route) for route in others] == [Mount]
    assert others[0].path == access.STATIC


def test_nothing_is_open_to_anyone_but_what_is_named_here() -> None:
    assert {name_of(rule) for rule in TABLE if rule.anyone} == {
        "GET /livez",
        "GET /readyz",
        "GET /metrics",
        "GET /info",
        "GET /accessibility",
        "GET /guide/{name}",
        "GET /message-standard",
        "GET /recommendations",
        "GET /cookies",
        "GET /rules",
        "GET /rules/offences",
        "GET /rules/results",
        "GET /check",
        "GET /certificates/key.pem",
        "GET /certificates/keys.pem",
        "POST /eligibility/check",
        "GET /sign-in",
        "POST /sign-in",
        "POST /oauth2/token",
        # Asks for a token of its own.
        "POST /notify/callbacks",
    }


def test_each_address_is_for_somebody_and_for_one_kind_of_caller() -> None:
    for rule in TABLE:
        assert bool(rule.roles) + bool(rule.clients) + rule.anyone == 1, name_of(rule)


def test_each_address_that_changes_something_for_staff_takes_only_our_forms() -> None:
    for rule in TABLE:
        if rule.method != "GET" and rule.roles:
            assert rule.form, name_of(rule)


@pytest.mark.parametrize("rule", [r for r in TABLE if not r.anyone], ids=name_of)
def test_nobody_passes_without_signing_in(shared_office: Office, rule: Rule) -> None:
    answer = shared_office.visitor().browser.request(rule.method, address(rule))
    if is_for_machines(rule.path):
        assert answer.status_code == 401
    else:
        assert answer.status_code == 303
        assert answer.headers["location"].startswith("/sign-in")


@pytest.fixture(scope="module")
def csrf(shared_office: Office) -> dict[Role, str]:
    """Return what each role's forms carry, which is the same until they sign out."""
    return {role: shared_office.person(role).hidden("/")["csrf"] for role in ROLES}


@pytest.mark.parametrize("rule", [r for r in TABLE if r.roles], ids=name_of)
def test_each_role_passes_where_the_table_says_and_nowhere_else(
    shared_office: Office, csrf: dict[Role, str], rule: Rule
) -> None:
    if rule.path == "/sign-out":
        return
    for role in ROLES:
        person = shared_office.person(role)
        if rule.method == "GET":
            answer = person.get(address(rule))
        else:
            answer = person.post(address(rule), {"csrf": csrf[role]})
        refused = answer.status_code == 403
        assert refused == (role not in rule.roles), (role, answer.status_code)
        assert answer.status_code < 500


@pytest.mark.parametrize("rule", [r for r in TABLE if r.clients], ids=name_of)
def test_staff_cannot_use_the_courts_addresses(shared_office: Office, rule: Rule) -> None:
    person = shared_office.person(Role.ADMINISTRATOR)
    assert person.browser.request(rule.method, address(rule)).status_code == 401


def test_a_token_of_a_feed_opens_no_page(shared_office: Office) -> None:
    answer = shared_office.client.get(
        "/", headers={"Authorization": f"Bearer {shared_office.token()}"}
    )
    assert answer.status_code == 303


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"])
def test_other_methods_are_refused(shared_office: Office, method: str) -> None:
    answer = shared_office.person(Role.MANAGER).browser.request(method, "/")
    assert answer.status_code in (404, 405)


def test_what_another_region_has_looks_as_if_it_were_not_there(office: Office) -> None:
    from tests.api.office import LONDON_COURT, sentencing
    from vcs.referrals.records import Referral

    office.tell(sentencing(office.clock.today(), court=LONDON_COURT))
    with office.app.state.door.db.reading() as session:
        from sqlmodel import select

        reference = session.exec(select(Referral.reference)).one()
    for role in (Role.VLO, Role.MANAGER, Role.WITNESS_CARE):
        person = office.person(role)
        theirs = person.get(f"/referrals/{reference}")
        nothing = person.get("/referrals/VCS-0000-0000")
        assert (theirs.status_code, nothing.status_code) == (404, 404)
        assert _plain(theirs.text) == _plain(nothing.text)
        assert reference not in person.get("/?show=all").text


def _plain(page: str) -> str:
    """Return a page without what differs at every answer."""
    return re.sub(r'(nonce|value)="[^"]*"', "", page)


def _source_of(route: APIRoute) -> str:
    return textwrap.dedent(inspect.getsource(inspect.unwrap(route.endpoint)))


def test_a_get_opens_the_database_for_reading_only(shared_office: Office) -> None:
    """By what is written: no route that answers a GET names a writing transaction."""
    looked = 0
    for route in routes(shared_office.app.router):
        if isinstance(route, APIRoute) and "GET" in (route.methods or ()):
            names = {
                node.attr
                for node in ast.walk(ast.parse(_source_of(route)))
                if isinstance(node, ast.Attribute)
            }
            assert "writing" not in names, route.path
            looked += 1
    assert looked > 20


_NOT_SET_UP = ("/print-batches/notify", "/print-batches/email")
"""Pages of GOV.UK Notify, which say that it is not set up and cannot be used."""

_KEPT_AS_THEY_LEAVE = ("/measures.csv", "/measures.json", "/measures.pdf")
"""Figures that are kept as published when somebody takes them out: told in test_published."""


def test_no_page_writes_while_it_is_shown(office: Office) -> None:
    """By what happens: with writing made impossible, every page still answers."""
    reference, victim = office.referral_with_victim()
    people = {role: office.person(role) for role in ROLES}
    door = office.app.state.door

    def never() -> None:
        raise AssertionError("a GET opened a writing transaction")

    door.reader.stop()
    door.db.writing = never
    known = {"{reference}": reference, "{victim}": victim}
    for rule in TABLE:
        if rule.method == "GET" and not rule.clients and rule.path not in _KEPT_AS_THEY_LEAVE:
            path = rule.path
            for name, value in (known | _FILLED | known).items():
                path = path.replace(name, value)
            for role in rule.roles or {Role.MANAGER}:
                status = people[role].get(path).status_code
                if path in _NOT_SET_UP:
                    assert status == 409, path
                else:
                    # A letter's PDF answers to a form alone, and says so.
                    assert status in (200, 303, 404, 405, 422), path
