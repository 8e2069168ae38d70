"""The numbers that watch over the whole, and those that leave the building."""

from fastapi import APIRouter

from api.staff.figures import alert_effect, ledger, measures, published, wind_tunnel

router = APIRouter()

for _pages in (published, ledger, measures, alert_effect, wind_tunnel):
    router.include_router(_pages.router)
