"""Match a list and keep how it ended: what the command and the page both call."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from vcs.access.actors import Actor
from vcs.access.rules import Act, require_may
from vcs.access.work import Work
from vcs.clock import london_date
from vcs.database import Database
from vcs.lists.prepare import Asked, Say, quiet
from vcs.lists.reconcile import Reconciled, reconcile
from vcs.lists.records import ListRun
from vcs.lists.runs.keep import keep_run
from vcs.sealing import Sealer


@dataclass(frozen=True, slots=True)
class Sender:
    """Who has a list matched, with the keys, and when."""

    sealer: Sealer
    actor: Actor
    now: datetime


def run_list(
    db: Database, sender: Sender, asked: Asked, say: Say = quiet
) -> tuple[Reconciled, ListRun]:
    """Match a list, then keep all of it in one transaction: nobody waits while it is compared.

    A sentence that comes meanwhile is found by the scheduler, as one that comes later is.
    """
    require_may(sender.actor, Act.RECONCILE)
    with db.reading() as session:
        found = reconcile(session, sender.sealer, asked, london_date(sender.now), say)
    say("keep", found.lines)
    with db.writing() as session:
        run = keep_run(Work(session, sender.sealer, sender.actor, sender.now), found)
    return found, run
