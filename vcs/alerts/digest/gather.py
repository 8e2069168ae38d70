"""Read, once for a morning, all that the digests of its readers are made of."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta

from sqlalchemy import func
from sqlmodel import Session, col, select

from vcs.access.records import Account
from vcs.alerts.digest.agenda import matters as found
from vcs.alerts.digest.agenda.matter import Matter
from vcs.alerts.digest.agenda.matters import Found, OpenMatters
from vcs.alerts.digest.agenda.notices import Notice, notices_since
from vcs.alerts.digest.agenda.singly import mailed_singly
from vcs.alerts.digest.agenda.still_open import Waiting, all_waiting, lines_for
from vcs.alerts.digest.agenda.whose import Whose
from vcs.alerts.digest.compose import Before, Draft, NoticeLine, Reading, compose
from vcs.alerts.digest.facts import MOST_ROWS, SilentCourt
from vcs.alerts.digest.recipients.rules import rules_on
from vcs.alerts.digest.recipients.told import Rules, Told, told_of
from vcs.alerts.digest.records import Digest, DigestHour, DigestLine, LineState, Part
from vcs.alerts.digest.weekly import weekly_for
from vcs.alerts.records import AlertRecord
from vcs.alerts.rungs.directory import Directory, Person
from vcs.alerts.rungs.ladder import ROLE_OF, Rung, Stand
from vcs.alerts.waits import is_in_hand
from vcs.clock import LONDON, london_date
from vcs.intake.regions import region_named
from vcs.law.deadlines.working_days import is_working_day

SENT_FROM = time(7, 0)
"""When a morning's digests go, unless somebody chose another hour before eight."""

_ROLES = tuple({str(role) for role in ROLE_OF.values()})


@dataclass(frozen=True, slots=True)
class Morning:
    """All that was read for the digests of one morning."""

    now: datetime
    rules: Rules
    told: Mapping[int, Sequence[Told]]
    settled: Sequence[Matter]
    silent: Sequence[SilentCourt]
    notices: Sequence[Notice]
    mailed_before: frozenset[str] = frozenset()
    spoken_for: frozenset[str] = frozenset()
    is_cut: bool = False
    waiting: Sequence[Waiting] = ()


def readers_due(session: Session, now: datetime, *, first_ever: bool = False) -> list[int]:
    """Return who has had no digest today and whose hour has come; nobody on a day off.

    ``first_ever`` are those who never had one, whatever the day and the hour: it is for the
    example. Whoever's earlier digest is in a mail server's hand at this moment waits for the next
    sweep.
    """
    today = london_date(now)
    if not first_ever and not is_working_day(today):
        return []
    had = select(Digest.account_id)
    if not first_ever:
        had = had.where(Digest.day == today)
    in_hand = (
        select(Digest.account_id)
        .join(AlertRecord, col(AlertRecord.id) == col(Digest.alert_id))
        .where(col(AlertRecord.sent_at).is_(None), is_in_hand(col(AlertRecord.claimed_until), now))
    )
    query = (
        select(Account.id, DigestHour.minutes)
        .outerjoin(DigestHour, col(DigestHour.account_id) == col(Account.id))
        .where(
            col(Account.active),
            col(Account.role).in_(_ROLES),
            col(Account.id).not_in(had),
            col(Account.id).not_in(in_hand),
        )
        .order_by(col(Account.id))
    )
    minute = _minute(now)
    usual = SENT_FROM.hour * 60 + SENT_FROM.minute
    return [one for one, chosen in session.exec(query) if first_ever or minute >= (chosen or usual)]


def _minute(now: datetime) -> int:
    there = now.astimezone(LONDON)
    return there.hour * 60 + there.minute


def read_morning(
    session: Session, now: datetime, silent: Sequence[SilentCourt], since: datetime
) -> Morning:
    """Read what the digests of a morning are made of. ``since`` is the earliest they cover from."""
    today = london_date(now)
    held = found.open_matters(session, today)
    rules = rules_on(session, today, (one.key for one in held.rows))
    settled = found.settled_late(session, london_date(since), today)
    morning = _morning(session, Read(now, since, silent, rules), held, settled)
    return replace(morning, waiting=all_waiting(session, now))


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


@dataclass(frozen=True, slots=True)
class Read:
    """What was read for every reader alike."""

    now: datetime
    since: datetime
    silent: Sequence[SilentCourt]
    rules: Rules


def _morning(session: Session, read: Read, held: OpenMatters, settled: Sequence[Matter]) -> Morning:
    rules = read.rules
    told: dict[int, list[Told]] = defaultdict(list)
    for matter in held.rows:
        for account_id, one in told_of(rules, matter).items():
            told[account_id].append(one)
    missed = [one.key for one in held.rows if one.is_missed(rules.today)]
    mailed = mailed_singly(session, missed)
    notices = notices_since(session, read.since)
    return Morning(read.now, rules, told, settled, read.silent, notices, mailed, held.spoken_for)


def drafts(
    session: Session, now: datetime, due: Sequence[int], silent: Sequence[SilentCourt]
) -> tuple[Morning, list[tuple[Person, Draft]]]:
    """Return the digest of each reader who is due one, all seen at the same moment."""
    froms = covered_until(session, due, now)
    morning = read_morning(session, now, silent, min(froms.values(), default=now))
    staff = morning.rules.directory.people
    people = [staff[account_id] for account_id in due if account_id in staff]
    return morning, [
        (one, draft_for(session, morning, one, froms[one.account_id])) for one in people
    ]


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
        None if whole else weekly_for(session, rules, person),
        len(told) if whole else MOST_ROWS,
        lines_for(rules.directory, person, morning.waiting, rules.today),
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


def covered_until(session: Session, people: Sequence[int], now: datetime) -> dict[int, datetime]:
    """Return from when each person's next digest covers: since the last one that was taken.

    Whoever no digest ever reached has it from the first that was written, and whoever is new from
    the working day before.
    """
    query = (
        select(Digest.account_id, func.max(Digest.covers_until))
        .where(
            col(Digest.account_id).in_(people),
            col(Digest.taken_at).is_not(None),
            Digest.part == Part.DIGEST,
        )
        .group_by(col(Digest.account_id))
    )
    written = (
        select(Digest.account_id, func.min(Digest.covers_from))
        .where(col(Digest.account_id).in_(people))
        .group_by(col(Digest.account_id))
    )
    froms = dict(session.exec(written).all()) | dict(session.exec(query).all())
    first = _morning_before(now)
    return {one: min(froms.get(one, first), now) for one in people}


def _morning_before(now: datetime) -> datetime:
    day = london_date(now) - timedelta(days=1)
    while not is_working_day(day):
        day -= timedelta(days=1)
    return datetime.combine(day, SENT_FROM, LONDON)
