"""Alive, ready, and how it is doing."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
import yaml  # type: ignore[import-untyped]  # it comes without types

from api.app import create_app
from tests.api.office import Office
from tests.journeys.program import referral
from vcs.access.records import ClientKind
from vcs.errors import NotSetUp
from vcs.settings import Settings


def test_it_is_alive_and_says_its_name(office: Office) -> None:
    assert office.client.get("/livez").json() == {"status": "alive"}
    assert office.client.get("/info").json()["name"] == "victim-contact-tracker"


def test_it_is_ready_and_says_what_to_watch(office: Office) -> None:
    answer = office.client.get("/readyz")
    assert answer.status_code == 200
    assert answer.json()["status"] == "ready"
    assert "The scheduler has never run." in answer.json()["warnings"]


def test_a_message_that_waits_too_long_is_named(office: Office) -> None:
    office.app.state.door.reader.stop()
    office.send(b'{"a": 1}')
    office.clock.minutes(5)
    assert not _waits(office)
    office.clock.minutes(1)
    assert _waits(office)


def _waits(office: Office) -> bool:
    warnings = office.client.get("/readyz").json()["warnings"]
    return any("waited for more than 5 minutes" in words for words in warnings)


def test_a_request_of_witness_care_that_waits_too_long_is_named(office: Office) -> None:
    office.app.state.door.reader.stop()
    assert "vcs_requests_depth 0.0" in office.client.get("/metrics").text
    bearer = {"Authorization": f"Bearer {office.token(ClientKind.WITNESS_CARE)}"}
    assert office.client.post("/referrals", json=referral(), headers=bearer).status_code == 202
    office.clock.minutes(6)
    told = office.client.get("/metrics").text
    assert "vcs_requests_depth 1.0" in told
    assert "vcs_oldest_request_seconds 360.0" in told
    warnings = office.client.get("/readyz").json()["warnings"]
    assert "The oldest request of witness care has waited for more than 5 minutes." in warnings


def test_a_message_set_aside_is_counted(office: Office) -> None:
    office.tell(b'{"a": 1}')
    assert "vcs_set_aside 1.0" in office.client.get("/metrics").text
    warnings = office.client.get("/readyz").json()["warnings"]
    assert "1 court message is set aside for a person." in warnings


def test_the_end_of_the_official_calendar_is_named_a_year_ahead(office: Office) -> None:
    told = {day: _calendar_warnings(office, day) for day in _AROUND_A_YEAR}
    assert told[date(2027, 12, 31)] == []
    assert told[date(2028, 1, 1)] == told[date(2028, 12, 31)]
    assert "end on Sunday 31 December 2028, less than 12 months ahead" in told[date(2028, 1, 1)][0]
    assert "ran out on Sunday 31 December 2028" in told[date(2029, 1, 1)][0]


_AROUND_A_YEAR = [
    date(2027, 12, 31),  # Friday
    date(2028, 1, 1),  # Saturday
    date(2028, 12, 31),  # Sunday
    date(2029, 1, 1),  # Monday
]


def _calendar_warnings(office: Office, day: date) -> list[str]:
    office.clock.move_to(day)
    answer = office.client.get("/readyz")
    assert (answer.status_code, answer.json()["status"]) == (200, "ready")
    return [words for words in answer.json()["warnings"] if "bank holidays" in words]


def test_it_does_not_start_on_a_database_without_a_schema(
    settings: Settings, blank_database_url: str
) -> None:
    from starlette.testclient import TestClient

    with pytest.raises(NotSetUp, match="vcs migrate"), TestClient(create_app(settings)):
        pass


def test_the_oldest_message_set_aside_is_named_once_it_waited_too_long(office: Office) -> None:
    office.tell(b'{"a": 1}')
    assert "vcs_oldest_set_aside_days 0.0" in office.client.get("/metrics").text
    office.clock.days(7)
    assert "vcs_oldest_set_aside_days 7.0" in office.client.get("/metrics").text
    warnings = office.client.get("/readyz").json()["warnings"]
    assert "The oldest message set aside has waited for 5 working days." in warnings


def test_every_figure_of_the_example_rules_is_given(office: Office) -> None:
    rules = yaml.safe_load(Path("api/example/alert_rules.yml").read_text(encoding="utf-8"))
    (group,) = rules["groups"]
    given = office.client.get("/metrics").text
    asked = {name for one in group["rules"] for name in re.findall(r"vcs_\w+", one["expr"])}
    assert asked
    assert [name for name in asked if f"\n{name} " not in given] == []
    assert all(one["annotations"]["summary"].endswith(".") for one in group["rules"])
