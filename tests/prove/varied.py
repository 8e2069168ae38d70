"""Varies a worked example within what keeps its answer: its days, its offences and its court."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from datetime import date, timedelta
from functools import cache

from vcs.law.facts import OffenceFacts, SentencingFacts
from vcs.law.specified_offence import families, offences, schedule
from vcs.law.specified_offence.schedule import Paragraph
from vcs.terms import Term

_USUAL = date(2026, 3, 20)
"""The day that most examples share. Rows of other days stand at the edge of something."""

_COURTS = ("C01CE00", "C05LV00", "C14SE00", "C20BM00", "C42BA00", "C50EX00", "C62CF00")

_WEEKS = 11


def varied(facts: SentencingFacts, n: int) -> SentencingFacts:
    """Return the facts on another day, for like offences, in another court."""
    court = facts.court_code if facts.crown_court is False else _COURTS[n % len(_COURTS)]
    others = tuple(_another(one, n) for one in facts.offences)
    return _sooner(replace(facts, court_code=court, offences=others), n % _WEEKS)


def _sooner(facts: SentencingFacts, weeks: int) -> SentencingFacts:
    if facts.sentenced_on != _USUAL or any(_has_an_edge(one) for one in facts.offences):
        return facts
    born, by = facts.date_of_birth, timedelta(weeks=weeks)
    return replace(
        facts, sentenced_on=facts.sentenced_on - by, date_of_birth=born - by if born else None
    )


def _has_an_edge(offence: OffenceFacts) -> bool:
    """Say whether the day matters: days of its own, or a term counted in days from the day."""
    days = offence.convicted_on or offence.committed_from or offence.committed_until
    terms = (term for one in offence.sentences for term in one.terms)
    return bool(days) or any(term != Term(term.years, term.months) for term in terms)


def _another(offence: OffenceFacts, n: int) -> OffenceFacts:
    like = _alike().get(_standing(offence.offence_code), ())
    return replace(offence, offence_code=like[n % len(like)]) if like else offence


_Standing = tuple[object, ...]


def _standing(code: str | None) -> _Standing:
    """Return everything that the tables say of a code and that an answer may rest on."""
    row = offences.find(code) if code else None
    if row is None or code in families.SETTLED or row.committed_from or row.convicted_from:
        return ("its own", code)
    family = families.family_of(code)
    return (
        row.listing,
        tuple(_days(one) for one in schedule.rows_of(row.paragraph)),
        row.notification_scheme,
        family and family.name,
        families.may_be_notified_of(code, offences.standing(code, _USUAL, None)),
        families.by_the_sentence(code),
        offences.standing(code, _USUAL, None).without_victim,
        row.listing == "conditional" and row.question,
    )


def _days(row: Paragraph) -> _Standing:
    return (row.first, row.last, row.committed_from, row.by_sentence, row.read_back)


@cache
def _alike() -> dict[_Standing, tuple[str, ...]]:
    found: defaultdict[_Standing, list[str]] = defaultdict(list)
    for code in offences.codes():
        if len(code) == 7:
            found[_standing(code)].append(code)
    return {standing: tuple(codes) for standing, codes in found.items() if standing[0] != "its own"}
