"""The offices that letters name and go to."""

from fastapi import APIRouter

from api.staff.offices import partner_offices, units

router = APIRouter()

for _pages in (units, partner_offices):
    router.include_router(_pages.router)
