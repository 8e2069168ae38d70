"""Whoever makes a row with a reference draws another one where it is taken."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlmodel import Session, SQLModel

from tests.events.told import PLANNED, happens
from tests.journeys.test_victim_to_choice import draft
from tests.journeys.world import NOWHERE, World, a_victim, told, world
from tests.needs.test_needs import FRIDAY_27, action_of
from vcs import tables
from vcs.events.records import KeyEvent
from vcs.needs.records import NeedAction
from vcs.post.records import LetterRecord
from vcs.referrals.officers.assign import take_referral
from vcs.referrals.records import Referral
from vcs.sentences.records import Sentence
from vcs.tables import free_references, table_of
from vcs.tasks.records import Task
from vcs.terms import Role
from vcs.victims.records import PersonRecord, Victim

__all__ = ["world"]

MODELS = (Sentence, Referral, Task, PersonRecord, Victim, LetterRecord, KeyEvent, NeedAction)


def taken(session: Session) -> set[str]:
    return {
        reference
        for model in MODELS
        for reference in session.execute(select(table_of(model).c.reference)).scalars()
    }


def every_kind(world: World) -> None:
    """Make a row of each kind."""
    world.court_tells(told(), told(urn="13EX0000226", hearing_id="lost", court=NOWHERE))
    reference = world.referrals()[0]
    victim = world.refer(reference)
    world.refer(reference, a_victim(name="Olga Other", phone="", email=""))
    with world.db.writing() as session:
        take_referral(world.work(session, world.people[Role.VLO]), reference)
    draft(world, victim)
    happens(world, PLANNED, reference)
    world.clock.move_to(FRIDAY_27)
    action_of(world, victim)


def test_every_maker_looks_in_its_own_table_and_draws_again_where_one_is_taken(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    look, refused = tables._taken, dict[tuple[type[SQLModel], ...], set[str]]()

    def first_is_taken(
        session: Session, drawn: set[str], models: tuple[type[SQLModel], ...]
    ) -> set[str]:
        if models not in refused:
            refused[models] = drawn
            return drawn
        return look(session, drawn, models)

    monkeypatch.setattr(tables, "_taken", first_is_taken)
    every_kind(world)
    assert {model for models in refused for model in models} == set(MODELS)
    with world.db.reading() as session:
        assert taken(session).isdisjoint(set().union(*refused.values()))
    assert world.problems() == []


def test_many_are_each_another_and_none_is_taken(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    world.court_tells(told())
    with world.db.reading() as session:
        held = sorted(taken(session))
        drawn = iter([*held, "VCS-0000-0001", "VCS-0000-0001", *held, "VCS-0000-0002"] + ["x"] * 9)
        monkeypatch.setattr(tables, "new_reference", lambda: next(drawn))
        assert free_references(session, 2, Sentence, Referral) == ["VCS-0000-0001", "VCS-0000-0002"]


def test_nobody_makes_a_row_with_a_reference_that_was_only_drawn() -> None:
    """Only the one place that looks draws; a migration may, as it was before."""
    root = Path(tables.__file__).parent
    drawing = {
        path.relative_to(root).parts[0]
        for path in root.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "new_reference"
    }
    assert drawing == {"tables.py", "migrations"}
