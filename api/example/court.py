"""Tells each story of the caseload as the court message that would have come."""

from __future__ import annotations

from datetime import date, timedelta

from api.example.messages import Json, as_bytes, hearing, offence, person, result
from api.example.stories import STORIES, Story
from vcs.law.working_days import is_working_day

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
    """Return the hearing-resulted event of one story, with dates counted back from today."""
    held_on = working_days_before(today, story.days_ago)
    counts = [_offence(count, held_on) for count in story.counts]
    youth = any(count[2] == "DTO" for count in story.counts)
    born_on = date(held_on.year - (16 if youth else 19 if _young(story) else 34), 2, 14)
    offender = person(story.first, story.last, born_on, counts, isYouth=youth)
    return as_bytes(hearing(case_reference(story), story.court, held_on, [offender]))


def _young(story: Story) -> bool:
    return any(count[2] == "YOI" for count in story.counts)


def _offence(count: tuple[str, str, str, str], held_on: date) -> Json:
    code, title, short_code, length = count
    made = [result(short_code, held_on, "" if length == RESTRICTED else length)]
    if length == RESTRICTED:
        made.append(result("RISTO", held_on))
    return offence(code, title, made, held_on - timedelta(days=200))
