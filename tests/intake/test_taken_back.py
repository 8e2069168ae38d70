"""What a court takes back: count by count, wherever in a message it is told."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from api.example.messages import Json, ident, offence, result
from tests.intake.platform_shapes import DAY, URN, as_bytes, prison, story
from vcs.intake.message import Sentenced
from vcs.intake.reading import read
from vcs.intake.results.appeal_words import TakesBack
from vcs.intake.results.appeals import in_words
from vcs.law.archive import facts_from_json, facts_json
from vcs.law.eligibility import decide
from vcs.terms import Change, Outcome

GRIEVOUS, ROBBERY, HARM = "OF61131", "TH68023", "OF61102"

TITLES = {GRIEVOUS: "Wounding", ROBBERY: "Robbery", HARM: "Assault occasioning ABH"}

NO, YES, UNKNOWN = Outcome.NOT_ELIGIBLE, Outcome.STATUTORY, Outcome.CANNOT_TELL

BEFORE = DAY - timedelta(days=30)

BOTH = "Appeal against conviction and sentence by a Magistrates' Court to the Crown Court"


def count(code: str, *results: Json, **more: Any) -> Json:
    made = offence(code, TITLES[code], results, date(2025, 6, 1), **more)
    return made | {"id": ident("offence", code), "convictionDate": BEFORE.isoformat()}


def said(label: str, text: str = "", on: date = DAY, /, **more: Any) -> Json:
    """Return a result that no table lists, as a court words it."""
    return {
        "judicialResultId": ident("said", label, text),
        "judicialResultTypeId": ident("definition", label),
        "label": label,
        "category": "FINAL",
        "orderedDate": on.isoformat(),
        "isConvictedResult": False,
        "resultText": text or label,
    } | more


QUASHED: dict[str, Any] = {"judicialResultTypeId": "fb1a3668-4675-4541-ad61-7ca3c24ca0cc"}


def application(*own: Json, offences: tuple[Json, ...], kind: str = BOTH, **more: Any) -> Json:
    """Return a hearing about one application, with clones of the offences and its own results."""
    message = story()
    case = message["hearing"].pop("prosecutionCases")[0]
    defendant = case["defendants"][0]
    master = {
        "masterDefendantId": defendant["masterDefendantId"],
        "personDefendant": defendant["personDefendant"],
        "defendantCase": [{"caseId": case["id"], "defendantId": defendant["id"]}],
    }
    numbered = [one | {"orderIndex": n} for n, one in enumerate(offences, start=1)]
    linked = {"prosecutionCaseId": case["id"], "offences": numbered} | {
        "prosecutionCaseIdentifier": {"caseURN": URN}
    }
    message["hearing"]["courtApplications"] = [
        {
            "id": ident("application"),
            "applicationReference": "APPEAL-1",
            "type": {"type": kind},
            "subject": {"masterDefendant": master},
            "courtApplicationCases": [linked],
            "judicialResults": list(own),
        }
        | more
    ]
    return message


def people(message: Json) -> tuple[Sentenced, ...]:
    found = read(as_bytes(message))
    assert (found.status, found.problem) == ("read", None)
    for one in found.sentenced:
        assert facts_from_json(facts_json(one.facts)) == one.facts
    return found.sentenced


def answers(message: Json) -> dict[str | None, Outcome]:
    """Return the outcome of each offence of the one person listed, by code; empty for nobody."""
    found = people(message)
    if not found:
        return {}
    (one,) = found
    decision = decide(one.facts)
    return {offence.offence_code: offence.outcome for offence in decision.offences}


OPEN, PASSED = count(GRIEVOUS), count(ROBBERY, prison("3 Years"))


@pytest.mark.parametrize(
    ("words", "first", "second"),
    [
        ("Count 1 quashed", NO, YES),
        ("Count one quashed", NO, YES),
        ("Counts 1 and 2 quashed", NO, NO),
        ("Counts 1 - 2 quashed", NO, NO),
        ("All counts quashed", NO, NO),
        ("Count 2 quashed", None, NO),
        ("Conviction for offence OF61131 quashed", NO, YES),
        ("Conviction for wounding quashed", NO, YES),
        (f"Conviction quashed {ident('offence', GRIEVOUS)}", NO, YES),
        ("Count 7 quashed", UNKNOWN, UNKNOWN),
        ("Count quashed", UNKNOWN, UNKNOWN),
        ("Conviction quashed", UNKNOWN, UNKNOWN),
    ],
)
def test_a_count_that_is_named_is_gone_and_its_neighbours_stand(
    words: str, first: Outcome | None, second: Outcome
) -> None:
    message = application(said("Quashed", words, **QUASHED), offences=(OPEN, PASSED))

    found = answers(message)

    assert (found.get(GRIEVOUS), found[ROBBERY]) == (first, second)


def test_numbers_that_name_different_counts_leave_every_count_to_a_person() -> None:
    mixed = (OPEN | {"count": 2}, PASSED | {"count": 1})
    message = application(said("Quashed", "Count 1 quashed", **QUASHED), offences=mixed)

    assert answers(message) == {GRIEVOUS: UNKNOWN, ROBBERY: UNKNOWN}


def _in_a_case(where: str, quashing: Json) -> Json:
    message = story(count(GRIEVOUS, prison("2 Years")), PASSED)
    case = message["hearing"]["prosecutionCases"][0]
    defendant = case["defendants"][0]
    master = defendant["masterDefendantId"]
    if where == "case":
        case["judicialResults"] = [quashing]
    elif where == "person":
        told = {"masterDefendantId": master, "judicialResult": quashing}
        message["hearing"]["defendantJudicialResults"] = [told]
    elif where == "offence":
        defendant["offences"][0]["judicialResults"].append(quashing)
    else:
        defendant[where] = [quashing]
    return message


PLACES = ("offence", "judicialResults", "defendantCaseJudicialResults", "person", "case")


@pytest.mark.parametrize("where", PLACES)
def test_a_quashing_reaches_the_count_that_it_names_from_everywhere(where: str) -> None:
    quashing = said("Conviction quashed", "Conviction on count 1 quashed", **QUASHED)

    assert answers(_in_a_case(where, quashing)) == {GRIEVOUS: NO, ROBBERY: YES}


@pytest.mark.parametrize("where", PLACES[1:])
def test_a_quashing_that_names_no_count_is_asked_about_for_each(where: str) -> None:
    quashing = said("Conviction quashed", **QUASHED)

    assert answers(_in_a_case(where, quashing)) == {GRIEVOUS: UNKNOWN, ROBBERY: UNKNOWN}


ALONE = (count(HARM),)

SHORTER = (count(HARM, prison("8 Months")),)

LONGER = (count(HARM, prison("15 Months")),)

STILL = (count(HARM, prison("15 Months", orderedDate=BEFORE.isoformat())),)


@pytest.mark.parametrize(
    ("words", "offences", "expected"),
    [
        ("Appeal against conviction allowed", ALONE, NO),
        ("Appeal against conviction allowed ", STILL, NO),
        ("Appeal against conviction and sentence allowed", ALONE, NO),
        ("Appeal allowed: conviction quashed", ALONE, NO),
        ("Conviction set aside", ALONE, NO),
        ("Appeal against conviction allowed in part", ALONE, UNKNOWN),
        ("Appeal allowed", ALONE, UNKNOWN),
        ("Appeal allowed", STILL, UNKNOWN),
        ("Allowed", ALONE, UNKNOWN),
        ("Appeal allowed", SHORTER, NO),
        ("Appeal allowed", LONGER, YES),
        ("Appeal against conviction allowed", LONGER, UNKNOWN),
        ("Conviction quashed and a conviction for another offence substituted", ALONE, UNKNOWN),
        ("Appeal against sentence allowed", ALONE, UNKNOWN),
        ("Appeal against sentence allowed", STILL, UNKNOWN),
        ("Appeal against sentence allowed", SHORTER, NO),
        ("Appeal against sentence allowed", LONGER, YES),
        ("Appeal against conviction dismissed and sentence varied", ALONE, UNKNOWN),
        ("Appeal against conviction dismissed and sentence varied", SHORTER, NO),
        ("Sentence increased on a reference as unduly lenient", LONGER, YES),
        ("Sentence increased on a reference as unduly lenient", ALONE, UNKNOWN),
        ("Appeal against conviction dismissed", ALONE, None),
        ("Appeal dismissed", ALONE, None),
        ("Appeal against sentence dismissed", STILL, YES),
        ("Appeal abandoned", ALONE, None),
        ("Appeal withdrawn", ALONE, None),
        ("Dismissed", ALONE, None),
        ("Leave to appeal refused", ALONE, None),
        ("Leave to appeal against conviction granted", ALONE, None),
        ("Bail granted", ALONE, None),
        ("Legal aid granted", ALONE, None),
        ("Appeal against conviction adjourned", ALONE, None),
        ("Appeal against conviction heard and allowed", ALONE, NO),
        ("Appeal against conviction allowed with costs", ALONE, NO),
    ],
)
def test_what_an_appeal_ended_with_decides(
    words: str, offences: tuple[Json, ...], expected: Outcome | None
) -> None:
    found = answers(application(said(words), offences=offences))

    assert found == ({} if expected is None else {HARM: expected})


def test_the_platforms_own_definitions_go_before_the_words() -> None:
    allowed = said("Appeal result", judicialResultTypeId="177f29cd-49e9-41d1-aafb-5730d7414dd4")
    withdrawn = said("Appeal withdrawn", cjsCode="2063")

    assert answers(application(allowed, offences=ALONE)) == {HARM: NO}
    assert answers(application(withdrawn, offences=ALONE)) == {}


def test_a_result_that_contradicts_its_own_code_is_asked_about() -> None:
    odd = said("Appeal against conviction allowed", cjsCode="3045")

    assert answers(application(odd, offences=ALONE)) == {HARM: UNKNOWN}


def test_a_conviction_that_was_substituted_decides() -> None:
    instead = {"lesserOrAlternativeOffence": {"offenceCode": HARM, "offenceTitle": "ABH"}}
    verdict = {"verdictType": {"category": "Guilty of lesser"}} | instead
    lesser = count(GRIEVOUS, prison("18 Months"), verdict=verdict)
    gone = said("Conviction quashed", "Conviction on count 1 quashed", **QUASHED)

    assert answers(application(gone, offences=(lesser,))) == {HARM: YES}


def test_a_conviction_after_a_quashing_stands() -> None:
    quashed = said("Conviction quashed", "", BEFORE, **QUASHED)
    message = story(count(HARM, quashed, prison("2 Years")))

    assert answers(message) == {HARM: YES}


def test_an_appeal_that_lists_no_offence_is_asked_about() -> None:
    message = application(said("Appeal against conviction allowed"), offences=())
    message["hearing"]["courtApplications"][0]["courtApplicationCases"] = []

    (one,) = people(message)

    assert decide(one.facts).outcome is UNKNOWN


def test_a_struck_out_result_takes_nothing_back() -> None:
    struck_out = said("Appeal against conviction allowed", isDeleted=True)

    assert answers(application(struck_out, offences=STILL)) == {HARM: YES}


def test_an_appeal_in_another_persons_name_leaves_a_co_defendant_alone() -> None:
    message = application(said("Conviction quashed", **QUASHED), offences=ALONE)
    other = story(count(ROBBERY, prison("3 Years")))["hearing"]["prosecutionCases"]
    other[0]["defendants"][0] |= {"id": ident("other"), "masterDefendantId": ident("other master")}
    message["hearing"]["prosecutionCases"] = other

    found = {
        one.facts.offences[0].offence_code: decide(one.facts).outcome for one in people(message)
    }

    assert found == {HARM: NO, ROBBERY: YES}


@pytest.mark.parametrize(
    ("words", "change"),
    [
        ("Sentence varied under the slip rule", Change.SLIP_RULE),
        ("Sentence increased as unduly lenient", Change.UNDULY_LENIENT),
        ("Appeal against sentence allowed", Change.APPEAL),
    ],
)
def test_how_a_sentence_was_changed_is_kept_with_the_courts_words(
    words: str, change: Change
) -> None:
    (one,) = people(application(said(words), offences=LONGER))

    assert [(o.change, o.taken_back) for o in one.facts.offences] == [(change, words)]
    assert one.facts.on_application


def test_a_suspended_sentence_that_is_activated_decides_on_an_application_too() -> None:
    activated = count(HARM, result("SSI", DAY, "14 Months"))
    message = application(offences=(activated,), kind="Breach of a suspended sentence")

    assert answers(message) == {HARM: YES}


@pytest.mark.parametrize(
    "words",
    [("Appeal allowed", "Conviction quashed"), ("Conviction quashed", "Appeal allowed")],
)
def test_what_is_definite_counts_before_what_is_unclear(words: tuple[str, ...]) -> None:
    assert in_words(words) is TakesBack.CONVICTION
    assert in_words(("Appeal allowed",)) is TakesBack.UNCLEAR


DECLARED = {"judicialResultTypeId": "e2f6e11b-c3a2-4e76-8d29-fbede4174988", "cjsCode": "3049"}


@pytest.mark.parametrize(
    ("kind", "own"),
    [
        ("Appearance to make statutory declaration (SJP case)", said("Granted")),
        ("Appearance to make statutory declaration", said("Statutory Declaration", **DECLARED)),
        ("Application to reopen case following conviction", said("Granted")),
        ("Application to re-open a case", said("Case reopened")),
        ("Application to set aside conviction", said("Application granted")),
        ("Application under section 142 to set aside a conviction", said("Granted")),
        ("Application to rescind or vary sentence", said("Granted")),
        ("Appeal against conviction", said("Outcome recorded")),
        ("Appeal against sentence", said("Order of the magistrates not followed")),
    ],
)
def test_a_decision_that_is_undone_and_nobody_says_how_is_asked_about(kind: str, own: Json) -> None:
    assert answers(application(own, offences=(count(GRIEVOUS),), kind=kind)) == {GRIEVOUS: UNKNOWN}


@pytest.mark.parametrize(
    ("kind", "own"),
    [
        ("Application to reopen case", said("Application refused")),
        ("Application to reopen case", said("Bail granted")),
        ("Application to reopen case", said("Application adjourned, case to be reopened")),
        ("Application to vary a restraining order made on conviction", said("Granted")),
        ("Application to vary the terms of bail after sentence", said("Granted")),
        ("Appeal against conviction", said("Set down for hearing")),
        ("Appeal against sentence", said("Legal aid granted")),
    ],
)
def test_what_undoes_no_conviction_and_no_sentence_is_about_nobody(kind: str, own: Json) -> None:
    assert answers(application(own, offences=(count(GRIEVOUS),), kind=kind)) == {}


def test_a_sentence_beside_the_code_of_a_void_proceeding_is_the_new_one() -> None:
    declared = said("Statutory Declaration", **DECLARED)
    assert answers(story(count(GRIEVOUS, declared, prison()))) == {GRIEVOUS: YES}


def test_the_subject_of_an_application_is_the_defendant_of_its_case() -> None:
    apart = application(said("Appeal allowed"), offences=(count(GRIEVOUS),))
    master = apart["hearing"]["courtApplications"][0]["subject"]["masterDefendant"]
    (before,) = people(apart)
    master["masterDefendantId"] = "another"
    (after,) = people(apart)
    assert master["defendantCase"][0]["defendantId"] in after.key
    assert after.key == before.key
