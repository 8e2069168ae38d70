"""The Common Platform hearing: the public ``hearing-resulted`` event and the receiver's body.

Says what was imposed on each person of a hearing, by the day it was ordered.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from vcs.clock import london_date
from vcs.intake import identifiers, person_numbers
from vcs.intake.common_platform import levels
from vcs.intake.common_platform.dealt import (
    Dealt,
    days_without_sentence,
    dealt_with,
    is_of,
    lost,
    not_struck_out,
    offence_of,
    settle,
    standing,
    with_deaths,
)
from vcs.intake.common_platform.defendants import address_of, addresses_beside, who_is
from vcs.intake.common_platform.gathering import NO_OFFENCE, gather, is_custodial
from vcs.intake.common_platform.person import PLACE, Person
from vcs.intake.common_platform.results.findings import finding_of
from vcs.intake.common_platform.results.judicial_results import Result
from vcs.intake.common_platform.results.stated import KIND_NOT_KNOWN
from vcs.intake.common_platform.sifting import Part, sift
from vcs.intake.message import Sentenced
from vcs.intake.results import result_tables
from vcs.intake.results.kinds import CONVICTED
from vcs.intake.results.result_tables import PART_OF_A_SENTENCE
from vcs.intake.values.problems import Problems
from vcs.intake.values.shapes import Json, Unreadable, day, flag, moment, part, parts, text
from vcs.law.facts import OffenceFacts, SentencingFacts
from vcs.terms import SentenceKind

FORMAT = "common-platform-hearing"

_OTHER_COURTS = re.compile(
    r"court.martial|service civilian|sheriff|justiciary|northern ireland|scotland", re.IGNORECASE
)


def is_hearing(message: Json) -> bool:
    """Say whether a message tells of a hearing. Raises Unreadable where it only says so."""
    if "hearing" not in message:
        return False
    if not part(message, "hearing"):
        raise Unreadable("The message should tell of a hearing, but its hearing is empty.")
    return True


def id_of(message: Json) -> str | None:
    """Return the hearing's id in lower case, so that it is found however a sender writes it."""
    return text(part(message, "hearing"), "id").lower() or None


def read_hearing(message: Part, problems: Problems) -> tuple[Sentenced, ...]:
    """Return every person sentenced in a hearing message, by case and by day of sentence.

    What could not be read is taken out of the message and added to ``problems``. Raises
    Unreadable where nothing can be read for it.
    """
    sift(message, levels.MESSAGE, problems)
    return everyone_sentenced(message, problems)


def everyone_sentenced(message: Json, problems: Problems) -> tuple[Sentenced, ...]:
    """Return every person sentenced in a hearing message that was sifted."""
    hearing = part(message, "hearing")
    fallback = _day_of_hearing(message, hearing)
    found: list[Sentenced] = []
    people = gather(hearing, problems)
    for person in people:
        where = text(person.defendant, PLACE)
        try:
            theirs = list(_with_those_beside(person, people, hearing, fallback))
        except Unreadable as problem:
            problems.add(f"“{where}” cannot be read. {problem}" if where else str(problem))
            continue
        if not theirs and any(one.is_sentence for one in _own(person, fallback)):
            problems.lesser.append(f"“{where}” has a sentence that is for no offence.")
        found += theirs
    if not found:
        found = [one for person in people for one in _by_total_alone(person, hearing, fallback)]
    return tuple(sorted(found, key=lambda one: one.key))


def _with_those_beside(
    person: Person, people: Sequence[Person], hearing: Json, fallback: date | None
) -> Iterator[Sentenced]:
    """Yield the occasions of a person with the addresses of everybody else in the case."""
    case = [one.defendant for one in people if one.case_id == person.case_id]
    addresses = [address_of(one) for one in case if one is not person.defendant]
    addresses += [lines for one in case for lines in addresses_beside(one)]
    tied = tuple(dict.fromkeys(lines for lines in addresses if lines))
    for one in _occasions(person, hearing, fallback):
        yield replace(one, tied_addresses=tied)


def _day_of_hearing(message: Json, hearing: Json) -> date | None:
    """Return the day that stands in where a result carries no date of its own."""
    stated = day(message, "hearingDay")
    if stated:
        return stated
    sitting = sorted(
        d for d in (day(one, "sittingDay") for one in parts(hearing, "hearingDays")) if d
    )
    if sitting:
        return sitting[-1]
    shared_at = moment(message, "sharedTime")
    return london_date(shared_at) if shared_at else None


def _by_total_alone(person: Person, hearing: Json, fallback: date | None) -> Iterator[Sentenced]:
    """Yield a convicted person of whom a hearing that sentences nobody tells only a total."""
    own = [one for one in _own(person, fallback) if one.kind == PART_OF_A_SENTENCE]
    convicted = (finding_of(raw, []) in CONVICTED for raw, _ in person.offences.values())
    if own and any(convicted):
        marked: list[Json] = [{**one.raw, KIND_NOT_KNOWN: True} for one in own]
        yield from _occasions(replace(person, own_results=marked), hearing, fallback)


def _own(person: Person, fallback: date | None) -> list[Result]:
    """Return the results of a person that stand on no one offence."""
    return standing(not_struck_out(person.own_results, fallback))


def _occasions(person: Person, hearing: Json, fallback: date | None) -> Iterator[Sentenced]:
    own = _own(person, fallback)
    dealt = dealt_with(person, fallback)
    settle(dealt, own)
    dealt = with_deaths(dealt, own)
    loose = [one for one in own if is_custodial(one.kind)]
    if loose:
        dealt.append(Dealt(len(dealt) + 1, {"offenceTitle": NO_OFFENCE}, loose))
    imposed = (one for offence in dealt for one in offence.results)
    days = {one.ordered_on for one in imposed if one.is_sentence}
    days |= {day for offence in dealt for day in days_without_sentence(offence)}
    if None in days:
        raise Unreadable("A sentence has no date: neither the result nor the hearing gives one.")
    for sentenced_on in sorted(d for d in days if d):
        offences = (offence_of(one, own, sentenced_on) for one in [*dealt, *lost(person, days)])
        kept = tuple(one for one in offences if one)
        yield _sentenced(_Occasion(person, hearing, sentenced_on, own, dealt), kept)


@dataclass(frozen=True, slots=True)
class _Occasion:
    """One day on which a person was sentenced, with the results that are told with it.

    ``own`` are those that stand on no one offence.
    """

    person: Person
    hearing: Json
    sentenced_on: date
    own: list[Result]
    dealt: list[Dealt]


def _sentenced(occasion: _Occasion, offences: tuple[OffenceFacts, ...]) -> Sentenced:
    person, hearing, sentenced_on = occasion.person, occasion.hearing, occasion.sentenced_on
    own, dealt = occasion.own, occasion.dealt
    everything = own + [one for offence in dealt for one in offence.results]
    kinds, meant = {one.kind for one in everything}, [one.meaning for one in everything]
    court = part(hearing, "courtCentre")
    name, born, organisation = who_is(person.defendant)
    facts = SentencingFacts(
        sentenced_on=sentenced_on,
        court_code=identifiers.court_code(text(court, "code")) or None,
        offences=offences,
        date_of_birth=born,
        youth=flag(person.defendant, "isYouth"),
        organisation=organisation,
        died=result_tables.DIED in kinds,
        crown_court=_crown(hearing),
        total_terms=tuple(dict.fromkeys([term for one in meant for term in one.totals])),
        restricted=SentenceKind.RESTRICTION_ORDER in kinds,
        notification=any(one.meaning.notifies for one in own),
        outside_court=_is_elsewhere(text(court, "name")),
        total_life=any(one.whole_is_life for one in meant),
        on_application=any(_is_decided_again(one, sentenced_on) for one in dealt),
    )
    return Sentenced(
        key=_key(person, sentenced_on),
        offender_name=name,
        case_reference=person.case_reference,
        court_code=facts.court_code,
        court_name=text(court, "name"),
        hearing_id=text(hearing, "id").lower() or None,
        facts=facts,
        offender_address=address_of(person.defendant),
        marks=_marks(person),
        lines=_lines(person, text(hearing, "id").lower()),
    )


def _is_decided_again(dealt: Dealt, day: date) -> bool:
    """Say whether an offence of an earlier sentence is dealt with again, or only taken back."""
    return (dealt.applied and is_of(dealt, day)) or day in days_without_sentence(dealt)


@lru_cache(maxsize=1024)
def _is_elsewhere(court_name: str) -> bool:
    return bool(_OTHER_COURTS.search(court_name))


def _key(person: Person, sentenced_on: date) -> str:
    """Return what identifies an occasion across re-shares. Raises Unreadable without it."""
    if not (person.its_id and person.case_id):
        raise Unreadable(
            "Somebody was sentenced, but the message does not say who or in which case."
        )
    return f"cp:{person.case_id}:{person.its_id}:{sentenced_on.isoformat()}".lower()


def _marks(person: Person) -> tuple[str, ...]:
    """Return the ids that stay when a defendant's or a case's own id changes."""
    defendant = person.defendant
    asn = text(part(defendant, "personDefendant"), "arrestSummonsNumber") or text(
        defendant, "prosecutionAuthorityReference"
    )
    marks = (
        ("master", text(defendant, "masterDefendantId").lower()),
        ("asn", identifiers.asn(asn)),
        ("pnc", identifiers.pnc(text(defendant, "pncId"))),
        ("cro", person_numbers.cro(text(defendant, "croNumber"))),
    )
    return tuple(f"{kind}:{value}" for kind, value in marks if value)


def _lines(person: Person, hearing_id: str) -> tuple[str, ...]:
    """Return the offences of a person in this hearing, which stay when a case is made anew."""
    ids = (text(raw, "id").lower() for raw, _ in person.offences.values())
    return tuple(f"offence:{hearing_id}:{its_id}" for its_id in ids if its_id and hearing_id)


def _crown(hearing: Json) -> bool | None:
    return {"CROWN": True, "MAGISTRATES": False}.get(text(hearing, "jurisdictionType").upper())
