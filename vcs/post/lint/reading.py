"""How hard a text is to read. English only: no measure of Welsh is known to us.

Flesch-Kincaid: 0.39 x words in a sentence + 11.8 x syllables in a word - 15.59 is a school year;
five more is an age. Syllables are counted at the points where a word may be broken.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Final

from pyphen import Pyphen

OLDEST: Final = 12
"""The reading age up to which a letter needs nobody's word."""

FEWEST_WORDS: Final = 20
"""A shorter text is not measured: one long word would decide."""

LONGEST_SENTENCE: Final = 30


def reading_age(text: str) -> float | None:
    """Return the age at which most people can read a text; None for one that is too short."""
    sentences = list(sentences_in(text))
    words = [word for sentence in sentences for word in _words(sentence)]
    if len(words) < FEWEST_WORDS:
        return None
    syllables = sum(_syllables(word.casefold()) for word in words)
    year = 0.39 * len(words) / len(sentences) + 11.8 * syllables / len(words) - 15.59
    return year + 5


def sentences_in(text: str) -> Iterator[str]:
    """Yield the sentences of a text, a line with no full stop being one."""
    for line in text.splitlines():
        for sentence in re.split(r"(?<=[.!?:;])\s+", line):
            if _words(sentence):
                yield sentence.strip()


def long_sentences(text: str) -> Iterator[str]:
    """Yield the sentences that are too long to be read in one go."""
    return (one for one in sentences_in(text) if len(_words(one)) > LONGEST_SENTENCE)


def _words(sentence: str) -> list[str]:
    return re.findall(r"[^\W\d_]+(?:['’-][^\W\d_]+)*", sentence)


@cache
def _breaks() -> Pyphen:
    return Pyphen(lang="en_GB", left=1, right=1)


@cache
def _syllables(word: str) -> int:
    return len(_breaks().positions(word)) + 1
