"""Who is asking, and what they may see: asked in one place, for reading and changing alike."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session

from vcs.access.actors import Actor
from vcs.clock import london_date
from vcs.sealing import Sealer


@dataclass(frozen=True, slots=True)
class Work:
    """One act of one person or program: the transaction, the keys, who does it, and when."""

    session: Session
    sealer: Sealer
    actor: Actor
    now: datetime

    @property
    def today(self) -> date:
        """Return today's date in London."""
        return london_date(self.now)
