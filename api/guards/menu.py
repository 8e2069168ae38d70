"""The menu: its pages by section, in the order they are shown. A role sees what it may open.

A section is opened by its first page that a role may open. What a unit uses most is a section of
its own, or the first page of one, so that it is one click from everywhere.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from api.guards.routes import TABLE
from vcs.terms import Role


@dataclass(frozen=True, slots=True)
class Section:
    """Pages that belong together. ``name`` is shown where a role may open two or more of them."""

    name: str
    pages: tuple[tuple[str, str], ...]


def _alone(name: str, path: str) -> Section:
    return Section(name, ((name, path),))


SECTIONS: Final = (
    Section(
        "Worklist",
        (
            ("Worklist", "/"),
            ("What we sent", "/what-we-sent"),
            ("Clocks", "/clocks"),
            ("Needs", "/needs-actions"),
            ("Early referrals", "/early-referrals"),
            ("Sentences", "/sentences"),
        ),
    ),
    Section(
        "Consult a unit",
        (("Consult a unit", "/consult"), ("What you asked, and the answers", "/consult/asked")),
    ),
    _alone("Today", "/today"),
    _alone("Tasks", "/tasks"),
    Section(
        "Not read",
        (("Not read", "/set-aside"), ("Letters that nobody knows", "/unknown-letters")),
    ),
    _alone("Key events", "/events"),
    Section(
        "Letters",
        (
            ("Letters", "/letters"),
            ("Print batches", "/print-batches"),
            ("Returned letters", "/returned-letters"),
            ("Letters to partners", "/letters-to-others"),
            ("Letters read twice", "/dip-samples"),
        ),
    ),
    _alone("Officers", "/officers"),
    Section(
        "Ledger",
        (
            ("Ledger", "/ledger"),
            ("Lists", "/lists"),
            ("Certificates", "/certificates"),
            ("Feeds", "/feeds"),
        ),
    ),
    Section(
        "Measures",
        (
            ("Measures", "/measures"),
            ("Delays", "/delays"),
            ("In their words", "/quality"),
            ("Do alerts help?", "/alert-effect"),
            ("Try another law", "/wind-tunnel"),
        ),
    ),
    Section(
        "Oversight",
        (("Unusual reading", "/reading"), ("Inspection samples", "/inspections")),
    ),
    Section(
        "Access",
        (
            ("Accounts", "/accounts"),
            ("Feed clients", "/clients"),
            ("Units", "/units"),
            ("Witness care units", "/witness-care-units"),
            ("Partner offices", "/partner-offices"),
            ("How it runs", "/running"),
        ),
    ),
    _alone("Training", "/training"),
)

MOST_IN_ONE_ROW: Final = 9
"""A role with no more pages than this has them side by side, without sections."""

# Their first page has a name of its own in the menu.
_OTHER_FIRST_PAGE = (Role.PRACTITIONER, Role.INSPECTOR)

_UNDER_THE_FIRST_PAGE = ("/referrals/", "/witness-care/", "/victims/")


@dataclass(frozen=True, slots=True)
class Item:
    """One link. ``current`` is this very page; ``active`` is a page below it, or of its section."""

    text: str
    href: str
    active: bool
    current: bool


@dataclass(frozen=True, slots=True)
class Menu:
    """The links at the top; and those of the section that this page is in, or none."""

    top: tuple[Item, ...] = ()
    section: str = ""
    below: tuple[Item, ...] = ()


def allowed(role: str | None) -> frozenset[str]:
    """Return the addresses of the access table that a role may use, for pages to offer."""
    return frozenset(rule.path for rule in TABLE if role in rule.roles)


def menu(role: str | None, path: str) -> Menu:
    """Return the menu of a role on a page: the pages of the access table that it may open."""
    sections = _open_to(role)
    here = _page_of(path, sections)
    pages = [page for section in sections for page in section.pages]
    if len(pages) <= MOST_IN_ONE_ROW:
        return Menu(tuple(_item(name, href, href == here, path) for name, href in pages))
    top, found = [], Menu()
    for section in sections:
        is_here = here in [href for _, href in section.pages]
        name, href = section.pages[0]
        is_alone = len(section.pages) == 1
        top.append(_item(name if is_alone else section.name, href, is_here, path))
        if is_here and not is_alone:
            below = tuple(_item(name, href, href == here, path) for name, href in section.pages)
            found = Menu((), section.name, below)
    return replace(found, top=tuple(top))


def _open_to(role: str | None) -> list[Section]:
    open_to_role = allowed(role)
    if role in _OTHER_FIRST_PAGE:
        open_to_role -= {"/"}
    kept = [
        Section(one.name, tuple(page for page in one.pages if page[1] in open_to_role))
        for one in SECTIONS
    ]
    return [one for one in kept if one.pages]


def _item(text: str, href: str, is_active: bool, path: str) -> Item:
    return Item(text, href, active=is_active, current=path == href)


def _page_of(path: str, sections: list[Section]) -> str | None:
    """Return the page of the menu that an address is, or is below."""
    pages = [href for section in sections for _, href in section.pages]
    under = [href for href in pages if path == href or path.startswith(f"{href}/")]
    if under:
        return max(under, key=len)
    return "/" if path.startswith(_UNDER_THE_FIRST_PAGE) and "/" in pages else None
