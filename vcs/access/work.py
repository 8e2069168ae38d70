"""One transaction, and what always travels with it: the keys, who acts, and the moment."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session

from vcs.access import trail
from vcs.access.actors import Actor
from vcs.access.rules import Act, require, require_may
from vcs.clock import london_date
from vcs.sealing import Sealer
from vcs.terms import Role


@dataclass(frozen=True, slots=True)
class Work:
    """What every verb is given. The door opens the transaction; verbs never commit.

    ``now`` is aware, in UTC; ``today`` is its day in London.
    """

    session: Session
    sealer: Sealer
    actor: Actor
    now: datetime

    @property
    def today(self) -> date:
        """Return the London day of the work."""
        return london_date(self.now)

    def require(self, *roles: Role) -> None:
        """Raise NotAllowed unless the actor has one of these roles."""
        require(self.actor, *roles)

    def require_may(self, act: Act) -> None:
        """Raise NotAllowed unless the actor's role may do something."""
        require_may(self.actor, act)

    def note(self, event: str, subject: str, detail: str = "") -> None:
        """Add to the audit trail, in the actor's name."""
        trail.note(self.session, trail.Note(self.now, self.actor.who, event, subject, detail))
