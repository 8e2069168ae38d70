"""A late case, with letters and events, is in no list or count of who is excluded from it."""

from __future__ import annotations

import difflib
from datetime import timedelta

from sqlmodel import select

from tests.api.office import Office, email_of, sentencing
from tests.api.staff.events.test_key_events import IN_ERROR
from tests.api.staff.letters.test_letters import assigned
from tests.api.staff.letters.visits import colleague
from tests.api.staff.referrals.test_excluded import _lines, _lists_of, _same
from vcs.access.records import Account
from vcs.terms import Role

PEOPLE = (Role.WITNESS_CARE, Role.VLO, Role.MANAGER, Role.HEAD, Role.UNIT_ADMINISTRATOR)


def seen(office: Office) -> dict[tuple[Role, str], list[str]]:
    """Return what each of them sees at every address that names no case."""
    return {
        (role, path): _lines(_same(office.person(role).get(path)))
        for role in PEOPLE
        for path in _lists_of(role)
    }


def test_nothing_late_of_a_hidden_case_is_listed_or_counted(office: Office) -> None:
    other = colleague(office, "Other", Role.MANAGER)
    before = seen(office)
    assert len(before) > 60
    late, _ = assigned(office)
    long_ago = office.clock.today() - timedelta(days=60)
    office.tell(sentencing(long_ago, first="Derek", last="Second", urn="13EX0000426"))
    office.person(Role.VLO).fill(f"/referrals/{late}/events/new", **IN_ERROR)
    changed = {role for (role, path), lines in seen(office).items() if lines != before[role, path]}
    assert changed == set(PEOPLE), "they see it while they are not excluded"
    with office.app.state.door.db.reading() as session:
        ids = dict(session.exec(select(Account.email, Account.id)).all())
    page = other.get("/?show=all").text
    references = {part[:13] for part in page.split('href="/referrals/')[1:]}
    assert len(references) == 2
    for reference in references:
        for role in PEOPLE:
            said = {"account_id": str(ids[email_of(role)]), "reason": "Family"}
            assert other.fill(f"/referrals/{reference}/exclusions/new", **said).status_code == 303
    found = {
        where: list(difflib.unified_diff(before[where], now, n=1))
        for where, now in seen(office).items()
        if now != before[where]
    }
    assert found == {}
