"""What each page costs in the server, with a thousand sentences stored and with many more."""

from __future__ import annotations

import sqlite3
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from typing import Any

from sqlalchemy import text
from sqlmodel import select
from starlette.testclient import TestClient

from api.app import create_app, open_door
from api.guards.menu import SECTIONS
from tests.api.office import BASE, PASSWORD, Visitor, email_of
from tests.bench.backlog import filled
from tests.bench.bodies import COURT
from tests.bench.searching import SEARCHED, name_them
from vcs import clock, marking
from vcs.access.accounts import AccountEntry, add_account
from vcs.access.records import Account
from vcs.access.signing_in.sign_in import actor_of
from vcs.clocks.marks import CLOCK_MARKS
from vcs.database import Database
from vcs.intake.regions import police_area_of_court, region_of_court
from vcs.ledger.kept.marks import start_marking, stop_marking
from vcs.ledger.kept.recount import keep_all
from vcs.sealing import Sealer
from vcs.search.reads import search
from vcs.start.checks import Started
from vcs.terms import Role

_SMALL = 1_000

_ROUNDS = 15

_SLOW = 0.5
"""Seconds after which a page is opened only a few times."""

_OWN = 150

"""Referrals of one officer: a usual caseload."""

_OPEN_OF = 5

"""One in so many sentences still waits; the others are closed, as after some years."""

_LISTS: Mapping[Role, tuple[str, ...]] = {
    Role.VLO: ("/?show=open", "/?show=unassigned", "/worklist.csv"),
    Role.MANAGER: (
        *("/?show=all", "/?show=overdue", "/?show=open&page=4", "/?show=all&sort=case"),
        *("/ledger?by=week", "/ledger/rows?state=awaited", "/officers/give"),
        *("/measures?by=court", "/worklist.csv", "/tasks.csv", "/due.ics"),
    ),
    Role.WITNESS_CARE: ("/what-we-sent?show=messages", "/what-we-sent?show=proposals"),
    Role.HEAD: (),
    Role.UNIT_ADMINISTRATOR: (),
    Role.ADMINISTRATOR: ("/ledger?by=court", "/metrics"),
}
"""What is opened besides every page of the navigation: whole lists, and other sides of a list."""


def run(large: int = 1_000_000, kinds: Iterable[str] = ("sqlite", "postgresql")) -> dict[str, Any]:
    """Return what each page costs with few and with many sentences, on each kind of database."""
    return {kind: _on(kind, large) for kind in kinds}


def _on(kind: str, large: int) -> dict[str, Any] | str:
    with ExitStack() as stack:
        try:
            offices = [stack.enter_context(_office(size, kind)) for size in (_SMALL, large)]
        except LookupError:
            return "not on this machine"
        acts = dict(_acts(offices[0].navigation, offices))
        return {
            name: _compared(f"{kind} {name}", few_and_many) for name, few_and_many in acts.items()
        }


Acts = list[Callable[[], int]]
"""Each does one thing, and returns how many rows it took away, or 1 for a page."""

_DOWNLOADS = {".csv": b"\r\n", ".ics": b"BEGIN:VEVENT"}
"""Files that hold every row of a list, and what each row of them has once."""


def _acts(
    navigation: Callable[[Role], list[str]], offices: list[_Office]
) -> Iterator[tuple[str, Acts]]:
    for role, paths in _LISTS.items():
        for path in (*navigation(role), *paths):
            yield f"{role} {path}", [one.opening(role, path) for one in offices]
    for role in (Role.VLO, Role.MANAGER):
        for asked in SEARCHED:
            yield f"{role} searches {asked}", [one.searching(role, asked) for one in offices]


@dataclass
class _Office:
    """A filled database that is served, and one visitor in each role."""

    db: Database
    sealer: Sealer
    visitors: Mapping[Role, Visitor]

    def navigation(self, role: Role) -> list[str]:
        """Return the pages that somebody is led to from every page."""
        paths = [path for section in SECTIONS for _, path in section.pages]
        return [one for one in paths if self.visitors[role].get(one).status_code == 200]

    def opening(self, role: Role, path: str) -> Callable[[], int]:
        """Return what opens a page, or takes a file away."""
        mark = next((one for end, one in _DOWNLOADS.items() if path.endswith(end)), None)

        def act() -> int:
            answer = self.visitors[role].get(path)
            assert answer.status_code == 200, (path, answer.status_code)
            return max(1, answer.content.count(mark)) if mark else 1

        return act

    def searching(self, role: Role, asked: str) -> Callable[[], int]:
        """Return what looks for a reference or a name."""
        with self.db.reading() as session:
            query = select(Account).where(Account.email == email_of(role))
            actor = actor_of(session.exec(query).one())

        def act() -> int:
            with self.db.reading() as session:
                search(session, self.sealer, actor, asked)
            return 1

        return act


def _compared(name: str, few_and_many: Acts) -> dict[str, float]:
    """Return the milliseconds of the quickest of some rounds, with few and with many.

    Turn by turn, so that neighbours on the same machine weigh on both alike. What a file costs is
    compared for each of its rows: a list of more rows is a longer file.
    """
    # What is counted for whoever asks first is counted by the scheduler before anybody does.
    longest = max(_once(one)[0] for one in few_and_many)
    longest = max(_once(one)[0] for one in few_and_many)
    turns = _ROUNDS if longest < _SLOW else 2
    rounds = [[_once(one) for one in few_and_many] for _ in range(turns)]
    few, most = (min(one) for one in zip(*rounds, strict=True))
    found = {"few": round(few[0] * 1000, 1), "many": round(most[0] * 1000, 1)}
    if most[1] > 1:
        found |= {"few rows": few[1], "many rows": most[1]}
    found["ratio"] = round(most[0] / most[1] / (few[0] / few[1]), 2)
    print(name, found, file=sys.stderr, flush=True)
    return found


def _once(act: Callable[[], int]) -> tuple[float, int]:
    """Return the seconds of processor time that something took, and how many rows it gave."""
    began = time.process_time()
    rows = act()
    return time.process_time() - began, rows


@contextmanager
def _office(size: int, kind: str) -> Iterator[_Office]:
    with filled(size, kind) as (settings, db, sealer), ExitStack() as stack:
        _furnish(db)
        _close_most(db)
        name_them(db, sealer)
        _look_it_over(db)
        app = create_app(settings)
        door = app.state.door = open_door(Started(settings, db, sealer, ()), clock.now)
        stack.callback(door.close)
        visitors = {
            role: _signed_in(TestClient(app, base_url=BASE, follow_redirects=False), role)
            for role in _LISTS
        }
        yield _Office(db, sealer, visitors)


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
        marking.stop(connection, CLOCK_MARKS)
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
        marking.start(connection, CLOCK_MARKS)
    with db.writing() as session:
        keep_all(session)


def _look_it_over(db: Database) -> None:
    """Let the database settle after such a load, as it does by itself within minutes.

    A log of changes of some gigabytes, which no day writes, is put away; each reader would have to
    look through all of it.
    """
    if db.engine.dialect.name == "sqlite":
        db.close()
        with closing(sqlite3.connect(str(db.engine.url.database), isolation_level=None)) as held:
            held.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        return
    with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("VACUUM ANALYZE"))


def _signed_in(client: TestClient, role: Role) -> Visitor:
    visitor = Visitor(client)
    visitor.sign_in(email_of(role))
    return visitor
