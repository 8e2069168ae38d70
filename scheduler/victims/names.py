"""Names that search must know, and what staff typed, kept for its hour."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from sqlmodel import Session

from scheduler.jobs import Done, Sweep
from vcs.access import kept_forms
from vcs.sealing import Sealer
from vcs.search import keep

_List = Callable[[Session, Sealer, int], int]

NAMES_AT_A_TIME = 500


def remove_kept_forms(sweep: Sweep) -> Done:
    """Remove forms that nobody came back for within their hour."""
    with sweep.db.writing() as session:
        removed = kept_forms.remove_old(session, sweep.now())
    return Done(removed, removed)


def list_names(sweep: Sweep) -> Done:
    """List the names that search does not know yet, and those digested under an older key."""
    done = sum(
        sweep.rounds(partial(_list_some, sweep, list_some), NAMES_AT_A_TIME)
        for list_some in (keep.list_names, keep.digest_words_again)
    )
    return Done(done, done)


def _list_some(sweep: Sweep, list_some: _List, session: Session) -> int:
    return list_some(session, sweep.sealer, NAMES_AT_A_TIME)
