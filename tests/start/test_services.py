"""Settings that lead to other services: what leaves in the clear, and what could be guessed."""

from __future__ import annotations

import base64
from pathlib import Path

import pytest

from vcs.settings import Settings
from vcs.start.loopback import database_in_the_clear, open_to_others
from vcs.start.strength import weak_secrets

_NOTIFY_KEY = "made-up-key"

_DRAWN = "a3f1095c77e2d84b6e20c1f89d3357ab04be61d2c88f1795ea3b5fd0266c9e71"

_ELSEWHERE = "postgresql+psycopg://vcs@db.example.org/vcs"


def _settings(folder: Path, **given: str) -> Settings:
    return Settings.model_validate({"data_dir": folder} | given)


@pytest.mark.parametrize(
    ("given", "named"),
    [
        ({"notify_url": "http://notify.example.org", "notify_api_key": _NOTIFY_KEY}, "NOTIFY_URL"),
        ({"database_url": f"{_ELSEWHERE}?sslmode=disable"}, "DATABASE_URL"),
        ({"database_url": f"{_ELSEWHERE}?sslmode=prefer"}, "DATABASE_URL"),
    ],
    ids=str,
)
def test_what_would_leave_in_the_clear_is_refused(
    tmp_path: Path, given: dict[str, str], named: str
) -> None:
    (words,) = open_to_others(_settings(tmp_path, **given), None)
    assert words.startswith(f"VCS_{named} must")
    assert "example.org" not in words


@pytest.mark.parametrize(
    "given",
    [
        {"notify_url": "http://127.0.0.1:9000", "notify_api_key": _NOTIFY_KEY},
        {"notify_url": "https://notify.example.org", "notify_api_key": _NOTIFY_KEY},
        {"database_url": f"{_ELSEWHERE}?sslmode=verify-full"},
        {"database_url": _ELSEWHERE},
        {"database_url": "postgresql+psycopg://vcs@localhost/vcs?sslmode=disable"},
        {"database_url": "postgresql+psycopg://vcs@/vcs?host=/run/postgresql&sslmode=disable"},
    ],
    ids=str,
)
def test_what_stays_here_or_is_encrypted_starts(tmp_path: Path, given: dict[str, str]) -> None:
    assert not list(open_to_others(_settings(tmp_path, **given), None))


def test_a_database_elsewhere_that_demands_no_encryption_is_warned_of(tmp_path: Path) -> None:
    asked = {
        _ELSEWHERE: True,
        f"{_ELSEWHERE}?sslmode=verify-full": False,
        "postgresql+psycopg://vcs@127.0.0.1/vcs": False,
        "postgresql+psycopg://vcs@/vcs?host=/run/postgresql": False,
    }
    warned = {
        one: database_in_the_clear(_settings(tmp_path, database_url=one)) is not None
        for one in asked
    }
    assert warned == asked
    assert database_in_the_clear(_settings(tmp_path)) is None


def test_every_secret_must_be_drawn_at_random(tmp_path: Path) -> None:
    weak = {
        "certificate_key": base64.b64encode(bytes(32)).decode(),
        "notify_callback_token": "aaaaaaaaaa",
    }
    for name, secret in weak.items():
        (words,) = weak_secrets(_settings(tmp_path, **{name: secret}))
        assert words.startswith(f"VCS_{name.upper()} is weak")
        assert secret not in words
    drawn = base64.b64encode(bytes.fromhex(_DRAWN)).decode()
    assert not list(weak_secrets(_settings(tmp_path, certificate_key=drawn)))
