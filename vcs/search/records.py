"""The words of offenders' names, by which a sentence is found however the name is spelt.

Each distinct word has one row. Its keys are kept as keyed digests, which say nothing of the word.
"""

from __future__ import annotations

from sqlalchemy import Index
from sqlmodel import Field

from vcs.tables import Record


class NameWord(Record, table=True):
    """A word of one or more names. ``digested_as`` names the key its digests were made under."""

    __tablename__ = "name_word"

    id: int = Field(default=None, primary_key=True)
    digest: str = Field(unique=True)
    sealed: bytes
    digested_as: str = Field(index=True)


class NameWordKey(Record, table=True):
    """The digest of something that two spellings of a word have in common."""

    __tablename__ = "name_word_key"

    digest: str = Field(primary_key=True)
    word_id: int = Field(foreign_key="name_word.id", primary_key=True, index=True)


class SentenceName(Record, table=True):
    """That a word is part of the name of a sentence's offender."""

    __tablename__ = "sentence_name"
    __table_args__ = (Index("ix_sentence_name_word", "word_id", "sentence_id"),)

    sentence_id: int = Field(foreign_key="sentence.id", primary_key=True)
    word_id: int = Field(foreign_key="name_word.id", primary_key=True)
