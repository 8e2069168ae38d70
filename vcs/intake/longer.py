"""Custody that is longer than the number beside it, named in a result's own words.

The code of plain custody (1002, 1024, 1007) is also that of an extended sentence, of one for an
offender of particular concern, for public protection and for life. The number beside it is then a
custodial part or a minimum term, which says nothing of the twelve months of section 45(1). Courts
name such a sentence in the label, the text or a prompt, so each of them is read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache

from vcs.terms import SentenceKind

_SECTION = r"(?:\bs(?:ections?|ec|s)?\.? ?)"

_NUMBER_AND_UNIT = r"\d[\d.]* ?-?(?:years?|yrs?|months?|mths?|y|m)\b(?:['’]s?)?"

_CUSTODY = r"(?:imprisonment|imprisoned|detention|detained|custody|sentenced?)"

_NAMED = tuple(
    (re.compile(words, re.IGNORECASE), kind)
    for words, kind in (
        (
            r"majesty['’]?s pleasure",
            SentenceKind.HM_PLEASURE,
        ),
        (
            r"\bwhole[- ]life\b|\b(?:mandatory|discretionary|automatic) life\b|"
            rf"\blife (?:imprisonment|sentence|custody|detention)\b|\b{_CUSTODY} for life\b",
            SentenceKind.LIFE,
        ),
        (
            rf"\b{_CUSTODY} for public protection\b(?! (?:reasons?|purposes?))|\bIPP\b|"
            r"\bDPP\b(?=[ :,(-]*(?:min|tariff|sentence))",
            SentenceKind.INDETERMINATE,
        ),
        (rf"serious terrorism|{_SECTION}(?:282A|268A)\b", SentenceKind.SERIOUS_TERRORISM),
        (
            r"particular concern|\bspecial custodial sentence\b|\bSD?OPC\b|"
            rf"{_SECTION}(?:236A|244A|252A|265|278)\b",
            SentenceKind.PARTICULAR_CONCERN,
        ),
        (
            r"\bextended (?:determinate |custodial )*(?:sentence|imprisonment|detention|licen[cs]e|"
            r"period of licen[cs]e)\b|\bEDS\b|"
            rf"\bextension (?:period|of licen[cs]e)\b|{_NUMBER_AND_UNIT} extension\b|"
            rf"{_SECTION}(?:226A|226B|227|228|254|266|279)\b",
            SentenceKind.EXTENDED,
        ),
    )
)

_BY_PROMPT = tuple(
    (re.compile(letters), kind)
    for letters, kind in (
        ("majestyspleasure", SentenceKind.HM_PLEASURE),
        ("publicprotection", SentenceKind.INDETERMINATE),
        ("seriousterrorism", SentenceKind.SERIOUS_TERRORISM),
        ("particularconcern|specialcustodial", SentenceKind.PARTICULAR_CONCERN),
        ("extendedsentence|extendedlicen|extensionperiod", SentenceKind.EXTENDED),
    )
)

_STATES_A_KIND = re.compile(r"sentencetype|typeofsentence|sentencecategory|sentencekind")

_OTHER_PROMPT = re.compile(r"^reasons?|disqualif|driving")

_NO = frozenset({"", "false", "no", "n", "0", "none", "na", "n/a", "not applicable"})

_SENTENCE_ENDS = re.compile(r"[;\n]|(?<!\bs)(?<!\bsec)(?<!\bss)\.(?=\s|$)", re.IGNORECASE)

_WHY = re.compile(r"\b(?:because|reasons?|due to|for breach)\b", re.IGNORECASE)

_NOT_SAID = re.compile(
    r"\b(?:consider\w*|reject\w*|declin\w*|refus\w*|decid\w* against|instead of|rather than|"
    r"unnecessary|maximum|carries|liable|punishable|if|unless|could|would|may|might|"
    r"disqualif\w*|driv\w+)\b",
    re.IGNORECASE,
)

_NOT_THIS_ONE = re.compile(
    r"\b(?:not|no|never|without|neither|nor|breach\w*|recall\w*|previous\w*|existing|current|"
    r"serving|subject to|concurrent(?:ly)? (?:to|with)|consecutive(?:ly)? (?:to|with)|after|"
    r"end of|expiry|while|whilst|during(?! (?:his|her|the king)\b)|imposed on|passed on|risk to)\b",
    re.IGNORECASE,
)

_LONGEST = 2000


def named(words: str, prompts: Mapping[str, str]) -> SentenceKind | None:
    """Return the kind of longer custody that words or prompts name, or None.

    ``prompts`` are the values by the prompts' names in letters.
    """
    by_prompt = (kind for name, value in prompts.items() if (kind := _of_prompt(name, value)))
    return in_words(words) or next(by_prompt, None)


@lru_cache(maxsize=4096)
def in_words(words: str) -> SentenceKind | None:
    """Return the kind that words name as what was imposed here, or None.

    What was considered, refused, imposed before or belongs to another sentence names none.
    """
    found = (_in_part(part) for part in _parts(words[:_LONGEST]))
    return next((kind for kind in found if kind), None)


def reads(name: str) -> bool:
    """Say whether a prompt, by its name in letters, may name a kind of longer custody."""
    if _OTHER_PROMPT.search(name):
        return False
    return bool(_STATES_A_KIND.search(name) or any(mark.search(name) for mark, _ in _BY_PROMPT))


def _of_prompt(name: str, value: str) -> SentenceKind | None:
    if not reads(name) or value.strip().lower() in _NO:
        return None
    if _STATES_A_KIND.search(name):
        return in_words(value)
    return next((kind for mark, kind in _BY_PROMPT if mark.search(name)), None)


def _parts(words: str) -> Iterator[str]:
    """Yield what stands between commas in each sentence that speaks of what was imposed."""
    for sentence in _SENTENCE_ENDS.split(words):
        imposed = _WHY.split(sentence, maxsplit=1)[0]
        if not _NOT_SAID.search(imposed):
            yield from imposed.split(",")


def _in_part(part: str) -> SentenceKind | None:
    if _NOT_THIS_ONE.search(part):
        return None
    return next((kind for pattern, kind in _NAMED if pattern.search(part)), None)
