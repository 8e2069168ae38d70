"""Letters to victims: drafted, looked at for a reason, decided about, approved once by a person."""

from fastapi import APIRouter

from api.staff.letters import (
    approving,
    both_addresses,
    drafting,
    facts,
    gallery,
    looking,
    one_by_one,
    posting,
    returning,
    waiting,
)

router = APIRouter()

for _pages in (
    gallery,
    one_by_one,
    drafting,
    facts,
    looking,
    approving,
    both_addresses,
    posting,
    returning,
    waiting,
):
    router.include_router(_pages.router)
