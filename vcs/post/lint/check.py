"""The lint of a letter: everything that is wrong with it, before anybody approves it. Pure."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterator, Mapping
from typing import Any, Final

from vcs.post.lint.findings import FREE, Finding, FindingKind, Part, Whose, Words
from vcs.post.lint.forbidden import FINDERS, Text
from vcs.post.lint.jargon import jargon_in
from vcs.post.lint.names import nearly_names, parts_of_names, plain, whole_names
from vcs.post.lint.pairing import pairing
from vcs.post.lint.reading import OLDEST, long_sentences, reading_age
from vcs.post.rows.policy import Addressee, Forbidden
from vcs.terms import Language


def lint(words: Words, whose: Whose) -> tuple[Finding, ...]:
    """Return everything that is wrong with a letter, each thing once."""
    found = (
        *pairing(words, whose),
        *_others(words, whose),
        *_forbidden(words, whose),
        *_not_to_say(words, whose),
        *_how_it_reads(words, whose),
        *_next_step(words, whose),
    )
    return tuple(dict.fromkeys(found))


def subject_of(found: tuple[Finding, ...]) -> str:
    """Return what a decision to let some findings pass is about: any other finding ends it."""
    passed = (one for one in found if one.may_be_passed)
    return " | ".join(sorted(f"{one.kind}:{one.forbidden or ''}:{one.words}" for one in passed))


def words_of(contents_json: str, text: str = "") -> Words:
    """Return a letter as it was kept: its window, and its facts in each language."""
    kept: dict[str, Any] = json.loads(contents_json)
    if "parts" not in kept:
        kept["parts"] = [{"language": kept.get("language", "en"), "facts": dict(kept)}]
    parts = tuple(Part(Language(one["language"]), one["facts"]) for one in kept["parts"])
    return Words(tuple(kept.get("window") or ()), parts, text)


def written(part: Part) -> str:
    """Return what somebody wrote in a letter, one sentence a line."""
    return "\n".join(as_read(line) for name in FREE for line in _lines(part.facts.get(name)))


def as_read(text: str) -> str:
    """Return a text as a reader sees it: without hidden characters, with single plain spaces."""
    seen = (one for one in unicodedata.normalize("NFKC", text) if unicodedata.category(one) != "Cf")
    return "\n".join(" ".join(line.split()) for line in "".join(seen).splitlines())


def _lines(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield from value.splitlines()
    elif isinstance(value, Mapping):
        for one in value.values():
            yield from _lines(one)
    elif isinstance(value, (list, tuple)):
        for one in value:
            yield from _lines(one)


def _known(words: Words, part: Part) -> str:
    """Return the text of every fact that nobody wrote: dates, names and addresses that are due."""
    facts = (value for name, value in part.facts.items() if name not in FREE)
    return " \n ".join((*words.window, *(line for one in facts for line in _lines(one))))


def _texts(words: Words, whose: Whose) -> Iterator[Text]:
    for part in words.parts:
        known = _known(words, part)
        for name in FREE:
            for line in _lines(part.facts.get(name)):
                # "Release: 14 March" says one thing, on both sides of the colon.
                for sentence in re.split(r"(?<=[.!?])\s+", as_read(line)):
                    yield Text(sentence.strip(), known, whose, name)


def _others(words: Words, whose: Whose) -> Iterator[Finding]:
    """Yield the names of other victims, wherever in the letter they stand."""
    texts = [as_read(words.text), *(written(part) for part in words.parts)]
    for text in texts:
        for name in whole_names(text, whose.others, whose.name):
            says = "this is another victim’s name. Take it out of the letter."
            yield Finding(FindingKind.OTHER_VICTIM, name, says, Forbidden.OTHER_VICTIM)
    for part in words.parts:
        text = written(part)
        named = parts_of_names(text, whose.others, whose.name)
        for word in (*named, *nearly_names(text, whose.others, whose.name)):
            says = "this may be part of another victim’s name. Take it out, or say what it is."
            yield Finding(FindingKind.PERHAPS_OTHER_VICTIM, word, says)


def _forbidden(words: Words, whose: Whose) -> Iterator[Finding]:
    for text in _texts(words, whose):
        for what in sorted(whose.row.forbidden - {Forbidden.OTHER_VICTIM}):
            for found in FINDERS[what](text):
                says = f"this letter must not give {what}. Take it out, or say why it is not that."
                yield Finding(FindingKind.FORBIDDEN, found, says, what)


_EVERYDAY: Final = frozenset(
    re.findall(
        r"\w+",
        """
        about after anyone anything because before calls could letters mention never nothing please
        should something talk their there these they those where which would writing written
        """,
    )
)


def _not_to_say(words: Words, whose: Whose) -> Iterator[Finding]:
    """Yield the words that a person asked us not to say, in what shows or is written."""
    asked = {word for word in plain(whose.not_to_say).split() if len(word) > 4} - _EVERYDAY
    held = f" {plain(' '.join((*words.window, *(written(part) for part in words.parts))))} "
    for word in sorted(asked):
        if f" {word} " in held:
            says = f"they asked us not to say: “{whose.not_to_say}”. Take it out, or say why not."
            yield Finding(FindingKind.NOT_TO_SAY, word, says)


def _how_it_reads(words: Words, whose: Whose) -> Iterator[Finding]:
    """Yield what is hard to read: English alone, and only in letters to people."""
    if whose.row.to is not Addressee.CONTACT:
        return
    for part in (one for one in words.parts if one.language is Language.ENGLISH):
        text = written(part)
        age = reading_age(text)
        if age is not None and age > OLDEST:
            yield Finding(
                FindingKind.READING_AGE,
                "",
                f"What was written into this letter takes a reading age of {age:.0f}, above "
                f"{OLDEST}. Use shorter sentences and everyday words.",
            )
        for sentence in long_sentences(text):
            yield Finding(FindingKind.READING_AGE, sentence, "this sentence is too long. Split it.")
        for word, instead in jargon_in(text):
            says = f"people outside the service do not say this. Write instead: {instead}."
            yield Finding(FindingKind.JARGON, word, says)


_NEXT: Final = {
    Language.ENGLISH: re.compile(
        r"happens?\s+next|what\s+you\s+can\s+do|how\s+to\s+reply|you\s+do\s+not\s+need\s+to"
        r"|please\s+(?:ring|call|reply|tell)|reply\s+sheet",
        re.IGNORECASE,
    ),
    Language.WELSH: re.compile(r"nesaf|beth\s+allwch|ffoniwch|sut\s+i\s+ateb", re.IGNORECASE),
}


def _next_step(words: Words, whose: Whose) -> Iterator[Finding]:
    """Yield that a letter does not say what happens next. Only where all of it is known."""
    if not words.text or whose.row.to is not Addressee.CONTACT:
        return
    for part in words.parts:
        if not _NEXT[part.language].search(words.text):
            says = "The letter does not say what happens next, or what they can do. Add it."
            yield Finding(FindingKind.NEXT_STEP, "", says)
