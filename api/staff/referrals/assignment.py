"""Giving a referral to a victim liaison officer, and taking one that nobody has."""

from __future__ import annotations

from fastapi import APIRouter

from api.guards.session import Visit
from api.staff import forms, pages
from api.staff.both import SharedForm
from api.staff.fields import VERSION, Entry, Field
from api.staff.forms import Form, FormPage
from vcs.access.work import Work
from vcs.consequences.drafts.after import give_to_officer, take_as_officer
from vcs.referrals.officers.assign import officer_version
from vcs.referrals.officers.of_region import vlos_of_region
from vcs.referrals.reads import visible_referral
from vcs.victims.officer_name import LONGEST_REASON

router = APIRouter()

_NOBODY = "There is no active officer in this region. An administrator can add one."


_NAMESAKE = Field(
    "reason",
    "Why is it right, if the officer has the surname of somebody in the case?",
    "lines",
    hint="Leave blank unless you are asked. Ask the officer first whether they are related",
    longest=LONGEST_REASON,
)


def _fields(visit: Visit, reference: str) -> tuple[Field, ...]:
    return (
        Field(
            "vlo_account_id",
            "Which officer takes this referral?",
            "radios",
            required="Select an officer",
            options=_officers(visit, reference),
        ),
        _NAMESAKE,
        VERSION,
    )


def _officers(visit: Visit, reference: str) -> dict[str, str]:
    with visit.app.db.reading() as session:
        staff = vlos_of_region(session, visit.officer, reference, visit.app.today)
    return {str(officer.account_id): officer.name for officer in staff}


def _page(visit: Visit, reference: str) -> FormPage:
    with visit.app.db.reading() as session:
        referral = visible_referral(session, visit.officer, reference)
        has_it, version = referral.vlo_account_id, officer_version(referral)
    return FormPage(
        "Assign an officer",
        action=f"/referrals/{reference}/assign",
        button="Assign",
        back=f"/referrals/{reference}",
        caption=reference,
        lead=() if _officers(visit, reference) else (_NOBODY,),
        typed={"vlo_account_id": str(has_it or ""), "reason": "", VERSION.name: version},
    )


ASSIGN = SharedForm(_fields, _page, together={"vlo_account_id": ("reason",)})


@forms.serve(router, "/referrals/{reference}/assign", ASSIGN)
def assign(work: Work, entry: Entry, reference: str) -> str:
    """Assign a victim liaison officer."""
    account_id = int(entry.typed["vlo_account_id"])
    seen = entry.typed[VERSION.name]
    give_to_officer(work, reference, account_id, entry.typed["reason"], seen)
    return pages.after(f"/referrals/{reference}", "assigned")


def _take_page(visit: Visit, reference: str) -> FormPage:
    return FormPage(
        "Take this referral",
        action=f"/referrals/{reference}/take",
        button="Take it",
        back=f"/referrals/{reference}",
        caption=reference,
        lead=("It has no officer. It becomes yours at once, and stands on your list.",),
    )


TAKE = Form((), _take_page)


@forms.serve(router, "/referrals/{reference}/take", TAKE)
def take(work: Work, entry: Entry, reference: str) -> str:
    """Take a referral that no officer has."""
    take_as_officer(work, reference)
    return pages.after(f"/referrals/{reference}", "taken")
