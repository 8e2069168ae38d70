"""M3 to M6, M12 and M21: were victims reached, and what came of it?"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, exists, func, select
from sqlmodel import Session, col

from vcs.law.deadlines.duties import ASSESS_NEEDS, FIRST_CONTACT
from vcs.law.deadlines.working_days import add_working_days
from vcs.measures.facts import Asked, Fact, LeftOut, of_referrals, of_victims, placed
from vcs.measures.formulas.referring import UNIT, in_time, taken_back, why_left_out
from vcs.referrals.records import DeadlineRecord, Referral
from vcs.terms import Choice
from vcs.victims.needs_clock import LIVE
from vcs.victims.records import ChoiceRecord, ContactRecord, PostedLetter, Victim

_TRIES, _WAYS, _TIME_TO_CHOOSE = 3, 2, 20


def first_contact_in_time(session: Session, asked: Asked) -> Iterator[Fact]:
    """M3. Each victim whose first contact fell due."""
    for row in session.execute(_of_duty(asked, FIRST_CONTACT)):
        yield _of_deadline(row, asked, in_time(row))


def spoken_with(session: Session, asked: Asked) -> Iterator[Fact]:
    """M4. The same victims: who was spoken with by that day?"""
    spoken = exists().where(
        col(ContactRecord.victim_id) == col(DeadlineRecord.victim_id),
        col(ContactRecord.reached),
        col(ContactRecord.how).in_([str(way) for way in LIVE]),
        col(ContactRecord.happened_on) <= col(DeadlineRecord.due_on),
    )
    for row in session.execute(_of_duty(asked, FIRST_CONTACT, spoken.label("spoken"))):
        yield _of_deadline(row, asked, bool(row.spoken))


def needs_in_time(session: Session, asked: Asked) -> Iterator[Fact]:
    """M8. Each victim whose needs assessment fell due."""
    for row in session.execute(_of_duty(asked, ASSESS_NEEDS)):
        yield _of_deadline(row, asked, in_time(row))


def _of_duty(asked: Asked, duty: str, *more: ColumnElement[Any]) -> Select[Any]:
    due_on = func.coalesce(col(DeadlineRecord.lawful_due_on), col(DeadlineRecord.due_on))
    columns = (
        due_on.label("due_on"),
        col(DeadlineRecord.met_on),
        col(DeadlineRecord.lifted_on),
        col(Referral.opened_on),
        taken_back().label("taken_back"),
        *more,
    )
    return (
        of_referrals(asked, *columns)
        .join(DeadlineRecord, col(DeadlineRecord.referral_id) == col(Referral.id))
        .where(col(DeadlineRecord.duty) == duty, due_on.between(asked.from_on, asked.to_on))
    )


def _of_deadline(row: Any, asked: Asked, counts: bool) -> Fact:
    if row.opened_on > row.due_on:
        return Fact(row.due_on, placed(row), False, None, LeftOut.TOLD_LATE, UNIT)
    left_out = why_left_out(row, asked.today)
    return Fact(row.due_on, placed(row), counts and left_out is None, None, left_out)


def tries_before_no_reply(session: Session, asked: Asked) -> Iterator[Fact]:
    """M5. Each *no reply*: how often, and in how many ways, was it tried before?"""
    tried = (
        col(ContactRecord.victim_id) == col(Victim.id),
        col(ContactRecord.reached).is_(False),
        col(ContactRecord.happened_on) <= col(ChoiceRecord.chosen_on),
    )
    tries = select(func.count()).where(*tried).correlate(Victim, ChoiceRecord)
    ways = select(func.count(func.distinct(col(ContactRecord.how)))).where(*tried)
    columns = (
        col(ChoiceRecord.chosen_on),
        tries.scalar_subquery().label("tries"),
        ways.correlate(Victim, ChoiceRecord).scalar_subquery().label("ways"),
    )
    query = (
        of_victims(asked, *columns)
        .join(ChoiceRecord, col(ChoiceRecord.victim_id) == col(Victim.id))
        .where(col(ChoiceRecord.choice) == str(Choice.NO_REPLY))
        .where(col(ChoiceRecord.chosen_on).between(asked.from_on, asked.to_on))
    )
    for row in session.execute(query):
        yield Fact(row.chosen_on, placed(row), row.tries >= _TRIES and row.ways >= _WAYS)


def take_up(session: Session, asked: Asked) -> Iterator[Fact]:
    """M6. Each victim who was reached: did they opt in?"""
    latest = (
        select(col(ChoiceRecord.choice))
        .where(col(ChoiceRecord.victim_id) == col(Victim.id))
        .order_by(col(ChoiceRecord.chosen_on).desc(), col(ChoiceRecord.id).desc())
        .limit(1)
        .correlate(Victim)
        .scalar_subquery()
    )
    # Who answered a letter was reached by it, though nobody spoke to them.
    answered = (
        select(func.min(col(ChoiceRecord.chosen_on)))
        .where(
            col(ChoiceRecord.victim_id) == col(Victim.id),
            col(ChoiceRecord.choice) != str(Choice.NO_REPLY),
        )
        .correlate(Victim)
        .scalar_subquery()
    )
    reached = func.coalesce(col(Victim.contacted_on), answered).label("reached_on")
    query = of_victims(asked, reached, latest.label("choice"), taken_back().label("taken_back"))
    for row in session.execute(query.where(reached.between(asked.from_on, asked.to_on))):
        left_out = _still_choosing(row, asked.today)
        counts = left_out is None and row.choice == Choice.OPT_IN
        yield Fact(row.reached_on, placed(row), counts, None, left_out)


def _still_choosing(row: Any, today: date) -> LeftOut | None:
    if row.taken_back:
        return LeftOut.TAKEN_BACK
    if row.choice is None and add_working_days(row.reached_on, _TIME_TO_CHOOSE) >= today:
        return LeftOut.NO_CHOICE
    return None


def one_officer(session: Session, asked: Asked) -> Iterator[Fact]:
    """M12. Each contact: was it made by the officer of the referral?"""
    happened, by = col(ContactRecord.happened_on), col(ContactRecord.recorded_by)
    query = (
        of_victims(asked, happened, by, col(Referral.vlo_account_id))
        .join(ContactRecord, col(ContactRecord.victim_id) == col(Victim.id))
        .where(col(ContactRecord.reached), happened.between(asked.from_on, asked.to_on))
    )
    for row in session.execute(query):
        left_out = LeftOut.NO_OFFICER if row.vlo_account_id is None else None
        counts = row.recorded_by == row.vlo_account_id
        yield Fact(row.happened_on, placed(row), counts, None, left_out)


def returned_post(session: Session, asked: Asked) -> Iterator[Fact]:
    """M21. Each letter that was posted: did it come back?"""
    posted, back = col(PostedLetter.posted_on), col(PostedLetter.came_back_on)
    query = (
        of_victims(asked, posted, back)
        .join(PostedLetter, col(PostedLetter.victim_id) == col(Victim.id))
        .where(posted.between(asked.from_on, asked.to_on))
    )
    for row in session.execute(query):
        yield Fact(row.posted_on, placed(row), row.came_back_on is not None)
