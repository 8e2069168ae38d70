"""Tells each story of the caseload as the court message that would have come."""

from __future__ import annotations

from datetime import date, timedelta

from api.example.messages import Json, as_bytes, hearing, offence, person, result
from api.example.shapes import as_copy, as_police_result, as_spi
from api.example.stories import STORIES, Story
from vcs.intake.common_platform.notices import of_deletion
from vcs.law.deadlines.working_days import is_working_day

RESTRICTED = "with restriction"
UNREADABLE = b'{"hearing": {"id": "example-unreadable", "prosecutionCases": "none"}}'
"""A message that nobody can read: it is set aside for a person."""


def working_days_before(today: date, count: int) -> date:
    """Return the working day so many working days before a day; for 0, the last one up to it."""
    day = today
    while not is_working_day(day):
        day -= timedelta(days=1)
    while count:
        day -= timedelta(days=1)
        count -= is_working_day(day)
    return day


def case_reference(story: Story) -> str:
    """Return the case's unique reference number, the same at every telling."""
    number = 10_000 + STORIES.index(story) * 137
    return f"{story.court[0][1:3]}EX{number:07d}26"[:11]


def message_of(story: Story, today: date) -> bytes:
    """Return what the story's feed would have sent, with dates counted back from today."""
    told = hearing_of(story, today)
    if story.told_by == "spi":
        return as_spi(told)
    shapes = {"hearing": told, "police result": as_police_result(told), "copy": as_copy(told)}
    return as_bytes(shapes[story.told_by])


def hearing_of(story: Story, today: date) -> Json:
    """Return the hearing-resulted event of one story, whoever tells of it."""
    held_on = working_days_before(today, story.days_ago)
    counts = [_offence(count, held_on, story.served) for count in story.counts]
    return hearing(case_reference(story), story.court, held_on, [_offender(story, held_on, counts)])


def told_again_by_the_police(story: Story, today: date) -> bytes:
    """Return the police's result of what the hearing told: the same sentence, no second one."""
    return as_bytes(as_police_result(hearing_of(story, today)))


def reduced(story: Story, today: date, length: str) -> bytes:
    """Return the court's next share of the same hearing, with a shorter term."""
    held_on = working_days_before(today, story.days_ago)
    code, title, short_code, _ = story.counts[0]
    offender = _offender(story, held_on, [_offence((code, title, short_code, length), held_on)])
    case, later = case_reference(story), "18:15:00"
    return as_bytes(hearing(case, story.court, held_on, [offender], later) | {"isReshare": True})


def deleted(story: Story, today: date) -> bytes:
    """Return the notice that the court deleted the hearing."""
    return of_deletion(hearing_of(story, today)["hearing"]["id"])


def of_another_version(story: Story, today: date) -> bytes:
    """Return an SPI message of a version that is not read: it is set aside for a person."""
    return as_spi(hearing_of(story, today), version="0.9z")


def _offender(story: Story, held_on: date, counts: list[Json]) -> Json:
    kinds = {count[2] for count in story.counts}
    age = 16 if "DTO" in kinds else 19 if "YOI" in kinds else 34
    born_on = date(held_on.year - age, 2, 14)
    return person(story.first, story.last, born_on, counts, isYouth="DTO" in kinds)


def _offence(count: tuple[str, str, str, str], held_on: date, served: int = 0) -> Json:
    code, title, short_code, length = count
    made = [result(short_code, held_on, "" if length == RESTRICTED else length)]
    if length == RESTRICTED:
        made.append(result("RISTO", held_on))
    if served:
        made[0]["judicialResultPrompts"].append(_remand(served))
    return offence(code, title, made, held_on - timedelta(days=200))


def _remand(days: int) -> Json:
    name = "numberOfDaysOnRemandToCount"
    label = "Number of days on remand to count"
    return {"label": label, "promptReference": name, "type": "INT", "value": str(days)}
