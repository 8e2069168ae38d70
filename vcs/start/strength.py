"""Whether a secret could be guessed: too short, too regular, or one that everybody knows."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Iterator
from itertools import pairwise

from vcs.settings import Settings

SHORTEST = 32
_LEAST_VARIETY = 8
_REGULAR = 0.75
_KNOWN = (
    "changeme", "changethis", "default", "example", "insecure", "password", "placeholder",
    "qwerty", "replaceme", "secretkey", "supersecret", "yoursecret", "yourkey", "123456", "abcdef",
)  # fmt: skip
_PUBLISHED = frozenset(
    (
        "09d25e094faa6ca2556c818166b7a9563b93f7099f6f0f4caa6cf63b88e8d3e7",
        "cw_0x689RpI-jtRR7oE8h_eQsKImvJapLeSbXpwF4e4=",
        "46BKJoQYlPPOexq0OhDZnIlNepKFf87WFwLbfzqDDho=",
        "81HqDtbqAywKSOumSha3BhWNOdQ26slT6K0YaZeZyPs=",
    )
)
"""Keys from the manuals of well-known programs."""


def weak_secrets(settings: Settings) -> Iterator[str]:
    """Say which secrets are weak, by the names of their settings."""
    signing = settings.signing_key
    sealing = [key.strip() for key in settings.sealing_keys.split(",") if key.strip()]
    if signing and len(signing) < SHORTEST:
        yield (f"VCS_SIGNING_KEY is too short: set at least {SHORTEST} characters drawn at random.")
    elif signing and _is_weak(signing.encode()):
        yield (
            "VCS_SIGNING_KEY is weak, because it is regular or well known: set one that is drawn "
            "at random."
        )
    if any(_is_weak(_bytes_of(key)) or key in _PUBLISHED for key in sealing):
        yield (
            "VCS_SEALING_KEYS holds a weak key, because it is regular or well known: set one that "
            "is drawn at random."
        )
    for name, secret in _others(settings):
        if _is_weak(secret):
            yield (
                f"{name} is weak, because it is regular or well known: set one that is drawn at "
                "random."
            )
    if signing in sealing:
        yield "VCS_SIGNING_KEY and VCS_SEALING_KEYS are the same: set a key of its own for each."


def _others(settings: Settings) -> Iterator[tuple[str, bytes]]:
    yield "VCS_CERTIFICATE_KEY", _bytes_of(settings.certificate_key)
    yield "VCS_NOTIFY_CALLBACK_TOKEN", (settings.notify_callback_token or "").encode()


def _bytes_of(key: str) -> bytes:
    try:
        return base64.b64decode(key, altchars=b"-_" if {*key} & {*"-_"} else None)
    except (ValueError, binascii.Error):
        return b""  # of another shape, which is said elsewhere


def _is_weak(secret: bytes) -> bool:
    return bool(secret) and (_is_regular(secret) or _is_known(secret))


def _is_regular(secret: bytes) -> bool:
    if len(set(secret)) < _LEAST_VARIETY:
        return True
    half = len(secret) // 2
    if any(secret[n:] == secret[:-n] for n in range(1, half + 1)):
        return True
    steps = [abs(after - before) for before, after in pairwise(secret)]
    return sum(step <= 1 for step in steps) >= _REGULAR * len(steps)


def _is_known(secret: bytes) -> bool:
    text = secret.decode("ascii", errors="ignore")
    if text in _PUBLISHED:
        return True
    plain = "".join(c for c in text.lower() if c.isalnum())
    return any(word in plain for word in _KNOWN)
