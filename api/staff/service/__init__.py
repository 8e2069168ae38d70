"""The service itself: what it says of itself, how it runs, which feeds are silent."""

from fastapi import APIRouter

from api.staff.service import about, feeds, recommendations, running

router = APIRouter()

for _pages in (about, recommendations, feeds, running):
    router.include_router(_pages.router)
