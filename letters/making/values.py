"""How each fact of a letter is read from what a door gave, and checked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from letters import LetterRefused
from letters.making import given
from letters.making.given import Facts
from vcs.terms import Language, VictimRelation


@dataclass(frozen=True, slots=True)
class ConditionAnswer:
    """What became of one condition that a victim asked for."""

    asked: str
    outcome: str
    now: str = ""
    reason: str = ""


Value = str | date | bool | int | tuple[str, ...] | tuple[ConditionAnswer, ...] | None


@dataclass(frozen=True, slots=True)
class Asked:
    """What a fact is read from: what a door gave, for which letter, in which language.

    ``words`` is what the fact is called in a message to a person.
    """

    kind: str
    facts: Facts
    language: Language
    words: str = ""


OPTIONS: Final[Mapping[str, Mapping[str, tuple[str, ...]]]] = {
    "stage": {
        "open-conditions": ("considered", "moved"),
        "hospital-discharge": ("application", "tribunal"),
        "deportation": ("planned", "done"),
    },
    "kind": {"escape": ("escape", "abscond")},
    "level_of_contact": {"welcome": ("every stage", "once a year", "release only")},
    "custody_category": {"annual": ("A", "B", "C", "D", "open")},
    "decision": {"parole-decision": ("release", "stays", "open conditions")},
    "outcome": {"hospital-outcome": ("discharged with conditions", "discharged", "not discharged")},
    "who_contacts": {"restrictions-ended": ("hospital managers", "nobody")},
    "closure_reason": {
        "closure": (
            "conviction quashed",
            "sentence ended",
            "scheme ended",
            "sentence replaced",
        )
    },
}
"""The only values of a fact that templates choose by, for each letter that has it."""

OUTCOMES_OF_CONDITIONS: Final = ("set", "changed", "not set")


def text(asked: Asked, name: str) -> Value:
    """Return a text."""
    return given.text(asked.facts, name) or None


def lines(asked: Asked, name: str) -> Value:
    """Return lines."""
    return given.lines(asked.facts.get(name))


def day(asked: Asked, name: str) -> Value:
    """Return a date."""
    return given.day(asked.facts, name) if given.known(asked.facts.get(name)) else None


def past_day(asked: Asked, name: str) -> Value:
    """Return a date that is not after that of the letter."""
    found = day(asked, name)
    if isinstance(found, date) and found > given.day(asked.facts, "written_on"):
        why = f"{asked.words.capitalize()} cannot be after the date of the letter"
        raise LetterRefused(f"{why}.", {name: why})
    return found


def day_to_reply(asked: Asked, name: str) -> Value:
    """Return a date after that of the letter."""
    found = day(asked, name)
    if isinstance(found, date) and found <= given.day(asked.facts, "written_on"):
        why = "The day to reply by must come after the date of the letter"
        raise LetterRefused(f"{why}.", {name: why})
    return found


def month(asked: Asked, name: str) -> Value:
    """Keep the month alone: a letter that must not give the day does not have it."""
    found = day(asked, name)
    return found.replace(day=1) if isinstance(found, date) else None


def yes_or_no(asked: Asked, name: str) -> Value:
    """Return a yes or no; None for anything else."""
    found = asked.facts.get(name)
    return found if isinstance(found, bool) else None


def restricted(asked: Asked, name: str) -> Value:
    """Return whether there are restrictions."""
    del name
    return given.restricted_as_moved(asked.facts)


def number(asked: Asked, name: str) -> Value:
    """Return a whole number."""
    found = asked.facts.get(name)
    return found if isinstance(found, int) and not isinstance(found, bool) else None


def option(asked: Asked, name: str) -> Value:
    """Return one of the values that the templates of this letter choose by."""
    found = given.text(asked.facts, name)
    options = OPTIONS[name][asked.kind]
    if found and found not in options:
        why = f"Select {asked.words}: {', '.join(options)}"
        raise LetterRefused(f"{why}.", {name: why})
    return found or None


def _in_language(asked: Asked, name: str) -> object:
    """Return words that somebody wrote, in this language; None where only another has them."""
    found = asked.facts.get(name)
    if isinstance(found, Mapping):
        return found.get(asked.language)
    return found if asked.language is Language.ENGLISH else None


def words(asked: Asked, name: str) -> Value:
    """Return words that somebody wrote."""
    return given.text({name: _in_language(asked, name)}, name) or None


def sentences(asked: Asked, name: str) -> Value:
    """Return sentences that somebody wrote."""
    return given.lines(_in_language(asked, name))


def answers(asked: Asked, name: str) -> Value:
    """Return what became of each condition that was asked for."""
    found = _in_language(asked, name)
    rows = found if isinstance(found, (tuple, list)) else ()
    answers = tuple(_answer(row) for row in rows if isinstance(row, Mapping))
    if wrong := [one for one in answers if one.outcome not in OUTCOMES_OF_CONDITIONS]:
        why = f"Say of each condition whether it was set, changed or not set ({len(wrong)} left)"
        raise LetterRefused(f"{why}.", {name: why})
    return answers


def _answer(row: Facts) -> ConditionAnswer:
    parts = ("asked", "outcome", "now", "reason")
    return ConditionAnswer(*(given.text(row, part) for part in parts))


def sentence(asked: Asked, name: str) -> Value:
    """Return the sentence; in a letter to others, as somebody put it, where no table has it."""
    stated = given.text({name: _in_language(asked, name)}, name)
    return stated or given.sentence(asked.facts, asked.language)


def standing(asked: Asked, name: str) -> Value:
    """Return the relation of the person to the crime.

    An attorney is written to in the words for a spokesperson: both speak for somebody else.
    """
    relation = VictimRelation(str(asked.facts[name]))
    is_attorney = relation is VictimRelation.ATTORNEY
    return (VictimRelation.SPOKESPERSON if is_attorney else relation).value


def court_order(asked: Asked, name: str) -> Value:
    """Return what the court made."""
    del name
    return given.court_order(asked.facts).value


def salutation(asked: Asked, name: str) -> Value:
    """Return how to address the person: by name, unless they chose otherwise."""
    own = given.printed_name(asked.facts, name)
    return own or given.printed_name(asked.facts, "addressee")
