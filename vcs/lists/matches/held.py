"""A sentence of ours as a list is compared with it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from vcs.law.facts import SentenceFacts
from vcs.law.relevant_sentence import sentences
from vcs.lists.matches.matching import Described
from vcs.terms import Answer, Outcome, SentenceKind, Term

_HOSPITAL: Final = frozenset(
    {
        SentenceKind.HOSPITAL_ORDER,
        SentenceKind.RESTRICTION_ORDER,
        SentenceKind.INTERIM_HOSPITAL_ORDER,
        SentenceKind.REMAND_TO_HOSPITAL,
    }
)

_SUSPENDED: Final = frozenset({SentenceKind.SUSPENDED, SentenceKind.SUSPENDED_VARIED})


class Family(StrEnum):
    """What a sentence is, as far as another system would hold it."""

    CUSTODY = "immediate custody"
    SUSPENDED = "a suspended sentence"
    HOSPITAL = "a hospital order"
    OTHER = "neither custody nor a hospital order"
    UNKNOWN = "not known"


@dataclass(frozen=True, slots=True)
class HeldSentence:
    """One sentence of ours, with no more than a list is compared with.

    ``is_urgent``: release may come before every deadline. ``terms`` are the lengths that the court
    stated, of one offence or of the whole. ``counts`` names the offence of each count that was
    sentenced, "" where it has no code; it is empty where the counts are not known.
    ``sentence_id`` is None for what we hold only as a line.
    """

    reference: str
    case_reference: str
    described: Described
    outcome: Outcome
    sentenced_on: date
    family: Family = Family.UNKNOWN
    offence_codes: frozenset[str] = frozenset()
    terms: frozenset[Term] = frozenset()
    is_urgent: bool = False
    sentence_id: int | None = None
    region_code: str | None = None
    counts: tuple[str, ...] = ()


def plain_length(term: Term | None) -> tuple[int, int]:
    """Return a length as months and days: a year is twelve months, a week seven days."""
    told = term or Term()
    return told.years * 12 + told.months, told.weeks * 7 + told.days


def family_of(kind: SentenceKind) -> Family:
    """Return what a kind of sentence is to another system."""
    if kind in _HOSPITAL:
        return Family.HOSPITAL
    if kind in _SUSPENDED:
        return Family.SUSPENDED
    custody = sentences.immediate_custody(SentenceFacts(kind))
    return {Answer.YES: Family.CUSTODY, Answer.UNKNOWN: Family.UNKNOWN}.get(custody, Family.OTHER)


def family_among(kinds: Iterable[SentenceKind]) -> Family:
    """Return what several things imposed are together: custody before all, then a hospital."""
    found = {family_of(kind) for kind in kinds}
    return next((one for one in Family if one in found), Family.UNKNOWN)


@dataclass(frozen=True, slots=True)
class WhatWasImposed:
    """What was imposed, as another system would hold it."""

    family: Family
    offence_codes: frozenset[str]
    terms: frozenset[Term]
    counts: tuple[str, ...] = ()
