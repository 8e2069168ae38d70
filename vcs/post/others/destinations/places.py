"""Which office a letter to others goes to. **The** table: one row for each kind of office."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from vcs.intake.regions import POLICE_AREAS, REGIONS
from vcs.post.others.records import OfficeKind
from vcs.post.rows.policy import Addressee


class Serves(StrEnum):
    """What decides which office of a kind is the right one."""

    POLICE_AREA = "police area"
    REGION = "region"
    ANYWHERE = "anywhere"


@dataclass(frozen=True, slots=True)
class OfficePolicy:
    """One row. ``words`` is what people call it, with no article."""

    words: str
    to: tuple[Addressee, ...]
    serves: Serves


OFFICES: Final[Mapping[OfficeKind, OfficePolicy]] = {
    OfficeKind.WITNESS_CARE_UNIT: OfficePolicy(
        "witness care unit",
        (Addressee.WITNESS_CARE, Addressee.REFERRER),
        Serves.POLICE_AREA,
    ),
    OfficeKind.YOUTH_OFFENDING_TEAM: OfficePolicy(
        "youth offending team", (Addressee.YOUTH_OFFENDING_TEAM,), Serves.POLICE_AREA
    ),
    OfficeKind.HOSPITAL_MANAGERS: OfficePolicy(
        "hospital managers", (Addressee.HOSPITAL_MANAGERS,), Serves.ANYWHERE
    ),
    OfficeKind.PROBATION_OFFICE: OfficePolicy(
        "probation office", (Addressee.OFFENDER_MANAGER,), Serves.REGION
    ),
}


def kind_for(to: Addressee) -> OfficeKind:
    """Return the kind of office that letters to somebody go to."""
    return next(kind for kind, policy in OFFICES.items() if to in policy.to)


def place_for(kind: OfficeKind, police_area: str | None, region_code: str | None) -> str:
    """Return the code of the place whose office is asked for; "" for one that serves any."""
    serves = OFFICES[kind].serves
    if serves is Serves.POLICE_AREA:
        return police_area or ""
    return (region_code or "") if serves is Serves.REGION else ""


def places_of(kind: OfficeKind) -> Mapping[str, str]:
    """Return the places that offices of a kind may serve, by code; empty where any."""
    serves = OFFICES[kind].serves
    if serves is Serves.POLICE_AREA:
        return POLICE_AREAS
    return {one.code: one.name for one in REGIONS} if serves is Serves.REGION else {}


def in_words(kind: OfficeKind, place: str) -> str:
    """Return what an office of a place is called, such as *witness care unit of Kent*."""
    words, named = OFFICES[kind].words, places_of(kind).get(place, "")
    return f"{words} of {named}" if named else words
