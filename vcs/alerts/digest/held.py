"""Hold a morning that would tell of far more than usual, and ask one person to look at it.

What comes in slices, over days or after restarts, counts together.

Nothing that goes at once is ever held. While a run is held its readers have its counts and a link;
unanswered for two hours the next person is asked, and at the end of the day it goes.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from statistics import median

from sqlalchemy import func
from sqlmodel import Session, col, or_, select

from vcs.access.records import Account
from vcs.alerts.digest.records import Digest, DigestLine, HeldRun, Part, RunDecision
from vcs.alerts.digest.write import Kept, owe_digest
from vcs.alerts.owe import Notice, owe_alert
from vcs.alerts.records import AlertKind
from vcs.clock import LONDON, london_date
from vcs.database import insert_once
from vcs.intake.regions import region_named
from vcs.referrals.officers.reads import deciders_away
from vcs.tables import free_reference, table_of
from vcs.terms import Role

TIMES_THE_USUAL = 3

LEAST_USUAL = 3
"""Where fewer are usual, so many are taken for it: three misses are no surge anywhere."""

SLICES = 5
"""Over how many mornings what comes in slices counts together."""

TIMES_A_WEEK = 2
"""Twice the usual, morning after morning, is a surge in slices."""

LEAST_A_WEEK = 18
"""So many on all those mornings together are no surge anywhere."""

LEAST_MORNINGS = 3
"""On how many mornings a region must have had digests before anything is usual there."""

LOOKED_BACK = 20
"""How many mornings say what is usual."""

ASKED_FOR = timedelta(hours=2)

END_OF_DAY = time(17, 0)

_RUNS = table_of(HeldRun)

_AT_A_TIME = 500

_ASKED = (Role.MANAGER, Role.HEAD, Role.ADMINISTRATOR)


def new_by_region(found: Sequence[Kept]) -> Mapping[str, frozenset[str]]:
    """Return of which misses each region's digests tell for the first time."""
    matters: dict[str, set[str]] = defaultdict(set)
    for one in found:
        new = {line.matter for line in one.draft.lines if line.is_new}
        matters[one.person.region_code or ""] |= new
    return {region: frozenset(keys) for region, keys in matters.items()}


def run_for(
    session: Session, region: str, day: date, new: Collection[str], now: datetime
) -> HeldRun | None:
    """Return the held run that a region's digests of a day belong to, begun here if need be.

    ``new`` counts together with what went earlier that day and on the mornings before it. None
    where that is no more than usual, or somebody let such a surge through.
    """
    query = select(HeldRun).where(HeldRun.region_code == region, HeldRun.day == day)
    held = session.exec(query).first()
    if held is not None:
        return held if held.decision is None else None
    usual = usual_for(session, region, day)
    new = set(new) - _told_before(session, region, day, new)
    if usual is None or not new:
        return None
    so_far = _so_far(session, region, day) | new
    today = _told_on(session, region, day) | new
    surges = len(today) > TIMES_THE_USUAL * max(usual, LEAST_USUAL)
    creeps = len(so_far) > max(TIMES_A_WEEK * SLICES * usual, LEAST_A_WEEK)
    if not (surges or creeps) or _let_through(session, region, day, len(so_far)):
        return None
    count = len(today) if surges else len(so_far)
    row = _row(session, (region, day), (count, usual), now)
    session.execute(insert_once(session, _RUNS, "region_code", "day").values(row))
    held = session.exec(query).one()
    _ask_next(session, held, now)
    return held


def _row(
    session: Session, place: tuple[str, date], counts: tuple[int, int], now: datetime
) -> dict[str, object]:
    region, day = place
    new, usual = counts
    return {
        "reference": free_reference(session, HeldRun),
        "region_code": region,
        "day": day,
        "new_rows": new,
        "usual": usual,
        "asked_at": now,
        "held_at": now,
        "left_out": "[]",
    }


def _so_far(session: Session, region: str, day: date) -> set[str]:
    """Return what the last mornings told of for the first time, since somebody last looked."""
    looked = select(func.max(HeldRun.day)).where(
        HeldRun.region_code == region, col(HeldRun.decision).is_not(None), HeldRun.day < day
    )
    last: date | None = session.exec(looked).one()
    days = session.exec(
        select(col(Digest.day))
        .where(Digest.region_code == region, Digest.day < day, Digest.part == Part.DIGEST)
        .distinct()
        .order_by(col(Digest.day).desc())
        .limit(SLICES - 1)
    ).all()
    since = [one for one in days if last is None or one > last]
    return _told_on(session, region, *since, day)


def _told_before(session: Session, region: str, day: date, new: Collection[str]) -> set[str]:
    """Return of which of some misses a region was told before: they climb, and are no surge.

    So are those that were held for a whole day on which nobody answered: once is enough.
    """
    unanswered = select(HeldRun.id).where(HeldRun.decision == str(RunDecision.UNANSWERED))
    found: set[str] = set()
    keys = sorted(new)
    for start in range(0, len(keys), _AT_A_TIME):
        query = (
            select(DigestLine.matter)
            .join(Digest, col(Digest.id) == col(DigestLine.digest_id))
            .where(
                col(DigestLine.matter).in_(keys[start : start + _AT_A_TIME]),
                col(DigestLine.is_new),
                Digest.region_code == region,
                Digest.day < day,
                or_(col(Digest.alert_id).is_not(None), col(Digest.run_id).in_(unanswered)),
            )
        )
        found |= set(session.exec(query.distinct()))
    return found


def _told_on(session: Session, region: str, *days: date) -> set[str]:
    """Return what digests that were owed on some days told of for the first time."""
    query = (
        select(DigestLine.matter)
        .join(Digest, col(Digest.id) == col(DigestLine.digest_id))
        .where(
            Digest.region_code == region,
            col(Digest.day).in_(days),
            col(DigestLine.is_new),
            col(Digest.alert_id).is_not(None),
        )
    )
    return set(session.exec(query.distinct()))


def usual_for(session: Session, region: str, day: date) -> int | None:
    """Return how many new misses a region's mornings usually tell of; None while unknown."""
    days = session.exec(
        select(col(Digest.day))
        .where(Digest.region_code == region, Digest.day < day, Digest.part == Part.DIGEST)
        .distinct()
        .order_by(col(Digest.day).desc())
        .limit(LOOKED_BACK)
    ).all()
    if len(days) < LEAST_MORNINGS:
        return None
    query = (
        select(col(DigestLine.day), func.count(col(DigestLine.matter).distinct()))
        .join(Digest, col(Digest.id) == col(DigestLine.digest_id))
        .where(Digest.region_code == region, col(DigestLine.day).in_(days), col(DigestLine.is_new))
        .group_by(col(DigestLine.day))
    )
    counted = dict(session.exec(query).all())
    return int(median(int(counted.get(one, 0)) for one in days))


def _let_through(session: Session, region: str, day: date, new: int) -> bool:
    """Say whether somebody looked at a surge like this one and announced more of it.

    One that is several times what they saw is another surge, and is looked at again.
    """
    query = select(HeldRun.new_rows).where(
        HeldRun.region_code == region, col(HeldRun.let_through_until) >= day
    )
    return any(new <= TIMES_THE_USUAL * seen for seen in session.exec(query))


def _ask_next(session: Session, run: HeldRun, now: datetime) -> bool:
    """Ask the next person about a run: managers, then heads, then administrators."""
    rungs = _rungs(session, run.region_code, london_date(now))
    asked = next((n for n, rung in enumerate(rungs) if run.account_id in rung), -1)
    if asked + 1 >= len(rungs):
        return False
    run.account_id, run.asked_at = rungs[asked + 1][0], now
    session.add(run)
    region = region_named(run.region_code)
    subject = region.name if region else "no region"
    values: dict[str, str | int] = {
        "new": run.new_rows,
        "usual": run.usual,
        "run": run.reference,
    }
    occurrence = f"{run.reference}:{run.account_id}"
    code = run.region_code or None
    owe_alert(
        session, Notice(AlertKind.HELD, subject, occurrence, values, code, run.account_id), now
    )
    return True


def _rungs(session: Session, region: str, today: date) -> list[list[int]]:
    """Return who may be asked, rung by rung: whoever is at work first, and no rung with nobody."""
    query = select(Account.id, Account.role, Account.region_code).where(
        col(Account.active), col(Account.role).in_([str(one) for one in _ASKED])
    )
    found = session.exec(query.order_by(col(Account.id))).all()
    away = deciders_away(session, today)
    rungs = []
    for role in _ASKED:
        here = [
            account_id
            for account_id, held, code in found
            if held == role and (role is Role.ADMINISTRATOR or code == region)
        ]
        rungs.append(sorted(here, key=lambda one: (one in away, one)))
    return [one for one in rungs if one]


def runs_to_move_on(session: Session, now: datetime) -> list[int]:
    """Return the runs that were not answered in their time."""
    query = select(HeldRun).where(col(HeldRun.decision).is_(None))
    return [one.id for one in session.exec(query) if _is_over(one, now) or _waited(one, now)]


def move_on(session: Session, run_id: int, now: datetime) -> bool:
    """Ask the next person about a run, or let it go at the end of its day."""
    query = select(HeldRun).where(HeldRun.id == run_id, col(HeldRun.decision).is_(None))
    run = session.exec(query.with_for_update(skip_locked=True)).first()
    if run is None:
        return False
    if not _is_over(run, now):
        return _waited(run, now) and _ask_next(session, run, now)
    run.decision, run.decided_at = str(RunDecision.UNANSWERED), now
    session.add(run)
    release(session, run, now)
    return True


def _waited(run: HeldRun, now: datetime) -> bool:
    return now - run.asked_at >= ASKED_FOR


def _is_over(run: HeldRun, now: datetime) -> bool:
    return now >= datetime.combine(run.day, END_OF_DAY, LONDON)


def release(session: Session, run: HeldRun, now: datetime) -> None:
    """Owe the digests that a run held, if it is still their day; the next morning has the rest."""
    if run.day != london_date(now):
        return
    held = select(Digest.id).where(
        Digest.run_id == run.id, col(Digest.alert_id).is_(None), Digest.part == Part.DIGEST
    )
    for digest_id in session.exec(held).all():
        owe_digest(session, digest_id, now)
