"""To which office a letter goes, and its address on a day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, col, or_, select

from vcs.post.catalogue import letter as row_of
from vcs.post.others.about import About
from vcs.post.others.destinations.places import in_words, kind_for, places_of
from vcs.post.others.records import OfficeAddress, OfficeKind, PartnerOffice
from vcs.post.records import LetterRecord
from vcs.tasks.ask import Question, open_tasks
from vcs.tasks.records import TaskKind


@dataclass(frozen=True, slots=True)
class Recipient:
    """An office with the address that letters take to it today."""

    id: int
    reference: str
    kind: OfficeKind
    place: str
    name: str
    lines: tuple[str, ...]
    postcode: str
    since: date


def recipients(
    session: Session, kind: OfficeKind, place: str, today: date
) -> tuple[Recipient, ...]:
    """Return the offices of a kind and place that letters may go to today, by name."""
    query = select(PartnerOffice).where(
        PartnerOffice.kind == kind,
        PartnerOffice.place == place,
        or_(col(PartnerOffice.ended_on).is_(None), col(PartnerOffice.ended_on) > today),
    )
    found = (_with_address(session, one, today) for one in session.exec(query))
    return tuple(sorted((one for one in found if one is not None), key=lambda one: one.name))


def recipient_of(session: Session, letter: LetterRecord, about: About) -> Recipient | None:
    """Return the office that a letter goes to: as chosen, else the only one that it may be.

    None where a person must choose one of several, where none is known, and where the one that was
    chosen takes no more letters.
    """
    kind, place = about.office_asked(row_of(letter.kind))
    if letter.office_id is None:
        found = recipients(session, kind, place, about.today)
        return found[0] if len(found) == 1 and places_of(kind) else None
    office = session.get_one(PartnerOffice, letter.office_id)
    if office.ended_on is not None and office.ended_on <= about.today:
        return None
    return _with_address(session, office, about.today)


def choices(session: Session, letter: LetterRecord, about: About) -> tuple[Recipient, ...]:
    """Return the offices among which a person chooses."""
    kind, place = about.office_asked(row_of(letter.kind))
    return recipients(session, kind, place, about.today)


def ask_for_office(session: Session, letter: LetterRecord, about: About) -> bool:
    """Ask an administrator for an office where none is known. Say whether one is missing."""
    kind, place = about.office_asked(row_of(letter.kind))
    if recipients(session, kind, place, about.today):
        return False
    words = in_words(kind, place)
    question = Question(
        # Asked again each month: a task that was answered did not bring the address.
        f"{TaskKind.OFFICE_UNKNOWN}:{kind}:{place}:{about.today:%Y-%m}",
        TaskKind.OFFICE_UNKNOWN,
        f"A letter waits for the address of the {words}. Find out where it receives its post, and "
        "add it on the page Partner offices. The letter takes it by itself.",
        due_on=about.today,
    )
    open_tasks(session, [question], about.today)
    return True


def kind_of(letter: LetterRecord) -> OfficeKind:
    """Return the kind of office that a letter goes to."""
    return kind_for(row_of(letter.kind).to)


def address_on(session: Session, office_id: int, day: date) -> OfficeAddress | None:
    """Return where letters to an office go on a day; None before its first day."""
    query = select(OfficeAddress).where(
        OfficeAddress.office_id == office_id, col(OfficeAddress.from_on) <= day
    )
    return session.exec(query.order_by(col(OfficeAddress.from_on).desc())).first()


def _with_address(session: Session, office: PartnerOffice, today: date) -> Recipient | None:
    held = address_on(session, office.id, today)
    if held is None:
        return None
    return Recipient(
        office.id,
        office.reference,
        OfficeKind(office.kind),
        office.place,
        office.name,
        tuple(held.lines.splitlines()),
        held.postcode,
        held.from_on,
    )
