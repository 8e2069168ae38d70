"""A row of the catalogue decides who approves a letter, its languages, what posting it meets."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from tests.journeys.test_victim_to_choice import approve, draft, post
from tests.journeys.world import World, told
from vcs.errors import NotAllowed, NotFound
from vcs.post import catalogue
from vcs.post.letters import draft_letter
from vcs.terms import Language, Role

MONDAY_30_MARCH = date(2026, 3, 30)


@pytest.fixture
def victim(world: World) -> str:
    world.court_tells(told())
    world.clock.move_to(date(2026, 3, 26))
    return world.refer()


def change(monkeypatch: pytest.MonkeyPatch, **columns: Any) -> None:
    (row,) = catalogue.CATALOGUE
    monkeypatch.setattr(catalogue, "CATALOGUE", (replace(row, **columns),))


def test_who_approves_a_letter_is_its_row(
    world: World, victim: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    letter = draft(world, victim)
    change(monkeypatch, approved_by=(Role.MANAGER,))
    with pytest.raises(NotAllowed):
        approve(world, letter)
    monkeypatch.undo()
    approve(world, letter)


def test_in_which_languages_a_letter_is_written_is_its_row(
    world: World, victim: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    change(monkeypatch, languages=(Language.ENGLISH,))
    with world.db.writing() as session:
        work = world.work(session, world.people[Role.VLO])
        with pytest.raises(NotFound):
            draft_letter(work, victim, catalogue.INITIAL_CONTACT, Language.WELSH)


@pytest.mark.parametrize("duty", ["first-contact", None, "another"])
def test_what_posting_a_letter_meets_is_its_row(
    world: World, victim: str, monkeypatch: pytest.MonkeyPatch, duty: str | None
) -> None:
    change(monkeypatch, duty=duty)
    letter = draft(world, victim)
    approve(world, letter)
    world.clock.move_to(MONDAY_30_MARCH)
    post(world, letter, MONDAY_30_MARCH)
    contact = next(one for one in world.view().deadlines if one.duty == "first-contact")
    assert contact.met_on == (MONDAY_30_MARCH if duty == "first-contact" else None)
