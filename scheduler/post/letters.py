"""Letters that are out: those that GOV.UK Notify prints, and those that should not have gone."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Sequence
from datetime import datetime

from sqlmodel import Session

from letters.despatch.notify import Notify, NotifyHasIt, NotifyPutOff, NotifyRefused
from scheduler.jobs import FINDS_AT_A_TIME, Done, Sweep
from vcs import logs
from vcs.access.work import Work
from vcs.errors import Busy, VcsError
from vcs.post.notify import deliver
from vcs.post.notify.deliver import NOTIFY, Claim, Told
from vcs.post.stale.left import ask_if_unsafe, left_to_check
from vcs.post.stale.left_to_others import ask_if_handed_over, handed_over_to_check
from vcs.post.stale.printed import ask_if_printed, printed_to_check
from vcs.post.stale.unsent import ask_if_unsent, unsent_to_check

_LOG = logs.logger("vcs.scheduler")

_Find = Callable[[Session, datetime, int], Sequence[int]]

_Act = Callable[[Sweep, Notify, int], bool]


def send_letters(sweep: Sweep) -> Done:
    """Send the letters that were given to Notify; a fault that may pass ends the sweep."""
    return _each(sweep, deliver.due, _send, "letters.put_off")


def ask_about_left(sweep: Sweep) -> Done:
    """Ask about letters that left, or may be printed, and must be stopped, or that never leave."""
    with sweep.db.reading() as session:
        left = left_to_check(session, sweep.today, FINDS_AT_A_TIME)
        printed = printed_to_check(session, sweep.now(), FINDS_AT_A_TIME)
        handed = handed_over_to_check(session, sweep.now(), FINDS_AT_A_TIME)
        unsent = unsent_to_check(session, sweep.today, FINDS_AT_A_TIME)
    found = [
        *((ask_if_unsafe, one) for one in left),
        *((ask_if_printed, one) for one in printed),
        *((ask_if_handed_over, one) for one in handed),
        *((ask_if_unsent, one) for one in unsent),
    ]
    looked = sweep.each(
        found, lambda session, one: one[0](session, sweep.sealer, one[1], sweep.now())
    )
    return looked.acts


def ask_about_letters(sweep: Sweep) -> Done:
    """Ask Notify how far letters are of which it has told nothing for an hour."""
    return _each(sweep, deliver.to_look_at, _ask, "letters.not_said")


def _each(sweep: Sweep, find: _Find, act: _Act, fault_name: str) -> Done:
    """Act on each letter that is found, where there is a key; a fault that may pass ends it.

    One that cannot be settled has failed, and keeps no other from its turn.
    """
    if not sweep.settings.notify_api_key:
        return Done()
    with sweep.db.reading() as session:
        found = find(session, sweep.now(), FINDS_AT_A_TIME)
    notify, done, failed = Notify(sweep.settings) if found else None, 0, 0
    for letter_id in found:
        if sweep.stopping.is_set() or notify is None:
            break
        try:
            done += act(sweep, notify, letter_id)
        except (NotifyPutOff, Busy) as fault:
            _LOG.warning(fault_name, **logs.fault(fault))
            return Done(len(found), done, failed + 1)
        except VcsError as fault:
            failed += 1
            _LOG.error(fault_name, **logs.fault(fault))
    return Done(len(found), done, failed)


def _send(sweep: Sweep, notify: Notify, letter_id: int) -> bool:
    """Send one letter: claim it, look for it where Notify may have it, send it, settle it."""
    claimant = secrets.token_hex(8)
    with sweep.db.writing() as session:
        held = deliver.claim(_work(sweep, session), letter_id, claimant, notify.lease)
    if held is None:
        return False
    try:
        told = _find(notify, held) if held.look_first else None
        if told is None and not held.pdf:
            return _settle(sweep, held, None)
        if told is None and not _still(sweep, held):
            return False
        told = told or Told(_give_to(notify, held), "accepted")
    except NotifyHasIt:
        told = _adopted(sweep, notify, held)
    except NotifyRefused as fault:
        with sweep.db.writing() as session:
            deliver.refused(_work(sweep, session), held, str(fault))
        return False
    except NotifyPutOff as fault:
        _put_off(sweep, held, fault)
        raise
    return _settle(sweep, held, told)


def _find(notify: Notify, held: Claim) -> Told | None:
    return notify.find(held.reference, is_email=held.is_email)


def _give_to(notify: Notify, held: Claim) -> str:
    if held.is_email:
        return notify.send_email(held.reference, held.email, held.pdf.decode())
    return notify.send(held.reference, held.pdf)


def _adopted(sweep: Sweep, notify: Notify, held: Claim) -> Told:
    """Return what Notify has of a letter of which it says that it has it."""
    try:
        told = _find(notify, held)
    except NotifyPutOff as fault:
        _put_off(sweep, held, fault)
        raise
    if told is None:
        unfound = NotifyPutOff("GOV.UK Notify says that it has it, and does not find it.")
        _put_off(sweep, held, unfound)
        raise unfound
    return told


def _settle(sweep: Sweep, held: Claim, told: Told | None) -> bool:
    with sweep.db.writing() as session:
        work = _work(sweep, session)
        if told is None:
            deliver.not_there(work, held)
            return False
        deliver.accepted(work, held, told.notify_id)
        deliver.tell(work, held.reference, told)
    return True


def _ask(sweep: Sweep, notify: Notify, letter_id: int) -> bool:
    with sweep.db.writing() as session:
        deliver.check_on_its_way(_work(sweep, session), letter_id)
    with sweep.db.reading() as session:
        reference, notify_id = deliver.names_of(session, letter_id)
    told = notify.status(notify_id)
    with sweep.db.writing() as session:
        deliver.tell(_work(sweep, session), reference, told)
    return True


def _still(sweep: Sweep, held: Claim) -> bool:
    with sweep.db.reading() as session:
        return deliver.still_held(session, held, sweep.now())


def _put_off(sweep: Sweep, held: Claim, fault: NotifyPutOff) -> None:
    with sweep.db.writing() as session:
        deliver.put_off(_work(sweep, session), held, str(fault))


def _work(sweep: Sweep, session: Session) -> Work:
    return Work(session, sweep.sealer, NOTIFY, sweep.now())
