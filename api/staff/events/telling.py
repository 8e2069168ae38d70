"""Telling one person of an event: their number, that they were told, that they are not to be."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.responses import Response

from api.guards.session import Visit
from api.staff import forms, pages, words
from api.staff.events.heading import about_person, line_of
from api.staff.events.recording import TIME_HINT
from api.staff.fields import Entry, Field
from api.staff.forms import Form
from vcs.access.work import Work
from vcs.errors import NotValid
from vcs.events.catalogue import COUNTS_AS
from vcs.events.records import LONGEST_REASON, LONGEST_WORDS, Way
from vcs.events.sets.not_told import record_not_to_be_told
from vcs.events.sets.number import show_numbers
from vcs.events.sets.tell import ToldEntry, record_told, record_try

router = APIRouter()

_REACHED = Field(
    "reached",
    "Were they told?",
    "radios",
    hint="A message left with nobody whom they chose has told nobody",
    required="Select whether they were told",
    options={"yes": "Yes, they were told", "no": "No, nobody was reached"},
)

_MORE = (
    Field(
        "spoke_to",
        "Who did you speak to?",
        needed="they were told, other than by letter",
    ),
    Field("told_on", "On which day?", "date", hint="Leave it empty if it was just now"),
    Field("told_time", "At what time?", hint=TIME_HINT, width="govuk-input--width-10"),
    Field(
        "heard_before",
        "Had they heard already?",
        "radios",
        options={"yes": "They had heard already", "no": "They heard it from us first"},
        needed="they were told",
    ),
    Field(
        "heard_from",
        "They had heard from",
        "lines",
        hint="Whom, or where",
        longest=LONGEST_WORDS,
        needed="they knew before",
    ),
)


def _told_fields(visit: Visit, event: str, victim: str) -> tuple[Field, ...]:
    """Return what is asked, with the ways that count: news of a release offers no letter."""
    line = line_of(visit, event, victim)
    ways = COUNTS_AS[Way(line.way)] if line.way else tuple(Way)
    if line.way is None and line.row.live_call:
        ways = tuple(way for way in ways if way is not Way.LETTER)
    offered = {way.value: words.WAYS_TO_TELL[way] for way in ways}
    how = Field("how", "How?", "radios", required="Select how", options=offered)
    return _REACHED, how, *_MORE


_AROUND_TOLD = about_person("told", "Record that they were told, or a try", "Record it", ())

TOLD = Form(_told_fields, _AROUND_TOLD.page, check=line_of)


@forms.serve(router, "/events/{event}/people/{victim}/told", TOLD)
def told(work: Work, entry: Entry, event: str, victim: str) -> str:
    """Record that a person was told, or that nobody was reached."""
    typed = entry.typed
    if typed["reached"] == "no":
        record_try(work, event, victim, typed["how"])
        return pages.after(f"/events/{event}", "event-tried")
    if not typed["heard_before"]:
        raise NotValid(
            "Say whether they had heard.", {"heard_before": "Select whether they had heard"}
        )
    how = ToldEntry(
        typed["how"],
        typed["spoke_to"],
        entry.day_if_any("told_on"),
        typed["told_time"],
        typed["heard_before"] == "yes",
        typed["heard_from"],
    )
    record_told(work, event, victim, how)
    return pages.after(f"/events/{event}", "event-told")


NOT_TOLD = about_person(
    "not-told",
    "They are not to be told",
    "Record it",
    (
        Field(
            "reason",
            "Why are they not to be told?",
            "radios",
            required="Select why",
            options=words.MAY_SAY_NOT_TOLD,
        ),
        Field(
            "words",
            "How do you know?",
            "lines",
            required="Enter how you know",
            longest=LONGEST_REASON,
        ),
    ),
    ("Nobody is left out by accident: this stays on record, with your name.",),
)


@forms.serve(router, "/events/{event}/people/{victim}/not-told", NOT_TOLD)
def not_told(work: Work, entry: Entry, event: str, victim: str) -> str:
    """Record that a person is not to be told, and why."""
    record_not_to_be_told(work, event, victim, entry.typed["reason"], entry.typed["words"])
    return pages.after(f"/events/{event}", "event-not-told")


NUMBER = about_person(
    "number",
    "Show the number",
    "Show the number",
    (),
    ("It is recorded that you looked. Use it for this call only.",),
)


@forms.serve_look(router, "/events/{event}/people/{victim}/number", NUMBER)
def number(visit: Visit, entry: Entry, event: str, victim: str) -> Response:
    """Show how one person is reached. The number is in no address, and the look is kept first."""
    with visit.app.db.writing() as session:
        numbers = show_numbers(visit.work(session), event, victim)
    return pages.render(
        visit.request,
        "events/number.html",
        title="Tell them now",
        numbers=numbers,
        back=f"/events/{event}",
        at=f"/events/{event}/people/{victim}",
    )
