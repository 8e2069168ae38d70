"""Whether what a program sends goes back to something that was held before.

Queues deliver late, so an old instruction can look like a new one. What goes back is recorded, the
safer answer stays, and a person confirms before anything leaves.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from sqlmodel import Session, col, select

from vcs.access.work import Work
from vcs.terms import Choice
from vcs.victims.details import safety
from vcs.victims.entries import VictimEntry, former_entries, person
from vcs.victims.find import former_rows
from vcs.victims.records import ChoiceRecord, Victim
from vcs.victims.whereabouts.addresses import is_another

_LESS_SAFE = {False: 0, None: 1, True: 2}


def formers(work: Work, victim: Victim) -> list[VictimEntry]:
    """Return what was held about a victim before, the oldest first."""
    return former_entries(work.sealer, former_rows(work.session, victim), victim)


def address_goes_back(
    before: Sequence[VictimEntry], held: VictimEntry, wanted: VictimEntry
) -> bool:
    """Say whether a change takes the address back to one that was held before."""
    if not any(line.strip() for line in wanted.address_lines):
        return False
    if not is_another(person(held), wanted):
        return False
    return any(not is_another(person(one), wanted) for one in before)


def kept_safe(before: Sequence[VictimEntry], held: VictimEntry, wanted: VictimEntry) -> VictimEntry:
    """Return a change with the safer answer kept wherever it goes back to a less safe one.

    An answer about another address goes back on nothing. Two safety notes are kept together;
    a note that is taken away again goes back on nothing that was said.
    """
    kept: dict[str, Any] = {}
    here = [one for one in before if not is_another(person(one), wanted)]
    is_less_safe = _LESS_SAFE[wanted.safe_to_post] > _LESS_SAFE[held.safe_to_post]
    is_here = not is_another(person(held), wanted)
    if is_less_safe and is_here and any(one.safe_to_post == wanted.safe_to_post for one in here):
        kept["safe_to_post"] = held.safe_to_post
    note = wanted.safe_contact_notes
    both = safety.together("safe_contact_notes", held.safe_contact_notes, note)
    if note and both != note and any(one.safe_contact_notes == note for one in before):
        kept["safe_contact_notes"] = both
    return replace(wanted, **kept)


def was_once(before: Sequence[VictimEntry], entry: VictimEntry) -> bool:
    """Say whether an entry is of the very person, in every detail, who was held before."""
    return any(is_same(one, entry) for one in before)


def is_same(one: VictimEntry, other: VictimEntry) -> bool:
    """Say whether two entries are of the very person, in every detail, who acts for the same."""
    return person(one) == person(other) and one.about.strip() == other.about.strip()


def choice_goes_back(session: Session, victim: Victim, choice: Choice) -> bool:
    """Say whether a choice was made before and another one since."""
    query = select(ChoiceRecord.choice).where(
        ChoiceRecord.victim_id == victim.id, col(ChoiceRecord.choice) != str(Choice.NO_REPLY)
    )
    made = list(session.exec(query.order_by(col(ChoiceRecord.id))))
    return choice in made and made[-1] != choice
