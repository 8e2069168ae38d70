"""The tables of court results: what each code and each definition means in the words of the law."""

from __future__ import annotations

import csv
from importlib.resources import files

from vcs.terms import Change, SentenceKind

NOT_A_SENTENCE = "not_a_sentence"

NOTIFICATION = "notification"

QUASHED = "quashed"

ACQUITTAL = "acquittal"

INSANITY = "insanity"

UNFIT = "unfit"

DIED = "died"

SENTENCE_VARIED = "sentence_varied"

PART_OF_A_SENTENCE = "part_of_a_sentence"

"""A total, or days that count: it belongs to custody that is stated elsewhere."""

UNCLEAR = "unclear"

"""Nothing says what this result is, and nothing of custody is in it."""

FREE_TEXT = "free_text"

"""A code or definition that says nothing itself: what was ordered is in the words."""

_MARKS = {
    NOT_A_SENTENCE,
    NOTIFICATION,
    QUASHED,
    ACQUITTAL,
    INSANITY,
    UNFIT,
    DIED,
    SENTENCE_VARIED,
    PART_OF_A_SENTENCE,
    UNCLEAR,
    FREE_TEXT,
}

Kind = SentenceKind | str

"""A kind of sentence, or one of the marks above for a result that is not a sentence."""


def kind_of(word: str) -> Kind:
    """Return the kind or mark that a word of the tables names. Raises KeyError for another."""
    if word in _MARKS:
        return word
    return SentenceKind[word.upper()]


def _rows(name: str) -> list[dict[str, str]]:
    text = (files("vcs.intake") / "data" / name).read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))


DEFINITIONS = _rows("cp_results.csv")

CODES = _rows("cjs_results.csv")

"""The rows of the two tables: what each means, with a reason where its name does not say it."""

BY_CJS_CODE: dict[str, Kind] = {row["cjs_code"]: kind_of(row["kind"]) for row in CODES}

FREE_TEXT_FORMS = _rows("free_text.csv")

"""What words settle: ``form`` (read by :mod:`vcs.intake.results.wording`), meaning, reason."""

TITLES: dict[str, str] = {row["cjs_code"]: row["title"] for row in CODES}

"""The title of each CJS result code, for feeds that state the code and no label."""

CHANGES: dict[str, Change] = {
    row["cjs_code"]: Change[row["change"].upper()] for row in _rows("changes.csv")
}

"""How a result of the kind ``sentence_varied`` changed the sentence, by CJS code."""

REOPENED = frozenset({"2092", "3049", "4584"})

"""The codes by which proceedings are void or begin again: a sentence beside them is the new one."""

BY_DEFINITION: dict[str, tuple[str, Kind]] = {
    row["result_definition_id"]: (row["cjs_code"], kind_of(row["kind"])) for row in DEFINITIONS
}

FREE_TEXT_LABELS = tuple(row["label"] for row in DEFINITIONS if row["kind"] == FREE_TEXT)

"""The labels of the definitions whose words say what was ordered."""

BY_SHORT_CODE: dict[str, tuple[str, Kind]] = {
    row["short_code"].upper(): (row["cjs_code"], kind_of(row["kind"])) for row in DEFINITIONS
}

BY_LABEL: dict[str, tuple[str, Kind]] = {
    row["label"].strip().lower(): (row["cjs_code"], kind_of(row["kind"])) for row in DEFINITIONS
}
