"""Whose hand each referral is in on a day, and the leave that is recorded: as pages ask."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from sqlmodel import Session, col, select

from vcs.access.actors import Actor
from vcs.access.exclusions.hidden import hidden_from
from vcs.access.exclusions.records import Exclusion
from vcs.access.records import Account
from vcs.access.restrictions.records import Restriction
from vcs.access.rules import MANAGING, Act, require_may
from vcs.access.versions import version_of
from vcs.errors import NotFound
from vcs.referrals.officers.presence import Leave, Presence
from vcs.referrals.officers.records import Absence
from vcs.referrals.records import Referral, ReferralStatus
from vcs.terms import Role

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Cover:
    """An officer who is away, until which day, and who answers; ``by`` None is the managers."""

    officer: str
    until: date
    by: str | None
    by_account_id: int | None = None


@dataclass(frozen=True, slots=True)
class Hands:
    """Whose hand the referrals of each officer are in on a day.

    ``hidden`` are the referrals that whoever covers must not see: the managers answer for those.
    """

    day: date
    presence: Presence
    names: Mapping[int, str]
    hidden: frozenset[int] = frozenset()

    def of(self, account_id: int) -> tuple[int, ...]:
        """Return the officers whose referrals are somebody's: their own, and those they cover."""
        return (account_id, *self.presence.covered_by(account_id, self.day))

    @property
    def of_managers(self) -> tuple[int, ...]:
        """Return the officers who are away and for whom only the managers answer."""
        return self.presence.with_managers(self.day)

    def answers(self, account_id: int | None) -> int | None:
        """Return who answers for an officer's referrals; None is the managers of the region."""
        return self.presence.answers(account_id, self.day)

    def answers_for(self, referral: Referral) -> int | None:
        """Return who answers for one referral; None is the managers of the region."""
        return None if referral.id in self.hidden else self.answers(referral.vlo_account_id)

    def told(self, account_id: int) -> tuple[int, ...]:
        """Return to whom mail for an officer goes: the officer, and whoever answers meanwhile."""
        by = self.answers(account_id)
        return (account_id,) if by in (None, account_id) else (account_id, by)

    def cover_of(self, account_id: int | None) -> Cover | None:
        """Return who answers for an officer who is away; None while the officer is at work."""
        return self._cover(account_id, self.answers(account_id))

    def cover_for(self, referral: Referral) -> Cover | None:
        """Return who answers for a referral whose officer is away; None while they are at work."""
        return self._cover(referral.vlo_account_id, self.answers_for(referral))

    def _cover(self, account_id: int | None, by: int | None) -> Cover | None:
        leave = self.presence.leave_of(account_id, self.day) if account_id else None
        if leave is None:
            return None
        name = self.names.get(by) if by else None
        return Cover(self.names.get(leave.account_id, ""), leave.last_on, name, by)


@dataclass(frozen=True, slots=True)
class LeaveRow:
    """One leave as its page shows it. ``nobody_from`` is the first day with nobody who covers."""

    absence_id: int
    account_id: int
    officer: str
    cover: str | None
    first_on: date
    last_on: date
    nobody_from: date | None
    version: str


def presence_from(session: Session, day: date) -> Presence:
    """Return who is at work from a day on."""
    may_be_away = (Role.VLO, *MANAGING)
    query = select(Account.id, Account.region_code, Account.role)
    active = query.where(col(Account.role).in_(may_be_away), col(Account.active))
    places = {one: (region, role in MANAGING) for one, region, role in session.exec(active)}
    return Presence(frozenset(places), leaves_from(session, day), places)


def leaves_from(session: Session, day: date) -> tuple[Leave, ...]:
    """Return the leave that counts on a day or later, the earliest first."""
    query = select(Absence).where(Absence.last_on >= day)
    found = (
        leave_in(one)
        for one in session.exec(query.order_by(col(Absence.first_on), col(Absence.id)))
    )
    return tuple(one for one in found if day <= one.last_on >= one.first_on)


def leave_in(absence: Absence) -> Leave:
    """Return the days that an absence counts for; it ends before it begins where it counts none."""
    last_on = absence.last_on
    if absence.stopped_on is not None:
        last_on = min(last_on, absence.stopped_on - _DAY)
    return Leave(absence.account_id, absence.cover_id, absence.first_on, last_on, absence.id)


def leave_version(leave: Leave) -> str:
    """Return the version of a leave: its days, and who covers."""
    return version_of(leave.absence_id, leave.cover_id, leave.first_on, leave.last_on)


def hands(session: Session, day: date) -> Hands:
    """Return whose hand the referrals of each officer are in on a day."""
    presence = presence_from(session, day)
    named = {one for leave in presence.leaves for one in (leave.account_id, leave.cover_id)}
    query = select(Account.id, Account.name).where(col(Account.id).in_(named))
    names = dict(session.exec(query).all()) if named else {}
    hidden = frozenset(one.id for one in hidden_from_cover(session, presence, day))
    return Hands(day, presence, names, hidden)


def hidden_from_cover(session: Session, presence: Presence, day: date) -> Iterator[Referral]:
    """Yield the open referrals of officers who are away that whoever covers on a day must not see.

    The people who cover for an officer may be excluded from some of the officer's cases, or not be
    named where only named people may see one.
    """
    away = {one.account_id for one in presence.leaves if one.on(day)}
    covering = {one: presence.answers(one, day) for one in away}
    for cover in sorted(_kept_out(session, {one for one in covering.values() if one is not None})):
        query = select(Referral).where(
            col(Referral.id).in_(hidden_from(session, cover, day).referrals),
            col(Referral.vlo_account_id).in_([one for one in away if covering[one] == cover]),
            Referral.status != ReferralStatus.CLOSED,
        )
        yield from session.exec(query.order_by(col(Referral.id)))


def _kept_out(session: Session, accounts: set[int]) -> set[int]:
    """Return who of some officers may not see some case: mostly there is nothing to ask."""
    restricted = select(Restriction.id).where(col(Restriction.lifted_at).is_(None))
    if accounts and session.exec(restricted.limit(1)).first() is not None:
        return accounts
    query = select(Exclusion.account_id).where(
        col(Exclusion.account_id).in_(accounts), col(Exclusion.lifted_at).is_(None)
    )
    return set(session.exec(query)) if accounts else set()


def leave_rows(session: Session, actor: Actor, today: date) -> tuple[LeaveRow, ...]:
    """Return the leave of somebody's region that is not over: officers, managers and heads."""
    require_may(actor, Act.RECORD_LEAVE)
    presence, region = presence_from(session, today), actor.region_code
    names = officers_in(session, region) | deciders_in(session, region)
    rows = (leave for leave in presence.leaves if leave.account_id in names)
    return tuple(_row(presence, leave, names, today) for leave in rows)


def leave_row(session: Session, actor: Actor, absence_id: int, today: date) -> LeaveRow:
    """Return one leave that somebody may change. Raises NotFound for another's, or one over."""
    row = next(
        (one for one in leave_rows(session, actor, today) if one.absence_id == absence_id), None
    )
    if row is None or (actor.role is Role.VLO and row.account_id != actor.account_id):
        raise NotFound("There is no such leave, or it is over.")
    return row


def officers_in(session: Session, region_code: str | None) -> dict[int, str]:
    """Return the officers of a region whose account is open, by name."""
    return _staff_in(session, region_code, (Role.VLO,))


def deciders_in(session: Session, region_code: str | None) -> dict[int, str]:
    """Return the managers and heads of a region whose account is open, by name."""
    return _staff_in(session, region_code, MANAGING)


def deciders_away(session: Session, day: date) -> frozenset[int]:
    """Return the managers and heads of any region who are away on a day."""
    away = {one.account_id for one in leaves_from(session, day) if one.on(day)}
    if not away:
        return frozenset()
    deciders = select(Account.id).where(col(Account.role).in_(MANAGING), col(Account.id).in_(away))
    return frozenset(session.exec(deciders))


def _staff_in(session: Session, region_code: str | None, roles: tuple[Role, ...]) -> dict[int, str]:
    query = select(Account.id, Account.name).where(
        col(Account.role).in_(roles), col(Account.active), Account.region_code == region_code
    )
    return dict(session.exec(query.order_by(col(Account.name), col(Account.id))).all())


def _row(presence: Presence, leave: Leave, names: Mapping[int, str], today: date) -> LeaveRow:
    return LeaveRow(
        leave.absence_id,
        leave.account_id,
        names[leave.account_id],
        names.get(leave.cover_id or 0),
        leave.first_on,
        leave.last_on,
        presence.gap(leave, today),
        leave_version(leave),
    )
