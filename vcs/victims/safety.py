"""What makes a victim safer is never undone by somebody who did not see it.

A program sends what it knows and never sees what we hold. It may change a safeguard freely only
while nobody else has touched it: then it undoes nothing but its own word.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from typing import Any

from sqlmodel import col, select

from vcs.access.work import Work
from vcs.victims.entries import VictimEntry, former_entry, held_entry
from vcs.victims.records import FormerDetails, Victim

_JOINED_BY = {"safe_contact_notes": "\n", "format_needs": "; "}

"""The notes of a victim that are safeguards, and what stands between two of them."""


def keep_safeguards(
    work: Work, victim: Victim, held: VictimEntry, wanted: VictimEntry
) -> VictimEntry:
    """Return a change with every safeguard kept that somebody else than the actor has touched.

    *Not safe to post* stays, and notes are added to the notes that are there.
    """
    kept: dict[str, Any] = {}
    if held.safe_to_post is False and wanted.safe_to_post is not False:
        kept["safe_to_post"] = False
    for name in _JOINED_BY:
        both = together(name, getattr(held, name), getattr(wanted, name))
        if both != getattr(wanted, name):
            kept[name] = both
    return replace(wanted, **{name: kept[name] for name in kept if _touched(work, victim, name)})


def together(name: str, held: str, added: str) -> str:
    """Return two notes of one field as one, without repeating what both say."""
    mark = _JOINED_BY[name]
    before, after = _parts(held, mark), _parts(added, mark)
    if set(before) <= set(after):
        return added
    return mark.join([*before, *(part for part in after if part not in before)])


def _parts(note: str, mark: str) -> list[str]:
    parts = (part.strip() for part in note.split(mark.strip() or mark))
    return [part for part in parts if part]


def _touched(work: Work, victim: Victim, name: str) -> bool:
    """True if anyone but the actor ever set this field of a victim."""
    return any(who != work.actor.who for who in _authors(work, victim, name))


def _authors(work: Work, victim: Victim, name: str) -> Iterator[str]:
    """Yield who set a field, from the referral on, each time it changed."""
    query = select(FormerDetails).where(FormerDetails.victim_id == victim.id)
    formers = work.session.exec(query.order_by(col(FormerDetails.id))).all()
    states = [former_entry(work.sealer, one, victim) for one in formers]
    states.append(held_entry(work.sealer, victim))
    if getattr(states[0], name) not in (None, ""):
        by_actor = victim.referred_by_account_id == work.actor.account_id
        yield work.actor.who if by_actor else f"account:{victim.referred_by_account_id}"
    for former, (before, after) in zip(formers, pairwise(states), strict=True):
        if getattr(before, name) != getattr(after, name):
            yield former.replaced_by
        # Older rows did not keep this field, so who set it is not known.
        if name == "format_needs" and former.format_needs_sealed is None:
            yield "unknown"
