"""The questions of inspections, and where in a case each is answered: rows that pages read.

The questions are in our words; section 8 of the fact base names their sources.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

KINDS: Final[Mapping[str, str]] = {
    "court": "Court",
    "decision": "Decision",
    "referral": "Referral",
    "alert": "Alert",
    "contact": "Contact and choice",
    "letter": "Letter",
    "needs": "Needs",
    "event": "Key event",
    "read": "Who looked",
}


@dataclass(frozen=True, slots=True)
class Question:
    """One question, and the kinds of entries that answer it."""

    words: str
    kinds: tuple[str, ...]
    source: str


QUESTIONS: Final[tuple[Question, ...]] = (
    Question("Were all eligible victims referred?", ("court", "decision", "referral"), "2023"),
    Question("Does first contact invite, explain and offer support?", ("contact", "letter"), "v1"),
    Question("Is contact shaped to the person, and responsive?", ("contact", "needs"), "V1.1"),
    Question("Are needs assessed in time, and clearly recorded?", ("needs",), "2023"),
    Question("Are concerns and risks for victims assessed and acted on?", ("needs", "event"), "C1"),
    Question("Were victims told of key events in time, and together?", ("event",), "2013, 5.1"),
    Question("Do arrangements drive that: who was reminded of what?", ("alert",), "V1.2"),
    Question("How do errors come to light?", ("decision", "event"), "ours"),
    Question("Who looked at what?", ("read",), "ours"),
)
