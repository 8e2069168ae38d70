"""Staff accounts: the list, a new one, one changed, one disabled."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.responses import Response

from api.guards.session import Visit, Visiting
from api.staff import forms, pages, words
from api.staff.fields import VERSION, Entry, Field
from api.staff.forms import Form, FormPage
from api.staff.words.office.accounts import WHAT_A_CHANGE_DOES, WHAT_THEY_DO, what_disabling_does
from vcs.access import accounts as access_accounts
from vcs.access import reads
from vcs.access.account_changes import account_to_change, account_version
from vcs.access.accounts import AccountEntry
from vcs.access.work import Work
from vcs.consequences.moves import handover
from vcs.consequences.moves.leaving import Leaving, leaving
from vcs.errors import SEEN, NotFound
from vcs.intake.regions import POLICE_AREAS, REGIONS
from vcs.terms import Role

router = APIRouter()

_MOST = 2**31 - 1
_LONGEST = len(str(_MOST))

_REGIONS = {region.code: region.name for region in REGIONS}

ACCOUNT = (
    Field("name", "Full name", required="Enter the person's full name"),
    Field("email", "Email address", "email", required="Enter the email address", longest=254),
    Field("phone", "Telephone number", "tel", hint="Letters to victims name it", longest=40),
    Field(
        "role",
        "Role",
        "radios",
        required="Select a role",
        options={role: f"{name}. {WHAT_THEY_DO[role]}" for role, name in words.ROLES.items()},
    ),
    Field(
        "region_code",
        "Probation region",
        "select",
        hint="For whoever works in a victim liaison unit, and heads of public protection",
        options=_REGIONS,
        needed="they work for a region",
    ),
    Field(
        "police_area",
        "Police area",
        "select",
        hint="For witness care officers",
        options=POLICE_AREAS,
        needed="they work in witness care",
    ),
    Field(
        "password",
        "First password",
        "password",
        hint="At least 12 characters. Tell it to the person by another way than email",
        required="Enter a password",
        longest=128,
        autocomplete="new-password",
    ),
)


@router.get("/accounts")
def list_accounts(visit: Visiting) -> Response:
    """List the staff accounts, those that are disabled too."""
    with visit.app.db.reading() as session:
        staff = reads.list_accounts(session, visit.officer)
    return pages.render(
        visit.request,
        "accounts/accounts.html",
        title="Accounts",
        staff=staff,
        me=visit.officer.account_id,
        regions=_REGIONS,
        areas=POLICE_AREAS,
    )


def _page(visit: Visit) -> FormPage:
    del visit
    return FormPage(
        "Add an account", action="/accounts/new", button="Add the account", back="/accounts"
    )


NEW_ACCOUNT = Form(ACCOUNT, _page)


@forms.serve(router, "/accounts/new", NEW_ACCOUNT)
def add_account(work: Work, entry: Entry) -> str:
    """Add an account with a first password, which the administrator passes on."""
    access_accounts.add_account(work.session, work.actor, _account(entry), work.now)
    return pages.after("/accounts", "account-added")


def _account(entry: Entry) -> AccountEntry:
    typed = entry.typed
    return AccountEntry(
        email=typed["email"],
        name=typed["name"],
        password=typed.get("password", ""),
        role=Role(typed["role"]),
        region_code=typed["region_code"] or None,
        police_area=typed["police_area"] or None,
        phone=typed["phone"],
    )


def _change_page(visit: Visit, account_id: str) -> FormPage:
    with visit.app.db.reading() as session:
        held = account_to_change(session, visit.officer, _number(account_id))
    kept = ("name", "email", "phone", "role", "region_code", "police_area")
    return FormPage(
        f"Change the account of {held.name}",
        action=f"/accounts/{account_id}/change",
        button="Keep the changes",
        back="/accounts",
        caption=words.ROLES[held.role],
        lead=WHAT_A_CHANGE_DOES,
        typed={name: getattr(held, name) or "" for name in kept} | {SEEN: account_version(held)},
    )


CHANGE_ACCOUNT = Form((*ACCOUNT[:-1], VERSION), _change_page)


@forms.serve(router, "/accounts/{account_id}/change", CHANGE_ACCOUNT)
def change_account(work: Work, entry: Entry, account_id: str) -> str:
    """Change an account. The person keeps their password."""
    asked = (_account(entry), entry.typed[SEEN])
    handover.change_account(work.session, work.actor, _number(account_id), asked, work.now)
    return pages.after("/accounts", "account-changed")


def _leaving(visit: Visit, account_id: str) -> Leaving:
    with visit.app.db.reading() as session:
        return leaving(session, visit.officer, _number(account_id))


def _number(account_id: str) -> int:
    is_number = account_id.isascii() and account_id.isdigit() and len(account_id) <= _LONGEST
    if not (is_number and 1 <= int(account_id) <= _MOST):
        raise NotFound("There is no such account.")
    return int(account_id)


def _disable_page(visit: Visit, account_id: str) -> FormPage:
    found = _leaving(visit, account_id)
    where = _REGIONS.get(found.region_code or "") or POLICE_AREAS.get(found.police_area or "", "")
    return FormPage(
        f"Disable the account of {found.name}",
        action=f"/accounts/{account_id}/disable",
        button="Disable the account",
        back="/accounts",
        caption=words.ROLES[found.role],
        lead=what_disabling_does(found.role, found.open_referrals, where, found.is_alone),
    )


DISABLE = Form((), _disable_page, check=lambda _, account_id: _number(account_id))


@forms.serve(router, "/accounts/{account_id}/disable", DISABLE)
def disable_account(work: Work, entry: Entry, account_id: str) -> str:
    """Disable an account; its sign-ins end at once and its referrals go to managers."""
    del entry
    handover.disable_account(work.session, work.actor, _number(account_id), work.now)
    return pages.after("/accounts", "account-disabled")
