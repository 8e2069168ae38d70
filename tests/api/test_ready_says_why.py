"""What is wrong is named by /readyz for as long as it is wrong, and names nobody."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest
from sqlmodel import Session, SQLModel

from tests.api.conftest import furniture, office
from tests.api.office import VICTIM, Office
from vcs.alerts.records import AlertKind, AlertRecord
from vcs.ledger.records import HEARTBEAT, LedgerProof, SweepRun

__all__ = ["furniture", "office"]

Rows = Callable[[datetime], tuple[SQLModel, ...]]


def swept(before: timedelta) -> Rows:
    """Return a row of a sweep that ended some time ago."""
    return lambda now: (SweepRun(job=HEARTBEAT, started_at=now - before, finished_at=now - before),)


def owed(before: timedelta) -> Rows:
    """Return an email that has been owed for some time and that nobody tried to send."""
    return lambda now: (
        AlertRecord(
            key=f"canary-{before}",
            kind=AlertKind.DANGER,
            subject="VCS-TEST-TEST",
            told='{"name": "Nia Example"}',
            owed_at=now - before,
            next_try_at=now - before,
            message_id=f"danger-{before}",
        ),
    )


def proved(before: timedelta, *, closes: bool) -> Rows:
    """Return a proof of the ledger, with a problem that says more than an operator may read."""
    problems = "[]" if closes else '["Nia Example is in no state"]'
    return lambda now: (
        LedgerProof(run_at=now - before, closes=closes, counts="{}", problems=problems),
    )


TOO_LONG = timedelta(seconds=1)

NEVER_RAN = "The scheduler has never run."

MINUTES_5, HOURS_2, HOURS_36 = timedelta(minutes=5), timedelta(hours=2), timedelta(hours=36)

LATE = (
    ("The scheduler has not run for more than 5 minutes.", swept, MINUTES_5),
    ("The oldest alert email has been owed for more than 2 hours.", owed, HOURS_2),
    (
        "The ledger has not been proved for more than 36 hours.",
        lambda before: proved(before, closes=True),
        HOURS_36,
    ),
)
"""What is said, what makes it so, and after how long."""


@pytest.mark.parametrize(("words", "make", "most"), LATE, ids=[one[0] for one in LATE])
def test_what_is_too_old_is_named_a_moment_after_its_time_and_not_before(
    office: Office, words: str, make: Callable[[timedelta], Rows], most: timedelta
) -> None:
    _write(office, make(most))
    assert words not in _warnings(office)
    office.clock.move_to(office.clock.now() + TOO_LONG)
    assert words in _warnings(office)


def test_each_failing_state_is_named_until_it_is_over_and_names_nobody(office: Office) -> None:
    assert {NEVER_RAN, "The ledger has never been proved."} <= {*_warnings(office)}
    _write(office, swept(timedelta()), proved(timedelta(), closes=False))
    told = _warnings(office)
    assert NEVER_RAN not in told
    assert "The ledger did not close when it was last proved." in told
    _write(office, proved(timedelta(), closes=True))
    assert not [one for one in _warnings(office) if "ledger" in one]
    for body in (b'{"victim": "Nia Example"}', b'{"offender": "Colin Madeup"}'):
        office.tell(body)
    assert "2 court messages are set aside for a person." in _warnings(office)
    office.clock.days(7)
    _write(office, swept(timedelta()), owed(HOURS_2 + TOO_LONG))
    aside = "The oldest message set aside has waited for 5 working days."
    assert {aside, "The oldest alert email has been owed for more than 2 hours."} <= {
        *_warnings(office)
    }
    office.clock.move_to(date(2028, 1, 1))  # Saturday: the official calendar ends with 2028
    assert [one for one in _warnings(office) if "less than 12 months ahead" in one]


def _write(office: Office, *rows: Rows) -> None:
    session: Session
    with office.app.state.door.db.writing() as session:
        for made in rows:
            session.add_all(made(office.clock.now()))


def _warnings(office: Office) -> list[str]:
    """Return what is to be watched; the answer stays 200, and says nothing of anybody."""
    answer = office.client.get("/readyz")
    assert (answer.status_code, answer.json()["status"]) == (200, "ready")
    told = answer.text + office.client.get("/metrics").text
    canaries = ("Nia", "Example", "Colin", "Madeup", "VCS-", VICTIM["phone"])
    assert [one for one in canaries if one in told] == []
    found: list[str] = answer.json()["warnings"]
    return found
