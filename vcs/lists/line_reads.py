"""The lines of one question beside the sentence of ours: what the answering page shows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlmodel import Session, col
from sqlmodel import select as rows_of

from vcs.access.actors import Actor
from vcs.access.exclusions.staff import managers_of
from vcs.access.reads import names_of
from vcs.access.rules import Act, require_may
from vcs.errors import NotFound
from vcs.intake.regions import court
from vcs.law.archive import facts_from_json
from vcs.lists.answered.answering import LineAnswer
from vcs.lists.answered.second import line_takes_two
from vcs.lists.decided import outcome_of
from vcs.lists.reading.columns import Cell
from vcs.lists.records import ListAnswer, ListAnswerTakenBack, ListLine, ListRun
from vcs.lists.sealed_lines import KeptLine
from vcs.referrals.questions.task_reads import kind_of_task
from vcs.sealing import Sealer
from vcs.sentences.records import DecisionRecord, Sentence
from vcs.tables import table_of
from vcs.tasks.records import Task, TaskKind
from vcs.terms import Role

_LINES, _RUNS = table_of(ListLine), table_of(ListRun)


@dataclass(frozen=True, slots=True)
class TheirLine:
    """One line as its list writes it, and why it ended so."""

    kind: str
    drawn_on: date
    run_reference: str
    row: int | None
    reason: str
    rule: str
    weight: float | None
    why: str
    cells: tuple[tuple[str, str], ...]
    outcome: str | None


@dataclass(frozen=True, slots=True)
class OurSentence:
    """The sentence of ours that lines may be about."""

    reference: str
    case_reference: str
    name: str
    date_of_birth: date | None
    court: str
    sentenced_on: date
    outcome: str
    imposed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SaidBefore:
    """What somebody said of the lines. ``is_own`` is set for whoever looks.

    ``second_wanted``: another person has yet to say the same. ``is_taken_back``: it counts no more.
    """

    answer: str
    reason: str | None
    note: str
    who: str
    at: datetime
    second_wanted: bool
    is_own: bool
    receipt: str = ""
    is_taken_back: bool = False


@dataclass(frozen=True, slots=True)
class LinesView:
    """One question: its lines, ours, and what was said.

    ``takes_two``: that a line is ours, or that nothing is owed about it, takes two people.
    """

    task_reference: str
    topic: str
    question: str
    due_on: date | None
    region_code: str | None
    is_open: bool
    may_answer: bool
    lines: tuple[TheirLine, ...]
    ours: OurSentence | None
    said: tuple[SaidBefore, ...]
    takes_two: bool = False

    @property
    def may_take_back(self) -> bool:
        """Say whether something stands that this person may take back."""
        ends = {LineAnswer.SAME, LineAnswer.NOT_SAME, LineAnswer.EXPLAINED}
        stands = any(one.answer in ends and not one.is_taken_back for one in self.said)
        return stands and self.may_answer


def lines_view(session: Session, sealer: Sealer, actor: Actor, reference: str) -> LinesView:
    """Return the lines of a question. Raises NotFound for one that this person may not see."""
    require_may(actor, Act.RECONCILE)
    if kind_of_task(session, actor, reference) != TaskKind.LIST_LINE:
        raise NotFound("This task is not about a list.")
    task = session.exec(rows_of(Task).where(Task.reference == reference)).one()
    lines = tuple(_lines(session, sealer, task))
    said = tuple(_said(session, sealer, actor, task))
    return LinesView(
        task.reference,
        task.topic or "",
        task.question,
        task.due_on,
        task.region_code,
        task.done_at is None,
        may_answer(session, actor, task),
        lines if may_answer(session, actor, task) else (),
        _ours(session, sealer, task.sentence_id),
        said,
        _takes_two(session, sealer, task),
    )


def _takes_two(session: Session, sealer: Sealer, task: Task) -> bool:
    lines = session.exec(rows_of(ListLine).where(ListLine.task_id == task.id))
    return any(line_takes_two(session, sealer, line) for line in lines)


def may_answer(session: Session, actor: Actor, task: Task) -> bool:
    """Say whether somebody answers a task about a list.

    Administrators do where it has no region, or nobody in its region has an account who decides.
    """
    if actor.role is not Role.ADMINISTRATOR or task.region_code is None:
        return True
    return not managers_of(session, task.region_code)


def _lines(session: Session, sealer: Sealer, task: Task) -> Iterator[TheirLine]:
    query = (
        select(_LINES, _RUNS.c.kind, _RUNS.c.drawn_on, _RUNS.c.reference)
        .join(_RUNS, _RUNS.c.id == _LINES.c.run_id)
        .where(_LINES.c.task_id == task.id)
        .order_by(_LINES.c.id.desc())
    )
    for row in session.execute(query):
        kept = KeptLine.of_json(sealer.open_json(row.sealed)) if row.sealed else None
        is_theirs = kept is not None and row.row is not None
        yield TheirLine(
            row.kind,
            row.drawn_on,
            row.reference,
            row.row,
            row.reason,
            row.rule,
            row.weight,
            kept.why if kept else "",
            tuple(kept.cells.items()) if kept and is_theirs else (),
            str(outcome_of(kept.line())) if kept and is_theirs and not kept.refused else None,
        )


def _ours(session: Session, sealer: Sealer, sentence_id: int | None) -> OurSentence | None:
    if sentence_id is None:
        return None
    sentence = session.get_one(Sentence, sentence_id)
    query = rows_of(DecisionRecord).where(DecisionRecord.sentence_id == sentence_id)
    newest = session.exec(query.order_by(col(DecisionRecord.id).desc())).first()
    found = court(sentence.court_code)
    return OurSentence(
        sentence.reference,
        sentence.case_reference,
        sealer.open_text(sentence.offender_name),
        sentence.date_of_birth,
        found.name if found else sentence.court_name,
        sentence.sentenced_on,
        sentence.outcome,
        tuple(_imposed(newest.facts)) if newest else (),
    )


def _imposed(facts: str) -> Iterator[str]:
    for offence in facts_from_json(facts).offences:
        for one in offence.sentences:
            length = " or ".join(term.in_words() for term in one.terms)
            title = offence.title or offence.offence_code or "an offence"
            yield f"{title}: {one.kind}{f', {length}' if length else ''}"


def _said(session: Session, sealer: Sealer, actor: Actor, task: Task) -> Iterator[SaidBefore]:
    names = names_of(session)
    theirs = rows_of(ListLine.id).where(ListLine.task_id == task.id)
    query = rows_of(ListAnswer).where(col(ListAnswer.line_id).in_(theirs))
    back = set(session.exec(rows_of(ListAnswerTakenBack.answer_id)))
    seen: set[Any] = set()
    for one in session.exec(query.order_by(col(ListAnswer.id).desc())):
        # One answer is kept for each line of the question.
        key = (one.answered_at, one.answered_by)
        if key not in seen:
            seen.add(key)
            yield SaidBefore(
                one.answer,
                one.reason,
                sealer.open_text(one.sealed),
                names.get(one.answered_by, ""),
                one.answered_at,
                one.needs_second and one.confirmed_by is None and one.id not in back,
                one.answered_by == actor.account_id,
                one.receipt or "",
                one.id in back,
            )


LABELS: Mapping[str, str] = {cell.value: cell.value.replace("_", " ") for cell in Cell}
