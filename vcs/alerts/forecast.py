"""Who will be told what, and when, about one referral if nobody acts.

Each morning that brings something new is worked out as its emails will be: by the same rules, with
whoever is at work on that day.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from sqlmodel import Session, col, select

from vcs.alerts.digest.agenda.matter import Matter
from vcs.alerts.digest.agenda.matters import open_matters_of
from vcs.alerts.digest.agenda.of_clocks import said_once
from vcs.alerts.digest.recipients.acts_reads import acts_on
from vcs.alerts.digest.recipients.told import (
    Rules,
    Told,
    is_hushed,
    is_soon,
    on_weekly_list,
    soon_from,
    stands_of,
    told_of,
)
from vcs.alerts.digest.records import Digest, DigestLine, LineState, Part
from vcs.alerts.rungs.ahead import Ahead, staff_ahead
from vcs.alerts.rungs.ladder import ROLE_OF, Rung, Stand, weekly_on, working_day_from
from vcs.alerts.rungs.ladder_changes import ladders
from vcs.errors import NotFound
from vcs.law.deadlines import duties
from vcs.referrals.records import Referral

_BECAUSE: Mapping[Rung, str] = {
    Rung.AHEAD: "it falls due within two working days",
    Rung.HALF_TIME: "half of the time is over",
    Rung.THREE_QUARTERS: "three quarters of the time are over",
    Rung.BREACH: "it is missed",
    Rung.WELL_OVER: "it is still missed",
    Rung.WEEKLY_LIST: "it is on the weekly list of what is longest overdue",
    Rung.RAISED: "the plan for it has passed",
}

_BEFORE_IT = (Rung.AHEAD, Rung.HALF_TIME, Rung.THREE_QUARTERS)

_DAY = timedelta(days=1)


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


@dataclass
class _Mornings:
    """The mornings to come, one after the other, and what each person was told by then."""

    staff: Ahead
    rules: Rules
    had_today: frozenset[int]
    told: dict[tuple[int, str], tuple[str, str]] = field(default_factory=dict)
    listed: set[tuple[int, str]] = field(default_factory=set)

    def on(self, day: date, matters: list[Matter]) -> Iterator[Telling]:
        """Yield who is told on a morning of what they were not told before."""
        rules = replace(self.rules, today=day, directory=self.staff.on(day))
        for matter in said_once(matters, day)[0]:
            for one in told_of(rules, matter).values():
                yield from self._shown(rules, one)
            yield from _nobody(rules, matter)
            yield from self._weekly(rules, matter)

    def _shown(self, rules: Rules, one: Told) -> Iterator[Telling]:
        matter, who = one.matter, one.reader.person
        key = who.account_id, matter.key
        if self._has_had(rules, who.account_id):
            return
        before = self.told.get(key)
        missed = matter.is_missed(rules.today)
        is_new = missed and (before is None or before[1] != LineState.MISSED)
        if missed and not is_new and is_hushed(rules, one):
            return
        is_next = before is None or before[0] != one.rung
        if not (missed or is_next or is_soon(matter, rules.today)):
            return
        self.told[key] = (str(one.rung), str(LineState.MISSED if missed else LineState.DUE))
        if is_new or is_next:
            rung = Rung.BREACH if is_new and one.rung in _BEFORE_IT else one.rung
            yield _telling(rules, matter, rung, (who.name, who.role))

    def _has_had(self, rules: Rules, account_id: int) -> bool:
        """Say whether somebody had the email of that morning already: the next one tells them."""
        return rules.today == self.rules.today and account_id in self.had_today

    def _weekly(self, rules: Rules, matter: Matter) -> Iterator[Telling]:
        """Yield who has a matter on a weekly list: heads alone have one."""
        if weekly_on(rules.today) != rules.today:
            return
        for reader in on_weekly_list(rules, matter):
            who = reader.person
            if self._has_had(rules, who.account_id):
                continue
            if who.role == ROLE_OF[Stand.HEAD] and (who.account_id, matter.key) not in self.listed:
                self.listed.add((who.account_id, matter.key))
                yield _telling(rules, matter, Rung.WEEKLY_LIST, (who.name, who.role))


def forecast(session: Session, reference: str, today: date) -> tuple[Telling, ...]:
    """Return everybody who will be told about a referral, in order of day. Raises NotFound.

    What a person was told already is left out, and so is what is repeated each morning.
    """
    query = select(Referral.id).where(Referral.reference == reference)
    referral_id = session.exec(query).first()
    if referral_id is None:
        raise NotFound("There is no such referral.")
    return forecast_of(session, referral_id, today)


def forecast_of(session: Session, referral_id: int, today: date) -> tuple[Telling, ...]:
    """Return the same of a referral by its id."""
    matters = open_matters_of(session, referral_id)
    if not matters:
        return ()
    keys = [one.key for one in matters]
    staff = staff_ahead(session, matters[0], today)
    acts = acts_on(session, keys, staff.on(today))
    rules = Rules(today, staff.on(today), ladders(session), acts)
    mornings = _Mornings(staff, rules, _had_on(session, today), _told_by_now(session, keys))
    # Whoever was on a weekly list before has it on: only the day on which it begins is told.
    mornings.listed = _listed_before(rules, matters)
    found = {
        telling for day in _days(rules, matters, staff) for telling in mornings.on(day, matters)
    }
    return tuple(sorted(found, key=lambda one: (one.on, one.duty, one.rung, one.who or "")))


def _had_on(session: Session, day: date) -> frozenset[int]:
    written = (Digest.day == day, Digest.part == str(Part.DIGEST))
    return frozenset(session.exec(select(Digest.account_id).where(*written)))


def _told_by_now(session: Session, keys: list[str]) -> dict[tuple[int, str], tuple[str, str]]:
    query = select(DigestLine).where(col(DigestLine.matter).in_(keys), col(DigestLine.is_last))
    return {
        (one.account_id, one.matter): (one.rung, one.state)
        for one in session.exec(query)
        if one.state != LineState.SETTLED
    }


def _listed_before(rules: Rules, matters: list[Matter]) -> set[tuple[int, str]]:
    yesterday = replace(rules, today=rules.today - _DAY)
    return {
        (reader.person.account_id, matter.key)
        for matter in matters
        for reader in on_weekly_list(yesterday, matter)
    }


def _days(rules: Rules, matters: Iterable[Matter], staff: Ahead) -> list[date]:
    """Return the mornings to come on which something may be new to somebody."""
    found = {rules.today, rules.today + _DAY}
    for matter in matters:
        reached = matter.reached(rules.ladder(matter)).values()
        found |= {*reached, soon_from(matter), matter.due_on + _DAY}
        acts = rules.acts_on(matter)
        ends = [acts.plan.until_on if acts.plan else None, *acts.snoozed.values()]
        found |= {one + _DAY for one in ends if one is not None}
    last = max(found)
    found |= {one for one in staff.changes if one <= last}
    mondays = {weekly_on(one) for one in found}
    return sorted({working_day_from(one) for one in found | mondays if one >= rules.today})


def _nobody(rules: Rules, matter: Matter) -> Iterator[Telling]:
    """Yield a rung that is reached on a day and names nobody at all."""
    days = matter.reached(rules.ladder(matter))
    for row in rules.ladder(matter):
        for stand in stands_of(row, matter) if days.get(row.rung) == rules.today else ():
            if not rules.directory.readers(matter, stand):
                yield _telling(rules, matter, row.rung, (None, str(ROLE_OF[stand])))


def _telling(rules: Rules, matter: Matter, rung: Rung, who: tuple[str | None, str]) -> Telling:
    title = duties.TITLES.get(matter.duty, matter.duty)
    return Telling(rules.today, *who, str(rung), matter.duty, title)
