"""Who did what, as the page of a referral says it."""

from __future__ import annotations

from datetime import UTC, datetime

from vcs.access import trail
from vcs.access.clients import ClientEntry, add_client
from vcs.access.reads import history
from vcs.access.records import ClientKind
from vcs.database import Database

NOW = datetime(2026, 3, 20, 9, 0, tzinfo=UTC)


def test_a_program_is_called_by_its_name_and_a_person_by_theirs(database: Database) -> None:
    with database.writing() as session:
        entry = ClientEntry("Leeds prison system", ClientKind.CUSTODY)
        client = add_client(session, None, entry, NOW)
        for who in (f"client:{client.client_id}", "account:7", "system", "client:gone"):
            trail.note(session, trail.Note(NOW, who, "event.recorded", "VCS-1"))
    with database.reading() as session:
        lines = history(session, ("VCS-1",), {7: "Vera Liaison"})
    assert [one.who for one in reversed(lines)] == [
        "Leeds prison system",
        "Vera Liaison",
        "The system",
        "client:gone",
    ]
