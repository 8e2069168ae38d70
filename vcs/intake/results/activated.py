"""A suspended sentence put into operation: custody from that day, whatever is said of the past.

A message often repeats for how long the sentence had been suspended, by a prompt, a qualifier or in
words. That does not suspend it again.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from vcs.intake.results.result_tables import Kind
from vcs.terms import SentenceKind

_DONE = (
    r"activat(?:ed|ion)|implemented|put in ?to (?:operation|effect|force)|"
    r"(?:brought|comes?|came) in ?to (?:operation|effect|force)|"
    r"(?:to )?takes? effect|(?:is )?to be served|(?:to be )?served in full"
)

_SENTENCE = r"suspended (?:sentence|imprisonment|detention|term|order|prison)"

_ACTIVATED = re.compile(
    rf"{_SENTENCE}\b[^.;]{{0,80}}?\b(?:{_DONE})\b|"
    rf"\bactivat(?:e|es|ed|ion of)\b[^.;]{{0,40}}?\b{_SENTENCE}|"
    rf"\bimplement(?:s|ed)?\b[^.;]{{0,40}}?\b{_SENTENCE}",
    re.IGNORECASE,
)

_NOT_DONE = re.compile(
    r"\b(?:not|no|never|may|might|could|would|should|if|unless|liable|without|consider\w*|"
    r"declin\w*|unjust|any breach|part(?:ly)? suspended)\b",
    re.IGNORECASE,
)

_SUSPENDED = "S"


@lru_cache(maxsize=4096)
def is_said(words: str) -> bool:
    """Say whether words state that a suspended sentence was activated, and not only may be."""
    found = _ACTIVATED.search(words)
    if not found:
        return False
    sentence = words[: found.end()].rpartition(".")[2]
    return not _NOT_DONE.search(sentence)


def named(base: SentenceKind, words: str, kind: SentenceKind | None) -> SentenceKind | None:
    """Return the kind that words name beside a code: a suspension that is over names none.

    ``kind`` is what the words name by themselves. Words that the sentence was not activated stay a
    contradiction of a code that says it was.
    """
    if is_said(words):
        return SentenceKind.SUSPENDED_ACTIVATED
    denied = bool(_NOT_DONE.search(words))
    if kind is SentenceKind.SUSPENDED_ACTIVATED and denied:
        return SentenceKind.SUSPENDED
    repeated = base is SentenceKind.SUSPENDED_ACTIVATED and kind is SentenceKind.SUSPENDED
    return None if repeated and not denied else kind


def is_of(kinds: Iterable[Kind | None]) -> bool:
    """Say whether a code, a label or a definition is one of an activated sentence."""
    return SentenceKind.SUSPENDED_ACTIVATED in kinds


def without_suspension(qualifiers: Iterable[str]) -> tuple[str, ...]:
    """Return the qualifiers without the one that repeats that the sentence had been suspended."""
    return tuple(one for one in qualifiers if one != _SUSPENDED)
