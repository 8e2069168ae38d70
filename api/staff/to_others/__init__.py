"""Letters to partners: listed, addressed, looked at for a reason, approved by a person, posted."""

from fastapi import APIRouter

from api.staff.to_others import both_addresses, leaving, looking, working

router = APIRouter()

for _pages in (looking, both_addresses, working, leaving):
    router.include_router(_pages.router)
