"""What we sent: everything that this unit sent, each with what became of it."""

from __future__ import annotations

from typing import Literal

from fastapi import APIRouter
from starlette.responses import Response

from api.guards.session import Visit, Visiting
from api.staff import forms, pages
from api.staff.fields import Entry
from api.staff.forms import Form, FormPage
from api.staff.lists import ListPage
from vcs.access.work import Work
from vcs.partners.people.messages.message_reads import message_sent, messages_sent, proposals_sent
from vcs.partners.people.messages.send import take_back
from vcs.partners.people.program_reads import requests_sent
from vcs.partners.people.sent_reads import victims_sent

router = APIRouter()

Shown = Literal["victims", "messages", "proposals", "program"]

LISTS: dict[Shown, str] = {
    "victims": "Victims referred",
    "messages": "Messages to the unit",
    "proposals": "No victim to refer",
    "program": "Sent by our program",
}

_READS = {
    "victims": victims_sent,
    "messages": messages_sent,
    "proposals": proposals_sent,
    "program": requests_sent,
}


@router.get("/what-we-sent")
def what_we_sent(visit: Visiting, page: ListPage, show: Shown = "victims") -> Response:
    """List what the unit sent, the newest first."""
    app = visit.app
    with app.db.reading() as session:
        found = _READS[show](session, app.sealer, visit.officer, page)
    return pages.render(
        visit.request,
        "witness_care/sent.html",
        title="What we sent",
        found=found,
        show=show,
        lists=LISTS,
    )


def _take_back_page(visit: Visit, message: str) -> FormPage:
    with visit.app.db.reading() as session:
        found = message_sent(session, visit.app.sealer, visit.officer, message)
    return FormPage(
        "Take back this message",
        action=f"/what-we-sent/{message}/take-back",
        button="Take it back",
        back="/what-we-sent?show=messages",
        caption=found.referral_reference,
        lead=("The unit has not answered it. It is then no longer asked.",),
    )


TAKE_BACK = Form((), _take_back_page)


@forms.serve(router, "/what-we-sent/{message}/take-back", TAKE_BACK)
def take_message_back(work: Work, entry: Entry, message: str) -> str:
    """Take back a message that the unit has not answered."""
    take_back(work, message)
    return pages.after("/what-we-sent", "message-taken-back")
