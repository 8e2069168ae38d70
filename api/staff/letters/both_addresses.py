"""Both addresses, shown for a reason to the manager who decides whether a letter may go there.

One page for each sort of letter: to a victim, and one that hands a victim's address to a partner.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from fastapi import APIRouter
from sqlmodel import Session
from starlette.responses import Response

from api.guards.session import Visit
from api.staff import forms, pages
from api.staff.fields import Entry, Field
from api.staff.forms import Form, FormPage
from vcs.access.actors import Actor
from vcs.access.reading.looks import told_about
from vcs.access.work import Work
from vcs.post.addresses.both_addresses import REASON, reveal_for_letter
from vcs.post.reads import visible_letter
from vcs.victims.whereabouts.reveal import BothAddresses
from vcs.victims.whereabouts.shared import marks_of

router = APIRouter()

WHY_BOTH = (
    Field(
        "reason",
        "Why do you need to see both addresses?",
        "radios",
        required="Select why you need to see them",
        options={REASON: "To decide whether this letter may go there"},
    ),
)

LEAD = (
    "Where a victim can be found must not reach the offender.",
    "That you looked, when, and why is kept.",
)


@dataclass(frozen=True, slots=True)
class Compared:
    """A sort of letter whose addresses are compared.

    ``at`` is where its pages begin. ``find`` raises NotFound for one that is not theirs to see.
    """

    at: str
    find: Callable[[Session, Actor, str], object]
    reveal: Callable[[Work, str, str], BothAddresses]

    def check(self, visit: Visit, reference: str) -> None:
        """Raise NotFound for a letter that this person may not see."""
        with visit.app.db.reading() as session:
            self.find(session, visit.officer, reference)

    def ask(self, visit: Visit, reference: str) -> FormPage:
        """Ask for the reason."""
        self.check(visit, reference)
        return FormPage(
            "Show both addresses",
            action=f"{self.at}/{reference}/addresses",
            button="Show both addresses",
            back=f"{self.at}/{reference}",
            caption=reference,
            lead=LEAD,
        )

    def show(self, visit: Visit, entry: Entry, reference: str) -> Response:
        """Show a victim's address and the court's side by side, with the reason kept."""
        reason = entry.typed["reason"]
        with visit.app.db.writing() as session:
            work = visit.work(session)
            found = self.reveal(work, reference, reason)
            told = told_about(work)
        return pages.render(
            visit.request,
            "letters/addresses.html",
            title="Both addresses",
            at=f"{self.at}/{reference}",
            found=found,
            seen=" ".join(marks_of(visit.app.sealer, found.person, found.matches)),
            reason=reason,
            told_about=told,
        )


def serve_both(on: APIRouter, letters: Compared) -> None:
    """Serve the two pages of a sort of letter."""
    form = Form(WHY_BOTH, letters.ask, check=letters.check)
    forms.serve_look(on, f"{letters.at}/{{reference}}/addresses", form)(letters.show)


serve_both(
    router,
    Compared(
        "/letters",
        lambda session, actor, reference: visible_letter(session, reference, actor),
        reveal_for_letter,
    ),
)
