"""Where somebody lived, with dates, and how each address is known. For a recorded look alone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from vcs.access.work import Work
from vcs.victims.details.amend import changed_by
from vcs.victims.entries import VictimEntry, former_entries, held_entry, person
from vcs.victims.find import former_rows
from vcs.victims.preferences.records import HowKnown
from vcs.victims.records import FormerDetails, Victim
from vcs.victims.whereabouts.addresses import is_another


@dataclass(frozen=True, slots=True)
class DatedAddress:
    """One address, as it was held until ``until``; None for the one that is held now.

    ``since`` None means since they were referred. ``entered_by`` is "" for whoever referred them.
    ``safe_to_post`` and ``confirmed_on`` are as they were last held of this address.
    """

    lines: tuple[str, ...]
    postcode: str
    country: str
    since: datetime | None
    until: datetime | None
    entered_by: str
    how_known: HowKnown | None
    confirmed_on: date | None
    safe_to_post: bool | None


def address_history(work: Work, victim: Victim) -> tuple[DatedAddress, ...]:
    """Return every address that was held of a person, the newest first.

    The caller has recorded the look: this opens where somebody can be found.
    """
    return tuple(_addresses(work, victim))[::-1]


def _addresses(work: Work, victim: Victim) -> Iterator[DatedAddress]:
    formers = former_rows(work.session, victim)
    states = [*former_entries(work.sealer, formers, victim), held_entry(work.sealer, victim)]
    ends: list[FormerDetails | None] = [*formers, None]
    entered: FormerDetails | None = None
    for at, (state, ended) in enumerate(zip(states, ends, strict=True)):
        if ended is not None and not is_another(person(state), states[at + 1]):
            continue
        if state.address_lines:
            yield _dated(work, state, entered, ended)
        entered = ended


def _dated(
    work: Work, state: VictimEntry, entered: FormerDetails | None, ended: FormerDetails | None
) -> DatedAddress:
    return DatedAddress(
        state.address_lines,
        state.postcode,
        state.country,
        entered.replaced_at if entered else None,
        ended.replaced_at if ended else None,
        changed_by(work, entered) if entered else "",
        state.address_how_known,
        state.address_confirmed_on,
        state.safe_to_post,
    )
