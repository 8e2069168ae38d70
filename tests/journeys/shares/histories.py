"""Made-up histories of hearings: what a court may tell, in any combination, for any order.

A history is a handful of messages about one case and three people, over two hearings and two
days: shares and re-shares, with results struck out, people left out, applications with cloned
offences, notices of deletion, the result for the police and the copy that HMPPS sends on.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn

from api.example.messages import Json, as_bytes, hearing, ident, offence, person, result
from api.example.shapes import as_copy, as_police_result
from tests.intake.platform_shapes import in_topic
from tests.journeys.world import CARDIFF, FRIDAY_20_MARCH, LEEDS, NOWHERE
from vcs.intake.common_platform import notices

URN = "13EX0000126"

DAYS = (FRIDAY_20_MARCH, FRIDAY_20_MARCH + timedelta(days=3))

HOURS = ("12:00:00", "13:00:00", "14:00:00", "15:00:00")

IMPOSED = (
    ("IMP", "3 Years"),
    ("IMP", "8 Months"),
    ("IMP", ""),
    ("SUSPS", "18 Months"),
    ("MHHO", ""),
    ("COEW", ""),
)

OFFENCES = (
    ("OF61131", "Wounding or inflicting grievous bodily harm"),
    ("TH68010", "Theft"),
    ("XX001", "An offence that no table holds"),
)

COMMITTED, BORN = date(2025, 9, 1), date(1990, 2, 14)


@st.composite
def counts(draw: DrawFn, held_on: date) -> Json:
    """Draw one offence as dealt with: its result may be struck out, or ordered another day."""
    code, title = draw(st.sampled_from(OFFENCES))
    short_code, length = draw(st.sampled_from(IMPOSED))
    ordered_on = draw(st.sampled_from((held_on, held_on, *DAYS)))
    struck_out = draw(st.sampled_from((False, False, False, True)))
    made = result(short_code, ordered_on, length, isDeleted=struck_out)
    # The offence keeps its id, whatever becomes of it.
    return offence(code, title, [made], COMMITTED) | {"id": ident("offence", code)}


@st.composite
def people(draw: DrawFn, held_on: date) -> list[Json]:
    """Draw who is in a share: some of three, each with an offence or two."""
    names = draw(st.lists(st.sampled_from(("One", "Two", "Three")), unique=True, max_size=3))
    drawn = st.lists(counts(held_on), min_size=1, max_size=2, unique_by=lambda one: str(one["id"]))
    return [person("Colin", name, BORN, draw(drawn)) for name in names]


def with_application(message: Json, clone: Json) -> Json:
    """Put an application about the first person into a hearing, with a clone of an offence."""
    told = message["hearing"]
    case = told["prosecutionCases"][0]
    defendant = case["defendants"][0]
    master = {
        "masterDefendantId": defendant["masterDefendantId"],
        "personDefendant": defendant["personDefendant"],
        "defendantCase": [{"caseId": case["id"], "defendantId": defendant["id"]}],
    }
    linked = {"prosecutionCaseId": case["id"], "offences": [clone]} | {
        "prosecutionCaseIdentifier": case["prosecutionCaseIdentifier"]
    }
    application = {
        "id": ident("application", told["id"]),
        "applicationReference": case["prosecutionCaseIdentifier"]["caseURN"],
        "type": {"type": "Appeal against sentence"},
        "subject": {"masterDefendant": master},
        "courtApplicationCases": [linked],
        "judicialResults": [],
    }
    return message | {"hearing": told | {"courtApplications": [application]}}


@st.composite
def shares(draw: DrawFn, urns: Sequence[str]) -> Json:
    """Draw one share of one day of one hearing."""
    urn = draw(st.sampled_from(urns))
    number, held_on = draw(st.sampled_from((1, 2))), draw(st.sampled_from(DAYS))
    court = draw(st.sampled_from((LEEDS, LEEDS, CARDIFF, NOWHERE)))
    drawn = draw(people(held_on))
    message = hearing(urn, court, held_on, drawn, draw(st.sampled_from(HOURS)))
    message["hearing"]["id"] = ident("hearing", urn, number)
    if drawn and draw(st.sampled_from((False, False, True))):
        return with_application(message, draw(counts(held_on)))
    return message


@st.composite
def messages(draw: DrawFn, urns: Sequence[str]) -> bytes:
    """Draw one message in one of the shapes, with a moment of sharing or without."""
    form = draw(st.sampled_from(("share",) * 6 + ("timeless", "deleted", "police", "copy")))
    message = draw(shares(urns))
    if form == "deleted":
        return notices.of_deletion(message["hearing"]["id"])
    if form == "timeless":
        return as_bytes({name: message[name] for name in ("hearing", "hearingDay")})
    if form == "police" and message["hearing"]["prosecutionCases"][0]["defendants"]:
        return as_bytes(as_police_result(message))
    if form == "copy":
        return as_bytes(in_topic(as_copy(message)))
    return as_bytes(message)


def histories(most: int, urns: Sequence[str] = (URN,)) -> st.SearchStrategy[list[bytes]]:
    """Return histories of two messages or more, each once, about these cases."""
    return st.lists(messages(urns), min_size=2, max_size=most, unique=True)


def batches(draw: Any, bodies: list[bytes]) -> list[list[bytes]]:
    """Draw an order of arrival, and how much of it comes at once."""
    ordered = draw(st.permutations(bodies))
    cuts = draw(st.sets(st.integers(1, max(1, len(ordered) - 1))))
    edges = [0, *sorted(cuts), len(ordered)]
    found = [list(ordered[a:b]) for a, b in pairwise(edges)]
    return [one for one in found if one]
