"""A unit whom no email reaches is a person's: no mailbox, put off, refused, come back."""

from __future__ import annotations

from datetime import date

from sqlmodel import col, select, update
from sqlmodel.sql.expression import SelectOfScalar

from tests.chase.test_chase import by_smtp, mails, save, unit
from tests.journeys.world import World
from tests.scheduler.test_delivery import came_back
from tests.services.mailbox import Mailbox
from vcs.alerts.bounced import record_bounce
from vcs.partners.chase.unreached import record_bounce_of_chase
from vcs.tasks.records import Task, TaskKind

__all__ = ["unit"]

APRIL = (8, 9, 10, 13, 14, 15, 16)
"""The working days after Tuesday 7 April 2026, on which a referral was due."""


def asked_of(world: World) -> list[str]:
    """Return what administrators are asked about units now."""
    with world.db.reading() as session:
        return [one.question for one in session.exec(_open()).all()]


def _open() -> SelectOfScalar[Task]:
    kind = col(Task.kind) == str(TaskKind.ALERT_NOT_SENT)
    about_unit = col(Task.key).like(f"{TaskKind.ALERT_NOT_SENT}:chase:%")
    return select(Task).where(kind, about_unit, col(Task.done_at).is_(None))


def answered(world: World) -> None:
    with world.db.writing() as session:
        values = {"done_at": world.clock.now(), "done_by": 1, "answer": "done"}
        session.execute(update(Task).where(col(Task.done_at).is_(None)).values(**values))


def on(world: World, day: int) -> None:
    world.clock.move_to(date(2026, 4, day))
    world.sweep()


def test_where_no_mailbox_is_held_an_administrator_is_asked_until_there_is_one(
    unit: World,
) -> None:
    save(unit, "")
    on(unit, 2)
    (question,) = asked_of(unit)
    assert "no mailbox is held for it" in question
    assert "the witness care unit of West Yorkshire" in question
    answered(unit)
    unit.sweep()
    assert asked_of(unit) == [], "once a day"
    on(unit, 8)
    assert asked_of(unit) == [question]
    answered(unit)
    save(unit, "wcu@example.org")
    on(unit, 9)
    assert (asked_of(unit), len(mails(unit))) == ([], 1)


def test_where_nothing_is_due_nobody_is_asked_for_a_mailbox(unit: World) -> None:
    save(unit, "")
    on(unit, 1)
    unit.refer()
    answered(unit)
    on(unit, 2)
    assert asked_of(unit) == []


def test_emails_that_are_put_off_for_weeks_are_asked_about_after_five_days(
    unit: World, smtp_sink: Mailbox
) -> None:
    by_smtp(unit, smtp_sink)
    smtp_sink.answer = "450 4.2.2 The mailbox is full"
    for day in APRIL:
        on(unit, day)
        assert len(asked_of(unit)) == (day >= 13), day
    assert "has been taken since Wednesday 8 April 2026" in asked_of(unit)[0]
    smtp_sink.answer = None
    unit.clock.minutes(31)
    unit.sweep()
    answered(unit)
    smtp_sink.answer = "450 4.2.2 The mailbox is full"
    on(unit, 17)
    assert asked_of(unit) == []


def test_refused_day_after_day_is_one_open_question(unit: World, smtp_sink: Mailbox) -> None:
    by_smtp(unit, smtp_sink)
    smtp_sink.answer = "550 5.1.1 No such mailbox"
    for day in APRIL:
        on(unit, day)
        assert len(asked_of(unit)) == 1, day
    answered(unit)
    on(unit, 17)
    assert len(asked_of(unit)) == 1, "it is refused still"


def test_an_email_that_comes_back_is_asked_about_once(unit: World, smtp_sink: Mailbox) -> None:
    by_smtp(unit, smtp_sink)
    on(unit, 8)
    (mail,) = [one for one in smtp_sink.messages if one["To"] == "wcu@example.org"]
    bounce = came_back(mail)
    assert bounce is not None
    with unit.db.writing() as session:
        assert not record_bounce(session, bounce, unit.clock.now())
        assert record_bounce_of_chase(session, bounce, unit.clock.now())
        assert not record_bounce_of_chase(session, bounce, unit.clock.now()), "no news"
    (question,) = asked_of(unit)
    assert "came back (5.1.1)" in question
    assert "wcu@example.org" not in question
