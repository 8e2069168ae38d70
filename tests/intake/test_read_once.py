"""What is said alike is read once, and a glance takes nothing for well that a walk would not."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from datetime import date
from random import Random
from typing import Any

import pytest

from api.example.messages import as_bytes, result
from tests.intake.platform_shapes import DAY, assault, prison, story, theft
from vcs.intake.common_platform import levels, sifting
from vcs.intake.common_platform.results import judicial_results
from vcs.intake.common_platform.results.judicial_results import Result
from vcs.intake.reading import parse, read
from vcs.intake.values.problems import Problems

BROKEN: tuple[Any, ...] = (None, [], {}, "", 0, True, "words", [None], [{}], {"label": "a"}, ["b"])


def places(value: Any) -> Iterator[tuple[Any, Any]]:
    """Yield every place of a message: what holds it, and its name or number there."""
    for name, held in value.items() if isinstance(value, dict) else enumerate(value):
        yield value, name
        if isinstance(held, dict | list):
            yield from places(held)


def broken(message: Any, chance: Random) -> Any:
    """Return a message with one to three places blank, broken or under another name."""
    changed = copy.deepcopy(message)
    for _ in range(chance.randint(1, 3)):
        holder, name = chance.choice(list(places(changed)))
        if isinstance(holder, dict) and chance.random() < 0.3:
            holder[f"{name}s"] = holder.pop(name)
        else:
            holder[name] = copy.deepcopy(chance.choice(BROKEN))
    return changed


@pytest.mark.parametrize("listed", [False, True])
def test_a_walk_through_everything_finds_what_a_walk_past_the_well_finds(
    listed: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    chance = Random(20260320)  # noqa: S311 - made-up messages, no secret
    told = story(assault(prison(), result("FO", DAY)), theft(prison("8 Months")))
    messages = [broken(told, chance) for _ in range(300)]

    quick = [sifted(one, listed) for one in messages]
    monkeypatch.setattr(sifting, "is_well", lambda *_, **__: False)
    slow = [sifted(one, listed) for one in messages]

    assert quick == slow
    assert 50 < len([one for one in quick if one[0]]) < 300


def sifted(message: Any, listed: bool) -> tuple[str, list[str], Any]:
    """Sift a message; return the problems, the lesser ones, and what is left of it."""
    problems, left = Problems(), copy.deepcopy(message)
    sifting.sift(left, levels.MESSAGE, problems, listed=listed)
    return str(problems), problems.lesser, left


def test_a_yes_and_a_one_are_not_taken_for_each_other() -> None:
    said = {"label": "Something else", "category": "INTERMEDIARY"}

    kinds = [Result(said | {"isConvictedResult": one}).kind for one in (True, 1, False, 0, 1, True)]

    assert kinds[0] == kinds[5] != kinds[1] == kinds[4]
    assert kinds[2] != kinds[3]


def test_what_is_said_at_length_is_not_kept_in_memory() -> None:
    judicial_results._kept.cache_clear()
    told = "The offender must not go to the home of a named person. " * 10

    for words in (told, f"{told} Committed to prison for 2 years."):
        Result({"cjsCode": "1002", "label": "Imprisonment", "resultText": words})
    assert judicial_results._kept.cache_info().currsize == 0

    for _ in range(2):
        Result({"cjsCode": "1002", "label": "Imprisonment", "resultText": "2 years"})
    assert judicial_results._kept.cache_info().currsize == 1


def test_a_value_that_cannot_be_compared_is_read_all_the_same() -> None:
    assert Result({"cjsCode": "1002", "label": ["Imprisonment"]}).kind == "imprisonment"


def test_the_same_result_on_another_day_keeps_its_own_day() -> None:
    said = prison()

    first, second = Result(said, DAY), Result(said, date(2026, 3, 23))  # a Friday, the Monday after

    assert (first.ordered_on, second.ordered_on) == (DAY, date(2026, 3, 23))
    assert first.meaning is second.meaning


@pytest.mark.parametrize("spaces", [b" ", b"\n", b"\r\n", b"\t"])
def test_a_body_with_spaces_anywhere_is_read_as_without(spaces: bytes) -> None:
    body = as_bytes(story(assault(prison())))
    wide = spaces + body.replace(b'":', b'" :' + spaces).replace(b"},{", b"}," + spaces + b"{")

    assert parse(wide) == parse(body)
    assert read(wide) == read(body)


def test_a_result_in_a_part_not_known_is_told_of_where_its_prompts_cannot_be_read() -> None:
    told = story(assault(prison()))
    stray = {"cjsCode": "1050", "label": "With Effect From", "judicialResultPrompts": [None]}
    told["hearing"]["moreResults"] = [stray]

    found = read(as_bytes(told))

    assert "“hearing.moreResults” holds a sentence" in str(found.problem)
    assert len(found.sentenced) == 1
