"""The systems that send to us: the list, a new one with its secret, one disabled."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.responses import Response

from api.guards.session import Visit, Visiting
from api.staff import forms, pages, words
from api.staff.fields import Entry, Field
from api.staff.forms import Form, FormPage
from api.staff.words.other_systems.clients import what_disabling_a_client_does
from vcs.access import clients as access_clients
from vcs.access import forms as access_forms
from vcs.access import reads
from vcs.access.clients import ClientEntry
from vcs.access.records import ClientKind
from vcs.access.work import Work
from vcs.consequences.moves.leaving import leaving_client
from vcs.errors import NotValid
from vcs.intake.regions import POLICE_AREAS

router = APIRouter()

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


@router.get("/clients")
def list_clients(visit: Visiting) -> Response:
    """List the feed clients, those that are disabled too."""
    with visit.app.db.reading() as session:
        clients = reads.list_clients(session, visit.officer)
    return pages.render(
        visit.request,
        "clients/clients.html",
        title="Feed clients",
        clients=clients,
        areas=POLICE_AREAS,
    )


def _page(visit: Visit) -> FormPage:
    del visit
    return FormPage(
        "Add a feed client",
        action="/clients/new",
        button="Add the client",
        back="/clients",
        lead=("Its secret is shown once, on the next page.",),
    )


NEW_CLIENT = Form(CLIENT, _page)


_SENT_TWICE = (
    "This form was sent before: the client was added then, and its secret shown once. If nobody "
    "has the secret, disable that client and add another."
)


@forms.serve_look(router, "/clients/new", NEW_CLIENT)
def add_client(visit: Visit, entry: Entry) -> Response:
    """Add a client and show its secret, this once."""
    name, area = entry.typed["name"], entry.typed["police_area"] or None
    client = ClientEntry(name, ClientKind(entry.typed["kind"]), area)
    with visit.app.db.writing() as session:
        if access_forms.once(session, entry.token, visit.app.now()) is not None:
            raise NotValid(_SENT_TWICE)
        made = access_clients.add_client(session, visit.officer, client, visit.app.now())
    return pages.render(
        visit.request, "clients/secret.html", title="Feed client added", made=made, name=name
    )


def _disable_page(visit: Visit, client_id: str) -> FormPage:
    with visit.app.db.reading() as session:
        found = leaving_client(session, visit.officer, client_id)
    return FormPage(
        f"Disable {found.name}",
        action=f"/clients/{client_id}/disable",
        button="Disable the client",
        back="/clients",
        caption=words.CLIENTS[found.kind],
        lead=what_disabling_a_client_does(found.kind, found.is_alone),
    )


DISABLE_CLIENT = Form((), _disable_page)


@forms.serve(router, "/clients/{client_id}/disable", DISABLE_CLIENT)
def disable_client(work: Work, entry: Entry, client_id: str) -> str:
    """Disable a client: its secret and its tokens stop at once."""
    del entry
    access_clients.disable_client(work.session, work.actor, client_id, work.now)
    return pages.after("/clients", "client-disabled")
