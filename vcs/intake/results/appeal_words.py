"""What the clauses of a text say was taken back, left standing, or excepted; English and Welsh.

A text is parted at its stops, and at *and* where each side says what became of something. A list
of numbers stays whole: "dismissed on counts 2 and 3" is one clause.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import StrEnum

NUMBER_WORDS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


class TakesBack(StrEnum):
    """What one result takes back. ``UNCLEAR``: something was allowed, and what is not stated."""

    CONVICTION = "conviction"
    SENTENCE = "sentence"
    NOTHING = "nothing"
    UNCLEAR = "unclear"


_AND = re.compile(r"\band\b|&")

_NUMBER = rf"(?:\d{{1,3}}|{'|'.join(NUMBER_WORDS)})"

_IN_A_LIST = re.compile(
    rf"\b({_NUMBER}) *(?:, *(?:and +)?|& *|and +)(?:counts? +)?"
    rf"(?={_NUMBER}\b(?! *(?:years?|months?|weeks?|days?|hours?)))",
    re.I,
)

_IN_A_RANGE = re.compile(r"(?<=\d) +- +(?=\d)")

_APPEAL = re.compile(r"\bappeal|\bap[eê]l", re.I)

_BESIDE = re.compile(
    r"\bbail\b|legal aid|\blaa\b|\bleave\b|permission|disqualif|out of time|"
    r"extension of time|certificate|(?<!with )(?<!plus )(?<!and )(?<!no )\bcosts\b|"
    r"against charge|representation|special measures|\bpending\b",
    re.I,
)
"""Words of what is decided beside an appeal, and tells nothing of a conviction or sentence."""

_NOT_YET = re.compile(r"notice of|lodged|heard|adjourn|next hearing", re.I)
"""Words of an appeal that goes on, unless its outcome stands beside them."""

_DISMISSED = re.compile(
    r"dismiss|abandon|withdr[ae]w|refus|reject|not proceeded|not perfected|lapse|struck out|"
    r"\bfail|unsuccessful|not allowed|not granted|affirm|entered in error|\bg?wrthod",
    re.I,
)

_ALLOWED = re.compile(
    r"\ballow|\bgrant|\bsucce(?:ed|ss)|\bappeal[^.;,]*\bupheld\b|\b[gc]h?aniat|\bganiat", re.I
)

_STANDS = re.compile(
    r"\bnot\b|\bno\b|unaltered|unchanged|unaffected|undisturbed|intact|remain(?:s|ing in force)?\b|"
    r"\bstands?\b|(?<!appeal )\bupheld\b|\bconfirmed\b|\bleaving\b|survives?\b",
    re.I,
)

_EXCEPTIONS = (
    r"\bsave\b|\bexcept|\bexcluding\b|\bother than\b|\bapart from\b|\ball but\b|\bbut for\b|"
    r"\bbar(?:ring)?\b (?:for )?counts?|\bac eithrio\b|\bheblaw\b"
)

_EXCEPTED = re.compile(_EXCEPTIONS, re.I)

_CLAUSE = re.compile(rf"[.;,\n]|\bbut\b|\s-\s|{_EXCEPTIONS}", re.I)

_IN_PART = re.compile(r"in part\b|\bpart(?:ly|ially)\b", re.I)

_UNDONE = re.compile(
    r"quash|set(?:s|ting)? (?:it |them )?aside|revers|overturn|annul|vacat|rescind|\bvoid|"
    r"substitut|replac|\bn?dd?iddym|\bdd?ileu",
    re.I,
)

_REPLACED = re.compile(r"substitut|replac|alternative", re.I)

_ALTERED = re.compile(
    r"\bvar(?:y|ied|iation)|substitut|increas|reduc|decreas|replac|amend|correct|alter|"
    r"unduly lenient|slip rule|\bh?amryw",
    re.I,
)

_UPSET = re.compile(r"\bunsafe\b|acquit|\bretrial|\bretried|new trial", re.I)
"""Words of an appeal that has not left a conviction as it was, without a word that undoes it."""

_FOR_A_PLEA = re.compile(r"\bplea\b|\bcredit\b", re.I)
"""Words of a sentence that was reduced before it was passed."""

_CONVICTION = re.compile(
    r"\bconvictions?\b|\bindictments?\b|finding of guilt|\bverdicts?\b|euogfarn", re.I
)

_COUNT = re.compile(
    r"\bcounts?\b|\bcts?\b|\b[cg]h?yfrif|\bremainder\b|\bthe (?:rest|others)\b", re.I
)

_SENTENCE = re.compile(r"\bsentences?\b|slip rule|unduly lenient|\bn?dd?edfryd", re.I)

_NOT_GUILTY = re.compile(r"\bnot guilty\b", re.I)


def says_anything(text: str, *, on_appeal: bool) -> bool:
    """Say whether a text has any word of what could be taken back."""
    return on_appeal or any(one.search(text) for one in (_APPEAL, _UNDONE, _ALTERED))


def clauses(text: str) -> list[str]:
    """Part a text at its stops, and at *and* where each side says what became of something."""
    whole = _IN_A_RANGE.sub("-", _NOT_GUILTY.sub("acquitted", text))
    whole = _IN_A_LIST.sub(r"\1+", whole)
    parted = []
    for clause in _CLAUSE.split(whole):
        sides = _AND.split(clause)
        parted += sides if all(_has_a_verb(one) for one in sides) else [clause]
    return [one for one in parted if one.strip()]


def _has_a_verb(clause: str) -> bool:
    return any(one.search(clause) for one in (_DISMISSED, _ALLOWED, _UNDONE, _ALTERED, _STANDS))


def read_clauses(text: str, *, on_appeal: bool) -> Iterator[tuple[str, TakesBack | None]]:
    """Yield each clause with what it says was taken back; None where it says nothing of that.

    A clause may go on with an appeal that one before it names: "dismissed on count 1; on count 3
    allowed".
    """
    heard, against_sentence = False, False
    for clause in clauses(text):
        if _APPEAL.search(clause):
            heard, against_sentence = True, _is_of_sentence(clause)
            yield clause, _of_clause(clause, on_appeal=on_appeal)
            continue
        goes_on = heard and bool(_COUNT.search(clause)) and bool(_ALLOWED.search(clause))
        said = _of_clause(clause, on_appeal=on_appeal or goes_on)
        by_count = goes_on and not _CONVICTION.search(clause)
        yield clause, TakesBack.SENTENCE if said and by_count and against_sentence else said


def spares(clause: str) -> bool:
    """Say whether a clause leaves what it names as it was."""
    return bool(_DISMISSED.search(clause) or _STANDS.search(clause))


def refuses(clause: str) -> bool:
    """Say whether a clause refuses or ends what was asked for."""
    return bool(_DISMISSED.search(clause))


def is_beside(clause: str) -> bool:
    """Say whether a clause is about what is decided beside an appeal: bail, costs, leave."""
    return bool(_BESIDE.search(clause))


def makes_exception(text: str) -> bool:
    """Say whether a text excepts something from what it says: nobody but a reader knows what."""
    about = (_APPEAL, _CONVICTION, _COUNT, _SENTENCE)
    return bool(_EXCEPTED.search(text)) and any(one.search(text) for one in about)


def changes_something(text: str) -> bool:
    """Say whether any word of a text undoes, allows or alters something."""
    return any(one.search(text) for one in (_ALLOWED, _UNDONE, _ALTERED))


def replaces_conviction(clause: str) -> bool:
    """Say whether a clause puts one conviction in another's place."""
    return bool(_REPLACED.search(clause)) and not _is_of_sentence(clause)


def alters(clause: str) -> bool:
    """Say whether a clause changes something without undoing it."""
    return bool(_ALTERED.search(clause))


def _is_of_sentence(clause: str) -> bool:
    return bool(_SENTENCE.search(clause)) and not _CONVICTION.search(clause)


def _of_clause(clause: str, *, on_appeal: bool) -> TakesBack | None:
    about_appeal = bool(_APPEAL.search(clause))
    if (about_appeal or on_appeal) and _tells_nothing(clause):
        return None
    sentence = bool(_SENTENCE.search(clause))
    # A count names what a sentence is for as well as what somebody is convicted of.
    conviction = bool(_CONVICTION.search(clause) or (_COUNT.search(clause) and not sentence))
    undone = _UNDONE.search(clause) or _ALTERED.search(clause)
    if about_appeal or (on_appeal and not (undone and (conviction or sentence))):
        return _of_appeal(clause, conviction=conviction, sentence=sentence)
    if not undone or not (conviction or sentence) or _FOR_A_PLEA.search(clause):
        return None
    return _of_change(clause, conviction=conviction, sentence=sentence)


def _tells_nothing(clause: str) -> bool:
    if is_beside(clause):
        return True
    ended = _DISMISSED.search(clause) or changes_something(clause) or _UPSET.search(clause)
    return not ended and bool(_NOT_YET.search(clause))


def _of_appeal(clause: str, *, conviction: bool, sentence: bool) -> TakesBack | None:
    """Read a clause on an appeal: what it was against, and what became of it."""
    if _DISMISSED.search(clause):
        return TakesBack.SENTENCE if _ALTERED.search(clause) else TakesBack.NOTHING
    if re.search(r"prosecution|attorney|reference", clause, re.I):
        return TakesBack.SENTENCE if sentence else TakesBack.UNCLEAR
    if not _ALLOWED.search(clause):
        changed = _UNDONE.search(clause) or _ALTERED.search(clause)
        if changed:
            return _of_change(clause, conviction=conviction, sentence=sentence)
        return TakesBack.UNCLEAR if _UPSET.search(clause) else None
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
    if sentence and not _CONVICTION.search(clause):
        return TakesBack.SENTENCE
    if not conviction:
        return TakesBack.SENTENCE if _ALTERED.search(clause) else TakesBack.UNCLEAR
    if not _UNDONE.search(clause):
        return None
    return TakesBack.UNCLEAR if _REPLACED.search(clause) else TakesBack.CONVICTION
