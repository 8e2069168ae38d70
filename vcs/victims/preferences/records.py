"""What somebody said about one way of reaching them: rows that are ended and never edited."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from sqlmodel import Field

from vcs.tables import Record, moment, one_of

LONGEST_WORDS = 500

"""How many characters each part of an answer in words may have."""


class Way(StrEnum):
    """A way of reaching somebody. ``ANYTHING`` is for an answer about all contact, ever."""

    PHONE = "phone"
    TEXT = "text message"
    EMAIL = "email"
    POST = "post"
    IN_PERSON = "in person"
    VIA = "through somebody"
    ANYTHING = "anything"


class Rule(StrEnum):
    """What was said about a way."""

    ALLOWED = "allowed"
    NEVER = "never"
    ONLY = "only"


class HowKnown(StrEnum):
    """Who said so."""

    THEM = "they said so"
    WITNESS_CARE = "witness care said so"
    POLICE = "the police said so"
    COURT = "the court said so"
    SUPPORT = "somebody who supports them said so"
    RECORDS = "the records show it"


class PreferenceRecord(Record, table=True):
    """One answer about one way. It counts until ``ended_at``.

    ``sealed`` holds the words: times, what not to say, whom to go through, their own words.
    ``person_id`` is the record that it was told of, which may have been joined to another since;
    ``victim_id`` the part through which it was told. ``ended_sealed`` says why a *never contact
    me* ended.
    """

    __tablename__ = "preference"
    __table_args__ = (
        one_of("way", Way),
        one_of("rule", Rule),
        one_of("how_known", HowKnown),
    )

    id: int = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    victim_id: int = Field(foreign_key="victim.id", index=True)
    way: str
    rule: str
    since_on: date
    how_known: str
    withheld_number: bool = False
    sealed: bytes
    recorded_at: datetime = moment()
    recorded_by: int = Field(foreign_key="account.id")
    ended_at: datetime | None = moment(default=None)
    ended_by: int | None = Field(default=None, foreign_key="account.id")
    ended_sealed: bytes | None = None
