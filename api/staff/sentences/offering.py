"""Offering contact at discretion for a sentence that is not eligible."""

from __future__ import annotations

from fastapi import APIRouter

from api.guards.session import Visit
from api.staff import forms, pages
from api.staff.fields import Entry, Field
from api.staff.forms import Form, FormPage
from api.staff.sentences.view import sentence_page
from vcs.access.work import Work
from vcs.consequences.offers.offer import ASKED_BY, LONGEST_REASON, Offer, offer_contact
from vcs.errors import Conflict

router = APIRouter()

_FIELDS = (
    Field(
        "asked_by",
        "Who asked for contact to be offered?",
        "radios",
        required="Select who asked",
        options={str(code): text for code, text in ASKED_BY.items()},
    ),
    Field(
        "why",
        "Why is contact offered?",
        "lines",
        hint="Say what was asked, and when. Do not name the victim or give an address. Another "
        "person must be able to follow your reason",
        required="Enter why contact is offered",
        longest=LONGEST_REASON,
    ),
    Field(
        "is_checked",
        "Is the sentence above the one that you were asked about?",
        "radios",
        hint="Look again at the offender, the case, the day and the offences",
        required="Check that this is the sentence you were asked about",
        options={"yes": "Yes, I have looked at it again"},
    ),
)


def _page(visit: Visit, reference: str) -> FormPage:
    view = sentence_page(visit, reference)
    if view.why_not_offered:
        raise Conflict(view.why_not_offered)
    return FormPage(
        "Offer contact at discretion",
        action=f"/sentences/{reference}/offer",
        button="Offer contact",
        back=f"/sentences/{reference}",
        caption=f"Sentence {reference}",
        lead=(
            "The law gives the victim of this sentence no right to contact. You may offer it when "
            "a victim, the police or witness care ask.",
            "This opens a referral on the basis ‘offered at discretion’. No letter is sent by it.",
        ),
        template="sentences/offer.html",
        more={"view": view},
    )


OFFER = Form(_FIELDS, _page)


@forms.serve(router, "/sentences/{reference}/offer", OFFER)
def offer(work: Work, entry: Entry, reference: str) -> str:
    """Open a discretionary referral, with who asked for it and why."""
    typed = entry.typed
    made = Offer(typed["asked_by"], typed["why"], is_checked=typed["is_checked"] == "yes")
    return pages.after(f"/referrals/{offer_contact(work, reference, made).reference}", "offered")
