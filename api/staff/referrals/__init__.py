"""Pages about one referral, and what is done to it."""

from fastapi import APIRouter

from api.staff.referrals import assignment, clocks, notes, page, tracing, transferring
from api.staff.referrals.closing import proposal, refusal, reopening
from api.staff.referrals.hidden import exclusions, restriction, seen

router = APIRouter()

for _pages in (
    *(page, assignment, notes, tracing, refusal, proposal, reopening, seen),
    *(transferring, exclusions, restriction, clocks),
):
    router.include_router(_pages.router)
