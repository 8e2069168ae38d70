"""What a victim chose, and that they gave no reply once enough was tried."""

from __future__ import annotations

from dataclasses import replace

from fastapi import APIRouter

from api.guards.session import Visit
from api.staff import forms, pages, words
from api.staff.fields import Entry, Field
from api.staff.forms import Form, FormPage
from api.staff.victims.heading import about_victim, heading_of
from vcs.access.work import Work
from vcs.consequences.drafts import after
from vcs.terms import Choice
from vcs.victims.contact.choices import ChoiceEntry, standing_choice
from vcs.victims.contact.first_contact import is_first_contact_owed
from vcs.victims.contact.tries import Tries, tries_of
from vcs.victims.contact.why_this_way import AskWhy, asks_why
from vcs.victims.find import visible_victim
from vcs.victims.places.numbers import number_in
from vcs.victims.records import LONGEST_WORDS, AskAgainAt, ChoiceRecord

router = APIRouter()

_HOW = {
    "by phone": "By phone",
    "by letter": "By letter",
    "by email": "By email",
    "by text message": "By text message",
    "in person": "In person",
    "through somebody who supports them": "Through somebody who supports them",
}

_CHOICE = Field(
    "choice",
    "What did they choose?",
    "radios",
    required="Select what they chose",
    options=words.CHOICES,
)

_WITHOUT_NO_REPLY = replace(
    _CHOICE, options={one: text for one, text in words.CHOICES.items() if one != Choice.NO_REPLY}
)

_EXAMPLE = "For example, 20 3 2026"

_REST = (
    Field(
        "chosen_on",
        "When did they say so?",
        "date",
        hint=f"{_EXAMPLE}. Not needed for no reply",
        needed="they replied",
        is_past=True,
    ),
    Field(
        "how",
        "How did they say so?",
        "radios",
        options=_HOW,
        needed="they replied",
    ),
    Field(
        "words",
        "What did they say, in their own words?",
        "lines",
        hint="Do not enter an address or a telephone number",
        longest=LONGEST_WORDS,
        leave_out=number_in,
    ),
    Field(
        "ask_again_on",
        "If not now: on which day should we ask again?",
        "date",
        hint="On that day it is on your list of tasks",
        needed="they said not now, and you select no event below",
    ),
    Field(
        "ask_again_at",
        "If not now: or at which event?",
        "radios",
        options=words.ASK_AGAIN,
        needed="they said not now, and you enter no day above",
    ),
)

_EMERGENCY = Field(
    "emergency",
    "Why was a way used that they have forbidden?",
    "lines",
    hint="Only if you used one: what the emergency was, or that it was they who rang",
    longest=LONGEST_WORDS,
    needed="they have forbidden the way that you select",
)

_ABOUT = about_victim(
    "choice",
    "Record what the victim chose",
    "Record it",
    (_CHOICE, *_REST),
    ("They may change their mind at any time. The latest choice stands.",),
)


def _tries(visit: Visit, victim: str) -> Tries:
    with visit.app.db.reading() as session:
        held = visible_victim(session, victim, visit.officer)
        return tries_of(session, visit.app.sealer, held)


def _fields(visit: Visit, reference: str, victim: str) -> tuple[Field, ...]:
    """Offer *no reply* only where enough was tried: all else needs its day and how we know."""
    day, how, *rest = _REST
    rules = heading_of(visit, reference, victim).rules
    barred = [way for way in _HOW if asks_why(rules, way) is AskWhy.FORBIDDEN]
    if barred:
        named = {way: words.why_asked(rules, way) for way in barred}
        options = {way: text + named.get(way, "") for way, text in _HOW.items()}
        how, rest = replace(how, options=options), [_EMERGENCY, *rest]
    if _tries(visit, victim).are_enough:
        return (_CHOICE, day, how, *rest)
    day = replace(day, hint=_EXAMPLE, required="Enter the day on which they said so")
    return (_WITHOUT_NO_REPLY, day, replace(how, required="Select how"), *rest)


def _page(visit: Visit, reference: str, victim: str) -> FormPage:
    page = _ABOUT.page(visit, reference=reference, victim=victim)
    asked = visit.request.query_params.get("to", "")
    chosen = {"choice": asked} if asked in (Choice.OPT_IN, Choice.OPT_OUT) else {}
    typed = forms.day_typed("chosen_on", visit.app.today) | chosen
    more = {**page.more, "tries": _tries(visit, victim)}
    return replace(page, template="victims/choice.html", typed=typed, more=more)


CHOICE = Form(_fields, _page, check=heading_of)


@forms.serve(router, "/referrals/{reference}/victims/{victim}/choice", CHOICE)
def record_choice(work: Work, entry: Entry, reference: str, victim: str) -> str:
    """Record a choice; the latest is the one that counts."""
    typed = entry.typed
    chosen = ChoiceEntry(
        Choice(typed["choice"]),
        entry.day_if_any("chosen_on"),
        typed["how"],
        typed["words"],
        entry.day_if_any("ask_again_on"),
        AskAgainAt(typed["ask_again_at"]) if typed["ask_again_at"] else None,
        typed.get("emergency", ""),
    )
    kept = after.choose(work, victim, chosen)
    stands = standing_choice(work.session, kept.victim_id)
    done = _done(kept, stands)
    if done == "choice" and is_first_contact_owed(work.session, kept.victim_id):
        done = "choice-no-contact"
    return pages.after(f"/referrals/{reference}", done)


def _done(kept: ChoiceRecord, stands: ChoiceRecord | None) -> str:
    if stands is None or stands.id == kept.id or kept.choice == Choice.NO_REPLY:
        return "choice"
    return "choice-earlier-out" if stands.choice == Choice.OPT_OUT else "choice-earlier"
