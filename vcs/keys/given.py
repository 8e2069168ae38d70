"""The keys given: from the environment or the key file, made there for an empty database only."""

from __future__ import annotations

import secrets
from datetime import datetime

from cryptography.fernet import Fernet

from vcs.errors import NotStarted
from vcs.key_file import Watch, kept_secret
from vcs.keys import canary
from vcs.keys.canary import Reading
from vcs.sealing import Sealer
from vcs.settings import SIGNING_KEY, Settings


def sealer_of(settings: Settings) -> Sealer | None:
    """Return the sealer of the keys given, or None where none are.

    It follows the key file, so that a running process keeps up with a rotation.
    """
    if not settings.sealing_keys.strip(", "):
        return None
    file = settings.sealing_keys_file
    return Sealer(settings.sealing_keys, Watch(file) if file else None)


def adopt(session: Reading, settings: Settings, now: datetime) -> Settings:
    """Make the keys given the database's own, in the transaction in hand.

    Makes a key where none is given and the database is empty. Returns the settings with the keys.
    Raises NotStarted where the keys do not belong to this database.
    """
    file = settings.sealing_keys_file
    if file and not settings.sealing_keys and canary.is_empty(session):
        kept_secret(file, Fernet.generate_key().decode())
        settings = settings.again()
    sealer = sealer_of(settings)
    problems = canary.problems(session, sealer)
    if problems:
        raise NotStarted(problems)
    if sealer:
        canary.register(session, settings.sealing_keys, now)
    return settings


def with_signing_key(settings: Settings) -> Settings:
    """Return the settings with a signing key, made where there is none.

    ``vcs.start`` has refused already where anybody could hold something that the lost key signed.
    """
    if settings.signing_key:
        return settings
    kept_secret(settings.data_dir / SIGNING_KEY, secrets.token_urlsafe(48))
    return settings.again()
