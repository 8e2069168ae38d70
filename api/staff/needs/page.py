"""What a victim needs on one page, the sheet for them, and the list of what is to be done."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.responses import Response

from api.guards.session import Visit, Visiting
from api.staff import pages
from api.staff.lists import ListPage
from vcs.needs.action_reads import open_actions
from vcs.needs.reads import NeedsView, needs_of
from vcs.needs.standard import GROUPS, MARK, SOURCE, items_on
from vcs.terms import Role
from vcs.victims.contact.contact_reads import ContactRules, victim_heading

router = APIRouter()


@router.get("/victims/{victim}/needs")
def needs(visit: Visiting, victim: str) -> Response:
    """Show each item with its answers and actions, and name what was never asked."""
    view, rules = needs_and_rules(visit, victim)
    return pages.render(
        visit.request,
        "needs/needs.html",
        title="Needs",
        view=view,
        rules=rules,
        groups=GROUPS,
        source=f"{SOURCE} ({MARK})",
    )


@router.get("/victims/{victim}/needs/sheet")
def sheet(visit: Visiting, victim: str) -> Response:
    """Show what they said and what was done about it, for them: without anything of staff."""
    view, rules = needs_and_rules(visit, victim)
    return pages.render(
        visit.request,
        "needs/sheet.html",
        title="What you said, what we did",
        view=view,
        rules=rules,
        today=visit.app.today,
    )


@router.get("/needs-actions")
def need_actions(visit: Visiting, page: ListPage, show: str = "") -> Response:
    """List the open actions: an officer's own first, or all that they may see."""
    mine = show != "all" and visit.officer.role is Role.VLO
    today = visit.app.today
    with visit.app.db.reading() as session:
        found = open_actions(session, visit.officer, today, mine=mine, asked=page)
    return pages.render(
        visit.request,
        "needs/actions.html",
        title="Actions about needs",
        found=found,
        mine=mine,
        titles={item.id: item.title for item in items_on(today)},
    )


def needs_and_rules(visit: Visit, victim: str) -> tuple[NeedsView, ContactRules]:
    """Return a victim's needs and how they may be reached. Raises NotFound for another's."""
    sealer, officer = visit.app.sealer, visit.officer
    with visit.app.db.reading() as session:
        view = needs_of(session, sealer, officer, victim, visit.app.today)
        heading = victim_heading(session, sealer, officer, view.referral_reference, victim)
    return view, heading.rules
