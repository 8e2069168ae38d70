"""What a certificate says of one month: counts, references and days. It names nobody in a case."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final

from sqlalchemy import select
from sqlmodel import Session, col
from sqlmodel import select as rows_of

from vcs.access.actors import Actor
from vcs.access.reads import names_of
from vcs.clock import london_date
from vcs.errors import NotValid
from vcs.intake.regions import region_named
from vcs.law.rule_sets import in_force_on
from vcs.ledger.figures.headline import unaccounted_count
from vcs.ledger.records import LedgerProof
from vcs.lists.answered.answering import LineAnswer
from vcs.lists.asked.questions import UNKNOWN_TOPICS
from vcs.lists.certificate.counts import alone, by_each, of_list
from vcs.lists.certificate.records import CertificateRecord
from vcs.lists.certificate.shown import Told, alone_before, of_each_before, of_list_before
from vcs.lists.certificate.signing import Signer
from vcs.lists.endings import Reason
from vcs.lists.reads import ended_counts
from vcs.lists.records import ListAnswer, ListAnswerTakenBack, ListLine, ListRun
from vcs.lists.sealed_lines import KeptLine
from vcs.sealing import Sealer, shown
from vcs.tables import table_of
from vcs.tasks.records import Task, TaskKind, TaskTopic
from vcs.terms import Role

_EVERYWHERE = Actor(0, "", Role.ADMINISTRATOR)

_LINES, _TASKS = table_of(ListLine), table_of(Task)

_BY_THE_LAW: Final[Mapping[str, str]] = {
    TaskTopic.UNKNOWN_TO_US: "contact is owed",
    TaskTopic.UNKNOWN_UNDECIDED: "not decided on what the list holds",
}

_BANDS: Final = ((10, "up to 10 days"), (30, "11 to 30 days"), (90, "31 to 90 days"))

_LONGER: Final = "over 90 days"

WITHHELD_WORDS: Final = (
    "Counts from 1 to 4 are withheld, with others that would give them away. A number that is "
    "withheld is not 0. What differs by so few from an earlier certificate of the month is "
    "withheld too. Blank lines and totals of a list are not counted. Managers and "
    "heads see every line in the program."
)

NOT_PROVED: Final = (
    "Hospital orders and suspended sentences: the lists of probation and prisons do not hold them.",
    "Restricted records, which a list shows without what would be compared.",
    "Sentences from before the first day of a list, and after its last.",
    "Sentences that neither the courts’ messages nor any list holds.",
    "That a list is whole: it is taken as its owner drew it.",
)


@dataclass(frozen=True, slots=True)
class Month:
    """A month of the calendar, like 2026-11."""

    first: date

    @classmethod
    def named(cls, text: str) -> Month:
        """Read a month. Raises NotValid for what is none."""
        try:
            return cls(date.fromisoformat(f"{text}-01"))
        except ValueError:
            raise NotValid("A month is written YYYY-MM, such as 2026-11.") from None

    @property
    def name(self) -> str:
        """Return the month as it is written."""
        return self.first.isoformat()[:7]

    def holds(self, day: date) -> bool:
        """Say whether a day lies in it."""
        return self.first <= day < self.after

    @property
    def after(self) -> date:
        """Return the first day after it."""
        return (self.first + timedelta(days=31)).replace(day=1)


@dataclass(frozen=True, slots=True)
class Keys:
    """What opens what is held, and what signs: the proof’s hash is keyed, so nobody guesses it."""

    sealer: Sealer
    signer: Signer


def contents(session: Session, keys: Keys, month: Month, now: datetime) -> dict[str, Any]:
    """Return what is certified of a month, as plain values. Raises NotValid for one to come."""
    if month.first > london_date(now):
        raise NotValid("Choose a month that has begun.", {"month": "Choose a month that has begun"})
    earlier = [json.loads(one.body) for one in signed_before(session, month)]
    found = by_each(_found(session, keys.sealer, month), of_each_before(earlier, "found_by_lists"))
    return {
        "certificate": "Sentences checked against lists of other systems",
        "month": month.name,
        "made_at": now.isoformat(timespec="seconds"),
        "replaces": [one["reference"] for one in earlier],
        "month_is_over": month.after <= london_date(now),
        "rule_set": in_force_on(min(now.date(), month.after - timedelta(days=1))).id,
        "ledger": _ledger(session, keys.signer, month, now, earlier),
        "lists": [_list(session, run, earlier) for run in runs_of(session, month)],
        "found_by_lists": found,
        "open": by_each(_open(session, london_date(now)), of_each_before(earlier, "open")),
        "parted_by_a_person": alone(
            _parted(session, month), alone_before(earlier, "parted_by_a_person")
        ),
        "withheld": WITHHELD_WORDS,
        "not_proved": list(NOT_PROVED),
        "signed_by": [],
    }


def signed_before(session: Session, month: Month) -> Sequence[CertificateRecord]:
    """Return the certificates of a month that two people confirmed, oldest first."""
    query = rows_of(CertificateRecord).where(
        CertificateRecord.month == month.name, col(CertificateRecord.signature).is_not(None)
    )
    return session.exec(query.order_by(col(CertificateRecord.id))).all()


def runs_of(session: Session, month: Month) -> list[ListRun]:
    """Return the lists that were matched in a month, oldest first."""
    found = session.exec(rows_of(ListRun).order_by(col(ListRun.id)))
    return [run for run in found if month.holds(london_date(run.run_at))]


def _ledger(
    session: Session, signer: Signer, month: Month, now: datetime, earlier: Sequence[Told]
) -> dict[str, Any]:
    """Return the newest proof of our own ledger by the end of the month, with its hash.

    A month that is over had the count of its last proof, and not today's.
    """
    found = session.exec(rows_of(LedgerProof).order_by(col(LedgerProof.id).desc()))
    proof = next((one for one in found if london_date(one.run_at) < month.after), None)
    told = f"{proof.counts}{proof.problems}" if proof else ""
    count, counted_at = None, proof.run_at if proof else None
    if month.holds(london_date(now)):
        count, counted_at = unaccounted_count(session, _EVERYWHERE), now
    elif proof:
        count = json.loads(proof.counts).get("unaccounted")
    return {
        "proved_at": _moment(proof.run_at if proof else None),
        "closes": proof.closes if proof else None,
        "sha256": signer.keyed_hash(told) if proof else None,
        "sha256_is": "keyed: only this service can make it again" if proof else None,
        "eligible_not_accounted_for": None
        if count is None
        else alone(count, alone_before(earlier, "ledger", "eligible_not_accounted_for")),
        "counted_at": _moment(counted_at),
    }


def _moment(moment: datetime | None) -> str | None:
    return moment.isoformat(timespec="seconds") if moment else None


def _list(session: Session, run: ListRun, earlier: Sequence[Told]) -> dict[str, Any]:
    # Measure M18 counts none of them either: beside another count they would be told.
    ended = ended_counts(session, run.id, names_of(session))
    counts = [one for one in ended if one.reason != Reason.NO_SENTENCE]
    return {
        "reference": run.reference,
        "list": run.kind,
        "drawn_by": run.source,
        "query": run.drawn_by,
        "drawn_on": run.drawn_on.isoformat(),
        "matched_at": run.run_at.isoformat(timespec="seconds"),
        "sentences_from": run.since.isoformat(),
        "sentences_to": run.until.isoformat(),
        "period_said": run.period_said,
        "courts": json.loads(run.courts) if run.courts else "every court",
        "sha256": run.file_hash,
        "rule_set": run.rule_set,
        **of_list(counts, run.in_both, run.in_either, of_list_before(earlier, run.reference)),
    }


def _tasks(session: Session) -> list[Task]:
    query = rows_of(Task).where(Task.kind == TaskKind.LIST_LINE)
    return list(session.exec(query.order_by(col(Task.id))).all())


def _found(session: Session, sealer: Sealer, month: Month) -> Iterator[dict[str, str]]:
    """Yield each sentence that a list showed in the month and no court had told us of."""
    days = _days_of_sentence(session, sealer)
    for task in _tasks(session):
        if task.topic in UNKNOWN_TOPICS and month.holds(task.opened_on):
            day = days.get(task.id)
            yield {
                "by_the_law": _BY_THE_LAW[task.topic],
                "after_sentence": _how_long(task.opened_on - day) if day else "not known",
                "region": _region(task.region_code),
                "done": task.answer or "open",
            }


def _days_of_sentence(session: Session, sealer: Sealer) -> dict[int, date]:
    query = select(_LINES.c.task_id, _LINES.c.sealed).join(_TASKS, _TASKS.c.id == _LINES.c.task_id)
    found: dict[int, date] = {}
    of_unknown = query.where(_TASKS.c.topic.in_(UNKNOWN_TOPICS), _LINES.c.sealed.is_not(None))
    for task_id, sealed in session.execute(of_unknown):
        kept = shown(sealer.open_json, sealed, None)
        day = KeptLine.of_json(kept).line().described.sentenced_on if kept else None
        if day is not None:
            found[task_id] = min(day, found.get(task_id, day))
    return found


def _how_long(passed: timedelta) -> str:
    """Say in bands how long it took to be found: with the day the sentence itself is known."""
    return next((words for most, words in _BANDS if passed.days <= most), _LONGER)


def _open(session: Session, today: date) -> Iterator[dict[str, str]]:
    """Yield each question about a line of a list that nobody has answered yet."""
    for task in _tasks(session):
        if task.done_at is None:
            is_late = task.due_on is not None and task.due_on < today
            yield {
                "about": str(task.topic or task.kind),
                "owner": f"managers of {_region(task.region_code)}"
                if task.region_code
                else "administrators",
                "due": "overdue" if is_late else "not overdue",
            }


def _region(code: str | None) -> str:
    found = region_named(code)
    return found.name if found else "no region yet"


def _parted(session: Session, month: Month) -> int:
    """Count the lines of the month that a person said are about somebody else."""
    query = rows_of(ListAnswer).where(
        ListAnswer.answer == LineAnswer.NOT_SAME,
        col(ListAnswer.id).not_in(rows_of(ListAnswerTakenBack.answer_id)),
    )
    return sum(month.holds(london_date(one.answered_at)) for one in session.exec(query))
