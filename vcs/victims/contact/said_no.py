"""What a person said about an offender, in whichever referral: a *no* counts in all of them."""

from __future__ import annotations

from sqlalchemy import ColumnElement, and_, exists, or_
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from vcs.sealing import Sealer
from vcs.terms import Choice
from vcs.victims.family.records import DeathRecord
from vcs.victims.find import no_said_by, parts_about_offender
from vcs.victims.person import life_of, wants_nothing
from vcs.victims.preferences.records import PreferenceRecord, Way
from vcs.victims.records import ChoiceRecord, Victim


def may_be_asked(session: Session, sealer: Sealer, victim: Victim) -> bool:
    """Say whether anybody may be asked to offer contact to a victim again, or ask about needs.

    Not after *never*, a *no* about this offender in any referral, or while somebody said that
    they have died: a call would reach a person who forbade it, or a family in mourning.
    """
    if wants_nothing(session, victim.person_id):
        return False
    if life_of(session, sealer, victim.person_id).has_died:
        return False
    parts = parts_about_offender(session, sealer, victim, only_known=True)
    return no_said_by(session, parts) is None


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
