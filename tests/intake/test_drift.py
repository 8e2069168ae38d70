"""Parts under other names, moved, wrapped, blank or broken: never read as sentencing nobody."""

from __future__ import annotations

import copy
import random
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from api.example.messages import as_bytes, result
from api.example.shapes import as_copy
from tests.intake.platform_shapes import (
    DAY,
    SHAPES,
    Json,
    assault,
    defendant_of,
    in_topic,
    prison,
    story,
    theft,
)
from vcs.intake.message import READ, SET_ASIDE, MessageRead
from vcs.intake.reading import read
from vcs.law.eligibility import decide
from vcs.terms import Outcome

Shape = Callable[[Json], Json]

in_every_shape = pytest.mark.parametrize("shape", SHAPES.values(), ids=SHAPES)

CARRIERS = ("offences", "judicialResults")

HEARING_CARRIERS = ("prosecutionCases", "defendants", *CARRIERS)


def holders(value: Any, name: str) -> Iterator[dict[str, Any]]:
    """Yield every object that holds a part of this name."""
    if isinstance(value, dict):
        if name in value:
            yield value
        for inner in list(value.values()):
            yield from holders(inner, name)
    elif isinstance(value, list):
        for inner in value:
            yield from holders(inner, name)


def holder(message: Json, name: str) -> dict[str, Any]:
    """Return the first object that holds a part of this name with something in it."""
    found = list(holders(message, name))
    return next((one for one in found if one[name]), found[0])


def read_of(message: Json) -> MessageRead:
    return read(as_bytes(message))


def only_outcome(found: MessageRead) -> Outcome:
    (one,) = found.sentenced
    return decide(one.facts).outcome


def appeal(*results: Json) -> Json:
    """Return a hearing of an application alone, with a cloned offence."""
    made = story(assault(*results))
    told = made["hearing"]
    (case,) = told.pop("prosecutionCases")
    (person,) = case["defendants"]
    subject = {key: person[key] for key in ("masterDefendantId", "personDefendant")}
    told["courtApplications"] = [
        {
            "id": "a1",
            "type": {"type": "Appeal against sentence"},
            "applicationReference": "01AA1234526",
            "subject": {"id": "p1", "masterDefendant": subject},
            "courtApplicationCases": [
                {
                    "prosecutionCaseId": case["id"],
                    "prosecutionCaseIdentifier": case["prosecutionCaseIdentifier"],
                    "offences": person["offences"],
                }
            ],
        }
    ]
    return made


# --- parts under other names


@pytest.mark.parametrize("name", HEARING_CARRIERS)
@pytest.mark.parametrize(
    "spelt",
    [
        lambda name: "charges",
        str.upper,
        lambda name: name.removesuffix("s"),
        lambda name: "".join(f"_{c.lower()}" if c.isupper() else c for c in name) + "_list",
        lambda name: f"{name}V2",
    ],
    ids=["other word", "case", "singular", "snake", "version"],
)
def test_a_part_under_another_name_is_set_aside_and_named(
    name: str, spelt: Callable[[str], str]
) -> None:
    made = story(assault(prison()))
    place = holder(made, name)
    place[spelt(name)] = place.pop(name)

    found = read_of(made)
    assert found.status == SET_ASIDE
    assert f"“{spelt(name)}”" in (found.problem or "")


@in_every_shape
@pytest.mark.parametrize("name", CARRIERS)
def test_every_shape_names_what_is_unknown_and_never_what_it_says(shape: Shape, name: str) -> None:
    made = shape(story(assault(prison(resultText="Canary words"))))
    place = holder(made, name)
    place["outcomes"] = place.pop(name)

    found = read_of(made)
    assert found.status == SET_ASIDE
    assert "“outcomes”" in (found.problem or "")
    assert "Canary" not in (found.problem or "")
    assert "Example" not in (found.problem or "")


@pytest.mark.parametrize("name", ["courtApplications", "courtApplicationCases", *CARRIERS])
def test_an_application_under_other_names_is_set_aside(name: str) -> None:
    made = appeal(prison())
    assert only_outcome(read_of(made)) is Outcome.STATUTORY
    place = holder(made, name)
    place[f"new_{name}"] = place.pop(name)

    found = read_of(made)
    assert (found.status, f"“new_{name}”" in (found.problem or "")) == (SET_ASIDE, True)


def test_a_name_that_could_be_a_persons_is_not_shown() -> None:
    made = story(assault(prison()))
    defendant = defendant_of(made)
    defendant["Vera Victim of Example Street"] = defendant.pop("offences")

    problem = read_of(made).problem or ""
    assert "Vera" not in problem
    assert "a name that is not shown" in problem


def test_one_drift_is_one_problem_however_many_it_meets() -> None:
    one, two = story(assault(prison())), story(assault(prison()), theft(prison()))
    case = two["hearing"]["prosecutionCases"][0]
    case["defendants"].append(copy.deepcopy(case["defendants"][0]))
    for made in (one, two):
        for place in list(holders(made, "judicialResults")):
            place["outcomes"] = place.pop("judicialResults")

    assert read_of(one).problem == read_of(two).problem


# --- parts wrapped, moved, or of another type


@in_every_shape
@pytest.mark.parametrize("name", CARRIERS)
@pytest.mark.parametrize(
    "wrapped",
    [
        lambda held: {"items": held},
        lambda held: {str(n): one for n, one in enumerate(held)},
        lambda held: [held],
        lambda held: [{"item": one} for one in held],
        lambda held: held[0],
        lambda held: as_bytes(held).decode(),
        lambda held: None,
    ],
    ids=["wrapper", "map", "deeper list", "wrapped entries", "no list", "text", "null"],
)
def test_a_list_of_another_form_is_never_read_as_empty(
    shape: Shape, name: str, wrapped: Callable[[Any], Any]
) -> None:
    made = shape(story(assault(prison())))
    place = holder(made, name)
    place[name] = wrapped(place[name])

    found = read_of(made)
    assert (found.status, found.sentenced) == (SET_ASIDE, ())
    assert name in (found.problem or "")


@pytest.mark.parametrize("given", [prison, lambda: result("FO", DAY)], ids=["prison", "fine"])
@pytest.mark.parametrize("name", HEARING_CARRIERS)
def test_a_part_that_was_moved_is_never_overlooked(name: str, given: Callable[[], Json]) -> None:
    made = story(assault(given()))
    made["hearing"]["courtCentre"]["details"] = {name: holder(made, name).pop(name)}

    found = read_of(made)
    assert (found.status, found.sentenced) == (SET_ASIDE, ())


def test_cases_that_are_null_are_not_the_same_as_none() -> None:
    made = story(assault(prison()))
    made["hearing"]["prosecutionCases"] = made["hearing"]["courtApplications"] = None

    assert read_of(made).status == SET_ASIDE


def test_a_copy_of_a_hearing_that_was_only_listed_may_have_no_results_yet() -> None:
    made = as_copy(story(assault()))
    holder(made, "judicialResults")["judicialResults"] = None

    listed = read(as_bytes(in_topic(made, hearingEventType="ConfirmedOrUpdated")))
    resulted = read(as_bytes(in_topic(made)))
    assert (listed.status, listed.problem) == (READ, None)
    assert resulted.status == SET_ASIDE


# --- harmless extras


@in_every_shape
def test_what_is_new_and_harmless_holds_nothing_up(shape: Shape) -> None:
    made = shape(story(assault(prison())))
    for name in ("offences", "judicialResults"):
        place = holder(made, name)
        place |= {"newFlag": True, "newText": "x", "newList": [1, 2], "newPart": {"a": {"b": "c"}}}
    for one in holders(made, "judicialResultPrompts"):
        one["newPart"] = {"deep": [{"x": 1}]}
    for one in holders(made, "promptReference"):
        one["newPart"] = ["x"]

    found = read_of(made)
    assert (found.status, found.problem) == (READ, None)
    assert only_outcome(found) is Outcome.STATUTORY


def test_known_parts_that_nobody_reads_are_no_drift() -> None:
    made = story(assault())
    place = holder(made, "judicialResults")
    place |= {"notifiedPlea": {"notifiedPleaValue": "NOTIFIED_GUILTY"}, "newText": "x"}
    place |= {"reportingRestrictions": [{"label": "x"}], "victims": [{"id": "v"}]}

    assert (read_of(made).status, read_of(made).problem) == (READ, None)


# --- blank and broken entries among healthy ones

BROKEN: list[Any] = [None, {}, "text", 7, True, [], [{}]]


def broken_into(message: Json, name: str, entry: object, *, first: bool) -> None:
    held = holder(message, name)[name]
    held.insert(0 if first else len(held), entry)


@pytest.mark.parametrize("first", [True, False], ids=["first", "last"])
@pytest.mark.parametrize("entry", BROKEN, ids=repr)
@pytest.mark.parametrize(
    "name", [*HEARING_CARRIERS, "judicialResultPrompts", "hearingDays", "courtApplications"]
)
def test_a_broken_entry_does_not_hold_up_the_healthy_ones(
    name: str, entry: object, first: bool
) -> None:
    made = story(assault(prison()))
    made["hearing"]["courtApplications"] = []
    broken_into(made, name, entry, first=first)

    found = read_of(made)
    assert (found.status, found.in_part) == (READ, True)
    assert only_outcome(found) is Outcome.STATUTORY
    assert f"{name}[{1 if first or name == 'courtApplications' else 2}]" in (found.problem or "")


@in_every_shape
@pytest.mark.parametrize("entry", BROKEN, ids=repr)
@pytest.mark.parametrize("name", CARRIERS)
def test_in_every_shape(shape: Shape, name: str, entry: object) -> None:
    made = shape(story(assault(prison())))
    broken_into(made, name, entry, first=False)

    found = read_of(made)
    assert (found.in_part, only_outcome(found)) == (True, Outcome.STATUTORY)


@pytest.mark.parametrize("name", ["courtApplications", "courtApplicationCases", *CARRIERS])
def test_a_broken_entry_in_an_application_holds_up_nothing_either(name: str) -> None:
    made = appeal(prison())
    broken_into(made, name, None, first=False)

    found = read_of(made)
    assert (found.in_part, only_outcome(found)) == (True, Outcome.STATUTORY)


def test_who_cannot_be_told_apart_is_set_aside_beside_the_others() -> None:
    made = story(assault(prison()))
    nobody = copy.deepcopy(defendant_of(made))
    nobody["id"] = nobody["masterDefendantId"] = None
    made["hearing"]["prosecutionCases"][0]["defendants"].append(nobody)

    found = read_of(made)
    assert (found.in_part, only_outcome(found)) == (True, Outcome.STATUTORY)
    assert "prosecutionCases[1].defendants[2]" in (found.problem or "")


def test_a_result_that_says_nothing_known_is_named_and_one_without_an_id_is_read() -> None:
    empty = {"result_code": "1002", "words": "Canary"}
    found = read_of(story(assault(prison(), empty)))
    assert found.in_part
    assert "“result_code”" in (found.problem or "")
    assert "Canary" not in (found.problem or "")

    without_an_id = read_of(story(assault(prison(judicialResultId=None))))
    assert (without_an_id.problem, only_outcome(without_an_id)) == (None, Outcome.STATUTORY)


def test_a_result_of_no_day_that_can_be_is_set_aside_alone() -> None:
    found = read_of(story(assault(prison()), theft(prison(orderedDate="soon"))))

    assert (found.in_part, only_outcome(found)) == (True, Outcome.STATUTORY)
    assert "orderedDate" in (found.problem or "")


def test_whoever_is_named_nowhere_is_listed_and_asked_about() -> None:
    made = story(assault(prison()))
    defendant = defendant_of(made)
    defendant["individual"] = defendant.pop("personDefendant")

    found = read_of(made)
    assert (found.in_part, only_outcome(found)) == (True, Outcome.STATUTORY)
    assert "“individual”" in (found.problem or "")


def test_what_is_lost_of_a_person_may_be_what_counts_so_it_is_never_a_no() -> None:
    whole = read_of(story(theft(result("FO", DAY))))
    made = story(theft(result("FO", DAY)), assault(prison()))
    defendant_of(made)["offences"][1] = "assault"

    assert only_outcome(whole) is Outcome.NOT_ELIGIBLE
    assert only_outcome(read_of(made)) is Outcome.CANNOT_TELL


def test_a_sentence_in_an_application_about_nobody_is_asked_about() -> None:
    made = appeal(prison())
    (application,) = made["hearing"]["courtApplications"]
    application["judicialResults"] = [prison()]
    del application["subject"], application["courtApplicationCases"]

    assert read_of(made).status == SET_ASIDE


# --- anything, anywhere


def parts_of(value: Any, above: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Yield the path of every list and object in a message."""
    inner = value.items() if isinstance(value, dict) else enumerate(value)
    for key, held in inner:
        if isinstance(held, dict | list):
            yield (*above, key)
            yield from parts_of(held, (*above, key))


def at(message: Any, path: tuple[Any, ...]) -> Any:
    for key in path:
        message = message[key]
    return message


def changed(message: Json, path: tuple[Any, ...], how: str, by: random.Random) -> Json:
    """Rename, move, wrap or blank one part of a message."""
    made = copy.deepcopy(message)
    place, key = at(made, path[:-1]), path[-1]
    if how == "null" or isinstance(key, int):
        place[key] = None
    elif how == "rename":
        place[by.choice(["items", f"{key}_", key.upper(), key[:-1]])] = place.pop(key)
    elif how == "wrap":
        place[key] = {"inner": place[key]} if by.random() < 0.5 else [place[key]]
    else:
        moved = place.pop(key)
        others = [made, *(one for p in parts_of(made) if isinstance(one := at(made, p), dict))]
        by.choice([one for one in others if key not in one])[key] = moved
    return made


STORIES = {
    "one": story(assault(prison())),
    "several": story(theft(result("FO", DAY)), assault(prison(), result("NORR", DAY))),
    "fine": story(theft(result("FO", DAY))),
    "appeal": appeal(prison()),
    "appeal and fine": appeal(result("FO", DAY)),
}

SHAPED = [
    pytest.param(shape(copy.deepcopy(made)), id=f"{name}-{kind}")
    for name, made in STORIES.items()
    for kind, shape in SHAPES.items()
    if not name.startswith("appeal") or kind == "common-platform-hearing"
]


@pytest.mark.parametrize("made", SHAPED)
@pytest.mark.parametrize("how", ["rename", "move", "wrap", "null"])
def test_no_change_of_any_one_part_makes_a_message_sentence_nobody(made: Json, how: str) -> None:
    by = random.Random(how)  # noqa: S311 - a story, not a secret
    assert read_of(made).sentenced
    for path in parts_of(made):
        for _ in range(5 if how in ("move", "rename", "wrap") else 1):
            other = changed(made, path, how, by)
            found = read_of(other)
            lost = not found.sentenced and found.status == READ and not found.problem
            assert not lost, (how, path)
