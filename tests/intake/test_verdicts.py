"""What the Common Platform's verdict says was found."""

from __future__ import annotations

import pytest

from api.example.messages import result
from tests.intake.platform_shapes import DAY, assault, outcomes, prison, story, told
from vcs.terms import Finding, Outcome


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ({"category": "Not guilty by reason of insanity"}, Finding.INSANITY),
        ({"categoryType": "NOT_GUILTY_BY_REASON_OF_INSANITY"}, Finding.INSANITY),
        ({"description": "Unfit to plead and did the act"}, Finding.UNFIT_DID_THE_ACT),
        (
            {"description": "Found to have done the act, under disability"},
            Finding.UNFIT_DID_THE_ACT,
        ),
        ({"description": "Unfit to plead, did not do the act"}, Finding.NOT_CONVICTED),
        ({"description": "Unfit, found not to have done the act"}, Finding.NOT_CONVICTED),
        ({"category": "Not guilty"}, Finding.NOT_CONVICTED),
        ({"category": "Guilty"}, Finding.CONVICTED),
    ],
    ids=str,
)
def test_what_was_found_is_read_from_the_verdict(said: dict[str, str], found: Finding) -> None:
    order = result("MHHO", DAY)
    verdict = {"verdictDate": "2026-03-02", "verdictType": said}
    never_pleaded = {"plea": None, "convictionDate": None, "verdict": verdict}

    (one,) = told(story(assault(order, **never_pleaded))).sentenced

    assert one.facts.offences[0].finding is found


def test_a_hospital_order_for_what_somebody_did_not_do_goes_to_a_person() -> None:
    verdict = {"verdictType": {"description": "Unfit to plead, did not do the act"}}
    never_pleaded = {"plea": None, "convictionDate": None, "verdict": verdict}

    assert outcomes(story(assault(result("MHHO", DAY), **never_pleaded))) == [Outcome.CANNOT_TELL]


def test_a_sentence_beside_an_acquittal_goes_to_a_person_whatever_was_pleaded() -> None:
    acquitted = {"verdictType": {"category": "Not guilty", "categoryType": "NOT_GUILTY"}}
    another = {"verdictType": {"description": "Not guilty but guilty of a lesser offence"}}

    assert outcomes(story(assault(prison(), verdict=acquitted))) == [Outcome.CANNOT_TELL]
    assert outcomes(story(assault(prison(), finding="N"))) == [Outcome.CANNOT_TELL]
    assert outcomes(story(assault(prison(), verdict=another))) == [Outcome.STATUTORY]
