"""People, their part in each referral, former details, contacts, choices, letters posted."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import Index, UniqueConstraint, false
from sqlmodel import Field, Relationship

from vcs.tables import Record, moment, one_of
from vcs.terms import Choice, Language, VictimRelation

LONGEST_WORDS = 2000
"""How many characters may be written down about one contact."""


class PostedLetter(Record, table=True):
    """That an approved letter was posted: the day, and who recorded it.

    ``recorded_as`` is as the trail has it; ``recorded_by`` None where that was no member of staff.

    ``duty`` is what the letter's catalogue row said that posting it meets; None for nothing. One
    that came back reached nobody, and meets nothing. ``victim_id`` is None for a letter that
    went to no victim.
    """

    __tablename__ = "posted_letter"

    id: int = Field(default=None, primary_key=True)
    letter_id: int = Field(foreign_key="letter.id", unique=True)
    victim_id: int | None = Field(default=None, foreign_key="victim.id", index=True)
    posted_on: date
    duty: str | None = None
    recorded_at: datetime = moment()
    recorded_by: int | None = Field(default=None, foreign_key="account.id")
    recorded_as: str | None = None
    came_back_on: date | None = None


class PersonRecord(Record, table=True):
    """Someone we may contact: one record, however many referrals they are in.

    ``sealed`` holds name, salutation, address and how to reach them, and ``format_needs_sealed``
    what they need to read a letter: a fact of health. ``safe_to_post`` None means that nobody has
    said yet, which is not a yes. ``reference`` is that of the victim as whom they were first
    entered, so that people find them by it. ``digested_as`` says how their digests were made, and
    ``joined_to_id`` with whom they turned out to be one: their parts are in that record then.
    """

    __tablename__ = "person"
    __table_args__ = (
        one_of("language", Language),
        Index("ix_person_digested_as", "digested_as"),
    )

    id: int = Field(default=None, primary_key=True)
    reference: str = Field(unique=True)
    sealed: bytes
    language: str = Language.ENGLISH
    format_needs_sealed: bytes
    safe_to_post: bool | None = None
    address_confirmed_on: date | None = None
    entered_by_account_id: int = Field(foreign_key="account.id")
    digested_as: str = ""
    joined_to_id: int | None = Field(default=None, foreign_key="person.id", index=True)


class PersonDigest(Record, table=True):
    """A keyed digest of something by which a person may be found again without being opened."""

    __tablename__ = "person_digest"
    __table_args__ = (UniqueConstraint("person_id", "digest"),)

    id: int = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id")
    digest: str = Field(index=True)


class KeptApart(Record, table=True):
    """That two people are not one, as somebody decided. ``one_id`` is the lower."""

    __tablename__ = "kept_apart"
    __table_args__ = (UniqueConstraint("one_id", "other_id"),)

    id: int = Field(default=None, primary_key=True)
    one_id: int = Field(foreign_key="person.id")
    other_id: int = Field(foreign_key="person.id", index=True)
    decided_at: datetime = moment()
    decided_by: int = Field(foreign_key="account.id")


_READ_TOGETHER = {"lazy": "joined", "innerjoin": True}


class Victim(Record, table=True):
    """A person's part in one referral: what they are to the crime, and when they were reached.

    ``about_sealed`` says whom they act for. What is theirs in every referral is in ``person``.
    """

    __tablename__ = "victim"
    __table_args__ = (one_of("standing", VictimRelation),)

    id: int = Field(default=None, primary_key=True)
    reference: str = Field(unique=True)
    referral_id: int = Field(foreign_key="referral.id", index=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    standing: str
    about_sealed: bytes
    referred_on: date
    referred_by_account_id: int = Field(foreign_key="account.id")
    contacted_on: date | None = None

    person: PersonRecord = Relationship(sa_relationship_kwargs=_READ_TOGETHER)


class PersonJoin(Record, table=True):
    """That a victim was given to another record, because two records were of one person.

    ``undone_at`` is when they were given back, because the two turned out not to be one.
    """

    __tablename__ = "person_join"

    id: int = Field(default=None, primary_key=True)
    victim_id: int = Field(foreign_key="victim.id", index=True)
    from_person_id: int = Field(foreign_key="person.id")
    to_person_id: int = Field(foreign_key="person.id")
    joined_at: datetime = moment()
    joined_by: int = Field(foreign_key="account.id")
    undone_at: datetime | None = moment(default=None)
    undone_by: int | None = Field(default=None, foreign_key="account.id")


class FormerDetails(Record, table=True):
    """What was held about a person before it was changed. ``replaced_by`` is as the trail has it.

    Nothing is overwritten silently: an old address says where a letter may have gone.
    ``victim_id`` is the part through which it was changed; ``standing`` and ``about_sealed`` are
    of that part. Rows from before migration 0011 do not hold ``standing``, ``language`` and format
    needs; those from before 0022 hold whom somebody acts for within ``sealed``.
    """

    __tablename__ = "former_details"

    id: int = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    victim_id: int = Field(foreign_key="victim.id", index=True)
    sealed: bytes
    standing: str | None = None
    about_sealed: bytes | None = None
    language: str | None = None
    format_needs_sealed: bytes | None = None
    safe_to_post: bool | None = None
    address_confirmed_on: date | None = None
    replaced_at: datetime = moment()
    replaced_by: str


class AddressFinding(StrEnum):
    """What a manager found about a victim's address that may be one of the court's."""

    ANOTHER_PLACE = "another_place"
    SAME_AND_SAFE = "same_and_safe"
    SAME_NOT_SAFE = "same_not_safe"


class AddressAnswer(Record, table=True):
    """One manager's answer about a victim's address and those of the court. Never edited.

    ``sealed`` holds the addresses that were compared, each in one form, and the reason.
    """

    __tablename__ = "address_answer"
    __table_args__ = (one_of("finding", AddressFinding),)

    id: int = Field(default=None, primary_key=True)
    victim_id: int = Field(foreign_key="victim.id", index=True)
    task_id: int = Field(foreign_key="task.id", unique=True)
    finding: str
    sealed: bytes
    answered_at: datetime = moment()
    answered_by: int = Field(foreign_key="account.id")


class ContactWay(StrEnum):
    """How a victim was reached, or how somebody tried."""

    PHONE = "by phone"
    IN_PERSON = "in person"
    VIDEO = "by video call"
    EMAIL = "by email"
    TEXT = "by text message"
    THROUGH = "through somebody"
    FROM_THEM = "by letter"


class ContactRecord(Record, table=True):
    """One contact with a victim, or one attempt that did not reach them. Never edited.

    ``sealed`` holds who was spoken to and the words that were written down. ``against_wishes`` says
    that the way was one that they had forbidden.
    """

    __tablename__ = "contact"
    __table_args__ = (one_of("how", ContactWay),)

    id: int = Field(default=None, primary_key=True)
    victim_id: int = Field(foreign_key="victim.id", index=True)
    reached: bool
    happened_on: date
    how: str
    sealed: bytes
    recorded_at: datetime = moment()
    recorded_by: int = Field(foreign_key="account.id")
    against_wishes: bool = Field(default=False, sa_column_kwargs={"server_default": false()})


class AskAgainAt(StrEnum):
    """The event at which somebody who said *not now* is asked again."""

    RELEASE = "before_release"
    PAROLE = "before_a_parole_review"
    TEMPORARY_RELEASE = "before_temporary_release"
    ANY_EVENT = "at_any_key_event"


class ChoiceRecord(Record, table=True):
    """What a victim chose on a day, and how they said so. The latest stands.

    ``sealed`` holds their words; None where none were written down. *Not now* says when they are
    asked again.
    """

    __tablename__ = "choice"
    __table_args__ = (one_of("choice", Choice), one_of("ask_again_at", AskAgainAt))

    id: int = Field(default=None, primary_key=True)
    victim_id: int = Field(foreign_key="victim.id", index=True)
    choice: str
    chosen_on: date
    how: str
    sealed: bytes | None = None
    ask_again_on: date | None = Field(default=None, index=True)
    ask_again_at: str | None = None
    recorded_at: datetime = moment()
    recorded_by: int = Field(foreign_key="account.id")
