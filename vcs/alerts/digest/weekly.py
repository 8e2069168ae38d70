"""What heads get once a week: what is longest overdue, the trend, and witness care's delay."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from statistics import median

from sqlmodel import Session, col, select

from vcs.alerts.digest.agenda import matters as found
from vcs.alerts.digest.agenda.whose import Whose
from vcs.alerts.digest.facts import MOST_ROWS, Delay, Week, Weekly
from vcs.alerts.digest.recipients.told import Rules, Told, on_weekly_list
from vcs.alerts.digest.words import row
from vcs.alerts.rungs.directory import Person
from vcs.alerts.rungs.ladder import Rung, weekly_on
from vcs.clock import london_date
from vcs.intake.regions import POLICE_AREAS, court
from vcs.law.deadlines import duties
from vcs.law.deadlines.working_days import working_days_between
from vcs.referrals.records import DeadlineRecord, Referral
from vcs.sentences.records import Sentence
from vcs.terms import Role

WEEKS = 8


def weekly_for(session: Session, rules: Rules, person: Person, since: datetime) -> Weekly | None:
    """Return a head's weekly part, once a week; None for everybody else.

    It is for the first working day of a week. Where nothing went on that day, it is in the first
    email after it: ``since`` is up to when the last one covers.
    """
    if person.role != Role.HEAD or not london_date(since) < _weekly_day(rules.today) <= rules.today:
        return None
    region, today = person.region_code, rules.today
    over = [
        Told(matter, Rung.WEEKLY_LIST, reader, matter.reached(rules.ladder(matter)))
        for matter in found.open_matters(session, today, Whose(region_code=region)).rows
        for reader in on_weekly_list(rules, matter)
        if reader.person.account_id == person.account_id
    ]
    rows = tuple(row(rules, one, is_new=False) for one in over[:MOST_ROWS])
    begins = _monday(today) - timedelta(weeks=WEEKS)
    kept = _referrals_due(session, region, begins, today)
    unnamed = len(over) - len(rows)
    return Weekly(rows, _trend(kept, begins, today), _delays(kept, today), unnamed)


def _weekly_day(today: date) -> date:
    """Return the day of a week's list."""
    return weekly_on(_monday(today))


_Kept = Sequence[tuple[DeadlineRecord, str | None, str | None]]


def _referrals_due(session: Session, region: str | None, begins: date, today: date) -> _Kept:
    """Return the duties to refer that fell due in the weeks before this, with court and area."""
    query = (
        select(DeadlineRecord, Sentence.court_code, Referral.police_area)
        .join(Referral, col(Referral.id) == col(DeadlineRecord.referral_id))
        .join(Sentence, col(Sentence.id) == col(Referral.sentence_id))
        .where(
            DeadlineRecord.duty == duties.REFER,
            Referral.region_code == region,
            col(DeadlineRecord.due_on) >= begins,
            col(DeadlineRecord.due_on) < today,
        )
    )
    return session.exec(query).all()


def _trend(kept: _Kept, begins: date, today: date) -> tuple[Week, ...]:
    """Return each whole week: what fell due, was met in time, and was missed."""
    weeks: dict[date, list[DeadlineRecord]] = defaultdict(list)
    for deadline, _, _ in kept:
        if not _lifted_in_time(deadline):
            weeks[_monday(deadline.due_on)].append(deadline)
    days = (begins + timedelta(weeks=n) for n in range(WEEKS))
    return tuple(_week(day, weeks[day]) for day in days if day < _monday(today))


def _week(begins_on: date, due: list[DeadlineRecord]) -> Week:
    in_time = sum(one.met_on is not None and one.met_on <= one.due_on for one in due)
    return Week(begins_on, len(due), in_time, len(due) - in_time)


def _lifted_in_time(deadline: DeadlineRecord) -> bool:
    return deadline.lifted_on is not None and deadline.lifted_on <= deadline.due_on


def _delays(kept: _Kept, today: date) -> tuple[Delay, ...]:
    """Return, for each court and police area, how long witness care took; the slowest first."""
    places: dict[tuple[str, str], list[DeadlineRecord]] = defaultdict(list)
    for deadline, court_code, area in kept:
        known = court(court_code)
        name = known.name if known else court_code or "court not known"
        places[name, POLICE_AREAS.get(area or "", "area not known")].append(deadline)
    rows = [_delay(place, rows, today) for place, rows in places.items()]
    return tuple(sorted(rows, key=lambda one: (-(one.median or 0), one.court, one.area)))


def _delay(place: tuple[str, str], rows: list[DeadlineRecord], today: date) -> Delay:
    took = [working_days_between(one.starts_on, one.met_on) for one in rows if one.met_on]
    waiting = sum(one.met_on is None and one.lifted_on is None for one in rows)
    middle = round(median(took)) if took else None
    return Delay(*place, len(took), middle, max(took, default=None), waiting)


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())
