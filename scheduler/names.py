"""Names that search must know, and what staff typed, kept for its hour."""

from __future__ import annotations

from scheduler.jobs import Done, Sweep
from vcs.access import kept_forms
from vcs.search import keep

NAMES_AT_A_TIME, TIMES_AT_A_TICK = 500, 20


def remove_kept_forms(sweep: Sweep) -> Done:
    """Remove forms that nobody came back for within their hour."""
    with sweep.db.writing() as session:
        removed = kept_forms.remove_old(session, sweep.now())
    return Done(removed, removed)


def list_names(sweep: Sweep) -> Done:
    """List the names that search does not know yet, and those digested under an older key."""
    done = 0
    for list_some in (keep.list_names, keep.digest_words_again):
        for _ in range(TIMES_AT_A_TICK):
            with sweep.db.writing() as session:
                made = list_some(session, sweep.sealer, NAMES_AT_A_TIME)
            done += made
            if made < NAMES_AT_A_TIME or sweep.stopping.is_set():
                break
    return Done(done, done)
