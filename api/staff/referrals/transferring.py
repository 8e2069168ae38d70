"""Offering a referral to another region, taking the offer back; what the other region answers."""

from __future__ import annotations

from fastapi import APIRouter

from api.guards.session import Visit
from api.staff import forms, pages
from api.staff.fields import Entry, Field
from api.staff.referrals.heading import about_referral
from vcs.access.work import Work
from vcs.consequences.moves.transfer import (
    LONGEST_NOTE,
    Introduction,
    TransferAnswer,
    answer_transfer,
    introduce_officer,
    offer_transfer,
    withdraw_transfer,
)
from vcs.intake.regions import REGIONS
from vcs.referrals.officers.transfer_reads import OfferedReferral, offered_referral
from vcs.victims.places.numbers import number_in, refuse_number

router = APIRouter()

OFFER_TRANSFER = about_referral(
    "transfer",
    "Offer to another region",
    "Offer the referral",
    (
        Field(
            "to_region",
            "Which region should take it?",
            "select",
            required="Select another region",
            options={region.code: region.name for region in REGIONS},
        ),
        Field(
            "note",
            "Hand-over note",
            "lines",
            hint="What the next officer must know: what was agreed, what is promised, how each "
            "victim may be reached and how not. Do not enter an address or a telephone number",
            required="Enter the hand-over note",
            longest=LONGEST_NOTE,
        ),
    ),
    (
        "A manager of the other region accepts it and names the officer, or refuses it.",
        "Until then it stays with your unit. No deadline changes. Each victim is introduced to "
        "the new officer before the old one goes.",
    ),
)


@forms.serve(router, "/referrals/{reference}/transfer", OFFER_TRANSFER)
def offer(work: Work, entry: Entry, reference: str) -> str:
    """Offer a referral to another region."""
    refuse_number("note", entry.typed["note"])
    offer_transfer(work, reference, entry.typed["to_region"], entry.typed["note"])
    return pages.after(f"/referrals/{reference}", "transfer-offered")


WITHDRAW = about_referral(
    "transfer/withdraw",
    "Withdraw the offer",
    "Withdraw the offer",
    (),
    ("The referral stays with your unit, and the other region is asked no longer.",),
)


@forms.serve(router, "/referrals/{reference}/transfer/withdraw", WITHDRAW)
def withdraw(work: Work, entry: Entry, reference: str) -> str:
    """Take back an offer that was not carried out."""
    withdraw_transfer(work, reference)
    return pages.after(f"/referrals/{reference}", "transfer-withdrawn")


def _introduced(required: str = "") -> tuple[Field, ...]:
    return (
        Field(
            "introduced_on",
            "When did each victim come to know the new officer?",
            "date",
            hint="For example, 20 3 2026"
            if required
            else "Leave blank if it has not happened. The old officer does it first, and the "
            "referral stays there until then",
            required=required,
        ),
        Field(
            "how",
            "How did they come to know them?",
            "lines",
            hint="For example, a joint call. Do not enter an address or a telephone number",
            required="Enter how they came to know the new officer" if required else "",
            longest=LONGEST_NOTE,
            leave_out=number_in,
        ),
    )


INTRODUCTION = _introduced("Enter the day on which they came to know the new officer")


def offered(visit: Visit, task_reference: str) -> OfferedReferral:
    """Return what a task offers to somebody's region."""
    with visit.app.db.reading() as session:
        return offered_referral(
            session, visit.app.sealer, visit.officer, task_reference, visit.app.today
        )


def answer_fields(visit: Visit, task_reference: str) -> tuple[Field, ...]:
    """Return what a manager is asked about an offered referral."""
    staff = offered(visit, task_reference).staff
    taken = {"accepted": "Yes, we take it", "refused": "No"}
    return (
        Field(
            "answer",
            "Does your region take this referral?",
            "radios",
            required="Select whether your region takes it",
            options=taken,
        ),
        Field(
            "vlo_account_id",
            "If yes, who will be the officer?",
            "select",
            options={str(account_id): name for account_id, name in staff.items()},
            needed="you take it",
        ),
        *_introduced(),
        Field(
            "why",
            "If no, why?",
            "lines",
            hint="The other unit sees it. Do not enter an address or a telephone number",
            longest=LONGEST_NOTE,
            needed="you do not take it",
            leave_out=number_in,
        ),
    )


def answer_offer(work: Work, reference: str, entry: Entry) -> None:
    """Accept an offered referral for an officer, or refuse it."""
    vlo = entry.typed["vlo_account_id"]
    introduced = Introduction(entry.day_if_any("introduced_on"), entry.typed["how"])
    answer = TransferAnswer(
        entry.typed["answer"], int(vlo) if vlo else None, introduced, entry.typed["why"]
    )
    answer_transfer(work, reference, answer)


def answer_introduction(work: Work, reference: str, entry: Entry) -> None:
    """Record that the victims know the new officer."""
    introduced = Introduction(entry.day("introduced_on"), entry.typed["how"])
    introduce_officer(work, reference, introduced)
