"""Somebody is away on some days, and another one covers: recorded, changed, ended early.

A referral keeps its officer. Whoever answers for it on a day is worked out from the leave, so no
deadline moves and nothing has to be given back. For a manager or head another one of the region
decides meanwhile, so that no question and no alarm waits for somebody who is away.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from sqlmodel import col, select

from vcs.access.records import Account
from vcs.access.rules import MANAGING, Act
from vcs.access.versions import require_version
from vcs.access.work import Work
from vcs.errors import NotFound, NotValid
from vcs.law.deadlines.duties import in_words
from vcs.referrals.officers.cover_needed import ask_for_cover
from vcs.referrals.officers.presence import Leave, Presence
from vcs.referrals.officers.reads import leave_in, leave_version, presence_from
from vcs.referrals.officers.records import Absence
from vcs.terms import Role

LONGEST_LEAVE = timedelta(days=366)

_WRONG = "Some details need correcting."


@dataclass(frozen=True, slots=True)
class Away:
    """Who is away on which days, both included.

    ``cover_id`` None is the region's managers; whoever is a manager themself names somebody.
    """

    account_id: int
    cover_id: int | None
    first_on: date
    last_on: date


def record_leave(work: Work, away: Away) -> Absence:
    """Record that an officer is away and who covers: their own leave, or a manager's record of it.

    Raises NotValid naming the fields to correct, among them a cover that leads back to the officer.
    """
    work.require_may(Act.RECORD_LEAVE)
    staff = _held_staff(work)
    if work.actor.role is Role.VLO and away.account_id != work.actor.account_id:
        raise NotValid(_WRONG, {"officer": "You can only record your own leave"})
    _refuse(dict(_problems(away, staff, work.today)))
    presence = presence_from(work.session, work.today)
    _refuse(dict(_conflicts(presence, away, staff)))
    return _keep(work, away)


def change_cover(work: Work, absence_id: int, cover_id: int | None, seen: str) -> Absence:
    """Let another officer cover from today, or from the first day of a leave that is to come.

    Who covered until yesterday stays on record. ``seen`` is the version of the leave that whoever
    changes it was shown.
    """
    absence = _held_absence(work, absence_id, seen)
    if absence.cover_id == cover_id:
        return absence
    first_on = max(absence.first_on, work.today)
    away = Away(absence.account_id, cover_id, first_on, leave_in(absence).last_on)
    _stop(work, absence, first_on)
    return record_leave(work, away)


def end_leave(work: Work, absence_id: int, back_on: date, seen: str) -> Absence:
    """Record that an officer is back earlier. ``back_on`` is their first day at work again."""
    absence = _held_absence(work, absence_id, seen)
    last_on = leave_in(absence).last_on
    if not work.today <= back_on <= last_on:
        day = f"The first day back must be between today and {in_words(last_on)}"
        raise NotValid(_WRONG, {"back_on": day})
    _stop(work, absence, back_on)
    work.note("leave.ended", f"account:{absence.account_id}", back_on.isoformat())
    ask_for_cover(work.session, work.today, work.now)
    return absence


def _keep(work: Work, away: Away) -> Absence:
    absence = Absence(
        account_id=away.account_id,
        cover_id=away.cover_id,
        first_on=away.first_on,
        last_on=away.last_on,
        recorded_at=work.now,
        recorded_by=work.actor.account_id,
    )
    work.session.add(absence)
    work.session.flush()
    days = f"{away.first_on.isoformat()} {away.last_on.isoformat()} account:{away.cover_id or 0}"
    work.note("leave.recorded", f"account:{away.account_id}", days)
    ask_for_cover(work.session, work.today, work.now)
    return absence


def _stop(work: Work, absence: Absence, day: date) -> None:
    absence.stopped_on = day
    work.session.add(absence)
    work.session.flush()


def _held_absence(work: Work, absence_id: int, seen: str) -> Absence:
    """Return a leave that is not over and that the actor may change, and was shown as it is."""
    work.require_may(Act.RECORD_LEAVE)
    staff = _held_staff(work)
    absence = work.session.get(Absence, absence_id, with_for_update=True, populate_existing=True)
    is_own = absence is not None and absence.account_id == work.actor.account_id
    may_change = is_own if work.actor.role is Role.VLO else True
    if absence is None or absence.account_id not in staff or not may_change:
        raise NotFound("There is no such leave, or it is over.")
    if leave_in(absence).last_on < max(work.today, absence.first_on):
        raise NotFound("There is no such leave, or it is over.")
    require_version(seen, leave_version(leave_in(absence)))
    return absence


def _held_staff(work: Work) -> dict[int, Account]:
    """Hold who may be away in the region, so that two leaves recorded at once make no circle."""
    query = select(Account).where(
        col(Account.role).in_((Role.VLO, *MANAGING)),
        col(Account.active),
        Account.region_code == work.actor.region_code,
    )
    held = work.session.exec(query.order_by(col(Account.id)).with_for_update())
    return {one.id: one for one in held}


def _problems(away: Away, staff: dict[int, Account], today: date) -> Iterator[tuple[str, str]]:
    if away.account_id not in staff:
        yield "officer", "Select an officer or manager of your region"
    elif problem := _why_no_cover(away, staff):
        yield "cover", problem
    if away.first_on < today:
        yield "first_on", "The first day must be today or later"
    if not away.first_on <= away.last_on <= away.first_on + LONGEST_LEAVE:
        yield "last_on", "The last day must be the first day or later, within a year"


def _why_no_cover(away: Away, staff: dict[int, Account]) -> str:
    """Say why somebody cannot cover: an officer does for officers, and a decider for deciders."""
    decides = staff[away.account_id].role in MANAGING
    covers = staff.get(away.cover_id or 0)
    if away.cover_id == away.account_id:
        return "Select somebody else: nobody covers for themself"
    if decides and (covers is None or covers.role not in MANAGING):
        return (
            "Select another manager or head of this region, who decides meanwhile. If there is "
            "none, ask an administrator to add one before the first day away"
        )
    if not decides and away.cover_id is not None and (covers is None or covers.role != Role.VLO):
        return "Select an officer of this region whose account is open"
    return ""


def _conflicts(
    presence: Presence, away: Away, staff: dict[int, Account]
) -> Iterator[tuple[str, str]]:
    leave = Leave(away.account_id, away.cover_id, away.first_on, away.last_on)
    for other in presence.leaves:
        if other.account_id == away.account_id and other.meets(leave):
            days = f"{in_words(other.first_on)} to {in_words(other.last_on)}"
            yield "first_on", f"Leave from {days} is recorded already. End or change that one"
            return
    if found := presence.circle(leave):
        yield "cover", _circle_in_words(leave, *found, staff)


def _circle_in_words(leave: Leave, back: Leave, day: date, staff: dict[int, Account]) -> str:
    away, cover = staff[leave.account_id].name, staff[leave.cover_id or 0].name
    covered = staff[back.account_id].name if back.account_id in staff else "somebody who is away"
    return (
        f"{cover} cannot cover: on {in_words(day)} {covered} is away and covered by {away}, so "
        "nobody would be there. Select somebody else"
    )


def _refuse(fields: dict[str, str]) -> None:
    if fields:
        raise NotValid(_WRONG, fields)
