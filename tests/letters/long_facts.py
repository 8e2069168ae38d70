"""Facts as long as they may come, and as few as a letter can do with."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from letters.making.given import Facts
from letters.sample_facts import THE_UNIT_SIGNS, sets_for
from vcs.post.catalogue import letter
from vcs.terms import SentenceKind, Term

_WORDS: Final = (
    "of very long words that somebody wrote which go on for several lines (like these) and "
    "then say much the same again until nobody remembers how it began though each was meant "
    "kindly because there is so much more to tell that no letter should hold all"
)


def _long_words(step: int) -> str:
    """Return the words in another order for each step, twice: their number is a prime.

    No line of one is a line of another: alike on three pages, they would pass for footers.
    """
    words = _WORDS.split()
    told = (words[at * step % len(words)] for at in range(2 * len(words)))
    return f"Sentence {step} {' '.join(told)}."


_LONG_WORDS: Final = {
    "en": tuple(_long_words(step) for step in range(1, 9)),
    "cy": tuple(_long_words(step) for step in range(9, 17)),
}


def bare_set_for(kind: str) -> Facts:
    """Return the first set without what may be absent, without an officer and a unit's address."""
    absent = {*letter(kind).may_be_absent, "unit_address"}
    kept = {name: value for name, value in sets_for(kind)[0].items() if name not in absent}
    return {**kept, **THE_UNIT_SIGNS}


def long_sets_for(kind: str) -> tuple[Facts, ...]:
    """Return each set with facts as long as they may come: names, lines, lists at their largest."""
    return tuple(_lengthened(facts) for facts in sets_for(kind))


def _lengthened(short: Facts) -> Facts:
    facts: dict[str, Any] = dict(short)
    facts |= {
        "addressee": "Dr Gwenllian A. Llewelyn-Featherston",
        "salutation": "Dr Gwenllian Angharad Llewelyn-Featherstonehaugh-Cholmondeley",
        "address": (
            "Flat 12, The Old Malthouse",
            "Llanfairpwllgwyngyll Terrace",
            "Rhosllannerchrugog",
            "Llanrhaeadr-ym-Mochnant",
            "Denbighshire",
        ),
        "vlo_name": "Bartholomew Montgomery Featherstonehaugh-Cholmondeley",
        "unit_name": "Kent, Surrey and Sussex and the East Riding of Yorkshire",
        "unit_email": "a.very.long.name.of.a.victim.liaison.unit@region.probation.example.org",
        "vlo_phone": "+44 (0) 29 2018 0123",
        "unit_address": ("The Very Long Named House", "1 Example Place", "Caerdydd", "CF10 9ZZ"),
        "court_name": "Crown Court at Merthyr Tydfil",
        "hospital_name": "The Royal Example Hospital for Long Names and Longer Stays",
    }
    if facts["sentence_kind"] is SentenceKind.IMPRISONMENT:
        facts["sentence_kind"] = SentenceKind.EXTENDED
        facts["term"] = Term(years=12, months=11, weeks=3, days=6)
    for name in ("year_events", "conditions", "requests"):
        if facts.get(name):
            facts[name] = _LONG_WORDS
    for name in ("decline_reason", "victim_wish"):
        if name in facts:
            facts[name] = {spoken: told[0] for spoken, told in _LONG_WORDS.items()}
    if "answers" in facts:
        facts["answers"] = _long_answers(facts["answers"])
    return facts


def _long_answers(answers: Mapping[str, Sequence[Mapping[str, str]]]) -> dict[str, Any]:
    """Return the answers with every part in long words but what was decided."""
    return {
        spoken: tuple(
            {part: words if part == "outcome" else long for part, words in answer.items()}
            for answer, long in zip(told, _LONG_WORDS[spoken], strict=False)
        )
        for spoken, told in answers.items()
    }
