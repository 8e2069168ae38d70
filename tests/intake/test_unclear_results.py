"""What may be custody and is not clearly something else is asked about, in every shape."""

from __future__ import annotations

from typing import Any

import pytest

from tests.intake.platform_shapes import (
    DAY,
    SHAPES,
    Json,
    assault,
    defendant_of,
    outcomes,
    prison,
    result,
    story,
)
from vcs.terms import Outcome

NEW = "5b0f0ad2-0000-4000-8000-000000000000"

NOBODY: list[Outcome] = []

CANNOT_TELL, NOT_ELIGIBLE = [Outcome.CANNOT_TELL], [Outcome.NOT_ELIGIBLE]

every_shape = pytest.mark.parametrize("shape", SHAPES)


def new_form(label: str, words: str = "", **more: Any) -> Json:
    """Return a result of a definition that no table holds, without a code."""
    made = result("FO", DAY, label=label, resultText=words or label, judicialResultTypeId=NEW)
    del made["cjsCode"]
    return made | more


def unconvicted(*results: Json) -> Json:
    """Return an assault on which the court has found nothing yet."""
    said = [one | {"isConvictedResult": False} for one in results]
    return assault(*said, convictionDate=None, plea=None)


@every_shape
@pytest.mark.parametrize(
    "label",
    [
        "Imprisonment with notice of income reduction",
        "Custody, reduced for a plea",
        "Bail ended: detention in a young offender institution",
        "Special sentence",
        "Carchar, llai dyddiau ar remand",
        "A new order",
    ],
)
@pytest.mark.parametrize("category", ["FINAL", "ANCILLARY"])
def test_a_new_definition_that_may_be_custody_is_asked_about(
    shape: str, label: str, category: str
) -> None:
    made = new_form(label, category=category)

    assert outcomes(SHAPES[shape](story(assault(made)))) == CANNOT_TELL
    assert outcomes(SHAPES[shape](story(assault(made, result("FO", DAY))))) == CANNOT_TELL


@every_shape
@pytest.mark.parametrize("label", ["Fine", "Remanded in custody", "Community order reviewed"])
def test_a_term_of_custody_beside_a_plain_label_is_asked_about(shape: str, label: str) -> None:
    made = new_form(label, judicialResultPrompts=prison("3 Years")["judicialResultPrompts"])

    assert outcomes(SHAPES[shape](story(assault(made)))) == CANNOT_TELL


@every_shape
@pytest.mark.parametrize(
    "words",
    [
        "Remanded in custody until 3 May for sentence",
        "Committed to the Crown Court for sentence in custody",
        "Adjourned for pre-sentence reports",
        "Warrant for arrest issued without bail",
    ],
)
def test_a_conviction_with_a_plain_adjournment_lists_nobody(shape: str, words: str) -> None:
    held = new_form(words, category="INTERMEDIARY", isConvictedResult=False)

    assert outcomes(SHAPES[shape](story(assault(held)))) == NOBODY


@every_shape
def test_a_result_that_says_nothing_counts_only_where_there_is_a_conviction(shape: str) -> None:
    made = new_form("Reference 77", category="ANCILLARY", isConvictedResult=False)

    assert outcomes(SHAPES[shape](story(unconvicted(made)))) == NOBODY
    assert outcomes(SHAPES[shape](story(assault(made)))) == CANNOT_TELL


@every_shape
@pytest.mark.parametrize("short_code", ["TEXT", "ORD"])
def test_free_text_is_read_and_its_definition_vouches_for_nothing(
    shape: str, short_code: str
) -> None:
    known = {
        "TEXT": "98138ec8-5dd3-11e8-9c2d-fa7ae01bbebc",
        "ORD": "5e253119-9aab-4d0d-8288-bcdbf3695d86",
    }
    label = {"TEXT": "Text", "ORD": "Order"}[short_code]
    told = {"judicialResultTypeId": known[short_code], "isConvictedResult": False}
    in_prison = new_form(label, f"{short_code} - {label}\nThree years inside", **told)
    costs = new_form(label, f"{short_code} - {label}\nCosts of £85 to be paid in 3 months", **told)

    assert outcomes(SHAPES[shape](story(assault(in_prison)))) == CANNOT_TELL
    assert outcomes(SHAPES[shape](story(assault(costs)))) == NOBODY


@pytest.mark.parametrize("shape", ["common-platform-hearing", "common-platform-police-result"])
@pytest.mark.parametrize("category", ["FINAL", "ANCILLARY", "INTERMEDIARY"])
@pytest.mark.parametrize("label", ["Special sentence", "Notice", ""])
def test_a_code_that_no_table_holds_is_asked_about_in_whatever_group(
    shape: str, category: str, label: str
) -> None:
    made = new_form(label, cjsCode="8888", category=category)

    assert outcomes(SHAPES[shape](story(assault(made)))) == CANNOT_TELL


@every_shape
def test_suspended_in_words_and_by_its_mark_is_not_asked_about(shape: str) -> None:
    made = result("IMP", DAY, "4 Months", qualifier="S")
    made["label"] = "Suspended sentence order - imprisonment"
    made["resultText"] = "Committed to prison for 4 Months suspended for 12 Months."
    if shape == "hmpps-hearing":
        made["judicialResultTypeId"] = result("SUSPS", DAY)["judicialResultTypeId"]

    assert outcomes(SHAPES[shape](story(assault(made)))) == NOT_ELIGIBLE


@every_shape
def test_a_total_alone_is_asked_about_and_beside_a_sentence_it_is_a_part_of_it(shape: str) -> None:
    total = new_form(
        "Total custodial period",
        judicialResultTypeId="6cb15971-c945-4398-b7c9-3f8b743a4de3",
        isConvictedResult=False,
    )

    assert outcomes(SHAPES[shape](story(assault(total)))) == CANNOT_TELL
    assert outcomes(SHAPES[shape](story(assault(total, result("FO", DAY))))) == NOT_ELIGIBLE


@pytest.mark.parametrize("shape", ["common-platform-hearing", "common-platform-police-result"])
def test_a_total_for_the_person_alone_is_asked_about(shape: str) -> None:
    made = story(assault())
    defendant = defendant_of(made)
    defendant["offences"][0] |= {"convictionDate": str(DAY), "plea": {"pleaValue": "GUILTY"}}
    defendant["judicialResults"] = [new_form("Total custodial period", isConvictedResult=False)]

    assert outcomes(SHAPES[shape](made)) == CANNOT_TELL
