"""XML that wants to do harm is refused or set aside, whatever it is; no bytes break the reader."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.intake.spi.messages import case, delivered, message, offence, result, routed
from vcs.errors import NotReadable
from vcs.intake.reading import read
from vcs.intake.spi.tree import (
    DEEPEST,
    LONGEST_ATTRIBUTE,
    LONGEST_TEXT,
    MOST_ATTRIBUTES,
    MOST_ELEMENTS,
    check,
    is_xml,
    parse,
)

SAID = message(case(offence("OF61102", result(length="2 Y"))))
BODY = delivered(SAID)
TEXT = BODY.decode()
SECRET = "Canary-7fQz"


def declared(encoding: str) -> str:
    """Return the message with another encoding in its declaration."""
    return TEXT.replace('encoding="UTF-8"', f'encoding="{encoding}"')


REFUSED = {
    "cut short": BODY[:-20],
    "tags crossed": b"<a><b></a></b>",
    "two roots": b"<a/><b/>",
    "an entity that nobody declared": b"<a>&b;</a>",
    "a document type": b"<!DOCTYPE a><a/>",
    "an external document type": b'<!DOCTYPE a SYSTEM "http://127.0.0.1:9/x.dtd"><a/>',
    "an external entity": b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>',
    "a parameter entity": b'<!DOCTYPE a [<!ENTITY % b SYSTEM "file:///etc/passwd"> %b;]><a/>',
    "a bomb": b'<!DOCTYPE a [<!ENTITY b "x"><!ENTITY c "&b;&b;">]><a>&c;</a>',
    "a bomb in an attribute": b'<!DOCTYPE a [<!ENTITY b "x">]><a c="&b;"/>',
    "a null character": b"<a>\x00</a>",
    "a character that XML has not": b"<a>&#1;</a>",
    "half a surrogate pair": b"<a>&#xD800;</a>",
    "bytes that are not UTF-8": b"<a>\xff\xfe\xfd</a>",
    "UTF-16 declared, UTF-8 sent": declared("UTF-16").encode(),
    "half of UTF-16": b"\xff\xfe<\x00a",
    "a prefix that nobody declared": b"<a:b/>",
    "an attribute twice": b'<a b="1" b="2"/>',
}
OUT_OF_BOUNDS = {
    "nested too deeply": b"<a>" * (DEEPEST + 1) + b"</a>" * (DEEPEST + 1),
    "nested without an end": b"<a>" * 2_000_000,
    "too many elements": b"<a>" + b"<b/>" * MOST_ELEMENTS + b"</a>",
    "too long an attribute": b'<a b="' + b"x" * (LONGEST_ATTRIBUTE + 1) + b'"/>',
    "too many attributes": b"<a "
    + b" ".join(b'b%d=""' % n for n in range(MOST_ATTRIBUTES + 1))
    + b"/>",
    "too long a name": b"<" + b"a" * 10_000 + b"/>",
    "too long a text": b"<a>" + b"x" * (LONGEST_TEXT + 1) + b"</a>",
    "text beside elements": b"<a>" + SECRET.encode() + b"<b/></a>",
    "windows-1252": declared("windows-1252").encode(),
    "an encoding of several bytes": declared("GBK").encode(),
    "no encoding at all": declared("x-" + SECRET).encode(),
    "UTF-32": TEXT.encode("utf-32"),
}

BOUNDS = ("too deeply", "too many", "too long", "mixes text", "encoding that is not read")


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_no_xml_or_declares_a_document_type_is_refused(name: str) -> None:
    body = REFUSED[name]
    assert is_xml(body)

    for look in (read, check):
        with pytest.raises(NotReadable) as refused:
            look(body)
        assert "passwd" not in str(refused.value)


@pytest.mark.parametrize("name", OUT_OF_BOUNDS)
def test_what_is_out_of_bounds_passes_the_door_and_is_set_aside(name: str) -> None:
    body = OUT_OF_BOUNDS[name]
    assert is_xml(body)
    check(body)

    found = read(body)
    assert (found.format, found.status) == ("spi-result", "set_aside")
    assert SECRET not in (found.problem or "")
    assert any(bound in (found.problem or "") for bound in BOUNDS)
    if name.startswith("nested"):
        assert "too deeply" in (found.problem or "")


@pytest.mark.parametrize("hidden", ["<!DOCTYPE a><a/>", '<!DOCTYPE a [<!ENTITY b "x">]><a>&b;</a>'])
def test_a_document_type_inside_an_envelope_is_set_aside(hidden: str) -> None:
    assert read(routed(hidden)).status == "set_aside"


@pytest.mark.parametrize(
    "body",
    [
        b"\xef\xbb\xbf" + BODY,
        b" \r\n\t" + BODY,
        b"\xef\xbb\xbf\n" + BODY,
        TEXT.encode("utf-16"),
        declared("UTF-16").encode("utf-16"),
        declared("UTF-16").encode("utf-16-le"),
        ("\n " + declared("UTF-16")).encode("utf-16-be"),
        b"\xff\xfe" + ("  " + declared("utf-16")).encode("utf-16-le"),
        declared("ISO-8859-1").encode("latin-1"),
        declared("us-ascii").encode(),
        TEXT.replace('<?xml version="1.0" encoding="UTF-8"?>', "").encode(),
        b"\xef\xbb\xbf" + declared("ISO-8859-1").encode(),
    ],
    ids=range(12),
)
def test_xml_is_known_behind_marks_and_spaces_and_in_its_encodings(body: bytes) -> None:
    assert is_xml(body)
    check(body)

    assert read(body).sentenced == read(BODY).sentenced != ()


def test_a_name_survives_its_encoding_and_a_mark_outweighs_a_declaration() -> None:
    welsh = TEXT.replace("Sam", "Siân")
    named = welsh.replace("UTF-8", "ISO-8859-1")

    for body in (welsh.encode(), named.encode("latin-1"), b"\xef\xbb\xbf" + named.encode()):
        assert read(body).sentenced[0].offender_name == "Siân Example"


def test_instructions_comments_and_character_data_are_only_what_they_are() -> None:
    noted = TEXT.replace("<Message>", '<?php echo "x"?><!-- a note --><Message>')
    wrapped = noted.replace(">Example<", "><![CDATA[Example]]><")

    assert read(wrapped.encode()).sentenced == read(BODY).sentenced


def test_what_is_within_bounds_is_not_cut() -> None:
    root = parse(b"<a>" * DEEPEST + b"</a>" * DEEPEST)
    long = parse(b"<a>" + b"x" * LONGEST_TEXT + b"</a>")

    assert root.name == " a"
    assert len(long.text) == LONGEST_TEXT


def _same(body: bytes) -> str:
    """Read whatever it is, and say what became of it; the door and the reader must agree."""
    try:
        status = read(body).status
    except NotReadable:
        return "refused"
    if is_xml(body):
        check(body)
    return status


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=300))
def test_no_bytes_break_the_reader(body: bytes) -> None:
    assert _same(body) in ("read", "set_aside", "refused")
    assert _same(b"<" + body) in ("set_aside", "refused")


@settings(max_examples=300, deadline=None)
@given(st.integers(0, len(BODY) - 1), st.binary(max_size=4), st.integers(0, 40))
def test_no_change_to_a_message_breaks_the_reader(at: int, put: bytes, gone: int) -> None:
    assert _same(BODY[:at] + put + BODY[at + gone :]) in ("read", "set_aside", "refused")


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=40), st.sampled_from(["OF61102", "2", "Y", "G", "2026-02-02", "1002"]))
def test_no_value_in_any_place_breaks_the_reader(value: str, place: str) -> None:
    body = BODY.replace(f">{place}<".encode(), f">{value}<".encode("utf-8", "replace"))

    assert _same(body) in ("read", "set_aside", "refused")
