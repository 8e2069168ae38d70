"""Keep the partners' offices and their addresses: the verbs of the administrator's page."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from sqlmodel import select

from vcs.access.rules import Act
from vcs.access.work import Work
from vcs.errors import Conflict, NotFound, NotValid
from vcs.post.others.destinations.places import places_of
from vcs.post.others.records import OfficeAddress, OfficeKind, PartnerOffice
from vcs.tables import free_reference
from vcs.victims.places.postcodes import is_ours, written

LONGEST_NAME, MOST_LINES, LONGEST_LINE = 80, 5, 60

_CORRECT = "Some details need correcting."


@dataclass(frozen=True, slots=True)
class AddressEntry:
    """Where letters go from a day on. ``lines`` has one line of the address on each line."""

    lines: str
    postcode: str
    from_on: date


def add_office(
    work: Work, kind: OfficeKind, place: str, name: str, address: AddressEntry
) -> PartnerOffice:
    """Add an office with its first address. Raises NotValid naming each field to correct."""
    work.require_may(Act.KEEP_OFFICES)
    fields = dict(_problems(name, address))
    if (places := places_of(kind)) and place not in places:
        fields["place"] = "Select what it serves"
    if fields:
        raise NotValid(_CORRECT, fields)
    office = PartnerOffice(
        reference=free_reference(work.session, PartnerOffice),
        kind=kind,
        place=place if places else "",
        name=name.strip(),
    )
    work.session.add(office)
    work.session.flush()
    _keep(work, office, address)
    work.note("office.added", office.reference, kind)
    return office


def change_office(work: Work, reference: str, name: str, address: AddressEntry) -> PartnerOffice:
    """Give an office another name, or another address from a day on. Letters follow by themselves.

    Raises Conflict where an address begins on that day already, and is another.
    """
    work.require_may(Act.KEEP_OFFICES)
    office = find_office(work, reference)
    if fields := dict(_problems(name, address)):
        raise NotValid(_CORRECT, fields)
    office.name = name.strip()
    work.session.add(office)
    _keep(work, office, address)
    work.note("office.changed", office.reference)
    return office


def end_office(work: Work, reference: str, ended_on: date | None) -> PartnerOffice:
    """Say that nothing goes to an office from a day on; None says that letters go there again."""
    work.require_may(Act.KEEP_OFFICES)
    office = find_office(work, reference)
    if office.ended_on == ended_on:
        return office
    office.ended_on = ended_on
    work.session.add(office)
    work.note("office.ended", office.reference, ended_on.isoformat() if ended_on else "taken back")
    return office


def find_office(work: Work, reference: str) -> PartnerOffice:
    """Return an office, held until the transaction ends. Raises NotFound."""
    query = select(PartnerOffice).where(PartnerOffice.reference == reference)
    office = work.session.exec(query.with_for_update()).first()
    if office is None:
        raise NotFound("There is no such office.")
    return office


def _keep(work: Work, office: PartnerOffice, entry: AddressEntry) -> None:
    lines, postcode = "\n".join(_lines(entry.lines)), " ".join(entry.postcode.upper().split())
    same_day = select(OfficeAddress).where(
        OfficeAddress.office_id == office.id, OfficeAddress.from_on == entry.from_on
    )
    held = work.session.exec(same_day).first()
    if held is not None and (held.lines, held.postcode) == (lines, postcode):
        return
    if held is not None:
        raise Conflict("An address of this office begins on that day already. Give another day.")
    address = OfficeAddress(
        office_id=office.id,
        lines=lines,
        postcode=postcode,
        from_on=entry.from_on,
        recorded_at=work.now,
        recorded_by=work.actor.account_id,
    )
    work.session.add(address)
    work.session.flush()


def _lines(text: str) -> list[str]:
    return [" ".join(line.split()) for line in text.splitlines() if line.strip()]


def _problems(name: str, address: AddressEntry) -> Iterator[tuple[str, str]]:
    lines = _lines(address.lines)
    if not name.strip() or len(name.strip()) > LONGEST_NAME:
        yield "name", f"Enter the name as it stands on an envelope, up to {LONGEST_NAME} characters"
    if not 1 <= len(lines) <= MOST_LINES:
        yield "lines", f"Enter the address in 1 to {MOST_LINES} lines"
    elif any(len(line) > LONGEST_LINE for line in lines):
        yield "lines", f"Keep each line to {LONGEST_LINE} characters"
    if not is_ours(written(address.postcode)):
        yield "postcode", "Enter a full UK postcode, like LS1 3AB"
