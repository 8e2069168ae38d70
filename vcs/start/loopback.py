"""What stays on this machine, and what leaves it in the clear."""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Iterator
from urllib.parse import urlsplit

from vcs.settings import Settings

_SMTPS = 465


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
    if listen_on is not None:
        yield from _listening(listen_on, is_plain and is_loopback(host))


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
