"""The SPI ``ResultedCaseMessage``: a session of one court, with one defendant in each case."""

from __future__ import annotations

import hashlib
import re
from dataclasses import replace
from datetime import date

from vcs.intake import identifiers, regions
from vcs.intake.durations import for_life
from vcs.intake.message import Sentenced
from vcs.intake.results import result_tables
from vcs.intake.spi.drifting import note_around_cases, note_in_case
from vcs.intake.spi.fields import day, day_or_none, each, only, required, text
from vcs.intake.spi.offences import Dealt, offences_of
from vcs.intake.spi.places import PERSON_NAMES, address_lines
from vcs.intake.spi.results import total_of
from vcs.intake.spi.tree import Node
from vcs.intake.values.problems import PART_LOST, Problems
from vcs.intake.values.shapes import Unreadable
from vcs.law.facts import OffenceFacts, SentenceFacts, SentencingFacts
from vcs.terms import SentenceKind

_COURT = re.compile(r"[A-Z0-9]{5,10}")

_LONGEST_REFERENCE = 40

# An arrest summons number: year, force and unit, system, running number, check letter. Force 00
# marks the numbers that courts give for cases without one, the same for many people.
_ONES_OWN = re.compile(r"\d{2}(?!00)[0-9A-Z]{6}\d{11}[A-Z]")


def day_of_hearing(message: Node) -> date:
    """Return the day of the session. Raises Unreadable where none is stated."""
    hearing = required(required(required(message, "Session"), "CourtHearing"), "Hearing")
    required(hearing, "DateOfHearing")
    found = day(hearing, "DateOfHearing")
    if found is None:
        raise Unreadable("The message does not say on which day the court sat.")
    return found


def read_resulted_case(message: Node, problems: Problems) -> tuple[Sentenced, ...]:
    """Return everybody sentenced in the message, by case and defendant.

    A case that breaks the meaning of the schema in a way that could hide a sentence is added to
    ``problems``, and holds up no other. Raises Unreadable where there is no case at all.
    """
    note_around_cases(message, problems)
    sat_on = day_of_hearing(message)
    session = only(message, "Session")
    cases = each(session, "Case")
    if not cases:
        raise Unreadable("The message has no case.")
    hearing = only(only(session, "CourtHearing"), "Hearing")
    stated = identifiers.court_code(text(hearing, "CourtHearingLocation"))
    court_code = stated if _COURT.fullmatch(stated) else None
    people: dict[str, Sentenced] = {}
    for number, case in enumerate(cases, start=1):
        at = f"Case[{number}]"
        try:
            found = _person(case, court_code, sat_on, at, problems)
            held = people.pop(found.key, None)
            people[found.key] = _together(held, found) if held else found
        except Unreadable as problem:
            where = f"“{at}” cannot be read. " if len(cases) > 1 else ""
            problems.add(f"{where}{problem}")
    kept = (one for one in people.values() if one.facts.offences)
    return tuple(sorted(kept, key=lambda one: one.key))


def _person(
    case: Node, court_code: str | None, sat_on: date, at: str, problems: Problems
) -> Sentenced:
    """Read one case; its offences are those for which something was imposed."""
    before = len(problems)
    note_in_case(case, at, problems)
    required(case, "PTIURN")
    urn = text(case, "PTIURN").upper()
    if len(urn) > _LONGEST_REFERENCE:
        raise Unreadable("The reference of a case is too long.")
    defendant = required(case, "Defendant")
    name, born, organisation = _who(defendant)
    facts = _facts(offences_of(defendant, at, problems), court_code, sat_on)
    if len(problems) > before and facts.offences:
        facts = replace(facts, offences=(*facts.offences, _lost(facts.offences)))
    court = regions.court(court_code)
    who = _reference(defendant) or _digest(urn, name, born)
    return Sentenced(
        key=f"spi:{identifiers.case_reference(urn)}:{who}:{sat_on.isoformat()}",
        offender_name=name,
        case_reference=urn,
        court_code=court_code,
        court_name=court.name if court else "",
        hearing_id=None,
        facts=replace(facts, date_of_birth=born, organisation=organisation),
        offender_address=_address(defendant),
        marks=_marks(defendant),
    )


def _facts(dealt: tuple[Dealt, ...], court_code: str | None, sat_on: date) -> SentencingFacts:
    results = [one for offence in dealt for one in offence.results]
    court = regions.court(court_code)
    under_18 = any("AJ" in one.qualifiers and isinstance(one.kind, SentenceKind) for one in results)
    return SentencingFacts(
        sentenced_on=sat_on,
        court_code=court_code,
        offences=tuple(one.facts for one in dealt if one.facts.sentences or one.is_gone),
        youth=True if under_18 else None,
        died=any(one.kind == result_tables.DIED for one in results),
        crown_court={"crown": True, "magistrates": False}.get(court.kind) if court else None,
        total_terms=tuple(dict.fromkeys(t for one in results if (t := total_of(one)))),
        restricted=any(one.kind is SentenceKind.RESTRICTION_ORDER for one in results),
        total_life=any(for_life.is_pronounced_whole(one.words) for one in results),
        on_application=any(one.facts.taken_back for one in dealt),
    )


def _lost(read: tuple[OffenceFacts, ...]) -> OffenceFacts:
    """Return an offence for what could not be read of a person: it may be the one that counts."""
    unknown = SentenceFacts(SentenceKind.UNKNOWN, PART_LOST)
    sequence = max(one.sequence for one in read) + 1
    return OffenceFacts(sequence, None, title=PART_LOST, sentences=(unknown,))


def _who(defendant: Node) -> tuple[str, date | None, bool]:
    """Return the defendant's name, date of birth and whether it is an organisation."""
    person = only(defendant, "CourtIndividualDefendant")
    company = only(defendant, "CourtCorporateDefendant")
    if bool(person.children) == bool(company.children):
        raise Unreadable("The message does not say whether the defendant is a person.")
    if company.children:
        return text(only(company, "OrganisationName"), "OrganisationName"), None, True
    details = only(only(person, "PersonDefendant"), "BasePersonDetails")
    names = (text(only(details, "PersonName"), name) for name in PERSON_NAMES)
    return " ".join(name for name in names if name), day_or_none(details, "Birthdate"), False


def _reference(defendant: Node) -> str:
    """Return the reference that is this person's own; a stand-in for many people is none."""
    stated = identifiers.asn(text(defendant, "ProsecutorReference"))
    return stated if _ONES_OWN.fullmatch(stated) else ""


def _marks(defendant: Node) -> tuple[str, ...]:
    """Return the ids that stay with a person."""
    pnc = identifiers.pnc(text(only(defendant, "CourtIndividualDefendant"), "PNCidentifier"))
    marks = (("asn", _reference(defendant)), ("pnc", pnc))
    return tuple(f"{kind}:{value}" for kind, value in marks if value)


def _digest(urn: str, name: str, born: date | None) -> str:
    """Return what stands for a person without a reference, within their case."""
    told = f"{urn}|{name.casefold()}|{born.isoformat() if born else ''}"
    return hashlib.sha256(told.encode("utf-8")).hexdigest()[:20]


def _together(held: Sentenced, more: Sentenced) -> Sentenced:
    """Join two parts of one case about the same person; two people cannot share a reference."""
    same = held.offender_name.casefold() == more.offender_name.casefold()
    if not same or held.facts.date_of_birth != more.facts.date_of_birth:
        raise Unreadable("Two people in one case have the same reference.")
    facts = replace(
        held.facts,
        offences=(*held.facts.offences, *more.facts.offences),
        youth=held.facts.youth or more.facts.youth,
        died=held.facts.died or more.facts.died,
        total_terms=tuple(dict.fromkeys((*held.facts.total_terms, *more.facts.total_terms))),
        restricted=held.facts.restricted or more.facts.restricted,
        total_life=held.facts.total_life or more.facts.total_life,
        on_application=held.facts.on_application or more.facts.on_application,
    )
    return replace(
        held, facts=facts, offender_address=held.offender_address or more.offender_address
    )


def _address(defendant: Node) -> tuple[str, ...]:
    """Return the lines of the defendant's address, in their order, a stated postcode last."""
    person = only(defendant, "CourtIndividualDefendant")
    address = only(
        person if person.children else only(defendant, "CourtCorporateDefendant"), "Address"
    )
    return address_lines(address)
