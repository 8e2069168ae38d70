"""The offices as the administrator's page shows them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, col, select

from vcs.access.actors import Actor
from vcs.access.rules import Act, require_may
from vcs.access.versions import version_of
from vcs.errors import NotFound
from vcs.post.others.destinations.places import in_words
from vcs.post.others.destinations.recipients import address_on
from vcs.post.others.records import OfficeAddress, OfficeKind, PartnerOffice


@dataclass(frozen=True, slots=True)
class OfficeView:
    """One office. ``since`` is the first day of its address.

    ``later`` is the first day of the next one, which is ``later_at`` in one line.
    """

    reference: str
    kind: OfficeKind
    serves: str
    name: str
    lines: tuple[str, ...]
    postcode: str
    since: date
    later: date | None
    later_at: str
    ended_on: date | None
    version: str


def office_version(session: Session, office: PartnerOffice) -> str:
    """Return the version of an office: its name, its addresses of every day, and its end."""
    query = select(OfficeAddress).where(OfficeAddress.office_id == office.id)
    held = session.exec(query.order_by(col(OfficeAddress.from_on)))
    addresses = [(one.from_on, one.lines, one.postcode) for one in held]
    return version_of(office.name, addresses, office.ended_on)


def offices(session: Session, actor: Actor, today: date) -> tuple[OfficeView, ...]:
    """Return every office with its address of today, by kind, place and name."""
    require_may(actor, Act.KEEP_OFFICES)
    order = (col(PartnerOffice.kind), col(PartnerOffice.place), col(PartnerOffice.name))
    found = session.exec(select(PartnerOffice).order_by(*order))
    return tuple(_view(session, one, today) for one in found)


def office_named(session: Session, actor: Actor, reference: str, today: date) -> OfficeView:
    """Return one office. Raises NotFound."""
    require_may(actor, Act.KEEP_OFFICES)
    query = select(PartnerOffice).where(PartnerOffice.reference == reference)
    office = session.exec(query).first()
    if office is None:
        raise NotFound("There is no such office.")
    return _view(session, office, today)


def _view(session: Session, office: PartnerOffice, today: date) -> OfficeView:
    query = select(OfficeAddress).where(OfficeAddress.office_id == office.id)
    first = session.exec(query.order_by(col(OfficeAddress.from_on))).first()
    held = address_on(session, office.id, today) or first
    if held is None:
        raise NotFound("There is no such office.")
    newer = query.where(col(OfficeAddress.from_on) > held.from_on)
    later = session.exec(newer.order_by(col(OfficeAddress.from_on))).first()
    kind = OfficeKind(office.kind)
    return OfficeView(
        office.reference,
        kind,
        in_words(kind, office.place),
        office.name,
        tuple(held.lines.splitlines()),
        held.postcode,
        held.from_on,
        later.from_on if later else None,
        ", ".join((*later.lines.splitlines(), later.postcode)) if later else "",
        office.ended_on,
        office_version(session, office),
    )
