"""A manager lifts the limits of reading for somebody else, for a day and with a reason."""

from __future__ import annotations

from sqlmodel import Session

from vcs.access.actors import Actor
from vcs.access.reading.limits import LIFTED_FOR
from vcs.access.reading.records import LiftedLimit
from vcs.access.records import Account
from vcs.access.rules import Act, require_may
from vcs.access.work import Work
from vcs.errors import NotAllowed, NotFound, NotValid
from vcs.terms import Role

LONGEST_REASON = 500


def lift_limit(work: Work, account_id: int, reason: str) -> LiftedLimit:
    """Let somebody open more people's details than anyone may, for a day from now.

    Managers are told as before, and each look is kept. Nobody lifts their own limit.
    """
    reader = find_reader(work.session, work.actor, account_id)
    work.require_may(Act.LIFT_LIMIT)
    if reader.id == work.actor.account_id:
        raise NotAllowed("Nobody can lift their own limit. Ask another manager of your region.")
    if not reason.strip() or len(reason) > LONGEST_REASON:
        raise NotValid("Say why.", {"reason": "Enter why they need to open more"})
    lifted = LiftedLimit(
        account_id=reader.id,
        lifted_at=work.now,
        until=work.now + LIFTED_FOR,
        lifted_by=work.actor.account_id,
        sealed=work.sealer.seal_text(reason.strip()),
    )
    work.session.add(lifted)
    work.note("reading.limit_lifted", f"account:{reader.id}")
    return lifted


def find_reader(session: Session, actor: Actor, account_id: int) -> Account:
    """Return somebody whose looks this person answers for; raises NotFound for anybody else."""
    require_may(actor, Act.SEE_READING)
    account = session.get(Account, account_id)
    if account is None or not (
        actor.role is Role.ADMINISTRATOR or account.region_code == actor.region_code
    ):
        raise NotFound("There is no such member of staff in your region.")
    return account
