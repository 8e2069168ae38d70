"""The three questions, when they may be asked, and the themes that a person codes: tables."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Final


class Milestone(StrEnum):
    """After what the questions may be asked."""

    FIRST_CONTACT = "first_contact"
    NEEDS = "needs"
    KEY_EVENT = "key_event"
    LICENCE = "licence"
    RELEASE = "release"
    DECLINED = "declined"


class Theme(StrEnum):
    """What an answer is about, as a person reads it."""

    TIME = "time"
    LISTENING = "listening"
    SAFETY = "safety"
    INFORMATION = "information"
    ONE_PERSON = "one_person"
    PROMISES = "promises"
    LICENCE = "licence"
    OTHER = "other"


QUESTIONS: Final[Mapping[str, str]] = {
    "understood": "Did you understand what we told you?",
    "listened": "Did you feel listened to?",
    "kept": "Did we do what we said we would?",
}
"""Each is answered from 1, not at all, to 5, completely."""

GOOD: Final = 4
"""From this on an answer counts as a good one."""

BEST: Final = 5

MILESTONES: Final[Mapping[Milestone, str]] = {
    Milestone.FIRST_CONTACT: "First contact",
    Milestone.NEEDS: "Their needs were asked about",
    Milestone.KEY_EVENT: "They were told of a key event",
    Milestone.LICENCE: "They had an answer about a licence condition",
    Milestone.RELEASE: "The release",
    Milestone.DECLINED: "They said that they want no contact",
}

THEMES: Final[Mapping[Theme, str]] = {
    Theme.TIME: "Told in time, or late",
    Theme.LISTENING: "Being listened to",
    Theme.SAFETY: "Safety, and safe ways to be reached",
    Theme.INFORMATION: "Clear information",
    Theme.ONE_PERSON: "One officer, and being introduced to another",
    Theme.PROMISES: "Promises kept or not",
    Theme.LICENCE: "Licence conditions and their reasons",
    Theme.OTHER: "Something else",
}
