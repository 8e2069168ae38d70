"""What the words of a result can settle, where no code and no definition does.

Words settle that a result is something other than custody only where every word of custody and
every length in them is explained by a form of ``data/free_text.csv``. Whatever is left over may be
custody, and a person decides.
"""

from __future__ import annotations

import re
from functools import lru_cache

from vcs.intake.results import result_tables
from vcs.intake.results.result_tables import NOT_A_SENTENCE, PART_OF_A_SENTENCE, UNCLEAR, Kind
from vcs.terms import SentenceKind

_NUMBER = (
    r"(?:\d{1,4}(?:[.,]\d+)?|an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|"
    r"thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|twenty|thirty|forty|life)"
)

_UNIT = (
    r"(?:years?|yrs?|months?|mths?|weeks?|wks?|days?|month\(s\)|day\(s\)|"
    r"y|m|blynedd|flynedd|mlynedd|blwyddyn|flwyddyn|mis(?:oedd)?|fis(?:oedd)?|wythnos(?:au)?|"
    r"diwrnod(?:au)?)"
)

_PART = rf"(?:\b{_NUMBER}(?: and an? half)?[ -]?{_UNIT}\b'?|(?<![\d/])\d{{1,3}}/12\b(?![\d/]))"

_LENGTH = rf"{_PART}(?:(?:,? (?:and )?|,){_PART}){{0,3}}"

_WORDS_OF_CUSTODY = (
    r"imp?ri(?:s|z)|prison|custod|detain|detent|jail|gaol|borstal|young offender|\bh?m?yoi\b|"
    r"\b(?:dto|sopc|eds|sds|ipp|dpp|hmp)\b|incarcerat|lock(?:ed)? (?:up|away)|"
    r"(?:sent|sends?|going|goes?|go|taken) down|\binside\b|behind bars|hospital|sentenced|"
    r"\bmajesty|public protection|particular concern|penal servitude|activat|implement|"
    r"(?:put|brought) into|invok|\bserv(?:e|es|ing)\b|time (?:already )?served|"
    r"\bdeterminate|extended (?:sentence|determinate|licence)|minimum term|tariff|"
    r"for life\b|life (?:sentence|term|imprisonment)|carchar|garchar|ngharchar|d?dedfryd|"
    r"\bn?d?dalfa\b|\bnalfa\b|caethiw|ysbyty|\bcadw(?:yd|ad)?\b"
)

_STOPS = rf"{_WORDS_OF_CUSTODY}|revok|breach|afresh|instead|substitut"

"""What no form reads over: custody, and the end of an order."""

_ON = rf"(?:(?!{_STOPS}|{_PART})[^.;\n])*"

_WITH_A_LENGTH = rf"(?:(?!{_STOPS})[^.;,\n])*"

_MAY_BE_CUSTODY = re.compile(
    rf"{_WORDS_OF_CUSTODY}|sentence|\bterm\b|\blife\b|commit(?:ted|tal|ment)|"
    rf"\bs(?:ection)?\.? ?(?:3[78]|4[15]a?|9[01]|22[5678]\w?|236a|25\d\w?|26\d|27\d|28\d\w?)\b|"
    rf"\b(?:years?|months?)\b|{_PART}",
    re.IGNORECASE,
)

_PRONOUNCES = re.compile(
    r"(?:committed|sentenced|sent|goes?|returned) (?:back )?to (?:an? )?(?:prison|custody|"
    r"detention|imprisonment|jail|gaol|young offender)|"
    rf"{_PART},? ?(?:of |in |an? ){{0,3}}(?:immediate )?"
    r"(?:imprison|prison|custod|detention|jail|gaol|inside|carchar|garchar)|"
    r"(?:imprison\w*|prison|custody|detention|jail|gaol|carchar\w*|garchar\w*)"
    rf"(?: sentence)?[:,]?(?: (?:for|of|am))?(?: a (?:term|period) of)? {_PART}|sent down",
    re.IGNORECASE,
)

_ONE_PART = re.compile(_PART, re.IGNORECASE)

_ANOTHER_TERM = re.compile(
    rf"(?<!within )(?<!allowed ){_PART}(?! (?:to|in which|allowed)\b)|\blife\b", re.IGNORECASE
)

_AFTER_DEFAULT = re.compile(rf"\|[ :,]*(?:for |of )?{_PART}", re.IGNORECASE)

_ADDED = re.compile(
    rf"\b(?:{_NUMBER}[ -]?(?:years?|yrs?|y|blynedd|flynedd|mlynedd)|life(?: imprisonment)?)"
    r"[ ,;&/+]*"
    r"(?:(?:and|plus|with|a|consecutive(?:ly)?(?: to)?) +)*\|",
    re.IGNORECASE,
)

_CHANGES_A_TERM = re.compile(
    r"\b(?:sentence|term)\b[^.;\n]*\b(?:var|increas|reduc|correct|amend|substitut|replac|alter)"
    rf"[^.;\n]*?(?:{_PART}|\blife\b)",
    re.IGNORECASE,
)

_TO_IMMEDIATE = re.compile(
    r"\bsentence\b[^.;\n]*\b(?:varied|amended|changed|altered)[^.;\n]*\bto immediate\b",
    re.IGNORECASE,
)

_STEMS = ("prison", "custod", "deten", "jail", "gaol", "young o", "archar", "inside", "sent down")

"""One of these is in whatever pronounces custody; most texts are read no further."""

_VOCABULARY = (
    "imprisonment",
    "imprisoned",
    "imprison",
    "prison",
    "custody",
    "custodial",
    "detention",
    "detained",
    "sentenced",
    "sentence",
    "hospital",
    "suspended",
    "remanded",
    "carchar",
    "carcharu",
)

_LONGEST = 4000

"""How much of a text the forms are tried on; what follows can only raise a doubt."""

_EXPLAINED = "|"

_OPENS_EXPLAINED = re.compile(
    r"(?:\W|\d|(?:the|defendant|offender|court|is|was|be|has|been|to|it|ordered|orders|that|an?|and|"
    r"of|in|on|at|by|this|no|further|fo|mr|mrs|ms|he|she|they|y|yr|diffynnydd)\b)*?\|"
)

"""A text that says at once, but for such words, something that a form explains."""

_WORD = re.compile(r"[a-z]{5,16}")


def _form(row: dict[str, str]) -> tuple[re.Pattern[str], Kind]:
    words = row["form"]
    for name, stands_for in _NAMED:
        words = words.replace(name, stands_for)
    return re.compile(rf"(?<!\w)(?:{words})", re.IGNORECASE), result_tables.kind_of(row["meaning"])


_NAMED = (
    ("<length>", _LENGTH),
    ("<part>", _PART),
    ("<number>", _NUMBER),
    ("…", _ON),
    ("~", _WITH_A_LENGTH),
)

"""What a form may name: a length, one part of it, a number, the rest of a clause without a length
(``…``) and with one (``~``), as far as nothing stops it."""


_FORMS = tuple(_form(row) for row in result_tables.FREE_TEXT_FORMS)

_GRAVEST_FIRST: tuple[Kind, ...] = (
    result_tables.SENTENCE_VARIED,
    SentenceKind.SUSPENDED,
    SentenceKind.DEFAULT_CUSTODY,
    SentenceKind.NON_CUSTODIAL,
    result_tables.NOTIFICATION,
    PART_OF_A_SENTENCE,
    NOT_A_SENTENCE,
)


@lru_cache(maxsize=4096)
def read(words: str) -> Kind:
    """Return what words settle of a result that no code and no definition explains.

    An unknown sentence where custody or a length is in them that no form explains; ``UNCLEAR``
    where no form explains what they open with, which is what the result is.
    """
    rest, kinds = _explained(words[:_LONGEST])
    if _MAY_BE_CUSTODY.search(rest) or _MAY_BE_CUSTODY.search(words, _LONGEST):
        return SentenceKind.UNKNOWN
    if not _OPENS_EXPLAINED.match(rest):
        return UNCLEAR
    return next(one for one in _GRAVEST_FIRST if one in kinds)


def pronounces_custody(words: str) -> bool:
    """Say whether words pronounce custody that starts at once, beside whatever else they say."""
    lower = words.lower()
    if not any(stem in lower for stem in _STEMS) or not _PRONOUNCES.search(words):
        return False
    return bool(_PRONOUNCES.search(_explained(words[:_LONGEST])[0]))


def changes_a_term(words: str) -> bool:
    """Say whether words give a sentence or a term another length: "Term corrected to 3 years"."""
    lower = words.lower()
    if "sentence" not in lower and "term" not in lower:
        return False
    if _TO_IMMEDIATE.search(words):
        return True
    return bool(_CHANGES_A_TERM.search(words) and _CHANGES_A_TERM.search(_explained(words)[0]))


def may_be_more_than_default(words: str) -> bool:
    """Say whether words that speak of a default state another length too, or custody for life.

    "Imprisonment 8 years and 12 months in default" is two terms, and the first is a sentence.
    """
    rest = _explained(words[:_LONGEST])[0]
    if len(_ONE_PART.findall(words)) == 1:
        rest = _AFTER_DEFAULT.sub(_EXPLAINED, rest)
    return bool(_ANOTHER_TERM.search(rest))


def adds_a_default(words: str) -> bool:
    """Say whether a term in default is added to years or to life: of custody, as far as one sees.

    "8 years and 12 months imprisonment in default" may be said of a fine with a graver sentence.
    """
    return "default" in words.lower() and bool(_ADDED.search(_explained(words[:_LONGEST])[0]))


def _explained(words: str) -> tuple[str, set[Kind]]:
    """Take every known form out of words; return what is left, and what the forms mean."""
    rest = _WORD.sub(lambda found: _spelt(found.group()), " ".join(_lines(words)))
    kinds: set[Kind] = set()
    for form, kind in _FORMS:
        rest, count = form.subn(f" {_EXPLAINED} ", rest)
        if count:
            kinds.add(kind)
    return rest, kinds


def _lines(words: str) -> list[str]:
    lines = (" ".join(line.split()) for line in words.lower().replace("’", "'").splitlines())
    return [line if line.endswith((".", ";", ",")) else f"{line}." for line in lines if line]


@lru_cache(maxsize=8192)
def _spelt(word: str) -> str:
    """Return the word of custody that a word is a slip of the pen for, else the word itself."""
    if word in _VOCABULARY:
        return word
    return next((right for right in _VOCABULARY if _is_a_slip(word, right)), word)


def _is_a_slip(word: str, right: str) -> bool:
    allowed = 2 if len(right) >= 10 else 1
    if word[0] != right[0] or abs(len(word) - len(right)) > allowed:
        return False
    return _distance(word, right) <= allowed


def _distance(one: str, other: str) -> int:
    """Count the letters added, dropped, changed or swapped with the next between two words."""
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, start=1):
        two_back, before, row = before, row, [i]
        for j, its in enumerate(other, start=1):
            row.append(min(before[j] + 1, row[-1] + 1, before[j - 1] + (letter != its)))
            swapped = i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == its
            if swapped:
                row[j] = min(row[j], two_back[j - 2] + 1)
    return row[-1]
