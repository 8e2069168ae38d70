"""A morning that was held, an email that was wrong, and a region's ladder."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path
from starlette.responses import Response

from api.guards.session import Visit, Visiting
from api.staff import forms, pages
from api.staff.fields import VERSION, Entry, Field
from api.staff.forms import Form, FormPage
from vcs.access.rules import Act, require_may
from vcs.access.work import Work
from vcs.alerts import recall
from vcs.alerts.digest.decide_held import HeldAnswer, decide_run, find_run, rows_held
from vcs.alerts.digest.records import RunDecision
from vcs.alerts.rungs.ladder import LADDER, row_of
from vcs.alerts.rungs.ladder_changes import changes_in, ladder_in, ladder_version, set_rung
from vcs.errors import NotFound, NotValid

router = APIRouter(include_in_schema=False)

_MOST = 2**31 - 1

_DIGITS = len(str(_MOST))

_WHY = Field(
    "why",
    "Why?",
    "lines",
    hint="Do not name a victim or an offender",
    required="Enter why",
    longest=1000,
)

_DECISIONS: dict[str, str] = {
    RunDecision.SENT: "Send all of it",
    RunDecision.EDITED: "Send it without the rows selected below",
    RunDecision.DROPPED: "Send none of it: each person has had the numbers",
}


def _held_page(visit: Visit, reference: str) -> FormPage:
    with visit.app.db.reading() as session:
        run = find_run(session, visit.officer, reference)
    decided = "Somebody has decided about it already." if run.decision else ""
    lead = (
        f"Many more than usual were missed for the first time. Usually there are {run.usual}.",
        "What is left out or dropped is told of the next working morning, if it is still missed.",
        decided,
    )
    return FormPage(
        "This morning’s list is held",
        action=f"/today/held/{reference}",
        button="Decide",
        back="/today",
        lead=tuple(one for one in lead if one),
    )


def _held_fields(visit: Visit, reference: str) -> tuple[Field, ...]:
    with visit.app.db.reading() as session:
        rows = rows_held(session, find_run(session, visit.officer, reference), visit.officer)
    named = {one.matter: f"{one.reference}, {one.age}: {one.what}" for one in rows}
    return (
        Field(
            "decision",
            "What is done with it?",
            "radios",
            "",
            "Select what is done with it",
            _DECISIONS,
        ),
        Field(
            "left_out",
            "Leave out",
            "checkboxes",
            options=named,
            needed="it is sent without some rows",
        ),
        Field(
            "until",
            "Is more like it expected, such as a release tranche? Let it through until",
            "date",
            hint="Leave empty if not",
        ),
        _WHY,
    )


HELD = Form(_held_fields, _held_page)


@forms.serve(router, "/today/held/{reference}", HELD)
def held(work: Work, entry: Entry, reference: str) -> str:
    """Decide about a morning that was held."""
    until = entry.day_if_any("until")
    answer = HeldAnswer(
        entry.typed["decision"], entry.typed["why"], entry.typed["left_out"].split(), until
    )
    decide_run(work, reference, answer)
    return pages.after("/today", "held-decided")


def _number(alert: str) -> int:
    if not (alert.isascii() and alert.isdigit() and len(alert) <= _DIGITS and int(alert) <= _MOST):
        raise NotFound("There is nothing at this address.")
    return int(alert)


def _recall_page(visit: Visit, alert: str) -> FormPage:
    with visit.app.db.reading() as session:
        require_may(visit.officer, Act.RECALL_ALERT)
        recall.find_alert(session, visit.officer, _number(alert))
        told = recall.sent_to(session, _number(alert))
    names = ", ".join(one.name for one in told) or "nobody yet"
    return FormPage(
        "Take a wrong email back",
        action=f"/today/recall/{alert}",
        button="Take it back",
        back="/today",
        lead=(f"It was sent to {names}. Each of them is told that it was wrong.",),
    )


RECALL = Form((_WHY,), _recall_page)


@forms.serve(router, "/today/recall/{alert}", RECALL)
def take_back(work: Work, entry: Entry, alert: str) -> str:
    """Take an email back."""
    recall.recall(work, _number(alert), entry.typed["why"])
    return pages.after("/today", "recalled")


@router.get("/today/sent")
def sent(visit: Visiting) -> Response:
    """Show the emails that went at once, to whom, and how to take a wrong one back."""
    with visit.app.db.reading() as session:
        rows = recall.sent_lately(session, visit.officer)
    return pages.render(visit.request, "today/sent.html", title="Emails sent at once", rows=rows)


@router.get("/today/recalled/{alert}")
def recalled(visit: Visiting, alert: Annotated[int, Path(ge=1, le=_MOST)]) -> Response:
    """Show an email that was taken back, why, and who was told."""
    with visit.app.db.reading() as session:
        found = recall.recalled(session, visit.app.sealer, visit.officer, alert)
    return pages.render(visit.request, "today/recalled.html", title="Taken back", found=found)


@router.get("/ladder")
def ladder(visit: Visiting) -> Response:
    """Show who is told on which day in one's region, and who changed what."""
    with visit.app.db.reading() as session:
        require_may(visit.officer, Act.EDIT_LADDER)
        rows = ladder_in(session, visit.officer.region_code)
        changes = changes_in(session, visit.officer.region_code)
    return pages.render(
        visit.request, "today/ladder.html", title="Who is told when", rows=rows, changes=changes
    )


def _rung_page(visit: Visit) -> FormPage:
    require_may(visit.officer, Act.EDIT_LADDER)
    with visit.app.db.reading() as session:
        rows = ladder_in(session, visit.officer.region_code)
    now = (f"{str(row.rung).capitalize()}: {row.after} {row.counted}" for row in rows)
    return FormPage(
        "Change when somebody is told",
        action="/ladder/set",
        button="Set it",
        back="/ladder",
        lead=(
            "It counts for your region from the next morning on.",
            f"Now it is: {'; '.join(now)}.",
        ),
        typed={VERSION.name: ladder_version(rows)},
    )


_MOVABLE = {
    str(row.rung): f"{str(row.rung).capitalize()}: {row.least} to {row.most} {row.counted}"
    for row in LADDER
    if row.least < row.most
}

RUNG = Form(
    (
        Field("rung", "Which?", "radios", required="Select which", options=_MOVABLE),
        Field("after", "After how much?", required="Enter a number", longest=3, width="5"),
        _WHY,
        VERSION,
    ),
    _rung_page,
)


@forms.serve(router, "/ladder/set", RUNG)
def rung(work: Work, entry: Entry) -> str:
    """Set one rung of one's region."""
    row, after = row_of(entry.typed["rung"]), entry.typed["after"]
    if not (after.isascii() and after.isdigit()):
        raise NotValid("Some details need correcting.", {"after": "Enter a number"})
    set_rung(work, row.rung, int(after), entry.typed["why"], entry.typed[VERSION.name])
    return pages.after("/ladder", "ladder-set")
