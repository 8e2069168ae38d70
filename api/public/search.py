"""Finding an offence by its code or by words, forgiving of spelling, over every known offence."""

from __future__ import annotations

import difflib
import re
from collections import Counter, defaultdict
from functools import cache

from vcs.law import offences
from vcs.law.offences import OffenceRow

MOST = 20
_WORD = re.compile(r"[a-z0-9]+")
_TOO_COMMON = frozenset(
    [
        "a",
        "an",
        "and",
        "at",
        "by",
        "for",
        "from",
        "in",
        "of",
        "on",
        "or",
        "other",
        "the",
        "to",
        "with",
        "under",
    ]
)
_ALSO_CALLED = {
    "abh": "actual bodily harm",
    "coercive control": "controlling coercive behaviour",
    "coersive control": "controlling coercive behaviour",
    "child cruelty": "assault ill treat neglect abandon child",
    "gbh": "wound inflict grievous bodily harm",
    "indecent images": "indecent photograph child",
    "killing": "murder manslaughter",
    "knife point": "",
    "s18": "section 18 wounding intent",
    "s20": "wound inflict grievous bodily harm",
    "s47": "assault occasioning actual bodily harm",
    "section 20": "wound inflict grievous bodily harm",
    "section 47": "assault occasioning actual bodily harm",
    "terrorism membership": "belong proscribed organisation",
}
"""What people call an offence that its title calls otherwise."""
_WORDS_READ = 8
_ALIKE = 0.78
_LISTED_FIRST = {"specified": 0, "conditional": 1, "unknown": 2, "not_specified": 3}


def search(words: str) -> list[OffenceRow]:
    """Return at most 20 offences that fit a code or words, the best first."""
    text = words.strip()[:200]
    exact = offences.find(text.upper().replace(" ", ""))
    if exact:
        return [exact]
    for said, titled in _ALSO_CALLED.items():
        text = re.sub(rf"\b{said}\b", titled, text.replace("s.", "s"), flags=re.IGNORECASE)
    hits: Counter[str] = Counter()
    for word in _words(text)[:_WORDS_READ]:
        hits.update(_codes_with(word))
    most = max(hits.values(), default=0)
    # What shares one word in three with what was asked is another offence.
    fitting = [code for code, hit in hits.items() if hit * 2 > most]
    best = sorted(fitting, key=lambda code: _rank(code, hits[code]))[:MOST]
    return [row for code in best if (row := offences.find(code))]


def _words(text: str) -> list[str]:
    return [word for word in _WORD.findall(text.lower()) if word not in _TOO_COMMON]


def _rank(code: str, hit: int) -> tuple[int, int, int, str]:
    row = offences.find(code)
    if row is None:
        return 0, len(code), 0, code
    return -hit, len(code), _LISTED_FIRST[row.listing] * 30 + len(row.title), code


@cache
def _index() -> dict[str, frozenset[str]]:
    found: defaultdict[str, set[str]] = defaultdict(set)
    for code in offences.codes():
        row = offences.find(code)
        for word in _words(row.title if row else ""):
            found[word].add(code)
    return {word: frozenset(codes) for word, codes in found.items()}


@cache
def _vocabulary() -> tuple[str, ...]:
    return tuple(sorted(_index()))


def _codes_with(word: str) -> frozenset[str]:
    """Return the codes whose title has a word, one that begins with it, or one spelt alike."""
    index = _index()
    if word in index:
        return index[word]
    begun = [one for one in _vocabulary() if one.startswith(word)] if len(word) > 2 else []
    alike = begun or difflib.get_close_matches(word, _vocabulary(), n=4, cutoff=_ALIKE)
    return frozenset().union(*(index[one] for one in alike)) if alike else frozenset()
