"""One Common Platform judicial result: what it counts as, and what is stated with it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from types import MappingProxyType
from typing import Any

from vcs.intake.common_platform.results import prompts as asked
from vcs.intake.common_platform.results.stated import MEANT, Stated, is_brief, said_by, stated_by
from vcs.intake.durations import extended, for_life, lengths
from vcs.intake.results import activated, result_tables, wording
from vcs.intake.results.kinds import (
    REFINES,
    SILENT_ON_CUSTODY,
    UNCODED,
    by_short_code,
    by_words,
    defined_as,
    defined_further,
    doubted,
    free_text_of,
    named_beside,
    refined,
)
from vcs.intake.results.learned import Meanings
from vcs.intake.results.learned import meaning_of as learned_of
from vcs.intake.results.result_tables import FREE_TEXT, NOT_A_SENTENCE, NOTIFICATION, UNCLEAR, Kind
from vcs.intake.values.shapes import Json, flag, text
from vcs.law.facts import SentenceFacts
from vcs.law.relevant_sentence.sentences import IMMEDIATE_CUSTODY
from vcs.terms import SentenceKind, Term

_PRONOUNCED_SUSPENDED = re.compile(
    r"\b(?:year|month|week|day)s?,? (?:wholly |to be |is |and )?suspended for\b", re.IGNORECASE
)

_RESULTS = "judicialResults"

_CONTAINERS = frozenset({dict, list})

_DOMESTIC_ABUSE = "LG"

_KEPT = 1024

"""So many meanings are kept in memory: those of brief results that were asked for last."""

_NAMED_BY_WORDS = IMMEDIATE_CUSTODY | {SentenceKind.HOSPITAL_ORDER}

"""Kinds that a label may name without a code and without a definition."""


def is_known(stated: Stated) -> bool:
    """Say whether a table says what a result is, by its code or its definition."""
    if stated.code in result_tables.BY_CJS_CODE and stated.code != UNCODED:
        return True
    defined = _defined(stated)
    return defined is not None and defined[1] != FREE_TEXT


def is_deleted(result: Json) -> bool:
    """Say whether a re-share struck this result out."""
    return bool(result.get("isDeleted")) and flag(result, "isDeleted") is True


def results_in(value: object) -> Iterator[dict[str, Any]]:
    """Yield every judicial result, wherever it lies; without recursion, however deep."""
    waiting = [value]
    while waiting:
        one = waiting.pop()
        if isinstance(one, list):
            waiting += [inner for inner in one if type(inner) in _CONTAINERS]
        elif isinstance(one, dict):
            found = one.get(_RESULTS)
            if isinstance(found, list):
                yield from (result for result in found if isinstance(result, dict))
            waiting += [
                inner
                for name, inner in one.items()
                if type(inner) in _CONTAINERS and name != _RESULTS
            ]


def mark_learned(message: Json, meanings: Meanings) -> None:
    """Mark, in place, each result of a message whose code has a meaning that was learned."""
    for result in results_in(message):
        learned = learned_of(text(result, "cjsCode"), meanings)
        if learned:
            result[MEANT] = learned


@dataclass(frozen=True, slots=True, eq=False)
class Meaning:
    """What one result means by what it states, before the rest of its offence is looked at.

    ``kind`` is a kind of sentence, or a mark of :mod:`result_tables`. ``prompts`` are the values
    of those that are read. ``domestic_abuse`` is the court's mark; ``notifies`` says that it, or
    one of its further codes, records notification. ``totals`` are the totals that it states for
    the whole sentence, and ``whole_is_life`` says that the whole of several sentences is life.
    ``sentences`` are its facts as a sentence of a kind, once they were asked for.
    """

    stated: Stated
    kind: Kind
    prompts: Mapping[str, str]
    qualifiers: tuple[str, ...]
    domestic_abuse: bool
    notifies: bool
    totals: tuple[Term, ...]
    whole_is_life: bool
    sentences: dict[SentenceKind, SentenceFacts] = field(default_factory=dict)


class Result:
    """One judicial result with the day that stands for it.

    ``kind`` is what it counts as: its meaning's, until the rest of the offence says otherwise.
    """

    __slots__ = ("kind", "meaning", "ordered_on", "raw", "stated")

    def __init__(self, raw: Json, ordered_on: date | None = None) -> None:
        """Read a result; ``ordered_on`` is the day that stands for it."""
        self.raw, self.ordered_on = raw, ordered_on
        self.meaning = meaning_of(raw)
        self.stated = self.meaning.stated
        self.kind: Kind = self.meaning.kind

    @property
    def is_sentence(self) -> bool:
        """Say whether this result imposes something."""
        return isinstance(self.kind, SentenceKind)

    @property
    def varies(self) -> bool:
        """Say whether this result changes a sentence that was passed before."""
        return self.meaning.kind == result_tables.SENTENCE_VARIED


def meaning_of(raw: Json) -> Meaning:
    """Return what a result means, worked out once for all that say the same and are brief."""
    said = said_by(raw)
    if not is_brief(said):
        return _meaning(*said)
    try:
        return _kept(*said)
    except TypeError:
        # A list or an object stands where a plain value belongs: nothing to compare it by.
        return _meaning(*said)


def _meaning(*said: Any) -> Meaning:
    stated = stated_by(said)
    letters = stated.qualifier.split(",") if stated.qualifier else ()
    qualifiers = tuple([q.strip().upper() for q in letters if q.strip()])
    prompts = dict(stated.prompts)
    kind = _kind(stated, prompts, qualifiers)
    return Meaning(
        stated=stated,
        kind=kind,
        prompts=MappingProxyType(prompts),
        qualifiers=qualifiers,
        domestic_abuse=_DOMESTIC_ABUSE in qualifiers,
        notifies=NOTIFICATION in (kind, *map(result_tables.BY_CJS_CODE.get, stated.further)),
        totals=_totals(stated, kind, prompts) if prompts else (),
        whole_is_life=for_life.is_whole(prompts, asked.TOTALS)
        or for_life.is_pronounced_whole(stated.words),
    )


_kept = lru_cache(maxsize=_KEPT, typed=True)(_meaning)


def _totals(stated: Stated, kind: Kind, prompts: Mapping[str, str]) -> tuple[Term, ...]:
    """Return the totals of what is served: that of several suspended sentences is none."""
    suspended = asked.SUSPENDED in prompts or "suspended" in stated.label.lower()
    if suspended and kind is not SentenceKind.SUSPENDED_ACTIVATED:
        return ()
    return lengths.distinct(_term(prompts[name]) for name in asked.TOTALS if name in prompts)


def _kind(stated: Stated, prompts: Mapping[str, str], marks: tuple[str, ...]) -> Kind:
    if stated.not_known:
        return SentenceKind.UNKNOWN
    code = stated.code
    base = result_tables.BY_CJS_CODE.get(code, FREE_TEXT)
    if stated.learned:
        base = stated.learned.kind
    if base == FREE_TEXT:
        known = _without_a_code(stated, "" if code == UNCODED else code, prompts)
        kind = _as_pronounced(stated, known, prompts, marks)
    elif isinstance(base, SentenceKind) and base in REFINES:
        kind = _as_pronounced(stated, _refined(stated, base, prompts, marks), prompts, marks)
    else:
        kind = defined_further(code, base, result_tables.BY_DEFINITION.get(stated.definition))
    if kind not in SILENT_ON_CUSTODY:
        return kind
    return doubted(kind, _lines(stated), states_a_term=_states_a_term(prompts))


def _as_pronounced(
    stated: Stated, kind: Kind, prompts: Mapping[str, str], marks: tuple[str, ...]
) -> Kind:
    """Return what custody is by all that the court says of it: it may be longer than its number.

    Custody that the court's own words say is suspended is unknown: a person must read it.
    """
    if not isinstance(kind, SentenceKind) or kind not in IMMEDIATE_CUSTODY:
        return kind
    activated_now = kind is SentenceKind.SUSPENDED_ACTIVATED
    if not activated_now and _PRONOUNCED_SUSPENDED.search(stated.words):
        return SentenceKind.UNKNOWN
    return extended.refined(kind, _lines(stated), prompts, marks)


def _defined(stated: Stated) -> tuple[str, Kind] | None:
    """Find the definition by its id, by the short code that opens the text, or by its label."""
    return (
        result_tables.BY_LABEL.get(stated.label.lower())
        or result_tables.BY_DEFINITION.get(stated.definition)
        or by_short_code(stated.words)
    )


def named_kinds(result: Json) -> list[Kind]:
    """Return what the label and the short code that opens the text are, where a table has them."""
    by_label = result_tables.BY_LABEL.get(text(result, "label").lower())
    return [one[1] for one in (by_label, by_short_code(text(result, "resultText"))) if one]


def _refined(
    stated: Stated, base: SentenceKind, prompts: Mapping[str, str], marks: tuple[str, ...]
) -> Kind:
    """Refine a sentence by qualifier, definition and words; a contradiction is unknown."""
    label, defined = stated.label[:200], _defined(stated)
    words = activated.named(base, label, named_beside(stated.code, label))
    suspended = asked.SUSPENDED in prompts
    if suspended and words is None and activated.is_said(stated.words):
        words = SentenceKind.SUSPENDED_ACTIVATED
    if activated.is_of((base, words, defined[1] if defined else None)):
        suspended, marks = False, activated.without_suspension(marks)
    elif words is SentenceKind.SUSPENDED and "S" in marks:
        words = None
    own = defined_as(stated.code, defined)
    return refined(base, words, marks, own, suspended=suspended)


def _without_a_code(stated: Stated, code: str, prompts: Mapping[str, str]) -> Kind:
    """Return what a result is by its definition or, where none is known, by its words.

    ``code`` is one that no table holds, or empty. A group, a category or a single word never makes
    such a result something other than custody: only words that are explained to the last do.
    """
    defined = _defined(stated)
    if defined and not code and defined[1] != FREE_TEXT:
        return defined[1]
    said = wording.read(
        _lines(stated) if defined is None else free_text_of(stated.words, stated.label)
    )
    if said is SentenceKind.UNKNOWN or _states_a_term(prompts):
        named = None if code else by_words(stated.label[:200])
        return named if named in _NAMED_BY_WORDS else SentenceKind.UNKNOWN
    return said if said != UNCLEAR else _unexplained(stated, code)


def _unexplained(stated: Stated, code: str) -> Kind:
    """Return what a result is whose words say nothing: unclear, unless something speaks for more.

    Only what the court itself marks as not final and as convicting nobody is no sentence.
    """
    disposes = stated.convicts is True or bool(code and stated.group in ("", "FINAL"))
    if disposes or stated.has_duration:
        return SentenceKind.UNKNOWN
    if not code and stated.group == "INTERMEDIARY" and stated.convicts is False:
        return NOT_A_SENTENCE
    return UNCLEAR


def _states_a_term(prompts: Mapping[str, str]) -> bool:
    """Say whether a term of custody is stated beside the words."""
    return any(name in asked.TERMS for name in prompts)


def _lines(stated: Stated) -> str:
    """Return label and text as two lines."""
    return f"{stated.label}\n{stated.words}"


def _term(value: str) -> Term | None:
    return lengths.of_words(value) if value else None
