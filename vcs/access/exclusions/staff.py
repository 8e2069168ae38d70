"""Whom a manager may exclude, who is excluded from a case, and whose managers are left."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session, col, select

from vcs.access.actors import Actor
from vcs.access.exclusions.hidden import excluded_from
from vcs.access.exclusions.records import Exclusion, SameSurname
from vcs.access.reads import names_of
from vcs.access.records import Account, FeedClient
from vcs.access.rules import MANAGING, OF_A_REGION, Act, Placed, require_may
from vcs.sealing import UNOPENED, Sealer, shown
from vcs.terms import Role


@dataclass(frozen=True, slots=True)
class ExclusionRow:
    """One exclusion. ``ended_at`` is set once it counts no more."""

    id: int
    name: str
    declared: bool
    reason: str
    excluded_at: datetime
    excluded_by: str
    ended_at: datetime | None
    ended_by: str
    ended_why: str
    is_mine: bool


@dataclass(frozen=True, slots=True)
class NamesakeRow:
    """An officer with a surname of the case, and why a manager gave it to them."""

    name: str
    reason: str
    confirmed_at: datetime
    confirmed_by: str


def may_be_excluded(account: Account, placed: Placed, actor: Actor) -> bool:
    """Return whether somebody's role and place let them see what a manager excludes them from."""
    region = placed.region_code or actor.region_code
    of_region = account.role in OF_A_REGION and account.region_code == region
    of_area = account.role == Role.WITNESS_CARE and account.police_area == placed.police_area
    return account.active and (of_region or of_area)


def staff_to_exclude(session: Session, actor: Actor, placed: Placed, today: date) -> dict[int, str]:
    """Return the members of staff who see something on a day, by account, with their names."""
    require_may(actor, Act.EXCLUDE)
    found = {one.id: one.name for one in staff_who_could_see(session, actor, placed)}
    sentence_id = placed.sentence_id
    excluded = excluded_from(session, sentence_id, list(found), today) if sentence_id else ()
    return {one: name for one, name in found.items() if one not in excluded}


def staff_who_could_see(session: Session, actor: Actor, placed: Placed) -> list[Account]:
    """Return the members of staff whose role and place let them see something, by name."""
    programs = select(col(FeedClient.account_id)).where(col(FeedClient.account_id).is_not(None))
    query = select(Account).where(col(Account.active), col(Account.id).not_in(programs))
    return [
        one
        for one in session.exec(query.order_by(col(Account.name), col(Account.id)))
        if may_be_excluded(one, placed, actor)
    ]


def exclusions_from(
    session: Session, sealer: Sealer, actor: Actor, sentence_id: int
) -> tuple[ExclusionRow, ...]:
    """Return who was excluded from a sentence, those that count first, then the newest."""
    require_may(actor, Act.EXCLUDE)
    query = select(Exclusion).where(Exclusion.sentence_id == sentence_id).limit(100)
    order = (col(Exclusion.lifted_at).is_not(None), col(Exclusion.id).desc())
    names = names_of(session)
    return tuple(
        ExclusionRow(
            one.id,
            names.get(one.account_id, ""),
            one.declared,
            shown(sealer.open_text, one.sealed, UNOPENED),
            one.excluded_at,
            names.get(one.excluded_by, ""),
            one.lifted_at,
            names.get(one.lifted_by or 0, ""),
            shown(sealer.open_text, one.lifted_sealed, UNOPENED) if one.lifted_sealed else "",
            one.account_id == actor.account_id,
        )
        for one in session.exec(query.order_by(*order))
    )


def namesakes_of(
    session: Session, sealer: Sealer, actor: Actor, sentence_id: int
) -> tuple[NamesakeRow, ...]:
    """Return the officers who have a surname of the case and were given it all the same."""
    require_may(actor, Act.EXCLUDE)
    query = select(SameSurname).where(SameSurname.sentence_id == sentence_id).limit(50)
    names = names_of(session)
    return tuple(
        NamesakeRow(
            names.get(one.account_id, ""),
            shown(sealer.open_text, one.sealed, UNOPENED),
            one.confirmed_at,
            names.get(one.confirmed_by, ""),
        )
        for one in session.exec(query.order_by(col(SameSurname.id).desc()))
    )


def managers_of(session: Session, region_code: str | None) -> list[int]:
    """Return the active members of staff of a region who decide about its cases."""
    query = select(Account.id).where(
        col(Account.role).in_(MANAGING), Account.region_code == region_code, col(Account.active)
    )
    return list(session.exec(query.order_by(col(Account.id))))
