"""What a court takes back with one result: a conviction, a sentence, or nothing.

Shared by every feed. The table ``data/appeals.csv`` goes first; where it has no row, the words of
the result are read clause by clause. *Allowed*, without a word on what, is unclear: real messages
state an application for one thing and a result about another, so the type of an application
settles nothing.
"""

from __future__ import annotations

import csv
import re
from functools import lru_cache
from importlib.resources import files

from vcs.intake.results.appeal_words import (
    TakesBack,
    alters,
    changes_something,
    makes_exception,
    read_clauses,
    replaces_conviction,
    says_anything,
)
from vcs.intake.results.result_tables import QUASHED, SENTENCE_VARIED, Kind
from vcs.terms import Change, SentenceKind


def _read() -> list[dict[str, str]]:
    text = (files("vcs.intake") / "data" / "appeals.csv").read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))


ROWS = _read()

BY_DEFINITION = {
    row["result_definition_id"]: TakesBack(row["takes_back"])
    for row in ROWS
    if row["result_definition_id"]
}

BY_CODE = {
    row["cjs_code"]: TakesBack(row["takes_back"])
    for row in ROWS
    if row["cjs_code"] and not row["result_definition_id"]
}

_BY_KIND: dict[Kind, TakesBack] = {
    QUASHED: TakesBack.CONVICTION,
    SENTENCE_VARIED: TakesBack.SENTENCE,
}

LONGEST = 400

_CHANGES = (
    (re.compile(r"unduly lenient|attorney.general", re.I), Change.UNDULY_LENIENT),
    (re.compile(r"slip rule|\b(?:section|s\.?) ?(?:155|385|142)\b", re.I), Change.SLIP_RULE),
    (re.compile(r"\bresentence|\bre-sentence", re.I), Change.RESENTENCED),
    (re.compile(r"\bappeal", re.I), Change.APPEAL),
)


def takes_back(
    kind: Kind, code: str, definition: str, words: tuple[str, ...], *, on_appeal: bool = False
) -> TakesBack | None:
    """Return what a result takes back, or None where it is no result of that kind.

    ``words`` are its label and its text, ``on_appeal`` says that it was given on an appeal. A
    table's row that the words deny is unclear.
    """
    listed = BY_DEFINITION.get(definition.lower()) or BY_CODE.get(code) or _BY_KIND.get(kind)
    if listed is None and isinstance(kind, SentenceKind) and kind is not SentenceKind.UNKNOWN:
        return None
    said = in_words(words, on_appeal=on_appeal)
    if listed is None or said is None:
        return listed or said
    if said is TakesBack.UNCLEAR:
        return said if listed is TakesBack.NOTHING else listed
    if {listed, said} == {TakesBack.SENTENCE, TakesBack.NOTHING}:
        # Only the words or only the row say that the sentence changed: the change is the news.
        return TakesBack.SENTENCE
    return listed if listed is said else TakesBack.UNCLEAR


def change_in_words(words: str) -> Change | None:
    """Return how a sentence was changed, as the words of a result say; None where they do not."""
    return next((change for pattern, change in _CHANGES if pattern.search(words)), None)


def in_words(words: tuple[str, ...], *, on_appeal: bool = False) -> TakesBack | None:
    """Return what the first words that say anything definite take back."""
    found = [_of_text(one[:LONGEST], on_appeal=on_appeal) for one in words if one]
    told = [one for one in found if one is not None]
    definite = [one for one in told if one is not TakesBack.UNCLEAR]
    return definite[0] if definite else told[0] if told else None


@lru_cache(maxsize=1024)
def _of_text(text: str, *, on_appeal: bool) -> TakesBack | None:
    """Join what the clauses say; a conviction and a sentence by two clauses are unclear.

    So is whatever makes an exception: "dismissed, save that count 1 is quashed".
    """
    if not says_anything(text, on_appeal=on_appeal):
        return None
    if makes_exception(text) and changes_something(text):
        return TakesBack.UNCLEAR
    read = list(read_clauses(text, on_appeal=on_appeal))
    kinds = {said for _, said in read if said}
    if TakesBack.CONVICTION in kinds and any(replaces_conviction(clause) for clause, _ in read):
        return TakesBack.UNCLEAR
    if {TakesBack.CONVICTION, TakesBack.SENTENCE} <= kinds:
        gone = not any(alters(clause) for clause, _ in read)
        return TakesBack.CONVICTION if gone else TakesBack.UNCLEAR
    order = (TakesBack.CONVICTION, TakesBack.SENTENCE, TakesBack.UNCLEAR, TakesBack.NOTHING)
    return next((one for one in order if one in kinds), None)
