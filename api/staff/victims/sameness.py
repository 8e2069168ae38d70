"""A manager says that two people on record are one, or that one record is of two people."""

from __future__ import annotations

from fastapi import APIRouter

from api.staff import forms, pages
from api.staff.fields import Entry, Field
from api.staff.victims.heading import about_victim
from vcs.access.work import Work
from vcs.consequences.people import parting
from vcs.victims.identity import join

router = APIRouter()

_HOW = Field(
    "how",
    "How do you know?",
    "radios",
    required="Select how you know",
    options={
        "they said so": "They said so",
        "witness care said so": "Witness care said so",
        "the police said so": "The police said so",
        "the records show it": "The records show it",
    },
)

SAME_PERSON = about_victim(
    "same-person",
    "Say that two people are one",
    "Make them one",
    (
        Field(
            "other",
            "Who else on record is this person?",
            hint="The reference of the other victim, like VCS-7K3M-9QTD",
            required="Enter the reference of the other victim",
            longest=20,
            width="govuk-input--width-20",
        ),
        _HOW,
    ),
    (
        "What is held about one then counts for both. What protects them most stays until they are "
        "asked: where the addresses differ, neither counts as safe to write to.",
    ),
)

SEPARATE = about_victim(
    "separate",
    "Say that these are two people",
    "Give each a record again",
    (_HOW,),
    (
        "Each gets back what was held about them before. What made one of them safer since then "
        "counts for both. What one of them may have been told in the place of the other is owed "
        "again. Nobody is asked about these two again.",
    ),
)


@forms.serve(router, "/referrals/{reference}/victims/{victim}/same-person", SAME_PERSON)
def join_people(work: Work, entry: Entry, reference: str, victim: str) -> str:
    """Make two people one."""
    join.join_by_hand(work, victim, entry.typed["other"], entry.typed["how"])
    return pages.after(f"/referrals/{reference}", "amended")


@forms.serve(router, "/referrals/{reference}/victims/{victim}/separate", SEPARATE)
def separate_people(work: Work, entry: Entry, reference: str, victim: str) -> str:
    """Give each of two people a record again."""
    parting.separate_people(work, victim, entry.typed["how"])
    return pages.after(f"/referrals/{reference}", "amended")
