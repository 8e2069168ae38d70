"""Tokens we sign: bearer tokens for feed clients, and those that a form of our pages carries.

A client's token is short-lived and good for the court feeds only. A form's names the account that
the form was shown to, so that what was typed is given back to nobody else.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
import uuid
from datetime import datetime, timedelta
from functools import lru_cache

import jwt

from vcs.errors import NotAllowed, NotSetUp, NotSignedIn
from vcs.settings import Settings

LIFE_SECONDS = 15 * 60
_ALGORITHM = "HS256"
_AUDIENCE = "vcs-court-feeds"
_REQUIRED = ["exp", "iat", "aud", "iss", "sub", "jti", "kind"]


def key_for(settings: Settings, purpose: str) -> str:
    """Derive a separate key for one purpose from the signing key, as hexadecimal text."""
    if not settings.signing_key:
        raise NotSetUp("VCS_SIGNING_KEY is missing.")
    return _key(settings.signing_key, purpose)


@lru_cache(maxsize=64)
def _key(signing_key: str, purpose: str) -> str:
    secret = signing_key.encode("utf-8")
    return hashlib.blake2b(purpose.encode("ascii"), key=secret[:64]).hexdigest()


def issue(settings: Settings, client_id: str, kind: str, now: datetime) -> str:
    """Sign a token for a client; it is valid for ``LIFE_SECONDS``."""
    claims = {
        "iss": settings.base_url,
        "aud": _AUDIENCE,
        "sub": client_id,
        "kind": kind,
        "iat": now,
        "exp": now + timedelta(seconds=LIFE_SECONDS),
        "jti": uuid.uuid4().hex,
    }
    return jwt.encode(claims, key_for(settings, "feed-token"), algorithm=_ALGORITHM)


def client_of(settings: Settings, header: str, kinds: frozenset[str], now: datetime) -> str:
    """Return the client id in a bearer token.

    Raises NotSignedIn without a good token, NotAllowed for a client of another kind.
    """
    scheme, _, signed = header.partition(" ")
    if scheme.lower() != "bearer" or not signed:
        raise NotSignedIn("Send a bearer token from /oauth2/token.")
    claims = _claims(settings, signed.strip(), now)
    if claims["kind"] not in kinds:
        raise NotAllowed("This client may not use this address.")
    return str(claims["sub"])


def _claims(settings: Settings, signed: str, now: datetime) -> dict[str, object]:
    try:
        claims = _verified(signed, key_for(settings, "feed-token"), settings.base_url)
        began, ends = float(str(claims["iat"])), float(str(claims["exp"]))
    except (jwt.InvalidTokenError, ValueError):
        raise NotSignedIn("The token is not good. Ask for a new one at /oauth2/token.") from None
    if not began - 60 <= now.timestamp() < ends:
        raise NotSignedIn("The token has run out. Ask for a new one at /oauth2/token.")
    return claims


@lru_cache(maxsize=1024)
def _verified(signed: str, key: str, issuer: str) -> dict[str, object]:
    """Return the claims of a valid token. Cached: the caller must check that it has not expired."""
    claims: dict[str, object] = jwt.decode(
        signed,
        key,
        algorithms=[_ALGORITHM],
        audience=_AUDIENCE,
        issuer=issuer,
        # The library asks the machine for the time; ours is passed in.
        options={"require": _REQUIRED, "verify_exp": False, "verify_iat": False},
    )
    return claims


def form_token_of(settings: Settings, account_id: int) -> str:
    """Return a new token for the forms that one sign-in of an account is shown."""
    named = f"{secrets.token_urlsafe(24)}.{account_id}"
    return f"{named}.{_seal_of(settings, named)}"


def account_of_form(settings: Settings, token: str) -> int | None:
    """Return the account that a form with this token was shown to; None where it is not ours."""
    named, _, seal = token.rpartition(".")
    account_id = named.rpartition(".")[2]
    ours = hmac.compare_digest(seal.encode("utf-8"), _seal_of(settings, named).encode("utf-8"))
    return int(account_id) if ours and account_id else None


def _seal_of(settings: Settings, named: str) -> str:
    key = key_for(settings, "form-token").encode("ascii")
    return hmac.new(key, named.encode("utf-8"), hashlib.sha256).hexdigest()
