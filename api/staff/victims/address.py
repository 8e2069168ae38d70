"""Where a victim can be found: shown for a reason, which is kept."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.responses import Response

from api.guards.session import Visit
from api.staff import forms, pages
from api.staff.fields import Entry, Field
from api.staff.victims.details import VICTIM, typed_of
from api.staff.victims.heading import about_victim
from vcs.access.reading.looks import told_about
from vcs.victims import amend

router = APIRouter()

REVEAL = about_victim(
    "address",
    "Show contact details",
    "Show address",
    (
        Field(
            "reason",
            "Why do you need it?",
            "radios",
            required="Select why you need it",
            options={
                "to check the address": "To check the address with the victim",
                "to arrange a visit or a call": "To arrange a visit or a call",
                "to prepare a letter": "To prepare a letter",
                "to mend the details": "To correct a mistake in the details",
            },
        ),
    ),
    (
        "Where a victim can be found must not reach the offender.",
        "That you looked, when, and why is kept.",
    ),
)


@forms.serve_look(router, "/referrals/{reference}/victims/{victim}/address", REVEAL)
def show_address(visit: Visit, entry: Entry, reference: str, victim: str) -> Response:
    """Show where a victim can be found, with the reason kept in the trail."""
    reason = entry.typed["reason"]
    with visit.app.db.writing() as session:
        work = visit.work(session)
        details, told = amend.reveal_details(work, victim, reason), told_about(work)
    return pages.render(
        visit.request,
        "victims/address.html",
        title="Contact details",
        referral=reference,
        victim=victim,
        found=details.entry,
        reason=reason,
        amend=typed_of(details.entry),
        drawn_from=details.version,
        form_token=forms.new_token(),
        fields=VICTIM,
        errors={},
        told_about=told,
    )
