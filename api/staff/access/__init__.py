"""Who may sign in and as what, and who opened whose details."""

from fastapi import APIRouter

from api.staff.access import accounts, clients, emergency, own_password, reading, sign_in

router = APIRouter()

for _pages in (sign_in, own_password, emergency, reading, accounts, clients):
    router.include_router(_pages.router)
