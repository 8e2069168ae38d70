"""Pages about key events, and about telling people of them."""

from fastapi import APIRouter

from api.staff.events import deciding, embargo, if_out, looking, recording, telling, updates

router = APIRouter()

for _pages in (recording, looking, telling, updates, embargo, deciding, if_out):
    router.include_router(_pages.router)
