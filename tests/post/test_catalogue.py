"""A row of the catalogue decides who approves a letter, its languages, what posting it meets."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from tests.journeys.test_victim_to_choice import approve, draft, post
from tests.journeys.world import World, told
from vcs.errors import NotAllowed, NotFound
from vcs.law.deadlines.duties import DUTIES
from vcs.post import catalogue
from vcs.post.catalogue import NOT_TO_BE_OVERRULED, Addressee, Forbidden, LetterPolicy
from vcs.post.holds.hold_kinds import HoldKind
from vcs.post.letters import draft_letter
from vcs.terms import Language, Role

MONDAY_30_MARCH = date(2026, 3, 30)


@pytest.fixture
def victim(world: World) -> str:
    world.court_tells(told())
    world.clock.move_to(date(2026, 3, 26))
    return world.refer()


def change(monkeypatch: pytest.MonkeyPatch, **columns: Any) -> None:
    row, *others = catalogue.CATALOGUE
    assert row.kind == catalogue.INITIAL_CONTACT
    monkeypatch.setattr(catalogue, "CATALOGUE", (replace(row, **columns), *others))


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


def test_every_letter_of_the_catalogue_is_a_row_of_its_own() -> None:
    kinds = [row.kind for row in catalogue.CATALOGUE]
    assert len(kinds) == len(set(kinds)) == 38
    assert len([row for row in catalogue.CATALOGUE if row.to is Addressee.CONTACT]) == 33


@pytest.mark.parametrize("row", catalogue.CATALOGUE, ids=lambda row: row.kind)
def test_a_row_says_why_who_and_from_where(row: LetterPolicy) -> None:
    assert row.purpose
    assert row.owner
    assert row.source
    assert row.confidence in ("high", "medium", "low")
    assert set(row.approved_by) <= {Role.VLO, Role.MANAGER}
    assert set(row.may_be_absent) <= set(row.facts)
    duties = {duty.duty for duty in DUTIES}
    assert {*filter(None, (row.duty,)), *row.duties_too} <= duties


@pytest.mark.parametrize("row", catalogue.CATALOGUE, ids=lambda row: row.kind)
def test_what_nobody_may_overrule_stops_every_letter_to_a_victim(row: LetterPolicy) -> None:
    if row.to is Addressee.CONTACT:
        assert row.stopped_by >= NOT_TO_BE_OVERRULED


PASSES = {
    "opt-out-confirmation": {HoldKind.OPTED_OUT, HoldKind.EARLIER_OPT_OUT},
    "closure": {HoldKind.CLOSED, HoldKind.SENTENCE_ASKED},
    "sentence-changed": {HoldKind.CLOSED, HoldKind.SENTENCE_ASKED},
    "initial-contact": set(),
    "annual": set(),
}


@pytest.mark.parametrize("kind", PASSES)
def test_a_letter_passes_only_the_holds_that_its_row_lets_pass(kind: str) -> None:
    assert set(HoldKind) - catalogue.letter(kind).stopped_by == PASSES[kind]


def test_only_the_hand_overs_may_name_a_hospital() -> None:
    naming = {row.kind for row in catalogue.CATALOGUE if Forbidden.HOSPITAL not in row.forbidden}
    to_victims = {row.kind for row in catalogue.CATALOGUE if row.to is Addressee.CONTACT}
    assert naming & to_victims == {"hospital-managers", "restrictions-ended"}


def test_nobody_but_the_hospital_managers_is_given_a_victims_name_or_address() -> None:
    theirs = {"victim_name", "victim_address"}
    given = {row.kind for row in catalogue.CATALOGUE if theirs & set(row.facts)}
    assert given == {"hospital-managers-notice"}
    for row in catalogue.CATALOGUE:
        if row.to not in (Addressee.CONTACT, Addressee.HOSPITAL_MANAGERS):
            assert {Forbidden.VICTIM_NAME, Forbidden.VICTIM_ADDRESS} <= row.forbidden


def test_a_letter_to_a_victim_never_names_a_prison_or_an_exact_date_of_release() -> None:
    for row in catalogue.CATALOGUE:
        if row.to is Addressee.CONTACT:
            assert {Forbidden.PRISON, Forbidden.EXACT_DATE, Forbidden.MEDICAL} <= row.forbidden
