from __future__ import annotations

import threading
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from apscheduler.schedulers.background import BackgroundScheduler
from sqlmodel import select

from scheduler import __main__ as door
from scheduler import jobs, runs
from scheduler.jobs import Sweep
from scheduler.timetable import TICK_SECONDS, TIMETABLE
from tests.journeys.world import World, told
from tests.services.mailbox import Mailbox
from vcs.alerts.deliver import claim_alert, postpone_alert
from vcs.alerts.missed import mark_missed
from vcs.alerts.records import AlertRecord
from vcs.errors import NotSetUp
from vcs.ledger.records import HEARTBEAT, SweepRun
from vcs.settings import Settings
from vcs.terms import Role
from vcs.victims.contacts import ContactEntry, record_contact

WEDNESDAY_8_APRIL = date(2026, 4, 8)


def overdue_world(world: World, mailbox: Mailbox | None = None) -> World:
    if mailbox is not None:
        world.settings = world.settings.model_copy(
            update={"smtp_host": mailbox.host, "smtp_port": mailbox.port}
        )
    world.court_tells(told())
    world.clock.move_to(WEDNESDAY_8_APRIL)
    return world


def alerts(world: World) -> list[AlertRecord]:
    with world.db.reading() as session:
        return list(session.exec(select(AlertRecord)))


IN_ORDER = [
    "read-messages",
    "decide-again",
    "attach-referrals",
    "ask-about-late-referrals",
    "count-again",
    "hand-over-hidden",
    "let-managers-in",
    "mark-missed",
    "notice-late-decisions",
    "notice-emergencies",
    "notice-unusual-reading",
    "withdraw-letters",
    "digest-people",
    "join-sets",
    "keep-word",
    "notice-late-telling",
    "offer-at-events",
    "ask-again",
    "review-declines",
    "ask-who-covers",
    "ask-about-transfers",
    "list-names",
    "ask-needs-again",
    "ask-needs-at-triggers",
    "watch-ages",
    "compare-births",
    "prove-ledger",
    "count-feeds",
    "notice-silence",
    "notice-set-aside",
    "notice-unopened",
    "notice-calendar",
    "send-alerts",
    "remove-bodies",
    "remove-kept-forms",
]
"""What was read may be overdue already, and what is overdue owes an alert."""


def test_every_job_says_why_in_a_sentence() -> None:
    names = [job.name for job in TIMETABLE]
    assert names == IN_ORDER
    assert all(job.why.endswith(".") for job in TIMETABLE)


def test_one_sweep_reads_marks_and_sends_what_came_in_late(world: World) -> None:
    world.keep(told())
    world.clock.move_to(WEDNESDAY_8_APRIL)
    done = {run.job: run.done for run in world.sweep()[: len(TIMETABLE)]}
    assert {job for job, count in done.items() if count} == {
        "read-messages",
        "decide-again",
        "mark-missed",
        "list-names",
        "prove-ledger",
        "count-feeds",
        "send-alerts",
    }
    assert len(world.mail()) == 1


def test_a_job_that_fails_keeps_no_other_from_running(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> int:
        raise ZeroDivisionError

    overdue_world(world)
    monkeypatch.setattr(jobs, "read_waiting", fail)
    results = world.sweep()
    assert results[0].fault == "ZeroDivisionError"
    assert len(world.mail()) == 1
    with world.db.reading() as session:
        jobs_run = set(session.exec(select(SweepRun.job)))
    ran = {"decide-again", "mark-missed", "prove-ledger", "count-feeds", "notice-silence"}
    assert jobs_run == ran | {"list-names", "send-alerts"}


def test_a_whole_sweep_leaves_a_heartbeat_and_old_ones_go(world: World) -> None:
    world.sweep()
    world.clock.days(15)
    world.sweep()
    with world.db.reading() as session:
        kept = session.exec(select(SweepRun)).all()
    assert {run.job for run in kept} == {HEARTBEAT, "prove-ledger"}
    assert {run.finished_at for run in kept} == {world.clock.now()}


def test_mail_goes_by_smtp_where_a_server_is_set(world: World, smtp_sink: Mailbox) -> None:
    overdue_world(world, smtp_sink).sweep()
    world.sweep()
    (mail,) = smtp_sink.messages
    assert mail["To"] == "manager@example.org"
    assert world.mail() == []


def test_a_server_down_for_three_days_loses_nothing(world: World, smtp_sink: Mailbox) -> None:
    overdue_world(world, smtp_sink)
    smtp_sink.answer = "451 later"
    tries = 0
    for _ in range(72):
        world.sweep()
        world.clock.minutes(60)
        tries = alerts(world)[0].tries
    assert tries == 72
    smtp_sink.answer = None
    world.sweep()
    (mail,) = smtp_sink.messages
    assert "Overdue by: 3 working days" in mail.get_content()
    assert world.tasks() == ()


def test_tries_come_further_apart_and_never_more_than_half_an_hour(
    world: World, smtp_sink: Mailbox
) -> None:
    overdue_world(world, smtp_sink)
    smtp_sink.answer = "451 later"
    waits = []
    for _ in range(8):
        world.sweep()
        alert = alerts(world)[0]
        waits.append(alert.next_try_at - world.clock.now())
        world.clock.move_to(alert.next_try_at)
    assert waits == [timedelta(minutes=n) for n in (1, 2, 4, 8, 16, 30, 30, 30)]


def test_after_five_days_a_person_is_asked(world: World, smtp_sink: Mailbox) -> None:
    overdue_world(world, smtp_sink)
    smtp_sink.answer = "451 later"
    world.sweep()
    world.clock.days(5)
    world.sweep()
    (task,) = world.tasks()
    assert task.kind == "alert_not_sent"
    assert world.only_referral() in task.question
    smtp_sink.answer = None
    world.sweep()
    assert smtp_sink.messages == []
    assert world.tasks(Role.ADMINISTRATOR) == (task,)


def test_a_refusal_for_good_asks_a_person_at_once(world: World, smtp_sink: Mailbox) -> None:
    overdue_world(world, smtp_sink)
    smtp_sink.answer = "550 no such person as manager@example.org"
    world.sweep()
    (task,) = world.tasks()
    assert "550" in task.question
    assert "@" not in task.question
    assert world.problems() == []


def test_one_refused_alert_holds_up_no_other(world: World, smtp_sink: Mailbox) -> None:
    world.hire(Role.MANAGER, "Welsh Manager", region="N03")
    world.court_tells(told(urn="62EX0000126", court=("C62CR00", "Cardiff Crown Court")))
    overdue_world(world, smtp_sink)
    refused: list[str] = []

    async def refuse_the_welsh(*rest: object) -> str:
        envelope = rest[-1]
        tos: list[str] = envelope.rcpt_tos  # type: ignore[attr-defined]  # aiosmtpd's envelope
        if "welsh.manager@example.org" in tos:
            refused.append("x")
            return "550 unknown"
        smtp_sink.envelopes.append(envelope)  # type: ignore[arg-type]  # as above
        return "250 taken"

    smtp_sink.handle_DATA = refuse_the_welsh  # type: ignore[method-assign, assignment]  # a mailbox of its own
    world.sweep()
    assert refused == ["x"]
    assert [mail["To"] for mail in smtp_sink.messages] == ["manager@example.org"]


def test_with_nobody_to_tell_an_alert_waits_until_there_is_somebody(
    world: World, smtp_sink: Mailbox
) -> None:
    overdue_world(world, smtp_sink)
    _let_go(world, Role.MANAGER, Role.HEAD, Role.ADMINISTRATOR)
    world.sweep()
    assert smtp_sink.messages == []
    world.hire(Role.MANAGER, "New Manager")
    world.clock.minutes(30)
    world.sweep()
    assert [mail["To"] for mail in smtp_sink.messages] == ["new.manager@example.org"]


def _let_go(world: World, *roles: Role) -> None:
    from vcs.access.records import Account

    with world.db.writing() as session:
        for role in roles:
            account = session.get_one(Account, world.people[role].account_id)
            account.active = False
            session.add(account)


def test_a_claim_keeps_others_off_and_runs_out(world: World) -> None:
    overdue_world(world)
    sweep = Sweep(world.settings, world.db, world.sealer, world.clock.now)
    jobs.mark_missed(sweep)
    alert, lease, now = alerts(world)[0], timedelta(minutes=2), world.clock.now()

    def claim(who: str) -> bool:
        with world.db.writing() as session:
            return claim_alert(session, alert.id, who, lease, world.clock.now())

    assert claim("one")
    assert not claim("two")
    assert jobs.send_alerts(sweep).found == 0
    world.clock.move_to(now + lease)
    assert not claim("two")
    world.clock.move_to(now + lease + timedelta(seconds=1))
    assert claim("two")
    with world.db.writing() as session:
        postpone_alert(session, alert.id, "one", "late news", world.clock.now())
    assert alerts(world)[0].claimed_by == "two"


def test_a_deadline_is_looked_at_again_before_it_is_marked(world: World) -> None:
    world.court_tells(told())

    def mark(deadline_id: int) -> bool:
        with world.db.writing() as session:
            return mark_missed(session, deadline_id, world.today, world.clock.now())

    assert not mark(1)
    world.clock.move_to(WEDNESDAY_8_APRIL)
    assert not mark(99)
    assert mark(1)
    assert not mark(1)
    world.refer()
    world.clock.move_to(date(2026, 6, 1))
    _choose(world)
    assert not mark(2)
    assert len(alerts(world)) == 1


def _choose(world: World) -> None:
    (victim,) = world.view().victims
    with world.db.writing() as session:
        work = world.work(session, world.people[Role.VLO])
        entry = ContactEntry(world.today, "by phone", reached=True, spoke_to="Herself")
        record_contact(work, victim.reference, entry)


def test_an_alert_met_in_the_meantime_is_still_sent_and_says_so(world: World) -> None:
    overdue_world(world)
    sweep = Sweep(world.settings, world.db, world.sealer, world.clock.now)
    jobs.mark_missed(sweep)
    world.refer()
    jobs.send_alerts(sweep)
    (mail,) = world.mail()
    assert "It has been done since" in mail.get_content().replace("\r\n", " ")


def test_a_stop_ends_a_sweep_after_the_item_in_hand(world: World) -> None:
    overdue_world(world)
    stopping = threading.Event()
    stopping.set()
    sweep = Sweep(world.settings, world.db, world.sealer, world.clock.now, stopping)
    assert runs.sweep_all(sweep) == []
    assert jobs.mark_missed(sweep).done == 0


def test_an_old_schema_or_a_wrong_key_is_refused(world: World, settings: Settings) -> None:
    world.court_tells(told())
    wrong = settings.model_copy(update={"sealing_keys": "a" * 43 + "="})
    with pytest.raises(NotSetUp, match="VCS_SEALING_KEYS"):
        runs.tick(wrong)
    assert {result.fault for result in runs.tick(settings)} == {None}


def test_a_database_that_was_not_set_up_is_refused(settings: Settings, tmp_path: Path) -> None:
    blank = settings.model_copy(update={"database_url": f"sqlite:///{tmp_path / 'blank.db'}"})
    with pytest.raises(NotSetUp, match="vcs migrate"):
        runs.tick(blank)


def test_the_tick_is_one_job_in_memory_that_nothing_can_lose(world: World) -> None:
    sweep = Sweep(world.settings, world.db, world.sealer, world.clock.now)
    scheduler = door.ticking(sweep)
    (job,) = scheduler.get_jobs()
    assert (job.coalesce, job.misfire_grace_time, job.max_instances) == (True, None, 1)
    assert job.trigger.interval == timedelta(seconds=TICK_SECONDS)
    assert str(scheduler.timezone) == "UTC"


def test_a_clock_that_is_put_back_does_not_stop_the_tick(world: World) -> None:
    moment = datetime(2026, 10, 26, 12, 0, tzinfo=UTC)
    world.clock.move_to(moment)
    scheduler = BackgroundScheduler(timezone=UTC)
    scheduler.start(paused=True)
    scheduler.add_job(print, "interval", id="tick", seconds=30, next_run_time=moment)
    world.clock.move_to(moment - timedelta(days=1))
    door.keep_ticking(scheduler)
    assert scheduler.get_job("tick").next_run_time == world.clock.now()
    scheduler.shutdown()


def test_a_word_it_does_not_know_is_told_how_to_ask(capsys: pytest.CaptureFixture[str]) -> None:
    assert door.main(["--twice"]) == 2
    assert "--once" in capsys.readouterr().err
