"""Pages about what a victim asks of a licence, and about their personal statement."""

from fastapi import APIRouter

from api.staff.conditions import asking, page, steps

router = APIRouter()

for _pages in (page, asking, steps):
    router.include_router(_pages.router)
