"""A person's date of birth, and that they have died."""

from __future__ import annotations

from fastapi import APIRouter

from api.staff import forms, pages
from api.staff.fields import Entry, Field
from api.staff.victims.heading import about_victim
from vcs.access.work import Work
from vcs.victims.family.births import HOW_KNOWN, record_birth
from vcs.victims.family.deaths import LONGEST, record_death, take_back_death

router = APIRouter()

BIRTH = about_victim(
    "birth",
    "Date of birth",
    "Record it",
    (
        Field(
            "born_on",
            "When were they born?",
            "date",
            hint="For example, 20 3 2009",
            required="Enter the date of birth",
        ),
        Field(
            "how",
            "How do you know?",
            "radios",
            required="Select how you know",
            options={how: how[:1].upper() + how[1:] for how in HOW_KNOWN},
        ),
    ),
    ("It shows who is a child, and asks for their own choice when they turn 18.",),
)


@forms.serve(router, "/referrals/{reference}/victims/{victim}/birth", BIRTH)
def say_when_born(work: Work, entry: Entry, reference: str, victim: str) -> str:
    """Record a date of birth."""
    record_birth(work, victim, entry.day("born_on"), entry.typed["how"])
    return pages.after(f"/referrals/{reference}/family", "family")


DIED = about_victim(
    "died",
    "They have died",
    "Record that they have died",
    (
        Field(
            "died_on",
            "When did they die?",
            "date",
            hint="Leave empty if it is not known",
            is_past=True,
        ),
        Field(
            "how",
            "How do you know?",
            "lines",
            hint="Who told us, and when",
            required="Enter how you know",
            longest=LONGEST,
        ),
    ),
    (
        "Every letter to them stops at once, in every referral. A manager is asked to confirm it, "
        "and can take it back.",
    ),
)


@forms.serve(router, "/referrals/{reference}/victims/{victim}/died", DIED)
def say_they_died(work: Work, entry: Entry, reference: str, victim: str) -> str:
    """Record that somebody has died."""
    record_death(work, victim, entry.day_if_any("died_on"), entry.typed["how"])
    return pages.after(f"/referrals/{reference}/family", "family")


NOT_DIED = about_victim(
    "not-died",
    "They have not died",
    "Take it back",
    (
        Field(
            "why",
            "Why was it wrong?",
            "lines",
            hint="Who told us otherwise, and when",
            required="Enter why it was wrong",
            longest=LONGEST,
        ),
    ),
)


@forms.serve(router, "/referrals/{reference}/victims/{victim}/not-died", NOT_DIED)
def say_they_live(work: Work, entry: Entry, reference: str, victim: str) -> str:
    """Take back that somebody has died."""
    take_back_death(work, victim, entry.typed["why"])
    return pages.after(f"/referrals/{reference}/family", "family")
