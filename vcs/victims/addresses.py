"""A victim's address: what it was before, and whether it is one that the court holds."""

from __future__ import annotations

from sqlmodel import Session, col, select

from vcs.access.work import Work
from vcs.referrals.records import Referral
from vcs.sealing import Sealer, shown
from vcs.sentences.records import Sentence
from vcs.sentences.same_offender import addresses_reported
from vcs.tasks.ask import Question, open_tasks
from vcs.tasks.records import TaskKind
from vcs.victims.entries import VictimEntry
from vcs.victims.person import Person
from vcs.victims.records import FormerDetails, Victim
from vcs.victims.same_place import comparable, same_place

_SHARED = (
    "A victim's address may be one that the court holds for an offender in this case. A letter "
    "there could reach the offender. Find out whether it is right and safe, and change it or say "
    "what you found."
)


def keep_former(work: Work, victim: Victim) -> None:
    """Keep what is held about a victim, before it is changed."""
    person = victim.person
    former = FormerDetails(
        person_id=person.id,
        victim_id=victim.id,
        sealed=person.sealed,
        standing=victim.standing,
        about_sealed=victim.about_sealed,
        language=person.language,
        format_needs_sealed=person.format_needs_sealed,
        safe_to_post=person.safe_to_post,
        address_confirmed_on=person.address_confirmed_on,
        replaced_at=work.now,
        replaced_by=work.actor.who,
    )
    work.session.add(former)


def is_another(held: Person, entry: VictimEntry) -> bool:
    """Say whether an entry gives another address than the one held, in more than its spelling."""
    return comparable(held.lines, held.postcode) != comparable(entry.address_lines, entry.postcode)


def ask_about_shared(work: Work, referral: Referral, victim: Victim, entry: VictimEntry) -> None:
    """Ask a person where a victim's address may be an offender's; letters there wait by then."""
    if not _is_shared(work.session, work.sealer, referral, entry):
        return
    key = f"address:{victim.reference}:{work.now.isoformat()}"
    question = Question(
        key,
        TaskKind.ADDRESS_TO_CHECK,
        _SHARED,
        referral.region_code,
        work.today,
        referral.sentence_id,
        referral.id,
        victim_id=victim.id,
    )
    open_tasks(work.session, [question], work.today)


def _is_shared(session: Session, sealer: Sealer, referral: Referral, entry: VictimEntry) -> bool:
    lines = tuple(line for line in entry.address_lines if line.strip())
    if not lines:
        return False
    own = session.get_one(Sentence, referral.sentence_id)
    same_case = select(Sentence).where(col(Sentence.case_key) == own.case_key)
    beside = (own, *(session.exec(same_case).all() if own.case_key else ()))
    # One that cannot be opened may be the same: a person must look.
    theirs = [shown(sealer.open_json, one.offender_address, None) for one in beside]
    here = (lines, entry.postcode)
    reported = addresses_reported(session, sealer, beside)
    return (
        None in theirs
        or any(one and same_place(here, (tuple(one[:-1]), one[-1])) for one in theirs)
        or any(one is None or same_place(here, one) for one in reported)
    )
