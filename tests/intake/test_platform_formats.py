"""The same story in every shape of the platform: one answer, and each shape's own traps."""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any

import pytest

from api.example.messages import as_bytes, result
from api.example.shapes import as_police_result
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
from vcs.terms import Finding, Outcome, Sequence, Term

STATUTORY, CANNOT_TELL = [Outcome.STATUTORY], [Outcome.CANNOT_TELL]

NOT_ELIGIBLE, NOBODY = [Outcome.NOT_ELIGIBLE], list[Outcome]()

Shape = Callable[[Json], Json]

in_every_shape = pytest.mark.parametrize("shape", SHAPES.values(), ids=SHAPES)

with_result_codes = pytest.mark.parametrize(
    "shape", [SHAPES["common-platform-hearing"], as_police_result], ids=["hearing", "police"]
)


@pytest.mark.parametrize("name", SHAPES)
def test_every_shape_is_recognised_and_tells_who_where_and_when(name: str) -> None:
    found = told(SHAPES[name](story(assault(prison()))))

    (one,) = found.sentenced
    assert found.format == name
    assert (one.offender_name, one.case_reference) == ("Sam Example", "01AA1234526")
    assert (one.court_code, one.court_name) == ("C01CE00", "Central Criminal Court")
    assert one.offender_address == ("1 Example Street", "EX1 1EX")
    assert one.facts.sentenced_on == DAY
    assert one.facts.crown_court
    assert one.facts.offences[0].finding is Finding.CONVICTED
    assert decide(one.facts).outcome is Outcome.STATUTORY


def test_a_sentence_told_in_every_shape_is_one_sentence() -> None:
    keys = {told(shape(story(assault(prison())))).sentenced[0].key for shape in SHAPES.values()}

    assert len(keys) == 1


@in_every_shape
@pytest.mark.parametrize(
    ("length", "outcome"),
    [
        ("10 Months", NOT_ELIGIBLE),
        ("11 Months", NOT_ELIGIBLE),
        ("12 Months", STATUTORY),
        ("1 Years", STATUTORY),
        ("13 Months", STATUTORY),
        ("33 Months", STATUTORY),
        ("16 Weeks", NOT_ELIGIBLE),
        ("245 Days", NOT_ELIGIBLE),
    ],
)
def test_terms_side_by_side_with_twelve_months(
    shape: Shape, length: str, outcome: list[Outcome]
) -> None:
    assert outcomes(shape(story(assault(prison(length))))) == outcome


@in_every_shape
def test_the_result_is_paired_with_its_offence(shape: Shape) -> None:
    made = story(assault(result("FO", DAY)), theft(prison("8 Years")))

    assert outcomes(shape(made)) == [Outcome.NOT_ELIGIBLE]


@in_every_shape
def test_a_suspended_sentence_of_six_years_is_not_immediate_custody(shape: Shape) -> None:
    assert outcomes(shape(story(assault(result("SUSPS", DAY, "6 Years"))))) == NOT_ELIGIBLE


@in_every_shape
def test_a_minimum_term_is_not_the_length(shape: Shape) -> None:
    minimum = {"promptReference": "minimumTerm", "label": "Minimum term", "value": "3 Years"}
    made = prison("6 Months")
    made["judicialResultPrompts"].append(minimum)

    assert outcomes(shape(story(assault(made)))) == NOT_ELIGIBLE


@in_every_shape
def test_life_needs_no_length(shape: Shape) -> None:
    assert outcomes(shape(story(assault(result("MLI", DAY))))) == STATUTORY


@in_every_shape
def test_consecutive_terms_that_may_add_up_go_to_a_person(shape: Shape) -> None:
    after = {"promptReference": "consecutiveToOffenceNumber", "label": "x", "value": "1"}
    second = prison("7 Months")
    second["judicialResultPrompts"].append(after)
    made = story(assault(prison("8 Months")), theft(second))

    (one,) = told(shape(made)).sentenced
    assert one.facts.offences[1].sentences[0].sequence is Sequence.CONSECUTIVE
    assert decide(one.facts).outcome is Outcome.CANNOT_TELL


@in_every_shape
def test_a_total_under_a_year_settles_what_may_add_up(shape: Shape) -> None:
    total = {"promptReference": "totalCustodialPeriod", "label": "x", "value": "8 Months"}
    first = prison("8 Months")
    first["judicialResultPrompts"].append(total)

    (one,) = told(shape(story(assault(first), theft(prison("7 Months"))))).sentenced
    assert one.facts.total_terms == (Term(months=8),)
    assert decide(one.facts).outcome is Outcome.NOT_ELIGIBLE


@in_every_shape
def test_a_remand_in_custody_is_no_sentence(shape: Shape) -> None:
    remand = {
        "judicialResultId": "r1",
        "judicialResultTypeId": "d0a369c9-5a28-40ec-99cb-da7943550b18",
        "label": "Remanded in custody",
        "cjsCode": "4028",
        "category": "INTERMEDIARY",
        "isConvictedResult": False,
        "orderedDate": DAY.isoformat(),
        "resultText": "RI - Remanded in custody",
    }

    assert outcomes(shape(story(assault(remand)))) == NOBODY


@in_every_shape
def test_an_organisation_has_no_birth_date_and_is_not_eligible(shape: Shape) -> None:
    made = story(assault(result("FO", DAY)))
    defendant = defendant_of(made)
    del defendant["personDefendant"]
    defendant["legalEntityDefendant"] = {"organisation": {"name": "Example Haulage Ltd"}}

    (one,) = told(shape(made)).sentenced
    assert one.facts.organisation
    assert (one.offender_name, one.facts.date_of_birth) == ("Example Haulage Ltd", None)
    assert decide(one.facts).outcome is Outcome.NOT_ELIGIBLE


@in_every_shape
def test_null_names_and_a_missing_reference_lose_no_sentence(shape: Shape) -> None:
    made = story(assault(prison()))
    details = defendant_of(made)["personDefendant"]["personDetails"]
    details |= {"firstName": None, "lastName": None, "dateOfBirth": None}
    made["hearing"]["prosecutionCases"][0]["prosecutionCaseIdentifier"] = {}

    (one,) = told(shape(made)).sentenced
    assert (one.offender_name, one.case_reference) == ("", "")
    assert decide(one.facts).outcome is Outcome.STATUTORY


@in_every_shape
def test_a_youth_is_known_by_flag_or_by_birth_date(shape: Shape) -> None:
    made = story(assault(result("DTO", DAY, "18 Months")), isYouth="true")
    defendant_of(made)["personDefendant"]["personDetails"]["dateOfBirth"] = "2010-04-01"

    (one,) = told(shape(made)).sentenced
    assert one.facts.age_on(DAY) == 15
    assert one.facts.youth is not False


@in_every_shape
def test_odd_spaces_and_cases_in_codes_and_ids_change_nothing(shape: Shape) -> None:
    plain, odd = shape(story(assault(prison()))), story(assault(prison()))
    case = odd["hearing"]["prosecutionCases"][0]
    case["id"] = case["id"].upper()
    defendant_of(odd)["offences"][0]["offenceCode"] = " of61102 "
    odd["hearing"]["courtCentre"]["code"] = "c01ce00"
    sentence = defendant_of(odd)["offences"][0]["judicialResults"][0]
    sentence |= {
        "judicialResultTypeId": sentence["judicialResultTypeId"].upper(),
        "cjsCode": " 1002 ",
    }

    (before,), (after,) = told(plain).sentenced, told(shape(odd)).sentenced
    assert after.key == before.key
    assert after.facts == before.facts


@in_every_shape
def test_unknown_fields_are_passed_over(shape: Shape) -> None:
    made = shape(story(assault(prison())))
    made |= {"newField": {"deep": [1, [2, {"x": None}]]}, "_metadata": "text"}

    assert outcomes(made) == STATUTORY


@in_every_shape
@pytest.mark.parametrize("name", ["prosecutonCases", "futureCases"])
def test_a_sentence_in_a_part_that_is_not_known_is_never_overlooked(
    shape: Shape, name: str
) -> None:
    made = shape(story(assault(result("FO", DAY))))
    holder = made.get("hearing", made)
    holder[name] = [{"defendants": [{"offences": [assault(prison())]}]}]

    found = read(as_bytes(made))
    assert (found.status, found.in_part, len(found.sentenced)) == ("read", True, 1)
    assert f"{name}" in (found.problem or "")
    assert "not known" in (found.problem or "")


def test_a_misspelt_list_of_defendants_hides_no_sentence() -> None:
    made = story(assault(prison()))
    case = made["hearing"]["prosecutionCases"][0]
    case["defendents"] = case.pop("defendants")

    assert read(as_bytes(made)).status == "set_aside"
    del case["defendents"][0]["offences"]
    found = read(as_bytes(made))
    assert found.status == "set_aside", "who can say what an unknown part may hold?"
    assert "“defendents”" in (found.problem or "")


@in_every_shape
def test_a_sentence_of_nobody_in_no_case_is_set_aside(shape: Shape) -> None:
    made = story(assault(prison()))
    case = made["hearing"]["prosecutionCases"][0]
    case["id"] = case["prosecutionCaseIdentifier"]["caseURN"] = None
    defendant_of(made)["id"] = defendant_of(made)["masterDefendantId"] = None

    found = read(as_bytes(shape(made)))
    assert found.status == "set_aside"
    assert "who" in (found.problem or "")


@in_every_shape
@pytest.mark.parametrize("ordered", ["31/02/2026", "1066-10-14", 0])
def test_a_date_that_cannot_be_right_is_set_aside_without_repeating_it(
    shape: Shape, ordered: Any
) -> None:
    found = read(as_bytes(shape(story(assault(prison(orderedDate=ordered))))))

    assert found.status == "set_aside"
    assert found.format in SHAPES
    assert "orderedDate" in (found.problem or "")
    assert ordered == 0 or str(ordered) not in (found.problem or "")


@in_every_shape
@pytest.mark.parametrize("offences", [{"a": 1}, "many", [None], [[]]])
def test_offences_that_are_no_list_are_set_aside(shape: Shape, offences: Any) -> None:
    made = shape(story(assault(prison())))
    holder = made.get("defendant") or defendant_of(made)
    holder["offences"] = offences

    found = read(as_bytes(made))
    assert found.status == "set_aside"
    assert "offences" in (found.problem or "")


@in_every_shape
def test_results_on_another_day_are_another_occasion(shape: Shape) -> None:
    fined = result("FO", DAY.replace(day=24))

    days = [
        one.facts.sentenced_on
        for one in told(shape(story(assault(prison()), theft(fined)))).sentenced
    ]
    assert days == [DAY, DAY.replace(day=24)]


@in_every_shape
def test_an_offence_listed_twice_hides_no_sentence(shape: Shape) -> None:
    listed = assault(prison())
    made = story(listed, listed | {"judicialResults": []})

    assert outcomes(shape(made)) == STATUTORY


@in_every_shape
@pytest.mark.parametrize("odd", [None, [], {}, "x", 0, True, [None], [[]]], ids=repr)
def test_an_odd_value_in_any_one_place_never_fails_and_never_makes_a_sure_no(
    shape: Shape, odd: Any
) -> None:
    made = shape(story(assault(prison())))
    for path in paths(made):
        holder = changed = copy.deepcopy(made)
        for step in path[:-1]:
            holder = holder[step]
        holder[path[-1]] = odd
        found = read(as_bytes(changed))
        for one in found.sentenced:
            assert decide(one.facts).outcome in (*STATUTORY, *CANNOT_TELL), path


def paths(value: Any, before: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Return the way to every value in a message."""
    found = []
    for step, inner in value.items() if isinstance(value, dict) else enumerate(value):
        found.append((*before, step))
        if isinstance(inner, dict | list):
            found.extend(paths(inner, (*before, step)))
    return found


# --- what only the full results can tell


@with_result_codes
def test_a_deleted_result_is_not_there(shape: Shape) -> None:
    made = story(assault(prison(isDeleted=True), result("FO", DAY)))

    assert outcomes(shape(made)) == NOT_ELIGIBLE


@with_result_codes
def test_custody_ordered_for_the_person_and_no_offence_is_never_overlooked(shape: Shape) -> None:
    made = story(assault(result("FO", DAY)), judicialResults=[prison()])

    assert outcomes(shape(made)) == CANNOT_TELL


@with_result_codes
def test_custody_without_a_code_is_read_from_its_definition(shape: Shape) -> None:
    made = prison()
    del made["cjsCode"]

    assert outcomes(shape(story(assault(made)))) == STATUTORY


@with_result_codes
def test_a_code_contradicted_by_its_label_goes_to_a_person(shape: Shape) -> None:
    made = prison(label="Suspended sentence order - imprisonment")

    assert outcomes(shape(story(assault(made)))) == CANNOT_TELL


@with_result_codes
def test_notification_may_stand_in_a_further_code_of_the_sentence(shape: Shape) -> None:
    made = prison(secondaryCJSCodes=[{"cjsCode": "3052", "text": "Sex Offenders Notice"}])

    (one,) = told(shape(story(assault(made)))).sentenced
    assert one.facts.offences[0].notification
