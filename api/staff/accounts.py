"""Running the service: staff accounts, the feeds' clients, the units as letters name them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated

from fastapi import APIRouter, Path, Request
from sqlmodel import Session
from starlette.responses import Response

from api.guards.session import App, Posted, Visiting
from api.staff import forms, pages, words
from api.staff.forms import Entry, Field
from vcs.access import accounts as access_accounts
from vcs.access import clients as access_clients
from vcs.access import reads
from vcs.access.accounts import AccountEntry, UnitEntry
from vcs.access.records import ClientKind, Unit
from vcs.consequences import handover as consequences_handover
from vcs.errors import NotFound, NotValid
from vcs.intake.regions import POLICE_AREAS, REGIONS
from vcs.terms import Role

router = APIRouter()

AccountId = Annotated[int, Path(ge=1, le=2**31 - 1)]

_REGIONS = {region.code: region.name for region in REGIONS}

ACCOUNT = (
    Field("name", "Full name", required="Enter the person's full name"),
    Field("email", "Email address", "email", required="Enter the email address", longest=254),
    Field("phone", "Telephone number", "tel", hint="Letters to victims name it", longest=40),
    Field("role", "Role", "radios", required="Select a role", options=words.ROLES),
    Field(
        "region_code",
        "Probation region",
        "select",
        hint="For officers and managers of a victim liaison unit",
        options=_REGIONS,
    ),
    Field(
        "police_area",
        "Police area",
        "select",
        hint="For witness care officers",
        options=POLICE_AREAS,
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

CLIENT = (
    Field("name", "Name of the system", required="Enter the name of the system"),
    Field("kind", "What is it?", "radios", required="Select what it is", options=words.CLIENTS),
    Field(
        "police_area",
        "Police area",
        "select",
        hint="For a witness care unit's system that refers for one area only",
        options=POLICE_AREAS,
    ),
)

UNIT = (
    Field("name", "Name of the unit", required="Enter the name of the unit"),
    Field("email", "Email address", "email", required="Enter the unit's email", longest=254),
    Field("phone", "Telephone number", "tel", longest=40, width="govuk-input--width-20"),
    Field("address", "Address for replies", "lines", hint="One line for each part", longest=500),
)


@router.get("/accounts")
def list_accounts(visit: Visiting) -> Response:
    """List the staff accounts."""
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


@router.get("/accounts/new")
def new_account(request: Request) -> Response:
    """Ask for a new account's details."""
    return _account_form(request)


@router.post("/accounts/new")
def add_account(visit: Visiting, form: Posted) -> Response:
    """Add an account."""
    entry = forms.read(ACCOUNT, form)

    def act(session: Session) -> str:
        access_accounts.add_account(session, visit.officer, _account(entry), visit.app.now())
        return pages.after("/accounts", "account-added")

    return forms.submit(visit.app, entry, act, lambda e: _account_form(visit.request, entry, e))


@router.post("/accounts/{account_id}/disable")
def disable_account(visit: Visiting, account_id: AccountId) -> Response:
    """Disable an account; its sign-ins end at once and its referrals go to managers."""
    with visit.app.db.writing() as session:
        consequences_handover.disable_account(session, visit.officer, account_id, visit.app.now())
    return pages.go(pages.after("/accounts", "account-disabled"))


@router.get("/clients")
def list_clients(visit: Visiting) -> Response:
    """List the feeds' clients."""
    with visit.app.db.reading() as session:
        clients = reads.list_clients(session, visit.officer)
    return pages.render(
        visit.request,
        "accounts/clients.html",
        title="Feed clients",
        clients=clients,
        areas=POLICE_AREAS,
    )


@router.get("/clients/new")
def new_client(request: Request) -> Response:
    """Ask for a new client's name."""
    return _client_form(request)


@router.post("/clients/new")
def add_client(visit: Visiting, form: Posted) -> Response:
    """Add a client and show its secret, this once."""
    entry = forms.read(CLIENT, form)
    if entry.errors:
        return _client_form(visit.request, entry, entry.errors)
    name, kind = entry.typed["name"], ClientKind(entry.typed["kind"])
    area = entry.typed["police_area"] or None
    try:
        with visit.app.db.writing() as session:
            made = access_clients.add_client(
                session, visit.officer, name, kind, visit.app.now(), area
            )
    except NotValid as refusal:
        return _client_form(visit.request, entry, refusal.fields)
    return pages.render(
        visit.request, "accounts/secret.html", title="Feed client added", made=made, name=name
    )


@router.post("/clients/{client_id}/disable")
def disable_client(visit: Visiting, client_id: str) -> Response:
    """Disable a client."""
    with visit.app.db.writing() as session:
        access_clients.disable_client(session, visit.officer, client_id, visit.app.now())
    return pages.go(pages.after("/clients", "client-disabled"))


@router.get("/units")
def list_units(request: Request, app: App) -> Response:
    """List the regions, each with its unit as letters name it."""
    with app.db.reading() as session:
        units = {code: session.get(Unit, code) for code in _REGIONS}
    return pages.render(
        request, "accounts/units.html", title="Units", regions=_REGIONS, units=units
    )


@router.get("/units/{region_code}")
def unit_page(request: Request, region_code: str, app: App) -> Response:
    """Ask how letters name the unit of a region."""
    with app.db.reading() as session:
        held = session.get(Unit, region_code)
    typed = {one.name: getattr(held, one.name) for one in UNIT} if held else {}
    return _unit_form(request, region_code, typed=typed)


@router.post("/units/{region_code}")
def save_unit(visit: Visiting, region_code: str, form: Posted) -> Response:
    """Keep how letters name a unit."""
    entry = forms.read(UNIT, form)

    def act(session: Session) -> str:
        unit = UnitEntry(region_code=region_code, **entry.typed)
        access_accounts.save_unit(session, visit.officer, unit, visit.app.now())
        return pages.after("/units", "unit-saved")

    return forms.submit(
        visit.app, entry, act, lambda e: _unit_form(visit.request, region_code, entry, e)
    )


def _unit_form(
    request: Request,
    region_code: str,
    entry: Entry | None = None,
    errors: Mapping[str, str] | None = None,
    typed: Mapping[str, str] | None = None,
) -> Response:
    if region_code not in _REGIONS:
        raise NotFound("There is no such region.")
    return forms.show(
        request,
        f"The victim liaison unit of {_REGIONS[region_code]}",
        UNIT,
        entry=entry,
        errors=errors,
        typed=typed or {},
        lead=("Letters to victims name the unit in these words.",),
        action=f"/units/{region_code}",
        button="Save the unit",
        back="/units",
    )


def _account(entry: Entry) -> AccountEntry:
    typed = entry.typed
    return AccountEntry(
        email=typed["email"],
        name=typed["name"],
        password=typed["password"],
        role=Role(typed["role"]),
        region_code=typed["region_code"] or None,
        police_area=typed["police_area"] or None,
        phone=typed["phone"],
    )


def _account_form(
    request: Request, entry: Entry | None = None, errors: Mapping[str, str] | None = None
) -> Response:
    return forms.show(
        request,
        "Add an account",
        ACCOUNT,
        entry=entry,
        errors=errors,
        action="/accounts/new",
        button="Add the account",
        back="/accounts",
    )


def _client_form(
    request: Request, entry: Entry | None = None, errors: Mapping[str, str] | None = None
) -> Response:
    return forms.show(
        request,
        "Add a feed client",
        CLIENT,
        entry=entry,
        errors=errors,
        lead=("Its secret is shown once, on the next page.",),
        action="/clients/new",
        button="Add the client",
        back="/clients",
    )
