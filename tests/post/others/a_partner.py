"""Builders: offices of partners, and letters to them that go through every step."""

from __future__ import annotations

from datetime import date

from sqlmodel import select

from letters import catalogue
from letters.making.contents import to_json
from tests.journeys.world import WEST_YORKSHIRE, YORKSHIRE, World
from tests.post.batches.a_batch import a_pdf
from vcs.access.records import Unit
from vcs.access.work import Work
from vcs.post.letters import MadeLetter
from vcs.post.others import letters
from vcs.post.others.destinations.offices import AddressEntry, add_office
from vcs.post.others.facts import facts_of_other
from vcs.post.others.find import visible_other
from vcs.post.others.records import OfficeKind
from vcs.post.records import LetterRecord
from vcs.terms import LetterLanguage, Role

PLACES = {
    OfficeKind.WITNESS_CARE_UNIT: WEST_YORKSHIRE,
    OfficeKind.YOUTH_OFFENDING_TEAM: WEST_YORKSHIRE,
    OfficeKind.PROBATION_OFFICE: YORKSHIRE,
    OfficeKind.HOSPITAL_MANAGERS: "",
}

LONG_AGO = date(2026, 1, 1)


def office(
    world: World,
    kind: OfficeKind,
    name: str = "The Manager",
    lines: str = "1 Partner Street\nLeeds",
) -> str:
    """Add an office of a kind that serves where the world is; return its reference."""
    with world.db.writing() as session:
        # The unit signs where no officer has the case.
        session.get_one(Unit, YORKSHIRE).phone = "0113 496 0100"
        work = world.work(session, world.people[Role.ADMINISTRATOR])
        entry = AddressEntry("1 Partner Street\nLeeds", "LS2 7EY", LONG_AGO)
        return add_office(work, kind, PLACES[kind], name, entry).reference


def to_others(world: World) -> list[LetterRecord]:
    """Return the letters to others, the oldest first."""
    query = select(LetterRecord).where(LetterRecord.victim_id.is_(None))  # type: ignore[union-attr]
    with world.db.reading() as session:
        return list(session.exec(query.order_by("id")))


def the_letter(world: World, kind: str) -> LetterRecord:
    """Return the newest letter of a kind to others."""
    return next(one for one in reversed(to_others(world)) if one.kind == kind)


def made_now(work: Work, reference: str) -> MadeLetter:
    """Return a letter as the press would make it, with a small PDF in place of the press's."""
    letter, about = visible_other(work.session, work.sealer, work.actor, reference, work.now)
    facts = facts_of_other(about, letter)
    contents = catalogue.compose(letter.kind, LetterLanguage(letter.language), facts)
    text = catalogue.text(contents)
    return MadeLetter(a_pdf(reference), "v1", to_json(contents), text)


def approve(world: World, reference: str, role: Role = Role.MANAGER) -> None:
    """Approve a letter to others as it would be made now."""
    with world.db.writing() as session:
        work = world.work(session, world.people[role])
        letters.approve_other(work, reference, made_now(work, reference))
