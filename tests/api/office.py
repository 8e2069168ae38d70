"""A small office in Leeds: one person in each role, a unit, and two feed clients."""

from __future__ import annotations

import atexit
import base64
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from functools import cache, cached_property
from html import unescape
from typing import Any

from anyio.from_thread import BlockingPortal, start_blocking_portal
from fastapi import FastAPI
from starlette.testclient import TestClient

from api.app import create_app, open_door
from api.example.messages import as_bytes, hearing, offence, person, result
from letters.render import Renderer
from tests.services.clock import MovableClock
from vcs.access.accounts import AccountEntry, UnitEntry, add_account, save_unit
from vcs.access.clients import ClientEntry, add_client
from vcs.access.records import ClientKind
from vcs.access.rules import OF_A_REGION
from vcs.database import Database, connect
from vcs.sealing import Sealer
from vcs.settings import Settings
from vcs.start.checks import Started
from vcs.terms import Role

BASE = "http://127.0.0.1"

PASSWORD = "correct horse battery staple"

LEEDS, YORKSHIRE, WEST_YORKSHIRE = ("C13LE00", "Leeds Crown Court"), "N55", "13"

LONDON_COURT = ("C01CE00", "Central Criminal Court")

NAMES = {
    Role.WITNESS_CARE: "Will Witness",
    Role.VLO: "Vera Liaison",
    Role.MANAGER: "Moira Manager",
    Role.HEAD: "Hugh Head",
    Role.UNIT_ADMINISTRATOR: "Una Office",
    Role.PRACTITIONER: "Percy Practitioner",
    Role.INSPECTOR: "Ines Inspector",
    Role.ADMINISTRATOR: "Ada Administrator",
}

# A form that our own page posts, as a browser says so.
FROM_US = {"Sec-Fetch-Site": "same-origin", "Origin": BASE}

_HIDDEN = re.compile(r'<input type="hidden" name="([a-z_]+)" value="([^"]*)">')

VICTIM = {
    "name": "Nia Example",
    "salutation": "Ms Example",
    "standing": "victim",
    "safe_to_post": "yes",
    "address_confirmed_on-day": "2",
    "address_confirmed_on-month": "2",
    "address_confirmed_on-year": "2026",
    "address_lines": "1 Made Up Lane\r\nLeeds",
    "postcode": "LS1 3AB",
    "phone": "0113 496 0000",
    "language": "en",
}


@dataclass(frozen=True)
class Secrets:
    """Ids and secrets of the two feed clients, by kind."""

    clients: dict[str, tuple[str, str]]


def email_of(role: Role) -> str:
    """Return the email that a role's person signs in with."""
    return f"{role.replace('_', '-')}@example.org"


def furnish(database: Database, clock: MovableClock) -> Secrets:
    """Put the office's people, unit and clients into a database."""
    with database.writing() as session:
        for role, name in NAMES.items():
            area = WEST_YORKSHIRE if role is Role.WITNESS_CARE else None
            region = YORKSHIRE if role in OF_A_REGION else None
            entry = AccountEntry(
                email_of(role), name, PASSWORD, role, region, area, "0113 496 0001"
            )
            add_account(session, None, entry, clock.now())
        unit = UnitEntry(
            YORKSHIRE, "Yorkshire Victim Liaison Unit", "vlu@example.org", address="PO Box 1\nLeeds"
        )
        save_unit(session, None, unit, clock.now())
        made = {
            str(kind): add_client(
                session, None, ClientEntry(f"The {kind} system", kind), clock.now()
            )
            for kind in ClientKind
        }
    return Secrets({kind: (one.client_id, one.client_secret) for kind, one in made.items()})


def sentencing(
    held_on: date,
    *,
    first: str = "Colin",
    last: str = "Madeup",
    urn: str = "13EX0000126",
    court: tuple[str, str] = LEEDS,
    code: str = "OF61131",
    term: str = "3 Years",
    result_code: str = "IMP",
    shared_at: str = "16:30:00",
) -> bytes:
    """Return a hearing-resulted message: by default three years for wounding, which is eligible."""
    made = result(result_code, held_on, term)
    count = offence(code, "Wounding or inflicting grievous bodily harm", [made], date(2025, 9, 1))
    offender = person(first, last, date(1990, 2, 14), [count])
    return as_bytes(hearing(urn, court, held_on, [offender], shared_at))


@dataclass
class Office:
    """The running app with its people. ``person(role)`` is signed in and keeps cookies.

    All of them are served by one event loop, as by a server: one made for each request takes longer
    than most pages do.
    """

    app: FastAPI
    loop: BlockingPortal
    settings: Settings
    clock: MovableClock
    secrets: Secrets
    people: dict[Role, Visitor] = field(default_factory=dict)

    @cached_property
    def client(self) -> TestClient:
        """Return the client of whoever needs no browser of their own."""
        return self.browser()

    def browser(self) -> TestClient:
        """Return a client with cookies of its own."""
        browser = TestClient(self.app, base_url=BASE, follow_redirects=False)
        browser.portal = self.loop
        return browser

    def visitor(self) -> Visitor:
        """Return somebody with a browser of their own, not signed in."""
        return Visitor(self.browser())

    def person(self, role: Role) -> Visitor:
        """Return the person in a role, signed in."""
        if role not in self.people:
            self.people[role] = self.visitor()
            self.people[role].sign_in(email_of(role))
        return self.people[role]

    def token(self, kind: ClientKind = ClientKind.COURT) -> str:
        """Return a bearer token for one of the clients."""
        answer = self.client.post(
            "/oauth2/token",
            data={"grant_type": "client_credentials"},
            headers=basic(*self.secrets.clients[kind]),
        )
        assert answer.status_code == 200, answer.text
        return str(answer.json()["access_token"])

    def send(self, body: bytes, path: str = "/court-feeds/common-platform", **more: Any) -> Any:
        """Send a court message with a good token."""
        headers = {"Authorization": f"Bearer {self.token()}", "Content-Type": "application/json"}
        return self.client.post(path, content=body, headers=headers | more)

    def tell(self, body: bytes) -> dict[str, Any]:
        """Send a message that must be accepted, have it read, and return its receipt."""
        answer = self.send(body)
        assert answer.status_code in (200, 202), answer.text
        self.read()
        return self.receipt(answer.json()["receipt"])

    def read(self) -> None:
        """Read whatever waits, as the reading thread and the scheduler do."""
        from vcs.consequences.messages.desk import read_waiting

        door = self.app.state.door
        while read_waiting(door.db, door.sealer, now=self.clock.now):
            pass

    def receipt(self, receipt: str) -> dict[str, Any]:
        """Return what the door says became of a message."""
        headers = {"Authorization": f"Bearer {self.token()}"}
        answer = self.client.get(f"/court-feeds/receipts/{receipt}", headers=headers)
        assert answer.status_code == 200, answer.text
        found: dict[str, Any] = answer.json()
        return found

    def referral(self) -> str:
        """Tell of one eligible sentence and return the reference of its referral."""
        self.tell(sentencing(self.clock.today()))
        return self.first_referral()

    def first_referral(self) -> str:
        """Return the first referral on the manager's worklist."""
        page = self.person(Role.MANAGER).get("/").text
        found = re.search(r"/referrals/(VCS-[0-9A-Z-]+)", page)
        assert found, "no referral on the worklist"
        return found[1]

    def referral_with_victim(self, **details: str) -> tuple[str, str]:
        """Return the references of a referral and of a victim added to it."""
        reference = self.referral()
        person = self.person(Role.WITNESS_CARE)
        answer = person.fill(f"/referrals/{reference}/victims/new", **(VICTIM | details))
        assert answer.status_code == 303, answer.text
        page = self.person(Role.VLO).get(f"/referrals/{reference}").text
        found = re.search(rf"/referrals/{reference}/victims/(VCS-[0-9A-Z-]+)/", page)
        assert found, "no victim on the referral"
        return reference, found[1]


@dataclass
class Visitor:
    """Somebody with a browser."""

    browser: TestClient

    def get(self, path: str) -> Any:
        """Open a page."""
        return self.browser.get(path)

    def post(self, path: str, data: Mapping[str, str | list[str]], **headers: str) -> Any:
        """Post a form as one of our own pages would."""
        return self.browser.post(path, data=data, headers=FROM_US | headers)

    def hidden(self, path: str) -> dict[str, str]:
        """Return what a page's form carries unseen."""
        return {name: unescape(value) for name, value in _HIDDEN.findall(self.get(path).text)}

    def fill(self, path: str, action: str | None = None, **answers: str) -> Any:
        """Open a page with a form, fill it in and send it."""
        return self.post(action or path, self.hidden(path) | answers)

    def check(self, path: str, **answers: str) -> Any:
        """Fill a form in and go where its first button leads: to the page of the answers."""
        answer = self.fill(path, step="check", **answers)
        assert answer.status_code == 303, answer.text
        return self.get(answer.headers["location"])

    def sign_in(self, email: str, password: str = PASSWORD) -> Any:
        """Sign in."""
        answer = self.fill("/sign-in", email=email, password=password)
        assert answer.status_code == 303, answer.text
        return answer


def basic(client_id: str, secret: str) -> dict[str, str]:
    """Return the header of HTTP Basic."""
    pair = base64.b64encode(f"{client_id}:{secret}".encode()).decode()
    return {"Authorization": f"Basic {pair}"}


# An application keeps nothing of its own, and its routes take long to prepare: what one office has
# done with serves the next. All offices have the same keys and address.
_SPARE: list[FastAPI] = []


@contextmanager
def opened(settings: Settings, clock: MovableClock, secrets: Secrets) -> Iterator[Office]:
    """Open the office's door until the block ends, with the one press of all offices.

    The start-up checks, which the tests of starting make, are left out.
    """
    app = _SPARE.pop() if _SPARE else create_app(settings)
    started = Started(settings, connect(settings), Sealer(settings.sealing_keys), ())
    door = app.state.door = open_door(started, clock.now)
    door._renderer = the_press()
    try:
        with start_blocking_portal() as loop:
            yield Office(app, loop, settings, clock, secrets)
    finally:
        door._renderer = None
        door.close()
        _SPARE.append(app)


@cache
def the_press() -> Renderer:
    """Return the press that this process's offices share; it ends with the process."""
    press = Renderer()
    atexit.register(press.close)
    return press


def furnished(settings: Settings, clock: MovableClock) -> Secrets:
    """Furnish the database that the settings name."""
    database = connect(settings)
    try:
        return furnish(database, clock)
    finally:
        database.close()
