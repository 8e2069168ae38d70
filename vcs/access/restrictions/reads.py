"""Who may see a restricted case, and how it came so, as its page shows it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session, col, select

from vcs.access.actors import Actor
from vcs.access.exclusions.cases import of_the_same_cases
from vcs.access.reads import names_of
from vcs.access.restrictions.records import NamedPerson, Restriction
from vcs.access.restrictions.restricted import held_by_somebody
from vcs.access.rules import Act, require_may
from vcs.sealing import UNOPENED, Sealer, shown


@dataclass(frozen=True, slots=True)
class RestrictionRow:
    """One restriction. ``ended_at`` is set once it counts no more.

    ``is_held`` says that somebody who is named and decides about the case is at work.
    """

    id: int
    named: tuple[tuple[int, str], ...]
    reason: str
    since: datetime
    by: str
    ended_at: datetime | None
    ended_by: str
    ended_why: str
    is_held: bool


def restrictions_on(
    session: Session, sealer: Sealer, actor: Actor, sentence_id: int, today: date
) -> tuple[RestrictionRow, ...]:
    """Return the restrictions of a sentence's case, the one that counts first, then the newest."""
    require_may(actor, Act.RESTRICT)
    case = {sentence_id} | of_the_same_cases(session, [sentence_id])
    query = select(Restriction).where(col(Restriction.sentence_id).in_(case)).limit(100)
    order = (col(Restriction.lifted_at).is_not(None), col(Restriction.id).desc())
    found = session.exec(query.order_by(*order)).all()
    names, named = names_of(session), _named(session, [one.id for one in found])
    held = held_by_somebody(session, [one.id for one in found], today)
    return tuple(
        RestrictionRow(
            one.id,
            tuple(sorted(((who, names.get(who, "")) for who in named[one.id]), key=_by_name)),
            shown(sealer.open_text, one.sealed, UNOPENED),
            one.restricted_at,
            names.get(one.restricted_by, ""),
            one.lifted_at,
            names.get(one.lifted_by or 0, ""),
            shown(sealer.open_text, one.lifted_sealed, UNOPENED) if one.lifted_sealed else "",
            one.id in held,
        )
        for one in found
    )


def _by_name(person: tuple[int, str]) -> tuple[str, int]:
    return person[1], person[0]


def _named(session: Session, restrictions: list[int]) -> dict[int, list[int]]:
    named: dict[int, list[int]] = {one: [] for one in restrictions}
    query = select(NamedPerson).where(col(NamedPerson.restriction_id).in_(restrictions))
    for person in session.exec(query):
        named[person.restriction_id].append(person.account_id)
    return named
