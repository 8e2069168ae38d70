"""Letters that time brings, drafted with nobody asking."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from sqlmodel import Session

from scheduler.jobs import Done, Sweep
from vcs import logs
from vcs.consequences.drafts import others
from vcs.consequences.drafts.draft import end_taken_back
from vcs.consequences.drafts.sweep import AT_A_TIME, keep_looked_at, look_at, to_look_at
from vcs.errors import Busy
from vcs.post.catalogue import LetterPolicy
from vcs.post.others.triggers import Case

_LOG = logs.logger("vcs.scheduler")

TIMES_AT_A_TICK = 20


def draft_letters(sweep: Sweep) -> Done:
    """Look at everybody once a day, some at each tick, and draft what is due to them."""
    drafted = failed = 0
    for _ in range(TIMES_AT_A_TICK):
        with sweep.db.reading() as session:
            found = to_look_at(session, sweep.today)
        if not found:
            break
        for victim_id in found:
            made = _alone(sweep, partial(_look_at, sweep, victim_id))
            drafted, failed = drafted + (made or 0), failed + (made is None)
            if made is None:
                # It is tried again tomorrow: whoever comes behind has their turn today.
                with sweep.db.writing() as session:
                    keep_looked_at(session, victim_id, sweep.today)
        with sweep.db.writing() as session:
            drafted += end_taken_back(session, sweep.now())
        if len(found) < AT_A_TIME or sweep.stopping.is_set():
            break
    return Done(drafted + failed, drafted, failed)


def _look_at(sweep: Sweep, victim_id: int, session: Session) -> int:
    return look_at(session, sweep.sealer, victim_id, sweep.now())


def draft_to_others(sweep: Sweep) -> Done:
    """Draft what is due to partners: each kind in rounds, some cases at each tick."""
    drafted = failed = 0
    for row in others.TO_OTHERS:
        for _ in range(TIMES_AT_A_TICK):
            with sweep.db.writing() as session:
                found = others.next_cases(session, row, sweep.now())
            for case in found:
                made = _alone(sweep, partial(_draft_case, sweep, row, case))
                drafted, failed = drafted + (made or 0), failed + (made is None)
            if len(found) < others.AT_A_TIME or sweep.stopping.is_set():
                break
    return Done(drafted + failed, drafted, failed)


def _draft_case(sweep: Sweep, row: LetterPolicy, case: Case, session: Session) -> int:
    return others.draft_case(session, sweep.sealer, row, case, sweep.now())


def _alone(sweep: Sweep, act: Callable[[Session], int]) -> int | None:
    """Act in a transaction of its own; None where it failed, which keeps no other from its turn."""
    try:
        with sweep.db.writing() as session:
            return act(session)
    except Busy:
        raise
    except Exception as fault:
        # A fault of the program in one letter must not keep those behind it.
        _LOG.error("letters.not_drafted", **logs.fault(fault))
        return None


def withdraw_to_others(sweep: Sweep) -> Done:
    """Look again at letters to partners that wait: withdraw those that must not go any more."""
    with sweep.db.reading() as session:
        found = others.to_look_at_again(session, sweep.now())
    looked = sweep.each(
        found,
        lambda session, letter: others.look_again_at(session, sweep.sealer, letter, sweep.now()),
    )
    return looked.acts
