"""A member of staff changes their own password: the present one is asked for first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, select

from vcs.access import forms, trail
from vcs.access.records import Account, SignIn
from vcs.access.signing_in.passwords import fits, hash_of, password_problem
from vcs.access.signing_in.sign_in import count_wrong_try, is_locked
from vcs.database import Database
from vcs.errors import NotValid

_WRONG = "Enter the password that you use now. After ten wrong tries the account is locked"

_LOCKED = "There were too many wrong tries. Wait 15 minutes, then try again"

_SAME = "Enter a password other than the one that you use now"


@dataclass(frozen=True, slots=True)
class PasswordChange:
    """What somebody typed, the sign-in they have, and the token of the form."""

    current: str
    new: str
    sign_in_id: str
    token: str


def change_own_password(db: Database, change: PasswordChange, now: datetime) -> None:
    """Give the account of a sign-in a new password and end its other sign-ins.

    A wrong present password counts like a wrong try to sign in. Takes the database itself: that
    count is kept also though it ends in an error, and the slow check holds up no writer. The same
    form again changes nothing. Raises NotValid naming the field.
    """
    if problem := password_problem(change.new):
        raise NotValid(problem + ".", {"new_password": problem})
    with db.reading() as session:
        if forms.is_taken(session, change.token):
            return
        account = _account(session, change)
    right = fits(change.current, account.password_hash)
    new_hash = hash_of(change.new) if right else ""
    with db.writing() as session:
        refused = _settle(session, change, account.password_hash, new_hash, now)
    if refused:
        raise NotValid(refused + ".", {"current_password": refused})
    if change.new == change.current:
        raise NotValid(_SAME + ".", {"new_password": _SAME})


def _account(session: Session, change: PasswordChange, *, hold: bool = False) -> Account:
    begun = session.get_one(SignIn, change.sign_in_id)
    query = select(Account).where(Account.id == begun.account_id)
    return session.exec(query.with_for_update() if hold else query).one()


def _settle(
    session: Session, change: PasswordChange, seen_hash: str, new_hash: str, now: datetime
) -> str:
    """Keep the new password, or count a wrong try and say why. What was seen is looked at again."""
    account = _account(session, change, hold=True)
    if forms.is_taken(session, change.token):
        return ""
    if is_locked(account, now):
        return _LOCKED
    if not new_hash or account.password_hash != seen_hash:
        count_wrong_try(session, account, now)
        return _WRONG
    if change.new == change.current:
        return ""
    forms.once(session, change.token, now)
    account.password_hash, account.failed_tries = new_hash, 0
    account.epoch += 1
    begun = session.get_one(SignIn, change.sign_in_id)
    begun.epoch = account.epoch
    session.add_all((account, begun))
    who = f"account:{account.id}"
    trail.note(session, trail.Note(now, who, "account.password_changed", who))
    return ""
