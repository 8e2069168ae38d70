"""A refusal leads back to what it concerns, where its reader may open that."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from starlette.requests import Request

from api.guards.way_back import way_back, who_may
from tests.api.office import Office
from vcs.terms import Role

LETTER = {"reference": "VCS-7K3M-9QTD"}

VICTIM = {"reference": "VCS-7K3M-9QTD", "victim": "VCS-1111-2222"}


def refused(method: str, path: str, parts: dict[str, str]) -> Request:
    route = SimpleNamespace(path=path)
    scope = {"type": "http", "method": method, "path_params": parts, "route": route}
    return Request({**scope, "headers": [], "path": path, "query_string": b""})


@pytest.mark.parametrize(
    ("role", "method", "path", "parts", "href"),
    [
        (Role.VLO, "POST", "/letters/{reference}/approve", LETTER, "/letters/VCS-7K3M-9QTD"),
        (Role.MANAGER, "POST", "/tasks/{reference}", LETTER, "/tasks/VCS-7K3M-9QTD"),
        (
            Role.VLO,
            "POST",
            "/referrals/{reference}/victims/{victim}/contact",
            VICTIM,
            "/referrals/VCS-7K3M-9QTD/victims/VCS-1111-2222/contact",
        ),
        (
            Role.WITNESS_CARE,
            "GET",
            "/referrals/{reference}/victims/{victim}/contact",
            VICTIM,
            "/referrals/VCS-7K3M-9QTD",
        ),
        (Role.ADMINISTRATOR, "GET", "/referrals/{reference}/victims/new", LETTER, None),
        (Role.ADMINISTRATOR, "POST", "/accounts/{account_id}/disable", {"account_id": "2"}, None),
        (Role.VLO, "GET", "/letters/{reference}", {"reference": "a/b"}, "/letters"),
    ],
)
def test_the_nearest_page_that_the_reader_may_open(
    role: Role, method: str, path: str, parts: dict[str, str], href: str | None
) -> None:
    found = way_back(refused(method, path, parts), role)
    if path.startswith("/accounts"):
        href = "/accounts/2/disable"
    assert (found and found.href) == href


def test_who_may_open_it_is_named_to_whom_it_is_refused_for_their_role() -> None:
    asked = refused("GET", "/accounts", {})
    assert who_may(asked, Role.VLO) == (str(Role.ADMINISTRATOR),)
    assert who_may(asked, Role.ADMINISTRATOR) == ()


def test_a_refusal_says_whom_to_ask_and_what_is_not_there_leads_nowhere(office: Office) -> None:
    officer = office.person(Role.VLO)
    page = officer.get("/accounts").text
    assert "This is for: Administrator" in page
    missing = officer.get("/referrals/VCS-0000-0000/victims/VCS-0000-0001/contact")
    assert missing.status_code == 404
    assert "Go back to" not in missing.text
