"""Lists of other systems: sent, matched, and answered for line by line."""

from fastapi import APIRouter

from api.staff.other_lists import certificates, lines, runs, upload

router = APIRouter()

for part in (upload.router, runs.router, lines.router, certificates.router):
    router.include_router(part)
