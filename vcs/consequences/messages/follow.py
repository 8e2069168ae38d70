"""Apply the consequences of a sentence's current state: referrals, and questions for a person.

A feed adds duties and never takes one away: a referral that was owed once stays, and whatever
speaks against it becomes a question.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import Row, bindparam, or_, select, update
from sqlmodel import Session

from vcs.access.actors import SYSTEM
from vcs.alerts.at_once import LOOKED_BACK, tell_of_release
from vcs.alerts.causes.late_decisions import withdraw_late_decisions
from vcs.consequences.messages.raised import Held, is_owed, raised_by, waits_for_codes
from vcs.consequences.moves.move import move_referrals
from vcs.consequences.moves.place import place_referral
from vcs.consequences.past.found_late import ask_found_late
from vcs.referrals.open import BASES, Opening, is_referred_by_law, open_referrals, raise_basis
from vcs.referrals.records import Basis, Referral, ReferralStatus
from vcs.sentences.enquiries.awaited_codes import (
    NOTHING_AWAITED,
    Awaited,
    awaited,
    codes_asked_about,
    keep_awaited,
    unknown_codes,
)
from vcs.sentences.enquiries.questions import one_look, unread
from vcs.sentences.saving.resolved import ResolvedSentence, WithdrawnSentence
from vcs.tables import table_of
from vcs.tasks.ask import Question, ask_again, open_tasks
from vcs.tasks.kinds import POLICIES
from vcs.tasks.records import Task, TaskKind, TaskTopic
from vcs.terms import Outcome

_REFERRALS, _TASKS = table_of(Referral), table_of(Task)

_FOLLOWS = [str(kind) for kind, row in POLICIES.items() if row.follows_sentence]

"""The questions raised by the current state, closed when it changes."""

_OVERTAKEN = "overtaken by a newer court message"


def apply_consequences(
    session: Session,
    settled: Sequence[ResolvedSentence],
    today: date,
    now: datetime,
    found_on: date | None = None,
) -> None:
    """Bring referrals and questions in line with each sentence's current state.

    ``found_on`` is the day on which a correction of ours decided them again; None where a court
    or a person tells something new. What was found late counts from that day.
    """
    referrals = _referrals(session, settled)
    if move_referrals(session, settled, referrals, today, now):
        referrals = _referrals(session, settled)
    opened = [one for one in settled if is_owed(one) and one.sentence_id not in referrals]
    if opened:
        open_referrals(session, [_opening(one, found_on) for one in opened], SYSTEM, today, now)
        referrals = _referrals(session, settled)
        ask_found_late(session, [one.sentence_id for one in opened], today)
    held_of = _held(session, settled, referrals)
    _keep_what_is_awaited(session, settled, held_of)
    wanted, overtaken = list[Question](), list[int]()
    for one in settled:
        held = held_of[one.sentence_id]
        placed = _place(session, one, held.referral, today, now)
        asked = [
            question
            for question in raised_by(one, held, placed, today)
            if found_on is None or not _goes_on(question, held)
        ]
        wanted.extend(asked)
        dropped = list(_no_longer_asked(one, held, {question.key for question in asked}))
        overtaken.extend(dropped)
        if found_on is not None and _is_no_longer_offered(one, held, dropped):
            wanted.append(one_look(one.about(None), one.decision()))
    _close(session, overtaken, now)
    ask_again(session, wanted, today)
    open_tasks(session, wanted, today)
    _tell_of_releases(session, settled, referrals, (now, today))


def _tell_of_releases(
    session: Session,
    settled: Iterable[ResolvedSentence],
    referrals: Mapping[int, Row[Any]],
    moment: tuple[datetime, date],
) -> None:
    """Tell at once of an old referral whose offender may be released sooner than was known.

    Among newer ones a sweep looks by itself.
    """
    now, today = moment
    for one in settled:
        referral = referrals.get(one.sentence_id)
        is_old = referral is not None and referral.opened_on < today - LOOKED_BACK
        if referral is not None and is_old and one.moved and one.decision().urgent:
            tell_of_release(session, referral.id, now, today)


def ask_about_lost(
    session: Session, lost: Sequence[WithdrawnSentence], today: date, now: datetime
) -> None:
    """Ask what became of sentences that no message mentions any longer. Nothing is withdrawn."""
    referrals, tasks = _referrals(session, lost), _tasks(session, lost)
    asked: list[Question] = []
    overtaken: list[int] = []
    for one in lost:
        held = Held(referrals.get(one.sentence_id), tasks.get(one.sentence_id, {}))
        if one.outcome is not Outcome.NOT_ELIGIBLE or held.referral is not None:
            asked.append(unread(one.about(held.referral)))
        keys = {question.key for question in asked}
        overtaken.extend(_no_longer_asked(one, held, keys, but=TaskKind.ROUTE))
    keep_awaited(session, [one.sentence_id for one in lost], {})
    _close(session, overtaken, now)
    ask_again(session, asked, today)
    open_tasks(session, asked, today)


def _held(
    session: Session, settled: Sequence[ResolvedSentence], referrals: Mapping[int, Row[Any]]
) -> dict[int, Held]:
    """Return what each sentence has already."""
    tasks, codes = _tasks(session, settled), _awaited(session, settled)
    return {
        its_id: Held(
            referrals.get(its_id), tasks.get(its_id, {}), codes.get(its_id, NOTHING_AWAITED)
        )
        for its_id in (one.sentence_id for one in settled)
    }


def _keep_what_is_awaited(
    session: Session, settled: Iterable[ResolvedSentence], held_of: Mapping[int, Held]
) -> None:
    waiting = {
        one.sentence_id: held_of[one.sentence_id].awaited.codes
        for one in settled
        if waits_for_codes(one, held_of[one.sentence_id])
    }
    keep_awaited(session, held_of, waiting)


def _awaited(session: Session, settled: Iterable[ResolvedSentence]) -> dict[int, Awaited]:
    """Return, of sentences with something open, what they wait for of the codes asked about.

    One who may be out before any deadline waits for nothing: it is asked about by itself.
    """
    facts = {
        one.sentence_id: one.facts()
        for one in settled
        if one.standing.version.outcome is not Outcome.NOT_ELIGIBLE
        and one.decision().questions
        and not one.decision().urgent
    }
    held = {code for one in facts.values() for code in unknown_codes(one)}
    asked = codes_asked_about(session, sorted(held))
    return {its_id: awaited(one, asked) for its_id, one in facts.items()} if asked else {}


def _opening(one: ResolvedSentence, found_on: date | None) -> Opening:
    return Opening(one.about(None), one.standing.place[1], BASES[one.standing.best], found_on)


def _goes_on(question: Question, held: Held) -> bool:
    """Say whether a correction of ours would ask about contact that a person chose to offer.

    Where that offer is closed it does not go on, and what the correction says is news.
    """
    if held.referral is None or held.referral.status == ReferralStatus.CLOSED:
        return False
    by_choice = held.referral.basis == Basis.DISCRETIONARY
    return by_choice and question.kind is TaskKind.SENTENCE_CHANGED


def _is_no_longer_offered(one: ResolvedSentence, held: Held, dropped: list[int]) -> bool:
    """Say whether a correction of ours, and no court, ends a question that waits for a person."""
    waited = any(
        task.id in dropped and task.kind in (TaskKind.DECIDE, TaskKind.DISCRETION)
        for task in held.tasks.values()
    )
    is_no = one.standing.version.outcome is Outcome.NOT_ELIGIBLE and not one.standing.gone
    return waited and is_no and held.referral is None


def _referrals(
    session: Session, settled: Iterable[ResolvedSentence | WithdrawnSentence]
) -> dict[int, Row[Any]]:
    columns = (
        _REFERRALS.c.id,
        _REFERRALS.c.sentence_id,
        _REFERRALS.c.status,
        _REFERRALS.c.basis,
        _REFERRALS.c.region_code,
        _REFERRALS.c.police_area,
        _REFERRALS.c.vlo_account_id,
        _REFERRALS.c.opened_on,
    )
    query = select(*columns).where(_REFERRALS.c.sentence_id.in_([s.sentence_id for s in settled]))
    return {row.sentence_id: row for row in session.execute(query)}


def _tasks(
    session: Session, settled: Iterable[ResolvedSentence | WithdrawnSentence]
) -> dict[int, dict[str, Row[Any]]]:
    columns = (
        _TASKS.c.id,
        _TASKS.c.sentence_id,
        _TASKS.c.key,
        _TASKS.c.kind,
        _TASKS.c.topic,
        _TASKS.c.done_at,
        _TASKS.c.done_by,
    )
    query = select(*columns).where(_TASKS.c.sentence_id.in_([s.sentence_id for s in settled]))
    found: dict[int, dict[str, Row[Any]]] = {}
    for row in session.execute(query):
        found.setdefault(row.sentence_id, {})[row.key] = row
    return found


def _place(
    session: Session, one: ResolvedSentence, held: Row[Any] | None, today: date, now: datetime
) -> str | None:
    """Raise the basis, and let an untouched referral follow the court; returns its region.

    Where a person routed it, or works on it, it stays where it is.
    """
    if held is None:
        return None
    region, area = one.standing.place
    best = one.standing.best
    if is_referred_by_law(best) and _raises(BASES[best], held.basis):
        referral = session.get_one(Referral, held.id)
        raise_basis(session, referral, BASES[best], one.sentenced_on, today)
        session.flush()
    moves = region is not None and (region, area) != (held.region_code, held.police_area)
    untouched = held.status == ReferralStatus.AWAITING and held.vlo_account_id is None
    if not moves or not untouched or _routed_by_hand(session, held.id):
        return str(held.region_code) if held.region_code else None
    place_referral(session, session.get_one(Referral, held.id), (region, area), now)
    return region


def _raises(basis: Basis, held: str) -> bool:
    order = list(Basis)
    return order.index(basis) < order.index(Basis(held))


def _routed_by_hand(session: Session, referral_id: int) -> bool:
    routed = (
        _TASKS.c.referral_id == referral_id,
        or_(
            _TASKS.c.kind == TaskKind.ROUTE,
            (_TASKS.c.topic == TaskTopic.NOT_OURS) & (_TASKS.c.answer == "accepted"),
        ),
        _TASKS.c.done_by.is_not(None),
    )
    return session.execute(select(_TASKS.c.id).where(*routed).limit(1)).first() is not None


def _no_longer_asked(
    one: ResolvedSentence | WithdrawnSentence,
    held: Held,
    asked: set[str],
    but: TaskKind | None = None,
) -> Iterable[int]:
    """Yield the open questions that the earlier state raised; all other questions stay open."""
    for key, task in held.tasks.items():
        if task.kind == but:
            continue
        ours = task.kind in _FOLLOWS and task.topic == TaskTopic.SENTENCE
        if ours and task.done_at is None and key not in asked:
            yield task.id


def _close(session: Session, task_ids: list[int], now: datetime) -> None:
    if not task_ids:
        return
    which = _TASKS.c.id == bindparam("task_id")
    values = {"done_at": now, "answer": _OVERTAKEN}
    withdraw_late_decisions(session, task_ids, now)
    session.connection().execute(
        update(_TASKS).where(which).values(values), [{"task_id": one} for one in task_ids]
    )
