"""What each result of an appeal takes back, and how it changes a sentence, told a second time."""

from __future__ import annotations

from vcs.intake.results import appeals, result_tables

CODES = {
    "conviction": "2074 2079 2083 2084 2095 2096 2100 2101 3018",
    "sentence": "1028 1046 1049 2068 2080 2102 3150 3151 3153 3176 3270 3271",
    "nothing": (
        "3045 3093 3154 3155 3156 3157 3179 3184 3185 3192 3232 3243 3250 3252 3286 3287 3291 "
        "3300 3301 3302 3513"
    ),
    "unclear": "2092 3049 4584 3244 3182 3183",
}

DEFINITIONS = {"AACA": "conviction", "AASA": "sentence", "ASV": "sentence"} | dict.fromkeys(
    ("AASD", "APA", "AW"), "nothing"
)
DEFINITIONS["STDEC"] = "unclear"

CHANGES = {
    "appeal": "1046 3150 3151 3153 3270 3271",
    "quashed": "2068",
    "not_stated": "1028 1049 2080 2102 3176",
}


def _by_code(said: dict[str, str]) -> dict[str, str]:
    return {code: meaning for meaning, codes in said.items() for code in codes.split()}


def test_each_code_takes_back_what_its_title_says() -> None:
    assert {code: str(taken) for code, taken in appeals.BY_CODE.items()} == _by_code(CODES)


def test_each_definition_takes_back_what_its_label_says() -> None:
    short = {row["result_definition_id"]: row["short_code"] for row in appeals.ROWS}

    held = {short[named]: str(taken) for named, taken in appeals.BY_DEFINITION.items()}

    assert held == DEFINITIONS


def test_each_code_changes_a_sentence_as_its_title_says() -> None:
    held = {code: change.name.lower() for code, change in result_tables.CHANGES.items()}

    assert held == _by_code(CHANGES)


def test_every_code_that_takes_a_conviction_or_a_sentence_back_is_read_as_that() -> None:
    kinds = {"conviction": result_tables.QUASHED, "sentence": result_tables.SENTENCE_VARIED}
    for code, taken in appeals.BY_CODE.items():
        if taken in kinds and code in result_tables.BY_CJS_CODE:
            assert result_tables.BY_CJS_CODE[code] == kinds[taken], code
