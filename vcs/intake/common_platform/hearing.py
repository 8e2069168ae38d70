"""The Common Platform hearing: the public ``hearing-resulted`` event and the receiver's body.

Walks cases, defendants and offences, and the cloned offences inside applications, and gathers
what was imposed on each person by the day it was ordered.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date

from vcs.intake import result_tables
from vcs.intake.common_platform import judicial_results as results
from vcs.intake.common_platform.findings import change_of, finding_of
from vcs.intake.common_platform.judicial_results import kind_of
from vcs.intake.message import Sentenced
from vcs.intake.result_tables import Kind
from vcs.intake.shapes import Json, Unreadable, day, day_or_none, flag, moment, part, parts, text
from vcs.law.facts import OffenceFacts, SentencingFacts
from vcs.terms import SentenceKind, Term

FORMAT = "common-platform-hearing"
_NEVER_LOOSE = (
    SentenceKind.NON_CUSTODIAL,
    SentenceKind.SUPERVISION_ORDER,
    SentenceKind.ABSOLUTE_DISCHARGE,
    SentenceKind.RESTRICTION_ORDER,
)
_OTHER_COURTS = re.compile(
    r"court.martial|service civilian|sheriff|justiciary|northern ireland|scotland", re.IGNORECASE
)
_NO_OFFENCE = "A result for no one offence"


@dataclass(slots=True)
class _Person:
    """One offender in one case, as gathered so far."""

    case_id: str
    case_reference: str
    defendant: Json
    offences: dict[str, tuple[Json, bool]] = field(default_factory=dict)
    own_results: list[Json] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Result:
    kind: Kind
    raw: Json
    ordered_on: date | None

    @property
    def varies(self) -> bool:
        """Say whether this result changes a sentence, also where a person must read to what."""
        doubtful = self.kind is SentenceKind.UNKNOWN
        kind = kind_of(self.raw) if doubtful else self.kind
        return kind == result_tables.SENTENCE_VARIED


@dataclass(frozen=True, slots=True)
class _Dealt:
    """One offence with the results that stand, and its place in the list."""

    listed: int
    raw: Json
    results: list[_Result]


def read_hearing(message: Json) -> tuple[Sentenced, ...]:
    """Return every person sentenced in a hearing message, by case and by day of sentence.

    Raises Unreadable where the shape could hide a sentence.
    """
    hearing = part(message, "hearing")
    fallback = _day_of_hearing(message, hearing)
    people = _gather(hearing)
    found = (one for person in people for one in _occasions(person, hearing, fallback))
    return tuple(sorted(found, key=lambda one: one.key))


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
    return shared_at.date() if shared_at else None


def _gather(hearing: Json) -> list[_Person]:
    people: dict[tuple[str, str], _Person] = {}
    for case in parts(hearing, "prosecutionCases"):
        for defendant in parts(case, "defendants"):
            person = _person(people, case, text(case, "id"), defendant, text(defendant, "id"))
            for name in ("judicialResults", "defendantCaseJudicialResults"):
                person.own_results.extend(parts(defendant, name))
            _add_offences(person, defendant, cloned=False)
    for application in parts(hearing, "courtApplications"):
        _gather_application(people, application)
    _add_person_results(people, hearing)
    return list(people.values())


def _person(
    people: dict[tuple[str, str], _Person], case: Json, case_id: str, defendant: Json, its_id: str
) -> _Person:
    identifier = part(case, "prosecutionCaseIdentifier")
    reference = text(identifier, "caseURN") or text(identifier, "prosecutionAuthorityReference")
    key = (case_id or reference, its_id or text(defendant, "masterDefendantId"))
    return people.setdefault(key, _Person(key[0], reference, defendant))


def _add_offences(person: _Person, holder: Json, *, cloned: bool) -> None:
    """Add offences; a clone inside an application is the later word on the same offence."""
    for offence in parts(holder, "offences"):
        _add_offence(person, offence, cloned=cloned)


def _add_offence(person: _Person, offence: Json, *, cloned: bool) -> None:
    key = text(offence, "id") or f"unnamed-{len(person.offences)}"
    if cloned and key in person.offences and not _has_results(offence):
        return
    person.offences[key] = (offence, cloned)


def _has_results(offence: Json) -> bool:
    return any(not results.is_deleted(one) for one in parts(offence, "judicialResults"))


def _gather_application(people: dict[tuple[str, str], _Person], application: Json) -> None:
    subject = _subject(application)
    touched: list[_Person] = []
    for case in parts(application, "courtApplicationCases"):
        person = _person_of_application(people, case, subject)
        _add_offences(person, case, cloned=True)
        touched.append(person)
    for linked in parts(part(application, "courtOrder"), "courtOrderOffences"):
        person = _person_of_application(people, linked, subject)
        _add_offence(person, part(linked, "offence"), cloned=True)
        touched.append(person)
    own = list(parts(application, "judicialResults"))
    _apply_own_results(people, application, subject, touched, own)


def _person_of_application(
    people: dict[tuple[str, str], _Person], case: Json, subject: Json
) -> _Person:
    case_id = text(case, "prosecutionCaseId") or text(case, "id")
    known = [p for p in people.values() if p.case_id == case_id]
    for one in parts(subject, "defendantCase"):
        if text(one, "caseId") == case_id:
            return _person(people, case, case_id, subject, text(one, "defendantId"))
    master = text(subject, "masterDefendantId")
    same = [p for p in known if master and text(p.defendant, "masterDefendantId") == master]
    return same[0] if same else _person(people, case, case_id, subject, master)


def _subject(application: Json) -> Json:
    """Return the person the application is about: the subject, else the applicant or respondent."""
    parties = [part(application, "subject"), part(application, "applicant")]
    parties.extend(parts(application, "respondents"))
    return next((d for p in parties if (d := part(p, "masterDefendant"))), {})


def _apply_own_results(
    people: dict[tuple[str, str], _Person],
    application: Json,
    subject: Json,
    touched: list[_Person],
    own: list[Json],
) -> None:
    """Spread what was ordered on the application itself over the people and offences in it.

    A quashed conviction reaches the cloned offences. A sentence on the application alone names
    no offence, so it stands as an offence without a code: cannot tell, never overlooked.
    """
    kept = [one for one in own if not results.is_deleted(one)]
    if any(kind_of(one) == result_tables.QUASHED for one in kept):
        for person in touched:
            person.own_results.extend(one for one in kept if kind_of(one) == result_tables.QUASHED)
    loose = [one for one in kept if _is_custodial(kind_of(one)) or _is_variation(one, touched)]
    if not loose or not subject:
        return
    reference = text(application, "applicationReference")
    case: Json = {"prosecutionCaseIdentifier": {"caseURN": reference}}
    if not touched:
        its_id = text(subject, "masterDefendantId")
        touched = [_person(people, case, text(application, "id"), subject, its_id)]
    title = text(part(application, "type"), "type") or _NO_OFFENCE
    extra = {"id": text(application, "id"), "offenceTitle": title, "judicialResults": loose}
    _add_offence(touched[0], extra, cloned=True)


def _is_variation(result: Json, touched: list[_Person]) -> bool:
    """Say whether a sentence was varied on the application, and no offence says to what."""
    if kind_of(result) != result_tables.SENTENCE_VARIED:
        return False
    return not any(
        _has_results(raw) for one in touched for raw, cloned in one.offences.values() if cloned
    )


def _is_custodial(kind: Kind) -> bool:
    """Say whether a result that names no offence could be a sentence that matters."""
    return isinstance(kind, SentenceKind) and kind not in _NEVER_LOOSE


def _add_person_results(people: dict[tuple[str, str], _Person], hearing: Json) -> None:
    """Add what was ordered for a person across cases, by the master defendant id."""
    for one in parts(hearing, "defendantJudicialResults"):
        master = text(one, "masterDefendantId")
        result = part(one, "judicialResult")
        for person in people.values():
            if result and text(person.defendant, "masterDefendantId") == master:
                person.own_results.append(result)


def _occasions(person: _Person, hearing: Json, fallback: date | None) -> Iterator[Sentenced]:
    own = _standing(person.own_results, fallback)
    dealt = [
        _Dealt(listed, raw, _standing(parts(raw, "judicialResults"), fallback))
        for listed, (raw, _) in enumerate(person.offences.values(), start=1)
    ]
    loose = [one for one in own if _is_custodial(one.kind)]
    if loose:
        dealt.append(_Dealt(len(dealt) + 1, {"offenceTitle": _NO_OFFENCE}, loose))
    imposed = (one for offence in dealt for one in offence.results)
    days = {one.ordered_on for one in imposed if isinstance(one.kind, SentenceKind)}
    if None in days:
        raise Unreadable("A sentence has no date: neither the result nor the hearing gives one.")
    for sentenced_on in sorted(d for d in days if d):
        offences = (_offence(one, own, sentenced_on) for one in dealt)
        kept = tuple(one for one in offences if one)
        yield _sentenced(person, hearing, sentenced_on, kept, own, dealt)


def _standing(found: Iterable[Json], fallback: date | None) -> list[_Result]:
    """Return the results that are not struck out, each with its kind and its day."""
    kept = (raw for raw in found if not results.is_deleted(raw))
    found_kinds = [_Result(kind_of(raw), raw, day(raw, "orderedDate") or fallback) for raw in kept]
    if any(isinstance(one.kind, SentenceKind) for one in found_kinds):
        return found_kinds
    return [_varied(one) for one in found_kinds]


def _varied(result: _Result) -> _Result:
    """A sentence varied, with no new sentence beside it, is a sentence that a person must read."""
    if result.kind != result_tables.SENTENCE_VARIED:
        return result
    return replace(result, kind=SentenceKind.UNKNOWN)


def _offence(dealt: _Dealt, own: list[_Result], sentenced_on: date) -> OffenceFacts | None:
    """Return one offence's facts for the day, or None where nothing was imposed for it that day."""
    raw, found = dealt.raw, dealt.results
    imposed = [
        results.sentence_of(one.raw, one.kind)
        for one in found
        if isinstance(one.kind, SentenceKind) and one.ordered_on == sentenced_on
    ]
    if not imposed:
        return None
    kinds = [one.kind for one in (*found, *own)]
    lesser = part(part(raw, "verdict"), "lesserOrAlternativeOffence")
    code = text(lesser, "offenceCode") or text(raw, "offenceCode")
    committed_from = day_or_none(raw, "startDate")
    return OffenceFacts(
        sequence=_number(raw, "orderIndex")
        or _number(raw, "offenceSequenceNumber")
        or dealt.listed,
        offence_code=code.upper() or None,
        title=text(lesser, "offenceTitle") or text(raw, "offenceTitle"),
        finding=finding_of(raw, kinds, [one.raw for one in found]),
        convicted_on=_convicted_on(raw),
        committed_from=committed_from,
        committed_until=day_or_none(raw, "endDate") or committed_from,
        notification=any(results.is_notification(one.kind) for one in found),
        domestic_abuse=any("LG" in results.qualifiers(one.raw) for one in found),
        sentences=tuple(imposed),
        change=change_of([one.raw for one in (*found, *own) if one.varies]),
    )


def _number(raw: Json, name: str) -> int:
    found = raw.get(name)
    return found if isinstance(found, int) and not isinstance(found, bool) and found > 0 else 0


def _convicted_on(raw: Json) -> date | None:
    return day_or_none(raw, "convictionDate") or day_or_none(part(raw, "verdict"), "verdictDate")


def _sentenced(
    person: _Person,
    hearing: Json,
    sentenced_on: date,
    offences: tuple[OffenceFacts, ...],
    own: list[_Result],
    dealt: list[_Dealt],
) -> Sentenced:
    everything = own + [one for offence in dealt for one in offence.results]
    court = part(hearing, "courtCentre")
    name, born, organisation = _who(person.defendant)
    defendant_id = text(person.defendant, "id") or text(person.defendant, "masterDefendantId")
    facts = SentencingFacts(
        sentenced_on=sentenced_on,
        court_code=text(court, "code").upper() or None,
        offences=offences,
        date_of_birth=born,
        youth=flag(person.defendant, "isYouth"),
        organisation=organisation,
        died=any(one.kind == result_tables.DIED for one in everything),
        crown_court=_crown(hearing),
        total_terms=_totals(everything),
        restricted=any(one.kind is SentenceKind.RESTRICTION_ORDER for one in everything),
        notification=any(results.is_notification(one.kind) for one in own),
        outside_court=bool(_OTHER_COURTS.search(text(court, "name"))),
    )
    return Sentenced(
        key=f"cp:{person.case_id}:{defendant_id}:{sentenced_on.isoformat()}",
        offender_name=name,
        case_reference=person.case_reference,
        court_code=facts.court_code,
        court_name=text(court, "name"),
        hearing_id=text(hearing, "id") or None,
        facts=facts,
        offender_address=_address(person.defendant),
    )


_ADDRESS_LINES = ("address1", "address2", "address3", "address4", "address5", "postcode")


def _address(defendant: Json) -> tuple[str, ...]:
    """Return the offender's address; an unreadable one is no reason to lose a sentence."""
    details = part(part(defendant, "personDefendant"), "personDetails")
    held = details.get("address")
    if not isinstance(held, dict):
        return ()
    return tuple(line for name in _ADDRESS_LINES if (line := text(held, name)))


def _totals(everything: list[_Result]) -> tuple[Term, ...]:
    found = [term for one in everything for term in results.totals_of(one.raw)]
    return tuple(dict.fromkeys(found))


def _crown(hearing: Json) -> bool | None:
    return {"CROWN": True, "MAGISTRATES": False}.get(text(hearing, "jurisdictionType").upper())


def _who(defendant: Json) -> tuple[str, date | None, bool]:
    """Return the offender's name, date of birth and whether it is an organisation."""
    details = part(part(defendant, "personDefendant"), "personDetails")
    if details:
        names = (text(details, name) for name in ("firstName", "middleName", "lastName"))
        return " ".join(n for n in names if n), day_or_none(details, "dateOfBirth"), False
    organisation = part(part(defendant, "legalEntityDefendant"), "organisation")
    return text(organisation, "name"), None, bool(organisation)
