"""Putting an event under embargo, moving its moment, and ending it because the news is out."""

from __future__ import annotations

from dataclasses import replace

from fastapi import APIRouter

from api.staff import forms, pages
from api.staff.events.heading import about_event
from api.staff.events.recording import EMBARGO
from api.staff.fields import Entry, Field
from vcs.access.work import Work
from vcs.consequences.embargoes import set_embargo
from vcs.events.embargo import LONGEST, Embargo, end_embargo
from vcs.events.records import LONGEST_REASON

router = APIRouter()

_REQUIRED = {
    "embargo_on": "Enter the day on which it ends",
    "embargo_time": "Enter the time at which it ends",
    "embargo_why": "Enter who asks for it and why",
}

_FIELDS = tuple(replace(one, hint="", required=_REQUIRED[one.name]) for one in EMBARGO)

UNDER = about_event(
    "embargo",
    "Put it under embargo",
    "Put it under embargo",
    _FIELDS,
    (
        "Nobody is told before the moment, by any unit. Everything may be got ready meanwhile, and "
        "the time to tell counts from the moment.",
        f"It ends by itself, within {LONGEST.days} days at the latest. That is our own setting.",
    ),
)


@forms.serve(router, "/events/{event}/embargo", UNDER)
def put_under_embargo(work: Work, entry: Entry, event: str) -> str:
    """Put an event under embargo, or move the moment."""
    typed = entry.typed
    until = Embargo(entry.day("embargo_on"), typed["embargo_time"], typed["embargo_why"])
    set_embargo(work, event, until)
    return pages.after(f"/events/{event}", "event-embargo")


END = about_event(
    "embargo/end",
    "The news is out: end the embargo",
    "End the embargo",
    (
        Field(
            "reason",
            "Where is it known?",
            "lines",
            required="Enter where it is known",
            longest=LONGEST_REASON,
        ),
    ),
    (
        "Do this if the news is out, for example in the press. Everybody is told at once: nothing "
        "holds the group back any longer, and the time to tell is four hours.",
    ),
)


@forms.serve(router, "/events/{event}/embargo/end", END)
def end(work: Work, entry: Entry, event: str) -> str:
    """End an embargo at once."""
    end_embargo(work, event, entry.typed["reason"])
    return pages.after(f"/events/{event}", "event-embargo-ended")
