from __future__ import annotations

import threading
from datetime import UTC, date, datetime, timedelta
from email.message import EmailMessage
from pathlib import Path

import pytest
from apscheduler.schedulers.background import BackgroundScheduler
from sqlmodel import select

from scheduler import __main__ as door
from scheduler import jobs, runs
from scheduler.alerts import sending
from scheduler.jobs import Done, Job, Sweep
from scheduler.timetable import TICK_SECONDS, TIMETABLE
from tests.journeys.world import World, told
from tests.services.mailbox import Mailbox, text_of
from vcs.alerts.causes.missed import mark_missed
from vcs.alerts.deliver import Hold, claim_alerts, postpone_alert
from vcs.alerts.owe import Notice, owe_alert
from vcs.alerts.records import AlertDelivery, AlertKind, AlertRecord
from vcs.errors import NotSetUp
from vcs.ledger.records import HEARTBEAT, SweepRun
from vcs.settings import Settings
from vcs.terms import Role
from vcs.victims.contact.contacts import ContactEntry, record_contact

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
    "keep-homes",
    "attach-referrals",
    "ask-about-late-referrals",
    "settle-lines",
    "read-custody",
    "count-again",
    "hand-over-hidden",
    "let-managers-in",
    "mark-missed",
    "notice-late-decisions",
    "notice-emergencies",
    "notice-unusual-reading",
    "withdraw-letters",
    "ask-about-letters-left",
    "draft-letters",
    "draft-letters-to-others",
    "withdraw-letters-to-others",
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
    "ask-about-waiting",
    "watch-ages",
    "compare-births",
    "prove-ledger",
    "count-feeds",
    "notice-silence",
    "notice-set-aside",
    "notice-unopened",
    "notice-calendar",
    "notice-at-once",
    "move-held-on",
    "write-digests",
    "send-alerts",
    "send-letters",
    "ask-about-letters",
    "keep-clocks",
    "owe-chases",
    "send-chases",
    "find-consulted",
    "tell-units",
    "remove-bodies",
    "remove-custody",
    "remove-kept-forms",
    "remove-uploads",
    "make-delays-known",
    "count-figures",
    "try-laws",
]
"""What was read may be overdue already, and what is overdue owes an alert."""


def test_every_job_says_why_in_a_sentence() -> None:
    names = [job.name for job in TIMETABLE]
    assert names == IN_ORDER
    assert set(names) > runs.ONWARD
    assert all(job.why.endswith(".") for job in TIMETABLE)


def test_one_sweep_reads_marks_and_sends_what_came_in_late(world: World) -> None:
    world.keep(told())
    world.clock.move_to(WEDNESDAY_8_APRIL)
    done = {run.job: run.done for run in world.sweep()[: len(TIMETABLE)]}
    assert {job for job, count in done.items() if count} == {
        "read-messages",
        "decide-again",
        "mark-missed",
        "draft-letters-to-others",
        "list-names",
        "prove-ledger",
        "count-feeds",
        "write-digests",
        "send-alerts",
        "owe-chases",  # a person is asked for the mailbox of the unit
        "make-delays-known",
    }
    assert len(world.misses_told()) == 1


def job(name: str, did: list[int], ran: list[str], *, once_a_tick: bool = False) -> Job:
    """Return a job that does each number in turn, then nothing; it writes its name down."""

    def run(_: Sweep) -> Done:
        ran.append(name)
        found = did.pop(0) if did else 0
        return Done(found, found)

    return Job(name, "A story.", run, once_a_tick)


def test_what_is_run_again_is_what_may_have_work_by_what_was_done(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    ran: list[str] = []
    table = (
        job("first", [], ran),
        job("second", [0, 1], ran),
        job("prove-ledger", [1], ran),
        job("last", [], ran),
        job("long", [1], ran, once_a_tick=True),
    )
    monkeypatch.setattr(runs, "TIMETABLE", table)
    world.sweep()
    # What is proved is work for none before it, and what takes long brings no round about.
    assert ran == ["first", "second", "prove-ledger", "last", "long", "prove-ledger"]
    ran.clear()
    world.sweep()
    # The second does something now: all of them may have work by it.
    assert ran == ["first", "second", "prove-ledger", "last", "long", "first", "second"]


def test_a_job_that_fails_keeps_no_other_from_running(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> int:
        raise ZeroDivisionError

    overdue_world(world)
    monkeypatch.setattr(jobs, "read_waiting", fail)
    results = world.sweep()
    assert results[0].fault == "ZeroDivisionError"
    assert len(world.misses_told()) == 1
    with world.db.reading() as session:
        jobs_run = set(session.exec(select(SweepRun.job)))
    ran = {
        "read-messages",
        "decide-again",
        "mark-missed",
        "draft-letters-to-others",
        "prove-ledger",
        "count-feeds",
        "notice-silence",
    }
    assert jobs_run == ran | {
        "list-names",
        "write-digests",
        "send-alerts",
        "owe-chases",
        "make-delays-known",
    }


def test_a_whole_sweep_leaves_a_heartbeat_and_old_ones_go(world: World) -> None:
    world.sweep()
    world.clock.days(15)  # a Saturday
    world.sweep()
    with world.db.reading() as session:
        kept = session.exec(select(SweepRun)).all()
    # A quarter ended meanwhile.
    assert {run.job for run in kept} == {HEARTBEAT, "prove-ledger", "make-delays-known"}
    assert {run.finished_at for run in kept} == {world.clock.now()}


def test_mail_goes_by_smtp_where_a_server_is_set(world: World, smtp_sink: Mailbox) -> None:
    overdue_world(world, smtp_sink).sweep()
    world.sweep()
    (mail,) = to_manager(smtp_sink)
    assert "1 missed" in mail["Subject"]
    assert world.all_mail() == []


def to_manager(mailbox: Mailbox) -> list[EmailMessage]:
    return [mail for mail in mailbox.messages if mail["To"] == "manager@example.org"]


def managers(world: World) -> list[AlertDelivery]:
    """Return what became of the manager's digests, the oldest first."""
    with world.db.reading() as session:
        manager = world.people[Role.MANAGER].account_id
        query = select(AlertDelivery).where(AlertDelivery.account_id == manager)
        return list(session.exec(query.order_by("id")))


def test_a_server_down_for_three_days_loses_nothing_and_floods_nobody(
    world: World, smtp_sink: Mailbox
) -> None:
    overdue_world(world, smtp_sink)
    smtp_sink.answer = "451 later"
    for _ in range(72):
        world.sweep()
        world.clock.minutes(60)
    smtp_sink.answer = None
    world.sweep()
    world.clock.days(2)  # Monday
    world.sweep()
    (mail,) = to_manager(smtp_sink)
    assert "covers from 07:00 on Tuesday 7 April 2026" in text_of(mail)
    assert f"NEW: {world.only_referral()}, 4 working days overdue" in text_of(mail)
    assert world.tasks() == ()


def test_tries_come_further_apart_and_never_more_than_half_an_hour(
    world: World, smtp_sink: Mailbox
) -> None:
    overdue_world(world, smtp_sink)
    smtp_sink.answer = "451 later"
    waits = []
    for _ in range(8):
        world.sweep()
        (digest,) = managers(world)
        waits.append(digest.next_try_at - world.clock.now())
        world.clock.move_to(digest.next_try_at)
    assert waits == [timedelta(minutes=n) for n in (1, 2, 4, 8, 16, 30, 30, 30)]


def test_after_five_days_without_a_digest_a_person_is_asked_and_it_goes_on(
    world: World, smtp_sink: Mailbox
) -> None:
    overdue_world(world, smtp_sink)
    smtp_sink.answer = "451 later"
    for _ in range(6):
        world.sweep()
        world.clock.days(1)
    asked = [one.question for one in world.tasks() if one.kind == "alert_not_sent"]
    assert any("No morning email has reached Manager for five days" in one for one in asked)
    world.sweep()
    assert len([one for one in world.tasks() if one.kind == "alert_not_sent"]) == len(asked)
    smtp_sink.answer = None
    world.clock.days(1)
    world.sweep()
    (mail,) = to_manager(smtp_sink)
    assert world.only_referral() in text_of(mail)


def test_a_refusal_for_good_asks_a_person_at_once_and_the_next_rung_is_told(
    world: World, smtp_sink: Mailbox
) -> None:
    overdue_world(world, smtp_sink)

    async def refuse_the_manager(*rest: object) -> str:
        envelope = rest[-1]
        tos: list[str] = envelope.rcpt_tos  # type: ignore[attr-defined]  # aiosmtpd's envelope
        if "manager@example.org" in tos:
            return "550 no such person as manager@example.org"
        smtp_sink.envelopes.append(envelope)  # type: ignore[arg-type]  # as above
        return "250 taken"

    smtp_sink.handle_DATA = refuse_the_manager  # type: ignore[method-assign, assignment]  # a mailbox of its own
    world.sweep()
    (task,) = world.tasks()
    assert "was not sent to Manager. The mail server refused it (550)." in task.question
    assert "@" not in task.question
    assert world.problems() == []
    world.clock.days(1)
    world.sweep()
    head = [one for one in smtp_sink.messages if str(one["To"]).startswith("head-of-public")]
    assert world.only_referral() in text_of(head[-1])
    assert "1 passed up to you" in head[-1]["Subject"]
    assert world.tasks() == (task,)


def test_with_nobody_to_tell_a_miss_waits_until_there_is_somebody(
    world: World, smtp_sink: Mailbox
) -> None:
    overdue_world(world, smtp_sink)
    _let_go(world, *(one for one in Role if one is not Role.VLO))
    world.sweep()
    assert [mail["To"] for mail in smtp_sink.messages] == ["vlo@example.org"]
    world.hire(Role.MANAGER, "New Manager")
    world.clock.minutes(30)
    world.sweep()
    mail = smtp_sink.messages[-1]
    assert mail["To"] == "new.manager@example.org"
    assert f"NEW: {world.only_referral()}" in text_of(mail)


def _let_go(world: World, *roles: Role) -> None:
    from vcs.access.records import Account

    with world.db.writing() as session:
        for role in roles:
            account = session.get_one(Account, world.people[role].account_id)
            account.active = False
            session.add(account)


def test_a_claim_keeps_others_off_and_runs_out(world: World) -> None:
    sweep = Sweep(world.settings, world.db, world.sealer, world.clock.now)
    with world.db.writing() as session:
        values: dict[str, str | int] = {"last_on": "x", "quiet_for": 1, "usual": 1}
        owe_alert(session, Notice(AlertKind.FEED_SILENT, "x", "x", values), world.clock.now())
    (alert,), lease, now = alerts(world), timedelta(minutes=2), world.clock.now()

    def claim(who: str) -> bool:
        with world.db.writing() as session:
            hold = Hold(who, world.clock.now() + lease)
            return claim_alerts(session, [alert.id], hold, world.clock.now()) == [alert.id]

    assert claim("one")
    assert not claim("two")
    assert sending.send_alerts(sweep).found == 0
    world.clock.move_to(now + lease)
    assert not claim("two")
    world.clock.move_to(now + lease + timedelta(seconds=1))
    assert claim("two")
    with world.db.writing() as session:
        hold = Hold("one", now + lease)
        postpone_alert(session, hold, alert.id, "late news", world.clock.now())
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


def test_a_miss_that_was_met_before_the_digest_is_among_what_was_settled(world: World) -> None:
    overdue_world(world)
    jobs.mark_missed(Sweep(world.settings, world.db, world.sealer, world.clock.now))
    world.refer()
    world.sweep()
    (mail,) = world.digests()
    assert "Settled on Wednesday 8 April 2026, 1 working day late." in text_of(mail)
    assert world.misses_told() == []
    assert {one.sent_at for one in alerts(world) if one.kind == "missed"} == {world.clock.now()}


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
