"""Changing what is held about a victim: only by somebody who has seen what is held."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from datetime import datetime

from vcs.access import trail
from vcs.access.actors import SYSTEM
from vcs.access.records import Account
from vcs.access.rules import Act, may_see
from vcs.access.work import Work
from vcs.errors import Conflict
from vcs.referrals.records import Referral, ReferralStatus
from vcs.victims import entries, needs_clock
from vcs.victims.details import going_back, safety
from vcs.victims.details.name_questions import ask_about_name
from vcs.victims.digests import keep_digests
from vcs.victims.entries import VictimEntry
from vcs.victims.family.ages import ask_about_ages
from vcs.victims.find import find_victim, former_rows, parts_of
from vcs.victims.records import FormerDetails, Victim
from vcs.victims.warnings.records import WarningFrom
from vcs.victims.warnings.warn import dangers_in, warn_in_each
from vcs.victims.whereabouts import addresses
from vcs.victims.whereabouts.reveal import reveal_address

_LONGEST_NOTE = 20_000

"""Notes from several people stand together, so they may be longer than what one person enters."""

_STALE = (
    "Somebody else changed these details after you opened them. Nothing of yours was saved: open "
    "them again to see both."
)


@dataclass(frozen=True, slots=True)
class HeldDetails:
    """What is held about a victim, and the version that a change of it must name."""

    version: str
    entry: VictimEntry


class Stale(Conflict):
    """A change was drawn from an older version than ``held``, or names none."""

    def __init__(self, held: HeldDetails) -> None:
        """Keep what is held now. The message names nothing of it."""
        super().__init__(_STALE)
        self.held = held


@dataclass(frozen=True, slots=True)
class Overtaken:
    """What overtook a change: what is held now, what it was drawn from, and who changed it.

    ``drawn`` is None where the version that the change names is not on record.
    """

    held: HeldDetails
    drawn: VictimEntry | None
    changed_by: str
    changed_at: datetime | None


@dataclass(frozen=True, slots=True)
class ChangeUnseen:
    """A change by a program. ``held_back`` says that something of it would have made unsafe.

    ``went_back`` says that it goes back to what was held before, so a person must confirm it.
    """

    victim: Victim
    held_back: bool
    went_back: bool = False


def amend_victim(
    work: Work,
    victim_reference: str,
    drawn_from: str,
    entry: VictimEntry,
    unsaid: Collection[str] = (),
) -> Victim:
    """Change what is held about a victim. Letters already approved stay as they were.

    ``drawn_from`` is the version that the person saw. Raises Stale, and writes nothing, unless it
    is the version held now. What was held is kept, with who replaced it and when. What the entry
    says is said of the address in it; ``unsaid`` names what of ``safety.OF_THE_ADDRESS`` it leaves
    open: another address takes over no answer of the one before.
    """
    work.require_may(Act.CHANGE_DETAILS)
    victim, referral = find_victim(work.session, victim_reference, work.actor)
    held = _held(work, victim)
    if drawn_from != held.version:
        raise Stale(held)
    entry = safety.with_unsaid(held.entry, entry, unsaid)
    entries.check(entry, work.today, _LONGEST_NOTE)
    if entries.tidied(entry) != held.entry:
        _change(work, victim, referral, entry)
    return victim


def amend_unseen(
    work: Work, victim_reference: str, change: Callable[[VictimEntry], VictimEntry]
) -> ChangeUnseen:
    """Apply a change by a program, which never sees what is held, to what is held now.

    What makes a victim safer always applies. What would undo a safeguard that somebody else set is
    held back: see :mod:`vcs.victims.details.safety`. So is what would go back to a less safe answer
    that was held before: see :mod:`vcs.victims.details.going_back`.
    """
    victim, _ = find_victim(work.session, victim_reference, work.actor)
    held = _held(work, victim)
    wanted = entries.tidied(change(held.entry))
    before = going_back.formers(work, victim)
    safe = safety.keep_safeguards(work, victim, held.entry, wanted)
    safest = going_back.kept_safe(before, held.entry, safe)
    went_back = safest != safe or going_back.address_goes_back(before, held.entry, safe)
    amended = amend_victim(work, victim_reference, held.version, safest)
    return ChangeUnseen(amended, safe != wanted, went_back)


def make_safer(work: Work, victim_reference: str, entry: VictimEntry) -> bool:
    """Take from a repeated referral of a person only what makes them safer.

    Returns whether the referral goes back to what was held before.
    """

    def change(held: VictimEntry) -> VictimEntry:
        unsafe = entry.safe_to_post is False
        return replace(
            held,
            safe_to_post=False if unsafe else held.safe_to_post,
            format_needs=safety.together("format_needs", held.format_needs, entry.format_needs),
        )

    victim, _ = find_victim(work.session, victim_reference, work.actor)
    held, before = _held(work, victim).entry, going_back.formers(work, victim)
    amend_unseen(work, victim_reference, change)
    answered = replace(held, safe_to_post=entry.safe_to_post)
    return (
        going_back.address_goes_back(before, held, entry)
        or going_back.kept_safe(before, held, answered) != answered
    )


def reveal_details(work: Work, victim_reference: str, reason: str) -> HeldDetails:
    """Open all that is held about a victim, with its version. The look is kept first."""
    reveal_address(Work(work.session, work.sealer, work.actor, work.now), victim_reference, reason)
    victim, _ = find_victim(work.session, victim_reference, work.actor)
    return _held(work, victim)


def amend_with(work: Work, victim: Victim, referral: Referral, entry: VictimEntry) -> VictimEntry:
    """Amend what is held with a second entry of the same person; returns what is held then.

    The caller holds the referral and the person. Nothing that makes them safer is undone.
    """
    held = entries.held_entry(work.sealer, victim)
    wanted = entries.tidied(safety.amended_safely(held, entries.tidied(entry)))
    change_to(work, victim, referral, wanted)
    return wanted


def change_to(
    work: Work, victim: Victim, referral: Referral, entry: VictimEntry, *, warns: bool = True
) -> None:
    """Change what is held about somebody whom the caller holds. What is held already stays.

    Where it ``warns`` not, the caller sees to it that staff are told of new warnings.
    """
    if entry != entries.held_entry(work.sealer, victim):
        _change(work, victim, referral, entry, warns=warns)


def reveal_overtaking(work: Work, victim_reference: str, drawn_from: str, reason: str) -> Overtaken:
    """Open what overtook a change that :func:`amend_victim` refused. The look is kept first."""
    held = reveal_details(work, victim_reference, reason)
    victim, _ = find_victim(work.session, victim_reference, work.actor)
    formers = former_rows(work.session, victim)
    drawn = entries.former_entries(work.sealer, formers, victim)[::-1]
    last = formers[-1] if formers else None
    return Overtaken(
        held,
        next((one for one in drawn if entries.version_of(one) == drawn_from), None),
        changed_by(work, last) if last else "",
        last.replaced_at if last else None,
    )


def _held(work: Work, victim: Victim) -> HeldDetails:
    entry = entries.held_entry(work.sealer, victim)
    return HeldDetails(entries.version_of(entry), entry)


def _change(
    work: Work, victim: Victim, referral: Referral, entry: VictimEntry, *, warns: bool = True
) -> None:
    """Change a person through one of their referrals, and see to what follows in the others."""
    session, sealer = work.session, work.sealer
    held = entries.held_entry(sealer, victim)
    addresses.keep_former(work, victim)
    former = entries.person(held)
    moved, safety = addresses.is_another(former, entry), _is_other_safety(work, victim, entry)
    values = entries.values_of_person(entry, sealer, victim.person.reference)
    for name, value in values.items():
        setattr(victim.person, name, value)
    for name, value in entries.values_of_part(entry, sealer).items():
        setattr(victim, name, value)
    session.add_all((victim.person, victim))
    keep_digests(session, sealer, victim.person, entries.person(entry))
    for part, where in parts_of(session, victim.person_id):
        if part.id != victim.id and where.status == ReferralStatus.CLOSED:
            continue
        ask_about_name(work, where, part, entry, former)
        ask_about_ages(session, sealer, [part.id], work.today)
        if moved:
            addresses.ask_about_shared(work, where, part, entry)
        addresses.ask_about_numbers(work, part)
        had_address = moved and bool(former.lines)
        needs_clock.ask_again_after_change(work, (part, where), moved=had_address, safety=safety)
    if warns and dangers_in(entry) - dangers_in(held):
        warn_in_each(work, victim.person_id, WarningFrom.CHANGED)
    _note_change(work, victim)


def _is_other_safety(work: Work, victim: Victim, entry: VictimEntry) -> bool:
    """Say whether it is another answer, or other words, whether and how they are safe."""
    held = entries.held_entry(work.sealer, victim)
    was, is_now = held.safe_contact_notes.split(), entry.safe_contact_notes.split()
    # What was said of the address before has lapsed with it: that they moved is asked about.
    lapsed = entry.safe_to_post is None and addresses.is_another(entries.person(held), entry)
    return was != is_now or (held.safe_to_post != entry.safe_to_post and not lapsed)


def _note_change(work: Work, victim: Victim) -> None:
    """Name each referral of the person in the trail.

    Who made the change stands only where that person may see the referral: their name would tell
    of another one.
    """
    for part, where in parts_of(work.session, victim.person_id):
        who = work.actor.who if may_see(work.actor, where) else SYSTEM
        event = "victim.amended" if part.id == victim.id else "victim.amended_elsewhere"
        trail.note(work.session, trail.Note(work.now, who, event, where.reference, part.reference))


def changed_by(work: Work, last: FormerDetails) -> str:
    """Return who made a change, unless it was made in a referral that the reader may not see."""
    part = work.session.get_one(Victim, last.victim_id)
    where = work.session.get_one(Referral, part.referral_id)
    if not may_see(work.actor, where):
        return "Somebody else"
    kind, _, number = last.replaced_by.partition(":")
    account = work.session.get(Account, int(number)) if kind == "account" else None
    return account.name if account else "Witness care’s program"
