"""Witness care's own pages: one short page for each sentence, what they sent, what is late."""

from fastapi import APIRouter

from api.staff.witness_care import chase, delays, early_referrals, messages, page, sent, victims

router = APIRouter()

for _pages in (page, messages, victims, sent, early_referrals, delays, chase):
    router.include_router(_pages.router)
