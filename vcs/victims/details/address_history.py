"""Where somebody lived, with dates, and how each address is known. For a recorded look alone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import col, select

from vcs.access.work import Work
from vcs.victims.details.amend import changed_by
from vcs.victims.entries import VictimEntry, former_entries, held_entry, person
from vcs.victims.find import former_rows
from vcs.victims.person import opened
from vcs.victims.places.same_place import comparable
from vcs.victims.preferences.records import HowKnown
from vcs.victims.records import FormerDetails, PersonJoin, PersonRecord, Victim
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

    What came from somebody with whom they were one by mistake is that person's alone.
    The caller has recorded the look: this opens where somebody can be found.
    """
    return tuple(_addresses(work, victim))[::-1]


def _addresses(work: Work, victim: Victim) -> Iterator[DatedAddress]:
    held = _held(work, victim)
    joins = _undone(work, victim)
    mixed = _meanwhile(held, joins)
    own = {_form(state) for state, ended in held if ended is None or ended.id not in mixed}
    theirs = set(_addresses_of(work, joins)) - own
    hers = [
        (state, ended)
        for state, ended in held
        if ended is None or ended.id not in mixed or _form(state) not in theirs
    ]
    entered: FormerDetails | None = None
    for at, (state, ended) in enumerate(hers):
        if ended is not None and not is_another(person(state), hers[at + 1][0]):
            continue
        if state.address_lines:
            yield _dated(work, state, entered, ended)
        entered = ended


_Held = tuple[VictimEntry, FormerDetails | None]


def _held(work: Work, victim: Victim) -> list[_Held]:
    """Return each state of what was held, with the row that ended it; None for what is held now."""
    formers = former_rows(work.session, victim)
    states = [*former_entries(work.sealer, formers, victim), held_entry(work.sealer, victim)]
    return list(zip(states, [*formers, None], strict=True))


def _form(entry: VictimEntry) -> str:
    here = person(entry)
    return comparable(here.where, here.postcode)


def _undone(work: Work, victim: Victim) -> Sequence[PersonJoin]:
    """Return the joins by which somebody else was one with them until it was undone."""
    query = select(PersonJoin).where(
        PersonJoin.to_person_id == victim.person_id, col(PersonJoin.undone_at).is_not(None)
    )
    return work.session.exec(query).all()


def _addresses_of(work: Work, joins: Iterable[PersonJoin]) -> Iterator[str]:
    for its_id in sorted({one.from_person_id for one in joins}):
        record = work.session.get_one(PersonRecord, its_id)
        formers = select(FormerDetails).where(FormerDetails.person_id == its_id)
        for one in (record, *work.session.exec(formers)):
            at = opened(work.sealer, one)
            yield comparable(at.where, at.postcode)


def _meanwhile(held: Sequence[_Held], joins: Iterable[PersonJoin]) -> frozenset[int]:
    """Return the rows that ended what was held while two people were one.

    The first row from a join on holds what was theirs before it.
    """
    rows = [ended for _, ended in held if ended is not None]
    return frozenset(
        row.id
        for join in joins
        for row in [
            row
            for row in rows
            if join.undone_at and join.joined_at <= row.replaced_at <= join.undone_at
        ][1:]
    )


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
