"""Who was dealt with in a hearing: each person in each case, with offences and results.

Walks cases, defendants and offences, and the cloned offences inside applications. Every format of
the platform that tells of a hearing is walked here.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from vcs.intake.common_platform.person import Person
from vcs.intake.common_platform.results.judicial_results import Result, is_deleted, is_known
from vcs.intake.common_platform.results.reopened import taken_back_by
from vcs.intake.common_platform.results.stated import KIND_NOT_KNOWN
from vcs.intake.common_platform.results.taken_back import (
    Claim,
    is_appeal,
    may_take_back,
    taken_back,
)
from vcs.intake.results.appeal_words import TakesBack
from vcs.intake.results.result_tables import UNCLEAR, Kind
from vcs.intake.values.problems import Problems
from vcs.intake.values.shapes import Json, part, parts, text
from vcs.terms import SentenceKind

NO_OFFENCE = "A result for no one offence"

_NEVER_LOOSE = (
    SentenceKind.NON_CUSTODIAL,
    SentenceKind.SUPERVISION_ORDER,
    SentenceKind.ABSOLUTE_DISCHARGE,
    SentenceKind.RESTRICTION_ORDER,
)


def gather(hearing: Json, problems: Problems) -> list[Person]:
    """Return each person in each case of a hearing, with offences, clones and own results.

    ``problems`` takes what was ordered and cannot be given to a person.
    """
    people: dict[tuple[str, str], Person] = {}
    for case in parts(hearing, "prosecutionCases"):
        _gather_case(people, case)
    for application in parts(hearing, "courtApplications"):
        _gather_application(people, application, problems)
    _add_person_results(people, hearing, problems)
    return list(people.values())


def _gather_case(people: dict[tuple[str, str], Person], case: Json) -> None:
    """Gather the defendants of a case, and what was ordered in the case as a whole."""
    inside: list[Person] = []
    for defendant in parts(case, "defendants"):
        person = _person(people, case, text(case, "id"), defendant, text(defendant, "id"))
        _add_offences(person, defendant, cloned=False)
        for name in ("judicialResults", "defendantCaseJudicialResults"):
            _add_own(parts(defendant, name), [person])
        inside.append(person)
    _add_own(parts(case, "judicialResults"), inside)


def _add_own(results: Iterable[Json], about: Sequence[Person]) -> None:
    """Add results that name no offence by their place to the people whom they are about."""
    for raw in results:
        for person in about:
            person.own_results.append(raw)
        result = None if is_deleted(raw) else Result(raw)
        if result and may_take_back(result.stated):
            _claim(raw, about, taken_back(result))


def _claim(
    raw: Json, about: Sequence[Person], what: TakesBack | None, application: Json | None = None
) -> None:
    """Keep a result that takes something back beside the offences that it could mean."""
    if what is None or what is TakesBack.NOTHING:
        return
    applied = application is not None
    scopes = [(one, _scope(one, applied=applied)) for one in about]
    for person, keys in scopes:
        others = tuple(
            other.offences[key][0]
            for other, theirs in scopes
            if other is not person
            for key in theirs
        )
        appealed = application is not None and is_appeal(application)
        claim = Claim(raw, what, keys, others, on_application=applied, on_appeal=appealed)
        person.claims.append(claim)


def _scope(person: Person, *, applied: bool) -> tuple[str, ...]:
    """Return the offences that a result may mean: an application is about those linked to it."""
    if applied:
        return tuple(key for key in person.offences if key in person.on_application)
    return tuple(person.offences)


def _person(
    people: dict[tuple[str, str], Person], case: Json, case_id: str, defendant: Json, its_id: str
) -> Person:
    identifier = part(case, "prosecutionCaseIdentifier")
    reference = text(identifier, "caseURN") or text(identifier, "prosecutionAuthorityReference")
    key = (case_id or reference, its_id or text(defendant, "masterDefendantId"))
    return people.setdefault(key, Person(key[0], reference, defendant, key[1]))


def _add_offences(person: Person, holder: Json, *, cloned: bool, appealed: bool = False) -> None:
    for offence in parts(holder, "offences"):
        _add_offence(person, offence, cloned=cloned, appealed=appealed)


def _add_offence(person: Person, offence: Json, *, cloned: bool, appealed: bool = False) -> None:
    """Add an offence. A clone inside an application is the later word on one that a case lists.

    It replaces what the case says only where it sentences anew or takes back: an ancillary order,
    or a fine, hides no prison sentence. Of two applications neither is the later.
    """
    key = text(offence, "id") or f"unnamed-{len(person.offences)}"
    if cloned:
        person.on_application.add(key)
    if key in person.offences:
        held, was_cloned = person.offences[key]
        if cloned and not _has_results(offence):
            return
        if was_cloned or not cloned or not _replaces(offence, appealed=appealed):
            offence, cloned = _both(held, offence), was_cloned
            if not cloned:
                person.sentenced_in_case.add(key)
    person.offences[key] = (offence, cloned)


def _replaces(clone: Json, *, appealed: bool) -> bool:
    results = [Result(one) for one in parts(clone, "judicialResults") if not is_deleted(one)]
    return any(
        is_custodial(one.kind)
        or one.varies
        or (appealed and one.is_sentence)
        or (may_take_back(one.stated) and taken_back(one) not in (None, TakesBack.NOTHING))
        for one in results
    )


def _both(one: Json, other: Json) -> Json:
    """Join an offence that is listed twice: neither may hide what the other was sentenced to."""
    joined = list(parts(one, "judicialResults"))
    joined.extend(result for result in parts(other, "judicialResults") if result not in joined)
    return {**one, **other, "judicialResults": joined}


def _has_results(offence: Json) -> bool:
    return any(not is_deleted(one) for one in parts(offence, "judicialResults"))


def _gather_application(
    people: dict[tuple[str, str], Person], application: Json, problems: Problems
) -> None:
    subject, appealed = _subject(application), is_appeal(application)
    touched: list[Person] = []
    for case in parts(application, "courtApplicationCases"):
        person = _person_of_application(people, case, subject)
        _add_offences(person, case, cloned=True, appealed=appealed)
        touched.append(person)
    for linked in parts(part(application, "courtOrder"), "courtOrderOffences"):
        person = _person_of_application(people, linked, subject)
        _add_offence(person, part(linked, "offence"), cloned=True, appealed=appealed)
        touched.append(person)
    own = [Result(one) for one in parts(application, "judicialResults") if not is_deleted(one)]
    if not _apply_own_results(people, application, subject, touched, own):
        problems.add("A sentence in an application does not say whom it is about.")
    if any(one.is_sentence for one in own):
        problems.lesser.append("An application has a sentence that is for no offence.")


def _person_of_application(
    people: dict[tuple[str, str], Person], case: Json, subject: Json
) -> Person:
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
    people: dict[tuple[str, str], Person],
    application: Json,
    subject: Json,
    touched: list[Person],
    kept: list[Result],
) -> bool:
    """Spread what was ordered on the application itself over the people and offences in it.

    False where it holds a sentence and says of nobody that it is about them.

    What takes something back is kept beside the offences in it. A sentence on the application
    alone names no offence, so it becomes an offence without a code: cannot tell, never overlooked.
    """
    told = [(one, taken_back_by(one, application)) for one in kept]
    touched = list({id(one): one for one in touched}.values())
    taken = [(one, what) for one, what in told if what not in (None, TakesBack.NOTHING)]
    for one, what in taken:
        _claim(one.raw, touched, what, application)
    loose = _loose([one for one, what in told if what is None], touched)
    if not touched:
        # Nobody knows what it takes back where the application lists no offence.
        loose += [{**one.raw, KIND_NOT_KNOWN: True} for one, _ in taken]
    if not loose or not subject:
        return not loose
    if not touched:
        touched = [_person_alone(people, application, subject, takes_back=bool(taken))]
    title = text(part(application, "type"), "type") or NO_OFFENCE
    extra = {"id": text(application, "id"), "offenceTitle": title, "judicialResults": loose}
    _add_offence(touched[0], extra, cloned=True)
    return True


def _loose(own: list[Result], touched: list[Person]) -> list[Json]:
    """Return the sentences of an application itself, which name no offence.

    A known result whose words pronounce custody is one too, unless a sentence stands beside it.
    """
    loose = [one.raw for one in own if is_custodial(one.kind)]
    if any(_sentences(person) for person in touched):
        return loose
    doubted = [one for one in own if one.kind == UNCLEAR and is_known(one.stated)]
    return loose + [{**one.raw, KIND_NOT_KNOWN: True} for one in doubted]


def _sentences(person: Person) -> bool:
    """Say whether an application's offences of a person hold a sentence that matters."""
    return any(
        is_custodial(Result(raw).kind)
        for key in person.on_application
        for raw in parts(person.offences[key][0], "judicialResults")
        if not is_deleted(raw)
    )


def _person_alone(
    people: dict[tuple[str, str], Person], application: Json, subject: Json, *, takes_back: bool
) -> Person:
    """Return whom an application without offences is about.

    What takes something back belongs to the case that the application names, where it names one.
    """
    reference = text(application, "applicationReference")
    for one in parts(subject, "defendantCase") if takes_back else ():
        case_id, its_id = text(one, "caseId"), text(one, "defendantId")
        if case_id and its_id:
            reference = text(one, "caseReference") or reference
            case: Json = {"prosecutionCaseIdentifier": {"caseURN": reference}}
            return _person(people, case, case_id, subject, its_id)
    case = {"prosecutionCaseIdentifier": {"caseURN": reference}}
    its_id = text(subject, "masterDefendantId")
    return _person(people, case, text(application, "id"), subject, its_id)


def is_custodial(kind: Kind) -> bool:
    """Say whether a result that names no offence could be a sentence that matters."""
    return isinstance(kind, SentenceKind) and kind not in _NEVER_LOOSE


def _add_person_results(
    people: dict[tuple[str, str], Person], hearing: Json, problems: Problems
) -> None:
    """Add what was ordered for a person across cases, by the master defendant id.

    A sentence of somebody whom no case lists is a problem: it is told of nobody, and not nothing.
    """
    for one in parts(hearing, "defendantJudicialResults"):
        master = text(one, "masterDefendantId")
        result = part(one, "judicialResult")
        about = [p for p in people.values() if text(p.defendant, "masterDefendantId") == master]
        if result:
            _add_own([result], about)
        if result and not about and not is_deleted(result) and is_custodial(Result(result).kind):
            problems.add("A sentence in the hearing does not say whom it is about.")
