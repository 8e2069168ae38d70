"""Whatever a page offers somebody, they may open: walked from the first page of each role."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from html import unescape

import pytest

from letters import samples
from tests.api.office import Office
from tests.api.staff.events.test_key_events import PLANNED, recorded
from vcs.terms import Role

_ELSEWHERE = ("/static/", "/sign-out", "/assets/")

_EACH = 2
"""How many pages of one kind are opened."""


@pytest.fixture(scope="module", autouse=True)
def _each_sample_is_made_once() -> Iterator[None]:
    """Print each letter of the gallery for the first role who opens it, and not for every role.

    All roles are shown the same file. Whether somebody may open it is asked of each.
    """
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(samples, "one_sample", cache(samples.one_sample))
        yield


@pytest.mark.parametrize("role", list(Role))
def test_no_page_offers_a_link_that_is_refused(office: Office, role: Role) -> None:
    reference, victim, _ = recorded(office)
    officer = office.person(Role.VLO)
    officer.fill(f"/referrals/{reference}/events/new", **PLANNED)
    officer.fill(f"/referrals/{reference}/victims/{victim}/letter", language="en")
    office.person(Role.WITNESS_CARE).fill(
        f"/referrals/{reference}/trace/step", step="officer_in_case", outcome="waiting"
    )
    visitor = office.person(role)
    refused, opened = [], dict[str, int]()
    waiting, seen = ["/"], set[str]()
    while waiting:
        path = waiting.pop()
        if path in seen or opened.get(_kind(path), 0) >= _EACH:
            continue
        seen.add(path)
        opened[_kind(path)] = opened.get(_kind(path), 0) + 1
        answer = visitor.get(path)
        if answer.status_code not in (200, 303):
            refused.append((answer.status_code, path))
        links = re.findall(r'href="(/[^"#]*)', answer.text)
        waiting += [unescape(one) for one in links if not one.startswith(_ELSEWHERE)]
    assert refused == [], refused
    assert len(seen) > 8


def _kind(path: str) -> str:
    """Return a path without its references, and without what is asked after it."""
    return re.sub(r"VCS-[0-9A-Z-]+|\d+", "#", path.partition("?")[0])
