"""Giving somebody word again while an offender is unlawfully at large."""

from __future__ import annotations

from fastapi import APIRouter

from api.guards.session import Visit
from api.staff import forms, pages, words
from api.staff.events.heading import about_person, line_of
from api.staff.fields import Entry, Field
from api.staff.forms import Form
from vcs.access.work import Work
from vcs.errors import NotValid
from vcs.events.catalogue import COUNTS_AS
from vcs.events.records import LONGEST_NAME, LONGEST_WORDS, Way
from vcs.events.sets.give import UpdateEntry, record_update

router = APIRouter()

_MORE = (
    Field(
        "spoke_to",
        "Who did you speak to?",
        longest=LONGEST_NAME,
        needed="they were reached",
    ),
    Field(
        "said",
        "What was said?",
        "lines",
        longest=LONGEST_WORDS,
        needed="they want no more word",
    ),
    Field(
        "wants_more",
        "Do they want to hear again while the offender is out?",
        "radios",
        hint="Ask them. Nobody stops hearing from us because nobody asked",
        options={
            "yes": "Yes, or they did not say",
            "no": "No, they want no more until the offender is back: say how you know above",
        },
    ),
)


def _fields(visit: Visit, event: str, victim: str) -> tuple[Field, ...]:
    line = line_of(visit, event, victim)
    ways = COUNTS_AS[Way(line.way)] if line.way else tuple(Way)
    offered = {way.value: words.WAYS_TO_TELL[way] for way in ways if way is not Way.LETTER}
    reached = Field(
        "reached",
        "Were they reached?",
        "radios",
        required="Select whether they were reached",
        options={"yes": "Yes, they were given word", "no": "No, nobody was reached"},
    )
    return reached, Field("how", "How?", "radios", required="Select how", options=offered), *_MORE


_AROUND = about_person(
    "update",
    "Give them word again",
    "Record it",
    (),
    (
        "Say what is known now, also if nothing has changed, and when they will hear next. "
        "The next word is owed from now.",
    ),
)

UPDATE = Form(_fields, _AROUND.page, check=line_of)


@forms.serve(router, "/events/{event}/people/{victim}/update", UPDATE)
def update(work: Work, entry: Entry, event: str, victim: str) -> str:
    """Record that a person was given word again, or that nobody was reached."""
    typed = entry.typed
    is_reached = typed["reached"] == "yes"
    if is_reached and not typed["wants_more"]:
        asked = {"wants_more": "Select whether they want to hear again"}
        raise NotValid("Some details need correcting.", asked)
    wants_more = not is_reached or typed["wants_more"] == "yes"
    given = UpdateEntry(typed["how"], is_reached, typed["spoke_to"], typed["said"], wants_more)
    record_update(work, event, victim, given)
    return pages.after(f"/events/{event}", "event-update" if is_reached else "event-tried")
