"""Who is asked to read an alert, and who stands in for them, in turn."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, and_
from sqlmodel import Session, col, select

from vcs.access.records import Account
from vcs.alerts.kinds import Audience
from vcs.alerts.records import AlertDelivery, AlertRecord
from vcs.alerts.rungs.reached import unreached
from vcs.referrals.officers.reads import deciders_away
from vcs.terms import Role


@dataclass
class _Way:
    """Who may be asked; ``found`` is None until they were looked for."""

    condition: ColumnElement[bool]
    found: list[Account] | None = None


class Staff:
    """Who stands where on a day, asked once for all alerts that are read together."""

    def __init__(
        self, session: Session, today: date, refused: Mapping[int, frozenset[int]]
    ) -> None:
        self.session, self.today, self.refused = session, today, refused
        self.away = deciders_away(session, today)
        self._reached: dict[int, bool] = {}
        self._ways: dict[tuple[Audience, str | None, int | None], list[_Way]] = {}

    def is_reached(self, account_id: int) -> bool:
        """Say whether email reaches somebody, as far as is known."""
        if account_id not in self._reached:
            self._reached[account_id] = not unreached(self.session, [account_id])
        return self._reached[account_id]

    def in_turn(self, to: Audience, alert: AlertRecord) -> Iterator[list[Account]]:
        """Yield who is asked first, then who stands in for them, by email address."""
        key = (to, alert.region_code, alert.account_id)
        if key not in self._ways:
            self._ways[key] = [_Way(one) for one in _in_turn(to, alert)]
        for way in self._ways[key]:
            if way.found is None:
                query = select(Account).where(way.condition, col(Account.active))
                way.found = list(self.session.exec(query.order_by(col(Account.email))))
            yield way.found


def refused_copies(session: Session, alert_ids: Sequence[int]) -> dict[int, frozenset[int]]:
    """Return whose copy of each of some alerts was refused for good."""
    query = select(AlertDelivery.alert_id, AlertDelivery.account_id).where(
        col(AlertDelivery.alert_id).in_(alert_ids), col(AlertDelivery.failed_reason).is_not(None)
    )
    found: dict[int, frozenset[int]] = {}
    for alert_id, account_id in session.exec(query):
        found[alert_id] = found.get(alert_id, frozenset()) | {account_id}
    return found


def _in_turn(to: Audience, alert: AlertRecord) -> tuple[ColumnElement[bool], ...]:
    managers, heads = _of_region(alert, Role.MANAGER), _of_region(alert, Role.HEAD)
    administrators = col(Account.role) == Role.ADMINISTRATOR
    others = col(Account.id) != alert.account_id
    ways: Mapping[Audience, tuple[ColumnElement[bool], ...]] = {
        Audience.MANAGERS: (managers, heads, administrators),
        Audience.ADMINISTRATORS: (administrators,),
        Audience.WHO_TELLS: (managers, heads, administrators),
        Audience.OFFICER_FIRST: (managers, heads, administrators),
        Audience.OTHER_MANAGERS: tuple(
            and_(one, others) for one in (managers, heads, administrators)
        ),
        Audience.WHO_ANSWERS: (
            col(Account.id) == alert.account_id,
            managers,
            heads,
            administrators,
        ),
        Audience.WHO_IT_IS_ABOUT: (col(Account.id) == alert.account_id,),
    }
    return ways[to]


def _of_region(alert: AlertRecord, role: Role) -> ColumnElement[bool]:
    return and_(
        col(Account.role) == role,
        col(Account.region_code) == alert.region_code,
        col(Account.region_code).is_not(None),
    )
