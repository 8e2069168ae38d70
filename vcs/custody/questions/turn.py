"""One fact in hand, in its transaction."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from vcs.access.clients import custody_actor
from vcs.access.work import Work
from vcs.custody.questions import ask, brake
from vcs.custody.records import CustodyFact, CustodyMessage, EndsAs
from vcs.sealing import Sealer


@dataclass(frozen=True, slots=True)
class Turn:
    """One fact in hand. ``asked`` is the question that it waited for, if any.

    ``surge`` says how many sets today's facts would open, and how many are usual, where that is a
    burst.
    """

    work: Work
    fact: CustodyFact
    asked: int | None = None
    surge: brake.Surge | None = None

    @property
    def session(self) -> Session:
        """Return the transaction."""
        return self.work.session

    def end(self, ends_as: EndsAs, because: str) -> None:
        """End the fact, and the question about whose it is once no other fact waits for it."""
        self.fact.settled_at = self.work.now
        self.fact.ends_as, self.fact.because = ends_as, because[:500]
        self.session.add(self.fact)
        self.session.flush()
        ask.close_matched(self.session, self.asked, self.work.now)


def turn_of(session: Session, sealer: Sealer, fact_id: int, now: datetime) -> Turn:
    """Take a fact in hand, in the name of whoever sent it."""
    fact = session.get_one(CustodyFact, fact_id)
    message = session.get_one(CustodyMessage, fact.message_id)
    actor = custody_actor(session, message.client_id)
    return Turn(Work(session, sealer, actor, now), fact, fact.task_id)
