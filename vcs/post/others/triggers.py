"""**The** triggers of letters to others: whom to look at, and what brings a letter.

``CANDIDATES`` only narrows, in the database; ``FINDS`` says whether a letter is due.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any, Final

from sqlalchemy import Integer, cast, null
from sqlmodel import Session, col, select

from vcs.law.archive import decision_from_json, facts_from_json
from vcs.law.deadlines.duties import REFER
from vcs.needs.conditions.homes import is_held
from vcs.needs.conditions.records import ConditionRequest
from vcs.post.others.about import About, OtherSubject
from vcs.post.rows.policy import Trigger
from vcs.post.subjects.of_choices import hospital_wish
from vcs.post.subjects.subject import LOOK_BACK, Around
from vcs.referrals.records import (
    ClosedReason,
    ClosingProposal,
    DeadlineRecord,
    Referral,
    ReferralStatus,
)
from vcs.referrals.states import is_being_decided
from vcs.sentences.records import DecisionRecord, Sentence
from vcs.terms import Answer, Choice, Outcome, Route
from vcs.victims.records import ChoiceRecord, Victim

_ADULT_AT: Final = 18

_HOSPITAL: Final = (Route.HOSPITAL_UNRESTRICTED, Route.TRANSFER_UNRESTRICTED)

_NOBODY: Final = cast(null(), Integer)

_OF_REFERRAL: Final[Any] = (
    col(Referral.sentence_id).label("sentence_id"),
    _NOBODY.label("victim_id"),
)

_OF_VICTIM: Final[Any] = (
    col(Referral.sentence_id).label("sentence_id"),
    col(Victim.id).label("victim_id"),
)


def referral_late(about: About) -> Iterator[OtherSubject]:
    """Yield a referral that is late, while nobody was referred and nobody has to decide first."""
    due_on = late_since(about)
    if due_on is not None:
        yield OtherSubject("", due_on)


def late_since(about: About) -> date | None:
    """Return the day by which a referral was due that has not come; None for one not late."""
    if about.referral is None:
        return None
    query = _late(about.today, col(DeadlineRecord.due_on))
    due_on: date | None = about.session.exec(query.where(Referral.id == about.referral.id)).first()
    return due_on


def youth_sentence(about: About) -> Iterator[OtherSubject]:
    """Yield a listed offence by somebody under 18 whose sentence is outside the scheme."""
    sentence = about.sentence
    query = select(DecisionRecord).where(DecisionRecord.sentence_id == sentence.id)
    newest = about.session.exec(query.order_by(col(DecisionRecord.id).desc())).first()
    if newest is None or newest.outcome != Outcome.NOT_ELIGIBLE or sentence.gone:
        return
    if about.referral is not None or not _is_of_youth(newest):
        return
    if any(_is_listed(one.reasons) for one in decision_from_json(newest.decision).offences):
        yield OtherSubject("", sentence.sentenced_on)


def _is_of_youth(decision: DecisionRecord) -> bool:
    facts = facts_from_json(decision.facts)
    age = facts.age_on(facts.sentenced_on)
    return age < _ADULT_AT if age is not None else facts.youth is True


def _is_listed(reasons: Any) -> bool:
    """Say whether somebody was found to have done something that the law lists."""
    found = {one.condition: one.answer for one in reasons}
    was_found = found.get("convicted", Answer.YES) is not Answer.NO
    return was_found and found.get("specified-offence") is Answer.YES


def wish_of_patient(about: About) -> Iterator[OtherSubject]:
    """Yield that a victim of an unrestricted patient wishes to be told: one hand-over."""
    if about.victim is None:
        return
    around = Around.of(about.session, about.sealer, about.victim, about.now)
    for one in hospital_wish(around, Trigger.HOSPITAL_WISH):
        yield OtherSubject("", one.known_on)


def conditions_asked(about: About) -> Iterator[OtherSubject]:
    """Yield the conditions that a victim asks for and that were not passed on yet."""
    asked = open_requests(about)
    if asked:
        yield OtherSubject(f"asked {asked[-1].reference}", asked[-1].asked_on)


def open_requests(about: About) -> tuple[ConditionRequest, ...]:
    """Return a victim's conditions that have no answer and were not sent, the oldest first.

    One that may say where somebody lives now does not leave, and is not counted as sent.
    """
    if about.victim is None:
        return ()
    query = select(ConditionRequest).where(
        ConditionRequest.victim_id == about.victim.id,
        col(ConditionRequest.sent_on).is_(None),
        col(ConditionRequest.answer).is_(None),
    )
    found = about.session.exec(query.order_by(col(ConditionRequest.id))).all()
    return tuple(one for one in found if not is_held(about.session, about.sealer, one))


def refused(about: About) -> Iterator[OtherSubject]:
    """Yield that the scheme was found not to apply, to whoever referred a victim to it."""
    referral = about.referral
    if referral is None or referral.closed_on is None or not about.victims:
        return
    is_refused = referral.closed_reason == ClosedReason.NOT_ELIGIBLE
    if is_refused and referral.status == ReferralStatus.CLOSED and not _was_any_in_it(about):
        yield OtherSubject("", referral.closed_on)


def _was_any_in_it(about: About) -> bool:
    ids = [one.id for one in about.victims]
    chose = select(ChoiceRecord.id).where(col(ChoiceRecord.victim_id).in_(ids))
    reached = any(one.contacted_on is not None for one in about.victims)
    return reached or about.session.exec(chose).first() is not None


FINDS: Final[Mapping[Trigger, Callable[[About], Iterator[OtherSubject]]]] = {
    Trigger.REFERRAL_LATE: referral_late,
    Trigger.YOUTH_SENTENCE: youth_sentence,
    Trigger.HOSPITAL_WISH: wish_of_patient,
    Trigger.CONDITIONS_ASKED: conditions_asked,
    Trigger.REFUSED: refused,
}


def _late(today: date, *columns: Any) -> Any:
    """Return a query for the referrals that are late, as the chase by email has them."""
    proposed = select(ClosingProposal.id).where(
        col(ClosingProposal.referral_id) == col(Referral.id),
        col(ClosingProposal.decision).is_(None),
    )
    return (
        select(*columns)
        .select_from(Referral)
        .join(DeadlineRecord, col(DeadlineRecord.referral_id) == col(Referral.id))
        .where(
            DeadlineRecord.duty == REFER,
            col(DeadlineRecord.met_on).is_(None),
            col(DeadlineRecord.lifted_on).is_(None),
            col(DeadlineRecord.due_on) < today,
            Referral.status == ReferralStatus.AWAITING,
            ~proposed.correlate(Referral).exists(),
            ~is_being_decided(),
        )
    )


def _late_lately(today: date) -> Any:
    return _late(today, *_OF_REFERRAL).where(col(DeadlineRecord.due_on) >= today - LOOK_BACK)


def _of_youths(today: date) -> Any:
    since = today - LOOK_BACK
    born = since.replace(year=since.year - _ADULT_AT, day=1)
    return select(col(Sentence.id).label("sentence_id"), _NOBODY.label("victim_id")).where(
        col(Sentence.sentenced_on) >= since,
        Sentence.outcome == Outcome.NOT_ELIGIBLE,
        col(Sentence.gone).is_(False),
        # Without a day of birth the court's message says whether it was a youth.
        col(Sentence.date_of_birth).is_(None) | (col(Sentence.date_of_birth) >= born),
    )


def _of_wishes(_: date) -> Any:
    # However long ago it was said: the managers must be told.
    return (
        select(*_OF_VICTIM)
        .join(Victim, col(Victim.referral_id) == col(Referral.id))
        .join(Sentence, col(Sentence.id) == col(Referral.sentence_id))
        .join(ChoiceRecord, col(ChoiceRecord.victim_id) == col(Victim.id))
        .where(
            col(Sentence.route).in_([str(one) for one in _HOSPITAL]),
            ChoiceRecord.choice == Choice.OPT_IN,
        )
    )


def _of_conditions(today: date) -> Any:
    return (
        select(*_OF_VICTIM)
        .join(Victim, col(Victim.referral_id) == col(Referral.id))
        .join(ConditionRequest, col(ConditionRequest.victim_id) == col(Victim.id))
        .where(
            col(ConditionRequest.sent_on).is_(None),
            col(ConditionRequest.answer).is_(None),
            col(ConditionRequest.asked_on) >= today - LOOK_BACK,
        )
    )


def _of_refusals(today: date) -> Any:
    return select(*_OF_REFERRAL).where(
        Referral.status == ReferralStatus.CLOSED,
        Referral.closed_reason == ClosedReason.NOT_ELIGIBLE,
        col(Referral.closed_on) >= today - LOOK_BACK,
    )


CANDIDATES: Final[Mapping[Trigger, Callable[[date], Any]]] = {
    Trigger.REFERRAL_LATE: _late_lately,
    Trigger.YOUTH_SENTENCE: _of_youths,
    Trigger.HOSPITAL_WISH: _of_wishes,
    Trigger.CONDITIONS_ASKED: _of_conditions,
    Trigger.REFUSED: _of_refusals,
}
"""Each a query for a sentence and the victim whom the letter is about, or none."""


Case = tuple[int, int | None]
"""The id of a sentence, and of the victim whom a letter is about: None for one about none."""


def candidates(
    session: Session, trigger: Trigger, today: date, after: int, limit: int
) -> list[Case]:
    """Return the next cases for which a trigger may bring a letter, each once.

    By the ids of sentences, behind ``after``. Of the last sentence all victims are returned, also
    beyond ``limit``: the next call goes on behind it.
    """
    found = CANDIDATES[trigger](today).subquery()
    sentence_id, victim_id = found.c.sentence_id, found.c.victim_id
    query = select(sentence_id, victim_id).distinct().order_by(sentence_id, victim_id)
    rows = list(session.exec(query.where(sentence_id > after).limit(limit)))
    if len(rows) == limit:
        last = rows[-1][0]
        of_last = list(session.exec(query.where(sentence_id == last)))
        rows = [row for row in rows if row[0] != last] + of_last
    return [(sentence, victim) for sentence, victim in rows]
