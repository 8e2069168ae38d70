"""Changing one's own password."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.responses import Response

from api.guards.session import Posted, Visit, Visiting, sign_in_of
from api.staff import forms, pages
from api.staff.fields import Field
from api.staff.forms import Form, FormPage
from vcs.access.signing_in.own_password import PasswordChange, change_own_password
from vcs.access.signing_in.passwords import LONGEST, SHORTEST
from vcs.errors import NotValid

router = APIRouter()

PASSWORDS = (
    Field(
        "current_password",
        "The password you use now",
        "password",
        required="Enter the password that you use now",
        longest=LONGEST,
        autocomplete="current-password",
    ),
    Field(
        "new_password",
        "New password",
        "password",
        hint=f"{SHORTEST} characters or more. Three or four words that nobody would guess do well",
        required="Enter a new password",
        longest=LONGEST,
        autocomplete="new-password",
    ),
)

_AT = "/account/password"


def _page(visit: Visit) -> FormPage:
    del visit
    return FormPage(
        "Change your password",
        action=_AT,
        button="Change the password",
        back="/",
        lead=(
            "You stay signed in here. Anywhere else that you are signed in, you are signed out.",
        ),
    )


OWN_PASSWORD = Form(PASSWORDS, _page)


@router.get(_AT)
def ask_for_passwords(visit: Visiting) -> Response:
    """Show the form."""
    return OWN_PASSWORD.show(visit)


@router.post(_AT)
def change_password(visit: Visiting, posted: Posted) -> Response:
    """Change the password of whoever is signed in, once."""
    entry = forms.read_sent(visit, OWN_PASSWORD, posted)
    if entry.errors:
        return OWN_PASSWORD.show(visit, entry)
    typed = entry.typed
    change = PasswordChange(
        typed["current_password"], typed["new_password"], sign_in_of(visit.request), entry.token
    )
    try:
        change_own_password(visit.app.db, change, visit.app.now())
    except NotValid as refusal:
        return OWN_PASSWORD.show(visit, entry.refused(refusal.fields or {"": str(refusal)}))
    return pages.go(pages.after("/", "password-changed"))
