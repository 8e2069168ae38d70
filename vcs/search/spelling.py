"""The words of a name, and when two spellings of a word may be one.

Two words meet by a key: the same sound, a name that both are called by, or the same letters after
one is left out of either.
Whether they are alike is then said by comparing them. Pure functions.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from typing import Final

import jellyfish
from rapidfuzz.distance import OSA, JaroWinkler

from vcs.victims.spoken import are_called_alike, heard, roots

MOST_WORDS: Final = 8

LONGEST_WORD: Final = 40

_TITLES: Final = frozenset({"mr", "mrs", "miss", "ms", "mx", "dr", "prof", "rev", "sir", "lady"})

# Letters that Unicode does not take apart into a plain letter and a sign.
_PLAIN: Final = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "æ": "ae"})

_LEFT_OUT: Final = re.compile("['\u2019\u2018`]")

_SHORTEST_MISTYPED: Final = 3

_LONG: Final = 6

_OF_ONE_SOUND, _OF_ONE_ROUGH_SOUND, _AS_HEARD = 0.65, 0.82, 0.5
"""How close the letters must be too: a sound alone brings together very different words."""

_CALLED_ALIKE: Final = 0.8
"""How alike a name and its pet name are: less than one with a letter wrong."""

ENOUGH: Final = 0.7
"""From which likeness on two words may be one."""


def words_of(name: str) -> tuple[str, ...]:
    """Return the words of a name in plain small letters, without titles, each once."""
    folded = unicodedata.normalize("NFKD", name.casefold().translate(_PLAIN))
    plain = "".join(c for c in folded if not unicodedata.combining(c))
    found = re.findall(r"[^\W_]+", _LEFT_OUT.sub("", plain))
    kept = [word[:LONGEST_WORD] for word in found if word not in _TITLES]
    return tuple(dict.fromkeys(kept))[:MOST_WORDS]


def keys_of(word: str) -> frozenset[str]:
    """Return what a word has in common with other spellings of it."""
    return frozenset(_keys(word))


def _keys(word: str) -> Iterator[str]:
    yield f"letters {word}"
    yield from (f"called {root}" for root in roots(word))
    if len(word) < _SHORTEST_MISTYPED:
        return
    for place in range(len(word)):
        yield f"letters {word[:place]}{word[place + 1 :]}"
    if word.isascii() and word.isalpha():
        yield f"sound {jellyfish.metaphone(word)}"
        yield f"sounds {jellyfish.soundex(word)}"
    if heard(word):
        yield f"heard {heard(word)}"


def likeness(typed: str, held: str) -> float:
    """Return how alike two words are, from 0 to 1."""
    if typed == held:
        return 1.0
    if are_called_alike(typed, held):
        return _CALLED_ALIKE
    if min(len(typed), len(held)) == 1:
        return 0.8 if typed[0] == held[0] else 0.0
    edits = OSA.distance(typed, held)
    if edits == 1 or (edits == 2 and min(len(typed), len(held)) >= _LONG):
        return 0.95 - edits / 20
    if not (typed.isascii() and held.isascii() and typed.isalpha() and held.isalpha()):
        return 0.0
    closeness = float(JaroWinkler.similarity(typed, held))
    if jellyfish.metaphone(typed) == jellyfish.metaphone(held) and closeness >= _OF_ONE_SOUND:
        return max(ENOUGH, closeness * 0.9)
    if heard(typed) and heard(typed) == heard(held) and closeness >= _AS_HEARD:
        return max(ENOUGH, closeness * 0.85)
    is_one_sound = jellyfish.soundex(typed) == jellyfish.soundex(held)
    return (
        max(ENOUGH, closeness * 0.85) if is_one_sound and closeness >= _OF_ONE_ROUGH_SOUND else 0.0
    )


def name_likeness(typed: Sequence[str], held: Sequence[str]) -> float:
    """Return how alike two names are: each word that was typed with the word most like it."""
    left, total = list(held), 0.0
    for word in typed:
        best = max(left, key=lambda one: likeness(word, one), default="")
        score = likeness(word, best) if best else 0.0
        if score >= ENOUGH:
            left.remove(best)
            total += score
    return total / len(typed) if typed else 0.0
