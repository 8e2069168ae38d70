"""Giving a region's letters to GOV.UK Notify: to be printed and posted, or to be emailed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from fastapi import APIRouter

from api.guards.session import Visit
from api.staff import forms, pages
from api.staff.fields import Entry
from api.staff.forms import Form, FormPage
from vcs.access.rules import Act, require_may
from vcs.access.work import Work
from vcs.errors import Conflict
from vcs.post.batches.fill import Filled
from vcs.post.notify.email import give_emails
from vcs.post.notify.give import give

router = APIRouter()

_BACK: Final = "/print-batches"


def _page(title: str, action: str, *lead: str) -> FormPage:
    return FormPage(
        title,
        action=f"{_BACK}/{action}",
        button="Give them to GOV.UK Notify",
        back=_BACK,
        lead=lead,
    )


def _post_page(visit: Visit) -> FormPage:
    require_may(visit.officer, Act.PRINT_BATCH)
    if not visit.app.settings.notify_api_key:
        raise Conflict("GOV.UK Notify is not set up, so letters cannot go that way.")
    return _page(
        "Give the letters to GOV.UK Notify",
        "notify",
        "Every approved letter of your region that has not left and is in no batch is printed "
        "and posted by GOV.UK Notify. A letter counts as left only when Notify says so.",
    )


def _email_page(visit: Visit) -> FormPage:
    require_may(visit.officer, Act.PRINT_BATCH)
    if not visit.app.settings.can_email:
        raise Conflict("Emails by GOV.UK Notify are not set up, so letters cannot go that way.")
    return _page(
        "Send the plain text letters by email",
        "email",
        "Every approved letter in plain text of your region goes by email to whoever said that "
        "email may be used. The others stay on the list, to be read out or sent another way.",
        "A letter counts as left only when GOV.UK Notify says that it was delivered.",
    )


BY_POST = Form((), _post_page, check=_post_page)

BY_EMAIL = Form((), _email_page, check=_email_page)


@forms.serve(router, f"{_BACK}/notify", BY_POST)
def post_letters(work: Work, entry: Entry) -> str:
    """Give the region's letters to Notify, to be printed and posted."""
    del entry
    return _given(work, give)


@forms.serve(router, f"{_BACK}/email", BY_EMAIL)
def email_letters(work: Work, entry: Entry) -> str:
    """Give the region's plain text letters to Notify, to be emailed."""
    del entry
    return _given(work, give_emails)


def _given(work: Work, give_some: Callable[[Work, str | None, int], Filled]) -> str:
    """Give every letter, some at a time, in the one transaction of the form."""
    after: int | None = 0
    while after is not None:
        after = give_some(work, work.actor.region_code, after).last
    return pages.after(_BACK, "given-to-notify")
