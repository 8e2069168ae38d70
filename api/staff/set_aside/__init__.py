"""Court messages that could not be read: the list, one of them, and reading one by hand."""

from fastapi import APIRouter

from api.staff.set_aside import by_hand, page

router = APIRouter()

for _pages in (page, by_hand):
    router.include_router(_pages.router)
