"""The sets of facts that are walked: every combination of what the law asks about.

Set number N is read off like the digits of a clock, so that a number in a counter-example names
the facts again. The wheels of one offence turn slower than those of the occasion: each offence is
built once and tried on several occasions.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import islice
from math import prod
from typing import Any

from vcs.law.facts import OffenceFacts, SentenceFacts, SentencingFacts, TransferDirection
from vcs.law.rule_sets import RuleSet, named
from vcs.terms import Change, Finding, SentenceKind, Term
from vcs.terms import Sequence as Runs

CODES = (
    "OF61131",  # violent
    "SX03001",  # sexual
    "PT00066",  # terrorism, listed from a day
    "COML025",  # murder
    "TH68034",  # the code alone cannot tell
    "PH97006",  # the Notification Scheme's
    "SC15004",  # and another
    "RT88526",  # unlisted, where a person was hurt
    "MD71231",  # unlisted
    "ZZ99999",  # not in the table
    "OF61131A",  # an attempt
    None,
)

TERMS: tuple[tuple[Term, ...], ...] = (
    (),
    (Term(months=8),),
    (Term(weeks=52),),
    (Term(days=365),),
    (Term(months=12),),
    (Term(years=3),),
    (Term(months=8), Term(months=14)),
)

_PRISON, _ORDER = SentenceKind.IMPRISONMENT, SentenceKind.HOSPITAL_ORDER

IMPOSED: tuple[tuple[tuple[SentenceKind, ...], bool], ...] = (
    *(((kind,), False) for kind in SentenceKind),
    ((_ORDER, SentenceKind.RESTRICTION_ORDER), False),
    ((_PRISON, SentenceKind.HOSPITAL_DIRECTION), False),
    ((_PRISON, SentenceKind.SUSPENDED), False),
    ((_PRISON, SentenceKind.NON_CUSTODIAL), False),
    ((_PRISON,), True),
)
"""What was imposed for the first offence, and whether the court marked it as for life."""

DAYS = (
    (date(2003, 6, 3), date(2003, 6, 3)),
    (date(2006, 6, 6), date(2006, 6, 6)),
    (date(2016, 5, 10), date(2016, 5, 10)),
    (date(2020, 11, 30), date(2020, 12, 1)),
    (date(2020, 12, 1), date(2020, 12, 1)),
    (date(2023, 6, 6), date(2023, 6, 6)),
    (date(2025, 12, 8), date(2025, 12, 8)),
    (date(2026, 2, 2), date(2026, 3, 20)),
)
"""Days of conviction and of sentence."""

COMMITTED = ("on the day of conviction", "not stated", "long before")

_LONG_BEFORE = date(1999, 9, 9)

AGES = (None, "youth", 15, 17, 19, 40)
"""Ages at sentence; for one nothing but the mark of youth is known."""


def _term(months: int, runs: Runs, finding: Finding = Finding.CONVICTED) -> OffenceFacts:
    terms = (Term(months=months),) if months else ()
    imposed = SentenceFacts(_PRISON, terms=terms, sequence=runs)
    return OffenceFacts(2, "OF61131", finding=finding, sentences=(imposed,))


BESIDE: tuple[OffenceFacts | None, ...] = (
    None,
    None,
    None,
    _term(8, Runs.CONCURRENT),
    _term(8, Runs.CONSECUTIVE),
    _term(8, Runs.NOT_STATED),
    _term(0, Runs.CONSECUTIVE),
    _term(36, Runs.CONSECUTIVE),
    _term(8, Runs.CONSECUTIVE, Finding.QUASHED),
    _term(8, Runs.CONSECUTIVE, Finding.PERHAPS_QUASHED),
    OffenceFacts(
        2,
        "MD71231",
        finding=Finding.CONVICTED,
        sentences=(SentenceFacts(SentenceKind.NON_CUSTODIAL),),
    ),
)
"""A second offence on the same occasion; most often none."""

_MAY = date(2026, 5, 5)

ORDERS: tuple[dict[str, Any], ...] = (
    {},
    {},
    {},
    {"restricted": True},
    {"restricted": True, "restrictions_ended_on": date(2026, 6, 6)},
    {"restricted": True, "restrictions_ended_on": date(2001, 1, 1)},
    {"transfer": TransferDirection(_MAY, restricted=True)},
    {
        "transfer": TransferDirection(_MAY, restricted=True),
        "restrictions_ended_on": date(2026, 6, 6),
    },
    {"transfer": TransferDirection(_MAY, restricted=False)},
    {"transfer": TransferDirection(date(2002, 2, 2), restricted=True)},
    {"transfer": TransferDirection(date(2002, 2, 2), restricted=False)},
    {"transfer": TransferDirection(None, None)},
)

ABOUT: tuple[dict[str, Any], ...] = (
    {},
    {},
    {"crown_court": True},
    {"crown_court": False},
    {"total_life": True},
    {"total_terms": (Term(months=9),)},
    {"total_terms": (Term(months=16),)},
    {"notification": True},
    {"died": True},
    {"organisation": True},
    {"outside_court": True},
)

RULES: tuple[RuleSet | None, ...] = (None, None, named("victims-and-courts-act-2026"))
"""The law in force on the day, twice as often as the Act that is not yet commenced."""

MARKS = tuple((notified, abuse) for notified in (False, True) for abuse in (False, True))

CHANGES = (None, Change.APPEAL, Change.QUASHED)

_OF_THE_OFFENCE = (CODES, IMPOSED, TERMS, tuple(Finding), DAYS, COMMITTED, MARKS, CHANGES)

_OF_THE_OCCASION = (AGES, BESIDE, ORDERS, ABOUT, RULES)

OFFENCES = prod(len(wheel) for wheel in _OF_THE_OFFENCE)

OCCASIONS = prod(len(wheel) for wheel in _OF_THE_OCCASION)

ALL = OFFENCES * OCCASIONS
"""How many sets there are."""

IN_A_ROW = 16
"""On so many occasions each offence is tried before the next."""

_STRIDES = (7_368_787, 10_007)
"""Primes that divide no wheel: stepping by them visits places far apart, and each of them once."""


@dataclass(frozen=True, slots=True)
class Given:
    """One set: its number, the facts, and the rule set to decide by (None: the one in force)."""

    number: int
    facts: SentencingFacts
    rules: RuleSet | None


def walked(count: int, part: int = 0, parts: int = 1) -> Iterator[Given]:
    """Yield so many sets, spread evenly; of several parts, one."""
    for block in range(part, -(-count // IN_A_ROW), parts):
        offence = (block * _STRIDES[0]) % OFFENCES * OCCASIONS
        begin = block * IN_A_ROW
        for place in range(begin, min(begin + IN_A_ROW, count)):
            yield given(offence + (place * _STRIDES[1]) % OCCASIONS)


def given(number: int) -> Given:
    """Return the set that a number names."""
    offence_number, occasion_number = divmod(number, OCCASIONS)
    first, sentenced_on = _offence(offence_number)
    age, beside, orders, about, rules = _turned(occasion_number, _OF_THE_OCCASION)
    facts = SentencingFacts(
        sentenced_on=sentenced_on,
        court_code="C01CE00",
        offences=(first, beside) if beside else (first,),
        date_of_birth=_born(age, sentenced_on),
        youth=True if age == "youth" else None,
        **orders,
        **about,
    )
    return Given(number, facts, rules)


def _turned(number: int, wheels: Sequence[Sequence[Any]]) -> Iterator[Any]:
    for wheel in wheels:
        number, place = divmod(number, len(wheel))
        yield wheel[place]


@lru_cache(maxsize=4)
def _offence(number: int) -> tuple[OffenceFacts, date]:
    turned = _turned(number, _OF_THE_OFFENCE)
    code, (kinds, life), terms, finding, (convicted_on, sentenced_on) = islice(turned, 5)
    committed, (notified, abuse), change = turned
    on = {COMMITTED[0]: convicted_on, COMMITTED[2]: _LONG_BEFORE}.get(committed)
    offence = OffenceFacts(
        sequence=1,
        offence_code=code,
        finding=finding,
        convicted_on=convicted_on,
        committed_from=on,
        committed_until=on,
        notification=notified,
        domestic_abuse=abuse,
        sentences=tuple(SentenceFacts(kind, terms=terms, life=life) for kind in kinds),
        change=change,
    )
    return offence, sentenced_on


@lru_cache(maxsize=256)
def _born(age: int | str | None, day: date) -> date | None:
    return date(day.year - age, 1, 1) if isinstance(age, int) else None
