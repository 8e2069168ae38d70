"""Every setting, read once from the environment at start-up and passed in from there."""

from __future__ import annotations

from email.utils import parseaddr
from enum import StrEnum
from pathlib import Path
from typing import Any, Self
from urllib.parse import urlsplit

from pydantic import Field, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from vcs.errors import NotSetUp
from vcs.key_file import held_secret

_OF_NOTIFY = ("notify_api_key", "notify_callback_token", "notify_email_template")

_LOOPBACK = ("localhost", "127.0.0.1", "::1")

SEALING_KEYS, SIGNING_KEY = Path("keys", "sealing.keys"), Path("keys", "signing.key")

CERTIFICATE_KEY = Path("keys", "certificate.key")

"""Where keys are kept in the data folder when the environment gives none."""


class Mode(StrEnum):
    """What the program serves: real work, or training with made-up people only."""

    REAL = "real"
    TRAINING = "training"


_FOLDERS = {Mode.REAL: Path("data"), Mode.TRAINING: Path("training-data")}


def _data_dir(given: dict[str, Any]) -> Path:
    return _FOLDERS[given.get("mode", Mode.REAL)]


def _sealing_keys(given: dict[str, Any]) -> str:
    return held_secret(given["data_dir"] / SEALING_KEYS)


def _signing_key(given: dict[str, Any]) -> str:
    return held_secret(given["data_dir"] / SIGNING_KEY)


def _certificate_key(given: dict[str, Any]) -> str:
    return held_secret(given["data_dir"] / CERTIFICATE_KEY)


def _database_url(given: dict[str, Any]) -> str:
    return f"sqlite:///{Path(given['data_dir']).absolute() / 'vcs.sqlite3'}"


class Settings(BaseSettings):
    """All settings; each is ``VCS_`` and its name in capitals in the environment.

    ``sealing_keys`` is a comma list of Fernet keys, the newest first. Keys that are not given are
    read from ``data_dir/keys``; empty where there are none there either. Reading the settings makes
    no key: ``vcs.start`` does, and only for an empty database.

    ``certificate_key`` signs monthly certificates: 32 bytes in base64, made when the first is.

    ``token_issuer_jwks`` would name an outside issuer of tokens: nothing reads it yet, so that
    ``vcs.start`` refuses it.

    ``mode`` training has a data folder of its own, ``./training-data`` where none is given.

    ``keep_messages_days`` is how many days what a court sent is kept, sealed, after it was read
    or dismissed. Two years: long enough to read it again when a fault of ours, or a change that
    reaches back, comes to light; after that the hash, the receipt, the result and the facts of
    each decision stay. Fewer than 90 days would lose the means to find a miss.
    """

    model_config = SettingsConfigDict(
        env_prefix="VCS_", frozen=True, extra="ignore", hide_input_in_errors=True
    )

    mode: Mode = Mode.REAL
    data_dir: Path = Field(default_factory=_data_dir)
    database_url: str = Field(default_factory=_database_url, repr=False)
    base_url: str = "http://127.0.0.1:8000"
    smtp_host: str | None = None
    smtp_port: int = Field(default=25, ge=1, le=65535)
    smtp_starttls: bool | None = None
    smtp_user: str | None = None
    smtp_password: str | None = Field(default=None, repr=False)
    mail_from: str = "Victim Contact Tracker <no-reply@vcs.invalid>"
    sealing_keys: str = Field(default_factory=_sealing_keys, repr=False)
    signing_key: str = Field(default_factory=_signing_key, repr=False)
    notify_api_key: str | None = Field(default=None, repr=False)
    notify_url: str = "https://api.notifications.service.gov.uk"
    notify_email_template: str | None = None
    notify_callback_token: str | None = Field(default=None, min_length=10, repr=False)
    certificate_key: str = Field(default_factory=_certificate_key, repr=False)
    token_issuer_jwks: str | None = None
    heartbeat_url: str | None = Field(default=None, repr=False)
    keep_messages_days: int = Field(default=730, ge=90, le=36_500)

    @field_validator("mode", mode="before")
    @classmethod
    def _empty_is_real(cls, value: object) -> object:
        return Mode.REAL if value == "" else value

    @property
    def can_email(self) -> bool:
        """Say whether letters in plain text can go by email: Notify's key and template are set."""
        return bool(self.notify_api_key and self.notify_email_template)

    @field_validator("base_url", "notify_url")
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

    @field_validator("heartbeat_url", mode="after")
    @classmethod
    def _web_address(cls, value: str | None) -> str | None:
        parts = urlsplit(value or "")
        if value is not None and (parts.scheme not in ("http", "https") or not parts.hostname):
            raise ValueError("must be an address that starts with http:// or https://")
        return value

    @field_validator(
        "smtp_host", "smtp_user", "smtp_password", "heartbeat_url", *_OF_NOTIFY, mode="before"
    )
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

    def again(self) -> Settings:
        """Read the settings that were not given once more: keys may have been made meanwhile."""
        return type(self)(**{name: getattr(self, name) for name in self.model_fields_set})

    @property
    def sealing_keys_file(self) -> Path | None:
        """Where the sealing keys are kept; None where the environment gives them."""
        given = "sealing_keys" in self.model_fields_set
        return None if given else self.data_dir / SEALING_KEYS

    @property
    def is_training(self) -> bool:
        """Say whether everybody here is made up."""
        return self.mode is Mode.TRAINING

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
