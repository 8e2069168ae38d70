"""Every setting, read once from the environment at start-up and passed in from there."""

from __future__ import annotations

import os
import secrets
from email.utils import parseaddr
from pathlib import Path
from typing import Any, Self

from cryptography.fernet import Fernet
from pydantic import Field, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from vcs.errors import NotSetUp

_LOOPBACK = ("localhost", "127.0.0.1", "::1")


def kept_secret(file: Path, fresh: str) -> str:
    """Return the secret held in a file, putting ``fresh`` there first where there is none.

    Two processes that start at once end with the same secret. Only the owner may read the file.
    """
    try:
        file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        if not file.exists():
            _place(file, fresh)
        return file.read_text(encoding="ascii").strip()
    except OSError as problem:
        raise NotSetUp(f"The key file {file} cannot be used: {problem.strerror}.") from None


def _place(file: Path, text: str) -> None:
    draft = file.with_name(f".{file.name}.{os.getpid()}.{secrets.token_hex(4)}")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as opened:
        opened.write(text + "\n")
        opened.flush()
        os.fsync(opened.fileno())
    try:
        # A link never replaces: whoever comes second keeps the first one's secret.
        os.link(draft, file)
    except FileExistsError:
        pass
    finally:
        draft.unlink()


def _sealing_keys(given: dict[str, Any]) -> str:
    return kept_secret(given["data_dir"] / "keys" / "sealing.keys", Fernet.generate_key().decode())


def _signing_key(given: dict[str, Any]) -> str:
    return kept_secret(given["data_dir"] / "keys" / "signing.key", secrets.token_urlsafe(48))


def _database_url(given: dict[str, Any]) -> str:
    return f"sqlite:///{Path(given['data_dir']).absolute() / 'vcs.sqlite3'}"


class Settings(BaseSettings):
    """All settings; each is ``VCS_`` and its name in capitals in the environment.

    ``sealing_keys`` is a comma list of Fernet keys, the newest first. Keys that are not given are
    made once and kept in ``data_dir/keys``.

    ``keep_messages_days`` is how many days what a court sent is kept, sealed, after it was read
    or dismissed. Two years: long enough to read it again when a fault of ours, or a change that
    reaches back, comes to light; after that the hash, the receipt, the result and the facts of
    each decision stay. Fewer than 90 days would lose the means to find a miss.
    """

    model_config = SettingsConfigDict(
        env_prefix="VCS_", frozen=True, extra="ignore", hide_input_in_errors=True
    )

    data_dir: Path = Path("data")
    database_url: str = Field(default_factory=_database_url, repr=False)
    base_url: str = "http://127.0.0.1:8000"
    smtp_host: str | None = None
    smtp_port: int = Field(default=25, ge=1, le=65535)
    smtp_starttls: bool | None = None
    smtp_user: str | None = None
    smtp_password: str | None = Field(default=None, repr=False)
    mail_from: str = "Victim Contact Tracker <no-reply@vcs.invalid>"
    sealing_keys: str = Field(default_factory=_sealing_keys, repr=False, min_length=1)
    signing_key: str = Field(default_factory=_signing_key, repr=False, min_length=32)
    token_issuer_jwks: str | None = None
    keep_messages_days: int = Field(default=730, ge=90, le=36_500)

    @field_validator("base_url")
    @classmethod
    def _plain_address(cls, value: str) -> str:
        if not value.startswith(("http://", "https://")):
            raise ValueError("must start with http:// or https://")
        return value.rstrip("/")

    @field_validator("mail_from")
    @classmethod
    def _one_sender(cls, value: str) -> str:
        _, address = parseaddr(value)
        if "@" not in address or any(c in value for c in "\r\n"):
            raise ValueError("must be one email address, with or without a name")
        return value

    @field_validator("smtp_host", "smtp_user", "smtp_password", mode="before")
    @classmethod
    def _empty_is_none(cls, value: object) -> object:
        return None if value == "" else value

    @model_validator(mode="after")
    def _password_with_user(self) -> Self:
        if bool(self.smtp_user) != bool(self.smtp_password):
            raise ValueError("VCS_SMTP_USER and VCS_SMTP_PASSWORD must be given together")
        return self

    @classmethod
    def load(cls) -> Settings:
        """Read the environment. Raises NotSetUp naming each setting that is wrong."""
        try:
            return cls()
        except ValidationError as problem:
            named = "; ".join(
                f"VCS_{str(e['loc'][0]).upper() if e['loc'] else 'settings'}: {e['msg']}"
                for e in problem.errors()
            )
            raise NotSetUp(f"The settings are not right. {named}.") from None

    @property
    def mail_dir(self) -> Path:
        """Where emails are written when no mail server is set."""
        return self.data_dir / "mail"

    @property
    def starttls(self) -> bool:
        """Say whether mail must be encrypted on the way: yes, unless the server is this machine."""
        if self.smtp_starttls is None:
            return self.smtp_host not in _LOOPBACK
        return self.smtp_starttls
