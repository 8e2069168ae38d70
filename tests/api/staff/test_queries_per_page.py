"""No page asks a question of the database for each row that it shows."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Engine, event

from api.guards.menu import SECTIONS
from tests.api.office import Office, sentencing
from vcs.terms import Role

FILES = ("/worklist.csv", "/tasks.csv", "/due.ics", "/ledger/rows?state=awaited", "/?show=all")

FEW, MANY = 2, 9


@contextmanager
def counted() -> Iterator[list[str]]:
    """Collect every statement that any database is asked meanwhile."""
    statements: list[str] = []

    def keep(*given: object) -> None:
        statements.append(str(given[2]))

    event.listen(Engine, "before_cursor_execute", keep)
    try:
        yield statements
    finally:
        event.remove(Engine, "before_cursor_execute", keep)


def asked(office: Office, role: Role) -> dict[str, int]:
    """Return how often each page that a role may open asks the database."""
    visitor, found = office.person(role), dict[str, int]()
    for path in (*(path for section in SECTIONS for _, path in section.pages), *FILES):
        # The fewer of two: what is done once in a while, as a sign-in's renewal, is no row's.
        for _ in range(2):
            with counted() as statements:
                answer = visitor.get(path)
            if answer.status_code == 200:
                found[path] = min(len(statements), found.get(path, len(statements)))
    return found


def sentence(office: Office, numbers: range) -> None:
    for n in numbers:
        day = office.clock.today()
        office.tell(sentencing(day, first=f"Derek{n}", last="Madeup", urn=f"13EX{n:07d}26"))


def test_a_list_of_nine_does_not_ask_once_for_each_row(office: Office) -> None:
    roles = (Role.MANAGER, Role.ADMINISTRATOR)
    sentence(office, range(FEW))
    office.clock.days(12)
    office.people.clear()
    few = {role: asked(office, role) for role in roles}
    sentence(office, range(FEW, MANY))
    office.clock.days(12)
    office.people.clear()
    many = {role: asked(office, role) for role in roles}
    more = {
        (role, path): (before, many[role][path])
        for role, pages in few.items()
        for path, before in pages.items()
        if many[role][path] - before >= MANY - FEW
    }
    assert not more
    assert len(few[Role.MANAGER]) > 20
