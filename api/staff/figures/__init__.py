"""The numbers that watch over the whole, and those that leave the building."""

from fastapi import APIRouter

from api.staff.figures import alert_effect, ledger, measures, published

router = APIRouter()

for _pages in (published, ledger, measures, alert_effect):
    router.include_router(_pages.router)
