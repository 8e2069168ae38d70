"""What the what-if checker is asked, as facts. Nothing is stored and no name is asked for."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field

from vcs.casework.answer import decision_entry
from vcs.intake import lengths
from vcs.law.conditions.voices import outcome_in_plain_words
from vcs.law.eligibility import decide
from vcs.law.facts import OffenceFacts, SentenceFacts, SentencingFacts
from vcs.terms import Finding, Language, SentenceKind, Sequence

_EARLIEST, _LATEST = date(1900, 1, 1), date(2039, 12, 31)


def _plausible(day: date) -> date:
    if not _EARLIEST <= day <= _LATEST:
        raise ValueError("a date between 1900 and 2039")
    return day


def _written(value: object) -> object:
    """Take a date written out only: a bare number would be read as seconds since 1970."""
    if isinstance(value, date) or (isinstance(value, str) and len(value) == len("YYYY-MM-DD")):
        return value
    raise ValueError("a date in the form YYYY-MM-DD")


def _a_length(words: str) -> str:
    if words and lengths.of_words(words) is None:
        raise ValueError("a length such as 2 years 6 months")
    return words


Day = Annotated[date, BeforeValidator(_written), AfterValidator(_plausible)]
Length = Annotated[str, Field(max_length=80), AfterValidator(_a_length)]
_STRICT = ConfigDict(extra="forbid", hide_input_in_errors=True)


class AskedSentence(BaseModel):
    """One sentence for an offence. ``length`` in words; leave out where there is none."""

    model_config = _STRICT
    kind: SentenceKind
    length: Length = ""
    runs: Sequence = Sequence.NOT_STATED


class AskedOffence(BaseModel):
    """One offence as dealt with. ``offence_code`` is the CJS code."""

    model_config = _STRICT
    offence_code: Annotated[str, Field(max_length=12, pattern=r"^[A-Za-z0-9]*$")] = ""
    finding: Finding = Finding.CONVICTED
    committed_on: Day | None = None
    convicted_on: Day | None = None
    notification: bool = False
    sentences: Annotated[list[AskedSentence], Field(max_length=20)] = []


class Asked(BaseModel):
    """One offender on one sentencing occasion."""

    model_config = _STRICT
    sentenced_on: Day
    date_of_birth: Day | None = None
    under_18: bool | None = None
    crown_court: bool | None = None
    offences: Annotated[list[AskedOffence], Field(min_length=1, max_length=100)]


def answered(asked: Asked, today: date | None = None) -> dict[str, Any]:
    """Decide on what was asked, in the shape of the contract with the outcome in plain words."""
    facts = facts_of(asked)
    decision = decide(facts)
    plain = {str(one): outcome_in_plain_words(decision.outcome, one) for one in Language}
    return decision_entry(facts, decision, today) | {"in_plain_words": plain}


def facts_of(asked: Asked) -> SentencingFacts:
    """Turn what was asked into the facts that the law reads."""
    imposed = [one.kind for offence in asked.offences for one in offence.sentences]
    return SentencingFacts(
        sentenced_on=asked.sentenced_on,
        court_code=None,
        offences=tuple(_offence(n, one) for n, one in enumerate(asked.offences, start=1)),
        date_of_birth=asked.date_of_birth,
        youth=asked.under_18,
        crown_court=asked.crown_court,
        restricted=SentenceKind.RESTRICTION_ORDER in imposed,
    )


def _offence(sequence: int, asked: AskedOffence) -> OffenceFacts:
    return OffenceFacts(
        sequence=sequence,
        offence_code=asked.offence_code.upper() or None,
        finding=asked.finding,
        convicted_on=asked.convicted_on,
        committed_from=asked.committed_on,
        committed_until=asked.committed_on,
        notification=asked.notification,
        sentences=tuple(_sentence(one) for one in asked.sentences),
    )


def _sentence(asked: AskedSentence) -> SentenceFacts:
    term = lengths.of_words(asked.length)
    return SentenceFacts(asked.kind, terms=(term,) if term else (), sequence=asked.runs)
