"""A second person looks at the lines of a list that one reason explained."""

from __future__ import annotations

from sqlmodel import select

from vcs.access.one_person import SAME_NAME, are_perhaps_one_person
from vcs.access.rules import Act
from vcs.access.work import Work
from vcs.database import insert_once
from vcs.errors import NotFound, NotValid
from vcs.lists.records import ListReasonCheck, ListRun
from vcs.tables import table_of


def confirm_reason(work: Work, run_reference: str, reason: str) -> None:
    """Record that a second person looked at what was explained with a reason.

    Raises NotValid for whoever had the list matched themselves.
    """
    work.require_may(Act.RECONCILE)
    run = work.session.exec(select(ListRun).where(ListRun.reference == run_reference)).first()
    if run is None:
        raise NotFound("There is no such list.")
    if run.account_id == work.actor.account_id:
        raise NotValid("Another person than whoever sent the list must look at it.")
    if run.account_id and are_perhaps_one_person(
        work.session, run.account_id, work.actor.account_id
    ):
        raise NotValid(SAME_NAME)
    row = {
        "run_id": run.id,
        "reason": reason,
        "checked_at": work.now,
        "checked_by": work.actor.account_id,
    }
    table = table_of(ListReasonCheck)
    work.session.execute(insert_once(work.session, table, "run_id", "reason").values(row))
    work.note("list.reason_checked", run_reference, reason)
