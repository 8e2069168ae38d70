"""Proposing to close a referral that has no victim to refer; the unit decides."""

from __future__ import annotations

from fastapi import APIRouter

from api.staff import forms, pages
from api.staff.fields import Entry, Field
from api.staff.referrals.heading import about_referral, page_of
from vcs.access.work import Work
from vcs.consequences.closing import propose
from vcs.consequences.closing.reopen import LONGEST_REASON
from vcs.victims.places.numbers import number_in

router = APIRouter()

NO_VICTIM = about_referral(
    "no-victim",
    "No victim to refer",
    "Ask the unit to close the referral",
    (
        Field(
            "reason",
            "Why is there no victim to refer?",
            "radios",
            required="Select why there is no victim to refer",
            options=propose.PROPOSED_REASONS,
        ),
        Field(
            "words",
            "How do you know?",
            "lines",
            hint="What was done to find a victim, and who was asked. Do not enter an address or a "
            "telephone number",
            required="Enter how you know",
            longest=LONGEST_REASON,
            leave_out=number_in,
        ),
        Field(
            "try_again_on",
            "If the victim cannot be traced, when should somebody try again?",
            "date",
            hint="Before the offender is released. Leave blank for a year from now",
        ),
    ),
    (
        "Use this only where nobody can be referred. That a victim cannot be traced can be "
        "proposed once every step of the trace is recorded.",
        "This closes nothing by itself. A manager of the victim liaison unit, other than you, "
        "decides. Until then the deadline still runs, and the sentence still counts as not "
        "accounted for.",
    ),
)


@forms.serve(router, "/referrals/{reference}/no-victim", NO_VICTIM)
def no_victim(work: Work, entry: Entry, reference: str) -> str:
    """Propose to close a referral that has no victim to refer."""
    again = entry.day_if_any("try_again_on")
    proposed = propose.Proposed(entry.typed["reason"], entry.typed["words"], try_again_on=again)
    propose.propose(work, reference, proposed)
    return pages.after(page_of(work.actor, reference), "proposed")
