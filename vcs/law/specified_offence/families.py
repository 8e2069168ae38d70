"""Tables about single offences beside the Schedule: discretion, titles that settle, notification.

Each is read once and asked by base code, so that an attempt or a conspiracy follows its offence.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from importlib.resources import files
from types import MappingProxyType

from vcs.law.facts import OffenceFacts, SentenceFacts, SentencingFacts
from vcs.law.relevant_sentence import length
from vcs.law.relevant_sentence.sentences import Found
from vcs.law.specified_offence.offences import Listing, find
from vcs.terms import NO, UNKNOWN, YES, Answer

_BASE_LENGTH = 7


def _table(name: str) -> Mapping[str, dict[str, str]]:
    text = (files("vcs.law") / "data" / name).read_text(encoding="utf-8")
    return MappingProxyType({row["offence_code"]: row for row in csv.DictReader(text.splitlines())})


@dataclass(frozen=True, slots=True)
class Family:
    """A family of offences outside the Schedule, and why a manager would want to see them."""

    name: str
    why: str


FAMILIES: Mapping[str, Family] = MappingProxyType(
    {code: Family(row["family"], row["why"]) for code, row in _table("discretion.csv").items()}
)

SETTLED: Mapping[str, dict[str, str]] = _table("settled_by_title.csv")

SEXUAL_HARM_ORDERS: frozenset[str] = frozenset(_table("sexual_harm_orders.csv"))

_LISTED = {"specified": Answer.YES, "not_specified": Answer.NO}


def family_of(code: str | None) -> Family | None:
    """Return the family of an offence for which a manager decides, or None."""
    return FAMILIES.get(code[:_BASE_LENGTH]) if code else None


def settled_by_title(code: str | None, listing: Listing) -> Listing:
    """Return a listing that the offence's own title settles, where the code alone does not."""
    if listing.answer is not Answer.UNKNOWN or not code:
        return listing
    row = SETTLED.get(code[:_BASE_LENGTH])
    if row is None:
        return listing
    return _settled(listing, row["listing"], row["why"])


@lru_cache(maxsize=4096)
def _settled(listing: Listing, listed_as: str, why: str) -> Listing:
    return replace(listing, answer=_LISTED[listed_as], because=_as_reason(why), question="")


def _as_reason(why: str) -> str:
    return (why[:1].lower() + why[1:]).rstrip(".")


def may_be_notified_of(code: str | None, listing: Listing) -> bool:
    """Say whether an offence outside the Schedule can bring sex offender notification at all.

    Of Schedule 3 to the Act of 2003 Schedule 18 lacks what ``BY_THE_SENTENCE`` holds; what is left
    is a sexual harm prevention order, for an offence in Schedule 5. What is not known may be one.
    """
    if not code or listing.answer is not Answer.NO:
        return True
    base = code[:_BASE_LENGTH]
    by_order = base in SEXUAL_HARM_ORDERS or base in BY_THE_SENTENCE
    return by_order or is_listed_at_times(code)


def is_listed_at_times(code: str | None) -> bool:
    """Say whether the Schedule lists an offence on some days, if not on the one asked about."""
    row = (find(code) or find(code[:_BASE_LENGTH])) if code else None
    return row is not None and row.listing == "specified"


BY_NOTIFICATION = "DVCVA 2004 s.45(2)(b)"


@dataclass(frozen=True, slots=True)
class ByTheSentence:
    """One offence: the least age at the offence, in years, and the least term, in months.

    ``both`` says that age and term are needed, and not one of them. ``first`` is the first day on
    which the offence could be committed. ``purpose`` is what no message tells and the paragraph
    asks as well; empty for most.
    """

    code: str
    paragraph: str
    provision: str
    adult: int
    both: bool
    months: int
    first: date
    purpose: str
    confidence: str
    note: str

    @property
    def confirmed(self) -> bool:
        """Say whether its text was seen: what rests on memory never settles an answer."""
        return self.confidence == "high"

    @property
    def in_words(self) -> str:
        """Say what the paragraph asks of age and term."""
        joined = "and" if self.both else "or"
        asks = f"aged {self.adult} or over {joined} a term of {self.months} months or more"
        return f"Sexual Offences Act 2003 Sch.3 para {self.paragraph} ({asks})"


def _by_the_sentence(raw: Mapping[str, str]) -> ByTheSentence:
    if raw["joined"] not in ("and", "or"):
        raise ValueError(f"notified_by_sentence.csv: {raw['offence_code']}: {raw['joined']!r}")
    return ByTheSentence(
        raw["offence_code"],
        raw["paragraph"],
        raw["provision"],
        int(raw["adult"]),
        raw["joined"] == "and",
        int(raw["months"]),
        date.fromisoformat(raw["committed_from"]),
        raw["purpose"],
        raw["confidence"],
        raw["note"],
    )


BY_THE_SENTENCE: Mapping[str, ByTheSentence] = MappingProxyType(
    {code: _by_the_sentence(row) for code, row in _table("notified_by_sentence.csv").items()}
)

"""Offences outside Schedule 18 that bring notification by the sentence alone: section 45(2)(b).

Schedule 3 to the Sexual Offences Act 2003 lists them with an age and a length. Whoever meets both
is subject to notification by the Act itself (section 80), whether or not the court recorded it.
"""


def by_the_sentence(code: str | None) -> ByTheSentence | None:
    """Return what a paragraph asks of age and term for an offence; None where none does."""
    return BY_THE_SENTENCE.get(code[:_BASE_LENGTH]) if code else None


def notified(asked: ByTheSentence, offence: OffenceFacts, facts: SentencingFacts) -> Found:
    """Say whether the offender is subject to notification by age and term."""
    answers = (_adult(asked, offence, facts), _long(asked, offence.sentences, facts.sentenced_on))
    answer = _both(answers) if asked.both else _either(answers)
    if answer is YES and (asked.purpose or not asked.confirmed):
        answer = UNKNOWN
    return _found(asked, answer)


@lru_cache(maxsize=64)
def _found(asked: ByTheSentence, answer: Answer) -> Found:
    if answer is YES:
        return Found(YES, f"notification follows from the sentence: {asked.in_words}")
    if answer is NO:
        because = f"it is outside Schedule 18, and no notification follows: {asked.in_words}"
        return Found(NO, because, "a sentence and an age that bring notification")
    because = f"notification may follow from the sentence: {asked.in_words}"
    also = f", and whether {asked.purpose}" if asked.purpose else ""
    change = (
        "whether the offender is subject to notification under Part 2 of the Sexual Offences Act "
        f"2003 for this offence, by age and by length of term{also}"
    )
    return Found(UNKNOWN, because, change)


def _both(answers: tuple[Answer, Answer]) -> Answer:
    if NO in answers:
        return NO
    return UNKNOWN if UNKNOWN in answers else YES


def _either(answers: tuple[Answer, Answer]) -> Answer:
    if YES in answers:
        return YES
    return UNKNOWN if UNKNOWN in answers else NO


def _adult(asked: ByTheSentence, offence: OffenceFacts, facts: SentencingFacts) -> Answer:
    """Say whether the offender was of age when it was committed, as far as the days tell."""
    if facts.date_of_birth is None:
        return NO if facts.youth else UNKNOWN
    earliest = facts.age_on(offence.committed_from or asked.first)
    latest = facts.age_on(offence.committed_until or offence.committed_from or facts.sentenced_on)
    if latest is None or latest < asked.adult:
        return NO if latest is not None else UNKNOWN
    return YES if earliest is not None and earliest >= asked.adult else UNKNOWN


def _long(asked: ByTheSentence, imposed: tuple[SentenceFacts, ...], start: date) -> Answer:
    return length.at_least(imposed, start, asked.months)
