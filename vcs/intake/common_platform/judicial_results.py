"""One Common Platform judicial result: what it counts as, and what is stated with it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from vcs.intake import activated, extended, for_life, lengths, result_tables, wording
from vcs.intake.common_platform import prompts as asked
from vcs.intake.kinds import (
    REFINES,
    SILENT_ON_CUSTODY,
    UNCODED,
    by_short_code,
    by_words,
    defined_further,
    doubted,
    free_text_of,
    named_beside,
    refined,
)
from vcs.intake.learned import Learned, Meanings, meaning_of
from vcs.intake.result_tables import FREE_TEXT, NOT_A_SENTENCE, NOTIFICATION, UNCLEAR, Kind
from vcs.intake.shapes import Json, flag, parts, text
from vcs.law.sentences import IMMEDIATE_CUSTODY
from vcs.terms import SentenceKind, Term

_PRONOUNCED_SUSPENDED = re.compile(
    r"\b(?:year|month|week|day)s?,? (?:wholly |to be |is |and )?suspended for\b", re.IGNORECASE
)

KIND_NOT_KNOWN = "vcs:kind-not-known"

"""The name of our own mark on a result that no table explains: a person decides on it."""

_MEANT = "vcs:meant"

_RESULTS = "judicialResults"

_DOMESTIC_ABUSE = "LG"

_NAMED_BY_WORDS = IMMEDIATE_CUSTODY | {SentenceKind.HOSPITAL_ORDER}

"""Kinds that a label may name without a code and without a definition."""


def is_deleted(result: Json) -> bool:
    """Say whether a re-share struck this result out."""
    return flag(result, "isDeleted") is True


def results_in(value: object) -> Iterator[dict[str, Any]]:
    """Yield every judicial result, wherever it lies; without recursion, however deep."""
    waiting = [value]
    while waiting:
        one = waiting.pop()
        if isinstance(one, list):
            waiting.extend(one)
        elif isinstance(one, dict):
            found = one.get(_RESULTS)
            if isinstance(found, list):
                yield from (result for result in found if isinstance(result, dict))
            waiting += [
                inner
                for name, inner in one.items()
                if isinstance(inner, dict | list) and name != _RESULTS
            ]


def mark_learned(message: Json, meanings: Meanings) -> None:
    """Mark, in place, each result of a message whose code has a meaning that was learned."""
    for result in results_in(message):
        learned = meaning_of(text(result, "cjsCode"), meanings)
        if learned:
            result[_MEANT] = learned


class Result:
    """One judicial result, each part of it read once and only when it is asked for.

    ``kind`` is what it counts as: a kind of sentence, or a mark of :mod:`result_tables`.
    """

    __slots__ = ("_prompts", "_qualifiers", "code", "kind", "ordered_on", "raw", "varies")

    def __init__(self, raw: Json, ordered_on: date | None = None) -> None:
        """Read a result; ``ordered_on`` is the day that stands for it."""
        self.raw, self.ordered_on = raw, ordered_on
        self._prompts: Mapping[str, str] | None = None
        self._qualifiers: tuple[str, ...] | None = None
        self.code = text(raw, "cjsCode")
        self.kind: Kind = _kind(self)
        self.varies = self.kind == result_tables.SENTENCE_VARIED

    @property
    def is_sentence(self) -> bool:
        """Say whether this result imposes something."""
        return isinstance(self.kind, SentenceKind)

    @property
    def qualifiers(self) -> tuple[str, ...]:
        """Return the qualifier letters, ``C,F`` as two."""
        if self._qualifiers is None:
            stated = text(self.raw, "qualifier")
            letters = [q.strip().upper() for q in stated.split(",")] if stated else ()
            self._qualifiers = tuple([q for q in letters if q])
        return self._qualifiers

    @property
    def prompts(self) -> Mapping[str, str]:
        """Return the values of the prompts that are read, by reference and label in letters."""
        if self._prompts is None:
            self._prompts = asked.read_prompts(self.raw)
        return self._prompts

    @property
    def domestic_abuse(self) -> bool:
        """Say whether the court marked this as a matter of domestic abuse."""
        return _DOMESTIC_ABUSE in self.qualifiers

    @property
    def notifies(self) -> bool:
        """Say whether this result, or one of the further codes it carries, records notification."""
        if self.kind == NOTIFICATION:
            return True
        if "secondaryCJSCodes" not in self.raw:
            return False
        further = (text(one, "cjsCode") for one in parts(self.raw, "secondaryCJSCodes"))
        return any(result_tables.BY_CJS_CODE.get(code) == NOTIFICATION for code in further)

    @property
    def totals(self) -> tuple[Term, ...]:
        """Return the total that this result states for the whole sentence, if any.

        What several suspended sentences come to is no total of what is served.
        """
        prompts = self.prompts
        if not prompts or self._totals_suspended:
            return ()
        named = [_term(prompts[name]) for name in asked.TOTALS if name in prompts]
        return lengths.distinct(named) if named else ()

    @property
    def _totals_suspended(self) -> bool:
        if self.kind is SentenceKind.SUSPENDED_ACTIVATED:
            return False
        named = "suspended" in text(self.raw, "label").lower()
        return named or asked.SUSPENDED in self.prompts

    @property
    def whole_is_life(self) -> bool:
        """Say whether this result states that the whole of several sentences is life."""
        if for_life.is_whole(self.prompts, asked.TOTALS):
            return True
        return for_life.is_pronounced_whole(text(self.raw, "resultText"))


def _kind(result: Result) -> Kind:
    raw, code = result.raw, result.code
    if raw.get(KIND_NOT_KNOWN):
        return SentenceKind.UNKNOWN
    base = result_tables.BY_CJS_CODE.get(code, FREE_TEXT)
    learned = raw.get(_MEANT)
    if isinstance(learned, Learned):
        base = learned.kind
    if base == FREE_TEXT:
        kind = _as_pronounced(raw, _without_a_code(result, "" if code == UNCODED else code))
    elif isinstance(base, SentenceKind) and base in REFINES:
        kind = _as_pronounced(raw, _refined(result, base))
    else:
        told = result_tables.BY_DEFINITION.get(text(raw, "judicialResultTypeId").lower())
        kind = defined_further(code, base, told)
    if kind not in SILENT_ON_CUSTODY:
        return kind
    return doubted(kind, _words(raw), states_a_term=_states_a_term(result))


def _as_pronounced(raw: Json, kind: Kind) -> Kind:
    """Custody that the court's own words say is suspended is unknown: a person must read it."""
    at_once = kind in IMMEDIATE_CUSTODY and kind is not SentenceKind.SUSPENDED_ACTIVATED
    suspended = at_once and _PRONOUNCED_SUSPENDED.search(text(raw, "resultText"))
    return SentenceKind.UNKNOWN if suspended else kind


def _defined(result: Json) -> tuple[str, Kind] | None:
    """Find the definition by its id, by the short code that opens the text, or by its label."""
    return (
        _by_label(result)
        or result_tables.BY_DEFINITION.get(text(result, "judicialResultTypeId").lower())
        or by_short_code(text(result, "resultText"))
    )


def _by_label(result: Json) -> tuple[str, Kind] | None:
    return result_tables.BY_LABEL.get(text(result, "label").lower())


def named_kinds(result: Json) -> list[Kind]:
    """Return what the label and the short code that opens the text are, where a table has them."""
    found = (_by_label(result), by_short_code(text(result, "resultText")))
    return [one[1] for one in found if one]


def _refined(result: Result, base: SentenceKind) -> Kind:
    """Refine a sentence by qualifier, definition and words; a contradiction is unknown."""
    label, marks = text(result.raw, "label")[:200], result.qualifiers
    defined = _defined(result.raw)
    words = activated.named(base, label, named_beside(result.code, label))
    suspended = asked.SUSPENDED in result.prompts
    if suspended and words is None and activated.is_said(text(result.raw, "resultText")):
        words = SentenceKind.SUSPENDED_ACTIVATED
    if activated.is_of((base, words, defined[1] if defined else None)):
        suspended, marks = False, activated.without_suspension(marks)
    elif words is SentenceKind.SUSPENDED and "S" in marks:
        words = None
    kind = refined(base, result.code, words, marks, defined, suspended=suspended)
    if not isinstance(kind, SentenceKind):
        return kind
    return extended.refined(kind, label, result.prompts, marks)


def _without_a_code(result: Result, code: str) -> Kind:
    """Return what a result is by its definition or, where none is known, by its words.

    ``code`` is one that no table holds, or empty. A group, a category or a single word never makes
    such a result something other than custody: only words that are explained to the last do.
    """
    raw = result.raw
    defined = _defined(raw)
    if defined and not code and defined[1] != FREE_TEXT:
        return defined[1]
    said = wording.read(_words(raw) if defined is None else _free_text(raw))
    if said is SentenceKind.UNKNOWN or _states_a_term(result):
        named = None if code else by_words(text(raw, "label")[:200])
        return named if named in _NAMED_BY_WORDS else SentenceKind.UNKNOWN
    if said != UNCLEAR:
        return said
    return _unexplained(raw, code)


def _unexplained(result: Json, code: str) -> Kind:
    """Return what a result is whose words say nothing: unclear, unless something speaks for more.

    Only what the court itself marks as not final and as convicting nobody is no sentence.
    """
    group = text(result, "category").upper()
    convicts = flag(result, "isConvictedResult")
    disposes = convicts is True or bool(code and group in ("", "FINAL"))
    if disposes or result.get("durationElement"):
        return SentenceKind.UNKNOWN
    if not code and group == "INTERMEDIARY" and convicts is False:
        return NOT_A_SENTENCE
    return UNCLEAR


def _states_a_term(result: Result) -> bool:
    """Say whether a term of custody is stated beside the words."""
    return any(name in asked.TERMS for name in result.prompts)


def _free_text(result: Json) -> str:
    return free_text_of(text(result, "resultText"), text(result, "label"))


def _words(result: Json) -> str:
    """Return label and text as two lines."""
    return f"{text(result, 'label')}\n{text(result, 'resultText')}"


def _term(value: str | None) -> Term | None:
    return lengths.of_words(value) if value else None
