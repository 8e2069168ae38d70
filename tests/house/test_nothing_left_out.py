"""A test that a machine cannot run is named, and fails where nothing may be left out."""

from __future__ import annotations

from typing import Literal

import pytest

from tests.services import session


def report(outcome: Literal["passed", "failed", "skipped"]) -> pytest.TestReport:
    """Build a report as pytest makes it."""
    words = ("tests/planted.py", 1, "Skipped: PostgreSQL, no server on this machine")
    longrepr = words if outcome == "skipped" else None
    return pytest.TestReport("planted", ("tests/planted.py", 0, ""), {}, outcome, longrepr, "call")


def test_a_test_left_out_says_why() -> None:
    assert session.reason(report("skipped")) == "PostgreSQL, no server on this machine"


@pytest.mark.parametrize(
    ("setting", "outcome", "expected"),
    [
        ("1", "skipped", "failed"),
        ("1", "passed", "passed"),
        ("0", "skipped", "skipped"),
        ("", "skipped", "skipped"),
    ],
)
def test_a_test_left_out_fails_only_where_nothing_may_be(
    monkeypatch: pytest.MonkeyPatch,
    setting: str,
    outcome: Literal["passed", "failed", "skipped"],
    expected: str,
) -> None:
    monkeypatch.setenv(session.NOTHING_LEFT_OUT, setting)
    made = report(outcome)
    session.fail_what_was_left_out(made)
    assert made.outcome == expected


def test_a_fault_that_is_expected_is_not_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(session.NOTHING_LEFT_OUT, "1")
    made = report("skipped")
    made.wasxfail = "known"
    session.fail_what_was_left_out(made)
    assert made.outcome == "skipped"
