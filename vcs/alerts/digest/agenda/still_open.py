"""What an email told of at once and nobody has done yet: a line of each morning until it is.

One email is easily overlooked, and nothing is forgotten because of that. None of it can be planned
or put off, and no brake holds it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session, col, select

from vcs.alerts.at_once import asks_at_once, referral_of, releases_that_wait
from vcs.alerts.digest.facts import MOST_ROWS, StillOpen
from vcs.alerts.rungs.directory import Directory
from vcs.alerts.rungs.ladder import Stand
from vcs.clock import london_date
from vcs.events.catalogue import kind_row
from vcs.events.sets.now_reads import waiting_lines
from vcs.events.updates.reads import waiting_updates
from vcs.law.deadlines.duties import in_words
from vcs.law.deadlines.working_days import working_days_between
from vcs.tasks.kinds import may_answer
from vcs.tasks.records import Task, TaskKind, TaskTopic
from vcs.terms import Role

HEAD_AFTER = 3
"""In working days: whoever manages the unit has had it each morning until then. Ours."""

_TOLD_LATE = "People are still to be told of this event, and the time to tell them has passed"

_DANGER = "People are still to be told of this event, and each hour counts"

_WORD_LATE = "People are owed word again, because the offender is still at large"

_RELEASE = "Release may come before the deadline, and somebody still waits for us"

_ASKED = "A question that could not wait is not answered"

_LISTED = "Another system’s list names a sentence that we do not hold: its victims may not know"


@dataclass(frozen=True, slots=True)
class Waiting:
    """One thing that waits: where it is opened, since when, and whose case it is."""

    reference: str
    path: str
    what: str
    since_on: date
    region_code: str | None
    sentence_id: int | None
    officer_id: int | None = None


def all_waiting(session: Session, now: datetime) -> list[Waiting]:
    """Return all that was told of at once before today and is still open: people to tell first.

    One row stands there for each case that it is about.
    """
    today = london_date(now)
    found = (
        *_events(session, now),
        *_questions(session),
        *_releases(session, today),
        *_named_by_lists(session),
    )
    return [one for one in found if one.since_on < today]


def told_each_morning(
    staff: Directory, waiting: Iterable[Waiting], today: date
) -> dict[int, list[Waiting]]:
    """Return what waits that each reader is told of, each thing once, by account."""
    found: dict[int, dict[str, Waiting]] = defaultdict(dict)
    for one in waiting:
        for account_id in _readers(staff, one, today):
            found[account_id].setdefault(one.reference, one)
    return {account_id: list(theirs.values()) for account_id, theirs in found.items()}


def lines_of(waiting: Sequence[Waiting], today: date) -> tuple[int, tuple[StillOpen, ...]]:
    """Return how many things wait, and a line for the first of them."""
    return len(waiting), tuple(_line(one, today) for one in waiting[:MOST_ROWS])


def _readers(staff: Directory, one: Waiting, today: date) -> Iterator[int]:
    wanted = [Stand.MANAGER]
    if working_days_between(one.since_on, today) >= HEAD_AFTER:
        wanted.append(Stand.HEAD)
    if one.officer_id is not None:
        wanted.append(Stand.OFFICER)
    for stand in wanted:
        for reader in staff.readers(one, stand):
            # A referral without an officer at work is its managers', who have it in any case.
            if stand is not Stand.OFFICER or reader.stand is stand:
                yield reader.person.account_id


def _line(one: Waiting, today: date) -> StillOpen:
    days = working_days_between(one.since_on, today)
    ago = f", {days} working day{'' if days == 1 else 's'}" if days else ""
    words = f"{one.what}. Since {in_words(one.since_on)}{ago}."
    return StillOpen(one.reference, one.path, words)


def _events(session: Session, now: datetime) -> Iterator[Waiting]:
    """Yield whom nobody told of an event: of danger at once, of others once their time is over."""
    for line in waiting_lines(session):
        is_danger = kind_row(line.kind).danger
        if is_danger or line.tell_by_at < now:
            what = _TOLD_LATE if line.tell_by_at < now else _DANGER
            of = (line.region_code, line.sentence_id, line.officer_id)
            yield _event(line.event, what, line.tell_by_at, of)
    for word in waiting_updates(session):
        if word.due_at < now:
            of = (word.region_code, word.sentence_id, word.officer_id)
            yield _event(word.event, _WORD_LATE, word.due_at, of)


def _event(
    reference: str, what: str, by: datetime, of: tuple[str | None, int, int | None]
) -> Waiting:
    return Waiting(reference, f"/events/{reference}", what, london_date(by), *of)


def _questions(session: Session) -> Iterator[Waiting]:
    query = select(Task).where(col(Task.done_at).is_(None), asks_at_once())
    for task in session.exec(query.order_by(col(Task.opened_on), col(Task.id))).all():
        referral = referral_of(session, task)
        officer = referral.vlo_account_id if referral else None
        yield Waiting(
            task.reference,
            f"/tasks/{task.reference}",
            _ASKED,
            task.opened_on,
            task.region_code or (referral.region_code if referral else None),
            task.sentence_id or (referral.sentence_id if referral else None),
            officer if may_answer(Role.VLO, task.kind) else None,
        )


def _releases(session: Session, today: date) -> Iterator[Waiting]:
    for one in releases_that_wait(session, today):
        path = f"/referrals/{one.reference}"
        of = (one.region_code, one.sentence_id, one.vlo_account_id)
        yield Waiting(one.reference, path, _RELEASE, one.opened_on, *of)


def _named_by_lists(session: Session) -> Iterator[Waiting]:
    """Yield, for each region, the oldest sentence that only a list names, with how many there are.

    A list may name hundreds: they are one line.
    """
    query = select(col(Task.reference), col(Task.region_code), col(Task.opened_on)).where(
        col(Task.done_at).is_(None),
        Task.kind == str(TaskKind.LIST_LINE),
        Task.topic == str(TaskTopic.UNKNOWN_TO_US),
    )
    regions: dict[str | None, list[tuple[str, date]]] = {}
    for reference, region, on in session.exec(query.order_by(col(Task.opened_on), col(Task.id))):
        regions.setdefault(region, []).append((reference, on))
    for region, rows in regions.items():
        reference, since_on = rows[0]
        others = len(rows) - 1
        more = f". So do {others} other lines" if others > 1 else ". So does 1 other line"
        what = f"{_LISTED}{more if others else ''}"
        yield Waiting(reference, f"/tasks/{reference}", what, since_on, region, None)
