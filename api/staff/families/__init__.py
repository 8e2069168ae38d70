"""Pages about the people of one referral as a family."""

from fastapi import APIRouter

from api.staff.families import links, lives, page

router = APIRouter()

for _pages in (page, links, lives):
    router.include_router(_pages.router)
