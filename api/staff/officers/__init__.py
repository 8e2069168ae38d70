"""Pages about the officers of a region: who is away, who covers, who has how much to do."""

from fastapi import APIRouter

from api.staff.officers import giving, leave

router = APIRouter()

for _pages in (leave, giving):
    router.include_router(_pages.router)
