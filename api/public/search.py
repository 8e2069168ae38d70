"""Finding an offence by its code or by words, forgiving of spelling, over every known offence."""

from __future__ import annotations

import difflib
import re
from collections import Counter, defaultdict
from functools import cache
from itertools import islice

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
    "acid attack": "throw corrosive fluid",
    "attempted": "attempt",
    "choking": "strangulation suffocation",
    "coercive": "controlling coercive behaviour",
    "coersive": "controlling coercive behaviour",
    "cyberflashing": "send photograph film genitals",
    "coercive control": "controlling coercive behaviour",
    "coersive control": "controlling coercive behaviour",
    "child cruelty": "assault ill treat neglect abandon child",
    "domestic abuse": "controlling coercive behaviour domestic abuse protection",
    "drink driving": "driving over prescribed limit",
    "fgm": "female genital mutilation",
    "gbh": "grievous bodily harm",
    "indecent images": "indecent photograph child",
    "kidnaping": "kidnap kidnapping",
    "kidnapping": "kidnap kidnapping",
    "killing": "murder manslaughter",
    "knife point": "",
    "revenge porn": "share photograph film intimate state",
    "s18": "section 18 wounding intent",
    "s20": "wound inflict grievous bodily harm",
    "s47": "assault occasioning actual bodily harm",
    "section 20": "wound inflict grievous bodily harm",
    "section 47": "assault occasioning actual bodily harm",
    "sec 18": "section 18 wounding intent",
    "sec 20": "wound inflict grievous bodily harm",
    "sec 47": "assault occasioning actual bodily harm",
    "stabbing": "wound inflict grievous bodily harm",
    "stabbed": "wound inflict grievous bodily harm",
    "terrorism membership": "belong proscribed organisation",
    "upskirting": "equipment beneath clothing",
}

"""What people call an offence that its title calls otherwise."""

_CALLED = re.compile(
    rf"\b(?:{'|'.join(sorted(_ALSO_CALLED, key=len, reverse=True))})\b", re.IGNORECASE
)

_PART_OF_A_CODE = re.compile(r"[A-Za-z]{2,4}\d{2,}")

_WORDS_READ = 8

_ALIKE = 0.78

_NEARLY_AS_ALIKE = 0.06

_LISTED_FIRST = {"specified": 0, "conditional": 1, "unknown": 2, "not_specified": 3}


def search(words: str) -> list[OffenceRow]:
    """Return at most 20 offences that fit a code or words, the best first."""
    text = words.strip()[:200]
    exact = offences.find(text.upper().replace(" ", ""))
    if exact:
        return [exact]
    if _PART_OF_A_CODE.fullmatch(text):
        begun = (code for code in offences.codes() if code.startswith(text.upper()))
        return [row for code in islice(begun, MOST) if (row := offences.find(code))]
    text = _CALLED.sub(lambda said: _ALSO_CALLED[said[0].lower()], text.replace("s.", "s"))
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
    begun = [other for other in _vocabulary() if other.startswith(word)] if len(word) > 2 else []
    return frozenset().union(*(index[other] for other in (*begun, *_spelt_alike(word))))


def _spelt_alike(word: str) -> list[str]:
    """Return the words of the titles that are spelt most like a word, and none much less alike."""
    near = difflib.get_close_matches(word, _vocabulary(), n=4, cutoff=_ALIKE)
    alike = [difflib.SequenceMatcher(None, other, word).ratio() for other in near]
    return [
        other for other, how in zip(near, alike, strict=True) if how >= alike[0] - _NEARLY_AS_ALIKE
    ]
