"""The first page: how many eligible sentences nobody has accounted for, and what to do next."""

from __future__ import annotations

from typing import Literal

from fastapi import APIRouter
from starlette.responses import Response

from api.guards.session import Visiting
from api.staff import pages
from api.staff.lists import ListPage
from vcs.ledger import worklist as ledger_worklist
from vcs.ledger.worklist import WorklistAsked
from vcs.terms import Role

router = APIRouter()

Filter = Literal["open", "overdue", "due_soon", "mine", "referred", "closed", "all"]

FILTERS = {
    "open": "To do",
    "overdue": "Overdue",
    "due_soon": "Due soon",
    "mine": "Mine",
    "referred": "Referred",
    "closed": "Closed",
    "all": "All",
}

# The states of a row, in the order in which they are shown.
GROUPS = (
    (("overdue",), "Overdue"),
    (("due_soon",), "Due in the next 5 working days"),
    (("due",), "Later"),
    (("met", "none"), "Done"),
)


@router.get("/")
def worklist(visit: Visiting, page: ListPage, show: Filter = "open") -> Response:
    """Show the headline number, then the referrals, overdue and due soonest first."""
    today = visit.app.today
    with visit.app.db.reading() as session:
        headline = ledger_worklist.headline(session, visit.officer, today)
        found = ledger_worklist.worklist(
            session, visit.app.sealer, visit.officer, today, WorklistAsked(show, page)
        )
    groups = [(title, [r for r in found.rows if r.state in states]) for states, title in GROUPS]
    return pages.render(
        visit.request,
        "worklist/worklist.html",
        title="Worklist",
        headline=headline,
        groups=groups,
        found=found,
        show=show,
        filters=filters_of(visit.officer.role),
        today=today,
    )


def filters_of(role: str) -> dict[str, str]:
    """Return the lists that a role may choose: referrals are assigned to officers alone."""
    return {key: text for key, text in FILTERS.items() if key != "mine" or role == Role.VLO}
