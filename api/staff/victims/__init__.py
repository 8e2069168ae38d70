"""Pages about the victims of a referral."""

from fastapi import APIRouter

from api.staff.victims import (
    addition,
    address,
    amendment,
    choices,
    contacts,
    never,
    preferences,
    sameness,
)

router = APIRouter()

for _pages in (amendment, addition, address, preferences, never, contacts, choices, sameness):
    router.include_router(_pages.router)
