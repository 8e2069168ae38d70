"""What somebody does about a matter: plan it with a date, put it off once, or dispute it.

None of them stops a clock, and none is about another duty. A plan ends with its date, or with its
holder's account; then the matter comes back one rung up.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session, col, select

from vcs.access.records import Account
from vcs.access.rules import Act, reach
from vcs.access.work import Work
from vcs.alerts.digest.agenda.matter import Matter, page_of
from vcs.alerts.digest.agenda.matters import is_open, matter_named
from vcs.alerts.digest.recipients.rules import rules_on
from vcs.alerts.digest.recipients.told import told_of
from vcs.alerts.digest.recipients.told_by import told_by_digests
from vcs.alerts.digest.records import ActKind, MatterAct
from vcs.alerts.owe import Notice, owe_alert
from vcs.alerts.records import AlertKind
from vcs.clock import london_date
from vcs.errors import Conflict, NotFound, NotValid
from vcs.law.deadlines.duties import in_words
from vcs.law.deadlines.working_days import add_working_days
from vcs.sealing import Sealer
from vcs.tasks.ask import Question, open_tasks
from vcs.tasks.records import Task, TaskKind

LONGEST_PLAN, LONGEST_SNOOZE = 10, 5
"""In working days."""

LONGEST_WORDS = 1000

_CORRECT = "Some details need correcting."


@dataclass(frozen=True, slots=True)
class Done:
    """One act as the matter's page shows it."""

    kind: str
    who: str
    until_on: date | None
    words: str
    made_at: datetime


def find_matter(session: Session, work: Work, key: str) -> Matter:
    """Return an open matter that somebody may act on.

    Raises NotFound for one that is not theirs to see, or is settled.
    """
    matter = visible_matter(session, work, key)
    if not is_open(session, matter):
        raise NotFound("It is settled already, or there is no such matter.")
    return matter


def visible_matter(session: Session, work: Work, key: str) -> Matter:
    """Return a matter of somebody's digest or region, open or not. Raises NotFound."""
    work.require_may(Act.SEE_DIGEST)
    matter = matter_named(session, key)
    hidden = work.actor.hidden.sentences
    if matter is None or (matter.sentence_id is not None and matter.sentence_id in hidden):
        raise NotFound("It is settled already, or there is no such matter.")
    was_told = any(one.account_id == work.actor.account_id for one in told_by_digests(session, key))
    if not was_told and not reach(work.actor).covers(matter):
        rules = rules_on(session, work.today, [key])
        if work.actor.account_id not in told_of(rules, matter):
            raise NotFound("It is settled already, or there is no such matter.")
    return matter


def plan(work: Work, key: str, until_on: date, words: str) -> None:
    """Say by when a matter is done and how: it is not repeated until then."""
    work.require_may(Act.ACT_ON_MATTER)
    matter = find_matter(work.session, work, key)
    mine = _mine(work, key, ActKind.PLAN)
    if mine and mine[-1].until_on is not None and mine[-1].until_on < work.today:
        raise Conflict(
            "Your plan for it has passed, and the next person up was told. They plan it."
        )
    _require(until_on, words, work.today, LONGEST_PLAN)
    if mine:
        _require_no_longer(until_on, london_date(mine[0].made_at))
    _keep(work, matter, _Act(ActKind.PLAN, words, until_on))


def snooze(work: Work, key: str, until_on: date, words: str) -> None:
    """Put a matter off in one's own digest, once, with a reason."""
    work.require_may(Act.ACT_ON_MATTER)
    matter = find_matter(work.session, work, key)
    _require(until_on, words, work.today, LONGEST_SNOOZE)
    if _mine(work, key, ActKind.SNOOZE):
        raise Conflict("You have put it off once. Plan it, or see that it is done.")
    _keep(work, matter, _Act(ActKind.SNOOZE, words, until_on))


def dispute(work: Work, key: str, words: str) -> str:
    """Say that something is not owed: a person is asked. Returns the task's reference."""
    work.require_may(Act.ACT_ON_MATTER)
    matter = find_matter(work.session, work, key)
    if not words.strip():
        raise NotValid(_CORRECT, {"words": "Enter why it is not owed"})
    task_key = f"{TaskKind.DISPUTED}:{key}:{work.now.isoformat()}"
    asked = (
        f"{work.actor.name} says that what is overdue in {matter.reference} is not owed. Read why "
        "on its page of the digest, and settle it: close the referral, or see that it is done."
    )
    question = Question(
        task_key,
        TaskKind.DISPUTED,
        asked,
        matter.region_code,
        add_working_days(work.today, LONGEST_SNOOZE),
        matter.sentence_id,
    )
    open_tasks(work.session, [question], work.today)
    task = work.session.exec(select(Task).where(Task.key == task_key)).one()
    _keep(work, matter, _Act(ActKind.DISPUTE, words, task_id=task.id))
    return task.reference


def recall_row(work: Work, key: str, words: str) -> int:
    """Take a row of earlier emails back. Returns how many people are told that it was wrong.

    It stops no clock: what is still missed is told of the next morning.
    """
    work.require_may(Act.RECALL_ALERT)
    matter = visible_matter(work.session, work, key)
    if not words.strip():
        raise NotValid(_CORRECT, {"words": "Enter what was wrong"})
    told = told_by_digests(work.session, key)
    values = {"page": page_of(key)}
    for one in told:
        occurrence = f"{key}:{work.now.isoformat()}:{one.account_id}"
        who = (matter.region_code, one.account_id)
        notice = Notice(AlertKind.ROW_RECALLED, matter.reference, occurrence, values, *who)
        owe_alert(work.session, notice, work.now)
    _keep(work, matter, _Act(ActKind.RECALL, words))
    return len(told)


def acts_done(session: Session, sealer: Sealer, key: str) -> tuple[Done, ...]:
    """Return what was done about a matter, the newest first."""
    query = (
        select(MatterAct, Account.name)
        .join(Account, col(Account.id) == col(MatterAct.account_id))
        .where(MatterAct.matter == key)
        .order_by(col(MatterAct.id).desc())
    )
    return tuple(
        Done(act.kind, name, act.until_on, sealer.open_text(act.sealed), act.made_at)
        for act, name in session.exec(query)
    )


def _require(until_on: date, words: str, today: date, longest: int) -> None:
    last = add_working_days(today, longest)
    fields = {}
    if not today < until_on <= last:
        fields["until_on"] = f"Enter a day after today, and at most {longest} working days ahead"
    if not words.strip():
        fields["words"] = "Enter what is planned, or why"
    if fields:
        raise NotValid(_CORRECT, fields)


def _require_no_longer(until_on: date, first_on: date) -> None:
    """Refuse to plan one matter on and on: after a while the next person up is told of it."""
    last = add_working_days(first_on, LONGEST_PLAN)
    if until_on > last:
        words = (
            f"You planned it first on {in_words(first_on)}: enter {in_words(last)} at the latest. "
            "Beyond that the next person up is told, and plans it"
        )
        raise NotValid(_CORRECT, {"until_on": words})


def _mine(work: Work, key: str, kind: ActKind) -> Sequence[MatterAct]:
    """Return what the actor did of a kind about a matter, the oldest first."""
    query = select(MatterAct).where(
        MatterAct.matter == key,
        MatterAct.kind == str(kind),
        MatterAct.account_id == work.actor.account_id,
    )
    return work.session.exec(query.order_by(col(MatterAct.id))).all()


@dataclass(frozen=True, slots=True)
class _Act:
    """What is kept of an act."""

    kind: ActKind
    words: str
    until_on: date | None = None
    task_id: int | None = None


def _keep(work: Work, matter: Matter, act: _Act) -> None:
    work.session.add(
        MatterAct(
            matter=matter.key,
            kind=str(act.kind),
            account_id=work.actor.account_id,
            until_on=act.until_on,
            task_id=act.task_id,
            sealed=work.sealer.seal_text(act.words.strip()),
            made_at=work.now,
        )
    )
    day = act.until_on.isoformat() if act.until_on else ""
    work.note(f"matter.{act.kind}", matter.reference, day)
