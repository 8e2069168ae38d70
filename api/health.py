"""Is it alive, is it ready, how is it doing: for machines and for those who run them."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import date, datetime, timedelta

from fastapi import APIRouter
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Gauge, generate_latest
from starlette.responses import JSONResponse, PlainTextResponse, Response

from api.guards.session import App
from api.openapi.others import METRICS, READY, Alive, Info, Ready
from api.state import AppState
from api.version import NAME, VERSION
from vcs.clock import LONDON, london_date
from vcs.errors import VcsError
from vcs.law.deadlines.calendar_end import calendar_warning
from vcs.law.deadlines.duties import in_words
from vcs.law.deadlines.working_days import official_until, working_days_between
from vcs.ledger import health as ledger_health
from vcs.ledger.health import Health
from vcs.sentences.set_aside.reads import LONGEST_ASIDE

router = APIRouter()

OLDEST_WAITING = timedelta(minutes=5)

OLDEST_TICK = timedelta(minutes=5)

OLDEST_PROOF = timedelta(hours=36)

DEEPEST_INBOX = 1000

LEAST_DISK_BYTES = 200 * 1024 * 1024


@router.get("/livez", response_model=Alive)
async def alive() -> JSONResponse:
    """Say that the process answers."""
    return JSONResponse({"status": "alive"})


@router.get("/readyz", response_model=Ready, responses=READY)
def ready(app: App) -> JSONResponse:
    """Say whether the service can do its work, with the reasons why not and what to watch."""
    reasons: list[str] = []
    warnings: list[str] = []
    try:
        reasons += app.data_problems()
        with app.db.reading() as session:
            health = ledger_health.health(session, app.now())
        warnings = [*late(health, app.now()), *short_of(app, app.today)]
    except VcsError as problem:
        reasons.append(str(problem))
    answer = {
        "status": "not ready" if reasons else "ready",
        "reasons": reasons,
        "warnings": warnings,
    }
    return JSONResponse(answer, 503 if reasons else 200)


@router.get("/metrics", response_class=PlainTextResponse, responses=METRICS)
def metrics(app: App) -> Response:
    """Give the counts that operators watch, as Prometheus reads them. No names, no references."""
    with app.db.reading() as session:
        health = ledger_health.health(session, app.now())
    registry = CollectorRegistry()
    for name, words, value in figures(health, app):
        Gauge(name, words, registry=registry).set(value)
    return Response(generate_latest(registry), media_type=CONTENT_TYPE_LATEST)


@router.get("/info", response_model=Info)
async def info() -> JSONResponse:
    """Give name and version."""
    return JSONResponse({"name": NAME, "version": VERSION})


def late(health: Health, now: datetime) -> Iterator[str]:
    """Say what waits too long or has stopped."""
    if health.inbox_depth > DEEPEST_INBOX:
        yield f"{health.inbox_depth} court messages wait to be read."
    if _older(health.oldest_waiting_at, now, OLDEST_WAITING):
        yield "The oldest court message has waited for more than 5 minutes to be read."
    if _older(health.oldest_request_at, now, OLDEST_WAITING):
        yield "The oldest request of witness care has waited for more than 5 minutes."
    if health.scheduler_last_tick_at is None:
        yield "The scheduler has never run."
    elif _older(health.scheduler_last_tick_at, now, OLDEST_TICK):
        yield "The scheduler has not run for more than 5 minutes."
    if _older(health.oldest_owed_alert_at, now, ledger_health.OLDEST_OWED):
        yield "The oldest alert email has been owed for more than 2 hours."
    yield from failing(health, now)
    yield from open_ledger(health, now)
    yield from for_a_person(health, london_date(now))


def failing(health: Health, now: datetime) -> Iterator[str]:
    """Say what is tried and does not work."""
    if health.mail_fails_since is not None:
        since = london_moment(health.mail_fails_since)
        yield f"Mail is failing: an email owed since {since} was tried and did not go."
    if health.failed_jobs:
        jobs = "job was" if health.failed_jobs == 1 else "jobs were"
        yield f"{health.failed_jobs} {jobs} ended by a fault within the last hour."


def for_a_person(health: Health, today: date) -> Iterator[str]:
    """Say what waits for a person to look."""
    if health.set_aside:
        messages = _many(health.set_aside, "court message is", "court messages are")
        yield f"{messages} set aside for a person."
    if health.oldest_set_aside_on is not None:
        waited = working_days_between(health.oldest_set_aside_on, today)
        if waited > LONGEST_ASIDE:
            yield f"The oldest message set aside has waited for {waited} working days."
    if health.unopened:
        values = _many(health.unopened, "sealed value", "sealed values")
        yield f"{values} cannot be opened: an administrator is asked."


def open_ledger(health: Health, now: datetime) -> Iterator[str]:
    """Say where the ledger is not known to close."""
    if health.ledger_proved_at is None:
        yield "The ledger has never been proved."
        return
    if not health.ledger_closes:
        yield "The ledger did not close when it was last proved."
    if _older(health.ledger_proved_at, now, OLDEST_PROOF):
        yield "The ledger has not been proved for more than 36 hours."


def short_of(app: AppState, today: date) -> Iterator[str]:
    """Say what is running out."""
    yield from calendar_warning(today)
    if shutil.disk_usage(app.settings.data_dir).free < LEAST_DISK_BYTES:
        yield "Less than 200 MB of disk are free."


def figures(health: Health, app: AppState) -> Iterator[tuple[str, str, float]]:
    """Return each figure with its name and its words."""
    now = app.now()
    yield "vcs_inbox_depth", "Court messages waiting to be read", health.inbox_depth
    yield "vcs_set_aside", "Court messages set aside for a person", health.set_aside
    yield "vcs_owed_alerts", "Alert emails owed", health.owed_alerts
    yield (
        "vcs_oldest_waiting_seconds",
        "Age of the oldest court message waiting",
        _age(health.oldest_waiting_at, now),
    )
    yield "vcs_requests_depth", "Requests of witness care waiting", health.requests_depth
    yield (
        "vcs_oldest_request_seconds",
        "Age of the oldest request of witness care waiting",
        _age(health.oldest_request_at, now),
    )
    yield (
        "vcs_oldest_owed_alert_seconds",
        "Age of the oldest alert email owed",
        _age(health.oldest_owed_alert_at, now),
    )
    yield (
        "vcs_scheduler_tick_age_seconds",
        "Time since the scheduler last ran; -1 when it never has",
        _age(health.scheduler_last_tick_at, now, never=-1),
    )
    yield from _what_is_late(health, app)
    yield "vcs_ledger_closes", "1 when the ledger closed at its last proof", health.ledger_closes
    yield (
        "vcs_ledger_proof_age_seconds",
        "Time since the ledger was last proved; -1 when it never was",
        _age(health.ledger_proved_at, now, never=-1),
    )
    left = (official_until() - app.today).days
    yield "vcs_bank_holidays_days_left", "Days until the official calendar ends", left
    free = shutil.disk_usage(app.settings.data_dir).free
    yield "vcs_disk_free_bytes", "Free disk in the data folder", free


def _what_is_late(health: Health, app: AppState) -> Iterator[tuple[str, str, float]]:
    now = app.now()
    aside = health.oldest_set_aside_on
    yield (
        "vcs_oldest_set_aside_days",
        "Days since the oldest message that waits for a person was set aside",
        (app.today - aside).days if aside else 0,
    )
    yield (
        "vcs_mail_failing",
        "1 while an email is owed that was tried and did not go",
        health.mail_fails_since is not None,
    )
    yield (
        "vcs_mail_failing_seconds",
        "Time since the oldest such email was owed",
        _age(health.mail_fails_since, now),
    )
    yield "vcs_deadlines_overdue", "Deadlines past their day at this moment", health.overdue
    yield "vcs_clocks_late", "Other clocks past their day at this moment", health.late_clocks
    yield "vcs_jobs_failed", "Jobs that a fault ended within an hour", health.failed_jobs


def london_moment(at: datetime) -> str:
    """Write a moment as people in London say it."""
    there = at.astimezone(LONDON)
    return f"{there:%H:%M} on {in_words(there.date())}"


def _many(count: int, one: str, more: str) -> str:
    return f"{count} {one if count == 1 else more}"


def _older(moment: datetime | None, now: datetime, most: timedelta) -> bool:
    return moment is not None and now - moment > most


def _age(moment: datetime | None, now: datetime, never: float = 0) -> float:
    return max((now - moment).total_seconds(), 0) if moment else never
