"""The sets of facts that are walked: every combination of what the law asks about.

Set number N is read off like the digits of a clock, so that a number in a counter-example names
the facts again.
"""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from math import prod

from vcs.law.facts import OffenceFacts, SentenceFacts, SentencingFacts, TransferDirection
from vcs.terms import Finding, SentenceKind, Sequence, Term

CODES = (
    "OF61131",  # violent
    "SX03001",  # sexual
    "PT00066",  # terrorism, listed from a day
    "COML025",  # murder
    "TH68010",  # the code alone cannot tell
    "PH97006",  # the Notification Scheme's
    "RT88564",  # unlisted, where a family lost someone
    "MD71231",  # unlisted
    "ZZ99999",  # not in the table
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

DAYS = (
    date(2003, 6, 3),
    date(2006, 6, 6),
    date(2016, 5, 10),
    date(2020, 11, 30),
    date(2020, 12, 1),
    date(2023, 6, 6),
    date(2026, 3, 20),
)

AGES = (None, 15, 17, 19, 40)

BESIDE: tuple[SentenceFacts | None, ...] = (
    None,
    SentenceFacts(SentenceKind.IMPRISONMENT, terms=(Term(months=8),), sequence=Sequence.CONCURRENT),
    SentenceFacts(
        SentenceKind.IMPRISONMENT, terms=(Term(months=8),), sequence=Sequence.CONSECUTIVE
    ),
    SentenceFacts(SentenceKind.NON_CUSTODIAL),
)

ORDERS: tuple[tuple[bool, TransferDirection | None], ...] = (
    (False, None),
    (True, None),
    (False, TransferDirection(date(2026, 5, 5), restricted=True)),
    (False, TransferDirection(None, None)),
)

MARKS = tuple((notified, abuse) for notified in (False, True) for abuse in (False, True))

_WHEELS = (
    CODES,
    tuple(SentenceKind),
    TERMS,
    tuple(Finding),
    AGES,
    DAYS,
    MARKS,
    BESIDE,
    ORDERS,
)

ALL = prod(len(wheel) for wheel in _WHEELS)
"""How many sets there are."""

_STRIDE = 7_368_787
"""A prime that divides no wheel: stepping by it visits sets far apart, and each of them once."""


def numbers(count: int, part: int = 0, parts: int = 1) -> range | list[int]:
    """Return the numbers of so many sets, spread evenly; of several parts, one."""
    return [(place * _STRIDE) % ALL for place in range(part, min(count, ALL), parts)]


def facts_of(number: int) -> SentencingFacts:
    """Return the facts that a number names."""
    turned = []
    for wheel in _WHEELS:
        number, place = divmod(number, len(wheel))
        turned.append(place)
    code, kind, terms, finding, age, day, marks, beside, orders = turned
    sentenced_on = DAYS[day]
    restricted, transfer = ORDERS[orders]
    offence = _offence((code, kind, terms, finding, marks, day))
    other = _beside(beside, day)
    return SentencingFacts(
        sentenced_on=sentenced_on,
        court_code="C01CE00",
        offences=(offence, *other),
        date_of_birth=_born(age, day),
        restricted=restricted,
        transfer=transfer,
    )


@lru_cache(maxsize=1_000_000)
def _offence(places: tuple[int, int, int, int, int, int]) -> OffenceFacts:
    code, kind, terms, finding, marks, day = places
    notified, abuse = MARKS[marks]
    return OffenceFacts(
        sequence=1,
        offence_code=CODES[code],
        finding=tuple(Finding)[finding],
        convicted_on=DAYS[day],
        committed_from=DAYS[day],
        committed_until=DAYS[day],
        notification=notified,
        domestic_abuse=abuse,
        sentences=(SentenceFacts(tuple(SentenceKind)[kind], terms=TERMS[terms]),),
    )


@lru_cache(maxsize=256)
def _beside(place: int, day: int) -> tuple[OffenceFacts, ...]:
    imposed = BESIDE[place]
    if imposed is None:
        return ()
    offence = OffenceFacts(
        2, "OF61131", finding=Finding.CONVICTED, convicted_on=DAYS[day], sentences=(imposed,)
    )
    return (offence,)


@lru_cache(maxsize=256)
def _born(age: int, day: int) -> date | None:
    years = AGES[age]
    return None if years is None else date(DAYS[day].year - years, 1, 1)
