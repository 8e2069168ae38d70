"""A decision can be made again as at any day, from the facts and rules it was made on."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import text

from tests.journeys.world import ELIGIBLE, FRIDAY_20_MARCH, NOT_ELIGIBLE, World, told
from vcs.errors import NotFound
from vcs.referrals.replay import replay
from vcs.sentences.replay import Replayed

SATURDAY_4_APRIL, SUNDAY_5_APRIL = date(2026, 4, 4), date(2026, 4, 5)


@pytest.fixture
def changed(world: World) -> World:
    """Return a world where a decision was superseded half an hour into a Sunday in London."""
    world.court_tells(told(FRIDAY_20_MARCH, ("Madeup", *ELIGIBLE)))
    world.clock.move_to(datetime(2026, 4, 4, 23, 30, tzinfo=UTC))
    world.court_tells(told(FRIDAY_20_MARCH, ("Madeup", *NOT_ELIGIBLE), shared_at="17:30:00"))
    return world


def replayed(world: World, as_at: date | None = None, reference: str = "") -> Replayed:
    with world.db.reading() as session:
        return replay(session, reference or world.only_referral(), as_at)


def outcome(found: Replayed) -> str:
    assert found.again is not None
    return str(json.loads(found.again)["outcome"])


def test_it_gives_the_same_bytes_on_every_day(changed: World) -> None:
    for day in (FRIDAY_20_MARCH, SATURDAY_4_APRIL, SUNDAY_5_APRIL, None):
        found = replayed(changed, day)
        assert found.is_same
        assert found.again == found.stored
        assert found.difference() == []


def test_it_is_the_decision_that_stood_on_that_day_in_london(changed: World) -> None:
    assert outcome(replayed(changed, FRIDAY_20_MARCH)) == "statutory"
    assert outcome(replayed(changed, SATURDAY_4_APRIL)) == "statutory"
    assert outcome(replayed(changed, SUNDAY_5_APRIL)) == "not_eligible"
    assert outcome(replayed(changed)) == "not_eligible"


def test_before_there_was_a_decision_there_is_none_to_make_again(changed: World) -> None:
    with pytest.raises(NotFound, match="Nothing had been decided"):
        replayed(changed, date(2026, 3, 19))
    with pytest.raises(NotFound, match="no sentence or referral"):
        replayed(changed, None, "VCS-0000-0000")


def test_a_sentence_answers_to_its_own_reference_too(changed: World) -> None:
    (sentence,) = changed.sentences()
    assert replayed(changed, None, sentence.reference) == replayed(changed)


def test_the_rule_set_is_that_of_the_decision_and_not_that_of_the_day(changed: World) -> None:
    _alter(changed, "UPDATE decision SET rule_set = 'cjcsa-2000'")
    found = replayed(changed)
    assert not found.is_same
    assert any("cjcsa-2000" in line for line in found.difference())


def test_what_an_older_program_decided_is_told_and_never_rewritten(changed: World) -> None:
    _alter(
        changed, "UPDATE decision SET decision = replace(decision, 'not_eligible', 'cannot_tell')"
    )
    found = replayed(changed)
    assert not found.is_same
    assert "cannot_tell" in "".join(line for line in found.difference() if line.startswith("-"))
    assert replayed(changed).stored == found.stored


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ("UPDATE decision SET rule_set = 'of nowhere'", "no rule set called of nowhere"),
        ("UPDATE decision SET facts = '{}'", r"cannot read the stored facts \(KeyError\)"),
        ("UPDATE decision SET facts = 'nonsense'", "cannot read the stored facts"),
    ],
)
def test_what_cannot_be_made_again_says_why(changed: World, change: str, problem: str) -> None:
    import re

    _alter(changed, change)
    found = replayed(changed)
    assert (found.again, found.is_same) == (None, False)
    assert re.search(problem, found.difference()[0])


def _alter(world: World, change: str) -> None:
    with world.db.engine.begin() as connection:
        connection.execute(text(change))
