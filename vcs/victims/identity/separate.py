"""Two records that were joined are two people after all: each gets back what was theirs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlmodel import Session, col, func, select

from vcs.access.rules import Act
from vcs.access.work import Work
from vcs.errors import Conflict
from vcs.referrals.records import Referral, ReferralStatus
from vcs.tasks.ask import Question, open_tasks
from vcs.tasks.records import TaskKind, TaskTopic
from vcs.victims import entries
from vcs.victims.details import safety
from vcs.victims.digests import keep_digests
from vcs.victims.find import parts_of, visible_victim
from vcs.victims.identity.apart import keep_apart
from vcs.victims.identity.join import hold_people, trail_detail
from vcs.victims.identity.since import came_since, give_back_records
from vcs.victims.person import opened
from vcs.victims.preferences.apart import keep_forbidden
from vcs.victims.records import FormerDetails, PersonJoin, PersonRecord, Victim
from vcs.victims.whereabouts import addresses

_WHOSE = (
    "A victim of this referral was on record as one with somebody else, and details were changed "
    "in that time. They have the details again that they had before, and nobody can tell whose the "
    "changes were. Nothing is posted to them meanwhile. Find out their name, address, telephone "
    "number, birth, and whether they are alive. Correct the details and say there whether the "
    "address is safe to post to; then say here what you found."
)

_THEIRS = ("sealed", "language", "format_needs_sealed", "safe_to_post", "address_confirmed_on")

_ALWAYS_HELD = ("sealed", "language", "format_needs_sealed")


@dataclass(frozen=True, slots=True)
class Parted:
    """The records of two people who were one from a moment on, and are two again."""

    kept_id: int
    back_id: int
    joined_at: datetime


def separate(work: Work, victim_reference: str, how: str) -> Parted:
    """Undo the join by which a victim came to the record that they have now.

    Contacts, choices and letters are of a victim and go with them, as does what was recorded of
    the person through that victim. Each has the details again that they had before the join. Where
    anything was changed since, nobody knows whose that is: what made somebody safer counts for
    both, a manager is asked about each, and nothing is posted to either until somebody says that
    it is safe. Raises Conflict where nothing was joined.

    Doors call ``vcs.consequences.people.parting``: what one of them was told is owed again too.
    """
    work.require_may(Act.JOIN_PEOPLE)
    victim = visible_victim(work.session, victim_reference, work.actor)
    newest = _newest_join(work.session, victim)
    if newest is None:
        raise Conflict("This victim has a record of their own. Load the page again.")
    kept, back = hold_people(work, newest.to_person_id, newest.from_person_id)
    since = _since(work.session, kept, newest)
    now_is = entries.held_entry(work.sealer, victim)
    joined = _joined_with(work.session, newest)
    for one in joined:
        _give_back(work, one, back)
    back.joined_to_id = None
    theirs = parts_of(work.session, back.id)
    is_unclear = give_back_records(work, kept, theirs, newest.joined_at)
    is_unclear = came_since(work.session, kept, joined) or is_unclear
    is_unclear = _is_changed_since(since, newest) or is_unclear
    if before := _before_join(work.session, newest, since):
        _restore(work, kept, before)
    if is_unclear:
        for record in (kept, back):
            _make_safer(work, record, now_is)
    keep_forbidden(work, kept, theirs[0][0], newest.joined_at)
    keep_apart(work, kept.id, back.id)
    for record in (kept, back):
        _see_to(work, record, how, is_unclear=is_unclear)
    return Parted(kept.id, back.id, newest.joined_at)


def _newest_join(session: Session, victim: Victim) -> PersonJoin | None:
    here = (
        PersonJoin.victim_id == victim.id,
        PersonJoin.to_person_id == victim.person_id,
        col(PersonJoin.undone_at).is_(None),
    )
    return session.exec(select(PersonJoin).where(*here).order_by(col(PersonJoin.id).desc())).first()


def _joined_with(session: Session, newest: PersonJoin) -> Sequence[PersonJoin]:
    """Return every part that came from the same record in the same act."""
    alike = (
        PersonJoin.from_person_id == newest.from_person_id,
        PersonJoin.to_person_id == newest.to_person_id,
        PersonJoin.joined_at == newest.joined_at,
    )
    return session.exec(select(PersonJoin).where(*alike).order_by(col(PersonJoin.id))).all()


def _since(session: Session, kept: PersonRecord, join: PersonJoin) -> Sequence[FormerDetails]:
    """Return what was changed of the older record by the join and after it."""
    query = select(FormerDetails).where(
        FormerDetails.person_id == kept.id, FormerDetails.replaced_at >= join.joined_at
    )
    return session.exec(query.order_by(col(FormerDetails.id))).all()


def _before_join(
    session: Session, join: PersonJoin, since: Sequence[FormerDetails]
) -> FormerDetails | None:
    """Return what the older record held before a join; None where it holds that now.

    Somebody else may have been one with it at the time, who was parted since: what was held then
    is also theirs, their refuge among it. What it held once they had been parted is of neither.
    """
    others = select(func.max(col(PersonJoin.undone_at))).where(
        PersonJoin.to_person_id == join.to_person_id,
        PersonJoin.from_person_id != join.from_person_id,
        col(PersonJoin.joined_at) <= join.joined_at,
        col(PersonJoin.id) < join.id,
        col(PersonJoin.undone_at) >= join.joined_at,
    )
    parted_at = session.exec(others).one()
    held = since if parted_at is None else [one for one in since if one.replaced_at > parted_at]
    return held[0] if held else None


def _is_changed_since(since: Sequence[FormerDetails], join: PersonJoin) -> bool:
    """Say whether details were changed after the join, which itself changes them once at most."""
    return len(since) > 1 or any(one.replaced_at > join.joined_at for one in since)


def _give_back(work: Work, join: PersonJoin, back: PersonRecord) -> None:
    part = work.session.get_one(Victim, join.victim_id)
    part.person_id, part.person = back.id, back
    join.undone_at, join.undone_by = work.now, work.actor.account_id
    work.session.add_all((part, join))
    work.session.flush()


def _restore(work: Work, kept: PersonRecord, former: FormerDetails) -> None:
    """Put back what was held before the join. What is held until now stays on record."""
    addresses.keep_former(work, parts_of(work.session, kept.id)[0][0])
    for name in _THEIRS:
        before = getattr(former, name)
        # Rows from before migration 0011 do not hold every detail.
        if before is not None or name not in _ALWAYS_HELD:
            setattr(kept, name, before)


def _make_safer(work: Work, record: PersonRecord, joined: entries.VictimEntry) -> None:
    """Take from what was held while two were one only what makes somebody safer: no *safe*."""
    part = parts_of(work.session, record.id)[0][0]
    held = entries.held_entry(work.sealer, part)
    safer = replace(
        held,
        safe_to_post=False if False in (joined.safe_to_post, held.safe_to_post) else None,
        safe_contact_notes=safety.together(
            "safe_contact_notes", held.safe_contact_notes, joined.safe_contact_notes
        ),
    )
    if safer != held:
        addresses.keep_former(work, part)
        values = entries.values_of_person(safer, work.sealer, record.reference)
        for name, value in values.items():
            setattr(record, name, value)


def _see_to(work: Work, record: PersonRecord, how: str, *, is_unclear: bool) -> None:
    """Compare what somebody has again with the offenders, and name it in the trail."""
    work.session.add(record)
    keep_digests(work.session, work.sealer, record, opened(work.sealer, record))
    for part, referral in parts_of(work.session, record.id):
        held = entries.held_entry(work.sealer, part)
        addresses.ask_about_shared(work, referral, part, held)
        addresses.ask_about_numbers(work, part)
        work.note("person.separated", referral.reference, trail_detail(part, how))
        if is_unclear and referral.status != ReferralStatus.CLOSED:
            _ask_whose(work, part, referral)


def _ask_whose(work: Work, part: Victim, referral: Referral) -> None:
    question = Question(
        f"separated:{part.reference}:{work.now.isoformat()}",
        TaskKind.QUESTION,
        _WHOSE,
        referral.region_code,
        work.today,
        referral.sentence_id,
        referral.id,
        victim_id=part.id,
        topic=TaskTopic.MUST_STOP,
    )
    open_tasks(work.session, [question], work.today)
