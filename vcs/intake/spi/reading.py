"""Reading one XML message of the SPI feed, from bytes to who was sentenced to what."""

from __future__ import annotations

from datetime import date, datetime

from vcs.clock import london_date
from vcs.intake.message import READ, SET_ASIDE, MessageRead, Sentenced, deaths_apart
from vcs.intake.results.learned import NONE, Meanings
from vcs.intake.spi import tree
from vcs.intake.spi.envelope import Opened, opened
from vcs.intake.spi.fields import each, text
from vcs.intake.spi.places import places_in
from vcs.intake.spi.resulted_case import day_of_hearing, read_resulted_case
from vcs.intake.spi.results import mark_learned
from vcs.intake.spi.tree import Node
from vcs.intake.values.problems import Problems
from vcs.intake.values.shapes import Unreadable

RESULT, NEW_CASE = "spi-result", "spi-new-case"


def read_xml(body: bytes, meanings: Meanings = NONE) -> MessageRead:
    """Read an XML body. Raises NotReadable for what is not XML, or declares a document type."""
    try:
        return _read(opened(tree.parse(body)), meanings)
    except Unreadable as problem:
        return MessageRead(RESULT, SET_ASIDE, str(problem))


def _read(found: Opened, meanings: Meanings) -> MessageRead:
    if not found.resulted:
        return MessageRead(
            NEW_CASE,
            READ,
            victims_named=_victims_named(found.new_cases),
            places=places_in(found.new_cases),
        )
    problems, days, sentenced = Problems(), set[date](), list[Sentenced]()
    for message in found.resulted:
        try:
            if meanings:
                mark_learned(message, meanings)
            sentenced += read_resulted_case(message, problems)
            days.add(day_of_hearing(message))
        except Unreadable as problem:
            problems.add(str(problem))
    if problems and not sentenced:
        raise Unreadable(str(problems))
    if len({one.key for one in sentenced}) != len(sentenced):
        raise Unreadable("Two messages in one envelope tell of the same sentence.")
    told = MessageRead(
        format=RESULT,
        status=READ,
        problem=str(problems) or None,
        hearing_day=min(days) if len(days) == 1 else None,
        shared_at=_usable(found.made_at, max(days)),
        sentenced=tuple(sorted(sentenced, key=lambda one: one.key)),
        victims_named=_victims_named(found.new_cases),
        places=places_in((*found.resulted, *found.new_cases)),
    )
    return deaths_apart(told)


def _usable(made_at: datetime | None, sat_on: date) -> datetime | None:
    """Return the envelope's moment, unless it lies before the hearing that it tells of."""
    if made_at is None or london_date(made_at) < sat_on:
        return None
    return made_at


def _victims_named(messages: tuple[Node, ...]) -> tuple[tuple[str, int], ...]:
    """Count the victims that the police name for each case, as a hint of referrals to come."""
    counted: dict[str, int] = {}
    for message in messages:
        for case in each(message, "Case"):
            named = sum(
                len(each(offence, "OtherPartyVictim"))
                for defendant in each(case, "Defendant")
                for offence in each(defendant, "Offence")
            )
            urn = text(case, "PTIURN").upper()
            counted[urn] = counted.get(urn, 0) + named
    return tuple(sorted((urn, many) for urn, many in counted.items() if many))
