"""Tasks: the list of questions, one page for each, and what is settled in one call."""

from fastapi import APIRouter

from api.staff.tasks import both_addresses, one_call, page, sent

router = APIRouter()

for _pages in (one_call, both_addresses, sent, page):
    router.include_router(_pages.router)
