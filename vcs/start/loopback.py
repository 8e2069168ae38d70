"""What stays on this machine, and what leaves it in the clear."""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Iterator
from typing import Final
from urllib.parse import urlsplit

from sqlalchemy import make_url
from sqlalchemy.exc import ArgumentError

from vcs.settings import Settings

_SMTPS = 465

_ENCRYPTED: Final = ("require", "verify-ca", "verify-full")
"""What a PostgreSQL address must say in ``sslmode``: anything less sends in the clear if asked."""


def is_loopback(host: str) -> bool:
    """Say whether a host is this machine and nothing else."""
    if host.rstrip(".").lower() == "localhost":
        return True
    address = _address(host)
    return address is not None and address.is_loopback


def is_wildcard(host: str) -> bool:
    """Say whether a host stands for every address of this machine, or for every name."""
    address = _address(host)
    return not host or "*" in host or (address is not None and address.is_unspecified)


def open_to_others(settings: Settings, listen_on: str | None) -> Iterator[str]:
    """Say which settings would send or take names and passwords in the clear."""
    host = _host(settings.base_url)
    is_plain = settings.base_url.startswith("http://")
    if is_wildcard(host):
        yield "VCS_BASE_URL names a wildcard host: name the one host that people type."
    elif is_plain and not is_loopback(host):
        yield "VCS_BASE_URL must begin with https:// when it leads beyond this machine."
    smtp = settings.smtp_host
    if smtp and not (is_loopback(smtp) or settings.starttls or settings.smtp_port == _SMTPS):
        yield (
            "VCS_SMTP_STARTTLS must not be off when VCS_SMTP_HOST is another machine: mail would "
            "travel in the clear."
        )
    yield from _plain_services(settings)
    if listen_on is not None:
        yield from _listening(listen_on, is_plain and is_loopback(host))


def database_in_the_clear(settings: Settings) -> str | None:
    """Warn of a database on another machine whose address does not demand encryption.

    A warning: a network of its own, such as that of containers, may be what keeps others out.
    """
    if _database_elsewhere(settings.database_url) and not _sslmode(settings.database_url):
        return (
            "VCS_DATABASE_URL leads to another machine and does not say sslmode=verify-full: what "
            "is held may travel in the clear."
        )
    return None


def _plain_services(settings: Settings) -> Iterator[str]:
    if settings.notify_api_key and _leads_out_plainly(settings.notify_url):
        yield (
            "VCS_NOTIFY_URL must begin with https:// when it leads beyond this machine: letters "
            "would travel in the clear."
        )
    mode = _sslmode(settings.database_url)
    if mode and mode not in _ENCRYPTED and _database_elsewhere(settings.database_url):
        yield (
            "VCS_DATABASE_URL must say sslmode=verify-full, or leave it out, when it leads to "
            "another machine: what is held would travel in the clear."
        )


def _leads_out_plainly(url: str) -> bool:
    return url.startswith("http://") and not is_loopback(_host(url))


def _database_elsewhere(url: str) -> bool:
    try:
        made = make_url(url)
    except ArgumentError:
        return False  # which is said elsewhere
    hosts = made.query.get("host", made.host or "")
    if made.get_backend_name() != "postgresql":
        return False
    each = hosts.split(",") if isinstance(hosts, str) else hosts
    # A folder is that of a socket of this machine, and so is no host at all.
    return any(one and not one.startswith("/") and not is_loopback(one) for one in each)


def _sslmode(url: str) -> str:
    try:
        said = make_url(url).query.get("sslmode", "")
    except ArgumentError:
        return ""
    return said if isinstance(said, str) else said[-1]


def _listening(host: str, is_plain: bool) -> Iterator[str]:
    if is_wildcard(host):
        yield "The --host to listen on is a wildcard: name one address of this machine."
    elif is_plain and not is_loopback(host):
        yield "VCS_BASE_URL must begin with https:// when --host lies beyond this machine."


def _host(url: str) -> str:
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""


def _address(host: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    plain = host.strip("[]").partition("%")[0]
    try:
        return ipaddress.ip_address(plain)
    except ValueError:
        pass
    try:
        # Short forms that the machine takes too: 0, 127.1.
        return ipaddress.IPv4Address(socket.inet_aton(plain))
    except OSError:
        return None
