"""Pages about one referral, and what is done to it."""

from fastapi import APIRouter

from api.staff.referrals import (
    assignment,
    exclusions,
    notes,
    page,
    proposal,
    refusal,
    reopening,
    restriction,
    seen,
    tracing,
    transferring,
)

router = APIRouter()

for _pages in (
    *(page, assignment, notes, tracing, refusal, proposal, reopening, seen),
    *(transferring, exclusions, restriction),
):
    router.include_router(_pages.router)
