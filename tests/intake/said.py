"""Texts that the forms of free text explain: one for each word that a form forgives.

They stand in ``said.csv`` beside their meaning, told by the forms once: a word that is taken out of
a form later leaves a text that nothing explains. A change that is meant renews the file::

    .venv/bin/python -m tests.intake.said
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path
from re import _parser
from typing import Any

from vcs.intake.results import result_tables, wording

TABLE = Path(__file__).with_name("said.csv")

_FOR = {
    "<length>": "6 months",
    "<part>": "6 months",
    "…": " as noted",
    "<number>": "100",
    "~": " a day",
}

_MOST = 60
"""So many texts of one form; the longest forms forgive more than anybody reads."""


def texts_of(form: str) -> list[str]:
    """Return a text for each alternative of a form, with the first of all others."""
    for mark, words in _FOR.items():
        form = form.replace(mark, words)
    return list(dict.fromkeys(_texts(_parser.parse(form))))[:_MOST]


def _texts(tree: Any) -> list[str]:
    parts = [_of(kind, held) for kind, held in tree]
    first = [one[0] for one in parts]
    each = ["".join(first)]
    for n, part in enumerate(parts):
        each += ["".join([*first[:n], other, *first[n + 1 :]]) for other in part[1:]]
    return each


def _of(kind: Any, held: Any) -> list[str]:
    """Return what one part of a form may be, the usual first."""
    name = str(kind)
    if name == "LITERAL":
        return [chr(held)]
    if name == "SUBPATTERN":
        return _texts(held[-1])
    if name == "BRANCH":
        return [text for one in held[1] for text in _texts(one)]
    if name in ("MAX_REPEAT", "MIN_REPEAT"):
        least, _, inside = held
        return ["", *_texts(inside)] if least == 0 else _texts(inside)
    if name == "IN":
        return [_of(*held[0])[0] if str(held[0][0]) == "LITERAL" else "x"]
    return ["x"] if name in ("NOT_LITERAL", "ANY") else [""]


def lines() -> Iterator[tuple[str, str]]:
    """Yield each text that a form explains as a whole, with what it means."""
    for row in result_tables.FREE_TEXT_FORMS:
        for text in texts_of(row["form"]):
            if row["meaning"] in meanings(text):
                yield " ".join(text.split()), row["meaning"]


def meanings(text: str) -> set[str]:
    """Return what the forms say of a whole text."""
    whole = " ".join(text.split())
    found = (str(kind) for form, kind in wording._FORMS if form.fullmatch(whole))
    return {_word(kind) for kind in found}


def _word(kind: str) -> str:
    named = {str(result_tables.kind_of(r["meaning"])): r["meaning"] for r in _ROWS}
    return named[kind]


_ROWS = result_tables.FREE_TEXT_FORMS


def held() -> list[tuple[str, str]]:
    """Return the texts as they were last agreed."""
    with TABLE.open(encoding="utf-8", newline="") as opened:
        return [(row["text"], row["meaning"]) for row in csv.DictReader(opened)]


if __name__ == "__main__":
    with TABLE.open("w", encoding="utf-8", newline="") as written:
        told = [("text", "meaning"), *dict.fromkeys(lines())]
        csv.writer(written, lineterminator="\n").writerows(told)
