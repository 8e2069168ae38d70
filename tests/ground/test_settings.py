from __future__ import annotations

import threading
from pathlib import Path

import pytest

from vcs.errors import NotSetUp
from vcs.key_file import kept_secret
from vcs.settings import Settings


def test_reading_the_settings_makes_no_key(tmp_path: Path) -> None:
    made = Settings(data_dir=tmp_path / "data")
    assert (made.sealing_keys, made.signing_key) == ("", "")
    assert list(tmp_path.iterdir()) == []


def test_a_key_is_made_once_and_kept_from_other_users(tmp_path: Path) -> None:
    file = tmp_path / "keys" / "sealing.keys"
    assert kept_secret(file, "first") == kept_secret(file, "second") == "first"
    assert file.stat().st_mode & 0o777 == 0o600
    assert file.parent.stat().st_mode & 0o777 == 0o700
    assert [path.name for path in file.parent.iterdir()] == ["sealing.keys"]


def test_many_who_start_at_once_end_with_one_key(tmp_path: Path) -> None:
    found: set[str] = set()
    file = tmp_path / "keys" / "a.key"
    threads = [
        threading.Thread(target=lambda n=n: found.add(kept_secret(file, f"secret {n}")))
        for n in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 1


def test_a_database_in_the_data_folder_is_the_default(tmp_path: Path) -> None:
    assert Settings(data_dir=tmp_path).database_url == f"sqlite:///{tmp_path / 'vcs.sqlite3'}"


def test_mail_is_encrypted_on_the_way_unless_the_server_is_this_machine(tmp_path: Path) -> None:
    assert Settings(data_dir=tmp_path, smtp_host="mail.example.org").starttls
    assert not Settings(data_dir=tmp_path, smtp_host="127.0.0.1").starttls
    assert Settings(data_dir=tmp_path, smtp_host="127.0.0.1", smtp_starttls=True).starttls


def test_secrets_do_not_show_when_settings_are_printed(tmp_path: Path) -> None:
    made = Settings(
        data_dir=tmp_path,
        smtp_user="u",
        smtp_password="hidden-word",
        sealing_keys="hidden-sealing",
        signing_key="hidden-signing",
    )
    for secret in (made.sealing_keys, made.signing_key, "hidden-word", "sqlite"):
        assert secret not in repr(made)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("VCS_SMTP_PORT", "many"),
        ("VCS_SMTP_PORT", "70000"),
        ("VCS_BASE_URL", "victims.example.org"),
        ("VCS_MAIL_FROM", "nobody"),
        ("VCS_MAIL_FROM", "a@example.org\nBcc: b@example.org"),
    ],
)
def test_a_setting_that_is_wrong_is_named_and_not_repeated(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, name: str, value: str
) -> None:
    monkeypatch.setenv("VCS_DATA_DIR", str(tmp_path))
    monkeypatch.setenv(name, value)
    with pytest.raises(NotSetUp, match=name) as refusal:
        Settings.load()
    assert value not in str(refusal.value)


def test_a_user_without_a_password_is_refused(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("VCS_DATA_DIR", str(tmp_path))
    monkeypatch.setenv("VCS_SMTP_USER", "someone")
    with pytest.raises(NotSetUp, match="VCS_SMTP_PASSWORD"):
        Settings.load()


def test_an_empty_mail_server_is_none(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("VCS_DATA_DIR", str(tmp_path))
    monkeypatch.setenv("VCS_SMTP_HOST", "")
    assert Settings.load().smtp_host is None


def test_a_key_folder_of_no_use_is_named(tmp_path: Path) -> None:
    (tmp_path / "keys").write_text("a file where the folder should be")
    with pytest.raises(NotSetUp, match="key"):
        Settings(data_dir=tmp_path)
