"""What a person is asked about custody facts: once for one person, however many events come."""

from __future__ import annotations

from datetime import date, datetime
from hashlib import sha256

from sqlalchemy import func, select, update
from sqlmodel import Session

from vcs.alerts.at_once import tell_of_task
from vcs.clock import london_date
from vcs.custody.facts.brake import HELD_FOR, Surge, open_key
from vcs.custody.facts.readings import follows
from vcs.custody.records import CustodyFact, CustodyMessage, EndsAs
from vcs.law.deadlines.working_days import add_working_days
from vcs.lists.matches.held import HeldSentence
from vcs.tables import table_of
from vcs.tasks.ask import Question, ask_again, open_tasks
from vcs.tasks.records import Task, TaskKind

_TASKS = table_of(Task)

_FACTS = table_of(CustodyFact)

OVERTAKEN = "matched since"

_NOBODY = (
    "A prison or licence system told of something that became of an offender whom we could not "
    "find among our sentences. Somebody may be owed word of it. Find out whose event it is."
)

_UNSURE = (
    "A prison or licence system told of something that became of an offender who may be the one of "
    "this sentence. Compare the two, and say whether they are one person."
)

_DANGER = (
    "A prison told of somebody who is out and should not be, or was released without notice. A "
    "person must answer a question about it before anybody can be told."
)

_UNREAD = "What a prison or licence system sent could not be read, or only in part: "


def about_person(
    session: Session, fact: CustodyFact, unsure: tuple[HeldSentence, ...], now: datetime
) -> None:
    """Ask whose event a fact is."""
    today = london_date(now)
    place = unsure[0] if unsure else None
    question = Question(
        f"custody:{fact.person}:{place.reference if place else ''}",
        TaskKind.CUSTODY_EVENT,
        _UNSURE if place else _NOBODY,
        region_code=place.region_code if place else None,
        due_on=_due(fact, today),
        sentence_id=place.sentence_id if place else None,
    )
    _open(session, fact, (question, EndsAs.UNMATCHED), today)
    _tell_of_danger(session, fact, now)


def about_meaning(
    session: Session, fact: CustodyFact, told: tuple[HeldSentence | None, str], now: datetime
) -> None:
    """Ask what became of an offender where the fact alone does not say."""
    (held, words), today = told, london_date(now)
    # Another question is another task: what the first one says would stand for both.
    what = f"{fact.reading}:{_short(words, fact.code)}"
    key = f"custody:{held.reference}:{what}" if held else f"custody:{what}:{today}"
    question = Question(
        key,
        TaskKind.CUSTODY_MEANING,
        f"{words} The system’s own code is “{fact.code}”, of {_day(fact.happened_on)}.",
        region_code=held.region_code if held else None,
        due_on=today,
        sentence_id=held.sentence_id if held else None,
    )
    _open(session, fact, (question, EndsAs.CHECK), today)
    _tell_of_danger(session, fact, now)


def _tell_of_danger(session: Session, fact: CustodyFact, now: datetime) -> None:
    """Tell at once of a question about danger: people may have to be told within the hour.

    Once a day for each question, however often the prison says it.
    """
    if follows(fact.reading).is_danger and fact.task_id is not None:
        task = session.get_one(Task, fact.task_id)
        tell_of_task(session, task, (_DANGER, london_date(now).isoformat()), now)


def about_message(session: Session, message: CustodyMessage, today: date) -> None:
    """Ask an administrator about what could not be read."""
    question = Question(
        f"custody-message:{message.receipt}",
        TaskKind.CUSTODY_MESSAGE,
        f"{_UNREAD}{message.problem} Its receipt is {message.receipt}.",
        due_on=add_working_days(today, 1),
    )
    open_tasks(session, [question], today)


def about_burst(session: Session, fact: CustodyFact, surge: Surge, now: datetime) -> None:
    """Hold a fact of a burst, and ask once whether what came is right.

    What comes while the question is open joins it. Later a new one is asked: it has its own email.
    """
    today = london_date(now)
    question = Question(
        open_key(session) or f"custody-burst:{fact.id}",
        TaskKind.CUSTODY_BURST,
        f"Prison and licence systems told today of events that would open {surge.count} sets of "
        f"people to be told. Usual is {surge.usual} a day. Find out from the systems whether it is "
        "right: a tranche of releases, or a file sent by mistake. What is danger, a death or time "
        "served was not held. If nobody answers, the events go on by themselves after four hours.",
        due_on=today,
    )
    _open(session, fact, (question, EndsAs.HELD), today)
    fact.settle_at = now + HELD_FOR


def close_matched(session: Session, task_id: int | None, now: datetime) -> None:
    """Close the question whose facts have all been matched since.

    About a burst that went on by itself another question is asked: nobody has looked at it.
    """
    waits = select(_FACTS.c.id).where(
        _FACTS.c.task_id == task_id,
        _FACTS.c.ends_as.in_([str(EndsAs.UNMATCHED), str(EndsAs.HELD)]),
    )
    if task_id is None or session.execute(waits.limit(1)).first() is not None:
        return
    still = (_TASKS.c.id == task_id, _TASKS.c.done_at.is_(None))
    closed = session.execute(
        update(_TASKS)
        .where(*still)
        .values(done_at=now, answer=OVERTAKEN)
        .returning(_TASKS.c.kind, _TASKS.c.reference)
    ).first()
    if closed is not None and closed.kind == TaskKind.CUSTODY_BURST:
        _ask_afterwards(session, task_id, closed.reference, london_date(now))


def _ask_afterwards(session: Session, task_id: int, reference: str, today: date) -> None:
    """Ask whether a burst was right that went on before anybody had looked at it."""
    recorded = select(func.count()).where(
        _FACTS.c.task_id == task_id, _FACTS.c.ends_as == str(EndsAs.RECORDED)
    )
    count = session.execute(recorded).scalar_one()
    if not count:
        return
    question = Question(
        f"custody-unseen:{reference}",
        TaskKind.CUSTODY_MEANING,
        f"{count} events of a burst went on by themselves after four hours, because nobody "
        f"answered question {reference}. Find out from the systems whether they were right: a "
        "tranche of releases, or a file sent by mistake. Take back each key event that did not "
        "happen, so that whoever was told of it hears that it was wrong.",
        due_on=add_working_days(today, 1),
    )
    open_tasks(session, [question], today)


def _open(session: Session, fact: CustodyFact, asked: tuple[Question, EndsAs], today: date) -> None:
    question, ends_as = asked
    open_tasks(session, [question], today)
    task = session.execute(
        select(_TASKS.c.id, _TASKS.c.done_at, _TASKS.c.reference).where(
            _TASKS.c.key == question.key
        )
    ).one()
    if task.done_at is not None:
        # What was answered before was answered about earlier events.
        ask_again(session, [question], today)
        again = {"done_at": None, "done_by": None, "answer": None, "note": None}
        session.execute(
            update(_TASKS).where(_TASKS.c.id == task.id).values(again | {"due_on": question.due_on})
        )
    fact.task_id, fact.ends_as = task.id, ends_as
    session.add(fact)


def _short(*words: str | None) -> str:
    return sha256("\0".join(word or "" for word in words).encode()).hexdigest()[:12]


def _due(fact: CustodyFact, today: date) -> date:
    row = follows(fact.reading)
    return today if row.is_danger or row.after is not None else add_working_days(today, 1)


def _day(day: date | None) -> str:
    return f"{day.day} {day:%B %Y}" if day else "an unknown day"
