"""The question whether two people on record are one, as a manager of either side reads it."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, col, select

from vcs.access.restrictions.restricted import restricted_sentences
from vcs.intake.regions import region_named
from vcs.referrals.records import Referral
from vcs.tasks.ask import Question
from vcs.tasks.records import Task, TaskKind
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


def question_about(
    session: Session, side: Side, others: Iterable[Part], why: Iterable[str], today: date
) -> Question:
    """Return the question whether two people are one, for the managers of one side.

    No referral is named that only named people may see: the question has other readers too.
    """
    one, other = side.victim.person_id, side.other_id
    closed, parts = restricted_sentences(session), list(others)
    named = [part for part in parts if part[1].sentence_id not in closed]
    who = _who(side.referral, named or parts, is_named=bool(named))
    return Question(
        f"same_person:{min(one, other)}:{max(one, other)}:{side.referral.region_code or ''}",
        TaskKind.SAME_PERSON,
        _TEXT.format(who=who, why=", ".join(why)),
        side.referral.region_code,
        today,
        side.referral.sentence_id,
        side.referral.id,
        victim_id=side.victim.id,
        person_id=other,
    )


def end_naming(session: Session, sentence_ids: Collection[int]) -> None:
    """Take the referrals of a case that was restricted out of the questions that name them."""
    references = select(Referral.id, Referral.reference, Referral.region_code).where(
        col(Referral.sentence_id).in_(sentence_ids)
    )
    for its_id, reference, region in session.exec(references).all():
        naming = select(Task).where(
            Task.kind == TaskKind.SAME_PERSON,
            col(Task.referral_id) != its_id,
            col(Task.question).contains(reference, autoescape=True),
        )
        for task in session.exec(naming.with_for_update()):
            task.question = _without(task.question, reference, _ask_in(region))
            session.add(task)


def _without(question: str, reference: str, instead: str) -> str:
    if f"See: {reference}." in question:
        return question.replace(f"See: {reference}.", instead)
    return question.replace(f"{reference}, ", "").replace(f", {reference}", "")


def _who(referral: Referral, others: Iterable[Part], *, is_named: bool) -> str:
    """Name the referrals that a task's readers may see, and else only the region."""
    places = [where for _, where in others]
    here = [where.reference for where in places if where.region_code == referral.region_code]
    if here and is_named:
        return f"See: {', '.join(dict.fromkeys(here))}."
    return _ask_in(places[0].region_code)


def _ask_in(region_code: str | None) -> str:
    region = region_named(region_code)
    return f"Ask the victim liaison unit of {region.name if region else 'another region'}."
