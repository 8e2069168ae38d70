"""The headers on every answer."""

from __future__ import annotations

import re

import pytest
from starlette.testclient import TestClient

from api.app import create_app
from tests.api.office import Office
from tests.services.logs import LogLines
from vcs.settings import Settings
from vcs.terms import Role

EVERYWHERE = ["/", "/sign-in", "/nothing", "/livez", "/court-feeds/receipts/x", "/cookies"]


@pytest.mark.parametrize("path", EVERYWHERE)
def test_every_answer_is_guarded(shared_office: Office, path: str) -> None:
    headers = shared_office.client.get(path).headers
    assert "frame-ancestors 'none'" in headers["content-security-policy"]
    assert "default-src 'none'" in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"
    assert headers["cache-control"] == "no-store"


def test_scripts_run_only_with_the_nonce_of_the_answer(shared_office: Office) -> None:
    manager = shared_office.person(Role.MANAGER)
    nonces = set()
    for _ in range(2):
        answer = manager.get("/")
        (nonce,) = re.findall(
            r"script-src 'nonce-([^']+)'", answer.headers["content-security-policy"]
        )
        scripts = re.findall(r"<script[^>]*>", answer.text)
        assert scripts
        assert all(f'nonce="{nonce}"' in script for script in scripts)
        nonces.add(nonce)
    assert len(nonces) == 2


def test_no_page_has_styles_or_scripts_that_the_policy_would_stop(shared_office: Office) -> None:
    page = shared_office.person(Role.MANAGER).get("/").text
    assert not re.findall(r'\sstyle="|\son[a-z]+="|<style', page)


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", ""])
def test_another_host_name_is_refused(shared_office: Office, host: str) -> None:
    answer = shared_office.client.get("/sign-in", headers={"Host": host})
    assert answer.status_code == 400
    assert "location" not in answer.headers


def test_the_callers_correlation_id_comes_back_and_odd_ones_do_not(shared_office: Office) -> None:
    given = shared_office.client.get("/livez", headers={"X-Correlation-Id": "abcdef-0123456789"})
    assert given.headers["x-correlation-id"] == "abcdef-0123456789"
    odd = shared_office.client.get("/livez", headers={"X-Correlation-Id": "<b>"})
    assert re.fullmatch(r"[0-9a-f]{32}", odd.headers["x-correlation-id"])


def test_behind_https_the_cookie_is_bound_to_the_host_and_https_is_kept(
    settings: Settings, database_url: str
) -> None:
    safe = settings.model_copy(update={"base_url": "https://vcs.example"})
    with TestClient(create_app(safe), base_url="https://vcs.example") as client:
        answer = client.get("/sign-in")
    assert answer.headers["strict-transport-security"].startswith("max-age=")
    cookie = answer.headers["set-cookie"]
    assert cookie.startswith("__Host-vcs=")
    assert "secure" in cookie.lower()
    assert "path=/" in cookie.lower()


def test_static_files_may_be_kept_and_nothing_lies_beside_them(shared_office: Office) -> None:
    answer = shared_office.client.get("/static/service.css")
    assert answer.status_code == 200
    assert "max-age" in answer.headers["cache-control"]
    for path in ("/static/../app.py", "/static/%2e%2e/app.py", "/static/"):
        assert shared_office.client.get(path).status_code == 404


def test_no_typeface_or_crest_of_gov_uk_is_asked_for(shared_office: Office) -> None:
    page = shared_office.person(Role.MANAGER).get("/").text
    assert "/assets/" not in page
    assert "crest" not in page.lower()
    assert "crown" not in page.lower()


def test_the_name_of_the_server_is_nobodys_business(shared_office: Office) -> None:
    assert "server" not in shared_office.client.get("/livez").headers


def test_an_unforeseen_fault_is_answered_plainly_and_logged_without_what_was_sent(
    office: Office, log_lines: LogLines
) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("Canary-7fQz lives at 1 Made Up Lane")

    office.app.state.door.inbox.submit = broken
    answer = office.send(b'{"a": 1}')
    assert answer.status_code == 500
    assert answer.headers["content-type"] == "application/problem+json"
    assert "Canary" not in answer.text
    (failed,) = log_lines.named("request.failed")
    assert failed["error"] == "RuntimeError"
    assert "test_headers.py" in failed["at"]
    assert "Canary" not in log_lines.text
