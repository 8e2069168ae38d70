"""Reading the archive again with the code and rules of today.

Only ``apply`` writes, and no more than that what differs waits to be read by the ordinary reader.

What a message told when it was read is compared with what it would tell now. Bodies that were
removed when their time was over, and messages nobody has read yet, are left out.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, func, select

from vcs.consequences.messages.desk import FAULT
from vcs.database import Database
from vcs.errors import NotReadable
from vcs.intake.message import READ, SET_ASIDE, Sentenced
from vcs.intake.reading import read
from vcs.intake.records import CourtMessage, MessageStatus
from vcs.intake.results.learned import NONE, Meanings
from vcs.law import archive
from vcs.law.eligibility import decide
from vcs.sealing import Sealer, shown
from vcs.sentences.answer import sentenced_entry
from vcs.sentences.court_messages import waiting_again
from vcs.sentences.enquiries.meanings import meanings_held
from vcs.sentences.records import DecisionRecord, Sentence, SentenceKey, SentenceReport
from vcs.tables import table_of

_MESSAGES, _DECISIONS = table_of(CourtMessage), table_of(DecisionRecord)

_SENTENCES, _TELLINGS = table_of(Sentence), table_of(SentenceReport)

_KEYS = table_of(SentenceKey)

_AT_A_TIME = 20

_WAS = {
    MessageStatus.READ: READ,
    MessageStatus.OLDER_THAN_HELD: READ,
    MessageStatus.SET_ASIDE: SET_ASIDE,
    MessageStatus.DISMISSED: SET_ASIDE,
}

Plain = dict[str, Any]


@dataclass(frozen=True, slots=True)
class ReadEntry:
    """What one message told about one sentencing occasion. ``facts`` None where none are kept."""

    entry: Plain
    facts: Plain | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """What became of reading one message: ``status`` is ``read`` or ``set_aside``."""

    status: str
    problem: str | None
    told: tuple[ReadEntry, ...] = ()


@dataclass(frozen=True, slots=True)
class Difference:
    """One message that would be read differently. ``changes`` are sentences without names.

    ``status`` is what stands in the database, also where a person dismissed the message.
    """

    message_id: int
    receipt: str
    status: str
    was: Reading
    now: Reading
    changes: tuple[str, ...]


def archived(db: Database) -> int:
    """Count the messages that can be read again."""
    query = select(func.count()).select_from(_MESSAGES).where(*_can_be_read_again())
    with db.reading() as session:
        found: int = session.execute(query).scalar_one()
    return found


def differences(
    db: Database, sealer: Sealer, on_read: Callable[[int], None] | None = None
) -> Iterator[Difference]:
    """Read every kept message again, oldest first, and yield those that would tell otherwise.

    Few messages are held at a time. ``on_read`` is told after each few how many were read so far.
    """
    done, last = 0, 0
    with db.reading() as session:
        learned = meanings_held(session)
    while messages := some(db, last):
        for message in messages:
            found = difference(db, sealer, message, learned)
            if found is not None:
                yield found
        last = messages[-1].id
        done += len(messages)
        if on_read is not None:
            on_read(done)


def apply(db: Database, found: Sequence[Difference], now: datetime) -> int:
    """Put the messages that differ back to wait, few in one transaction; returns how many went.

    The ordinary reader reads them: what they told before gives way then. Safe to repeat.
    """
    done = 0
    for start in range(0, len(found), _AT_A_TIME):
        few = [(one.message_id, one.status) for one in found[start : start + _AT_A_TIME]]
        with db.writing() as session:
            done += waiting_again.read_again(session, few, now)
    return done


def _can_be_read_again() -> tuple[Any, ...]:
    waits = str(MessageStatus.WAITING)
    return (_MESSAGES.c.body.is_not(None), _MESSAGES.c.status != waits)


def some(db: Database, after: int) -> Sequence[Row[Any]]:
    """Return the next few messages that can be read again, by id."""
    columns = (
        _MESSAGES.c.id,
        _MESSAGES.c.receipt,
        _MESSAGES.c.status,
        _MESSAGES.c.problem,
        _MESSAGES.c.result_json,
        _MESSAGES.c.body,
    )
    query = select(*columns).where(*_can_be_read_again(), _MESSAGES.c.id > after)
    with db.reading() as session:
        return session.execute(query.order_by(_MESSAGES.c.id).limit(_AT_A_TIME)).all()


def difference(
    db: Database, sealer: Sealer, message: Row[Any], learned: Meanings
) -> Difference | None:
    """Read one of them again, and return how it differs; None where it does not."""
    body = shown(sealer.open, message.body, None)
    if body is None:
        return None  # a task asks an administrator about it; what was read stays
    now, keys = read_again(body, learned)
    if message.status == MessageStatus.DISMISSED and now.status == SET_ASIDE:
        # A person has settled it, and today's code knows no better.
        return None
    was = _as_read_then(db, sealer, message, keys)
    changes = tuple(compared(was, now))
    if not changes:
        return None
    return Difference(message.id, message.receipt, message.status, was, now, changes)


def read_again(body: bytes, learned: Meanings = NONE) -> tuple[Reading, tuple[str, ...]]:
    """Read and decide a message by today's code; also return the keys of its occasions in order."""
    try:
        found = read(body, learned)
        told = tuple(_told(one) for one in found.sentenced)
    except NotReadable as problem:
        return Reading(SET_ASIDE, str(problem)), ()
    except Exception:
        # One message that today's code fails at must not hide what it makes of the others. It
        # is put in the words of the reading desk: what still fails as it did has not changed.
        return Reading(SET_ASIDE, FAULT), ()
    return Reading(found.status, found.problem, told), tuple(one.key for one in found.sentenced)


def _told(one: Sentenced) -> ReadEntry:
    # By way of JSON, as what was kept has gone: so that like is compared with like.
    entry = json.loads(archive.canonical(sentenced_entry(one, decide(one.facts))))
    return ReadEntry(entry, json.loads(archive.facts_json(one.facts)))


def _as_read_then(
    db: Database, sealer: Sealer, message: Row[Any], keys: tuple[str, ...]
) -> Reading:
    entries: list[Plain] = []
    if message.result_json:
        entries = shown(sealer.open_json, message.result_json, entries)
    facts = _facts_kept(db, message.id)
    # The receipt lists occasions in the order read and without their keys: the facts are found
    # again by the order, where as many are read now as then.
    ordered = keys if len(keys) == len(entries) else ("",) * len(entries)
    told = tuple(
        ReadEntry(entry, facts.get(key)) for entry, key in zip(entries, ordered, strict=True)
    )
    return Reading(_WAS[MessageStatus(message.status)], message.problem, told)


def _facts_kept(db: Database, message_id: int) -> dict[str, Plain]:
    query = (
        select(_SENTENCES.c.key, _DECISIONS.c.facts)
        .join_from(_TELLINGS, _DECISIONS, _DECISIONS.c.id == _TELLINGS.c.decision_id)
        .join(_SENTENCES, _SENTENCES.c.id == _TELLINGS.c.sentence_id)
        .where(_TELLINGS.c.message_id == message_id)
    )
    further = (
        select(_KEYS.c.key, _DECISIONS.c.facts)
        .join_from(_TELLINGS, _DECISIONS, _DECISIONS.c.id == _TELLINGS.c.decision_id)
        .join(_KEYS, _KEYS.c.sentence_id == _TELLINGS.c.sentence_id)
        .where(_TELLINGS.c.message_id == message_id)
    )
    with db.reading() as session:
        rows = [*session.execute(query), *session.execute(further)]
        return {key: json.loads(facts) for key, facts in rows}


def compared(was: Reading, now: Reading) -> Iterator[str]:
    """Say in sentences that name nobody how two readings of a message differ."""
    if was.status != now.status:
        yield f"it was {in_plain_words(was.status)} and would be {in_plain_words(now.status)}"
    if was.problem != now.problem:
        yield f"the reason was “{was.problem or 'none'}” and would be “{now.problem or 'none'}”"
    if len(was.told) != len(now.told):
        yield f"{len(was.told)} sentenced were read and {len(now.told)} would be"
        for number, one in enumerate(now.told, 1):
            yield f"sentenced {number} would be: {_answer(one.entry)}"
        return
    for number, (then, anew) in enumerate(zip(was.told, now.told, strict=True), 1):
        for change in _changes(then, anew):
            yield f"sentenced {number}: {change}"


def _changes(then: ReadEntry, anew: ReadEntry) -> Iterator[str]:
    if _answer(then.entry) != _answer(anew.entry):
        yield f"{_answer(then.entry)} → {_answer(anew.entry)}"
    names = sorted(name for name in then.entry | anew.entry if name not in ("outcome", "route"))
    told_now = _as_told_then(then.entry, anew.entry)
    other = [name for name in names if then.entry.get(name) != told_now.get(name)]
    if other:
        yield f"what the receipt says changes: {', '.join(map(in_plain_words, other))}"
    if then.facts is not None and then.facts != anew.facts:
        yield f"facts change: {', '.join(sorted(_facts_changed(then.facts, anew.facts or {})))}"


def _as_told_then(then: Plain, anew: Plain) -> Plain:
    """Return an entry without the parts of an offence that receipts have only shown since."""
    if any("counted" in offence for offence in then["offences"]):
        return anew
    offences = [{k: v for k, v in one.items() if k != "counted"} for one in anew["offences"]]
    return anew | {"offences": offences}


def _answer(entry: Plain) -> str:
    return f"{entry['outcome']} ({entry['route'] or 'no route'})"


def _facts_changed(then: Any, anew: Any, at: str = "") -> set[str]:
    """Name the places where two sets of facts differ, without what stands there."""
    if isinstance(then, dict) and isinstance(anew, dict):
        found: dict[str, set[str]] = defaultdict(set)
        for name in then.keys() | anew.keys():
            place = f"{at}.{name}" if at else name
            found[name] = _facts_changed(then.get(name), anew.get(name), place)
        return set().union(*found.values())
    if isinstance(then, list) and isinstance(anew, list) and len(then) == len(anew):
        pairs = enumerate(zip(then, anew, strict=True), 1)
        return set().union(*(_facts_changed(a, b, f"{at} {n}") for n, (a, b) in pairs))
    return set() if then == anew else {at}


def in_plain_words(name: str) -> str:
    """Return a name of ours as people write it."""
    return name.replace("_", " ")
