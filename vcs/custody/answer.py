"""A person says whose event it is: it is recorded, and their number is known from then on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from sqlalchemy import select as select_rows
from sqlmodel import Session, col, select

from vcs.access.clients import custody_actor
from vcs.access.work import Work
from vcs.consequences.answers import finish, open_task
from vcs.custody.facts.receive import LOCK
from vcs.custody.facts.settle import settle_fact
from vcs.custody.matches.concerned import is_before_sentence
from vcs.custody.matches.match import Match, matched
from vcs.custody.questions import ask
from vcs.custody.questions.turn import Turn
from vcs.custody.readings import Does, follows
from vcs.custody.records import (
    CustodyFact,
    CustodyMark,
    CustodyMessage,
    EndsAs,
)
from vcs.custody.sealed import opened
from vcs.database import insert_once, lock
from vcs.errors import NotFound, NotValid
from vcs.intake.person_numbers import Number
from vcs.intake.regions import region_named
from vcs.lists.matches.held import HeldSentence
from vcs.lists.matches.ours import held_where
from vcs.lists.merged import merged_numbers
from vcs.referrals.find import find_referral, find_sentence
from vcs.sentences.records import CustodyNumber, Sentence
from vcs.tables import table_of
from vcs.tasks.kinds import AskedFor
from vcs.tasks.records import Task

_MARKS, _NUMBERS = table_of(CustodyMark), table_of(CustodyNumber)

_SENTENCES = table_of(Sentence)

LONGEST_NOTE: Final = 2000


class Whose(StrEnum):
    """What a person may answer."""

    OURS = "ours"
    ANOTHER_REGION = "another_region"
    NOBODY = ask.NOBODY


@dataclass(frozen=True, slots=True)
class WhoseAnswer:
    """An answer: ``reference`` of a referral or sentence, or the region that is asked next."""

    whose: str
    reference: str = ""
    region_code: str = ""
    note: str = ""


def say_whose(work: Work, task_reference: str, said: WhoseAnswer) -> Task:
    """Record whose event it is. Raises NotValid naming the field to correct."""
    lock(work.session, LOCK)
    task = open_task(work, task_reference, AskedFor.OFFENDER)
    if not said.note.strip() or len(said.note) > LONGEST_NOTE:
        raise NotValid("Say how you know.", {"note": "Enter how you know"})
    if said.whose == Whose.ANOTHER_REGION:
        return _hand_on(work, task, said)
    if said.whose not in tuple(Whose):
        raise NotValid("Say whose event it is.", {"whose": "Select whose event it is"})
    held = _named(work, said.reference) if said.whose == Whose.OURS else None
    facts = _facts(work.session, task)
    if held is not None and all(is_before_sentence(fact, held) for fact in facts):
        words = "All of this happened before that sentence. Enter another, or say that it is nobody"
        raise NotValid(words, {"reference": words})
    finish(work, task, said.whose, said.note)
    work.session.flush()
    # What waits for two numbers to be joined is found by the joined number afterwards.
    merges = [fact for fact in facts if follows(fact.reading).does is Does.MERGE]
    for fact in merges or facts:
        _settle(work, fact, held)
    for fact in facts if merges else ():
        if fact not in merges:
            _settle_joined(work, fact, held)
    work.note("custody.answered", task.reference, said.whose)
    return task


def _hand_on(work: Work, task: Task, said: WhoseAnswer) -> Task:
    region = region_named(said.region_code)
    if region is None:
        raise NotValid("Select the region.", {"region": "Select the region that is asked"})
    task.region_code, task.sentence_id = region.code, None
    work.session.add(task)
    work.note("custody.handed_on", task.reference, region.code)
    return task


def _facts(session: Session, task: Task) -> Sequence[CustodyFact]:
    waits = (CustodyFact.task_id == task.id, CustodyFact.ends_as == EndsAs.UNMATCHED)
    query = select(CustodyFact).where(*waits)
    ordered = query.order_by(col(CustodyFact.happened_on), col(CustodyFact.id))
    return session.exec(ordered.with_for_update()).all()


def _settle(work: Work, fact: CustodyFact, held: HeldSentence | None) -> None:
    message = work.session.get_one(CustodyMessage, fact.message_id)
    actor = custody_actor(work.session, message.client_id)
    turn = Turn(Work(work.session, work.sealer, actor, work.now), fact)
    if held is None:
        _ask_on(turn)
        return
    _learn(work, fact, held)
    settle_fact(turn, Match((held,), (), "A person said so"))


def _settle_joined(work: Work, fact: CustodyFact, held: HeldSentence | None) -> None:
    if held is None:
        _settle(work, fact, None)
        return
    message = work.session.get_one(CustodyMessage, fact.message_id)
    actor = custody_actor(work.session, message.client_id)
    settle_fact(Turn(Work(work.session, work.sealer, actor, work.now), fact))


def _ask_on(turn: Turn) -> None:
    """Ask about the next sentence that may be of the same person; end the fact where none is."""
    fact, work = turn.fact, turn.work
    unsure = matched(work.session, work.sealer, opened(work.sealer, fact).who).unsure
    if unsure and ask.about_person(work.session, fact, unsure, work.today):
        return
    if fact.event_id is not None:
        turn.end(EndsAs.RECORDED, "Recorded. A person looked: it is of no other sentence")
    else:
        turn.end(EndsAs.NOTHING, "A person looked: it is nobody of ours")


def _learn(work: Work, fact: CustodyFact, held: HeldSentence) -> None:
    """Keep that these numbers are of this offender."""
    numbers = (_MARKS.c.fact_id == fact.id, _MARKS.c.kind.in_([str(kind) for kind in Number]))
    found = work.session.execute(select_rows(_MARKS).where(*numbers))
    rows = [
        {
            "sentence_id": held.sentence_id,
            "mark": one.mark,
            "kind": one.kind,
            "said_at": work.now,
            "said_by": work.actor.account_id,
        }
        for one in found
    ]
    if rows:
        work.session.execute(insert_once(work.session, _NUMBERS, "sentence_id", "mark"), rows)


def _named(work: Work, reference: str) -> HeldSentence:
    """Return the sentence of a referral's or its own reference, within the actor's reach."""
    written = reference.strip().upper()
    sentence_id = _referred(work, written) or _sentence(work, written)
    which = _SENTENCES.c.id == sentence_id
    merged = merged_numbers(work.session)
    found = held_where(work.session, work.sealer, which, merged) if sentence_id else []
    if not found:
        words = "Enter the reference of a referral or sentence in your region, like VCS-7K3M-9QTD"
        raise NotValid("There is no such referral or sentence.", {"reference": words})
    return found[0]


def _referred(work: Work, reference: str) -> int | None:
    try:
        return find_referral(work.session, reference, work.actor).sentence_id
    except NotFound:
        return None


def _sentence(work: Work, reference: str) -> int | None:
    try:
        return find_sentence(work.session, reference, work.actor)[0].id
    except NotFound:
        return None
