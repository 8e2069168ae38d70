"""What a victim asks for beforehand, if the offender is out unexpectedly."""

from __future__ import annotations

from fastapi import APIRouter

from api.staff import forms, pages, words
from api.staff.fields import Entry, Field
from api.staff.victims.heading import about_victim
from vcs.access.work import Work
from vcs.events.if_out import IfOutEntry, record_if_out
from vcs.events.records import LONGEST_NAME, LONGEST_WORDS

router = APIRouter()

IF_OUT = about_victim(
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
            hint="Somebody they trust, whom the offender does not know of. Needed to ring them",
            longest=LONGEST_NAME,
        ),
        Field("third_party_number", "Their telephone number", "tel", longest=LONGEST_NAME),
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
    ),
    (
        "Ask them beforehand: “If the offender were out and nobody had expected it, how should "
        "we reach you, at any hour?” The latest answer counts, in every referral that they are in.",
    ),
)


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
    record_if_out(work, victim, said)
    return pages.after(f"/referrals/{reference}", "if-out")
