"""What was owed all along and found only now: a question each, and one email for each region."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from sqlalchemy import func
from sqlmodel import Session, col, select

from vcs.alerts.owe import Notice, owe_alert
from vcs.alerts.records import AlertKind
from vcs.intake.regions import region_named
from vcs.law.deadlines.duties import in_words
from vcs.referrals.records import DeadlineRecord, Referral
from vcs.tasks.ask import Question, open_tasks
from vcs.tasks.records import TaskKind

NO_REGION = "no region yet"


def ask_found_late(session: Session, sentence_ids: list[int], today: date) -> None:
    """Open a task for each referral among these whose lawful day had passed when it was found."""
    query = (
        select(Referral, func.min(DeadlineRecord.lawful_due_on), func.min(DeadlineRecord.due_on))
        .join(DeadlineRecord, col(DeadlineRecord.referral_id) == col(Referral.id))
        .where(col(Referral.sentence_id).in_(sentence_ids))
        .where(col(Referral.found_late_on) == today)
        .group_by(col(Referral.id))
    )
    open_tasks(session, _questions(session.exec(query).all()), today)


def _questions(found: Iterable[tuple[Referral, date | None, date]]) -> list[Question]:
    return [_question(referral, lawful, due_on) for referral, lawful, due_on in found if lawful]


def _question(referral: Referral, lawful: date, due_on: date) -> Question:
    text = (
        "The law as the program applied it was corrected, and contact is owed here. Nobody was "
        f"told before. By law the referral was due on {in_words(lawful)}. See that the victim is "
        "referred now, and tell them why they were not told in time."
    )
    return Question(
        f"found_late:{referral.reference}",
        TaskKind.FOUND_LATE,
        text,
        referral.region_code,
        due_on,
        referral.sentence_id,
        referral.id,
    )


def owe_digests(session: Session, since: date, occasion: str, now: datetime) -> None:
    """Owe one email for each region, however many of its referrals were found late."""
    query = (
        select(col(Referral.region_code), func.count())
        .where(col(Referral.found_late_on) >= since)
        .group_by(col(Referral.region_code))
    )
    for region, count in session.exec(query).all():
        many = f"{count} referral{'' if count == 1 else 's'}"
        subject = region or NO_REGION
        values = {"count": many, "region": _named(region)}
        notice = Notice(AlertKind.FOUND_LATE, subject, occasion, values, region)
        owe_alert(session, notice, now)


def _named(region_code: str | None) -> str:
    region = region_named(region_code) if region_code else None
    return region.name if region else NO_REGION
