"""Pages about one referral, and what is done to it."""

from fastapi import APIRouter

from api.staff.referrals import (
    assignment,
    exclusions,
    page,
    proposal,
    refusal,
    reopening,
    seen,
    tracing,
)

router = APIRouter()

for _pages in (page, assignment, tracing, refusal, proposal, reopening, seen, exclusions):
    router.include_router(_pages.router)
