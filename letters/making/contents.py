"""What one letter is made of: the facts that its row names, in each of its languages, no others."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from functools import cache
from typing import Any, Final

from letters import LetterRefused
from letters.making import given
from letters.making.facts import BY_NAME, Fact, Shape
from letters.making.given import NEEDED_WORDS, Facts
from letters.making.values import Asked, ConditionAnswer, Value
from vcs.errors import NotFound, NotValid
from vcs.post.catalogue import INITIAL_CONTACT, Addressee, LetterPolicy, letter
from vcs.post.rows.policy import COMMON, COMMON_TO_OTHERS
from vcs.terms import Language, LetterFormat, LetterLanguage

_MAY_BE_ABSENT: Final = ("letter_reference", "unit_address", "vlo_name")

_OF_THE_ENVELOPE: Final = ("address", "postcode", "safe_to_post", "shared_address_accepted")

_TO_A_VICTIM: Final = ("safe_to_post", "shared_address_accepted")


@dataclass(frozen=True, slots=True)
class Part:
    """The letter's facts in one language."""

    language: Language
    facts: Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class Contents:
    """One letter. ``window`` is what shows in the envelope: name, address lines, postcode.

    One that leaves by email alone has the name and no more.

    Nothing here says who the offender is.
    """

    kind: str
    language: LetterLanguage
    format: LetterFormat
    window: tuple[str, ...]
    parts: tuple[Part, ...]

    def fact(self, name: str) -> Value:
        """Return a fact in the letter's first language."""
        return self.parts[0].facts[name]


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which letter is asked for: its kind, its language, its format."""

    kind: str
    language: LetterLanguage | Language = Language.ENGLISH
    format: LetterFormat = LetterFormat.STANDARD


def fact_names(row: LetterPolicy) -> tuple[str, ...]:
    """Return the names of the facts a letter may use, the window apart."""
    common = COMMON if row.to is Addressee.CONTACT else COMMON_TO_OTHERS
    return tuple(dict.fromkeys((*(name for name in common if name != "window"), *row.facts)))


@cache
def needed(kind: str) -> tuple[tuple[str, str], ...]:
    """Return every given fact that a letter cannot go without, and its name in plain words."""
    row = letter(kind)
    wanted = {name for fact in _needed_facts(row) for name in fact.needs or (fact.name,)}
    # A letter signed by the unit has no officer, but somebody must have said so.
    wanted |= {"vlo_name", *(_TO_A_VICTIM if row.to is Addressee.CONTACT else ())}
    words = {**{fact.name: fact.words for fact in BY_NAME.values()}, **NEEDED_WORDS}
    in_order = (*NEEDED_WORDS, *(name for name in BY_NAME if name not in NEEDED_WORDS))
    return tuple((name, words[name]) for name in in_order if name in wanted)


def _needed_facts(row: LetterPolicy) -> Iterator[Fact]:
    names = (*fact_names(row), "window")
    return (BY_NAME[name] for name in names if name not in (*row.may_be_absent, *_MAY_BE_ABSENT))


NEEDED: Final = needed(INITIAL_CONTACT)

"""Every given fact that a first letter cannot go without, and its name in plain words."""


def missing_facts(facts: Facts, wanted: Wanted | None = None) -> tuple[str, ...]:
    """Name in plain words every fact that blocks a letter, in the order a form asks for them."""
    return tuple(_missing(facts, wanted or Wanted(INITIAL_CONTACT)).values())


def compose(wanted: Wanted, facts: Facts) -> Contents:
    """Put a letter's contents together.

    Raises LetterRefused naming what is missing or wrong, NotFound for a letter there is none of.
    """
    row = letter(wanted.kind)
    language, form = LetterLanguage(wanted.language), LetterFormat(wanted.format)
    if not set(language.parts) <= set(row.languages):
        raise NotFound("There is no letter of that kind in that language.")
    if row.to is not Addressee.CONTACT and form is not LetterFormat.STANDARD:
        raise NotFound("There is no letter of that kind in that format.")
    if missing := _missing(facts, wanted):
        fields = {key: f"Add {words}" for key, words in missing.items()}
        raise LetterRefused(f"The letter still needs {'; '.join(missing.values())}.", fields)
    parts = tuple(_part(row, facts, part) for part in language.parts)
    return Contents(row.kind, language, form, _window(facts, form), parts)


def _window(facts: Facts, form: LetterFormat) -> tuple[str, ...]:
    if _has_no_envelope(facts, form):
        return (given.printed_name(facts, "addressee"),)
    return given.window(facts)


def _has_no_envelope(facts: Facts, form: LetterFormat | str) -> bool:
    """Say whether a letter leaves by email alone: it needs no postal address."""
    return form == LetterFormat.TEXT and facts.get("leaves_by_email") is True


def _part(row: LetterPolicy, facts: Facts, language: Language) -> Part:
    def read(fact: Fact) -> Value:
        return fact.read(Asked(row.kind, facts, language, fact.words), fact.name)

    return Part(language, {name: read(BY_NAME[name]) for name in fact_names(row)})


def _missing(facts: Facts, wanted: Wanted) -> dict[str, str]:
    row = letter(wanted.kind)
    spared = _OF_THE_ENVELOPE if _has_no_envelope(facts, wanted.format) else ()
    found = {
        key: words
        for key, words in needed(row.kind)
        if key not in spared and not _has(row, key, facts)
    }
    in_words = (BY_NAME[name] for name in row.facts if BY_NAME[name].in_words)
    for fact in in_words:
        if fact.name not in found and given.known(facts.get(fact.name)):
            found |= _without_words(fact, facts, LetterLanguage(wanted.language))
    return found


def _has(row: LetterPolicy, key: str, facts: Facts) -> bool:
    told_otherwise = row.to is not Addressee.CONTACT and given.known(facts.get("sentence"))
    if key in ("sentence_kind", "term") and told_otherwise:
        return True
    if key == "restricted" and key in row.facts:
        return given.restricted_as_moved(facts) is not None
    return given.has(key, facts)


def _without_words(fact: Fact, facts: Facts, language: LetterLanguage) -> dict[str, str]:
    """Return what is written in one language and the letter needs in another too."""
    written = facts[fact.name]
    held = written if isinstance(written, Mapping) else {Language.ENGLISH: written}
    lacking = next((part for part in language.parts if not given.known(held.get(part))), None)
    names = {Language.ENGLISH: "English", Language.WELSH: "Welsh"}
    return {fact.name: f"{fact.words}, in {names[lacking]}"} if lacking else {}


def to_json(contents: Contents) -> str:
    """Write contents in one canonical form, to be kept with the letter."""
    return json.dumps(asdict(contents), ensure_ascii=False, sort_keys=True, default=date.isoformat)


def from_json(text: str) -> Contents:
    """Read back what :func:`to_json` wrote, now or before. Raises NotValid for anything else."""
    try:
        held = json.loads(text)
        held = held if "parts" in held else _as_before(held)
        return Contents(
            kind=letter(held["kind"]).kind,
            language=LetterLanguage(held["language"]),
            format=LetterFormat(held["format"]),
            window=tuple(held["window"]),
            parts=tuple(_part_held(part) for part in held["parts"]),
        )
    except (ValueError, KeyError, TypeError, AttributeError, NotFound) as error:
        raise NotValid("These are not the contents of a letter.") from error


def _part_held(part: Mapping[str, Any]) -> Part:
    facts = {name: _value(name, value) for name, value in part["facts"].items()}
    return Part(Language(part["language"]), facts)


def _value(name: str, value: Any) -> Value:
    shape = BY_NAME[name].shape
    if value is None or shape in (Shape.TEXT, Shape.YES_NO, Shape.NUMBER):
        return value  # type: ignore[no-any-return]
    if shape is Shape.DATE:
        return date.fromisoformat(value)
    if shape is Shape.ANSWERS:
        return tuple(ConditionAnswer(**answer) for answer in value)
    return tuple(value)


def _as_before(held: Mapping[str, Any]) -> dict[str, Any]:
    """Return contents that were kept when there was one letter, in one language and format."""
    facts = {name: held.get(name) for name in fact_names(letter(INITIAL_CONTACT))}
    return {
        "kind": INITIAL_CONTACT,
        "language": held["language"],
        "format": LetterFormat.STANDARD,
        "window": held["window"],
        "parts": [{"language": held["language"], "facts": facts}],
    }
