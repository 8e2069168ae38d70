"""A guide of one page for each role, for anyone."""

from __future__ import annotations

import re
from html import unescape

import pytest

from api.commands.table import COMMANDS
from api.staff.service.recommendations import NAMES, RECOMMENDATIONS
from api.staff.words.office.guides import GUIDE_OF, GUIDES
from tests.api.office import Office
from vcs.terms import Role


def test_every_role_has_a_guide_and_every_guide_a_role() -> None:
    assert set(GUIDE_OF) == set(Role)
    assert set(GUIDE_OF.values()) == set(GUIDES)


@pytest.mark.parametrize("role", Role)
def test_whoever_is_signed_in_reads_their_own(office: Office, role: Role) -> None:
    assert 'href="/guide"' in office.person(role).get("/").text
    assert office.person(role).get("/guide").headers["location"] == f"/guide/{GUIDE_OF[role]}"


def test_each_recommendation_names_pages_that_there_are(office: Office) -> None:
    page = office.visitor().get("/recommendations").text
    assert page.count("Take it away with") == len(RECOMMENDATIONS) == 6
    manager = office.person(Role.MANAGER)
    for one in RECOMMENDATIONS:
        for path in one.pages:
            assert NAMES[path] in page
            assert manager.get(path.partition("#")[0]).status_code == 200, path


@pytest.mark.parametrize("role", [None, *Role])
def test_it_links_exactly_the_pages_that_its_reader_may_open(
    office: Office, role: Role | None
) -> None:
    reader = office.person(role) if role else office.visitor()
    page = reader.get("/recommendations").text
    (main,) = re.findall(r"<main.*</main>", page, re.DOTALL)
    linked = {unescape(one) for one in re.findall(r'href="(/[^"]*)"', main)}
    named = {path for one in RECOMMENDATIONS for path in one.pages}
    opened = {path for path in named if reader.get(path.partition("#")[0]).status_code == 200}
    assert linked == opened | {"/check", "/certificates/key.pem"} | (
        {"/training/register.csv"} if "/training/register" in opened else set()
    )
    for path in linked:
        assert reader.get(path.partition("#")[0]).status_code == 200, path
    for path in named - opened:
        assert f"{NAMES[path]} (for: " in main
    shown = {unescape(one) for one in re.findall(r"<a [^>]*>([^<]*)</a>", main)}
    assert shown == {NAMES[path] for path in linked}, "a link is words, not an address"


def test_what_somebody_may_not_open_says_who_may(office: Office) -> None:
    page = office.person(Role.INSPECTOR).get("/recommendations").text
    assert (
        "In their words (for: Victim liaison unit manager, Head of public protection)"
        in unescape(page)
    )
    assert '<a class="govuk-link" href="/inspections">' in page
    assert "Training (for: whoever signs in)" in office.visitor().get("/recommendations").text


def test_each_command_of_a_recommendation_is_one_of_ours() -> None:
    named = {words for one in RECOMMENDATIONS for words in one.commands if words[:4] == "vcs "}
    assert {words.split()[1] for words in named} <= {row.name for row in COMMANDS}


def test_somebody_new_reads_each_from_the_sign_in_page(office: Office) -> None:
    somebody = office.visitor()
    assert 'href="/guide/witness-care"' in somebody.get("/sign-in").text
    for name, guide in GUIDES.items():
        assert guide.task in somebody.get(f"/guide/{name}").text
    assert somebody.get("/guide/nobody").status_code == 404
