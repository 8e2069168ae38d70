"""Two records of one person become one. What protects them most counts until they are asked."""

from __future__ import annotations

from dataclasses import replace

from sqlmodel import col, select

from vcs.access.rules import Act
from vcs.access.work import Work
from vcs.errors import Conflict, NotFound, NotValid
from vcs.referrals.records import Referral
from vcs.tasks.records import Task, TaskKind
from vcs.victims import entries
from vcs.victims.details import amend, safety
from vcs.victims.details.name_questions import ask_about_name
from vcs.victims.find import parts_of, visible_victim
from vcs.victims.person import record_now as record_now
from vcs.victims.preferences.anything import ask_in_each
from vcs.victims.records import PersonJoin, PersonRecord, Victim
from vcs.victims.warnings.records import WarningFrom
from vcs.victims.warnings.warn import known_dangers, warn_of_more
from vcs.victims.whereabouts import addresses


def join(work: Work, one_id: int, other_id: int, how: str = "") -> None:
    """Join two people under the record that is older.

    The newer details amend the older ones, and undo no safeguard. Where the addresses differ,
    nobody has said yet that either is safe. ``how`` goes into the trail: a set phrase that names
    nobody. Raises Conflict where one of them was joined meanwhile.
    """
    kept, joined = hold_people(work, *sorted((one_id, other_id)))
    if kept.joined_to_id is not None or joined.joined_to_id is not None:
        raise Conflict("These two were joined meanwhile. Load the page again.")
    parts = parts_of(work.session, joined.id)
    first, where = parts_of(work.session, kept.id)[0]
    before = entries.held_entry(work.sealer, first)
    both = [part for one in (kept, joined) for part, _ in parts_of(work.session, one.id)]
    known = [(part, known_dangers(work, part)) for part in both]
    newest = entries.held_entry(work.sealer, parts[-1][0])
    for part, _ in parts:
        _move(work, part, kept)
    amend.change_to(work, first, where, _protected(before, newest), warns=False)
    for part, referral in parts:
        _see_to(work, part, referral)
    joined.joined_to_id = kept.id
    work.session.add(joined)
    work.session.flush()
    ask_in_each(work.session, kept.id, work.today)
    for part, dangers in known:
        warn_of_more(work, part, dangers, WarningFrom.JOINED)
    end_questions(work, kept.id, joined.id)
    for part, referral in parts_of(work.session, kept.id):
        work.note("person.joined", referral.reference, trail_detail(part, how))


def trail_detail(part: Victim, how: str) -> str:
    """Return what the trail says of a part: its reference, and how somebody knew."""
    return f"{part.reference}: {how}" if how else part.reference


def join_by_hand(work: Work, victim_reference: str, other_reference: str, how: str) -> None:
    """Join the people of two victims whom the actor may see both."""
    work.require_may(Act.JOIN_PEOPLE)
    one = visible_victim(work.session, victim_reference, work.actor)
    try:
        other = visible_victim(work.session, other_reference.strip().upper(), work.actor)
    except NotFound:
        raise NotValid("There is no such victim in your region.", {"other": _OTHER}) from None
    if one.person_id == other.person_id:
        raise NotValid("They are one person already.", {"other": "They are one person already"})
    join(work, one.person_id, other.person_id, how)


_OTHER = "Enter the reference of a victim in your region, like VCS-7K3M-9QTD"


def end_questions(work: Work, one_id: int, other_id: int) -> None:
    """Close what is still asked about two people, in whichever region, as it is decided now."""
    work.session.flush()
    both = {one_id, other_id}
    victims = select(Victim.id).where(col(Victim.person_id).in_(both))
    open_ones = select(Task).where(
        Task.kind == TaskKind.SAME_PERSON,
        col(Task.done_at).is_(None),
        col(Task.victim_id).in_(victims),
    )
    for task in work.session.exec(open_ones.with_for_update()):
        if task.person_id in both or record_now(work.session, task.person_id or 0).id in both:
            task.done_at, task.answer = work.now, "overtaken: it was decided"
            work.session.add(task)


def hold_people(work: Work, low: int, high: int) -> tuple[PersonRecord, PersonRecord]:
    """Hold two people and the referrals they are in, each in one order."""
    parts = [*parts_of(work.session, low), *parts_of(work.session, high)]
    ids = [referral.id for _, referral in parts]
    hold = select(Referral).where(col(Referral.id).in_(ids)).order_by(col(Referral.id))
    work.session.exec(hold.with_for_update(key_share=True)).all()
    query = select(PersonRecord).where(col(PersonRecord.id).in_((low, high)))
    held = query.order_by(col(PersonRecord.id)).with_for_update()
    people = list(work.session.exec(held.execution_options(populate_existing=True)))
    return people[0], people[1]


def _move(work: Work, part: Victim, kept: PersonRecord) -> None:
    """Give a part to another person, and keep what was held about the one that it was of."""
    addresses.keep_former(work, part)
    moved = PersonJoin(
        victim_id=part.id,
        from_person_id=part.person_id,
        to_person_id=kept.id,
        joined_at=work.now,
        joined_by=work.actor.account_id,
    )
    work.session.add(moved)
    part.person_id, part.person = kept.id, kept
    work.session.add(part)
    work.session.flush()


def _protected(before: entries.VictimEntry, newest: entries.VictimEntry) -> entries.VictimEntry:
    """Return two entries of one person as one, as the first one's part has it."""
    both = safety.amended_safely(before, newest)
    differ = bool(before.address_lines and newest.address_lines) and addresses.is_another(
        entries.person(before), newest
    )
    if differ and both.safe_to_post:
        both = replace(both, safe_to_post=None)
    return replace(both, standing=before.standing, about=before.about)


def _see_to(work: Work, part: Victim, referral: Referral) -> None:
    """Ask about an address and a name that a part got, in its own referral."""
    held = entries.held_entry(work.sealer, part)
    ask_about_name(work, referral, part, held, None)
    addresses.ask_about_shared(work, referral, part, held)
    addresses.ask_about_numbers(work, part)
