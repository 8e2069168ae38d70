"""Who has opened the details of the people in a referral: for managers."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query
from starlette.responses import Response

from api.guards.session import Visiting
from api.staff import pages
from vcs.referrals.emergency import emergencies_of
from vcs.referrals.looks import who_has_seen

router = APIRouter()


@router.get("/referrals/{reference}/seen")
def seen(
    visit: Visiting, reference: str, before: Annotated[int | None, Query(ge=1, le=2**53)] = None
) -> Response:
    """List who opened what of this referral, when and why, the newest first."""
    with visit.app.db.reading() as session:
        looks = who_has_seen(session, visit.officer, reference, before)
        emergencies = emergencies_of(session, visit.app.sealer, visit.officer, reference)
    return pages.render(
        visit.request,
        "reading/looks.html",
        title="Who has seen this",
        caption=reference,
        back=f"/referrals/{reference}",
        at=f"/referrals/{reference}/seen",
        looks=looks,
        emergencies=emergencies,
    )
