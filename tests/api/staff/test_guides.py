"""A guide of one page for each role, for anyone."""

from __future__ import annotations

import pytest

from api.staff.words.guides import GUIDE_OF, GUIDES
from tests.api.office import Office
from vcs.terms import Role


def test_every_role_has_a_guide_and_every_guide_a_role() -> None:
    assert set(GUIDE_OF) == set(Role)
    assert set(GUIDE_OF.values()) == set(GUIDES)


@pytest.mark.parametrize("role", Role)
def test_whoever_is_signed_in_reads_their_own(office: Office, role: Role) -> None:
    assert 'href="/guide"' in office.person(role).get("/").text
    assert office.person(role).get("/guide").headers["location"] == f"/guide/{GUIDE_OF[role]}"


def test_somebody_new_reads_each_from_the_sign_in_page(office: Office) -> None:
    somebody = office.visitor()
    assert 'href="/guide/witness-care"' in somebody.get("/sign-in").text
    for name, guide in GUIDES.items():
        assert guide.task in somebody.get(f"/guide/{name}").text
    assert somebody.get("/guide/nobody").status_code == 404
