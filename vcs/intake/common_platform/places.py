"""Every address and number in a hearing, of whoever it is: also where nobody is sentenced.

A defendant who is convicted lives at home; sentenced later, perhaps in a prison. A letter to a
victim is compared with both.
"""

from __future__ import annotations

from collections.abc import Iterator

from vcs.intake.common_platform.defendants import (
    Found,
    address_of,
    addresses_beside,
    numbers_beside,
    numbers_of,
    who_is,
)
from vcs.intake.message import CasePlace
from vcs.intake.values.shapes import Json, Unreadable, part, parts, text
from vcs.terms import FoundBy


def places_in(hearing: Json) -> tuple[CasePlace, ...]:
    """Return what finds a hearing's people, each with every case that they may be in.

    What cannot be read is passed over: those who read the sentences say so.
    """
    cases = list(_listed(hearing, "prosecutionCases"))
    applied = list(_listed(hearing, "courtApplications"))
    urns = {_urn(one) for one in cases}
    urns |= {_urn(case) for one in applied for case in _listed(one, "courtApplicationCases")}
    people = [one for case in cases for one in _listed(case, "defendants")]
    people += [one for application in applied for one in _parties(application)]
    found = (
        CasePlace(urn, name, lines, found_by)
        for urn in sorted(urns - {""})
        for one in people
        for name, (found_by, lines) in _of(one)
    )
    return tuple(dict.fromkeys(found))


def _of(defendant: Json) -> Iterator[tuple[str, Found]]:
    try:
        name = who_is(defendant)[0]
        if lines := address_of(defendant):
            yield name, (FoundBy.ADDRESS, lines)
        yield from ((name, found) for found in numbers_of(defendant))
        yield from (("", (FoundBy.ADDRESS, lines)) for lines in addresses_beside(defendant))
        yield from (("", found) for found in numbers_beside(defendant))
    except Unreadable:
        return


def _parties(application: Json) -> Iterator[Json]:
    """Yield the defendants whom an application names, as whatever party."""
    held = [application.get("subject"), application.get("applicant")]
    held += list(_listed(application, "respondents"))
    for one in held:
        if isinstance(one, dict) and isinstance(one.get("masterDefendant"), dict):
            yield one["masterDefendant"]


def _listed(holder: Json, name: str) -> Iterator[Json]:
    try:
        yield from parts(holder, name)
    except Unreadable:
        return


def _urn(case: Json) -> str:
    try:
        identifier = part(case, "prosecutionCaseIdentifier")
    except Unreadable:
        return ""
    return text(identifier, "caseURN") or text(identifier, "prosecutionAuthorityReference")
