"""What a victim asks for beforehand, if the offender is out unexpectedly."""

from __future__ import annotations

from dataclasses import replace

from fastapi import APIRouter

from api.guards.session import Visit
from api.staff import forms, pages, words
from api.staff.fields import VERSION, Entry, Field
from api.staff.forms import FormPage
from api.staff.victims.heading import about_victim
from vcs.access.work import Work
from vcs.events.if_out import IfOutEntry, answer_of, if_out_version, record_if_out
from vcs.events.records import LONGEST_NAME, LONGEST_WORDS
from vcs.victims.find import visible_victim

router = APIRouter()

_ABOUT = about_victim(
    "if-out",
    "If the offender is out unexpectedly",
    "Record it",
    (
        Field(
            "answer",
            "What should we do?",
            "radios",
            required="Select what they asked for",
            options=words.IF_OUT,
        ),
        Field(
            "third_party",
            "Who is the safe third party?",
            hint="Somebody they trust, whom the offender does not know of",
            longest=LONGEST_NAME,
            needed="a safe third party is to be rung",
        ),
        Field(
            "third_party_number",
            "Their telephone number",
            "tel",
            longest=LONGEST_NAME,
            needed="a safe third party is to be rung",
        ),
        Field(
            "words",
            "Anything else that was said",
            "lines",
            hint="For example a code word, or who else may answer",
            longest=LONGEST_WORDS,
        ),
        Field(
            "answered_on",
            "When did they say so?",
            "date",
            hint="For example, 20 3 2026",
            required="Enter the day on which they said so",
        ),
        VERSION,
    ),
    (
        "Ask them beforehand: “If the offender were out and nobody had expected it, how should "
        "we reach you, at any hour?” The latest answer counts, in every referral that they are in.",
    ),
)


def _page(visit: Visit, reference: str, victim: str) -> FormPage:
    with visit.app.db.reading() as session:
        person_id = visible_victim(session, victim, visit.officer).person_id
        version, now = if_out_version(session, person_id), answer_of(session, person_id)
    page = _ABOUT.page(visit, reference=reference, victim=victim)
    counts = "Nobody has recorded an answer yet."
    if now is not None:
        counts = (
            f"What counts now: {words.IF_OUT[now.answer]}. Said on {words.day(now.answered_on)}."
        )
    return replace(page, lead=(*page.lead, counts), typed={VERSION.name: version})


IF_OUT = replace(_ABOUT, page=_page)


@forms.serve(router, "/referrals/{reference}/victims/{victim}/if-out", IF_OUT)
def record(work: Work, entry: Entry, reference: str, victim: str) -> str:
    """Record what a person asked for."""
    typed = entry.typed
    said = IfOutEntry(
        typed["answer"],
        entry.day("answered_on"),
        typed["third_party"],
        typed["third_party_number"],
        typed["words"],
    )
    record_if_out(work, victim, typed[VERSION.name], said)
    return pages.after(f"/referrals/{reference}", "if-out")
