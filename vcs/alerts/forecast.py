"""Who will be told what, and when, about one referral if nobody acts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, select

from vcs.alerts.digest.agenda.matter import Matter
from vcs.alerts.digest.agenda.matters import open_matters_of
from vcs.alerts.digest.recipients.rules import rules_on
from vcs.alerts.digest.recipients.told import Rules, stands_of
from vcs.alerts.rungs.directory import Reader
from vcs.alerts.rungs.ladder import ROLE_OF, LadderRow, Rung, working_day_from
from vcs.errors import NotFound
from vcs.law.deadlines import duties
from vcs.referrals.records import Referral

_BECAUSE: Mapping[Rung, str] = {
    Rung.HALF_TIME: "half of the time is over",
    Rung.THREE_QUARTERS: "three quarters of the time are over",
    Rung.BREACH: "it is missed",
    Rung.WELL_OVER: "it is still missed",
    Rung.WEEKLY_LIST: "it is on the weekly list of what is longest overdue",
    Rung.RAISED: "the plan for it has passed",
}


@dataclass(frozen=True, slots=True)
class Telling:
    """One person who will be told of one duty on one day; ``who`` None is nobody at all."""

    on: date
    who: str | None
    role: str
    rung: str
    duty: str
    duty_title: str = ""

    @property
    def because(self) -> str:
        """Say in words which rung is reached."""
        return _BECAUSE[Rung(self.rung)]


def forecast(session: Session, reference: str, today: date) -> tuple[Telling, ...]:
    """Return everybody who will be told about a referral, in order of day. Raises NotFound.

    What a person was told before today is left out, and so is what is repeated each morning.
    """
    query = select(Referral.id).where(Referral.reference == reference)
    referral_id = session.exec(query).first()
    if referral_id is None:
        raise NotFound("There is no such referral.")
    return forecast_of(session, referral_id, today)


def forecast_of(session: Session, referral_id: int, today: date) -> tuple[Telling, ...]:
    """Return the same of a referral by its id."""
    matters = open_matters_of(session, referral_id, today)
    rules = rules_on(session, today, (one.key for one in matters))
    found = {telling for matter in matters for telling in _of_matter(rules, matter)}
    return tuple(sorted(found, key=lambda one: (one.on, one.duty, one.rung, one.who or "")))


def _of_matter(rules: Rules, matter: Matter) -> Iterator[Telling]:
    days = matter.reached(rules.ladder(matter))
    for row in rules.ladder(matter):
        if row.rung in days and days[row.rung] >= rules.today:
            yield from _of_rung(rules, matter, row, days[row.rung])
    acts = rules.acts_on(matter)
    if acts.stands(rules.today) and acts.plan and acts.plan.until_on:
        after = working_day_from(date.fromordinal(acts.plan.until_on.toordinal() + 1))
        holder = rules.raised_to(acts)
        for reader in rules.directory.readers(matter, holder):
            yield _telling(matter, Rung.RAISED, after, reader)


def _of_rung(rules: Rules, matter: Matter, row: LadderRow, on: date) -> Iterator[Telling]:
    for stand in stands_of(row, matter):
        readers = rules.directory.readers(matter, stand)
        yield from (_telling(matter, row.rung, on, reader) for reader in readers)
        if not readers:
            title = duties.TITLES.get(matter.duty, matter.duty)
            yield Telling(on, None, str(ROLE_OF[stand]), str(row.rung), matter.duty, title)


def _telling(matter: Matter, rung: Rung, on: date, reader: Reader) -> Telling:
    title = duties.TITLES.get(matter.duty, matter.duty)
    return Telling(on, reader.person.name, reader.person.role, str(rung), matter.duty, title)
