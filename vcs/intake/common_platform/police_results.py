"""``police-result-generated``: one offender in one case, flat, as the police are told of it.

It shares the results, offences and ids of the hearing, so it is put into the hearing's shape and
walked there: a sentence told by both is told of the same offender in the same case on one day.
It states no moment of sharing that orders it beside the hearing's, and no hearing of its own: the
``id`` is the session's.
"""

from __future__ import annotations

from datetime import datetime

from vcs.intake import identifiers, regions
from vcs.intake.common_platform import levels
from vcs.intake.common_platform.hearing import everyone_sentenced
from vcs.intake.common_platform.person import INCOMPLETE, PLACE
from vcs.intake.common_platform.places import places_in
from vcs.intake.common_platform.sifting import Part, sift
from vcs.intake.message import CasePlace, Sentenced
from vcs.intake.values.problems import Problems
from vcs.intake.values.shapes import Json, Unreadable, moment, part, parts, text

FORMAT = "common-platform-police-result"
_BESIDE_A_DEFENDANT = ("sessionDays", "courtCentreWithLJA", "caseId")
_JURISDICTIONS = {"crown": "CROWN", "magistrates": "MAGISTRATES"}


def is_police_result(message: Json) -> bool:
    """Say whether a message has the shape of a result for the police."""
    if "hearing" in message or "defendant" not in message:
        return False
    return any(name in message for name in _BESIDE_A_DEFENDANT)


def read_police_result(message: Part, problems: Problems) -> tuple[Sentenced, ...]:
    """Return the person sentenced, by day of sentence; empty where nobody is.

    Adds to ``problems`` what could not be read. Raises Unreadable where that is everything.
    """
    sift(message, levels.POLICE_RESULT, problems)
    defendant = part(message, "defendant")
    if not problems and not any(_every_result(defendant)):
        raise Unreadable("The message tells of one defendant, with no results.")
    return everyone_sentenced({"hearing": _as_hearing(message, defendant)}, problems)


def places_of(message: Json) -> tuple[CasePlace, ...]:
    """Return where the offender lives, and those beside them."""
    return places_in(_as_hearing(message, part(message, "defendant")))


def shared_at(message: Json) -> datetime | None:
    """Return the newest moment at which a result was shared.

    Often only a day is stated, which cannot order two messages of that day: then None.
    """
    results = _every_result(part(message, "defendant"))
    found = [moment(one, "lastSharedDateTime") for one in results]
    return max((one for one in found if one), default=None) if all(found) else None


def _every_result(defendant: Json) -> list[Json]:
    holders = (defendant, *parts(defendant, "offences"))
    return [one for holder in holders for one in parts(holder, "judicialResults")]


def _as_hearing(message: Json, defendant: Json) -> Json:
    identifier = {"caseURN": text(message, "urn")}
    case = {"id": text(message, "caseId"), "prosecutionCaseIdentifier": identifier}
    return {
        **_court(part(message, "courtCentreWithLJA")),
        "hearingDays": message.get("sessionDays"),
        "prosecutionCases": [case | {"defendants": [_as_defendant(defendant)]}],
    }


def _court(told: Json) -> Json:
    centre = part(told, "courtCentre")
    code = text(centre, "code") or text(told, "courtHearingLocation")
    known = regions.court(identifiers.court_code(code))
    return {
        "courtCentre": {"code": code, "name": text(centre, "name")},
        "jurisdictionType": _JURISDICTIONS.get(known.kind if known else ""),
    }


def _as_defendant(defendant: Json) -> Json:
    individual = part(defendant, "individualDefendant")
    return {
        PLACE: defendant.get(PLACE),
        INCOMPLETE: defendant.get(INCOMPLETE),
        "id": text(defendant, "defendantId"),
        "isYouth": defendant.get("isYouth"),
        "personDefendant": {"personDetails": individual.get("person")},
        "legalEntityDefendant": {"organisation": defendant.get("corporateDefendant")},
        "judicialResults": defendant.get("judicialResults"),
        "offences": defendant.get("offences"),
    }
