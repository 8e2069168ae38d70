"""Finding an offence by its code or by words, forgiving of spelling, over every known offence."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from itertools import islice

from api.public.everyday import EVERYDAY
from api.public.periods import Period, in_force, is_replaced, period_in
from api.public.spelling import Spelling
from vcs.law.specified_offence import offences
from vcs.law.specified_offence.offences import OffenceRow

MOST = 20

_WORD = re.compile(r"[a-z0-9]+")

_TOO_COMMON = frozenset(
    {
        *("a", "an", "and", "at", "by", "for", "from", "her", "him", "his", "in", "it", "of"),
        *("on", "or", "other", "over", "the", "to", "was", "were", "with"),
    }
)

_WITHOUT = re.compile(r"\bwithout (\w+)")

_PART_OF_A_CODE = re.compile(r"[A-Za-z]{2,4}\d{2,}")

_WORDS_READ = 8

_BEGUN_WITH = 4

_FORMS = 12

_SAYS_NOTHING = frozenset({"soa", "2003", "act", "year", "age", "person", "offence"})

_ATTEMPTS = frozenset({"attempt", "conspir", "conspiracy", "incit", "encourag", "aid", "abet"})

_LISTED_FIRST = {"specified": 0, "conditional": 1, "unknown": 2, "not_specified": 3}

_BASE_LENGTH = 7


@dataclass(frozen=True, slots=True)
class Concept:
    """One thing that is looked for: the ways in which a title may say it, likeliest first.

    Each way is a set of stems that a title must all have, with how far down the list it stands.
    """

    ways: tuple[tuple[int, frozenset[str]], ...]


@dataclass(frozen=True, slots=True)
class Asked:
    """How many things are looked for, the time that is named, and whether an attempt is."""

    concepts: int
    period: Period | None
    attempt: bool


@dataclass(frozen=True, slots=True)
class Found:
    """Offences that fit, the likeliest first; ``more`` says that there are others.

    ``read_as`` pairs each misspelt word with the word that it was taken for.
    """

    rows: tuple[OffenceRow, ...] = ()
    more: bool = False
    read_as: tuple[tuple[str, str], ...] = ()


def search(words: str) -> Found:
    """Return at most 20 offences that fit a code or words."""
    text = words.strip()[:200]
    exact = offences.find(text.upper().replace(" ", ""))
    if exact:
        return Found((exact,))
    if _PART_OF_A_CODE.fullmatch(text):
        begun = (code for code in offences.codes() if code.startswith(text.upper()))
        return _found(begun, ())
    period, rest = period_in(text.lower().replace("'", "").replace("s.", "s"))
    typed = _words(rest)[:_WORDS_READ]
    spelt = [_spelt(word) for word in typed]
    read_as = tuple((was, now) for was, now in zip(typed, spelt, strict=True) if was != now)
    ranked = sorted(_ranks(_concepts(" ".join(spelt)), period).items(), key=lambda entry: entry[1])
    return _found((code for code, _ in ranked), read_as)


def _found(codes: Iterable[str], read_as: tuple[tuple[str, str], ...]) -> Found:
    rows = [row for code in islice(codes, MOST + 1) if (row := offences.find(code))]
    return Found(tuple(rows[:MOST]), len(rows) > MOST, read_as)


def _spelt(word: str) -> str:
    """Return a word as it stands where anything is known by it, or the one it is likeliest for."""
    if stem(word) in _index() or word in _said() or stem(word) in _everyday():
        return word
    if not word.isalpha():
        return word
    near = _spelling().nearest(word, at_most=1 if _begun_with(word) else 2)
    return min(near, key=_how_unlikely, default=word)


def _how_unlikely(word: str) -> tuple[bool, int]:
    """Sort words that somebody may have meant: everyday words, then those of listed offences."""
    rows = map(offences.find, _index().get(stem(word), ()))
    listed = sum(row is not None and row.listing == "specified" for row in rows)
    return word not in _said(), -listed


def _begun_with(word: str) -> list[str]:
    """Return the stems that a word of four letters or more begins; none where they are many."""
    begun = [form for form in _index() if form.startswith(stem(word))]
    return begun if len(word) >= _BEGUN_WITH and len(begun) <= _FORMS else []


def _concepts(text: str) -> list[Concept]:
    """Part words into everyday phrases and the words between them."""
    found: list[Concept] = []
    place = 0
    for said in _phrase().finditer(text):
        found += map(_of_word, _words(text[place : said.start()]))
        found.append(_of_phrase(said[0]))
        place = said.end()
    found += map(_of_word, _words(text[place:]))
    return [one for one in found if one.ways]


def _of_phrase(said: str) -> Concept:
    meanings = EVERYDAY[said]
    if "" not in meanings and _index().keys() >= (own := stems(said)):
        meanings = (*meanings, " ".join(sorted(own)))
    ways = [(place, stems(way)) for place, means in enumerate(meanings) for way in means.split("/")]
    return Concept(tuple((place, way) for place, way in ways if way))


def _of_word(word: str) -> Concept:
    """Look for an everyday word in another form, a word of the titles, or one that it begins."""
    form = stem(word)
    if form in _everyday():
        return _of_phrase(_everyday()[form])
    forms = [form] if form in _index() else _begun_with(word)
    return Concept(tuple((0, frozenset({one})) for one in forms))


_Rank = tuple[int, int, int, int, int, int, int, int, int, str]

"""What sorts a code: the smaller, the likelier."""


def _ranks(concepts: list[Concept], period: Period | None) -> dict[str, _Rank]:
    """Rank every code that fits most of what is looked for."""
    fits = [_places(one) for one in concepts]
    hits = Counter(code for fit in fits for code in fit)
    most = max(hits.values(), default=0)
    asked = Asked(len(concepts), period, any(map(_names_an_attempt, concepts)))
    ranks = {}
    for code, hit in hits.items():
        row = offences.find(code)
        # What shares one word in three with what was asked is another offence.
        if row is not None and hit * 2 > most:
            late = int(period is not None and not in_force(row, period))
            place = sum(fit.get(code, 0) for fit in fits)
            ranks[code] = (-hit, late, *_obscurity(row, place, asked))
    return ranks


def _names_an_attempt(concept: Concept) -> bool:
    return any(place == 0 and way & _ATTEMPTS for place, way in concept.ways)


def _places(concept: Concept) -> dict[str, int]:
    """Return the codes whose title fits a concept, each with the first way in which it does."""
    found: dict[str, int] = {}
    for place, way in concept.ways:
        for code in frozenset.intersection(*(_index().get(form, frozenset()) for form in way)):
            found.setdefault(code, place)
    return found


def _obscurity(
    row: OffenceRow, place: int, asked: Asked
) -> tuple[int, int, int, int, int, int, int, str]:
    """Sort an offence called just that first, then offences before attempts, likelier meanings.

    After the likeliest meaning, listed offences come before all others, current before old.
    """
    old = row.title.isupper() + int(asked.period is None and is_replaced(row))
    longer = int(old > 0 or len(stems(row.title) - _SAYS_NOTHING) > asked.concepts)
    attempt = int(not asked.attempt and len(row.code) > _BASE_LENGTH)
    unlisted = _LISTED_FIRST[row.listing]
    unlikely = int(place > 0 or (unlisted > 0 and old > 0))
    return longer, attempt, unlikely, unlisted, place, old, len(row.title), row.code


def _words(text: str) -> list[str]:
    joined = _WITHOUT.sub(r"without\1", text.lower())
    return [word for word in _WORD.findall(joined) if word not in _TOO_COMMON]


def stems(text: str) -> frozenset[str]:
    """Return the stems of the words of a title or a phrase that say something."""
    return frozenset(map(stem, _words(text)))


_LONG = 6

"""From here on a doubled letter belongs to the ending: controlling, and not killing."""


@cache
def stem(word: str) -> str:
    """Return a word without its plural or the ending of its verb: wounds, wounded, wounding."""
    if len(word) > 4 and word.endswith("ies"):
        word = word[:-3] + "y"
    elif len(word) > 4 and word.endswith(("sses", "shes", "ches", "xes")):
        word = word[:-2]
    elif len(word) > 3 and word.endswith("s") and not word.endswith("ss"):
        word = word[:-1]
    for ending in ("ing", "ed"):
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            word = word[: -len(ending)]
            if word[-1] == word[-2] and (word[-1] not in "ls" or len(word) > _LONG):
                word = word[:-1]
            break
    return word[:-1] if len(word) > 3 and word.endswith("e") else word


@cache
def _index() -> dict[str, frozenset[str]]:
    found: defaultdict[str, set[str]] = defaultdict(set)
    for code in offences.codes():
        row = offences.find(code)
        for form in stems(row.title if row else ""):
            found[form].add(code)
    return {form: frozenset(codes) for form, codes in found.items()}


@cache
def _everyday() -> dict[str, str]:
    """Return each everyday word by its stem."""
    return {stem(said): said for said in reversed(list(EVERYDAY)) if " " not in said}


@cache
def _said() -> frozenset[str]:
    """Return every word of everyday speech."""
    return frozenset(word for said in EVERYDAY for word in said.split())


@cache
def _phrase() -> re.Pattern[str]:
    longest_first = sorted(EVERYDAY, key=len, reverse=True)
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, longest_first))})\b")


@cache
def _spelling() -> Spelling:
    """Return every word of the titles and of everyday speech, to find misspelt ones by."""
    known = {word for code in offences.codes() for word in _words_of(code) if word.isalpha()}
    return Spelling(known | _said())


def _words_of(code: str) -> list[str]:
    row = offences.find(code)
    return _words(row.title) if row else []
