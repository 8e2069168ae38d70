"""What a person is asked for, for one letter: a question for each fact that data may not hold."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from letters.making.facts import BY_NAME, Fact, Shape
from letters.making.values import OPTIONS
from vcs.post.catalogue import letter
from vcs.terms import Language

NEVER_ASKED: Final = frozenset(
    {
        "sentence",
        "sentenced_on",
        "court_name",
        "case_reference",
        "victim_name",
        "victim_address",
    }
)
"""What is corrected where it is held, and not in a letter. An address is in no form besides."""

_NAMES: Final[Mapping[Language, str]] = {Language.ENGLISH: "English", Language.WELSH: "Welsh"}

_PARTS: Final[Mapping[str, str]] = {"now": "what was set instead", "reason": "the reason given"}
"""What a person puts into words of the answer to a condition."""


@dataclass(frozen=True, slots=True)
class Question:
    """One question. ``name`` is the fact's, with the language or the part after a dash."""

    name: str
    fact: str
    shape: Shape
    words: str
    options: tuple[str, ...] = ()
    language: Language | None = None
    part: str = ""
    may_be_absent: bool = False


def questions(kind: str) -> tuple[Question, ...]:
    """Return what may be asked for a kind of letter, in the order of its row."""
    row = letter(kind)
    facts = (BY_NAME[name] for name in row.facts if name not in NEVER_ASKED)
    return tuple(
        one for fact in facts for one in _of(row.kind, fact, fact.name in row.may_be_absent)
    )


def _of(kind: str, fact: Fact, absent: bool) -> Iterator[Question]:
    if fact.shape is Shape.ANSWERS:
        for part, said in _PARTS.items():
            for language, name in _NAMES.items():
                called = f"{fact.name}-{part}-{language}"
                words = f"{said}, in {name}"
                yield Question(called, fact.name, Shape.TEXT, words, (), language, part, True)
    elif fact.in_words:
        for language, name in _NAMES.items():
            called, words = f"{fact.name}-{language}", f"{fact.words}, in {name}"
            yield Question(called, fact.name, fact.shape, words, (), language, "", absent)
    else:
        options = OPTIONS.get(fact.name, {}).get(kind, ())
        yield Question(fact.name, fact.name, fact.shape, fact.words, options, may_be_absent=absent)


def typed_for(kind: str, facts: Mapping[str, Any]) -> dict[str, str | date]:
    """Return what is known already, by question: days as days, all else as it would be typed."""
    found = {one.name: _typed(one, facts.get(one.fact)) for one in questions(kind)}
    return {name: value for name, value in found.items() if value is not None}


def _typed(asked: Question, value: Any) -> str | date | None:
    if asked.language is not None:
        plain = {Language.ENGLISH: value} if not isinstance(value, Mapping) else value
        value = plain.get(asked.language)
    if asked.part and value:
        value = value[0].get(asked.part)
    if value is None or isinstance(value, date):
        return value
    if isinstance(value, bool):
        return "yes" if value else "no"
    if asked.shape is Shape.DATE:
        return date.fromisoformat(str(value))
    return "\n".join(value) if isinstance(value, (list, tuple)) else str(value)


def given_from(kind: str, typed: Mapping[str, str], known: Mapping[str, Any]) -> dict[str, Any]:
    """Return the facts that somebody typed, as a letter keeps them; what data holds is left out.

    ``typed`` has days in ISO form. What stands as data has it is not kept: it would not follow.
    """
    facts: dict[str, Any] = {}
    for asked in questions(kind):
        if asked.part:
            continue
        value = _given(asked, typed.get(asked.name, "").strip())
        if asked.language is None:
            facts[asked.fact] = value
        else:
            facts.setdefault(asked.fact, {})[str(asked.language)] = value
    if "answers" in letter(kind).facts:
        facts["answers"] = _answers(kind, typed, known.get("answers"))
    said = {name: _without_nothing(value) for name, value in facts.items()}
    return {n: v for n, v in said.items() if v is not None and v != _plain(known.get(n))}


def _given(asked: Question, text: str) -> Any:
    if not text:
        return None
    if asked.shape is Shape.YES_NO:
        return text == "yes"
    if asked.shape is Shape.NUMBER:
        return int(text) if text.isdigit() else None
    if asked.shape is Shape.LINES:
        return [line.strip() for line in text.splitlines() if line.strip()]
    return text


def _answers(kind: str, typed: Mapping[str, str], known: Any) -> Any:
    """Return the answer to a condition as data holds it, with what somebody put into words."""
    if not isinstance(known, Mapping) or not known:
        return None
    english = dict(known[Language.ENGLISH][0])
    held: dict[str, Any] = {}
    for language in Language:
        one = dict(known.get(language, (english,))[0])
        words = [q for q in questions(kind) if q.part and q.language is language]
        one |= {q.part: text for q in words if (text := typed.get(q.name, "").strip())}
        is_whole = language in known or one.get("reason") != english.get("reason")
        if is_whole:
            held[str(language)] = [one]
    return held


def _without_nothing(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: one for key, one in value.items() if one} or None
    return value


def _plain(value: Any) -> Any:
    """Return a known value in the form in which a given one is kept."""
    if isinstance(value, Mapping):
        return {str(key): _plain(one) for key, one in value.items()}
    if isinstance(value, (tuple, list)):
        return [_plain(one) for one in value]
    return value.isoformat() if isinstance(value, date) else value
