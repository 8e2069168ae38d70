"""Pages about the victims of a referral."""

from fastapi import APIRouter

from api.staff.victims import (
    addition,
    address,
    amendment,
    choices,
    contacts,
    preferences,
    sameness,
)

router = APIRouter()

for _pages in (amendment, addition, address, preferences, contacts, choices, sameness):
    router.include_router(_pages.router)
