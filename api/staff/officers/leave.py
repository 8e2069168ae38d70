"""When somebody is away and who covers: the list, a new leave, another cover, back early."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.responses import Response

from api.guards.session import Visit, Visiting
from api.staff import forms, pages
from api.staff.fields import VERSION, Entry, Field
from api.staff.forms import Form, FormPage
from vcs.access.rules import Act, may
from vcs.access.work import Work
from vcs.law.deadlines.duties import in_words
from vcs.referrals.officers.leave import Away, change_cover, end_leave, record_leave
from vcs.referrals.officers.reads import deciders_in, leave_row, leave_rows, officers_in
from vcs.referrals.officers.workload_reads import workloads
from vcs.terms import Role

router = APIRouter()

MANAGERS = "managers"

_BY_MANAGERS = {MANAGERS: "No officer: the managers of the region"}

_FIRST = Field(
    "first_on",
    "First day away",
    "date",
    hint="Today or later, for example 20 3 2026",
    required="Enter the first day away",
)

_LAST = Field(
    "last_on",
    "Last day away",
    "date",
    hint="The day before the first day back",
    required="Enter the last day away",
)

_BACK = (
    Field(
        "back_on",
        "First day back",
        "date",
        hint="Today or later, for example 20 3 2026",
        required="Enter the first day back",
    ),
    VERSION,
)


@router.get("/officers")
def officers(visit: Visiting) -> Response:
    """Show who is away and who covers; to a manager, who has how much to do."""
    with visit.app.db.reading() as session:
        rows = leave_rows(session, visit.officer, visit.app.today)
        may_give = may(visit.officer, Act.ASSIGN_OFFICER)
        staff = workloads(session, visit.officer, visit.app.today) if may_give else ()
    return pages.render(
        visit.request,
        "officers/officers.html",
        title="Officers",
        leave=rows,
        staff=staff,
        may_change=_may_change(visit),
        today=visit.app.today,
    )


def _may_change(visit: Visit) -> int | None:
    """Return whose leave alone an officer may change; None for a manager, who may any."""
    return visit.officer.account_id if visit.officer.role is Role.VLO else None


def _of_region(visit: Visit) -> dict[str, str]:
    """Return who may be away or cover: to an officer, the officers; to others, managers as well."""
    region = visit.officer.region_code
    with visit.app.db.reading() as session:
        staff = officers_in(session, region)
        if _may_change(visit) is None:
            staff |= deciders_in(session, region)
    return {str(account_id): name for account_id, name in staff.items()}


def _cover(staff: dict[str, str], away: int | None) -> Field:
    others = {key: name for key, name in staff.items() if key != str(away)}
    return Field(
        "cover",
        "Who covers?",
        "radios",
        hint="An officer’s list shows the referrals on these days, beside their own. For a manager "
        "or head, select another manager or head, who decides and gets the alerts",
        required="Select who covers",
        options=others | _BY_MANAGERS,
    )


def _new_fields(visit: Visit) -> tuple[Field, ...]:
    staff, own = _of_region(visit), _may_change(visit)
    if own is not None:
        return _FIRST, _LAST, _cover(staff, own)
    who = Field("officer", "Who is away?", "radios", required="Select who is away", options=staff)
    return who, _FIRST, _LAST, _cover(staff, None)


def _new_page(visit: Visit) -> FormPage:
    del visit
    return FormPage(
        "Record leave",
        action="/officers/leave/new",
        button="Record the leave",
        back="/officers",
        lead=("The referrals stay with their officer. No deadline changes.",),
    )


NEW_LEAVE = Form(_new_fields, _new_page)


@forms.serve(router, "/officers/leave/new", NEW_LEAVE)
def new_leave(work: Work, entry: Entry) -> str:
    """Record that an officer is away, and who covers."""
    officer = int(entry.typed.get("officer") or work.actor.account_id)
    away = Away(officer, _chosen(entry), entry.day("first_on"), entry.day("last_on"))
    record_leave(work, away)
    return pages.after("/officers", "leave-recorded")


def _chosen(entry: Entry) -> int | None:
    cover = entry.typed["cover"]
    return None if cover == MANAGERS else int(cover)


def _cover_fields(visit: Visit, absence_id: str) -> tuple[Field, ...]:
    with visit.app.db.reading() as session:
        row = leave_row(session, visit.officer, _number(absence_id), visit.app.today)
    return _cover(_of_region(visit), row.account_id), VERSION


def _page_about(ending: str, title: str, button: str) -> Form:
    def page(visit: Visit, absence_id: str) -> FormPage:
        with visit.app.db.reading() as session:
            row = leave_row(session, visit.officer, _number(absence_id), visit.app.today)
        days = f"{in_words(row.first_on)} to {in_words(row.last_on)}"
        covered = row.cover or "the managers of the region"
        return FormPage(
            title,
            action=f"/officers/leave/{row.absence_id}/{ending}",
            button=button,
            back="/officers",
            lead=(f"{row.officer} is away from {days}, covered by {covered}.",),
            typed={VERSION.name: row.version},
        )

    return Form(_BACK if ending == "end" else _cover_fields, page)


def _number(absence_id: str) -> int:
    return int(absence_id) if absence_id.isdecimal() and len(absence_id) < 10 else 0


CHANGE_COVER = _page_about("cover", "Change who covers", "Change who covers")

BACK_EARLY = _page_about("end", "Back early", "Record the first day back")


@forms.serve(router, "/officers/leave/{absence_id}/cover", CHANGE_COVER)
def another_cover(work: Work, entry: Entry, absence_id: str) -> str:
    """Let another officer cover from today."""
    change_cover(work, _number(absence_id), _chosen(entry), entry.typed[VERSION.name])
    return pages.after("/officers", "cover-changed")


@forms.serve(router, "/officers/leave/{absence_id}/end", BACK_EARLY)
def back_early(work: Work, entry: Entry, absence_id: str) -> str:
    """Record that an officer is back early."""
    end_leave(work, _number(absence_id), entry.day("back_on"), entry.typed[VERSION.name])
    return pages.after("/officers", "leave-ended")
