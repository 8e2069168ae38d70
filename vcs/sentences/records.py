"""Sentencing occasions, what each message told of them, and the decisions made about them."""

from __future__ import annotations

from datetime import date, datetime
from typing import Final

from sqlalchemy import Index, UniqueConstraint, false, text
from sqlmodel import Field

from vcs.intake.person_numbers import Number
from vcs.tables import Record, moment, one_of
from vcs.terms import FoundBy, Outcome, Route

PRISON_NUMBER: Final = str(Number.NOMS)
"""The kind of a number that a prison gives to one person for life."""


class Sentence(Record, table=True):
    """One offender, one case, one sentencing occasion, as the court last told it.

    ``case_key`` is the case reference in the one form in which two spellings of it are equal.
    ``outcome``, ``route`` and ``facts_hash`` repeat the newest decision. ``gone`` marks one that
    a newer message about the same hearing no longer holds. ``told_in_id`` is the sentence that
    this one is part of: its day was corrected, or it changes that one. ``left_as`` is the outcome
    that later decisions of courts leave, where it is no longer owed. ``offender_name`` and
    ``offender_address`` are sealed; ``name_listed`` says that the name can be searched for.
    """

    __tablename__ = "sentence"
    __table_args__ = (
        one_of("outcome", Outcome),
        one_of("route", Route),
        Index("ix_sentence_case_reference", "case_reference"),
        Index("ix_sentence_hearing", "hearing_id", "hearing_day"),
        Index("ix_sentence_region_outcome", "region_code", "outcome"),
        # Other sentences of one offender are looked for by it.
        Index("ix_sentence_date_of_birth", "date_of_birth"),
        Index("ix_sentence_case_day", "case_reference", "sentenced_on"),
        Index("ix_sentence_case_key", "case_key", "sentenced_on"),
        # What search has still to list: few at any moment.
        Index(
            "ix_sentence_name_not_listed",
            "id",
            sqlite_where=text("name_listed = 0"),
            postgresql_where=text("NOT name_listed"),
        ),
        # Holds all that the ledger counts by, so that it need not read the rows.
        Index("ix_sentence_ledger", "sentenced_on", "court_code", "region_code", "outcome"),
    )

    id: int = Field(default=None, primary_key=True)
    reference: str = Field(unique=True)
    key: str = Field(unique=True)
    case_reference: str
    case_key: str = Field(default="", sa_column_kwargs={"server_default": ""})
    court_code: str | None = None
    court_name: str
    region_code: str | None = None
    police_area: str | None = None
    offender_name: bytes
    offender_address: bytes
    date_of_birth: date | None = None
    sentenced_on: date
    hearing_id: str | None = None
    hearing_day: date | None = None
    shared_at: datetime | None = moment(default=None)
    outcome: str
    route: str | None = None
    facts_hash: str
    gone: bool = False
    told_in_id: int | None = Field(default=None, foreign_key="sentence.id")
    left_as: str | None = None
    name_listed: bool = Field(default=False, sa_column_kwargs={"server_default": false()})

    @property
    def sentence_id(self) -> int:
        """Return its own id, as what is about a sentence returns the sentence's."""
        return self.id


class SentenceKey(Record, table=True):
    """A further key under which a sentence was told: another id, or another feed."""

    __tablename__ = "sentence_key"

    key: str = Field(primary_key=True)
    sentence_id: int = Field(foreign_key="sentence.id", index=True)


class SentenceMark(Record, table=True):
    """The digest of an id that stays with an offender or an offence when other ids change.

    ``kind`` is the number of a person that it was made from, or ``ASN``; None for another id, for a
    number whose check letter is wrong, and for what was kept before the kind was.
    """

    __tablename__ = "sentence_mark"

    sentence_id: int = Field(foreign_key="sentence.id", primary_key=True)
    mark: str = Field(primary_key=True, index=True)
    kind: str | None = None


class CustodyNumber(Record, table=True):
    """The digest of a number that a person tied to a sentence when they said whose event it is."""

    __tablename__ = "custody_number"

    sentence_id: int = Field(foreign_key="sentence.id", primary_key=True)
    mark: str = Field(primary_key=True, index=True)
    kind: str
    said_at: datetime = moment()
    said_by: int = Field(foreign_key="account.id")


class MergedNumber(Record, table=True):
    """Two numbers that turned out to be one person's, as another system merged them."""

    __tablename__ = "merged_number"
    __table_args__ = (
        one_of("kind", Number),
        UniqueConstraint("old_mark", "new_mark"),
        Index("ix_merged_number_new_mark", "new_mark"),
    )

    id: int = Field(default=None, primary_key=True)
    kind: str
    old_mark: str
    new_mark: str
    recorded_at: datetime = moment()
    recorded_by: str


class DecisionRecord(Record, table=True):
    """One decision with its facts, never edited; a sentence's newest row is the one that stands."""

    __tablename__ = "decision"
    __table_args__ = (
        one_of("outcome", Outcome),
        one_of("route", Route),
        # Few are urgent, and every worklist begins with them.
        Index(
            "ix_decision_urgent",
            "sentence_id",
            sqlite_where=text("urgent"),
            postgresql_where=text("urgent"),
        ),
    )

    id: int = Field(default=None, primary_key=True)
    sentence_id: int = Field(foreign_key="sentence.id", index=True)
    made_at: datetime = moment()
    rule_set: str
    outcome: str
    route: str | None = None
    facts: str
    decision: str
    urgent: bool = Field(default=False, sa_column_kwargs={"server_default": false()})
    message_id: int | None = Field(default=None, foreign_key="court_message.id")
    supersedes_id: int | None = Field(default=None, foreign_key="decision.id")


class ResultMeaning(Record, table=True):
    """What a person said a result code means that no table holds. Only added to; the newest counts.

    ``kind`` is the name of a ``SentenceKind``.
    """

    __tablename__ = "result_meaning"

    id: int = Field(default=None, primary_key=True)
    code: str = Field(index=True)
    kind: str
    reason: str
    answered_at: datetime = moment()
    answered_by: int = Field(foreign_key="account.id")


class AwaitedCode(Record, table=True):
    """A result code that a sentence waits for: nothing else in it is open."""

    __tablename__ = "awaited_code"

    sentence_id: int = Field(foreign_key="sentence.id", primary_key=True)
    code: str = Field(primary_key=True, index=True)


class AnsweredCondition(Record, table=True):
    """What an answered task was about: an offence's code in one form, and a condition of the law.

    ``condition`` is an id of the decision's reasons.
    """

    __tablename__ = "answered_condition"
    __table_args__ = (Index("ix_answered_condition_asked", "offence_code", "condition"),)

    task_id: int = Field(foreign_key="task.id", primary_key=True)
    offence_code: str = Field(primary_key=True)
    condition: str = Field(primary_key=True)


class CourtAnswer(Record, table=True):
    """In which region a person said that a court sits which no table places. Only added to.

    ``court`` is the part of an OU code that names the court, in one form.
    """

    __tablename__ = "court_answer"

    id: int = Field(default=None, primary_key=True)
    court: str = Field(index=True)
    region_code: str
    answered_at: datetime = moment()
    answered_by: int | None = Field(default=None, foreign_key="account.id")


class CaseAddress(Record, table=True):
    """An address or a number that a message ties to a case beside its sentences. Only added to.

    ``sealed`` holds whose it is, by name, and its lines. ``case_key`` is that of the sentences.
    Addresses of a sentence are kept with its report; every number is kept here.
    """

    __tablename__ = "case_address"
    __table_args__ = (one_of("found_by", FoundBy),)

    id: int = Field(default=None, primary_key=True)
    case_key: str = Field(index=True)
    message_id: int = Field(foreign_key="court_message.id", index=True)
    sealed: bytes
    told_at: datetime = moment()
    found_by: str = Field(
        default=FoundBy.ADDRESS, sa_column_kwargs={"server_default": FoundBy.ADDRESS.value}
    )


class SentenceReport(Record, table=True):
    """One message's word on one sentencing occasion. ``told`` is sealed: what its row would say.

    The message orders it; ``decision_id`` is the decision made on these very facts. ``told`` is
    None for what was told before this table stood.
    """

    __tablename__ = "telling"
    __table_args__ = (
        one_of("outcome", Outcome),
        one_of("route", Route),
        UniqueConstraint("sentence_id", "message_id"),
    )

    id: int = Field(default=None, primary_key=True)
    sentence_id: int = Field(foreign_key="sentence.id")
    message_id: int = Field(foreign_key="court_message.id", index=True)
    decision_id: int = Field(foreign_key="decision.id")
    facts_hash: str
    decision_hash: str
    outcome: str
    route: str | None = None
    region_code: str | None = None
    police_area: str | None = None
    told: bytes | None = None
