"""Every row of the tables of results goes as a court message through every feed that carries it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache

import pytest

from tests.intake.meanings import CODES, DEFINITIONS
from tests.intake.platform_shapes import DAY, SHAPES, Json, as_bytes, result, story
from tests.intake.spi import messages as spi
from vcs.intake.message import Sentenced
from vcs.intake.reading import read
from vcs.intake.results import appeals, result_tables
from vcs.intake.results.appeal_words import TakesBack
from vcs.law.facts import OffenceFacts
from vcs.law.relevant_sentence.sentences import IMMEDIATE_CUSTODY
from vcs.terms import SentenceKind

ALONE_IS_UNKNOWN = {"unknown", "unclear", "free_text", "part_of_a_sentence", "sentence_varied"}

"""Meanings that make an offence convicted of, with no other result, a question for a person."""

IMPOSES_NOTHING = {
    "not_a_sentence",
    "notification",
    "quashed",
    "acquittal",
    "insanity",
    "unfit",
    "died",
}

SPEAKS_OF_CUSTODY = re.compile(
    r"imprison|custod|detention|detained|prison|young offender|borstal|hospital|sentence|"
    r"\blife\b|\by?oc\b|\bjjc\b",
    re.IGNORECASE,
)

NOT_PLAIN = ALONE_IS_UNKNOWN | {"notification", "custody_unclear"}

NO_TEXT = "no text"


def by_name(said: dict[str, str]) -> dict[str, str]:
    """Return the meaning of each code or short code."""
    return {name: meaning for meaning, names in said.items() for name in names.split()}


CODE_ROWS, DEFINITION_ROWS = result_tables.CODES, result_tables.DEFINITIONS

OF_CODE = {
    row["cjs_code"]: by_name(CODES).get(row["cjs_code"], "not_a_sentence") for row in CODE_ROWS
}


def of_code(row: dict[str, str]) -> str:
    """Return what a code means; one that takes back nobody knows what is a question."""
    is_unclear = appeals.BY_CODE.get(row["cjs_code"]) is TakesBack.UNCLEAR
    return "unclear" if is_unclear else OF_CODE[row["cjs_code"]]


def of_definition(row: dict[str, str]) -> str:
    """Return what a definition means."""
    return by_name(DEFINITIONS).get(row["short_code"].replace(" ", "_"), "not_a_sentence")


def as_read(row: dict[str, str]) -> str:
    """Return what a definition is read as; one that takes back nobody knows what is a question."""
    is_unclear = appeals.BY_CODE.get(row["cjs_code"]) is TakesBack.UNCLEAR
    return "unclear" if is_unclear else of_definition(row)


def imposed(meaning: str) -> SentenceKind | None:
    """Return the kind of sentence that a result alone on a conviction is, None for none."""
    if meaning in IMPOSES_NOTHING:
        return None
    return SentenceKind.UNKNOWN if meaning in ALONE_IS_UNKNOWN else SentenceKind[meaning.upper()]


def platform_result(**fields: str) -> Json:
    """Return a result of the platform with these fields and no others that say what it is."""
    made = result("FO", DAY, isConvictedResult=False)
    for name in ("cjsCode", "judicialResultTypeId", "label", "resultText"):
        made[name] = fields.get(name, "")
    return {name: value for name, value in made.items() if value != ""}


def code_on_the_platform(row: dict[str, str]) -> Json:
    """Return a result with its code and title, without a definition."""
    return platform_result(cjsCode=row["cjs_code"], label=row["title"], resultText=row["title"])


def definition_on_the_platform(row: dict[str, str]) -> Json:
    """Return a result as the court's clerk enters it."""
    return platform_result(
        cjsCode=row["cjs_code"],
        judicialResultTypeId=row["result_definition_id"],
        label=row["label"],
        resultText=f"{row['short_code']} - {row['label']}",
    )


def on_the_platform(shape: str, results: list[Json]) -> list[SentenceKind | None]:
    """Return what each result is read as, each on an offence of its own that is convicted of."""
    counts = [
        {
            "id": f"{n}",
            "offenceCode": "OF61102",
            "startDate": "2025-06-01",
            "convictionDate": str(DAY),
            "plea": {"pleaValue": "GUILTY"},
            "judicialResults": [one],
        }
        for n, one in enumerate(results, start=1)
    ]
    return _read(as_bytes(SHAPES[shape](story(*counts))), len(results))


def in_spi(results: list[str]) -> list[SentenceKind | None]:
    """Return what each result is read as in SPI, each on an offence of its own."""
    counts = [spi.offence("OF61102", one, sequence=n) for n, one in enumerate(results, start=1)]
    return _read(spi.delivered(spi.message(spi.case(*counts))), len(results))


def _read(message: bytes, count: int) -> list[SentenceKind | None]:
    found = read(message)
    assert found.status == "read", found.problem
    kinds = dict(_kinds(found.sentenced))
    return [kinds.get(n) for n in range(1, count + 1)]


def _kinds(everyone: tuple[Sentenced, ...]) -> Iterator[tuple[int, SentenceKind]]:
    offences: Iterator[OffenceFacts] = (o for one in everyone for o in one.facts.offences)
    for one in offences:
        for sentence in one.sentences:
            yield one.sequence, sentence.kind


def wrong(
    rows: list[dict[str, str]],
    expected: Callable[[dict[str, str]], str],
    found: list[SentenceKind | None],
) -> list[tuple[dict[str, str], SentenceKind | None]]:
    """Return the rows that came out otherwise than expected, with what they came out as."""
    pairs = zip(rows, found, strict=True)
    return [(row, kind) for row, kind in pairs if kind is not imposed(expected(row))]


def batches(rows: list[dict[str, str]], size: int = 300) -> Iterator[list[dict[str, str]]]:
    """Yield rows a message's worth at a time."""
    yield from (rows[n : n + size] for n in range(0, len(rows), size))


@cache
def one_of_each_definition() -> list[dict[str, str]]:
    """Return the rows of definitions, without the second of two alike."""
    return list({row["result_definition_id"]: row for row in DEFINITION_ROWS}.values())


@pytest.mark.parametrize("shape", ["common-platform-hearing", "common-platform-police-result"])
def test_every_code_is_read_by_the_platforms_feeds_that_carry_codes(shape: str) -> None:
    for rows in batches(CODE_ROWS):
        found = on_the_platform(shape, [code_on_the_platform(row) for row in rows])
        assert wrong(rows, of_code, found) == []


@pytest.mark.parametrize("shape", SHAPES)
def test_every_definition_is_read_by_every_feed_of_the_platform(shape: str) -> None:
    for rows in batches(one_of_each_definition()):
        found = on_the_platform(shape, [definition_on_the_platform(row) for row in rows])
        assert wrong(rows, as_read, found) == []


@pytest.mark.parametrize("words", ["title", NO_TEXT])
def test_every_code_is_read_in_spi(words: str) -> None:
    for rows in batches(CODE_ROWS):
        found = in_spi([spi.result(row["cjs_code"], row.get(words, "")) for row in rows])
        assert wrong(rows, of_code, found) == []


def in_words(row: dict[str, str]) -> str:
    """Return what a definition means that opens a text: a single letter vouches for nothing."""
    return "unknown" if row["short_code"] == "P" else as_read(row)


def test_every_definition_is_read_in_spi_where_its_words_open_the_text() -> None:
    for rows in batches(one_of_each_definition()):
        said = (f"{row['short_code']} - {row['label']}" for row in rows)
        results = [spi.result(row["cjs_code"], text) for row, text in zip(rows, said, strict=True)]
        assert wrong(rows, in_words, in_spi(results)) == []


def test_no_code_and_no_definition_is_lost_unseen() -> None:
    """Change these numbers with the tables, and say in the change what came or went."""
    assert (len(CODE_ROWS), len(DEFINITION_ROWS)) == (898, 568)


def test_what_is_said_twice_about_each_row_agrees() -> None:
    assert {row["cjs_code"]: row["kind"] for row in CODE_ROWS} == OF_CODE
    assert [row for row in DEFINITION_ROWS if row["kind"] != of_definition(row)] == []


@pytest.mark.parametrize(("rows", "title"), [(CODE_ROWS, "title"), (DEFINITION_ROWS, "label")])
def test_a_meaning_that_its_title_does_not_give_away_has_a_reason(
    rows: list[dict[str, str]], title: str
) -> None:
    custodial = {kind.name.lower() for kind in IMMEDIATE_CUSTODY} | {
        "suspended",
        "suspended_varied",
        "hospital_order",
        "interim_hospital_order",
        "default_custody",
    }
    unexplained = [
        row[title]
        for row in rows
        if (bool(SPEAKS_OF_CUSTODY.search(row[title])) and row["kind"] not in custodial)
        or row["kind"] in NOT_PLAIN
        if not row.get("reason")
    ]

    assert unexplained == []
