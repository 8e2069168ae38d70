"""Recording a key event from a referral's page."""

from __future__ import annotations

from fastapi import APIRouter

from api.staff import forms, pages, words
from api.staff.fields import Entry, Field
from api.staff.referrals.heading import about_referral
from vcs.access.work import Work
from vcs.consequences.key_events import record_event
from vcs.errors import NotValid
from vcs.events.embargo import Embargo
from vcs.events.record import EventEntry
from vcs.events.records import LONGEST_ACCOUNT, LONGEST_NAME, LONGEST_REASON
from vcs.victims.places.numbers import refuse_number

router = APIRouter()

EMBARGO = (
    Field(
        "embargo_on",
        "Is it under embargo? Until which day?",
        "date",
        hint="Only if somebody asks that nobody is told before a moment. Danger is never under "
        "embargo",
    ),
    Field(
        "embargo_time",
        "Until what time on that day?",
        hint="For example, 14:05 or 2:05pm",
        width="govuk-input--width-10",
        needed="it is under embargo",
    ),
    Field(
        "embargo_why",
        "Who asks for the embargo, and why?",
        "lines",
        longest=LONGEST_REASON,
        needed="it is under embargo",
    ),
)

TIME_HINT = "For example, 14:05 or 2:05pm. Leave it empty if it is not known"

NEW_EVENT = about_referral(
    "events/new",
    "Record a key event",
    "Record it",
    (
        Field(
            "kind",
            "What happened, or is planned?",
            "select",
            required="Select what happened",
            options=words.EVENT_KINDS,
        ),
        Field(
            "happened_on",
            "On which day did it happen, or is it planned?",
            "date",
            hint="For example, 20 3 2026. Only a planned event may be on a day to come",
            required="Enter the day on which it happened, or is planned",
        ),
        Field(
            "only_month",
            "Is only the month known?",
            "radios",
            hint="For what is planned. Then the day above only says which month",
            options={"yes": "Yes, only the month", "no": "No, the day is known"},
        ),
        Field("happened_time", "At what time?", hint=TIME_HINT, width="govuk-input--width-10"),
        Field(
            "source",
            "Who told us?",
            "radios",
            required="Select who told us",
            options=words.EVENT_SOURCES,
        ),
        Field(
            "source_words",
            "Their name, and how they can be reached again",
            longest=LONGEST_NAME,
        ),
        Field(
            "source_knew_on",
            "On which day did they know of it?",
            "date",
            hint="This may be earlier than today",
        ),
        Field("source_knew_time", "At what time?", hint=TIME_HINT, width="govuk-input--width-10"),
        Field(
            "words",
            "What else is known?",
            "lines",
            hint="Every unit that tells people of this reads it. Do not name a victim, and do not "
            "enter an address or a telephone number",
            longest=LONGEST_ACCOUNT,
        ),
        *EMBARGO,
    ),
    (
        "Record an event once. It counts for everybody in every open referral of this offender, "
        "in other regions too: they are told together.",
        "If the offender is out who should not be, record it now with what you know: people are "
        "told within the hour.",
    ),
)


def embargo_typed(entry: Entry) -> Embargo | None:
    """Return the embargo that was typed; None without one. Raises NotValid for half of one."""
    until_on = entry.day_if_any("embargo_on")
    if until_on is None:
        if entry.typed["embargo_time"] or entry.typed["embargo_why"]:
            asked = {"embargo_on": "Enter the day on which the embargo ends"}
            raise NotValid("Some details need correcting.", asked)
        return None
    return Embargo(until_on, entry.typed["embargo_time"], entry.typed["embargo_why"])


@forms.serve(router, "/referrals/{reference}/events/new", NEW_EVENT)
def record(work: Work, entry: Entry, reference: str) -> str:
    """Record an event, and go to the set that it opens."""
    typed = entry.typed
    refuse_number("words", typed["words"])
    known = EventEntry(
        typed["kind"],
        entry.day("happened_on"),
        typed["source"],
        typed["happened_time"],
        typed["source_words"],
        entry.day_if_any("source_knew_on"),
        typed["source_knew_time"],
        typed["words"],
        typed["only_month"] == "yes",
        embargo_typed(entry),
    )
    event, is_new = record_event(work, reference, known)
    return pages.after(f"/events/{event.reference}", "event" if is_new else "event-known")
