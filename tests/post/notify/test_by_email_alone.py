"""Somebody who wants nothing by post and allowed email: plain text by email, and never paper."""

from __future__ import annotations

import pytest
from sqlmodel import select

from tests.journeys.test_victim_to_choice import CONTENTS, draft
from tests.journeys.world import World, told
from tests.post.batches.ways_out import BY_EMAIL, ON_PAPER, goes_out
from tests.victims.test_preferences import say
from vcs.post import letters
from vcs.post.gate import LetterHeld
from vcs.post.language.formats import Written
from vcs.post.letters import MadeLetter
from vcs.post.records import LetterRecord, LetterStatus
from vcs.terms import LetterFormat, LetterLanguage, Role
from vcs.victims.preferences.records import Rule, Way

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)

PLAIN = Written(LetterLanguage.ENGLISH, LetterFormat.TEXT)

TRIED = ("its PDF, to post it", "its PDF, to answer a question", "a new batch", "given to Notify")
"""No batch takes plain text; recording by hand that it left says that somebody emailed it."""


def refers(world: World, *rules: tuple[Way, Rule]) -> str:
    world.court_tells(told())
    victim = world.refer()
    for way, rule in rules:
        say(world, victim, way, rule)
    return victim


def begin(world: World, victim: str, how: Written = PLAIN) -> str:
    with world.db.writing() as session:
        work = world.work(session, world.people[Role.VLO])
        return letters.draft_letter(work, victim, "initial-contact", how).reference


def approve(world: World, letter: str) -> None:
    with world.db.writing() as session:
        work = world.work(session, world.people[Role.VLO])
        letters.save_approved_letter(work, letter, MadeLetter(b"Dear Ms", "v1", CONTENTS))


def out(world: World, letter: str) -> list[str]:
    who = world.people[Role.VLO]
    ways = {name: ON_PAPER[name] for name in TRIED} | BY_EMAIL
    return [name for name, way in ways.items() if goes_out(world, letter, way, who)]


@pytest.mark.parametrize(
    "rules",
    [
        [(Way.POST, Rule.NEVER), (Way.EMAIL, Rule.ALLOWED)],
        [(Way.EMAIL, Rule.ONLY)],
    ],
)
def test_a_plain_text_letter_goes_by_email_and_not_on_paper(
    world: World, rules: list[tuple[Way, Rule]]
) -> None:
    letter = begin(world, refers(world, *rules))
    approve(world, letter)
    # Opened for a question it is read on a screen.
    assert out(world, letter) == ["its PDF, to answer a question", *BY_EMAIL]


@pytest.mark.parametrize(
    "rules",
    [
        [(Way.POST, Rule.NEVER)],
        [(Way.POST, Rule.NEVER), (Way.EMAIL, Rule.NEVER)],
        [(Way.PHONE, Rule.ONLY)],
        [(Way.PHONE, Rule.ONLY), (Way.EMAIL, Rule.ALLOWED)],
    ],
)
def test_nobody_is_emailed_who_did_not_say_that_email_may_be_used(
    world: World, rules: list[tuple[Way, Rule]]
) -> None:
    victim = refers(world, *rules)
    with pytest.raises(LetterHeld):
        begin(world, victim)


def test_a_letter_on_paper_does_not_begin_and_says_that_plain_text_may_go(world: World) -> None:
    victim = refers(world, (Way.POST, Rule.NEVER), (Way.EMAIL, Rule.ALLOWED))
    for form in set(LetterFormat) - {LetterFormat.TEXT}:
        with pytest.raises(LetterHeld, match="plain text may go to them by email"):
            begin(world, victim, Written(LetterLanguage.ENGLISH, form))


def test_taking_the_yes_to_email_back_stops_it_by_every_way(world: World) -> None:
    victim = refers(world, (Way.POST, Rule.NEVER), (Way.EMAIL, Rule.ALLOWED))
    letter = begin(world, victim)
    approve(world, letter)
    say(world, victim, Way.EMAIL, Rule.NEVER)
    assert out(world, letter) == []


def test_a_letter_on_paper_is_withdrawn_and_waits_again_in_plain_text(world: World) -> None:
    victim = refers(world, (Way.EMAIL, Rule.ALLOWED))
    letter = draft(world, victim)
    with world.db.writing() as session:
        work = world.work(session, world.people[Role.VLO])
        letters.save_approved_letter(work, letter, MadeLetter(b"%PDF-1.7", "v1", CONTENTS))
    say(world, victim, Way.POST, Rule.NEVER)
    world.sweep()
    with world.db.reading() as session:
        rows = session.exec(select(LetterRecord)).all()
    (gone,) = [one for one in rows if one.reference == letter]
    assert gone.status == LetterStatus.WITHDRAWN
    waits = [one for one in rows if one.status == LetterStatus.DRAFT]
    assert {one.format for one in waits} == {LetterFormat.TEXT}
