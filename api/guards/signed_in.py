"""Who is signed in, read anew at each request, with the numbers that all their pages show."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from api.state import AppState
from vcs.access.actors import Actor
from vcs.access.rules import Act, may
from vcs.access.signing_in import sign_in
from vcs.alerts.effect.opened import arrived_at, note_opened
from vcs.ledger.figures.headline import unaccounted_count
from vcs.lists.reads import Checked, coverage_for


@dataclass(frozen=True, slots=True)
class SignedIn:
    """Who is signed in, what every page of theirs shows, and what they are the first to open."""

    officer: Actor
    mail_fails_since: datetime | None
    arrived_at: Sequence[str] = ()
    unaccounted: int | None = None
    checked: tuple[Checked, ...] = ()


def signed_in(app: AppState, sign_in_id: str, path: str) -> SignedIn | None:
    """Return whose sign-in it is, on a page that is opened; None where it is nobody's any more.

    ``path`` is empty where no page is opened. Raises Busy.
    """
    with app.db.reading() as session:
        officer = sign_in.signed_in(session, sign_in_id, app.now())
        if officer is None:
            return None
        arrived = arrived_at(session, officer.account_id, path)
        who = SignedIn(officer, app.mail_stands_still_since(session), arrived)
        if not may(officer, Act.SEE_HEADLINE):
            return who
        count = unaccounted_count(session, officer)
        return replace(who, unaccounted=count, checked=coverage_for(session, officer))


def keep_arrival(app: AppState, who: SignedIn) -> None:
    """Keep that somebody opened what an email to them was about."""
    with app.db.writing() as session:
        note_opened(session, who.officer.account_id, who.arrived_at, app.now())
