"""What the what-if checker is asked, as facts. Nothing is stored and no name is asked for."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field

from vcs.intake.durations import lengths
from vcs.law import rule_sets
from vcs.law.conditions.plain_words import outcome_in_plain_words
from vcs.law.eligibility import decide
from vcs.law.facts import OffenceFacts, SentenceFacts, SentencingFacts, TransferDirection
from vcs.sentences.answer import decision_entry, with_nearest
from vcs.terms import Change, Finding, Language, SentenceKind, Sequence, Term

_EARLIEST, _LATEST = date(1900, 1, 1), date(2039, 12, 31)


def _plausible(day: date) -> date:
    if not _EARLIEST <= day <= _LATEST:
        raise ValueError("a date between 1900 and 2039")
    return day


def written(value: object) -> object:
    """Accept only a written date: a bare number would be read as seconds since 1970."""
    if isinstance(value, date):
        return value
    try:
        if isinstance(value, str) and len(value) == len("YYYY-MM-DD"):
            return date.fromisoformat(value)
    except ValueError:
        pass
    raise ValueError("a date in the form YYYY-MM-DD")


def _without_spaces(code: object) -> object:
    """Take a code as people paste it: padded, or set apart by spaces."""
    return "".join(code.split()) if isinstance(code, str) else code


def _a_length(words: str) -> str:
    if words and lengths.of_words(words) is None:
        raise ValueError("a length such as 2 years 6 months")
    return words


def _a_rule_set(name: str) -> str:
    if name and rule_sets.named(name) is None:
        raise ValueError("the id of a rule set")
    return name


Day = Annotated[date, BeforeValidator(written), AfterValidator(_plausible)]

Code = Annotated[
    str, BeforeValidator(_without_spaces), Field(max_length=12, pattern=r"^[A-Za-z0-9]*$")
]

Length = Annotated[str, Field(max_length=80), AfterValidator(_a_length)]

_STRICT = ConfigDict(extra="forbid", strict=True, hide_input_in_errors=True)


class AskedSentence(BaseModel):
    """One sentence for an offence. ``length`` in words; leave out where there is none.

    ``days_counted`` are days on remand or tagged bail; ``released`` is free at once.
    """

    model_config = _STRICT
    kind: SentenceKind
    length: Length = ""
    runs: Sequence = Sequence.NOT_STATED
    days_counted: Annotated[int, Field(ge=0, le=9999)] | None = None
    released: bool = False


class AskedOffence(BaseModel):
    """One offence as dealt with. ``offence_code`` is the CJS code.

    Leave ``sentences`` out where it is not known what was imposed; an empty list says that nothing
    was imposed for this offence, beside others that were sentenced.
    """

    model_config = _STRICT
    offence_code: Code = ""
    finding: Finding = Finding.CONVICTED
    committed_on: Day | None = None
    convicted_on: Day | None = None
    notification: bool = False
    domestic_abuse: bool = False
    change: Change | None = None
    sentences: Annotated[list[AskedSentence], Field(max_length=20)] | None = None


class AskedTransfer(BaseModel):
    """A later move from prison to hospital under section 47 of the Act of 1983."""

    model_config = _STRICT
    given_on: Day | None = None
    restricted: bool | None = None


class Asked(BaseModel):
    """One offender on one sentencing occasion.

    ``rule_set`` asks what another rule set would answer, also one that is not yet commenced.
    """

    model_config = _STRICT
    sentenced_on: Day
    date_of_birth: Day | None = None
    under_18: bool | None = None
    crown_court: bool | None = None
    outside_court: bool = False
    died: bool = False
    notification: bool = False
    total: Length = ""
    transfer: AskedTransfer | None = None
    restrictions_ended_on: Day | None = None
    rule_set: Annotated[str, AfterValidator(_a_rule_set)] = ""
    offences: Annotated[list[AskedOffence], Field(min_length=1, max_length=100)]


def answered(asked: Asked, today: date | None = None) -> dict[str, Any]:
    """Decide on what was asked, in the shape of the contract with the outcome in plain words."""
    facts = facts_of(asked)
    decision = decide(facts, rule_sets.named(asked.rule_set))
    plain = {
        str(language): outcome_in_plain_words(decision.outcome, language) for language in Language
    }
    entry = with_nearest(decision_entry(facts, decision, today), facts)
    return entry | {"in_plain_words": plain}


def facts_of(asked: Asked) -> SentencingFacts:
    """Turn what was asked into the facts that the law reads."""
    moved = asked.transfer
    imposed = [sentence.kind for offence in asked.offences for sentence in offence.sentences or ()]
    return SentencingFacts(
        sentenced_on=asked.sentenced_on,
        court_code=None,
        offences=tuple(
            _offence(number, offence, missing=offence.sentences is None or not imposed)
            for number, offence in enumerate(asked.offences, start=1)
        ),
        date_of_birth=asked.date_of_birth,
        youth=asked.under_18,
        crown_court=asked.crown_court,
        restricted=SentenceKind.RESTRICTION_ORDER in imposed,
        outside_court=asked.outside_court,
        died=asked.died,
        notification=asked.notification,
        total_terms=_terms(asked.total),
        transfer=TransferDirection(moved.given_on, moved.restricted) if moved else None,
        restrictions_ended_on=asked.restrictions_ended_on,
    )


def _offence(sequence: int, asked: AskedOffence, *, missing: bool) -> OffenceFacts:
    """Return one offence. If what was imposed is ``missing``, it is unknown, never nothing.

    A day of sentence on which nothing was imposed for any offence is a missing fact too.
    """
    return OffenceFacts(
        sequence=sequence,
        offence_code=asked.offence_code.upper() or None,
        finding=asked.finding,
        convicted_on=asked.convicted_on,
        committed_from=asked.committed_on,
        committed_until=asked.committed_on,
        notification=asked.notification,
        domestic_abuse=asked.domestic_abuse,
        change=asked.change,
        sentences=(_NOT_SAID,) if missing else tuple(map(_sentence, asked.sentences or ())),
    )


_NOT_SAID = SentenceFacts(SentenceKind.UNKNOWN)


def _sentence(asked: AskedSentence) -> SentenceFacts:
    return SentenceFacts(
        asked.kind,
        terms=_terms(asked.length),
        sequence=asked.runs,
        days_counted=asked.days_counted,
        released=asked.released,
    )


def _terms(words: str) -> tuple[Term, ...]:
    term = lengths.of_words(words)
    return (term,) if term else ()
