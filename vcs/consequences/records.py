"""How far the past has been decided again by the law of today."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlmodel import Field

from vcs.tables import Record, moment, one_of


class Stage(StrEnum):
    """What is decided again: messages that are kept, then sentences whose messages are not."""

    MESSAGES = "messages"
    FACTS = "facts"
    DONE = "done"


class Reassessment(Record, table=True):
    """One walk over what is stored, for one version of the law. ``last_id`` is the last one seen.

    ``looked_at`` and ``changed`` count messages, and sentences where no message is kept.
    """

    __tablename__ = "reassessment"
    __table_args__ = (one_of("stage", Stage),)

    id: int = Field(default=None, primary_key=True)
    law: str = Field(unique=True)
    stage: str = Stage.MESSAGES
    last_id: int = 0
    looked_at: int = 0
    changed: int = 0
    started_at: datetime = moment()
    finished_at: datetime | None = moment(default=None)
