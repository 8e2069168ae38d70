"""Accounts and clients at the command line: listed, disabled, reset; nothing secret twice."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from sqlmodel import select
from typer.testing import CliRunner

from api.cli import app
from tests.conftest import SEALING_KEY, SIGNING_KEY
from vcs import clock
from vcs.access.clients import verify_client
from vcs.access.records import Account, AuditEntry, FeedClient
from vcs.access.signing_in.sign_in import Typed, sign_in, signed_in
from vcs.database import Database, connect
from vcs.errors import Conflict, NotFound, NotValid
from vcs.settings import Settings

RUN = CliRunner()

ADA, VERA = "ada@example.org", "vera@example.org"

PASSWORD = "correct horse battery staple"


def ran(*arguments: str) -> str:
    """Run the command, which must end well, and return what it printed."""
    found = RUN.invoke(app, [*arguments], catch_exceptions=False)
    assert found.exit_code == 0, found.output
    return found.stdout


@pytest.fixture
def db(tmp_path: Path, sqlite_template: Path, monkeypatch: pytest.MonkeyPatch) -> Database:
    """Return a database with an administrator and an officer, which the command is pointed at."""
    (tmp_path / "vcs.sqlite3").write_bytes(sqlite_template.read_bytes())
    given = {"DATA_DIR": str(tmp_path), "SEALING_KEYS": SEALING_KEY, "SIGNING_KEY": SIGNING_KEY}
    for name, value in given.items():
        monkeypatch.setenv(f"VCS_{name}", value)
    ran("users", "add", ADA, "--name", "Ada", "--role", "administrator", "--password", PASSWORD)
    officer = ("--name", "Vera", "--role", "vlo", "--region", "N55", "--password", PASSWORD)
    ran("users", "add", VERA, *officer)
    return connect(Settings.load())


def signs_in(db: Database, email: str, password: str) -> bool:
    try:
        sign_in(db, Typed(email, password), clock.now())
    except NotValid:
        return False
    return True


def events(db: Database) -> list[str]:
    with db.reading() as session:
        return list(session.exec(select(AuditEntry.event).order_by("seq")))


def test_users_are_listed_as_a_table_and_as_json_without_secrets(db: Database) -> None:
    table, listed = ran("users", "list"), ran("users", "list", "--json")
    assert table.split("\n")[0].split() == [
        "EMAIL",
        "NAME",
        "ROLE",
        "REGION",
        "POLICE",
        "AREA",
        "STATE",
    ]
    assert [(one["email"], one["region"], one["state"]) for one in json.loads(listed)] == [
        (ADA, None, "active"),
        (VERA, "N55", "active"),
    ]
    with db.reading() as session:
        hashes = list(session.exec(select(Account.password_hash)))
    assert not [found for found in hashes if found in table + listed]


def test_disabling_ends_the_sign_ins_and_repeating_is_harmless(db: Database) -> None:
    begun = sign_in(db, Typed(VERA, PASSWORD), clock.now())
    assert "Disabled vera@example.org." in ran("users", "disable", "VERA@example.org")
    assert "already" in ran("users", "disable", VERA)
    with db.reading() as session:
        assert signed_in(session, begun.id, clock.now()) is None
    assert not signs_in(db, VERA, PASSWORD)
    assert events(db).count("account.disabled") == 1
    assert "disabled" in ran("users", "list")


def test_the_last_active_administrator_cannot_be_disabled(db: Database) -> None:
    with pytest.raises(Conflict, match="only administrator"):
        ran("users", "disable", ADA)


def test_a_reset_unlocks_and_prints_a_new_password_once(db: Database) -> None:
    for _ in range(10):
        assert not signs_in(db, VERA, "a wrong password")
    assert not signs_in(db, VERA, PASSWORD)
    assert "locked" in ran("users", "list")
    made = ran("users", "reset", VERA).rsplit(" ", 1)[1].strip()
    assert signs_in(db, VERA, made)
    assert not signs_in(db, VERA, PASSWORD)
    assert "account.password_set" in events(db)


def test_a_disabled_account_is_opened_only_where_that_is_said(db: Database) -> None:
    ran("users", "disable", VERA)
    with pytest.raises(Conflict, match="--enable"):
        ran("users", "reset", VERA, "--password", "another good password")
    ran("users", "reset", VERA, "--enable", "--password", "another good password")
    assert signs_in(db, VERA, "another good password")
    assert events(db)[-1] == "signed_in"
    assert "account.enabled" in events(db)


@pytest.mark.parametrize("verb", ["disable", "reset"])
@pytest.mark.parametrize("what", ["users", "clients"])
def test_a_name_that_nobody_has_is_refused(db: Database, what: str, verb: str) -> None:
    with pytest.raises(NotFound, match=r"^There is no"):
        ran(what, verb, "nobody@example.org")


def test_a_client_is_listed_reset_and_disabled_by_name_or_id(db: Database) -> None:
    made = json.loads(ran("clients", "add", "Leeds courts"))
    old, its_id = made["client_secret"], made["client_id"]
    listed = ran("clients", "list") + ran("clients", "list", "--json")
    assert its_id in listed
    assert old not in listed
    again = json.loads(ran("clients", "reset", "Leeds courts"))
    assert again["client_id"] == its_id
    with db.reading() as session:
        assert verify_client(session, its_id, old) is None
        assert verify_client(session, its_id, again["client_secret"]) is not None
        assert session.exec(select(FeedClient)).one().secret_hash not in listed
    ran("clients", "disable", its_id)
    assert "Already" in ran("clients", "disable", "Leeds courts")
    assert json.loads(ran("clients", "list", "--json"))[0]["state"] == "disabled"
    with pytest.raises(Conflict, match="--enable"):
        ran("clients", "reset", its_id)
    assert events(db)[-3:] == ["client.added", "client.secret_set", "client.disabled"]


def test_a_name_that_two_clients_have_must_be_said_by_id(db: Database) -> None:
    first = json.loads(ran("clients", "add", "Same name"))
    ran("clients", "add", "Same name")
    with pytest.raises(Conflict, match="client id"):
        ran("clients", "disable", "Same name")
    ran("clients", "disable", first["client_id"])
