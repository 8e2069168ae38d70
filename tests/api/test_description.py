"""The description of what programs may ask is true: schemathesis asks at random and compares."""

from __future__ import annotations

import json
from typing import Any

import schemathesis
from hypothesis import HealthCheck, Phase, settings
from typer.testing import CliRunner

from api.app import describe
from api.cli import app
from api.guards.routes import TABLE, is_for_machines
from tests.api.office import BASE, Office, basic
from vcs.access.records import ClientKind
from vcs.terms import Role

CONFIG: dict[str, Any] = {
    "base-url": BASE,
    # What no JSON Schema can say is refused with a documented 422: a length in words, one of two
    # references and not both, a date within bounds.
    "checks": {
        "positive_data_acceptance": {
            "expected-statuses": ["2xx", "401", "403", "404", "409", "422", "503"]
        }
    },
}


class Front:
    """The office's app, once there is one: operations are collected before any test runs."""

    app: Any = None

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        """Pass a request on; the office opened its door already."""
        if scope["type"] != "lifespan":
            await self.app(scope, receive, send)
            return
        while True:
            told = (await receive())["type"]
            await send({"type": f"{told}.complete"})
            if told.endswith("shutdown"):
                return


front = Front()

schema = schemathesis.openapi.from_dict(describe(), config=schemathesis.Config.from_dict(CONFIG))

schema.app = front


def credentials(office: Office, case: Any) -> dict[str, Any]:
    """Return what an operation's security asks for, as arguments of a call."""
    (needed,) = case.operation.definition.raw["security"] or [{}]
    if "client" in needed:
        return {"headers": basic(*office.secrets.clients["court"])}
    if "session" in needed and "vcs" in (case.cookies or {}):
        return {"cookies": dict(office.person(Role.ADMINISTRATOR).browser.cookies)}
    if "token" in needed:
        is_wcu = case.operation.path.startswith("/referrals")
        kind = ClientKind.WITNESS_CARE if is_wcu else ClientKind.COURT
        return {"headers": {"Authorization": f"Bearer {office.token(kind)}"}}
    return {}


@schema.parametrize()
@settings(
    max_examples=10,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=[Phase.explicit, Phase.generate],
)
def test_every_answer_is_as_described(case: Any, shared_office: Office) -> None:
    front.app = shared_office.app
    case.call_and_validate(**credentials(shared_office, case))


def test_every_address_for_programs_is_described_with_who_may_use_it() -> None:
    described = {
        (method.upper(), path): told["security"]
        for path, told_of in describe()["paths"].items()
        for method, told in told_of.items()
    }
    for rule in TABLE:
        if is_for_machines(rule.path):
            needed = described.pop((rule.method, rule.path))
            assert (needed == []) == (rule.anyone and rule.path != "/oauth2/token"), rule
    assert described == {}


def test_the_command_prints_it_and_nobody_can_fetch_it(office: Office) -> None:
    ran = CliRunner().invoke(app, ["openapi"])
    assert ran.exit_code == 0
    assert json.loads(ran.stdout) == describe()
    for path in ("/openapi.json", "/docs", "/redoc"):
        assert office.client.get(path).status_code == 404
