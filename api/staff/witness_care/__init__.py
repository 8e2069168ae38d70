"""Witness care's own pages: one short page for each sentence, and what they sent."""

from fastapi import APIRouter

from api.staff.witness_care import messages, page, sent, victims

router = APIRouter()

for _pages in (page, messages, victims, sent):
    router.include_router(_pages.router)
