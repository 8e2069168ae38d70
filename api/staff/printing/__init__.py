"""Letters printed together: in batches for a printer, or by GOV.UK Notify."""

from fastapi import APIRouter

from api.staff.printing import batches, by_notify

router = APIRouter()

for _pages in (by_notify, batches):
    router.include_router(_pages.router)
