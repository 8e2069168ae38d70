"""Record that somebody has died, which stops every letter to them, and take that back.

One person's word stops letters and ends nothing: a second person is asked, who confirms it or takes
it back. See ``vcs/consequences/deaths.py``.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlmodel import col, select

from vcs.access import trail
from vcs.access.actors import SYSTEM
from vcs.access.rules import Act, may_see
from vcs.access.work import Work
from vcs.errors import Conflict, NotValid
from vcs.victims.family.death_questions import ask_second, end_question
from vcs.victims.family.records import DeathRecord
from vcs.victims.find import find_victim, parts_of
from vcs.victims.person import life_of, records_of
from vcs.victims.records import Victim
from vcs.victims.warnings.records import WarningFrom
from vcs.victims.warnings.warn import warn_in_each

LONGEST = 1000

OWN = (
    "You recorded this, so another manager must confirm it. You can still answer that they have "
    "not died."
)


def record_death(work: Work, victim_reference: str, died_on: date | None, how: str) -> None:
    """Keep that a person has died, theirs in every referral. ``how`` says how we know.

    Raises Conflict where it is on record, and NotValid naming each field to correct.
    """
    work.require_may(Act.RECORD_FAMILY)
    victim, referral = find_victim(work.session, victim_reference, work.actor)
    if life_of(work.session, work.sealer, victim.person_id).has_died:
        raise Conflict("It is on record already that this person has died.")
    fields = {}
    if died_on is not None and died_on > work.today:
        fields["died_on"] = "The day must not be in the future"
    if not how.strip() or len(how) > LONGEST:
        fields["how"] = f"Enter how you know, in {LONGEST} characters or fewer"
    if fields:
        raise NotValid("Some details need correcting.", fields)
    said = {"on": died_on.isoformat() if died_on else "", "how": how.strip()}
    record = DeathRecord(
        person_id=victim.person_id,
        sealed=work.sealer.seal_json(said),
        recorded_at=work.now,
        recorded_by=work.actor.account_id,
    )
    work.session.add(record)
    work.session.flush()
    ask_second(work.session, record, (victim, referral), work.today)
    # Letters stop by themselves: a call or a visit only if its officer knows.
    warn_in_each(work, victim.person_id, WarningFrom.CHANGED)
    _note_everywhere(work, victim, "death.recorded")


def take_back_death(work: Work, victim_reference: str, why: str) -> None:
    """Take back that a person has died, with a manager's reason.

    Raises Conflict where it is not on record.
    """
    work.require_may(Act.TAKE_BACK_DEATH)
    victim, _ = find_victim(work.session, victim_reference, work.actor)
    if not why.strip() or len(why) > LONGEST:
        words = f"Enter why it was wrong, in {LONGEST} characters or fewer"
        raise NotValid("Say why it was wrong.", {"why": words})
    for record in _standing(work, victim):
        record.taken_back_at, record.taken_back_by = work.now, work.actor.account_id
        record.taken_back_sealed = work.sealer.seal_text(why.strip())
        work.session.add(record)
        end_question(work.session, record, work.now)
    _note_everywhere(work, victim, "death.taken_back")


def confirm_death(work: Work, victim_reference: str, how: str) -> None:
    """Confirm, as a second person, that somebody has died: only this is final.

    Raises NotValid for whoever recorded it, and Conflict where it is not on record.
    """
    work.require_may(Act.CONFIRM_DEATH)
    victim, _ = find_victim(work.session, victim_reference, work.actor)
    if not how.strip() or len(how) > LONGEST:
        words = f"Enter how you know, in {LONGEST} characters or fewer"
        raise NotValid("Say how you know.", {"note": words})
    found = _standing(work, victim)
    if any(record.recorded_by == work.actor.account_id for record in found):
        raise NotValid(OWN, {"answer": OWN})
    for record in found:
        record.confirmed_at, record.confirmed_by = work.now, work.actor.account_id
        record.confirmed_sealed = work.sealer.seal_text(how.strip())
        work.session.add(record)
        end_question(work.session, record, work.now)
    _note_everywhere(work, victim, "death.confirmed")


def _standing(work: Work, victim: Victim) -> Sequence[DeathRecord]:
    query = select(DeathRecord).where(
        col(DeathRecord.person_id).in_(records_of(work.session, victim.person_id)),
        col(DeathRecord.taken_back_at).is_(None),
    )
    found = work.session.exec(query.with_for_update()).all()
    if not found:
        raise Conflict("It is not on record that this person has died. Load the page again.")
    return found


def _note_everywhere(work: Work, victim: Victim, event: str) -> None:
    """Name each referral of the person in the trail; who, only where that person may see it."""
    for part, where in parts_of(work.session, victim.person_id):
        who = work.actor.who if may_see(work.actor, where) else SYSTEM
        trail.note(work.session, trail.Note(work.now, who, event, where.reference, part.reference))
