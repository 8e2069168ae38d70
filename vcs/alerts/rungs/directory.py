"""Who stands where on the ladder today, and who is told of a matter where somebody must not be.

Recipients come from the staff directory alone. Whoever may not see a case is passed over by name
for the next rung up, so that an exclusion never silences an alarm.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from sqlmodel import Session, col, select

from vcs.access.exclusions.hidden import hidden_from
from vcs.access.records import Account
from vcs.alerts.rungs.ladder import ROLE_OF, Stand, above
from vcs.alerts.rungs.reached import unreached
from vcs.referrals.officers.reads import Hands, deciders_away, hands

STANDING = tuple({str(role) for role in ROLE_OF.values()})
"""The roles that stand somewhere on the ladder."""


class Placed(Protocol):
    """What a matter says of where it is: its region, its sentence, and its officer."""

    @property
    def region_code(self) -> str | None:
        """Return the region's code; None where it has none yet."""

    @property
    def sentence_id(self) -> int | None:
        """Return the sentence that it is about."""

    @property
    def officer_id(self) -> int | None:
        """Return the account of its officer; None where it was given to nobody."""


@dataclass(frozen=True, slots=True)
class Person:
    """A member of staff who may be told of something."""

    account_id: int
    name: str
    email: str
    role: str
    region_code: str | None

    @property
    def initials(self) -> str:
        """Return the first letters of their name: what a mail says of an officer."""
        return "".join(word[0] for word in self.name.split() if word[0].isalnum()).upper()


@dataclass(frozen=True, slots=True)
class Reader:
    """Somebody who is told, and where they stand. ``wanted`` is whom the rung names."""

    person: Person
    stand: Stand
    wanted: Stand

    @property
    def passed_up(self) -> bool:
        """Say whether it came to them because nobody further down can be told."""
        return self.stand is not self.wanted


@dataclass(frozen=True, slots=True)
class Directory:
    """Everybody who may be told, by id; what each must not see; and who is away today.

    ``unreached`` are those whom email does not reach, and deciders who are away.
    """

    people: Mapping[int, Person]
    hidden: Mapping[int, frozenset[int]]
    hands: Hands
    unreached: frozenset[int] = frozenset()

    def readers(self, matter: Placed, wanted: Stand) -> tuple[Reader, ...]:
        """Return who is told of a matter at a stand: the first stand up where anybody can be.

        Where email reaches nobody of a stand who is at work, the next stand up is told as well.
        """
        found: list[Reader] = []
        first = Stand.HEAD if wanted is Stand.DIRECTOR else wanted
        stand: Stand | None = first
        while stand is not None:
            here = [one for one in self._at(matter, stand) if self.may_know(one, matter)]
            found += [Reader(one, stand, first) for one in here]
            if any(one.account_id not in self.unreached for one in here):
                break
            stand = above(stand)
        return tuple(found)

    def may_know(self, person: Person, matter: Placed) -> bool:
        """Say whether somebody may see the case that a matter is about."""
        hidden = self.hidden.get(person.account_id, frozenset())
        return matter.sentence_id is None or matter.sentence_id not in hidden

    def holds(self, account_id: int, matter: Placed, until: date) -> bool:
        """Say whether somebody can still do by a day what they planned of a matter.

        Not whoever has left, has another place, may not see it any more, or is away until then.
        """
        person = self.people.get(account_id)
        if person is None or not self.may_know(person, matter):
            return False
        leave = self.hands.presence.leave_of(account_id, self.hands.day)
        everywhere = person.role == ROLE_OF[Stand.ADMINISTRATOR]
        is_there = everywhere or person.region_code == matter.region_code
        return is_there and (leave is None or leave.last_on < until)

    def is_vacant(self, stand: Stand, region_code: str | None) -> bool:
        """Say whether nobody at all has an account at a stand of a region."""
        return not any(self._in(stand, region_code))

    def _at(self, matter: Placed, stand: Stand) -> Iterator[Person]:
        if stand is Stand.OFFICER:
            by = self.hands.answers(matter.officer_id)
            person = self.people.get(by) if by is not None else None
            return iter([person] if person else [])
        return self._in(stand, matter.region_code)

    def _in(self, stand: Stand, region_code: str | None) -> Iterator[Person]:
        role = str(ROLE_OF[stand])
        everywhere = stand is Stand.ADMINISTRATOR
        for person in self.people.values():
            in_region = region_code is not None and person.region_code == region_code
            if person.role == role and (everywhere or in_region):
                yield person


def directory(session: Session, today: date) -> Directory:
    """Return everybody whom the ladder may name, with what each must not see today."""
    query = select(Account).where(col(Account.active), col(Account.role).in_(STANDING))
    found = session.exec(query.order_by(col(Account.email))).all()
    people = {one.id: person_of(one) for one in found}
    hidden = {one: hidden_from(session, one, today).sentences for one in people}
    absent = unreached(session, people) | deciders_away(session, today)
    return Directory(people, hidden, hands(session, today), absent)


def person_of(account: Account) -> Person:
    """Return an account as somebody who may be told."""
    return Person(account.id, account.name, account.email, account.role, account.region_code)
