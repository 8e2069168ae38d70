"""The question whether two people on record are one, as a manager of either side reads it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from vcs.intake.regions import region_named
from vcs.referrals.records import Referral
from vcs.tasks.ask import Question
from vcs.tasks.records import TaskKind
from vcs.victims.find import Part
from vcs.victims.records import Victim

_TEXT = (
    "A victim in this referral may be somebody whom we know already. {who} Why: {why}. If they are "
    "one person, an address, a warning or a format need of one counts for both. Find out, then say "
    "whether they are one. No letter to either is approved or printed until you have answered."
)


@dataclass(frozen=True, slots=True)
class Side:
    """One of two people who may be one, as a manager sees them, and the record of the other."""

    victim: Victim
    referral: Referral
    other_id: int


def question_about(side: Side, others: Iterable[Part], why: Iterable[str], today: date) -> Question:
    """Return the question whether two people are one, for the managers of one side."""
    one, other = side.victim.person_id, side.other_id
    return Question(
        f"same_person:{min(one, other)}:{max(one, other)}:{side.referral.region_code or ''}",
        TaskKind.SAME_PERSON,
        _TEXT.format(who=_who(side.referral, others), why=", ".join(why)),
        side.referral.region_code,
        today,
        side.referral.sentence_id,
        side.referral.id,
        victim_id=side.victim.id,
        person_id=other,
    )


def _who(referral: Referral, others: Iterable[Part]) -> str:
    """Name the referrals that a task's readers may see, and else only the region."""
    places = [where for _, where in others]
    here = [where.reference for where in places if where.region_code == referral.region_code]
    if here:
        return f"See: {', '.join(dict.fromkeys(here))}."
    region = region_named(places[0].region_code)
    return f"Ask the victim liaison unit of {region.name if region else 'another region'}."
