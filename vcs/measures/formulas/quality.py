"""M7, M10, M11, M16, M18, M20, M23 and M24: the quality beside the time."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any, Final

from sqlalchemy import ColumnElement, and_, exists, func, or_, select
from sqlmodel import Session, col

from vcs.events.records import EventKind, KeyEvent
from vcs.lists.endings import Ends, Reason
from vcs.lists.records import ListLine, ListRun
from vcs.measures.facts import Asked, Fact, LeftOut, Place, of_victims, placed
from vcs.quality.dip_reads import both_read
from vcs.quality.questions import GOOD
from vcs.quality.records import Feedback
from vcs.referrals.records import Referral
from vcs.tables import table_of
from vcs.tasks.records import Task
from vcs.terms import Choice
from vcs.training.register import practitioners
from vcs.victims.records import (
    ChoiceRecord,
    ContactRecord,
    FormerDetails,
    PersonRecord,
    PostedLetter,
    Victim,
)

_EARLY: Final = timedelta(weeks=8)
"""How long before a release the offer is made again: unconfirmed."""


def offered_again(session: Session, asked: Asked) -> Iterator[Fact]:
    """M7. Each *no reply* with a planned release: was it offered again in time?"""
    happened = col(KeyEvent.happened_on)
    said = (
        select(func.max(col(ChoiceRecord.chosen_on)))
        .where(
            col(ChoiceRecord.victim_id) == col(Victim.id),
            col(ChoiceRecord.choice) == str(Choice.NO_REPLY),
            col(ChoiceRecord.chosen_on) <= happened,
        )
        .correlate(Victim, KeyEvent)
        .scalar_subquery()
    )
    columns: tuple[Any, ...] = (
        happened,
        col(Victim.id).label("victim_id"),
        said.label("no_reply_on"),
    )
    planned = str(EventKind.RELEASE_PLANNED)
    query = (
        of_victims(asked, *columns)
        .join(KeyEvent, col(KeyEvent.referral_id) == col(Referral.id))
        .where(col(KeyEvent.kind) == planned, happened.between(asked.from_on, asked.to_on))
        .where(said.is_not(None), col(KeyEvent.taken_back_at).is_(None))
    )
    for row in session.execute(query):
        latest = row.happened_on - _EARLY
        left_out = _why_not_offered(session, row, asked.today)
        counts = left_out is None and _offered_between(session, row, latest)
        yield Fact(row.happened_on, placed(row), counts, None, left_out)


def _why_not_offered(session: Session, row: Any, today: date) -> LeftOut | None:
    out = exists().where(
        col(ChoiceRecord.victim_id) == row.victim_id,
        col(ChoiceRecord.choice) == str(Choice.OPT_OUT),
        col(ChoiceRecord.chosen_on) > row.no_reply_on,
    )
    if session.scalar(select(out)):
        return LeftOut.CLOSED
    return LeftOut.NOT_DUE if row.happened_on - _EARLY > today else None


def _offered_between(session: Session, row: Any, latest: date) -> bool:
    """Say whether a letter was posted, or somebody was reached, after *no reply* and in time."""
    after = row.no_reply_on + timedelta(days=1)
    posted = exists().where(
        col(PostedLetter.victim_id) == row.victim_id,
        col(PostedLetter.posted_on).between(after, latest),
        col(PostedLetter.came_back_on).is_(None),
    )
    reached = exists().where(
        col(ContactRecord.victim_id) == row.victim_id,
        col(ContactRecord.reached),
        col(ContactRecord.happened_on).between(after, latest),
    )
    return bool(session.scalar(select(posted | reached)))


def letters_that_answer(session: Session, asked: Asked) -> Iterator[Fact]:
    """M10. Each letter of a dip sample that two people read: did both find it good?"""
    places = _places(session, asked)
    for victim_id, read_on, good in both_read(session):
        if asked.covers(read_on) and victim_id in places:
            yield Fact(read_on, places[victim_id], good)


def _places(session: Session, asked: Asked) -> dict[int, Place]:
    query = of_victims(asked, col(Victim.id).label("victim_id"))
    return {row.victim_id: placed(row) for row in session.execute(query)}


def on_their_terms(session: Session, asked: Asked) -> Iterator[Fact]:
    """M11. Each contact or attempt: by a way that they allow?"""
    happened = col(ContactRecord.happened_on)
    query = of_victims(asked, happened, col(ContactRecord.against_wishes)).join(
        ContactRecord, col(ContactRecord.victim_id) == col(Victim.id)
    )
    for row in session.execute(query.where(happened.between(asked.from_on, asked.to_on))):
        yield Fact(row.happened_on, placed(row), not row.against_wishes)


def in_their_words(session: Session, asked: Asked) -> Iterator[Fact]:
    """M16. Each time somebody was asked: 4 or 5 to all three questions?"""
    for row in session.execute(_feedback(asked)):
        left_out = LeftOut.NOT_SAID if row.understood is None else None
        good = left_out is None and min(row.understood, row.listened, row.kept) >= GOOD
        yield Fact(row.asked_on, placed(row), good, None, left_out)


def bare_ticks(session: Session, asked: Asked) -> Iterator[Fact]:
    """M24. Each answer: numbers alone, without a word?"""
    for row in session.execute(_feedback(asked)):
        left_out = LeftOut.NOT_SAID if row.understood is None else None
        yield Fact(
            row.asked_on, placed(row), left_out is None and not row.has_words, None, left_out
        )


def _feedback(asked: Asked) -> Any:
    on = col(Feedback.asked_on)
    columns = (
        on,
        col(Feedback.understood),
        col(Feedback.listened),
        col(Feedback.kept),
        col(Feedback.has_words),
    )
    query = of_victims(asked, *columns).join(Feedback, col(Feedback.victim_id) == col(Victim.id))
    return query.where(on.between(asked.from_on, asked.to_on))


def second_list(session: Session, asked: Asked) -> Iterator[Fact]:
    """M18. Each line of the newest list of each kind and source: has it ended, or does it wait?

    A blank line or a total is no sentence, and counts as none.
    """
    lines, runs, tasks = table_of(ListLine), table_of(ListRun), table_of(Task)
    waits = lines.c.ends_as.in_([str(Ends.TASK), str(Ends.CANNOT_TELL), str(Ends.DIFFERS)])
    answered = tasks.c.done_at.is_not(None)
    query = (
        select(
            runs.c.drawn_on,
            runs.c.reference,
            lines.c.region_code,
            (~waits | answered).label("ended"),
        )
        .select_from(
            lines.join(runs, runs.c.id == lines.c.run_id).outerjoin(
                tasks, tasks.c.id == lines.c.task_id
            )
        )
        .where(lines.c.row.is_not(None), lines.c.reason != str(Reason.NO_SENTENCE))
        .where(runs.c.drawn_on.between(asked.from_on, asked.to_on))
        .where(~_is_overtaken(asked))
        .where(asked.reach.covering(lines.c.region_code, None, lines.c.sentence_id))
    )
    for row in session.execute(query):
        place = Place(None, row.reference, row.region_code, None, None)
        yield Fact(row.drawn_on, place, bool(row.ended))


def _is_overtaken(asked: Asked) -> ColumnElement[bool]:
    """Say whether a list of the same kind and source was drawn later, or sent again, by the end."""
    runs = table_of(ListRun)
    later = runs.alias()
    is_later = or_(
        later.c.drawn_on > runs.c.drawn_on,
        and_(later.c.drawn_on == runs.c.drawn_on, later.c.id > runs.c.id),
    )
    same = (later.c.kind == runs.c.kind, later.c.source == runs.c.source)
    return exists().where(*same, is_later, later.c.drawn_on <= asked.to_on).correlate(runs)


def whole_the_first_time(session: Session, asked: Asked) -> Iterator[Fact]:
    """M20. Each victim who was referred: with a safe way, and an address that was confirmed?"""
    first = (
        select(func.min(col(FormerDetails.id)))
        .where(col(FormerDetails.person_id) == col(Victim.person_id))
        .correlate(Victim)
        .scalar_subquery()
    )
    referred = col(Victim.referred_on)
    was = table_of(FormerDetails).alias("was")
    columns = (
        referred,
        was.c.id.label("was_id"),
        was.c.safe_to_post.label("was_safe"),
        was.c.address_confirmed_on.label("was_confirmed"),
        col(PersonRecord.safe_to_post),
        col(PersonRecord.address_confirmed_on),
    )
    query = (
        of_victims(asked, *columns)
        .join(PersonRecord, col(PersonRecord.id) == col(Victim.person_id))
        .outerjoin(was, was.c.id == first)
        .where(referred.between(asked.from_on, asked.to_on))
    )
    for row in session.execute(query):
        safe = row.was_safe if row.was_id else row.safe_to_post
        confirmed = row.was_confirmed if row.was_id else row.address_confirmed_on
        yield Fact(row.referred_on, placed(row), safe is not None and confirmed is not None)


def trained(session: Session, asked: Asked) -> Iterator[Fact]:
    """M23. Each member of staff on the last day: have they passed the course of their role?"""
    for one in practitioners(session, asked.end):
        if asked.reach.everywhere or one.region_code == asked.reach.region_code:
            place = Place(None, one.role, one.region_code, None, None)
            yield Fact(asked.end, place, one.has_passed)
