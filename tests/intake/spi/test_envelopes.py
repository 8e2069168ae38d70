"""What comes around an SPI message, and what in it stops the reading."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from tests.intake.spi.messages import (
    CROWN_COURT,
    DAY,
    SPI,
    case,
    delivered,
    in_soap,
    message,
    new_case,
    offence,
    result,
    routed,
)
from vcs.intake.message import MessageRead
from vcs.intake.reading import read
from vcs.law.eligibility import decide
from vcs.terms import Outcome

TWO_YEARS = case(offence("OF61102", result(length="2 Y")))

SAID = message(TWO_YEARS)

SECRET = "Canary-7fQz"


def outcomes(found: MessageRead) -> list[Outcome]:
    """Decide on everybody in a message that was read."""
    assert found.status == "read", found.problem
    return [decide(one.facts).outcome for one in found.sentenced]


@pytest.mark.parametrize(
    "body",
    [
        delivered(SAID),
        routed(SAID),
        routed('<?xml version="1.0" encoding="UTF-16"?>' + SAID),
        routed("<!-- a note -->" + SAID),
        in_soap(routed(SAID)),
        SAID.encode(),
        delivered(SAID.replace("DC:", "").replace("xmlns:DC", "xmlns")),
    ],
    ids=["delivered", "routed", "declared", "commented", "in SOAP", "bare", "by default namespace"],
)
def test_the_same_message_is_the_same_in_every_envelope(body: bytes) -> None:
    found = read(body)

    assert found.format == "spi-result"
    assert outcomes(found) == [Outcome.STATUTORY]
    assert found.sentenced == read(delivered(SAID)).sentenced
    assert found.hearing_id is None
    assert found.hearing_day == date(2026, 3, 20)


def test_padding_and_the_order_of_elements_do_not_matter() -> None:
    padded = SAID.replace(CROWN_COURT, f"\n      {CROWN_COURT}\n    ").replace("><", ">\n <")
    first, _, rest = SAID.partition("<DC:PTIURN>")
    urn, _, after = rest.partition("</DC:PTIURN>")
    urn_last = f"{first}{after}".replace("</DC:Case>", f"<DC:PTIURN>{urn}</DC:PTIURN></DC:Case>")

    for said in (padded, urn_last):
        assert read(delivered(said)).sentenced == read(delivered(SAID)).sentenced


def test_the_moment_of_the_envelope_orders_messages_where_it_can() -> None:
    assert read(delivered(SAID)).shared_at == datetime(2026, 3, 20, 17, 5, tzinfo=UTC)
    assert read(routed(SAID)).shared_at == datetime(2026, 3, 20, 17, 5, 0, 123000, tzinfo=UTC)
    west = datetime(2026, 3, 20, 9, 30, tzinfo=timezone(timedelta(hours=-5)))
    assert read(delivered(SAID, "2026-03-20T09:30:00-05:00")).shared_at == west


@pytest.mark.parametrize(
    "made_at",
    [
        "2001-12-17T09:30:47-05:00",
        "2026-03-19T23:59:59+00:00",
        "2026-03-20T17:05:00",
        "0001-01-01T00:00:00+14:00",
        "9999-12-31T23:59:59-14:00",
        "yesterday",
        "",
    ],
    ids=["a template", "the day before", "no zone", "the first year", "the last", "a word", "none"],
)
def test_a_moment_that_cannot_be_right_orders_nothing(made_at: str) -> None:
    found = read(delivered(SAID, made_at))

    assert found.shared_at is None
    assert outcomes(found) == [Outcome.STATUTORY]


def test_a_moment_just_after_midnight_in_london_is_on_the_day_of_the_hearing() -> None:
    summer = message(TWO_YEARS, day="2026-06-12")

    assert read(delivered(summer, "2026-06-11T23:30:00+00:00")).shared_at is not None
    assert read(delivered(summer, "2026-06-11T22:30:00+00:00")).shared_at is None


def test_several_cases_in_one_session_are_all_read() -> None:
    theft = case(offence("TH68010", result("1015")), urn="01BB0000126")
    found = read(delivered(message(TWO_YEARS, theft)))

    assert {one.case_reference for one in found.sentenced} == {"01AA1234526", "01BB0000126"}
    assert sorted(outcomes(found)) == [Outcome.NOT_ELIGIBLE, Outcome.STATUTORY]


def test_a_police_message_opens_a_case_and_sentences_nobody() -> None:
    for body in (routed(new_case(2)), delivered(new_case(2)), new_case(2).encode()):
        found = read(body)
        assert (found.format, found.status, found.sentenced) == ("spi-new-case", "read", ())
        assert found.victims_named == (("01AA1234526", 2),)
    assert read(routed(new_case(0))).victims_named == ()


@pytest.mark.parametrize(
    "said",
    [
        SAID.replace(f'"{SPI}"', '"http://example.org/other"'),
        SAID.replace(f' xmlns:DC="{SPI}"', "").replace("DC:", ""),
        SAID.replace('SchemaVersion="0.6g"', 'SchemaVersion="9"'),
        SAID.replace("ResultedCasesForThePolice", "SomethingElse"),
        SAID.replace("<DC:Result>", '<Result xmlns="http://example.org/other">').replace(
            "</DC:Result>", "</Result>"
        ),
        SAID.replace("DC:Session", "DC:Sitting"),
        SAID.replace(f"<DC:DateOfHearing>{DAY}</DC:DateOfHearing>", ""),
        SAID.replace(DAY, SECRET),
        SAID.replace(DAY, "2026-02-30"),
        SAID.replace(DAY, "1066-10-14"),
        message(),
        message(case()),
        message(case(offence("OF61102"))),
        message(TWO_YEARS.replace("<DC:PTIURN>01AA1234526</DC:PTIURN>", "")),
        message(TWO_YEARS.replace("01AA1234526", SECRET * 10)),
        message(TWO_YEARS.replace("</DC:Defendant>", "</DC:Defendant><DC:Defendant/>")),
        message(TWO_YEARS.replace("CourtIndividualDefendant", "Someone")),
        message(TWO_YEARS.replace("<DC:Finding>", "<DC:Finding>N</DC:Finding><DC:Finding>")),
        message(TWO_YEARS.replace("<DC:Outcome>", f"<DC:Outcome>{SECRET}")),
        message(TWO_YEARS, TWO_YEARS.replace("Sam", "Somebody")),
        "<html><body>Busy</body></html>",
        "<!DOCTYPE x><x/>",
        "<not closed",
        "words",
    ],
    ids=range(24),
)
def test_what_breaks_the_meaning_of_the_schema_is_set_aside(said: str) -> None:
    found = read(routed(said))

    assert (found.format, found.status, found.sentenced) == ("spi-result", "set_aside", ())
    assert (found.problem or "").endswith(".")
    assert SECRET not in (found.problem or "")


def test_a_result_in_another_namespace_is_never_passed_over() -> None:
    fined = message(case(offence("OF61102", result("1015"), result(length="2 Y"))))
    first, _, last = fined.rpartition("<DC:Result>")
    other = f'{first}<Result xmlns="http://example.org/other">{last}'.replace(
        "</DC:Result></DC:Offence>", "</Result></DC:Offence>"
    )

    found = read(delivered(other))
    assert found.in_part
    assert "“Case[1].Defendant.Offence.Result”" in (found.problem or "")
    (one,) = found.sentenced
    assert decide(one.facts).outcome is Outcome.CANNOT_TELL


def test_two_messages_about_the_same_sentence_in_one_envelope_are_set_aside() -> None:
    assert read(delivered(SAID + SAID)).status == "set_aside"


def test_an_envelope_in_an_envelope_ends_somewhere() -> None:
    body = routed(SAID)
    for _ in range(4):
        body = in_soap(body)

    assert "too many envelopes" in (read(body).problem or "")
