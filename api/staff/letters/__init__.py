"""Letters to victims: drafted, looked at for a reason, decided about, approved once by a person."""

from fastapi import APIRouter

from api.staff.letters import approving, drafting, looking, posting, returning

router = APIRouter()

for _pages in (drafting, looking, approving, posting, returning):
    router.include_router(_pages.router)
