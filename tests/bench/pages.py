"""What each page costs in the server, with a thousand sentences stored and with many more."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from typing import Any

from sqlalchemy import text
from starlette.testclient import TestClient

from api.app import create_app, open_door
from tests.api.office import BASE, PASSWORD, Visitor, email_of
from tests.bench.backlog import filled
from tests.bench.bodies import COURT
from vcs import clock
from vcs.access.accounts import AccountEntry, add_account
from vcs.database import Database
from vcs.intake.regions import police_area_of_court, region_of_court
from vcs.ledger.kept.marks import start_marking, stop_marking
from vcs.ledger.kept.recount import keep_all
from vcs.start.checks import Started
from vcs.terms import Role

_SMALL = 1_000

_ROUNDS = 5

_OWN = 150

"""Referrals of one officer: a usual caseload."""

_OPEN_OF = 5

"""One in so many sentences still waits; the others are closed, as after some years."""

_PAGES: Mapping[Role, tuple[str, ...]] = {
    Role.VLO: ("/", "/?show=open", "/?show=unassigned", "/tasks"),
    Role.MANAGER: (
        *("/", "/?show=all", "/?show=overdue", "/?show=open&page=10", "/tasks", "/sentences"),
        *("/ledger", "/ledger?by=week", "/ledger/rows?state=awaited"),
    ),
    Role.WITNESS_CARE: ("/",),
    Role.ADMINISTRATOR: ("/ledger", "/ledger?by=court", "/tasks", "/feeds", "/set-aside"),
}


def run(large: int = 1_000_000) -> dict[str, Any]:
    """Return the milliseconds of each page with few and with many sentences, and their ratio."""
    with ExitStack() as stack:
        offices = {size: stack.enter_context(_office(size)) for size in (_SMALL, large)}
        return {
            f"{role} {path}": _ratio(
                {size: _cost(one[role], path) for size, one in offices.items()}
            )
            for role, paths in _PAGES.items()
            for path in paths
        }


def _ratio(costs: dict[int, float]) -> dict[str, float]:
    few, many = costs.values()
    return {"few": round(few, 1), "many": round(many, 1), "ratio": round(many / few, 2)}


def _cost(visitor: Visitor, path: str) -> float:
    """Return the milliseconds of the quickest of a few rounds."""
    return min(_once(visitor, path) for _ in range(_ROUNDS)) * 1000


def _once(visitor: Visitor, path: str) -> float:
    began = time.perf_counter()
    answer = visitor.get(path)
    took = time.perf_counter() - began
    assert answer.status_code == 200, (path, answer.status_code)
    return took


@contextmanager
def _office(size: int) -> Iterator[dict[Role, Visitor]]:
    with filled(size) as (settings, db, sealer), ExitStack() as stack:
        _furnish(db)
        _close_most(db)
        app = create_app(settings)
        door = app.state.door = open_door(Started(settings, db, sealer, ()), clock.now)
        stack.callback(door.close)
        yield {
            role: _signed_in(TestClient(app, base_url=BASE, follow_redirects=False), role)
            for role in _PAGES
        }


def _furnish(db: Database) -> None:
    region = region_of_court(COURT[0])
    assert region
    with db.writing() as session:
        for role in Role:
            entry = AccountEntry(
                email_of(role), "Bench", PASSWORD, role, region.code, police_area_of_court(COURT[0])
            )
            add_account(session, None, entry, clock.now())


def _close_most(db: Database) -> None:
    """Close most of them at once, as no verb does; all is counted anew afterwards."""
    with db.engine.begin() as connection:
        stop_marking(connection)
        officer = connection.execute(text("SELECT id FROM account WHERE role = 'vlo'")).scalar_one()
        for statement in (
            "UPDATE referral SET status = 'closed', closed_reason = 'no_identifiable_victim', "
            "closed_on = '2026-04-01' WHERE id % :share <> 0",
            "UPDATE deadline SET lifted_on = '2026-04-01' WHERE referral_id % :share <> 0",
            "UPDATE referral SET vlo_account_id = :officer WHERE id IN "
            "(SELECT id FROM referral WHERE status = 'awaiting' ORDER BY id LIMIT :own)",
        ):
            given = {"share": _OPEN_OF, "officer": officer, "own": _OWN}
            named = {name: value for name, value in given.items() if f":{name}" in statement}
            connection.execute(text(statement), named)
        start_marking(connection)
    with db.writing() as session:
        keep_all(session)


def _signed_in(client: TestClient, role: Role) -> Visitor:
    visitor = Visitor(client)
    visitor.sign_in(email_of(role))
    return visitor
