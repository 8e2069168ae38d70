"""Who stands where on a day to come, as leave is recorded now: about one case."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from sqlmodel import Session, col, select

from vcs.access.exclusions.hidden import excluded_from
from vcs.access.records import Account
from vcs.access.rules import MANAGING
from vcs.alerts.rungs.directory import STANDING, Directory, Person, Placed, person_of
from vcs.alerts.rungs.reached import unreached
from vcs.referrals.officers.presence import Presence
from vcs.referrals.officers.reads import Hands, presence_from


@dataclass
class Ahead:
    """Everybody who may be told of one case, on each day to come."""

    session: Session
    case: Placed
    people: Mapping[int, Person]
    presence: Presence
    without_email: frozenset[int]
    changes: tuple[date, ...]
    hidden: dict[date, frozenset[int]] = field(default_factory=dict)

    def on(self, day: date) -> Directory:
        """Return the directory of a day."""
        begins = max(one for one in self.changes if one <= day)
        if begins not in self.hidden:
            self.hidden[begins] = self._kept_out(begins)
        hidden = {one: frozenset({self.case.sentence_id or 0}) for one in self.hidden[begins]}
        away = {
            one.account_id
            for one in self.presence.leaves
            if one.on(day) and self._decides(one.account_id)
        }
        hands = Hands(day, self.presence, {})
        return Directory(self.people, hidden, hands, self.without_email | away)

    def _kept_out(self, day: date) -> frozenset[int]:
        if self.case.sentence_id is None:
            return frozenset()
        return frozenset(excluded_from(self.session, self.case.sentence_id, list(self.people), day))

    def _decides(self, account_id: int) -> bool:
        person = self.people.get(account_id)
        return person is not None and person.role in MANAGING


def staff_ahead(session: Session, case: Placed, today: date) -> Ahead:
    """Return everybody who may be told of a case, from a day on."""
    query = select(Account).where(col(Account.active), col(Account.role).in_(STANDING))
    found = session.exec(query.order_by(col(Account.email))).all()
    people = {one.id: person_of(one) for one in found}
    presence = presence_from(session, today)
    changes = presence.days_of_change(today)
    return Ahead(session, case, people, presence, unreached(session, people), changes)
