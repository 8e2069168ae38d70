"""Agree who leads, who speaks for a child, and who tells whom: never the offender."""

from __future__ import annotations

from collections.abc import Iterable

from sqlmodel import col, select

from vcs.access.rules import Act
from vcs.access.work import Work
from vcs.errors import NotValid
from vcs.referrals.records import Referral
from vcs.sealing import UNOPENED, shown
from vcs.sentences.records import Sentence
from vcs.sentences.same_offender import is_one_name, parts_of_name, sentences_of_offender
from vcs.tasks.ask import Question, open_tasks
from vcs.tasks.records import TaskKind
from vcs.terms import Role
from vcs.victims.family.able import can_tell, close_link_questions
from vcs.victims.family.ages import is_age_in_doubt
from vcs.victims.family.reads import can_speak
from vcs.victims.family.records import FamilyLink, LinkKind
from vcs.victims.find import find_victim
from vcs.victims.person import life_of, shown_person
from vcs.victims.records import LONGEST_WORDS, Victim

LONGEST = LONGEST_WORDS

_UNABLE = "This person wants no contact, or may not be written to safely. Select somebody else"

_DOUBT = (
    "Somebody was named to lead a family, to speak for a child or to tell others, and has the name "
    "of the offender, or of somebody sentenced in the same case. It was not recorded. Find out who "
    "they are. If they are somebody else, a manager can record it and say how they know."
)


def link(
    work: Work, kind: LinkKind, victim_reference: str, by_reference: str = "", checked: str = ""
) -> bool:
    """Record a link; returns False, and asks a manager, where it may name the offender.

    ``victim_reference`` is the child, whoever is told, or the lead. ``by_reference`` speaks or
    tells; "" is the liaison officer. ``checked`` is a manager's reason why somebody with the name
    of the offender or a co-defendant is neither. Raises NotValid where the person cannot be named.
    """
    work.require_may(Act.RECORD_FAMILY)
    victim, referral = find_victim(work.session, victim_reference, work.actor)
    named = victim if kind is LinkKind.LEAD else _other(work, victim, kind, by_reference)
    if named is not None:
        _require_able(work, named, kind)
        if _may_be_offender(work, referral, named) and not _is_checked(work, checked):
            _ask(work, referral, named)
            return False
    by = None if kind is LinkKind.LEAD or named is None else named.id
    recorded = FamilyLink(
        referral_id=referral.id,
        victim_id=victim.id,
        kind=kind,
        by_victim_id=by,
        recorded_at=work.now,
        recorded_by=work.actor.account_id,
    )
    work.session.add(recorded)
    work.session.flush()
    close_link_questions(work, recorded)
    work.note(f"family.{kind}", referral.reference, victim.reference)
    if checked.strip() and named is not None:
        work.note("family.namesake_checked", referral.reference, named.reference)
    return True


def _other(work: Work, victim: Victim, kind: LinkKind, reference: str) -> Victim | None:
    if not reference:
        if kind is LinkKind.SPEAKS:
            raise NotValid("Say who speaks for them.", {"by": "Select who speaks for them"})
        return None
    query = select(Victim).where(
        Victim.reference == reference, Victim.referral_id == victim.referral_id
    )
    found = work.session.exec(query).first()
    if found is None or found.person_id == victim.person_id:
        raise NotValid("Select somebody.", {"by": "Select somebody else of this referral"})
    return found


def _require_able(work: Work, named: Victim, kind: LinkKind) -> None:
    life = life_of(work.session, work.sealer, named.person_id)
    field = "victim" if kind is LinkKind.LEAD else "by"
    if life.has_died:
        raise NotValid("They have died.", {field: "This person has died. Select somebody else"})
    if is_age_in_doubt(work.session, work.sealer, named):
        words = "This person may be under 18. Record their date of birth first, or select an adult"
        raise NotValid("It is not known whether they are 18.", {field: words})
    if life.is_child(work.today):
        raise NotValid("They are under 18.", {field: "This person is under 18. Select an adult"})
    can = can_speak if kind is LinkKind.SPEAKS else can_tell
    if not can(work.session, work.sealer, named):
        raise NotValid("They cannot do this.", {field: _UNABLE})


def _may_be_offender(work: Work, referral: Referral, named: Victim) -> bool:
    """Say whether somebody has the name of a person sentenced in one of the offender's cases.

    Not where something known speaks against it.
    """
    name = parts_of_name(shown_person(work.sealer, named.person).name)
    born_on = life_of(work.session, work.sealer, named.person_id).born_on
    for one in _sentenced_in(work, referral):
        offender = shown(work.sealer.open_text, one.offender_name, UNOPENED)
        is_named = offender == UNOPENED or is_one_name(name, parts_of_name(offender))
        differs = born_on is not None and one.date_of_birth not in (None, born_on)
        if is_named and not differs:
            return True
    return False


def _sentenced_in(work: Work, referral: Referral) -> Iterable[Sentence]:
    """Return the offender's sentences, and everybody's in the same cases."""
    sentence = work.session.get_one(Sentence, referral.sentence_id)
    own = sentences_of_offender(work.session, work.sealer, sentence)
    cases = {one.case_key for one in own if one.case_key}
    beside = work.session.exec(select(Sentence).where(col(Sentence.case_key).in_(cases))).all()
    return {one.id: one for one in (*own, *beside)}.values()


def _is_checked(work: Work, checked: str) -> bool:
    return work.actor.role is Role.MANAGER and 0 < len(checked.strip()) <= LONGEST


def _ask(work: Work, referral: Referral, named: Victim) -> None:
    question = Question(
        f"family:{named.reference}:{work.today.isoformat()}",
        TaskKind.FAMILY_DOUBT,
        _DOUBT,
        referral.region_code,
        work.today,
        referral.sentence_id,
        referral.id,
        victim_id=named.id,
    )
    open_tasks(work.session, [question], work.today)
    work.note("family.not_recorded", referral.reference, named.reference)
