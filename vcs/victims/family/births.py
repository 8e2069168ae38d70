"""Record a date of birth, and ask where it is also an offender's."""

from __future__ import annotations

from datetime import date

from vcs.access.rules import Act
from vcs.access.work import Work
from vcs.errors import NotValid
from vcs.victims.family.ages import close_age_questions
from vcs.victims.family.also_offender import ask_about_namesakes
from vcs.victims.family.records import BirthRecord
from vcs.victims.find import find_victim
from vcs.victims.person import ADULT_AT

HOW_KNOWN = ("they said so", "their family said so", "witness care said so", "the police said so")

_OLDEST_YEARS = 120


def record_birth(work: Work, victim_reference: str, born_on: date, how: str) -> BirthRecord:
    """Keep a person's date of birth, theirs in every referral. An earlier one stays on record.

    Raises NotValid naming each field to correct.
    """
    work.require_may(Act.RECORD_FAMILY)
    victim, referral = find_victim(work.session, victim_reference, work.actor)
    fields = {}
    if not work.today.year - _OLDEST_YEARS <= born_on.year or born_on > work.today:
        fields["born_on"] = "Enter a date of birth in the past"
    if how not in HOW_KNOWN:
        fields["how"] = "Select how you know"
    if fields:
        raise NotValid("Some details need correcting.", fields)
    record = BirthRecord(
        person_id=victim.person_id,
        sealed=work.sealer.seal_json({"on": born_on.isoformat(), "how": how}),
        adult_in=born_on.year + ADULT_AT,
        recorded_at=work.now,
        recorded_by=work.actor.account_id,
    )
    work.session.add(record)
    work.session.flush()
    work.note("birth.recorded", referral.reference, victim.reference)
    close_age_questions(work.session, victim.person_id, work.now)
    ask_about_namesakes(work, victim, referral, born_on)
    return record
