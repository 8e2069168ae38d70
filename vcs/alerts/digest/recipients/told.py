"""Who is told of which matter on a day, by the ladder: pure, over what was read once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from vcs.alerts.digest.agenda.matter import Matter
from vcs.alerts.digest.records import MatterAct
from vcs.alerts.rungs.directory import Directory, Reader
from vcs.alerts.rungs.ladder import (
    LADDER,
    UPWARDS,
    Counted,
    LadderRow,
    Rung,
    Stand,
    above,
    stand_of,
)
from vcs.law.deadlines.working_days import add_working_days

SOON_WORKING_DAYS = 2
"""How far ahead a digest counts what falls due."""


@dataclass(frozen=True, slots=True)
class Acts:
    """What was done about one matter: the newest plan, its holder's role, and who put it off.

    ``holder_is_here`` is whether they can still do what they planned, or else ``holder_has_left``.
    """

    plan: MatterAct | None = None
    holder_role: str = ""
    holder_initials: str = ""
    holder_has_left: bool = False
    holder_is_here: bool = True
    snoozed: Mapping[int, date] = field(default_factory=dict)
    disputed_by: str = ""

    def stands(self, today: date) -> bool:
        """Say whether a plan runs: until its date, and while its holder is there."""
        until = self.plan.until_on if self.plan else None
        return until is not None and until >= today and self.holder_is_here

    def has_passed(self, today: date) -> bool:
        """Say whether there was a plan and it no longer runs."""
        return self.plan is not None and not self.stands(today)


@dataclass(frozen=True, slots=True)
class Told:
    """One matter that one person is told of: at which rung, and what follows when."""

    matter: Matter
    rung: Rung
    reader: Reader
    days: Mapping[Rung, date]


@dataclass(frozen=True, slots=True)
class Rules:
    """What decides who is told on a day: the staff directory, the ladders, what was done."""

    today: date
    directory: Directory
    ladders: Mapping[str | None, tuple[LadderRow, ...]]
    acts: Mapping[str, Acts]

    def ladder(self, matter: Matter) -> tuple[LadderRow, ...]:
        """Return the ladder of a matter's region."""
        return self.ladders.get(matter.region_code, LADDER)

    def acts_on(self, matter: Matter) -> Acts:
        """Return what was done about a matter, as it counts today."""
        acts = self.acts.get(matter.key, Acts())
        until = acts.plan.until_on if acts.plan else None
        if acts.plan is None or until is None:
            return acts
        holds = self.directory.holds(acts.plan.account_id, matter, until)
        return replace(acts, holder_is_here=holds)

    def raised_to(self, acts: Acts) -> Stand:
        """Return who is told when a plan passed without an act: one stand above its holder."""
        holder = stand_of(acts.holder_role)
        return (above(holder) if holder else None) or Stand.ADMINISTRATOR


def told_of(rules: Rules, matter: Matter) -> dict[int, Told]:
    """Return everybody who is told of a matter on the day, each at the highest rung reached."""
    ladder = rules.ladder(matter)
    days = matter.reached(ladder)
    found: dict[int, Told] = {}
    for rung, stand in _asked(rules, matter, days):
        for reader in rules.directory.readers(matter, stand):
            found[reader.person.account_id] = Told(matter, rung, reader, days)
    return found


def _asked(rules: Rules, matter: Matter, days: Mapping[Rung, date]) -> Iterator[tuple[Rung, Stand]]:
    """Yield each rung that was reached with whom it names, the lowest first."""
    if not matter.is_missed(rules.today) and is_soon(matter, rules.today) and not is_short(matter):
        yield Rung.AHEAD, _no_lower(Stand.MANAGER, matter)
    for row in rules.ladder(matter):
        if row.is_weekly or row.rung not in days or days[row.rung] > rules.today:
            continue
        yield from ((row.rung, stand) for stand in stands_of(row, matter))
    acts = rules.acts_on(matter)
    if acts.has_passed(rules.today):
        yield Rung.RAISED, rules.raised_to(acts)


def stands_of(row: LadderRow, matter: Matter) -> tuple[Stand, ...]:
    """Return whom a rung names for a matter. Nobody is warned of what is not theirs to do."""
    if row.counted is Counted.SHARE:
        return tuple(one for one in row.told if _rank(one) >= _rank(matter.lowest))
    return tuple(_no_lower(one, matter) for one in row.told)


def _no_lower(stand: Stand, matter: Matter) -> Stand:
    return stand if _rank(stand) >= _rank(matter.lowest) else matter.lowest


def _rank(stand: Stand) -> int:
    return UPWARDS.index(Stand.HEAD if stand is Stand.DIRECTOR else stand)


def is_soon(matter: Matter, today: date) -> bool:
    """Say whether a matter falls due within the days that a digest looks ahead."""
    return today <= matter.due_on <= add_working_days(today, SOON_WORKING_DAYS)


def soon_from(matter: Matter) -> date:
    """Return the first day on which a matter falls due within so many working days."""
    day = matter.due_on
    while is_soon(matter, day - timedelta(days=1)):
        day -= timedelta(days=1)
    return day


def is_hushed(rules: Rules, told: Told) -> bool:
    """Say whether a miss is not repeated to somebody: a plan runs, or they put it off."""
    acts = rules.acts_on(told.matter)
    until = acts.snoozed.get(told.reader.person.account_id)
    put_off = until is not None and until >= rules.today and told.rung is not Rung.RAISED
    return acts.stands(rules.today) or put_off


def is_short(matter: Matter) -> bool:
    """Say whether a matter is due soon from its first day: only its own rungs tell of it."""
    return matter.due_on <= add_working_days(matter.starts_on, SOON_WORKING_DAYS)


def on_weekly_list(rules: Rules, matter: Matter) -> tuple[Reader, ...]:
    """Return on whose weekly list a matter is."""
    days = matter.reached(rules.ladder(matter))
    readers: list[Reader] = []
    for row in rules.ladder(matter):
        if row.is_weekly and row.rung in days and days[row.rung] <= rules.today:
            for stand in stands_of(row, matter):
                readers += rules.directory.readers(matter, stand)
    return tuple(readers)
