"""Work out one person's digest: what is new, what is still missed, what comes, what was settled."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from vcs.alerts.digest.agenda.matter import Decision, Matter
from vcs.alerts.digest.facts import (
    MOST_ROWS,
    Counts,
    DigestFacts,
    Group,
    Row,
    Settled,
    SilentCourt,
    StillOpen,
    Weekly,
)
from vcs.alerts.digest.recipients.told import Rules, Told, is_hushed, is_soon
from vcs.alerts.digest.records import LineState
from vcs.alerts.digest.words import row, settled
from vcs.alerts.rungs.directory import Person
from vcs.alerts.rungs.ladder import Rung

_PASSED_UP = (Rung.WELL_OVER, Rung.RAISED)


@dataclass(frozen=True, slots=True)
class Line:
    """One matter that a digest tells of, as it is kept. ``is_new`` are misses that may be a surge.

    A message that could not be read is none: a format that changed must hold up nothing else.
    """

    matter: str
    rung: str
    state: LineState
    is_new: bool = False


@dataclass(frozen=True, slots=True)
class NoticeLine:
    """Something that is no duty and is told of once: the key of its alert, and its sentence."""

    matter: str
    words: str


@dataclass(frozen=True, slots=True)
class Before:
    """What a person's mail server took before: the newest line of each matter, and up to when."""

    covers_from: datetime
    lines: Mapping[str, tuple[str, LineState]] = field(default_factory=dict)

    def state(self, matter: str) -> LineState | None:
        """Return what was last said of a matter."""
        return self.lines[matter][1] if matter in self.lines else None


@dataclass(frozen=True, slots=True)
class Reading:
    """Everything that one person's digest is made of. ``gone`` are told matters not theirs now.

    Each of ``gone`` and ``settled_meanwhile`` is a matter, and whether it is still open.
    ``urgent`` is how much was told of at once and is still open, and the oldest of it.
    """

    person: Person
    region: str
    now: datetime
    before: Before
    told: Sequence[Told]
    gone: Sequence[tuple[Matter, bool]] = ()
    settled_meanwhile: Sequence[Matter] = ()
    silent: tuple[SilentCourt, ...] = ()
    notices: Sequence[NoticeLine] = ()
    weekly: Weekly | None = None
    most: int = MOST_ROWS
    urgent: tuple[int, tuple[StillOpen, ...]] = (0, ())


@dataclass(frozen=True, slots=True)
class Draft:
    """A digest as it is about to be kept."""

    facts: DigestFacts
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class _Shown:
    told: Told
    is_new: bool


def compose(rules: Rules, reading: Reading) -> Draft:
    """Return one person's digest of a morning."""
    wanted = [_Shown(one, _is_new(rules, reading, one)) for one in reading.told]
    shown = sorted((one for one in wanted if _shows(rules, reading, one)), key=_urgency)
    planned = sum(1 for one in wanted if _is_quiet(rules, one))
    resolved = _resolved(rules, reading)
    rows = [(one.told.matter.decision, row(rules, one.told, one.is_new)) for one in shown]
    facts = DigestFacts(
        rules.today,
        reading.region,
        min(reading.before.covers_from, reading.now),
        reading.now,
        _counts(rules, reading, shown, (planned, len(resolved))),
        _groups(rows[: reading.most]),
        max(0, len(rows) - reading.most),
        tuple(one.reference for _, one in rows[reading.most :] if one.is_new),
        tuple(resolved),
        reading.silent,
        tuple(one.words for one in reading.notices),
        reading.weekly,
        reading.urgent[1],
    )
    return Draft(facts, tuple(_lines(rules, reading, shown)))


def _is_new(rules: Rules, reading: Reading, told: Told) -> bool:
    missed = told.matter.is_missed(rules.today)
    return missed and reading.before.state(told.matter.key) is not LineState.MISSED


def _is_quiet(rules: Rules, one: _Shown) -> bool:
    """Say whether a miss is not repeated: a plan runs, or this person put it off."""
    if not one.told.matter.is_missed(rules.today) or one.is_new:
        return False
    return is_hushed(rules, one.told)


def _shows(rules: Rules, reading: Reading, one: _Shown) -> bool:
    """Say whether a matter has a row today: what is only due has one at each rung, and at last."""
    matter = one.told.matter
    if matter.is_missed(rules.today):
        return not _is_quiet(rules, one)
    last = reading.before.lines.get(matter.key)
    return last is None or last[0] != one.told.rung or is_soon(matter, rules.today)


def _urgency(one: _Shown) -> tuple[int, object, str]:
    """Sort what is new first, then what was passed up, then what is overdue longest."""
    matter = one.told.matter
    if one.is_new:
        place = 0
    elif one.told.rung is Rung.RAISED:
        place = 1
    else:
        place = 3 if one.told.rung is Rung.AHEAD else 2
    return place, matter.due_on, matter.key


def _groups(rows: Iterable[tuple[Decision, Row]]) -> tuple[Group, ...]:
    kept = list(rows)
    groups = (
        Group(str(decision), tuple(one for asked, one in kept if asked is decision))
        for decision in Decision
    )
    return tuple(one for one in groups if one.rows)


def _counts(
    rules: Rules, reading: Reading, shown: Sequence[_Shown], others: tuple[int, int]
) -> Counts:
    planned, resolved = others
    missed = [one for one in shown if one.told.matter.is_missed(rules.today)]
    return Counts(
        len(missed) + planned,
        sum(one.is_new for one in missed),
        sum(is_soon(one.matter, rules.today) for one in reading.told),
        sum(one.told.reader.passed_up or one.told.rung in _PASSED_UP for one in shown),
        planned,
        resolved,
        len(reading.silent),
        len(reading.notices),
        reading.urgent[0],
    )


def _resolved(rules: Rules, reading: Reading) -> list[Settled]:
    """Return what was missed and is settled, or is not this reader's any more."""
    missed = [
        (matter, is_open)
        for matter, is_open in reading.gone
        if reading.before.state(matter.key) is LineState.MISSED or _was_late(matter)
    ]
    missed += [(matter, False) for matter in reading.settled_meanwhile]
    return [
        settled(matter, is_open)
        for matter, is_open in missed
        if rules.directory.may_know(reading.person, matter)
    ]


def _was_late(matter: Matter) -> bool:
    return matter.settled_on is not None and matter.settled_on > matter.due_on


def _lines(rules: Rules, reading: Reading, shown: Sequence[_Shown]) -> Iterable[Line]:
    for one in shown:
        missed = one.told.matter.is_missed(rules.today)
        state = LineState.MISSED if missed else LineState.DUE
        may_surge = one.is_new and one.told.matter.decision is not Decision.READ
        yield Line(one.told.matter.key, one.told.rung, state, may_surge)
    for matter in (*(matter for matter, _ in reading.gone), *reading.settled_meanwhile):
        yield Line(matter.key, Rung.BREACH, LineState.SETTLED)
    for notice in reading.notices:
        yield Line(notice.matter, Rung.AHEAD, LineState.SETTLED)
