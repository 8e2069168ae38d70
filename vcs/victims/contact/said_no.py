"""What a person said about an offender, in whichever referral: a *no* counts in all of them."""

from __future__ import annotations

from datetime import date

from sqlalchemy import ColumnElement, and_, exists, or_
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from vcs.referrals.records import Referral
from vcs.sealing import Sealer
from vcs.sentences.records import Sentence
from vcs.sentences.same_offender import known_of, sentences_of_offender
from vcs.tasks.records import Task, TaskTopic
from vcs.terms import Choice
from vcs.victims.family.records import DeathRecord
from vcs.victims.find import parts_of
from vcs.victims.person import life_of
from vcs.victims.preferences.reads import standing_rows
from vcs.victims.preferences.records import PreferenceRecord, Way
from vcs.victims.records import ChoiceRecord, Victim


def no_on(session: Session, sealer: Sealer, victim: Victim) -> date | None:
    """Return the day of a *no* that is the latest a person said about the offender of a referral.

    That they did not reply says nothing. Where another case may be this offender's and nobody is
    sure, a *no* in it counts: whoever writes or rings must see it and decide.
    """
    return _no_in(session, _parts(session, sealer, victim, only_known=False))


def may_be_asked(session: Session, sealer: Sealer, victim: Victim) -> bool:
    """Say whether anybody may be asked to offer contact to a victim again, or ask about needs.

    Not after *never*, a *no* about this offender in any referral, or while somebody said that
    they have died: a call would reach a person who forbade it, or a family in mourning.
    """
    if wants_nothing(session, victim):
        return False
    if life_of(session, sealer, victim.person_id).has_died:
        return False
    return _no_in(session, _parts(session, sealer, victim, only_known=True)) is None


def was_childs(session: Session, sealer: Sealer, victim: Victim, choice: ChoiceRecord) -> bool:
    """Say whether a choice is from before an 18th birthday, and their own has been owed since.

    Nobody knows any more whether the child said it or somebody for them. It still shows in the
    box, and a person decides.
    """
    day = life_of(session, sealer, victim.person_id).eighteen_on
    if day is None or choice.chosen_on >= day:
        return False
    query = select(Task.id).where(
        col(Task.victim_id).in_([part.id for part, _ in parts_of(session, victim.person_id)]),
        col(Task.topic) == str(TaskTopic.AT_18),
        col(Task.opened_on) >= day,
    )
    return session.exec(query.limit(1)).first() is not None


def wants_nothing(session: Session, victim: Victim) -> bool:
    """Say whether a person said that they never want contact about anything."""
    return any(row.way == Way.ANYTHING for row in standing_rows(session, victim.person_id))


def is_asked_nothing() -> ColumnElement[bool]:
    """Return, for a query of victims, most of those whom :func:`may_be_asked` leaves out.

    What was said in another referral, or of a record that was joined to theirs, is left to it.
    """
    never = exists().where(
        col(PreferenceRecord.person_id) == col(Victim.person_id),
        col(PreferenceRecord.way) == str(Way.ANYTHING),
        col(PreferenceRecord.ended_at).is_(None),
    )
    has_died = exists().where(
        col(DeathRecord.person_id) == col(Victim.person_id),
        col(DeathRecord.taken_back_at).is_(None),
    )
    return or_(never, has_died, _says_no_here())


def _says_no_here() -> ColumnElement[bool]:
    said, later = aliased(ChoiceRecord), aliased(ChoiceRecord)
    is_later = or_(
        col(later.chosen_on) > col(said.chosen_on),
        and_(col(later.chosen_on) == col(said.chosen_on), col(later.id) > col(said.id)),
    )
    overtaken = exists().where(
        col(later.victim_id) == col(said.victim_id),
        col(later.choice) != str(Choice.NO_REPLY),
        is_later,
    )
    return exists().where(
        col(said.victim_id) == col(Victim.id),
        col(said.choice) == str(Choice.OPT_OUT),
        ~overtaken,
    )


def _no_in(session: Session, victim_ids: list[int]) -> date | None:
    query = select(ChoiceRecord).where(
        col(ChoiceRecord.victim_id).in_(victim_ids),
        col(ChoiceRecord.choice) != str(Choice.NO_REPLY),
    )
    newest = (col(ChoiceRecord.chosen_on).desc(), col(ChoiceRecord.id).desc())
    latest = session.exec(query.order_by(*newest).limit(1)).first()
    return latest.chosen_on if latest and latest.choice == Choice.OPT_OUT else None


def _parts(session: Session, sealer: Sealer, victim: Victim, *, only_known: bool) -> list[int]:
    """Return the parts of a person in the referrals of one offender."""
    parts = parts_of(session, victim.person_id)
    if len(parts) == 1:
        return [victim.id]
    referral = session.get_one(Referral, victim.referral_id)
    sentence = session.get_one(Sentence, referral.sentence_id)
    found = sentences_of_offender(session, sealer, sentence)
    ids = {one.id for one in (known_of(session, sealer, found) if only_known else found)}
    return [part.id for part, where in parts if where.sentence_id in ids]
