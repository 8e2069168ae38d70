"""The first page: how many eligible sentences nobody has accounted for, and what to do next."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from fastapi import APIRouter
from sqlmodel import Session
from starlette.responses import Response

from api.guards.session import Visit, Visiting
from api.staff import pages
from api.staff.consult import ask_how_to_consult
from api.staff.lists import ListPage
from api.staff.referrals.heading import page_of
from api.staff.standards.inspections import list_samples
from vcs.access.actors import Actor
from vcs.access.rules import OF_A_REGION, Act, may
from vcs.clocks.reads import how_many_late
from vcs.events.sets.now_reads import to_tell_now
from vcs.ledger.figures import headline as ledger_headline
from vcs.ledger.worklists import worklist as ledger_worklist
from vcs.ledger.worklists.in_hand import beside_mine, need_actions
from vcs.ledger.worklists.sorting import MOST_SORTED
from vcs.ledger.worklists.worklist import WorklistRow
from vcs.ledger.worklists.worklist_asked import Filter, Sort, WorklistAsked
from vcs.lists.reads import unknown_count
from vcs.post.drafts.waiting import how_many_wait
from vcs.terms import Role

router = APIRouter()

FILTERS = {
    "mine": "Mine",
    "awaiting": "Due from you",
    "open": "To do",
    "overdue": "Overdue",
    "due_soon": "Due soon",
    "unassigned": "Without an officer",
    "referred": "Referred",
    "closed": "Closed",
    "all": "All",
}

_OFFERED_TO = {
    "mine": (Role.VLO,),
    "awaiting": (Role.WITNESS_CARE,),
    "unassigned": OF_A_REGION,
}

_SHOWN_FIRST: Mapping[str, Filter] = {
    Role.VLO: "mine",
    Role.WITNESS_CARE: "awaiting",
    Role.UNIT_ADMINISTRATOR: "unassigned",
}

LOOK_AGAIN = "Look again for the victim"

URGENT = "Release may come before the deadline"

# The states of a row, in the order in which they are shown; what is urgent stands before them all.
GROUPS = (
    (("overdue",), "Overdue"),
    (("due_soon",), "Due in the next 5 working days"),
    (("due",), "Later"),
    (("met", "none"), "Done"),
)


OTHER_FIRST_PAGES: dict[str, Callable[[Visit], Response]] = {
    Role.PRACTITIONER: ask_how_to_consult,
    Role.INSPECTOR: list_samples,
}


@router.get("/")
def worklist(
    visit: Visiting, page: ListPage, show: Filter | None = None, sort: Sort | None = None
) -> Response:
    """Show the headline number, then the referrals, overdue and due soonest first.

    An officer's own come first: what that list leaves out is said under it. Sorted by a column,
    the list is one table; one that is too long to be sorted says so. Whoever has no worklist has
    another first page.
    """
    if visit.officer.role in OTHER_FIRST_PAGES:
        return OTHER_FIRST_PAGES[visit.officer.role](visit)
    today = visit.app.today
    show = shown_to(visit.officer, show)
    with visit.app.db.reading() as session:
        headline = ledger_headline.headline(session, visit.officer, today)
        found = ledger_worklist.worklist(
            session, visit.app.sealer, visit.officer, today, WorklistAsked(show, page, sort)
        )
        too_long = sort is not None and found.total > MOST_SORTED
        sort = None if too_long else sort
        beside = beside_mine(session, visit.officer, today) if show == "mine" else None
        waiting = _waiting(visit, session)
    return pages.render(
        visit.request,
        "worklist/worklist.html",
        title="Due from you" if show == "awaiting" else "Worklist",
        at=page_of(visit.officer, ""),
        headline=headline,
        groups=[(FILTERS[show], found.rows)] if sort else _groups(found.rows),
        found=found,
        beside=beside,
        show=show,
        sort=sort or "",
        most_sorted=MOST_SORTED if too_long else 0,
        filters=filters_of(visit.officer.role),
        today=today,
        now=visit.app.now(),
        **waiting,
    )


def _waiting(visit: Visit, session: Session) -> dict[str, Any]:
    """Return what waits for somebody beside the list, each with a link of its own."""
    to_do, overdue = need_actions(session, visit.officer, visit.app.today)
    return {
        "to_tell": to_tell_now(session, visit.officer, visit.app.now()),
        "unknown": unknown_count(session, visit.officer),
        "needs": {"open": to_do, "overdue": overdue},
        "late_clocks": how_many_late(session, visit.officer, visit.app.today),
        "letters": _letters_to_look_at(visit, session),
    }


def _letters_to_look_at(visit: Visit, session: Session) -> int:
    """Count the letters that wait to be looked at; none for whoever does not see letters."""
    if not may(visit.officer, Act.SEE_LETTER):
        return 0
    return how_many_wait(session, visit.officer, visit.app.now())


def shown_to(officer: Actor, show: Filter | None) -> Filter:
    """Return the list that is asked for: without a word, what somebody has to do themselves."""
    return show or _SHOWN_FIRST.get(officer.role, "open")


def _groups(rows: Sequence[WorklistRow]) -> list[tuple[str, Sequence[WorklistRow]]]:
    rest = [row for row in rows if not row.urgent]
    groups = [
        (URGENT, [row for row in rows if row.urgent]),
        (LOOK_AGAIN, [row for row in rest if row.look_due_on]),
    ]
    groups += [
        (title, [row for row in rest if row.state in states and not row.look_due_on])
        for states, title in GROUPS
    ]
    return [*groups]


def filters_of(role: str) -> dict[str, str]:
    """Return the lists that a role may choose: referrals are assigned to officers alone."""
    return {key: text for key, text in FILTERS.items() if role in _OFFERED_TO.get(key, Role)}
