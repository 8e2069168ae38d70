"""Where a refusal leads back to: the page of what it concerns, if its reader may open that page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final
from urllib.parse import quote

from fastapi import Request

from api.guards.kept_forms import BUTTONS, SHOWN_AT
from api.guards.menu import SECTIONS
from api.guards.routes import TABLE
from vcs.terms import Role

_CALLED: Final[Mapping[str, str]] = {
    "referrals": "the referral",
    "witness-care": "the sentence",
    "sentences": "the sentence",
    "letters": "the letter",
    "letters-to-others": "the letter",
    "tasks": "the task",
    "victims": "the victim",
    "events": "the key event",
    "early-referrals": "what witness care sent",
    "set-aside": "the message",
    "lists": "the list",
    "print-batches": "the print batch",
}
"""What the pages below an address are about, by its first part."""

_IN_THE_MENU: Final = {path: name for section in SECTIONS for name, path in section.pages}


@dataclass(frozen=True, slots=True)
class WayBack:
    """A link. ``text`` says where it leads."""

    href: str
    text: str


def way_back(request: Request, role: str) -> WayBack | None:
    """Return the nearest page of what a refused request concerns; None where there is none.

    A page that is itself refused leads to the one above it.
    """
    route, parts = request.scope.get("route"), request.path_params
    asked = getattr(route, "path", "")
    pages = {rule.path for rule in TABLE if rule.method == "GET" and role in rule.roles}
    for path in _above(asked, is_page=request.method in ("GET", "HEAD")):
        if path in pages and path != "/":
            return WayBack(_filled(path, parts), _text(path))
    return None


def who_may(request: Request, role: str) -> tuple[str, ...]:
    """Return the roles that may use a refused address; none where this reader's role is one."""
    asked = getattr(request.scope.get("route"), "path", "")
    method = "GET" if request.method == "HEAD" else request.method
    rule = next((one for one in TABLE if (one.method, one.path) == (method, asked)), None)
    if rule is None or role in rule.roles:
        return ()
    return tuple(str(one) for one in Role if one in rule.roles)


def _above(asked: str, *, is_page: bool) -> Iterator[str]:
    """Yield the addresses of pages to go back to, the nearest first."""
    if not is_page:
        yield BUTTONS.get(asked) or SHOWN_AT.get(asked) or asked
    parts = asked.strip("/").split("/")
    for length in range(len(parts) - 1, 0, -1):
        yield "/" + "/".join(parts[:length])


def _filled(path: str, parts: Mapping[str, object]) -> str:
    return path.format(**{name: quote(str(part), safe="") for name, part in parts.items()})


def _text(path: str) -> str:
    if path in _IN_THE_MENU:
        return f"Go to {_IN_THE_MENU[path]}"
    first = path.strip("/").split("/")[0]
    return f"Go back to {_CALLED.get(first, 'the page before')}"
