"""Actions about a need: opened, given to somebody else, closed with an outcome."""

from __future__ import annotations

from fastapi import APIRouter

from api.guards.session import Visit
from api.staff import forms, pages, words
from api.staff.fields import Entry, Field
from api.staff.forms import Form, FormPage
from api.staff.needs.page import needs_and_rules
from vcs.access.work import Work
from vcs.needs import actions
from vcs.needs.action_reads import ActionView, action_heading, owners_for
from vcs.needs.actions import LONGEST, ActionEntry, ActionWords
from vcs.needs.records import NeedOutcome
from vcs.needs.standard import item_named
from vcs.victims.places.numbers import number_in

router = APIRouter()

_DUE = Field(
    "due_on",
    "By when?",
    "date",
    hint="For example, 20 3 2026",
    required="Enter the day by which it is to be done",
)


def _owner_and_day(visit: Visit, victim: str) -> tuple[Field, ...]:
    with visit.app.db.reading() as session:
        owners = owners_for(session, visit.officer, victim, visit.app.today)
    options = {str(account): name for account, name in owners.items()}
    return (
        Field("owner", "Who does it?", "select", required="Select who does it", options=options),
        _DUE,
    )


def _opening(visit: Visit, victim: str, item: str) -> tuple[Field, ...]:
    asked = "Do not enter an address or a telephone number"
    return (
        Field(
            "need",
            "What is needed?",
            "lines",
            asked,
            "Enter the need",
            longest=LONGEST,
            leave_out=number_in,
        ),
        Field(
            "to_do",
            "What is to be done?",
            "lines",
            required="Enter what is to be done",
            longest=LONGEST,
        ),
        *_owner_and_day(visit, victim),
    )


def _opening_page(visit: Visit, victim: str, item: str) -> FormPage:
    view, rules = needs_and_rules(visit, victim)
    return FormPage(
        f"Open an action: {item_named(item, visit.app.today).title}",
        action=f"/victims/{victim}/needs/action/{item}",
        button="Open the action",
        back=f"/victims/{victim}/needs",
        caption=view.name,
        typed={"owner": str(visit.officer.account_id)},
        more={"rules": rules},
    )


OPEN_ACTION = Form(_opening, _opening_page)


@forms.serve(router, "/victims/{victim}/needs/action/{item}", OPEN_ACTION)
def open_action(work: Work, entry: Entry, victim: str, item: str) -> str:
    """Open an action from an item."""
    typed = entry.typed
    said = ActionWords(typed["need"], typed["to_do"])
    asked = ActionEntry(said, int(typed["owner"]), entry.day("due_on"))
    actions.open_action(work, victim, item, asked)
    return pages.after(f"/victims/{victim}/needs", "need-opened")


def _action(visit: Visit, action: str) -> tuple[ActionView, str]:
    today = visit.app.today
    with visit.app.db.reading() as session:
        return action_heading(session, visit.app.sealer, visit.officer, action, today)


def _about(visit: Visit, action: str, title: str, button: str, ending: str = "") -> FormPage:
    found, victim = _action(visit, action)
    view, rules = needs_and_rules(visit, victim)
    due = {"day": found.due_on.day, "month": found.due_on.month, "year": found.due_on.year}
    return FormPage(
        title,
        action=f"/needs-actions/{action}{ending}",
        button=button,
        back=f"/victims/{victim}/needs",
        caption=view.name,
        typed={"owner": str(found.owner_account_id)}
        | {f"due_on-{part}": str(value) for part, value in due.items()},
        template="needs/action.html",
        more={"rules": rules, "found": found},
    )


_CLOSING = (
    Field(
        "outcome",
        "How did it end?",
        "radios",
        required="Select how it ended",
        options=words.NEED_OUTCOMES,
    ),
    Field(
        "words",
        "What came of it, in their words?",
        "lines",
        hint="They may read this. Do not enter an address or a telephone number",
        required="Enter what came of it",
        longest=LONGEST,
        leave_out=number_in,
    ),
    Field(
        "closed_on",
        "When did it end?",
        "date",
        hint="For example, 20 3 2026",
        required="Enter the day",
    ),
)


def _closing_page(visit: Visit, action: str) -> FormPage:
    return _about(visit, action, "Close an action", "Close it")


CLOSE_ACTION = Form(_CLOSING, _closing_page, check=_action)


@forms.serve(router, "/needs-actions/{action}", CLOSE_ACTION)
def close_action(work: Work, entry: Entry, action: str) -> str:
    """Close an action with its outcome."""
    outcome, day = NeedOutcome(entry.typed["outcome"]), entry.day("closed_on")
    actions.close_action(work, action, outcome, entry.typed["words"], day)
    return pages.after("/needs-actions", "need-closed")


def _hand_over_fields(visit: Visit, action: str) -> tuple[Field, ...]:
    return _owner_and_day(visit, _action(visit, action)[1])


def _hand_over_page(visit: Visit, action: str) -> FormPage:
    return _about(visit, action, "Change who does it, or by when", "Keep the change", "/hand-over")


HAND_OVER_ACTION = Form(_hand_over_fields, _hand_over_page)


@forms.serve(router, "/needs-actions/{action}/hand-over", HAND_OVER_ACTION)
def hand_over(work: Work, entry: Entry, action: str) -> str:
    """Give an action to somebody else, or another day."""
    actions.hand_over_action(work, action, int(entry.typed["owner"]), entry.day("due_on"))
    return pages.after("/needs-actions", "need-handed-over")
