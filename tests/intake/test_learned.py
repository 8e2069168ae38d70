"""A code that no table holds is read by the meaning that a person gave it, in every feed."""

from __future__ import annotations

import pytest

from tests.intake.platform_shapes import DAY, SHAPES, as_bytes, assault, in_topic, result, story
from tests.intake.spi import messages as spi
from vcs.intake.reading import read
from vcs.intake.results.learned import NONE, Meanings
from vcs.law.eligibility import decide
from vcs.terms import Outcome, SentenceKind

CODE = "8888"

COMMUNITY: Meanings = {CODE: SentenceKind.NON_CUSTODIAL}

PRISON: Meanings = {CODE: SentenceKind.IMPRISONMENT}

FEEDS = ("common-platform-hearing", "common-platform-police-result", "in a topic", "spi")


def message(feed: str, words: str = "A new order", code: str = CODE) -> bytes:
    """Return a message with an assault and one result of a code."""
    if feed == "spi":
        said = spi.result(code, words, "2 Y")
        return spi.delivered(spi.message(spi.case(spi.offence("OF61102", said))))
    made = result("FO", DAY, "2 Years", cjsCode=code, label=words, resultText=words)
    made |= {"judicialResultTypeId": "new", "judicialResultPrompts": []}
    told = story(assault(made))
    if feed == "in a topic":
        return as_bytes(in_topic(told))
    return as_bytes(SHAPES[feed](told))


def outcome(body: bytes, meanings: Meanings) -> Outcome:
    """Return the answer to the one person in a message."""
    (one,) = read(body, meanings).sentenced
    return decide(one.facts).outcome


@pytest.mark.parametrize("feed", FEEDS)
def test_what_was_learned_decides_and_without_it_nobody_can_tell(feed: str) -> None:
    assert outcome(message(feed), NONE) is Outcome.CANNOT_TELL
    assert outcome(message(feed), COMMUNITY) is Outcome.NOT_ELIGIBLE
    assert outcome(message(feed), PRISON) is Outcome.STATUTORY


@pytest.mark.parametrize("feed", FEEDS)
def test_a_text_that_pronounces_custody_contradicts_what_was_learned(feed: str) -> None:
    assert outcome(message(feed, "Imprisonment for 2 years"), COMMUNITY) is Outcome.CANNOT_TELL


@pytest.mark.parametrize("feed", FEEDS)
def test_what_a_table_holds_is_never_learned_otherwise(feed: str) -> None:
    otherwise: Meanings = {"1002": SentenceKind.NON_CUSTODIAL}

    assert outcome(message(feed, "Imprisonment", "1002"), otherwise) is Outcome.STATUTORY


def test_no_feed_can_send_a_meaning_itself() -> None:
    made = result("FO", DAY, "2 Years", cjsCode=CODE, label="New", resultText="New")
    made |= {"judicialResultTypeId": "new", "vcs:meant": {"kind": "non_custodial"}}

    assert outcome(as_bytes(story(assault(made))), NONE) is Outcome.CANNOT_TELL
