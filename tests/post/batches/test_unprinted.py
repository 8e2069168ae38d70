"""A letter in plain text is in no batch: it is named where batches are made, until it left."""

from __future__ import annotations

from datetime import date

import pytest

from tests.journeys.test_victim_to_choice import CONTENTS, post
from tests.journeys.world import World, a_victim
from tests.post.batches.a_batch import OPERATOR, approved, office
from tests.victims.test_one_person import change
from vcs.access.work import Work
from vcs.errors import NotValid
from vcs.law.deadlines.duties import FIRST_CONTACT
from vcs.post import letters
from vcs.post.batches import fill
from vcs.post.batches.unprinted import unprinted
from vcs.post.language.formats import Written
from vcs.post.letters import MadeLetter
from vcs.post.notify import give
from vcs.terms import LetterFormat, LetterLanguage, Role


def in_plain_text(world: World) -> tuple[str, str]:
    """Return a victim who needs plain text, and an approved letter in it."""
    office(world)
    needs = "Plain text by email, for a screen reader"
    victim = world.refer("", a_victim(format_needs=needs))
    how = Written(LetterLanguage.ENGLISH, LetterFormat.TEXT, needs)
    with world.db.writing() as session:
        work = world.work(session, world.people[Role.VLO])
        letter = letters.draft_letter(work, victim, "initial-contact", how).reference
    with world.db.writing() as session:
        work = world.work(session, world.people[Role.VLO])
        letters.save_approved_letter(work, letter, MadeLetter(b"Dear Ms Canary", "v1", CONTENTS))
    return victim, letter


def named(world: World, who: Role | None = None, region: str | None = None) -> list[str]:
    with world.db.reading() as session:
        actor = world.people[who] if who else None
        return [one.reference for one in unprinted(session, actor, region)]


def first_contacts(world: World) -> list[date | None]:
    found = [one.met_on for one in world.view().deadlines if one.duty == FIRST_CONTACT]
    return sorted(found, key=str, reverse=True)


def test_it_is_in_no_batch_and_with_no_notify_but_is_named_until_it_left(world: World) -> None:
    _, letter = in_plain_text(world)
    approved(world, "Bea Printed")
    assert named(world) == named(world, Role.MANAGER) == [letter]
    with world.db.writing() as session:
        work = Work(session, world.sealer, OPERATOR, world.clock.now())
        assert give.give(work, None).taken == 1
        assert fill.waiting(session, None, None) == 0
    assert first_contacts(world) == [None, None]
    post(world, letter, world.today)
    assert first_contacts(world) == [None, world.today]
    assert named(world) == []


def test_what_holds_it_stops_it_like_any_other_letter(world: World) -> None:
    victim, letter = in_plain_text(world)
    change(world, victim, salutation="Dr Canary-Name")
    with pytest.raises(NotValid, match="Pull this letter"):
        post(world, letter, world.today)


def test_it_is_named_to_its_own_region_alone(world: World) -> None:
    _, letter = in_plain_text(world)
    assert named(world, region="N03") == []
    with world.db.reading() as session:
        abroad = world.hire(Role.MANAGER, "Ffion", "N03")
        assert unprinted(session, abroad, "N03") == ()
    assert named(world) == [letter]
