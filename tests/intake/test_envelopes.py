"""Envelopes, deletions and listings: what is wrapped is found, or a person is told why not."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from api.example.messages import as_bytes
from api.example.shapes import as_copy
from tests.intake.platform_shapes import (
    SHAPES,
    Json,
    as_text,
    assault,
    in_queue,
    in_topic,
    prison,
    story,
    told,
)
from vcs.intake.common_platform.notices import names_another, of_deletion
from vcs.intake.reading import LARGEST, read

SENT_AT = datetime(2026, 3, 20, 16, 31, 5, 123000, tzinfo=UTC)

HEARING_ID = "8d67ed44-ecfb-43ce-867c-53077abf97a6"

POINTER = {"s3BucketName": "large-cases", "s3Key": "5f9e1b1c"}

CLASS = "software.amazon.payloadoffloading.PayloadS3Pointer"


def problem_of(message: object) -> str:
    """Read a message that must be set aside, and return why."""
    found = read(as_text(message).encode())
    assert found.status == "set_aside"
    assert found.problem
    assert found.problem.endswith(".")
    return found.problem


def sentence() -> Json:
    """Return a story with one prison sentence."""
    return story(assault(prison()))


@pytest.mark.parametrize("name", SHAPES)
@pytest.mark.parametrize(
    "wrap",
    [
        in_topic,
        in_queue,
        lambda message: in_queue(in_topic(message)),
        lambda message: in_queue(in_queue(in_topic(message))),
        lambda message: {"Records": [{"messageId": "1", "body": as_text(message)}]},
        lambda message: {"Records": [{"Sns": in_topic(message)}]},
        lambda message: {"_metadata": {"name": "public.hearing-resulted"}, "payload": message},
        lambda message: message | {"_metadata": {"name": "public.hearing-resulted", "id": "1"}},
        lambda message: {"Message": message},
    ],
    ids=["topic", "queue", "topic in queue", "three", "record", "sns", "event", "beside", "object"],
)
def test_what_is_wrapped_is_read_as_if_it_came_bare(name: str, wrap: Any) -> None:
    bare = SHAPES[name](sentence())

    found = told(wrap(bare))
    assert found.format == name
    assert found.sentenced == told(bare).sentenced
    assert len(found.sentenced) == 1


def test_a_fourth_envelope_is_not_opened() -> None:
    four = in_queue(in_queue(in_queue(in_topic(sentence()))))

    assert problem_of(four) == "The message lies in more than 3 envelopes."


def test_the_topics_moment_stands_in_only_where_the_court_states_none() -> None:
    public, copy = sentence(), as_copy(sentence())

    assert told(in_topic(copy)).shared_at == SENT_AT
    assert told(in_queue(in_topic(copy))).shared_at == SENT_AT
    assert told(in_topic(public)).shared_at == told(public).shared_at != SENT_AT


def test_a_listing_is_read_with_nobody_sentenced_and_orders_no_share() -> None:
    listing = as_copy(story(assault()))

    found = told(in_topic(listing, hearingEventType="ConfirmedOrUpdated"))
    assert (found.format, found.sentenced, found.deleted) == ("hmpps-hearing", (), False)
    assert found.hearing_id
    assert found.shared_at is None


def test_a_sentence_in_what_is_called_a_listing_is_read_all_the_same() -> None:
    found = told(in_topic(as_copy(sentence()), hearingEventType="ConfirmedOrUpdated"))

    assert len(found.sentenced) == 1


@pytest.mark.parametrize(
    "pointer",
    [[CLASS, POINTER], {CLASS: {"s3Bucket": "large-cases", "s3Key": "5f9e1b1c"}}, POINTER],
    ids=["pair", "named", "plain"],
)
def test_a_large_message_kept_elsewhere_asks_for_its_body(pointer: Any) -> None:
    large = in_topic(pointer, eventType="commonplatform.large.case.received")

    for wrapped in (large, in_queue(large), {"Message": pointer}, pointer):
        problem = problem_of(wrapped)
        assert "Fetch the body" in problem
        assert "large-cases" not in problem


@pytest.mark.parametrize(
    "held",
    ["", "You have chosen to subscribe to the topic", "[1]", '"text"', "null", None, 7, [], "{}"],
)
def test_an_envelope_around_no_court_message_is_set_aside(held: Any) -> None:
    problem = problem_of({"Type": "Notification", "Message": held})

    assert "subscribe" not in problem


@pytest.mark.parametrize("records", [[], [{}], "x", [None], {"a": 1}])
def test_records_that_hold_no_message_are_set_aside(records: Any) -> None:
    problem_of({"Records": records})


def test_several_messages_in_one_envelope_are_set_aside_and_none_is_passed_over() -> None:
    two = [{"body": as_text(sentence())}, {"body": as_text(sentence())}]

    assert problem_of({"Records": two}) == (
        "The envelope should hold one message. Send each by itself."
    )


def test_a_hearing_resulted_with_nothing_left_in_it_is_a_share_all_the_same() -> None:
    emptied = as_copy(story(assault()))

    assert told(in_topic(emptied)).shared_at == SENT_AT


@pytest.mark.parametrize("attributes", [None, "text", [], {"messageType": 7}, {"messageType": {}}])
def test_odd_attributes_lose_no_sentence(attributes: Any) -> None:
    wrapped = in_topic(sentence()) | {"MessageAttributes": attributes}

    assert len(told(wrapped).sentenced) == 1


def test_xml_in_an_envelope_goes_to_the_reader_of_xml() -> None:
    xml = "<?xml version='1.0'?><message/>"

    assert read(as_bytes(in_topic(xml))) == read(xml.encode())


@pytest.mark.parametrize(
    "inside",
    [
        '{"hearing": {"id": "\\u0000"}}',
        '{"hearing": {"id": "\\ud800"}}',
        '{"hearing": ' + "[" * 100_000 + "]" * 100_000 + "}",
        '{"hearing": {"id": "1"}, "hearing": {"id": "2"}}',
        '{"hearing": {"a": NaN}}',
        '{"hearing": {"id": ' + "9" * 5000 + "}}",
    ],
    ids=["null character", "broken character", "deep", "twice", "not a number", "long number"],
)
def test_what_is_wrapped_is_parsed_as_strictly_as_what_is_bare(inside: str) -> None:
    problem_of(in_topic(inside))


def test_a_message_deep_enough_to_parse_is_walked_without_falling_over() -> None:
    deep: Any = {}
    for _ in range(300):
        deep = {"more": [deep]}
    made = as_copy(sentence())
    made["hearing"]["more"] = deep

    assert len(told(made).sentenced) == 1


def test_an_envelope_over_ten_megabytes_is_set_aside() -> None:
    assert "10 MB" in problem_of(in_topic(" " * LARGEST))


# --- a hearing deleted


@pytest.mark.parametrize(
    "notice",
    [
        {"hearingDeleted": {"id": HEARING_ID}},
        {"hearingDeleted": {"id": HEARING_ID.upper(), "sent": "whatever came"}},
        {"_metadata": {"name": "public.events.hearing.hearing-deleted"}, "hearingId": HEARING_ID},
        {
            "_metadata": {"name": "public.events.listing.allocated-hearing-deleted"},
            "payload": {"hearingId": HEARING_ID},
        },
    ],
    ids=["by address", "in capitals", "event", "event with payload"],
)
def test_a_deletion_is_read_with_the_hearing_and_nobody(notice: Json) -> None:
    found = told(notice)

    assert found.deleted
    assert (found.hearing_id, found.sentenced) == (HEARING_ID, ())
    assert (found.format, found.shared_at) == ("common-platform-hearing", None)


@pytest.mark.parametrize(
    "attributes",
    [
        {"messageType": "COMMON_PLATFORM_HEARING_DELETED", "hearingEventType": "Deleted"},
        {"messageType": "COMMON_PLATFORM_HEARING_DELETED", "hearingEventType": ""},
        {"hearingEventType": "Deleted"},
    ],
)
@pytest.mark.parametrize("name", ["hearingId", "id", "hearing"])
def test_a_deletion_from_the_topic_is_ordered_by_the_topics_moment(
    attributes: dict[str, str], name: str
) -> None:
    notice = {name: {"id": HEARING_ID} if name == "hearing" else HEARING_ID}

    found = told(in_queue(in_topic(notice, **attributes)))
    assert found.deleted
    assert (found.hearing_id, found.shared_at) == (HEARING_ID, SENT_AT)
    assert (found.format, found.sentenced) == ("hmpps-hearing", ())


def test_a_deletion_of_no_named_hearing_is_set_aside() -> None:
    notices: list[Json] = [{"hearingDeleted": {}}, in_topic({"x": 1}, hearingEventType="Deleted")]
    for notice in notices:
        assert "not which one" in problem_of(notice)


def test_what_is_kept_of_a_deletion_by_address_is_the_same_bytes_each_time() -> None:
    assert of_deletion(HEARING_ID) == b'{"hearingDeleted":{"id":"%s"}}' % HEARING_ID.encode()
    assert of_deletion(HEARING_ID, b" \n") == of_deletion(HEARING_ID)
    assert of_deletion(HEARING_ID, b"\xff{") != of_deletion(HEARING_ID)
    assert told_id(of_deletion(HEARING_ID, b"\xff{")) == HEARING_ID


def told_id(body: bytes) -> str | None:
    """Return the hearing that a kept notice tells of."""
    return read(body).hearing_id


@pytest.mark.parametrize(
    ("message", "another"),
    [
        ({"hearing": {"id": HEARING_ID.upper()}}, False),
        ({"hearing": {"id": "another"}}, True),
        ({"hearing": {}}, False),
        ({"hearing": ["id"]}, False),
        ({"Message": "{}"}, False),
        ([], False),
        (None, False),
    ],
)
def test_an_address_contradicts_only_a_body_that_states_another_id(
    message: object, another: bool
) -> None:
    assert names_another(message, HEARING_ID) is another


# --- hearings that tell of nobody


@pytest.mark.parametrize(
    "hearing",
    [
        {"id": HEARING_ID},
        {"id": HEARING_ID, "prosecutionCases": []},
        {"id": HEARING_ID, "courtApplications": [{"id": "a1", "type": {"type": "Appeal"}}]},
        {"id": HEARING_ID, "prosecutionCases": [{"id": "c1", "defendants": []}]},
    ],
    ids=["nothing", "no cases", "application only", "no defendants"],
)
@pytest.mark.parametrize(
    "sharing",
    [
        {},
        {"sharedTime": "2026-03-20T16:30:00Z"},
        {
            "sharedTime": "2026-03-20T16:30:00Z",
            "hearingDay": "2026-03-20",
            "isReshare": True,
            "shadowListedOffences": [],
        },
    ],
    ids=["bare", "old event", "new event"],
)
def test_a_hearing_that_tells_of_nobody_is_read_and_empty(hearing: Json, sharing: Json) -> None:
    found = told({"hearing": hearing} | sharing)

    assert (found.sentenced, found.hearing_id, found.deleted) == ((), HEARING_ID, False)
    assert (found.shared_at is None) == (not sharing)
