"""What a person's answers, and notes about reaching them safely, allow together. Pure.

The protective answer wins. While a note stands no way is free that nobody recorded as allowed. A
letter alone goes beside a note that is surely about other ways, or says that letters are right:
that post is safe was asked.
"""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Final

from vcs.victims.preferences.records import HowKnown, Rule, Way
from vcs.victims.records import ContactWay


@dataclass(frozen=True, slots=True)
class Preference:
    """One answer about one way, opened. ``record_id`` is the person's record it was told of."""

    id: int
    record_id: int
    way: Way
    rule: Rule
    since_on: date
    how_known: HowKnown
    withheld_number: bool = False
    times: str = ""
    not_to_say: str = ""
    via_whom: str = ""
    words: str = ""
    recorded_at: datetime | None = None
    recorded_by: str = ""
    ended_at: datetime | None = None
    ended_by: str = ""


class Bar(StrEnum):
    """Why a way may not be used."""

    ANYTHING = "never contact about anything"
    NEVER = "never this way"
    ONLY_OTHERS = "only other ways"
    ONLY_VIA = "only through somebody"
    COURT = "a court ties it to the offender"


@dataclass(frozen=True, slots=True)
class Preferences:
    """Everything that counts now of what was said about reaching one person.

    ``tied`` are the ways that a court ties to the offender's side, each with whether a manager
    found that it is not safe; otherwise nobody has decided yet.
    """

    lines: tuple[Preference, ...] = ()
    tied: Mapping[Way, bool] = field(default_factory=dict)

    @property
    def anything(self) -> Preference | None:
        """Return the answer that they never want contact about anything; None without one."""
        return next((one for one in self.lines if one.way is Way.ANYTHING), None)

    @property
    def via_whom(self) -> str:
        """Return through whom alone they may be reached; "" where nobody is named."""
        named = (one.via_whom for one in self._of(Way.VIA) if one.rule is not Rule.NEVER)
        return "; ".join(dict.fromkeys(name for name in named if name))

    def bar(self, way: Way) -> Bar | None:
        """Return why a way may not be used; None where nothing that was said stops it."""
        if self.anything is not None:
            return Bar.ANYTHING
        if any(one.rule is Rule.NEVER for one in self._of(way)):
            return Bar.NEVER
        if way in self.tied:
            return Bar.COURT
        left_out = [ways for ways in self._only().values() if way not in ways]
        if not left_out:
            return None
        # Where no other record leaves a way through somebody, there is none.
        through = all(Way.VIA in ways for ways in left_out)
        return Bar.ONLY_VIA if through else Bar.ONLY_OTHERS

    def allows(self, way: Way) -> bool:
        """Say whether somebody said that a way may be used, and nothing forbids it."""
        asked = any(one.rule is not Rule.NEVER for one in self._of(way))
        return asked and self.bar(way) is None

    def ways_left(self) -> tuple[Way, ...]:
        """Return the ways that nothing forbids. Through somebody only where they named one."""
        named = bool(self.via_whom)
        ways = (way for way in Way if way is not Way.ANYTHING and (way is not Way.VIA or named))
        return tuple(way for way in ways if self.bar(way) is None)

    def only_ways(self) -> tuple[Way, ...]:
        """Return every way that somebody called the only one, in their usual order."""
        named = {way for ways in self._only().values() for way in ways}
        return tuple(way for way in Way if way in named)

    @property
    def version(self) -> str:
        """Return the version that a change must name: the SHA-256 of which answers count."""
        ids = " ".join(str(one.id) for one in sorted(self.lines, key=lambda one: one.id))
        return hashlib.sha256(ids.encode()).hexdigest()

    @property
    def forbids(self) -> bool:
        """Say whether any answer forbids something, so that the box must warn."""
        return bool(self.tied) or any(one.rule is not Rule.ALLOWED for one in self.lines)

    def without_words(self) -> Preferences:
        """Return what is allowed and what is not, for readers who may not see what was said."""
        return Preferences(
            tuple(
                replace(one, times="", not_to_say="", via_whom="", words="", recorded_by="")
                for one in self.lines
            ),
            self.tied,
        )

    def _of(self, way: Way) -> Iterator[Preference]:
        return (one for one in self.lines if one.way is way)

    def _only(self) -> Mapping[int, set[Way]]:
        """Return the ways called the only ones, by record: two that were joined may differ."""
        found: dict[int, set[Way]] = defaultdict(set)
        for one in self.lines:
            if one.rule is Rule.ONLY:
                found[one.record_id].add(one.way)
        return found


NOTHING_SAID: Final = Preferences()

IN_WORDS: Final[Mapping[Way, str]] = {
    Way.PHONE: "by phone",
    Way.TEXT: "by text message",
    Way.EMAIL: "by email",
    Way.POST: "by post",
    Way.IN_PERSON: "in person",
    Way.VIA: "through somebody they named",
    Way.ANYTHING: "about anything",
}

WAY_OF_CONTACT: Final[Mapping[ContactWay, Way]] = {
    ContactWay.PHONE: Way.PHONE,
    ContactWay.VIDEO: Way.PHONE,
    ContactWay.IN_PERSON: Way.IN_PERSON,
    ContactWay.EMAIL: Way.EMAIL,
    ContactWay.TEXT: Way.TEXT,
    ContactWay.THROUGH: Way.VIA,
}
"""What each way of contact counts as; that they wrote to us is theirs, and forbidden by nothing.

A video call counts as a call: whoever must not be heard on the phone must not be heard there.
"""

_SAYS_NONE: Final = (
    "asked: none",
    "asked: nothing",
    "none",
    "nothing",
    "nothing noted",
    "no",
    "n/a",
)
"""What a note says where somebody asked and there was nothing: no warning, and not unknown."""


def says_something(line: str) -> bool:
    """Say whether a line of a note says more than that there is nothing to note."""
    return bool(line.strip()) and line.strip(" .").casefold() not in _SAYS_NONE


def standing_note(note: str) -> str:
    """Return the lines of a note that say something; "" where none does.

    Nobody has to have recorded an answer about each way for them to count: while they stand, no
    way is called free but one that was recorded as allowed.
    """
    return "\n".join(line.strip() for line in note.splitlines() if says_something(line))


def may_speak_against(note: str, way: Way) -> bool:
    """Say whether a note may speak against a way, so that nobody uses it before it was settled.

    Against a letter nothing does that is surely about calls, messages and their times, or for
    letters. What cannot be read may.
    """
    standing = standing_note(note)
    if way is not Way.POST:
        return bool(standing)
    said = (one.strip(" \t\"'“”-") for one in _SENTENCE.split(standing.casefold()))
    return any(one and not _is_no_matter_of_post(one) for one in said)


def _is_no_matter_of_post(said: str) -> bool:
    if _FOR_LETTERS.fullmatch(said) or _A_TIME.fullmatch(said):
        return True
    return _OF_CALLS.search(said) is not None and _MORE_THAN_CALLS.search(said) is None


_SENTENCE: Final = re.compile(r"[.;!?\n]+(?:\s|$)|[.;!?\n]+$|\bbut\b|\bond\b")

_LETTERS: Final = r"(?:letters?|post|mail|llythyrau|llythyr)"

_FOR_LETTERS: Final = re.compile(
    rf"(?:please\s+)?(?:use\s+)?(?:{_LETTERS}\s+only|only\s+{_LETTERS}|prefers?\s+(?:\w+\s+by\s+)?"
    rf"{_LETTERS}|(?:write|by\s+{_LETTERS})(?:\s+only)?|{_LETTERS}\s+(?:is|are)\s+"
    rf"(?:fine|safe|ok|okay|best|preferred|all\s+right|welcome)|(?:it\s+is\s+)?safe\s+to\s+"
    rf"(?:write|post)|llythyrau\s+yn\s+unig)(?:\s+please)?"
)

_OF_CALLS: Final = re.compile(
    r"\b(?:ring|rings|ringing|rang|call|calls|calling|phone|phones|telephone|voice\s?mails?|voice"
    r"|messages?|texts?|texting|sms|whatsapp|e-?mails?|emailing|visits?|mobile|landline|number"
    r"|ask\s+for|ffonio|ffoniwch|galw|tecstio|neges|negeseuon)\b"
)

_MORE_THAN_CALLS: Final = re.compile(
    rf"\b(?:{_LETTERS}|write|writing|written|send|sent|sends|anything|nothing|any|all|contact\w*"
    r"|only|instead|just|house|home|address|door|envelopes?|opens?|reads?|danger|unsafe|safe|ever"
    r"|dim\s+byd|unig|anfon\w*|ysgrifenn?\w*|cysyllt\w*|cyswllt)\b"
)

_TIME: Final = (
    r"(?:\d[\d:.]*\s?(?:am|pm|o['’]clock)?|noon|midday|lunch\w*|school|work|one|two|three|four"
    r"|five|six|seven|eight|nine|ten|eleven|twelve)"
)

_A_TIME: Final = re.compile(
    rf"(?:only\s+|not\s+|best\s+)?(?:after|before|from|until|till|between)\s+{_TIME}"
    rf"(?:\s+(?:and|to|or)\s+{_TIME})?|mornings?|evenings?|afternoons?"
)
