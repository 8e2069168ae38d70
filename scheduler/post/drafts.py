"""Letters that time brings, drafted with nobody asking."""

from __future__ import annotations

from scheduler.jobs import Done, Sweep
from vcs.consequences.drafts import others
from vcs.consequences.drafts.draft import end_taken_back
from vcs.consequences.drafts.sweep import AT_A_TIME, look_at, to_look_at

TIMES_AT_A_TICK = 20


def draft_letters(sweep: Sweep) -> Done:
    """Look at everybody once a day, some at each tick, and draft what is due to them."""
    drafted = 0
    for _ in range(TIMES_AT_A_TICK):
        with sweep.db.reading() as session:
            found = to_look_at(session, sweep.today)
        if not found:
            break
        with sweep.db.writing() as session:
            drafted += look_at(session, sweep.sealer, found, sweep.now())
            drafted += end_taken_back(session, sweep.now())
        if len(found) < AT_A_TIME or sweep.stopping.is_set():
            break
    return Done(drafted, drafted)


def draft_to_others(sweep: Sweep) -> Done:
    """Draft what is due to partners: each kind in rounds, some cases at each tick."""
    drafted = 0
    for row in others.TO_OTHERS:
        for _ in range(TIMES_AT_A_TICK):
            with sweep.db.reading() as session:
                if others.is_over(session, row, sweep.now()):
                    break
            with sweep.db.writing() as session:
                drafted += others.draft_next(session, sweep.sealer, row, sweep.now()) or 0
            if sweep.stopping.is_set():
                break
    return Done(drafted, drafted)


def withdraw_to_others(sweep: Sweep) -> Done:
    """Look again at letters to partners that wait: withdraw those that must not go any more."""
    with sweep.db.reading() as session:
        found = others.to_look_at_again(session, sweep.now())
    looked = sweep.each(
        found,
        lambda session, letter: others.look_again_at(session, sweep.sealer, letter, sweep.now()),
    )
    return looked.acts
