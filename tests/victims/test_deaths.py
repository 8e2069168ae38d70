"""A death is final when two people found it; one person's word stops letters and ends nothing."""

from __future__ import annotations

import pytest
from sqlalchemy import text

from tests.journeys.test_victim_to_choice import draft
from tests.journeys.world import World
from tests.victims.test_family import TUESDAY_24, died, family, mother_and_child
from vcs.access.actors import Actor
from vcs.consequences.deaths import DeathAnswer, answer_about_death
from vcs.errors import Conflict, NotAllowed, NotValid
from vcs.events.updates.owed import why_none
from vcs.post.gate import LetterHeld
from vcs.terms import Role
from vcs.victims.family.deaths import record_death
from vcs.victims.find import find_victim


def questions(world: World) -> list[str]:
    return [one.reference for one in world.tasks() if one.kind == "death_to_confirm"]


def answer(world: World, who: Actor, said: DeathAnswer, how: str = "canary: registrar") -> None:
    (reference,) = questions(world)
    with world.db.writing() as session:
        answer_about_death(world.work(session, who), reference, said, how)


def ends_updates(world: World, victim: str) -> str | None:
    with world.db.writing() as session:
        held, _ = find_victim(session, victim, world.people[Role.MANAGER])
        return why_none(session, world.sealer, held)


def confirmed(world: World, victim: str) -> bool:
    (found,) = [one for one in family(world).members if one.reference == victim]
    return found.life.death_confirmed


def test_one_persons_word_stops_letters_and_ends_nothing(world: World) -> None:
    mother, _ = mother_and_child(world)
    died(world, mother)
    with pytest.raises(LetterHeld, match="has died"):
        draft(world, mother)
    assert ends_updates(world, mother) is None
    assert not confirmed(world, mother)
    (task,) = [one for one in world.tasks() if one.kind == "death_to_confirm"]
    assert "Canary" not in task.question
    world.sweep()
    assert len(questions(world)) == 1


def test_a_second_person_makes_it_final_and_no_officer_alone(world: World) -> None:
    mother, _ = mother_and_child(world)
    died(world, mother)
    with pytest.raises(NotAllowed):
        answer(world, world.people[Role.VLO], DeathAnswer.DIED)
    with pytest.raises(NotValid):
        answer(world, world.people[Role.MANAGER], DeathAnswer.DIED, "  ")
    answer(world, world.people[Role.MANAGER], DeathAnswer.DIED)
    assert confirmed(world, mother)
    assert ends_updates(world, mother) == "deceased"
    assert questions(world) == []
    world.sweep()
    assert questions(world) == []
    with world.db.reading() as session:
        held = session.execute(text("SELECT confirmed_sealed FROM person_death")).scalars().all()
        notes = session.execute(text("SELECT note FROM task")).scalars().all()
    assert b"canary" not in b"".join(bytes(one) for one in held)
    assert "canary" not in str(notes)


def test_whoever_recorded_it_does_not_confirm_it(world: World) -> None:
    mother, _ = mother_and_child(world)
    manager = world.people[Role.MANAGER]
    with world.db.writing() as session:
        record_death(world.work(session, manager), mother, TUESDAY_24, "Her sister rang")
    with pytest.raises(NotValid, match="another manager"):
        answer(world, manager, DeathAnswer.DIED)
    answer(world, world.people[Role.HEAD], DeathAnswer.DIED)
    assert confirmed(world, mother)


def test_a_second_person_who_finds_them_alive_lets_letters_go_again(world: World) -> None:
    mother, _ = mother_and_child(world)
    died(world, mother)
    answer(world, world.people[Role.MANAGER], DeathAnswer.LIVES, "She rang")
    draft(world, mother)
    assert questions(world) == []
    died(world, mother)
    assert len(questions(world)) == 1


def test_a_death_from_before_is_asked_about_by_a_sweep(world: World) -> None:
    mother, _ = mother_and_child(world)
    died(world, mother)
    with world.db.writing() as session:
        session.execute(text("DELETE FROM task WHERE kind = 'death_to_confirm'"))
    assert questions(world) == []
    world.sweep()
    assert len(questions(world)) == 1
    assert world.problems() == []


def test_what_was_settled_meanwhile_is_not_answered_twice(world: World) -> None:
    mother, _ = mother_and_child(world)
    died(world, mother)
    (reference,) = questions(world)
    answer(world, world.people[Role.MANAGER], DeathAnswer.LIVES, "She rang")
    with world.db.writing() as session, pytest.raises(Conflict):
        answer_about_death(
            world.work(session, world.people[Role.HEAD]), reference, DeathAnswer.DIED, "Late"
        )
