"""An instant is a day in London, in one place and by every feed; a date stays what it is."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from api.example.messages import as_bytes, hearing, offence, person, result
from tests.intake.spi import messages as spi
from vcs.intake.reading import read
from vcs.intake.values.days import london_day

JULY_1 = date(2026, 7, 1)  # Wednesday
BEFORE = date(2026, 6, 30)  # Tuesday


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("2026-06-30T22:59:59Z", BEFORE),
        ("2026-06-30T23:00:00Z", JULY_1),
        ("2026-06-30T23:00:00.000Z", JULY_1),
        ("2026-06-30T23:00Z", JULY_1),
        ("2026-06-30 23:00:00+00:00", JULY_1),
        ("2026-07-01T00:00:00+01:00", JULY_1),
        ("2026-07-01T00:00:00+01:00[Europe/London]", JULY_1),
        ("2026-07-01T00:30:00+02:00", BEFORE),
        ("2026-06-30T20:00:00-05:00", JULY_1),
        ("2026-01-15T23:00:00Z", date(2026, 1, 15)),
        ("2026-03-29T00:59:59Z", date(2026, 3, 29)),
        ("2026-10-24T23:00:00Z", date(2026, 10, 25)),
        ("2026-10-25T23:00:00Z", date(2026, 10, 25)),
        ("2026-06-30", BEFORE),
        ("2026-06-30Z", BEFORE),
        ("2026-06-30+01:00", BEFORE),
        ("2026-06-30T23:00:00", BEFORE),
    ],
)
def test_an_instant_is_its_day_in_london_and_a_date_stays(written: str, day: date) -> None:
    assert london_day(written) == day


@pytest.mark.parametrize("written", ["", "soon", "2026-02-30", "1066-10-14", "2040-01-01"])
def test_what_is_no_day_is_refused(written: str) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        london_day(written)


def _facts(**changes: Any) -> Any:
    made = result("IMP", BEFORE, "2 Years", orderedDate=changes.pop("orderedDate", None))
    count = offence("OF61131", "Wounding", [made], date(2025, 11, 2))
    count |= {k: v for k, v in changes.items() if k in ("convictionDate", "startDate", "endDate")}
    who = person("Alex", "Example", date(1985, 5, 5), [count])
    message = hearing("01ZX0000126", ("C01CE00", "Central Criminal Court"), BEFORE, [who])
    message["hearingDay"] = changes.get("hearingDay")
    message["sharedTime"] = changes.get("sharedTime", "2026-07-02T09:00:00Z")
    sitting = changes.get("sittingDay")
    message["hearing"]["hearingDays"] = [{"sittingDay": sitting}] if sitting else []
    (one,) = read(as_bytes(message)).sentenced
    return one.facts


@pytest.mark.parametrize("name", ["orderedDate", "hearingDay", "sittingDay", "sharedTime"])
def test_the_day_of_sentence_is_a_london_day_wherever_it_comes_from(name: str) -> None:
    assert _facts(**{name: "2026-06-30T23:00:00Z"}).sentenced_on == JULY_1
    assert _facts(**{name: "2026-06-30T22:59:59Z"}).sentenced_on == BEFORE


def test_the_days_of_conviction_and_of_the_offence_are_london_days() -> None:
    named = ("convictionDate", "startDate", "endDate")
    facts = _facts(orderedDate="2026-08-03", **dict.fromkeys(named, "2026-06-30T23:00:00Z"))
    (count,) = facts.offences

    assert (count.convicted_on, count.committed_from, count.committed_until) == (JULY_1,) * 3


def test_spi_may_send_an_instant_as_well() -> None:
    count = spi.offence("OF61131", spi.result(length="2 Y"))
    body = spi.delivered(spi.message(spi.case(count), day="2026-06-30T23:00:00Z"))

    assert [one.facts.sentenced_on for one in read(body).sentenced] == [JULY_1]
