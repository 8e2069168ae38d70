"""Pages about what a victim needs."""

from fastapi import APIRouter

from api.staff.needs import actions, asking, page

router = APIRouter()

for _pages in (page, asking, actions):
    router.include_router(_pages.router)
