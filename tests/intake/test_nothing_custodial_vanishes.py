"""An offence convicted of with anything in it that may be custody is listed, and never a plain no.

Made-up messages go through every feed, ``MESSAGES`` in all. More of them, and others::

    VCS_TEST_MESSAGES=1000000 VCS_TEST_SEED=7 .venv/bin/pytest -k may_be_custody_is_listed
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from itertools import islice
from random import Random

import pytest

from tests.intake.platform_shapes import DAY, SHAPES, Json, as_bytes, result, story
from tests.intake.spi import messages as spi
from tests.intake.unclear import Unclear, made_up
from vcs.intake.reading import read
from vcs.intake.results import result_tables
from vcs.law.eligibility import decide
from vcs.terms import Outcome

MESSAGES = int(os.environ.get("VCS_TEST_MESSAGES", "10000"))

SEED = int(os.environ.get("VCS_TEST_SEED", "20260320"))

FEEDS = (*SHAPES, "spi")

IN_ONE = (1, 1, 1, 3)

"""How many offences a message has."""

OFFENCE = "OF61102"


def many(feed: str, count: int) -> Iterator[list[Unclear]]:
    """Yield so many messages, each as the results that may be custody, one for an offence."""
    chance = Random(f"{SEED} {feed}")  # noqa: S311 - made-up messages, no secret
    for _ in range(count):
        yield [made_up(chance) for _ in range(chance.choice(IN_ONE))]


def platform_offence(n: int, unclear: Unclear) -> Json:
    """Return an offence convicted of, with the result in it and others beside it."""
    results = [_platform_result(unclear)]
    for code in unclear.beside:
        title = result_tables.TITLES[code]
        harmless = Unclear(code, label=title, words=title, group="ANCILLARY")
        results.append(_platform_result(harmless))
    return {
        "id": f"{n}",
        "offenceCode": OFFENCE,
        "startDate": "2025-06-01",
        "convictionDate": str(DAY),
        "plea": {"pleaValue": "GUILTY"},
        "judicialResults": results,
    }


def _platform_result(unclear: Unclear) -> Json:
    made = result("FO", DAY, isConvictedResult=False)
    for name in ("cjsCode", "judicialResultTypeId", "category", "label", "resultText"):
        del made[name]
    told: Json = {
        "cjsCode": unclear.code,
        "judicialResultTypeId": unclear.definition,
        "category": unclear.group,
        "label": unclear.label,
        "resultText": unclear.words,
    }
    if unclear.length:
        number, unit = unclear.length.split()
        told["durationElement"] = {
            "primaryDurationValue": int(number),
            "primaryDurationUnit": unit[0],
        }
    return made | {name: value for name, value in told.items() if value}


def spi_offence(n: int, unclear: Unclear) -> str:
    """Return an offence convicted of, as SPI tells it."""
    number, _, unit = unclear.length.partition(" ")
    said = spi.result(unclear.code, unclear.words or unclear.label, f"{number} {unit[:1]}".strip())
    beside = (spi.result(code, result_tables.TITLES[code]) for code in unclear.beside)
    return spi.offence(OFFENCE, said, *beside, sequence=n)


def told_by(feed: str, batch: list[Unclear]) -> bytes:
    """Return a message of a feed with an offence for each result."""
    numbered = list(enumerate(batch, start=1))
    if feed == "spi":
        counts = [spi_offence(n, one) for n, one in numbered]
        return spi.delivered(spi.message(spi.case(*counts)))
    return as_bytes(SHAPES[feed](story(*[platform_offence(n, one) for n, one in numbered])))


def vanished(feed: str, batch: list[Unclear]) -> list[str]:
    """Return in words each result whose offence is not listed, or is answered by a no."""
    found = read(told_by(feed, batch))
    assert found.status == "read", found.problem
    answers = {
        offence.sequence: offence.outcome
        for one in found.sentenced
        for offence in decide(one.facts).offences
    }
    return [
        f"{feed}: {answers.get(n, 'not listed')}: {one.in_words()}"
        for n, one in enumerate(batch, start=1)
        if answers.get(n, Outcome.NOT_ELIGIBLE) is Outcome.NOT_ELIGIBLE
    ]


@pytest.mark.parametrize("feed", FEEDS)
def test_what_may_be_custody_is_listed_and_never_a_no(feed: str) -> None:
    lost = (one for told in many(feed, MESSAGES // len(FEEDS)) for one in vanished(feed, told))

    assert list(islice(lost, 5)) == []
