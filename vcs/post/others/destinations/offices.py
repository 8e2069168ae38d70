"""Keep the partners' offices and their addresses: the verbs of the administrator's page."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from sqlmodel import select

from vcs.access.rules import Act
from vcs.access.versions import require_version
from vcs.access.work import Work
from vcs.errors import NotFound, NotValid
from vcs.post.others.destinations.office_reads import office_version
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


@dataclass(frozen=True, slots=True)
class OfficeEntry:
    """An office as it is saved. Nothing goes there any more from ``ended_on`` on; None is never."""

    name: str
    address: AddressEntry
    ended_on: date | None = None


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


def change_office(work: Work, reference: str, seen: str, entry: OfficeEntry) -> PartnerOffice:
    """Give an office another name, another address from a day on, or say that nothing goes there.

    ``seen`` is the version that whoever changes it was shown. Letters follow by themselves. Raises
    NotValid where another version is held now, or another address begins on that day already.
    """
    work.require_may(Act.KEEP_OFFICES)
    office = find_office(work, reference)
    require_version(seen, office_version(work.session, office))
    if fields := dict(_problems(entry.name, entry.address)):
        raise NotValid(_CORRECT, fields)
    office.name = entry.name.strip()
    work.session.add(office)
    _keep(work, office, entry.address)
    work.note("office.changed", office.reference)
    _end(work, office, entry.ended_on)
    return office


def _end(work: Work, office: PartnerOffice, ended_on: date | None) -> None:
    if office.ended_on == ended_on:
        return
    office.ended_on = ended_on
    work.session.add(office)
    work.note("office.ended", office.reference, ended_on.isoformat() if ended_on else "taken back")


def find_office(work: Work, reference: str) -> PartnerOffice:
    """Return an office, held until the transaction ends. Raises NotFound."""
    query = select(PartnerOffice).where(PartnerOffice.reference == reference)
    held = query.with_for_update().execution_options(populate_existing=True)
    office = work.session.exec(held).first()
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
        taken = "Another address of this office begins on that day already. Enter another day"
        raise NotValid(_CORRECT, {"from_on": taken})
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
