"""A letter never tells what nobody may hear yet: news under embargo, or held for a family."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlmodel import select

from tests.events.told import RANG, decide, tell
from tests.journeys.test_victim_to_choice import approve, open_letter, post
from tests.journeys.world import World, a_victim, told
from tests.post.test_drafts import happens, letters
from tests.victims.test_preferences import say
from vcs.consequences.embargoes import set_embargo
from vcs.errors import Conflict
from vcs.events.embargo import Embargo, end_embargo
from vcs.events.records import EventKind, KeyEvent
from vcs.events.sets.split import split_set
from vcs.post.gate import HoldKind, LetterHeld
from vcs.post.posting import MustNotLeave
from vcs.post.records import LetterRecord, LetterStatus
from vcs.terms import Role
from vcs.victims.preferences.records import Rule, Way

WAITS = "Nobody may be told yet of what this letter is about"


@pytest.fixture
def family(world: World) -> tuple[World, str, str]:
    """Return the world with two victims of one offender, of whom the first chose letters only."""
    world.court_tells(told())
    first = world.refer()
    where = {"address_lines": ("5 Other Road", "Leeds"), "email": ""}
    second = world.refer(entry=a_victim(name="Sam Sister", phone="0113 496 0666", **where))
    say(world, first, Way.POST, Rule.ONLY)
    return world, first, second


def the_draft(world: World, kind: str) -> str:
    world.sweep()
    drafts = [one for one in letters(world) if one.kind == kind]
    return min(drafts, key=lambda one: one.victim_id or 0).reference


def embargoed(world: World, event: str) -> None:
    until = Embargo(world.today + timedelta(days=9), "12:00", "Canary: the Board asks for it")
    with world.db.writing() as session:
        set_embargo(world.work(session, world.people[Role.MANAGER]), event, until)


def test_an_embargo_takes_back_what_was_approved_and_holds_what_was_drafted(
    family: tuple[World, str, str],
) -> None:
    world, _, _ = family
    event = happens(world, EventKind.PAROLE_DECISION)
    letter = the_draft(world, "parole-decision")
    approve(world, letter)
    with world.db.writing() as session:
        split_set(world.work(session, world.people[Role.MANAGER]), event, "One is abroad.")
    open_letter(world, letter)
    embargoed(world, event)
    # It may lie printed: it is withdrawn, and somebody takes it out of the tray.
    (taken_back,) = letters(world, LetterStatus.WITHDRAWN)
    assert taken_back.reference == letter
    assert taken_back.withdrawn_reason == "Nobody may be told yet of what it is about."
    assert open_letter(world, letter).pdf is None
    with pytest.raises(MustNotLeave):
        post(world, letter, world.today)
    world.sweep()
    assert any("Take it out of the post" in one.question for one in world.tasks())

    draft = the_draft(world, "parole-decision")
    with pytest.raises(LetterHeld, match=WAITS) as held:
        approve(world, draft)
    assert "embargo" not in str(held.value)
    # On the day itself nobody may be told before the hour: the letter leaves once it is over.
    world.clock.move_to(world.today + timedelta(days=9))
    with pytest.raises(LetterHeld, match=WAITS):
        approve(world, draft)
    with world.db.writing() as session:
        end_embargo(world.work(session, world.people[Role.MANAGER]), event, "In the Gazette")
    # Nothing but the one that was printed is in its way: a second person says that it did not go.
    with pytest.raises(LetterHeld) as held:
        approve(world, draft)
    assert {one.kind for one in held.value.holds} == {HoldKind.SECOND_LETTER}


def test_a_letter_about_no_event_in_particular_tells_nothing_under_embargo_either(
    family: tuple[World, str, str],
) -> None:
    world, _, _ = family
    event = happens(world, EventKind.RECALLED)
    letter = the_draft(world, "recall")
    embargoed(world, event)
    with world.db.writing() as session:
        kept = session.exec(select(LetterRecord).where(LetterRecord.reference == letter)).one()
        kept.event_id, kept.occasion = None, ""
    with pytest.raises(LetterHeld, match=WAITS):
        approve(world, letter)


def test_what_left_already_cannot_be_put_under_embargo(family: tuple[World, str, str]) -> None:
    world, _, _ = family
    event = happens(world, EventKind.RECALLED)
    letter = the_draft(world, "recall")
    approve(world, letter)
    with world.db.writing() as session:
        split_set(world.work(session, world.people[Role.MANAGER]), event, "One is abroad.")
    post(world, letter, world.today)
    with pytest.raises(Conflict, match="has left already"):
        embargoed(world, event)


def test_one_of_a_family_hears_by_letter_when_the_others_may_be_told(
    family: tuple[World, str, str],
) -> None:
    world, first, second = family
    event = happens(world, EventKind.RECALLED)
    letter = the_draft(world, "recall")
    approve(world, letter)
    assert open_letter(world, letter).why_not[0].startswith(WAITS)
    with pytest.raises(MustNotLeave, match=WAITS):
        post(world, letter, world.today)
    decide(world, event, second, "phone")
    with pytest.raises(MustNotLeave, match=WAITS):
        post(world, letter, world.today)
    decide(world, event, first, "letter", letters_only=True)
    post(world, letter, world.today)

    assert world.problems() == []

    # Who was told already waits for nobody.
    tell(world, event, second, RANG)
    with world.db.writing() as session:
        session.exec(select(KeyEvent)).one().may_tell_at = None
    theirs = next(one for one in letters(world) if one.kind == "recall").reference
    approve(world, theirs)
    post(world, theirs, world.today)
