"""Where a victim can be found: shown for a reason, which is kept."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.responses import Response

from api.guards import kept_forms
from api.guards.session import Visit
from api.staff import forms, pages
from api.staff.fields import Entry, Field, read
from api.staff.victims import two_versions
from api.staff.victims.details import AMENDED, DRAWN_FROM, amended, typed_to_amend
from api.staff.victims.heading import about_victim, heading_of
from vcs.access.reading.looks import told_about
from vcs.victims.details import amend
from vcs.victims.details.address_history import address_history
from vcs.victims.find import visible_victim

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
        held = visible_victim(session, victim, visit.officer)
        history = address_history(work, held)
    before = _typed_before(visit, f"/referrals/{reference}/victims/{victim}/amend")
    return pages.render(
        visit.request,
        "victims/address.html",
        title="Contact details",
        referral=reference,
        victim=victim,
        found=details.entry,
        history=history,
        rules=heading_of(visit, reference, victim).rules,
        reason=reason,
        amend=before.typed if before else typed_to_amend(details.entry),
        drawn_from=before.typed["drawn_from"] if before else details.version,
        form_token=(before and before.token) or forms.new_token(),
        fields=amended(details.entry),
        errors={},
        told_about=told,
    )


def _typed_before(visit: Visit, amended_at: str) -> Entry | None:
    """Return the changes that this person typed before their sign-in ended.

    They keep the version they were drawn from, so that a change made meanwhile is noticed.
    """
    kept = kept_forms.given_back(visit.request, visit.officer.account_id, amended_at)
    if kept is None:
        return None
    return read((*AMENDED, DRAWN_FROM), two_versions.choose(kept)[0], visit.app.today)
