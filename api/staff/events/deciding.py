"""Deciding how people are told: a way for one person, a set split, an event taken back."""

from __future__ import annotations

from dataclasses import replace

from fastapi import APIRouter

from api.guards.session import Visit
from api.staff import forms, pages, words
from api.staff.events.heading import about_event, about_person, line_of
from api.staff.fields import VERSION, Entry, Field
from api.staff.forms import Form, FormPage
from vcs.access.work import Work
from vcs.consequences.drafts.after import take_back
from vcs.custody.forget import forget_numbers
from vcs.events.catalogue import DANGER_WAYS, PLANNED_WAYS
from vcs.events.records import LONGEST_REASON, Way
from vcs.events.sets.ready import WayEntry, make_ready
from vcs.events.sets.split import split_set

router = APIRouter()

_WHY = Field("reason", "Why?", "lines", required="Enter why", longest=LONGEST_REASON)


_LETTERS_ONLY = "letters_only"


def _fields(visit: Visit, event: str, victim: str) -> tuple[Field, ...]:
    line = line_of(visit, event, victim)
    for_manager, row = line.row.danger or line.undo, line.row
    ways = DANGER_WAYS if for_manager else PLANNED_WAYS
    options = {way.value: words.WAYS_TO_TELL[way] for way in ways}
    if row.live_call and not for_manager:
        # A letter is never offered first: only for the two reasons that allow one.
        options[Way.LETTER] = _AFTER_TRIES
        options[_LETTERS_ONLY] = "By letter: they chose to hear by letter only"
    how = Field(
        "way",
        "How are they to be told?",
        "radios",
        required="Select how they are to be told",
        options=options,
    )
    agreed = Field("reason", "What did you agree with them?", "lines", longest=LONGEST_REASON)
    return how, _WHY if for_manager else agreed, VERSION


_AFTER_TRIES = "By letter: they were tried three times, on three days and in two ways"


_AROUND_WAY = about_person("way", "Decide how they are told", "Record it", ())


def _page(visit: Visit, event: str, victim: str) -> FormPage:
    page = _AROUND_WAY.page(visit, event=event, victim=victim)
    return replace(page, typed={VERSION.name: line_of(visit, event, victim).version})


WAY = Form(_fields, _page, check=line_of)


@forms.serve(router, "/events/{event}/people/{victim}/way", WAY)
def decide_way(work: Work, entry: Entry, event: str, victim: str) -> str:
    """Decide how a person is told; the last one who was waited for ends the hold."""
    typed = entry.typed
    letters_only = typed["way"] == _LETTERS_ONLY
    way = str(Way.LETTER) if letters_only else typed["way"]
    chosen = WayEntry(way, typed["reason"], letters_only, typed[VERSION.name])
    make_ready(work, event, victim, chosen)
    return pages.after(f"/events/{event}", "event-way")


SPLIT = about_event(
    "split",
    "Split the group",
    "Split the group",
    (_WHY,),
    (
        "Some people will hear this before others, who may hear it from them.",
        "Everybody is still told by the same time.",
    ),
)


@forms.serve(router, "/events/{event}/split", SPLIT)
def split(work: Work, entry: Entry, event: str) -> str:
    """Let people be told before every line is ready."""
    split_set(work, event, entry.typed["reason"])
    return pages.after(f"/events/{event}", "event-split")


TAKE_BACK = about_event(
    "take-back",
    "Take this event back",
    "Take it back",
    (_WHY,),
    (
        "Do this only if the event did not happen. If something else has happened since, record "
        "that as an event of its own.",
        "Whoever was told is told that it was a mistake, in the same way and as soon.",
        "Where that way is not safe or not wanted any more, a manager chooses another one.",
        "If a person had said whose event it was, that answer is taken back with it: you are asked "
        "again when the same prison number comes next.",
    ),
)


@forms.serve(router, "/events/{event}/take-back", TAKE_BACK)
def undo(work: Work, entry: Entry, event: str) -> str:
    """Take back an event that was recorded by mistake."""
    take_back(work, event, entry.typed["reason"])
    forget_numbers(work, event)
    return pages.after(f"/events/{event}", "event-taken-back")
