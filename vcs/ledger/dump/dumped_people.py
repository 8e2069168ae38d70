"""Events, needs, families and preferences in the canonical dump. Words appear as digests only."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from sqlmodel import Session, SQLModel, col, select

from vcs.events.records import EventLine, IfOutAnswer, KeyEvent
from vcs.events.updates.records import EventUpdate
from vcs.needs.conditions.records import ConditionRequest, StatementRecord
from vcs.needs.records import NeedAction, NeedAnswer
from vcs.sealing import UNOPENED, Sealer, shown
from vcs.victims.family.records import BirthRecord, DeathRecord, FamilyLink
from vcs.victims.preferences.records import PreferenceRecord
from vcs.victims.records import PersonRecord, Victim

Plain = dict[str, Any]

Digest = Callable[[object], str]


class DumpedPeople:
    """What is told of people beside their details, read once. ``whose`` are digests of victims."""

    def __init__(
        self, session: Session, sealer: Sealer, whose: Mapping[int, str], digest: Digest
    ) -> None:
        self._sealer, self._whose, self._digest = sealer, whose, digest
        self._answers = rows_by(session, NeedAnswer, "victim_id")
        self._actions = rows_by(session, NeedAction, "victim_id")
        self._conditions = rows_by(session, ConditionRequest, "victim_id")
        self._statements = rows_by(session, StatementRecord, "victim_id")
        self._links = rows_by(session, FamilyLink, "referral_id")
        roots = _roots(session)
        self._births = _of_roots(rows_by(session, BirthRecord, "person_id"), roots)
        self._deaths = _of_roots(rows_by(session, DeathRecord, "person_id"), roots)
        self._wishes = _of_roots(rows_by(session, PreferenceRecord, "person_id"), roots)
        self._if_out = _of_roots(rows_by(session, IfOutAnswer, "person_id"), roots)
        self._lines = rows_by(session, EventLine, "event_id")
        self._updates = rows_by(session, EventUpdate, "event_id")

    def of_victim(self, victim: Victim) -> Plain:
        """Return what is known of somebody's needs, wishes and life; only what says something."""
        person = victim.person_id
        told = {
            "needs": [self._answer(one) for one in self._answers[victim.id]],
            "actions": [self._action(one) for one in self._actions[victim.id]],
            "conditions": [self._condition(one) for one in self._conditions[victim.id]],
            "statement": [
                [one.step, _text(one.happened_on), self._sealed(one.sealed)]
                for one in self._statements[victim.id]
            ],
            "preferences": [self._wish(one) for one in self._wishes[person]],
            "if_out": [
                [one.answer, _text(one.answered_on), self._sealed(one.sealed)]
                for one in self._if_out[person]
            ],
            "births": [self._sealed(one.sealed) for one in self._births[person]],
            "deaths": [
                [
                    self._sealed(one.sealed),
                    one.taken_back_at is not None,
                    one.confirmed_at is not None,
                ]
                for one in self._deaths[person]
            ],
        }
        return {name: value for name, value in told.items() if value}

    def of_referral(self, referral_id: int) -> Plain:
        """Return who leads, speaks and tells in a referral, in the order in which it was said."""
        links = [
            [one.kind, self._whose.get(one.victim_id), self._whose.get(one.by_victim_id or 0)]
            for one in self._links[referral_id]
        ]
        return {"family": links} if links else {}

    def event(self, event: KeyEvent, sentence_key: str | None) -> Plain:
        """Return an event and everybody who is told of it."""
        return {
            "kind": event.kind,
            "sentence": sentence_key,
            "happened_on": _text(event.happened_on),
            "only_month": event.only_month,
            "source": event.source,
            "source_knew_on": _text(event.source_knew_on),
            "words": self._sealed(event.sealed),
            "held": event.may_tell_at is None,
            "split": event.split_at is not None,
            "taken_back": event.taken_back_at is not None,
            "lines": sorted((self._line(one) for one in self._lines[event.id]), key=str),
        }

    def _line(self, line: EventLine) -> Plain:
        updates = [] if line.undo else self._updates_of(line)
        told = {"updates": updates} if updates else {}
        return told | {
            "person": self._whose.get(line.victim_id),
            "undo": line.undo,
            "way": line.way,
            "tries": line.tries,
            "told": line.told_how,
            "not_told": line.not_told_reason,
        }

    def _updates_of(self, line: EventLine) -> list[Plain]:
        """Return each word owed again to somebody about an event, in order."""
        theirs = [one for one in self._updates[line.event_id] if one.victim_id == line.victim_id]
        return [
            {
                "tries": one.tries,
                "given": one.given_how,
                "ended": one.ended_because,
                "words": self._sealed(one.sealed or one.ended_sealed),
            }
            for one in sorted(theirs, key=lambda one: one.number)
        ]

    def _answer(self, one: NeedAnswer) -> Plain:
        return {
            "item": one.item,
            "version": one.version,
            "answer": one.answer,
            "asked_on": _text(one.asked_on),
            "how": one.how,
            "brought_on": _text(one.brought_on),
            "confirmed_on": _text(one.confirmed_on),
            "words": self._sealed(one.sealed),
        }

    def _action(self, one: NeedAction) -> Plain:
        return {
            "item": one.item,
            "due_on": _text(one.due_on),
            "outcome": one.outcome,
            "closed_on": _text(one.closed_on),
            "words": self._sealed(one.sealed),
            "outcome_words": self._sealed(one.outcome_sealed),
        }

    def _condition(self, one: ConditionRequest) -> Plain:
        return {
            "code": one.code,
            "version": one.version,
            "asked_on": _text(one.asked_on),
            "sent_on": _text(one.sent_on),
            "answer": one.answer,
            "answered_on": _text(one.answered_on),
            "told_on": _text(one.told_on),
            "usable": self._sealed(one.usable_sealed),
            "private": self._sealed(one.private_sealed),
        }

    def _wish(self, one: PreferenceRecord) -> Plain:
        return {
            "way": one.way,
            "rule": one.rule,
            "since_on": _text(one.since_on),
            "how_known": one.how_known,
            "withheld_number": one.withheld_number,
            "ended": one.ended_at is not None,
            "words": self._sealed(one.sealed),
        }

    def _sealed(self, value: bytes | None) -> str | None:
        """Return the digest of what is sealed: whichever key sealed it, it is the same."""
        return self._digest(shown(self._sealer.open_text, value, UNOPENED)) if value else None


def rows_by(session: Session, model: type[SQLModel], column: str) -> dict[int, list[Any]]:
    """Return every row of a table by one of its columns, in the order in which they were kept."""
    found: dict[int, list[Any]] = defaultdict(list)
    key: Any = model.id  # type: ignore[attr-defined]  # every table asked for here has one
    for one in session.exec(select(model).order_by(col(key))):
        found[getattr(one, column)].append(one)
    return found


def _roots(session: Session) -> dict[int, int]:
    """Return the record that each record of a person was joined to in the end."""
    joined = dict(session.exec(select(PersonRecord.id, PersonRecord.joined_to_id)).all())

    def root(person_id: int) -> int:
        while (further := joined.get(person_id)) is not None:
            person_id = further
        return person_id

    return {one: root(one) for one in joined}


def _of_roots(rows: Mapping[int, list[Any]], roots: Mapping[int, int]) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = defaultdict(list)
    for person_id, some in rows.items():
        found[roots[person_id]] += some
    return found


def _text(day: date | None) -> str | None:
    return day.isoformat() if day else None
