"""The service's key for certificates: made once, kept like other keys, its public half published.

A signature is checked without this program: ``openssl pkeyutl -verify -pubin -inkey KEY.pem
-rawin -in FILE -sigfile FILE.sig``.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import re
from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    PublicFormat,
    load_pem_public_key,
)
from sqlalchemy import exists
from sqlmodel import Session, col, select

from vcs.errors import NotSetUp, NotValid
from vcs.key_file import kept_secret
from vcs.lists.certificate.records import CertificateRecord
from vcs.settings import CERTIFICATE_KEY, Settings

_LOST = (
    "The key for certificates is missing and certificates were signed with it: put the file "
    "keys/certificate.key back into VCS_DATA_DIR, or set VCS_CERTIFICATE_KEY."
)

_NO_KEY = "This is no public key for certificates: it must be Ed25519, as PEM."

_SEED = 32

_PEM = re.compile(r"-----BEGIN PUBLIC KEY-----.+?-----END PUBLIC KEY-----\n?", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Signer:
    """The key pair. ``key_id`` is the beginning of the SHA-256 of the public key."""

    private: Ed25519PrivateKey

    @property
    def public_pem(self) -> str:
        """Return the public key as PEM."""
        key = self.private.public_key()
        return key.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode("ascii")

    @property
    def key_id(self) -> str:
        """Return the short name of the public key."""
        return key_id_of(self.public_pem)

    def keyed_hash(self, text: str) -> str:
        """Return a hash that only whoever holds the key can make: small counts are soon guessed."""
        key = hashlib.sha256(b"ledger proof" + self.private.private_bytes_raw()).digest()
        return hmac.new(key, text.encode("utf-8"), "sha256").hexdigest()

    def sign(self, content: bytes) -> bytes:
        """Sign bytes: 64 bytes."""
        return self.private.sign(content)


def signer_of(session: Session, settings: Settings) -> Signer:
    """Return the key, made where there is none and nothing was ever signed.

    Raises NotSetUp where it is lost or is no key.
    """
    # Another process may have made it since this one began.
    text = settings.certificate_key or settings.again().certificate_key
    if not text:
        is_used = select(exists().where(col(CertificateRecord.signature).is_not(None)))
        if session.scalar(is_used):
            raise NotSetUp(_LOST)
        fresh = base64.b64encode(Ed25519PrivateKey.generate().private_bytes_raw())
        text = kept_secret(settings.data_dir / CERTIFICATE_KEY, fresh.decode("ascii"))
    return signer_with(text)


def signer_with(text: str) -> Signer:
    """Return the key pair of a private key as it is kept. Raises NotSetUp for what is none."""
    return Signer(_private(text))


def _private(text: str) -> Ed25519PrivateKey:
    try:
        seed = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        seed = b""
    if len(seed) != _SEED:
        raise NotSetUp("VCS_CERTIFICATE_KEY must be 32 bytes in base64.")
    return Ed25519PrivateKey.from_private_bytes(seed)


def key_id_of(public_pem: str) -> str:
    """Return the short name of a public key."""
    return hashlib.sha256(_public(public_pem).public_bytes_raw()).hexdigest()[:16]


def keys_in(text: str) -> tuple[str, ...]:
    """Return each public key of a PEM file, which may hold several with words between."""
    return tuple(_PEM.findall(text))


def is_signed(public_pem: str, content: bytes, signature: bytes) -> bool:
    """Say whether a signature over these bytes was made with the private half of a key."""
    try:
        _public(public_pem).verify(signature, content)
    except InvalidSignature:
        return False
    return True


def _public(public_pem: str) -> Ed25519PublicKey:
    try:
        key = load_pem_public_key(public_pem.encode("ascii"))
    except ValueError:
        raise NotValid(_NO_KEY) from None
    if not isinstance(key, Ed25519PublicKey):
        raise NotValid(_NO_KEY)
    return key
