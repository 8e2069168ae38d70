"""Lists of other systems that were matched with ours, how each line ended, and who said so."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import Index, UniqueConstraint, false
from sqlmodel import Field

from vcs.intake.person_numbers import Number
from vcs.lists.answered.answering import LineAnswer
from vcs.lists.endings import Ends
from vcs.lists.reading.columns import ListKind
from vcs.lists.reading.days import Order
from vcs.tables import Record, moment, one_of


class ListMapping(Record, table=True):
    """Which column of a source's lists holds what, and how it writes days: asked once and kept.

    ``source`` is who draws such lists; ``columns`` is JSON, what a cell tells to its column.
    """

    __tablename__ = "list_mapping"
    __table_args__ = (
        one_of("kind", ListKind),
        one_of("day_order", Order),
        UniqueConstraint("kind", "source"),
    )

    id: int = Field(default=None, primary_key=True)
    kind: str
    source: str
    columns: str
    day_order: str | None = None
    kept_at: datetime = moment()
    kept_by: str


class ListUpload(Record, table=True):
    """A file that waits for somebody to say that its columns are read rightly. Kept for a day."""

    __tablename__ = "list_upload"
    __table_args__ = (one_of("kind", ListKind),)

    id: int = Field(default=None, primary_key=True)
    reference: str = Field(unique=True)
    kind: str
    source: str
    drawn_on: date | None = None
    drawn_by: str = ""
    sealed: bytes
    uploaded_at: datetime = moment(index=True)
    uploaded_by: int = Field(foreign_key="account.id")


class ListRun(Record, table=True):
    """One list matched with ours, whole or not at all.

    ``since`` and ``until`` are the days of sentence that it could hold, ``period_said`` whether
    whoever sent it said so, ``courts`` those in it as JSON, None for every court. ``in_both`` and
    ``in_either`` count eligible sentences, each once. ``by_region`` has both for each region as
    JSON, "" being those that no region has yet; None for lists from before migration 0103.
    ``proof`` is the newest proof of our ledger by then.
    """

    __tablename__ = "list_run"
    __table_args__ = (one_of("kind", ListKind), Index("ix_list_run_kind", "kind", "id"))

    id: int = Field(default=None, primary_key=True)
    reference: str = Field(unique=True)
    kind: str
    source: str
    file_hash: str = Field(index=True)
    drawn_on: date
    drawn_by: str = ""
    since: date
    until: date
    period_said: bool = Field(default=False, sa_column_kwargs={"server_default": false()})
    courts: str | None = None
    lines: int
    in_both: int
    in_either: int
    by_region: str | None = None
    rule_set: str
    proof_id: int | None = Field(default=None, foreign_key="ledger_proof.id")
    run_at: datetime = moment()
    run_by: str
    account_id: int | None = Field(default=None, foreign_key="account.id")


class ListLine(Record, table=True):
    """How one line of a list ended; ``row`` is None for a sentence of ours that the list lacks.

    ``digest`` is a keyed digest of what identifies the line, the same in every later list. What
    the line says is sealed, and kept only where a person may have to look at it.
    ``eligible`` marks a sentence to whose victim the law owes contact, on either side.
    """

    __tablename__ = "list_line"
    __table_args__ = (
        one_of("ends_as", Ends),
        Index("ix_list_line_run", "run_id", "ends_as", "reason"),
    )

    id: int = Field(default=None, primary_key=True)
    run_id: int = Field(foreign_key="list_run.id")
    row: int | None = None
    digest: str = Field(index=True)
    ends_as: str
    reason: str
    rule: str
    weight: float | None = None
    outcome: str | None = None
    eligible: bool = Field(default=False, sa_column_kwargs={"server_default": false()})
    released_that_day: bool = Field(default=False, sa_column_kwargs={"server_default": false()})
    region_code: str | None = None
    sentence_id: int | None = Field(default=None, foreign_key="sentence.id", index=True)
    task_id: int | None = Field(default=None, foreign_key="task.id", index=True)
    sealed: bytes | None = None


class ListAnswer(Record, table=True):
    """What a person said of a line. Only added to: the newest that is confirmed counts.

    It is found again by what its line says, whatever list the line comes in. ``needs_second`` waits
    for another person: contact may be owed for the line, or one reason was given for many.
    ``receipt`` is of the message by which the line is to be entered by hand.
    """

    __tablename__ = "list_answer"
    __table_args__ = (one_of("answer", LineAnswer),)

    id: int = Field(default=None, primary_key=True)
    line_id: int = Field(foreign_key="list_line.id", index=True)
    answer: str
    reason: str | None = None
    sentence_id: int | None = Field(default=None, foreign_key="sentence.id")
    receipt: str | None = None
    sealed: bytes
    needs_second: bool = Field(default=False, sa_column_kwargs={"server_default": false()})
    answered_at: datetime = moment()
    answered_by: int = Field(foreign_key="account.id")
    confirmed_at: datetime | None = moment(default=None)
    confirmed_by: int | None = Field(default=None, foreign_key="account.id")


class ListAnswerTakenBack(Record, table=True):
    """An answer that counts no more: somebody saw that it was wrong, and it is asked again."""

    __tablename__ = "list_answer_taken_back"

    answer_id: int = Field(foreign_key="list_answer.id", primary_key=True)
    taken_back_at: datetime = moment()
    taken_back_by: int = Field(foreign_key="account.id")


class ListReasonCheck(Record, table=True):
    """A second person looked at the lines of a list that were explained with one reason."""

    __tablename__ = "list_reason_check"

    run_id: int = Field(foreign_key="list_run.id", primary_key=True)
    reason: str = Field(primary_key=True)
    checked_at: datetime = moment()
    checked_by: int = Field(foreign_key="account.id")


class SentenceNumber(Record, table=True):
    """The digest of a number of an offender that a list told: later lists are matched by it."""

    __tablename__ = "sentence_number"
    __table_args__ = (one_of("kind", Number),)

    sentence_id: int = Field(foreign_key="sentence.id", primary_key=True)
    mark: str = Field(primary_key=True, index=True)
    kind: str
    run_id: int = Field(foreign_key="list_run.id", index=True)
