"""What a court takes back with one result: a conviction, a sentence, or nothing.

Shared by every feed. The table ``data/appeals.csv`` goes first; where it has no row, the words of
the result are read clause by clause. *Allowed*, without a word on what, is unclear: real messages
state an application for one thing and a result about another, so the type of an application
settles nothing.
"""

from __future__ import annotations

import csv
import re
from enum import StrEnum
from functools import lru_cache
from importlib.resources import files

from vcs.intake.results.result_tables import QUASHED, SENTENCE_VARIED, Kind
from vcs.terms import Change, SentenceKind


class TakesBack(StrEnum):
    """What one result takes back. ``UNCLEAR``: something was allowed, and what is not stated."""

    CONVICTION = "conviction"
    SENTENCE = "sentence"
    NOTHING = "nothing"
    UNCLEAR = "unclear"


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

_CLAUSE = re.compile(r"[.;,\n]|\bbut\b|\s-\s")

_AND = re.compile(r"\band\b|&")

_APPEAL = re.compile(r"\bappeal", re.I)

_NO_APPEAL = re.compile(
    r"\bbail\b|legal aid|\blaa\b|\bleave\b|permission|pending|disqualif|out of time|"
    r"extension of time|certificate|\bcosts\b|notice of|lodged|heard|against charge",
    re.I,
)
"""Words about an appeal that is none against a conviction or sentence, or is not decided."""

_DISMISSED = re.compile(
    r"dismiss|abandon|withdr[ae]w|refus|reject|not proceeded|not perfected|lapse|struck out|"
    r"\bfail|unsuccessful|not allowed|not granted|affirm|entered in error",
    re.I,
)

_ALLOWED = re.compile(r"\ballow|\bgrant|\bsucce(?:ed|ss)|\bupheld\b", re.I)

_STANDS = re.compile(
    r"\bnot\b|\bno\b|unaltered|unchanged|remains?\b|\bstands?\b|(?:conviction|sentence) upheld",
    re.I,
)

_IN_PART = re.compile(r"in part\b|\bpart(?:ly|ially)\b", re.I)

_UNDONE = re.compile(
    r"quash|set(?:ting)? aside|revers|overturn|annul|vacat|rescind|\bvoid|substitut|replac", re.I
)

_REPLACED = re.compile(r"substitut|replac|alternative", re.I)

_ALTERED = re.compile(
    r"\bvar(?:y|ied|iation)|substitut|increas|reduc|decreas|replac|amend|correct|alter|"
    r"unduly lenient|slip rule",
    re.I,
)

_FOR_A_PLEA = re.compile(r"\bplea\b|\bcredit\b", re.I)
"""Words of a sentence that was reduced before it was passed."""

_CONVICTION = re.compile(
    r"\bconvictions?\b|\bcounts?\b|\bindictments?\b|finding of guilt|\bverdicts?\b", re.I
)

_SENTENCE = re.compile(r"\bsentences?\b|slip rule|unduly lenient", re.I)

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
    if listed is None or said is None or said is TakesBack.UNCLEAR:
        return listed or said
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
    """Join what the clauses say; a conviction and a sentence by two clauses are unclear."""
    if not on_appeal and not any(one.search(text) for one in (_APPEAL, _UNDONE, _ALTERED)):
        return None
    found = [said for one in _clauses(text) if (said := _of_clause(one, on_appeal=on_appeal))]
    if not found:
        return None
    kinds = set(found)
    if TakesBack.CONVICTION in kinds and _REPLACED.search(text):
        return TakesBack.UNCLEAR
    if {TakesBack.CONVICTION, TakesBack.SENTENCE} <= kinds:
        gone = all(not _ALTERED.search(one) for one in _clauses(text))
        return TakesBack.CONVICTION if gone else TakesBack.UNCLEAR
    order = (TakesBack.CONVICTION, TakesBack.SENTENCE, TakesBack.UNCLEAR, TakesBack.NOTHING)
    return next(one for one in order if one in kinds)


def _clauses(text: str) -> list[str]:
    """Part a text at its stops, and at *and* where each side says what became of something."""
    parted = []
    for clause in _CLAUSE.split(text):
        sides = _AND.split(clause)
        parted += sides if all(_has_a_verb(one) for one in sides) else [clause]
    return [one for one in parted if one.strip()]


def _has_a_verb(clause: str) -> bool:
    return any(one.search(clause) for one in (_DISMISSED, _ALLOWED, _UNDONE, _ALTERED, _STANDS))


def _of_clause(clause: str, *, on_appeal: bool) -> TakesBack | None:
    about_appeal = bool(_APPEAL.search(clause))
    if about_appeal and _NO_APPEAL.search(clause):
        return None
    conviction, sentence = _CONVICTION.search(clause), _SENTENCE.search(clause)
    undone = _UNDONE.search(clause) or _ALTERED.search(clause)
    if about_appeal or (on_appeal and not (undone and (conviction or sentence))):
        return _of_appeal(clause, conviction=bool(conviction), sentence=bool(sentence))
    if not undone or not (conviction or sentence) or _FOR_A_PLEA.search(clause):
        return None
    return _of_change(clause, conviction=bool(conviction), sentence=bool(sentence))


def _of_appeal(clause: str, *, conviction: bool, sentence: bool) -> TakesBack | None:
    """Read a clause on an appeal: what it was against, and what became of it."""
    if _DISMISSED.search(clause):
        return TakesBack.SENTENCE if _ALTERED.search(clause) else TakesBack.NOTHING
    if re.search(r"prosecution|attorney|reference", clause, re.I):
        return TakesBack.SENTENCE if sentence else TakesBack.UNCLEAR
    if not _ALLOWED.search(clause):
        changed = _UNDONE.search(clause) or _ALTERED.search(clause)
        return _of_change(clause, conviction=conviction, sentence=sentence) if changed else None
    if conviction:
        unsure = _IN_PART.search(clause) or _REPLACED.search(clause)
        return TakesBack.UNCLEAR if unsure else TakesBack.CONVICTION
    if sentence or _ALTERED.search(clause):
        return TakesBack.SENTENCE
    return TakesBack.UNCLEAR


def _of_change(clause: str, *, conviction: bool, sentence: bool) -> TakesBack | None:
    """Read a clause on a conviction or sentence itself: quashed, set aside, varied."""
    if _STANDS.search(clause):
        return TakesBack.NOTHING
    if sentence and not re.search(r"conviction|indictment|verdict|finding", clause, re.I):
        return TakesBack.SENTENCE
    if not conviction:
        return TakesBack.SENTENCE if _ALTERED.search(clause) else TakesBack.UNCLEAR
    if not _UNDONE.search(clause):
        return None
    return TakesBack.UNCLEAR if _REPLACED.search(clause) else TakesBack.CONVICTION
