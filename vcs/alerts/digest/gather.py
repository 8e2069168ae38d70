"""Read, once for a morning, all that the digests of its readers are made of."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from sqlalchemy.exc import DBAPIError
from sqlmodel import Session, col, select

from vcs import logs
from vcs.alerts.digest.agenda import matters as found
from vcs.alerts.digest.agenda.matter import Matter
from vcs.alerts.digest.agenda.matters import Found, OpenMatters
from vcs.alerts.digest.agenda.notices import Notice, notices_since
from vcs.alerts.digest.agenda.singly import mailed_singly
from vcs.alerts.digest.agenda.still_open import (
    Waiting,
    all_waiting,
    lines_of,
    told_each_morning,
)
from vcs.alerts.digest.agenda.unopened import unopened
from vcs.alerts.digest.agenda.whose import Whose
from vcs.alerts.digest.compose import Before, Draft, NoticeLine, Reading, compose
from vcs.alerts.digest.due import covered_until
from vcs.alerts.digest.facts import MOST_ROWS, SilentCourt
from vcs.alerts.digest.recipients.rules import rules_on
from vcs.alerts.digest.recipients.told import Rules, Told, told_of
from vcs.alerts.digest.records import DigestLine, LineState
from vcs.alerts.digest.weekly import weekly_for
from vcs.alerts.rungs.directory import Directory, Person
from vcs.alerts.rungs.ladder import ROLE_OF, Rung, Stand
from vcs.clock import london_date
from vcs.database import is_passing
from vcs.intake.regions import region_named

_LOG = logs.logger("vcs.alerts")


@dataclass(frozen=True, slots=True)
class Morning:
    """All that was read for the digests of one morning.

    A fault of the program keeps ``lost`` from every digest, and theirs from ``unwritten``.
    """

    now: datetime
    rules: Rules
    told: Mapping[int, Sequence[Told]]
    settled: Sequence[Matter]
    silent: Sequence[SilentCourt]
    notices: Sequence[Notice]
    mailed_before: frozenset[str] = frozenset()
    spoken_for: frozenset[str] = frozenset()
    is_cut: bool = False
    waiting: Mapping[int, Sequence[Waiting]] = field(default_factory=dict)
    lost: Sequence[Matter] = ()
    unwritten: Sequence[Person] = ()


def read_morning(
    session: Session, now: datetime, silent: Sequence[SilentCourt], since: datetime
) -> Morning:
    """Read what the digests of a morning are made of. ``since`` is the earliest they cover from."""
    today = london_date(now)
    held = found.open_matters(session, today)
    rules = rules_on(session, today, (one.key for one in held.rows))
    settled = found.settled_late(session, london_date(since), today)
    morning = _morning(session, Read(now, since, silent, rules), held, settled)
    waiting = told_each_morning(rules.directory, all_waiting(session, now), today)
    return replace(morning, waiting=_with_unopened(session, rules, waiting, now))


def _with_unopened(
    session: Session, rules: Rules, waiting: Mapping[int, Sequence[Waiting]], now: datetime
) -> Mapping[int, Sequence[Waiting]]:
    """Return what waits for each reader, with what they were told and have not opened."""
    found = {account_id: list(theirs) for account_id, theirs in waiting.items()}
    for one in unopened(session, now):
        person = rules.directory.people.get(one.account_id)
        theirs = found.setdefault(one.account_id, [])
        is_known = any(_line_of(other) == _line_of(one.waiting) for other in theirs)
        is_older = one.waiting.since_on < rules.today
        if person and is_older and not is_known and rules.directory.may_know(person, one.waiting):
            theirs.append(one.waiting)
    return found


def read_page(
    session: Session,
    read: tuple[datetime, datetime, Sequence[SilentCourt]],
    staff: Directory,
    whose: Whose,
    those: Found,
) -> Morning:
    """Read what one reader's page of today is made of: only so much as a page can show."""
    now, since, silent = read
    today = london_date(now)
    held = found.matters_of(session, today, whose, those.referral_ids)
    rules = rules_on(session, today, (one.key for one in held.rows), staff)
    settled = found.settled_late(session, london_date(since), today, whose)
    morning = _morning(session, Read(now, since, silent, rules), held, settled)
    return replace(morning, is_cut=those.is_cut or held.is_cut)


def _line_of(waiting: Waiting) -> tuple[str, str]:
    return waiting.path, waiting.what


@dataclass(frozen=True, slots=True)
class Read:
    """What was read for every reader alike."""

    now: datetime
    since: datetime
    silent: Sequence[SilentCourt]
    rules: Rules


def _morning(session: Session, read: Read, held: OpenMatters, settled: Sequence[Matter]) -> Morning:
    rules = read.rules
    told, lost = _told_by_reader(rules, held.rows)
    missed = [one.key for one in held.rows if one.is_missed(rules.today)]
    mailed = mailed_singly(session, missed)
    notices = notices_since(session, read.since)
    morning = Morning(read.now, rules, told, settled, read.silent, notices, mailed, held.spoken_for)
    return replace(morning, lost=lost)


def _told_by_reader(
    rules: Rules, rows: Sequence[Matter]
) -> tuple[Mapping[int, Sequence[Told]], tuple[Matter, ...]]:
    """Return what each reader is told of, and what a fault of the program keeps from all of them.

    It keeps nothing else from anybody.
    """
    told: dict[int, list[Told]] = defaultdict(list)
    lost = []
    for matter in rows:
        try:
            readers = told_of(rules, matter)
        except Exception as fault:
            _LOG.error("digests.row_lost", matter=matter.key, **logs.fault(fault))
            lost.append(matter)
            continue
        for account_id, one in readers.items():
            told[account_id].append(one)
    return told, tuple(lost)


def drafts(
    session: Session, now: datetime, due: Sequence[int], silent: Sequence[SilentCourt]
) -> tuple[Morning, list[tuple[Person, Draft]]]:
    """Return the digest of each reader who is due one, all seen at the same moment."""
    froms = covered_until(session, due, now)
    morning = read_morning(session, now, silent, min(froms.values(), default=now))
    staff = morning.rules.directory.people
    written, unwritten = [], []
    for person in (staff[account_id] for account_id in due if account_id in staff):
        try:
            with session.begin_nested():
                draft = draft_for(session, morning, person, froms[person.account_id])
        except Exception as fault:
            if isinstance(fault, DBAPIError) and is_passing(fault):
                raise  # the fault is the database's: another sweep writes them all
            _LOG.error("digests.not_written", account=person.account_id, **logs.fault(fault))
            unwritten.append(person)
        else:
            written.append((person, draft))
    return replace(morning, unwritten=unwritten), written


def draft_for(
    session: Session, morning: Morning, person: Person, since: datetime, *, whole: bool = False
) -> Draft:
    """Return one person's digest of a morning, covering from a moment on; ``whole`` has no end."""
    before, rules = _before(session, morning, person, since), morning.rules
    told = list(morning.told.get(person.account_id, ()))
    theirs = {one.matter.key for one in told}
    closed = {one.key for one in morning.settled}
    gone_keys = [
        key
        for key, (_, state) in before.lines.items()
        if state is not LineState.SETTLED
        and key not in theirs | morning.mailed_before | morning.spoken_for
        # Of what was told before, a page that is cut looks only at what was settled since.
        and (not morning.is_cut or key in closed)
    ]
    gone = [(one, found.is_open(session, one)) for one in found.matters_named(session, gone_keys)]
    region = region_named(person.region_code)
    reading = Reading(
        person,
        region.name if region else "all regions",
        morning.now,
        before,
        told,
        gone,
        [one for one in morning.settled if _is_theirs(rules, before, person, one, gone_keys)],
        tuple(one for one in morning.silent if _hears(person, one)),
        _notices(morning, before, person),
        # The page shows none of it, and it reads all that is open in a region.
        None if whole else weekly_for(session, rules, person, since),
        len(told) if whole else MOST_ROWS,
        lines_of(morning.waiting.get(person.account_id, ()), rules.today),
    )
    return compose(rules, reading)


def _is_theirs(
    rules: Rules, before: Before, person: Person, matter: Matter, gone: Sequence[str]
) -> bool:
    """Say whether a miss came and went since a person's last digest, and would have been theirs."""
    settled_on = matter.settled_on
    if matter.key in gone or before.state(matter.key) is not None or settled_on is None:
        return False
    if settled_on < london_date(before.covers_from):
        return False
    readers = [
        *rules.directory.readers(matter, Stand.OFFICER),
        *rules.directory.readers(matter, Stand.MANAGER),
    ]
    return any(one.person.account_id == person.account_id for one in readers)


def _hears(person: Person, court: SilentCourt) -> bool:
    if person.role == ROLE_OF[Stand.ADMINISTRATOR]:
        return True
    managing = (ROLE_OF[Stand.MANAGER], ROLE_OF[Stand.HEAD])
    return person.role in managing and person.region_code == court.region_code is not None


def _notices(morning: Morning, before: Before, person: Person) -> list[NoticeLine]:
    staff = morning.rules.directory
    return [
        NoticeLine(one.matter, one.words)
        for one in morning.notices
        if before.state(one.matter) is None
        and (one.owed_at >= before.covers_from or not one.is_sent)
        and _is_for(staff, one, person)
    ]


def _is_for(staff: Directory, notice: Notice, person: Person) -> bool:
    readers = staff.readers(notice, notice.wanted)
    return any(one.person.account_id == person.account_id for one in readers)


def _before(session: Session, morning: Morning, person: Person, since: datetime) -> Before:
    """Return what was last said to a person of each matter that may still concern them."""
    asked = {one.key for one in morning.settled} | {one.matter for one in morning.notices}
    told = {one.matter.key for one in morning.told.get(person.account_id, ())}
    newest = select(DigestLine.matter, DigestLine.rung, DigestLine.state).where(
        DigestLine.account_id == person.account_id, col(DigestLine.is_last)
    )
    if morning.is_cut:
        newest = newest.where(col(DigestLine.matter).in_(asked | told))
    lines = {one: (str(Rung.BREACH), LineState.MISSED) for one in morning.mailed_before}
    for matter, rung, state in session.exec(newest):
        if state != LineState.SETTLED or matter in asked:
            lines[matter] = (rung, LineState(state))
    return Before(since, lines)
