"""One offender in one case, as gathered from the parts of a hearing that tell of them."""

from __future__ import annotations

from dataclasses import dataclass, field

from vcs.intake.common_platform.results.taken_back import Claim
from vcs.intake.values.shapes import Json

PLACE, INCOMPLETE = "vcs:place", "vcs:incomplete"

"""The names of our own marks on a defendant: its path in the message, and whether part is lost."""


@dataclass(slots=True)
class Person:
    """One offender in one case, as gathered so far.

    ``its_id`` is the defendant's id in the case: the subject of an application carries none of its
    own. ``claims`` are what results that stand on no one offence take back. ``sentenced_in_case``
    are the offences of which an application orders something beside what their case says.
    """

    case_id: str
    case_reference: str
    defendant: Json
    its_id: str = ""
    offences: dict[str, tuple[Json, bool]] = field(default_factory=dict)
    own_results: list[Json] = field(default_factory=list)
    claims: list[Claim] = field(default_factory=list)
    on_application: set[str] = field(default_factory=set)
    sentenced_in_case: set[str] = field(default_factory=set)
