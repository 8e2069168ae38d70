"""How a victim may be reached, and how never: one answer about one way."""

from __future__ import annotations

from dataclasses import replace
from typing import cast

from fastapi import APIRouter
from starlette.responses import Response

from api.guards.session import Posted, Visit, Visiting
from api.staff import forms, pages, words
from api.staff.fields import Entry, Field, read
from api.staff.forms import FormPage
from api.staff.victims.heading import about_victim
from vcs.access.reads import names_of
from vcs.access.work import Work
from vcs.victims.contact.contact_reads import ContactRules
from vcs.victims.find import visible_victim
from vcs.victims.preferences.change import (
    OlderVersion,
    PreferenceEntry,
    Said,
    change_preference,
)
from vcs.victims.preferences.reads import earlier_preferences
from vcs.victims.preferences.records import LONGEST_WORDS, HowKnown, Rule, Way

router = APIRouter()

_NOT_KNOWN = "not_known"

_AT = "/referrals/{reference}/victims/{victim}/preferences"

FIELDS = (
    Field(
        "way",
        "Which way?",
        "radios",
        required="Select which way of reaching them this is about",
        options={way: text for way, text in words.WAYS.items() if way != Way.ANYTHING},
    ),
    Field(
        "rule",
        "May they be reached this way?",
        "radios",
        required="Select whether they may be reached this way",
        options={**words.RULES, _NOT_KNOWN: "Not known: take what was said before away"},
    ),
    Field(
        "via_whom",
        "Through whom?",
        hint="Only for “Through somebody else”: who they are, and how we reach them",
        longest=LONGEST_WORDS,
        needed="they are reached through somebody else",
    ),
    Field(
        "times",
        "At what times?",
        hint="For example, weekdays after six, or never on the anniversary",
        longest=LONGEST_WORDS,
    ),
    Field(
        "not_to_say",
        "Which words or names must not be used?",
        hint="For example, do not say where you are calling from if somebody else answers",
        longest=LONGEST_WORDS,
    ),
    Field(
        "withheld",
        "Must the number be withheld?",
        "radios",
        options={"yes": "Yes", "no": "No"},
    ),
    Field(
        "since_on",
        "Since when?",
        "date",
        hint="The day on which it was said",
        required="Enter the day on which it was said",
        is_past=True,
    ),
    Field(
        "how_known",
        "How do you know?",
        "radios",
        required="Select how you know",
        options=words.HOW_KNOWN,
    ),
)

_DRAWN_FROM = Field("drawn_from", "The version that the form was drawn from", longest=64)

PREFERENCES = about_victim(
    "preferences",
    "How they may be reached, and how never",
    "Keep this answer",
    FIELDS,
    (
        "One answer about one way. It counts in every referral of this person, at once.",
        "“Never” stops letters and warns everybody. Where two answers differ, the one that "
        "protects them more counts.",
    ),
)


def _page(visit: Visit, reference: str, victim: str) -> FormPage:
    page = PREFERENCES.page(visit, reference=reference, victim=victim)
    with visit.app.db.reading() as session:
        held = visible_victim(session, victim, visit.officer)
        names = names_of(session)
        earlier = earlier_preferences(session, visit.app.sealer, held.person_id, names)
    # The version of what this very page shows in its box, so that nothing newer is undone.
    rules = cast(ContactRules, page.more["rules"])
    carried = {"drawn_from": rules.preferences.version}
    more = {**page.more, "carried": carried, "earlier": earlier}
    more["at"] = f"/referrals/{reference}/victims/{victim}"
    typed = forms.day_typed("since_on", visit.app.today)
    return replace(page, template="victims/preferences_form.html", typed=typed, more=more)


@router.get(_AT)
def ask_how(visit: Visiting, reference: str, victim: str) -> Response:
    """Show the form, with what counts now and what was said before."""
    page, before = _page(visit, reference, victim), forms.given_back(visit, (*FIELDS, _DRAWN_FROM))
    if before is not None:
        # What was typed keeps the version it was drawn from: a change made since is noticed.
        carried = {"drawn_from": before.typed["drawn_from"]}
        page = replace(page, more={**page.more, "carried": carried})
    return page.show(visit.request, FIELDS, before)


@router.post(_AT)
def record_preference(visit: Visiting, posted: Posted, reference: str, victim: str) -> Response:
    """Record one answer, or show what somebody else has recorded since."""
    _page(visit, reference, victim)
    entry = read((*FIELDS, _DRAWN_FROM), posted, visit.app.today)

    def act(work: Work) -> str:
        change_preference(work, victim, entry.typed["drawn_from"], _preference(entry))
        return pages.after(f"/referrals/{reference}", "preference")

    def again(refused: Entry) -> Response:
        return _page(visit, reference, victim).show(visit.request, FIELDS, refused)

    try:
        return forms.submit(visit, entry, act, again)
    except OlderVersion as older:
        answer = again(entry.refused({"": str(older)}))
        answer.status_code = older.status
        return answer


def _preference(entry: Entry) -> PreferenceEntry:
    typed = entry.typed
    rule = None if typed["rule"] == _NOT_KNOWN else Rule(typed["rule"])
    return PreferenceEntry(
        Way(typed["way"]),
        rule,
        entry.day("since_on"),
        HowKnown(typed["how_known"]),
        Said(typed["times"], typed["not_to_say"], typed["via_whom"]),
        typed["withheld"] == "yes",
    )
