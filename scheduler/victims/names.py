"""Names that search must know, and what staff typed, kept for its hour."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from sqlmodel import Session

from scheduler.jobs import Done, Sweep
from vcs.access import kept_forms
from vcs.consequences.hidden import follow
from vcs.consequences.people.one_offender import ask_about_some
from vcs.sealing import Sealer, shown
from vcs.search import keep
from vcs.search.names import sentences_of_words
from vcs.sentences.records import Sentence

_List = Callable[[Session, Sealer, int], int]

NAMES_AT_A_TIME = 500


def remove_kept_forms(sweep: Sweep) -> Done:
    """Remove forms that nobody came back for within their hour."""
    with sweep.db.writing() as session:
        removed = kept_forms.remove_old(session, sweep.now())
    return Done(removed, removed)


def list_names(sweep: Sweep) -> Done:
    """List the names that search does not know yet, and those digested under an older key.

    Then names are compared for whatever hides a case and was decided since the last time, and
    offenders by their ids, once for each sentence on record.
    """
    done = sum(
        sweep.rounds(partial(_list_some, sweep, list_some), NAMES_AT_A_TIME)
        for list_some in (keep.list_names, keep.digest_words_again)
    )
    done += _compare_hidden(sweep)
    sweep.rounds(partial(_compare_ids, sweep), NAMES_AT_A_TIME)
    return Done(done, done)


def _compare_ids(sweep: Sweep, session: Session) -> int:
    return ask_about_some(session, sweep.sealer, sweep.now(), NAMES_AT_A_TIME)


def _compare_hidden(sweep: Sweep) -> int:
    """Ask whether cases on record are of an offender whose case is hidden, once all are listed."""
    with sweep.db.reading() as session:
        found = [] if keep.some_not_listed(session) else follow.not_compared(session)
    if not found:
        return 0
    with sweep.db.writing() as session:
        asked = sum(_compare(sweep, session, one) for one in follow.not_compared(session))
        follow.compared(session)
    return asked


def _compare(sweep: Sweep, session: Session, sentence_id: int) -> int:
    sealed = session.get_one(Sentence, sentence_id).offender_name
    name = shown(sweep.sealer.open_text, sealed, "")
    others = sentences_of_words(session, sweep.sealer, name)
    return follow.ask_about_known(session, sweep.sealer, sentence_id, others, sweep.now())


def _list_some(sweep: Sweep, list_some: _List, session: Session) -> int:
    return list_some(session, sweep.sealer, NAMES_AT_A_TIME)
