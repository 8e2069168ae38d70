"""Pages about a sentence, whether or not it was referred, and offering contact for one."""

from fastapi import APIRouter

from api.staff.sentences import finding, offering, page

router = APIRouter()

for _pages in (finding, offering, page):
    router.include_router(_pages.router)
