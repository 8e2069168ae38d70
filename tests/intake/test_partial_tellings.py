"""What only some shapes tell: the result for the police, flat; HMPPS's copy, without codes."""

from __future__ import annotations

from typing import Any

import pytest

from api.example.messages import as_bytes, result
from api.example.shapes import as_copy, as_police_result
from tests.intake.platform_shapes import (
    DAY,
    SHAPES,
    Json,
    assault,
    defendant_of,
    outcomes,
    prison,
    story,
    theft,
    told,
)
from vcs.intake.reading import read
from vcs.law.eligibility import decide
from vcs.terms import Finding, Outcome, SentenceKind

STATUTORY, CANNOT_TELL = [Outcome.STATUTORY], [Outcome.CANNOT_TELL]

NOBODY = list[Outcome]()


# --- the result for the police


def police(*offences: Json, **more: Any) -> Json:
    """Return a result for the police."""
    return as_police_result(story(*offences, **more))


def test_a_police_result_names_no_hearing_so_it_is_no_word_on_its_other_offenders() -> None:
    found = told(police(assault(prison())))

    assert (found.hearing_id, found.hearing_day, found.shared_at) == (None, None, None)


def test_a_police_result_is_ordered_only_by_moments_and_not_by_days() -> None:
    at_a_moment = "2026-03-20T16:30:00Z"
    by_moment = told(police(assault(prison(lastSharedDateTime=at_a_moment))))
    by_day = told(police(assault(prison(lastSharedDateTime="2026-03-20"))))

    assert str(by_moment.shared_at) == "2026-03-20 16:30:00+00:00"
    assert by_day.shared_at is None

    mixed = told(
        police(
            assault(prison(lastSharedDateTime=at_a_moment)),
            theft(result("FO", DAY, lastSharedDateTime="2026-03-20")),
        )
    )
    assert mixed.shared_at is None


@pytest.mark.parametrize(
    ("finding", "read_as"),
    [
        ("G", Finding.CONVICTED),
        (" g ", Finding.CONVICTED),
        ("N", Finding.NOT_CONVICTED),
        ("O", Finding.NOT_CONVICTED),
        ("C", Finding.NOT_CONVICTED),
        ("A", Finding.NOT_STATED),
        ("finding", Finding.NOT_STATED),
    ],
)
def test_the_polices_letter_for_the_finding_is_read(finding: str, read_as: Finding) -> None:
    made = assault(prison(isConvictedResult=False), finding=finding, plea=None, convictionDate=None)

    (one,) = told(police(made)).sentenced
    assert one.facts.offences[0].finding is read_as


def test_an_alternative_offence_is_the_one_that_the_plea_names() -> None:
    instead = {"lesserOrAlternativeOffence": {"offenceCode": "OF61131", "offenceTitle": "Wounding"}}
    named = theft(prison(), finding="A", plea={"pleaValue": "GUILTY"} | instead)
    unnamed = theft(prison(), finding="A")

    assert outcomes(police(named)) == STATUTORY
    assert told(police(unnamed)).sentenced[0].facts.offences[0].finding is Finding.NOT_STATED


def test_a_police_result_without_a_court_code_is_placed_by_its_location() -> None:
    made = police(assault(prison()))
    del made["courtCentreWithLJA"]["courtCentre"]["code"]

    (one,) = told(made).sentenced
    assert one.court_code == "C01CE01"
    assert one.facts.crown_court


def test_a_police_result_of_no_offences_and_no_results_is_set_aside() -> None:
    made = police()

    found = read(as_bytes(made))
    assert (found.status, found.format) == ("set_aside", "common-platform-police-result")


# --- HMPPS's copy


def copied(*results: Json) -> Json:
    """Return HMPPS's copy of a hearing with one assault."""
    return as_copy(story(assault(*results)))


@pytest.mark.parametrize("name", SHAPES)
def test_only_what_is_read_from_the_copy_is_of_lower_confidence(name: str) -> None:
    (one,) = told(SHAPES[name](story(assault(prison())))).sentenced

    assert one.facts.lower_confidence is (name == "hmpps-hearing")


@pytest.mark.parametrize(
    ("short_code", "kind"),
    [
        ("IMP", SentenceKind.IMPRISONMENT),
        ("YOI", SentenceKind.YOI_DETENTION),
        ("EXTIVS", SentenceKind.EXTENDED),
        ("SSI", SentenceKind.SUSPENDED_ACTIVATED),
        ("SUSPS", SentenceKind.SUSPENDED),
        ("MHHO", SentenceKind.HOSPITAL_ORDER),
        ("COEW", SentenceKind.NON_CUSTODIAL),
    ],
)
def test_the_definition_says_what_was_ordered(short_code: str, kind: SentenceKind) -> None:
    length = "" if short_code == "COEW" else "2 Years"
    (one,) = told(copied(result(short_code, DAY, length))).sentenced

    assert one.facts.offences[0].sentences[0].kind is kind


@pytest.mark.parametrize("label", ["Imprisonment", "Fine", "A new order", "Remanded in custody"])
@pytest.mark.parametrize("length", ["6 Months", "2 Years"])
def test_a_definition_that_no_table_holds_is_unknown_and_never_no(label: str, length: str) -> None:
    made = copied(prison(length, judicialResultTypeId="0b5f0ad2-0000-4000-8000-000000000000"))
    defendant_of(made)["offences"][0]["judicialResults"][0]["label"] = label

    (one,) = told(made).sentenced
    assert one.facts.offences[0].sentences[0].kind is SentenceKind.UNKNOWN
    assert decide(one.facts).outcome is Outcome.CANNOT_TELL


@pytest.mark.parametrize("missing", ["judicialResultTypeId", "label", "resultText"])
def test_what_is_missing_from_a_copied_result_makes_no_sure_no(missing: str) -> None:
    made = prison("2 Years")
    del made[missing]

    assert outcomes(copied(made)) in (STATUTORY, CANNOT_TELL)


def test_a_definition_that_its_label_or_text_contradicts_goes_to_a_person() -> None:
    by_label = result("FO", DAY, label="Imprisonment")
    by_text = result("FO", DAY, resultText="IMP - Imprisonment\nCommitted to prison for 2 Years.")

    in_words = prison(label="Imprisonment, suspended for two years", resultText="")

    assert outcomes(copied(in_words)) == CANNOT_TELL
    assert outcomes(copied(by_label)) == CANNOT_TELL
    assert outcomes(copied(by_text)) == CANNOT_TELL


def test_an_adjournment_of_an_unknown_definition_that_convicts_nobody_is_no_sentence() -> None:
    adjourned = result("FO", DAY, isConvictedResult=False, label="Adjournment")
    adjourned |= {"judicialResultTypeId": "new", "resultText": "A - Adjournment"}

    assert outcomes(copied(adjourned)) == NOBODY


def test_a_copy_keeps_no_offence_dates_and_what_hangs_on_them_is_unknown() -> None:
    (one,) = told(copied(prison())).sentenced

    assert one.facts.offences[0].committed_from is None
    assert one.facts.offences[0].convicted_on is None


def test_the_receivers_own_body_with_codes_is_a_hearing_and_no_copy() -> None:
    made = {"hearing": story(assault(prison()))["hearing"]}

    assert told(made).format == "common-platform-hearing"
