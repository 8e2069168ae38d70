"""Each story is told on both kinds of database between some runs, and in the suite once."""

from __future__ import annotations

import pytest

from tests.services.databases import KINDS, ONE, OTHER, is_in, is_told, share_of

STORIES = [f"tests/referrals/test_{n}.py::test_a_story[KIND-{n}]" for n in range(40)]


@pytest.mark.parametrize("room", ["referrals", "migrations"])
def test_two_runs_tell_each_story_on_both_and_none_twice(room: str) -> None:
    for story in STORIES:
        for kind in KINDS:
            named = story.replace("referrals", room).replace("KIND", kind)
            told = [is_told(named, kind, run, there=True) for run in (ONE, OTHER)]
            assert told.count(True) == 1


@pytest.mark.parametrize("there", [True, False])
def test_the_suite_tells_every_story(there: bool) -> None:
    for story in STORIES:
        named = {kind: story.replace("KIND", kind) for kind in KINDS}
        assert any(is_told(named[kind], kind, ONE, there=there) for kind in KINDS)
        assert is_told(story, None, ONE, there=there)


def test_about_a_quarter_are_told_on_postgresql() -> None:
    named = [one.replace("KIND", "postgresql") for one in STORIES]
    on_postgresql = [one for one in named if is_told(one, "postgresql", ONE, there=True)]
    assert 5 < len(on_postgresql) < 15


def test_with_no_postgresql_all_are_told_on_sqlite() -> None:
    assert all(
        is_told(one.replace("KIND", "sqlite"), "sqlite", ONE, there=False) for one in STORIES
    )


def test_six_changes_in_a_row_tell_every_story_of_the_other_database_once() -> None:
    shares = [share_of(f"{part}/6") for part in range(1, 7)]
    told = [sum(is_in(share, story) for share in shares) for story in STORIES]
    assert told == [1] * len(STORIES)
    assert all(any(is_in(share, story) for story in STORIES) for share in shares)


@pytest.mark.parametrize("said", ["0/6", "7/6"])
def test_a_share_that_is_none_is_refused(said: str) -> None:
    with pytest.raises(ValueError, match="2/6"):
        share_of(said)
