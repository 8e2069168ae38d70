"""Pages about one referral, and what is done to it."""

from fastapi import APIRouter

from api.staff.referrals import (
    assignment,
    page,
    proposal,
    refusal,
    reopening,
    tracing,
    transferring,
)

router = APIRouter()

for _pages in (page, assignment, tracing, refusal, proposal, reopening, transferring):
    router.include_router(_pages.router)
