"""What a person is asked about custody facts: once for one person, however many events come."""

from __future__ import annotations

from datetime import date, datetime
from hashlib import sha256

from sqlalchemy import func, select, update
from sqlmodel import Session

from vcs.clock import london_date
from vcs.custody.questions.brake import HELD_FOR, Surge, open_key
from vcs.custody.readings import TELL_OF_DANGER, Does, follows
from vcs.custody.records import CustodyFact, CustodyMessage, EndsAs
from vcs.law.deadlines.working_days import add_working_days
from vcs.lists.matches.held import HeldSentence
from vcs.tables import table_of
from vcs.tasks.ask import Question, ask_again, open_tasks
from vcs.tasks.records import Task, TaskKind, TaskTopic

_TASKS = table_of(Task)

_FACTS = table_of(CustodyFact)

OVERTAKEN = "matched since"

READ_SINCE = "read since"

_NOBODY = (
    "A prison or licence system told of something that became of an offender whom we could not "
    "find among our sentences. Somebody may be owed word of it. Find out whose event it is."
)

_UNSURE = (
    "A prison or licence system told of something that became of an offender who may be the one of "
    "this sentence. Compare the two, and say whether they are one person."
)

_SOMEBODY_OUT = "By the system’s code they are or were out of custody who should not be: do it now."

NOBODY = "nobody"
"""The answer that an event is not of the offender who was asked about."""

_UNREAD = "What a prison or licence system sent could not be read, or only in part: "


def about_person(
    session: Session,
    fact: CustodyFact,
    unsure: tuple[HeldSentence, ...],
    today: date,
    person: str = "",
) -> bool:
    """Ask whose event a fact is: about the first sentence of which nobody was asked yet.

    ``person`` is whom the question is about, where that is not whom the fact names: two numbers
    that may be joined are one question. Returns whether anybody is asked: not where a person has
    said of each that it is not theirs.
    """
    person = person or fact.person
    left = [one for one in unsure if not _is_denied(session, fact, one, person)]
    if unsure and not left:
        return False
    place = left[0] if left else None
    question = Question(
        _whose_key(fact, place, person),
        TaskKind.CUSTODY_EVENT,
        f"{_UNSURE if place else _NOBODY}{_danger(fact)}",
        region_code=place.region_code if place else None,
        due_on=_due(fact, today),
        sentence_id=place.sentence_id if place else None,
        topic=_topic(fact),
    )
    _open(session, fact, (question, EndsAs.UNMATCHED), today)
    return True


def is_asked_of_ours(session: Session, fact: CustodyFact) -> bool:
    """Say whether the question that a fact waits for is about a sentence of ours."""
    query = select(_TASKS.c.sentence_id).where(_TASKS.c.id == fact.task_id)
    return session.execute(query).scalar() is not None


def was_denied(session: Session, fact: CustodyFact, place: HeldSentence) -> bool:
    """Say whether a person has said once that whom a fact names is not who was sentenced there."""
    query = select(_TASKS.c.id).where(
        _TASKS.c.key.startswith(f"custody:{fact.person}:{place.reference}", autoescape=True),
        _TASKS.c.answer == NOBODY,
    )
    return session.execute(query.limit(1)).first() is not None


def was_answered(session: Session, task_id: int | None) -> bool:
    """Say whether somebody has answered a question."""
    query = select(_TASKS.c.done_at).where(_TASKS.c.id == task_id)
    return session.execute(query).scalar() is not None


def _whose_key(fact: CustodyFact, place: HeldSentence | None, person: str) -> str:
    # Danger never joins a question that may lie for days.
    danger = f":{fact.reading}" if fact.reading in TELL_OF_DANGER else ""
    return f"custody:{person}:{place.reference if place else ''}{danger}"


def _is_denied(session: Session, fact: CustodyFact, place: HeldSentence, person: str) -> bool:
    """Say whether a person has said of this very fact that it is not of a sentence."""
    query = select(_TASKS.c.id).where(
        _TASKS.c.key == _whose_key(fact, place, person),
        _TASKS.c.answer == NOBODY,
        _TASKS.c.done_at >= fact.known_at,
    )
    return session.execute(query).first() is not None


def _topic(fact: CustodyFact) -> TaskTopic | None:
    """Return what lets an email go at once: whoever is out is told of within the hour."""
    return TaskTopic.DANGER if fact.reading in TELL_OF_DANGER else None


def _danger(fact: CustodyFact) -> str:
    return f" {_SOMEBODY_OUT}" if fact.reading in TELL_OF_DANGER else ""


def about_meaning(
    session: Session,
    fact: CustodyFact,
    told: tuple[HeldSentence | None, str],
    today: date,
    topic: TaskTopic | None = None,
) -> None:
    """Ask what became of an offender where the fact alone does not say."""
    held, words = told
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
        topic=topic or _topic(fact),
    )
    _open(session, fact, (question, EndsAs.CHECK), today)


def about_message(session: Session, message: CustodyMessage, today: date) -> None:
    """Ask an administrator about what could not be read."""
    question = Question(
        _message_key(message),
        TaskKind.CUSTODY_MESSAGE,
        f"{_UNREAD}{message.problem} Somebody may be out. Find out what it told; the same message "
        f"sent again is read again. Its receipt is {message.receipt}.",
        due_on=today,
    )
    open_tasks(session, [question], today)
    ask_again(session, [question], today)


def close_read(session: Session, message: CustodyMessage, now: datetime) -> None:
    """Close the question about a message that has been read whole since."""
    waits = (_TASKS.c.key == _message_key(message), _TASKS.c.done_at.is_(None))
    session.execute(update(_TASKS).where(*waits).values(done_at=now, answer=READ_SINCE))


def _message_key(message: CustodyMessage) -> str:
    return f"custody-message:{message.receipt}"


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
        select(_TASKS.c.id, _TASKS.c.done_at, _TASKS.c.due_on).where(_TASKS.c.key == question.key)
    ).one()
    if task.done_at is not None:
        # What was answered before was answered about earlier events.
        ask_again(session, [question], today)
        # Asked from today: whatever goes at once is told of again.
        again: dict[str, date | None] = {"due_on": question.due_on, "opened_on": today}
        again |= dict.fromkeys(("done_at", "done_by", "answer", "note"))
        session.execute(update(_TASKS).where(_TASKS.c.id == task.id).values(again))
    elif task.due_on and question.due_on and question.due_on < task.due_on:
        sooner = update(_TASKS).where(_TASKS.c.id == task.id)
        session.execute(sooner.values(due_on=question.due_on))
    fact.task_id, fact.ends_as = task.id, ends_as
    session.add(fact)


def _short(*words: str | None) -> str:
    return sha256("\0".join(word or "" for word in words).encode()).hexdigest()[:12]


def _due(fact: CustodyFact, today: date) -> date:
    row = follows(fact.reading)
    is_soon = row.after is not None or row.does is Does.CHECK or fact.reading in TELL_OF_DANGER
    return today if is_soon else add_working_days(today, 1)


def _day(day: date | None) -> str:
    return f"{day.day} {day:%B %Y}" if day else "an unknown day"
