"""Reading whole messages: the traps of the feed, and bodies that cannot be read."""

from __future__ import annotations

import copy
import json
from datetime import date
from typing import Any

import pytest

from api.example.messages import as_bytes, hearing, offence, person, result
from vcs.errors import NotReadable
from vcs.intake.reading import LARGEST, parse, read
from vcs.intake.values.shapes import Unreadable
from vcs.law.eligibility import decide
from vcs.terms import Change, Finding, Outcome, Term

DAY = date(2026, 3, 20)

COURT = ("C01CE00", "Central Criminal Court")

BORN = date(1990, 5, 1)


def message(*offences: dict[str, Any], **more: Any) -> dict[str, Any]:
    """Build a hearing with one offender."""
    return hearing("01AA1234526", COURT, DAY, [person("Sam", "Example", BORN, offences, **more)])


def assault(*results: dict[str, Any], **more: Any) -> dict[str, Any]:
    """Build an assault with its results."""
    return offence("OF61102", "Assault occasioning ABH", results, date(2025, 6, 1), **more)


def theft(*results: dict[str, Any], **more: Any) -> dict[str, Any]:
    """Build a theft with its results."""
    return offence("TH68010", "Theft", results, date(2025, 6, 2), **more)


def outcomes(made: dict[str, Any]) -> list[Outcome]:
    """Read a message and decide on everyone in it."""
    found = read(as_bytes(made))
    assert found.status == "read", found.problem
    return [decide(one.facts).outcome for one in found.sentenced]


def test_a_prison_sentence_is_read_with_who_where_and_when() -> None:
    found = read(as_bytes(message(assault(result("IMP", DAY, "2 Years")))))

    (one,) = found.sentenced
    assert found.format == "common-platform-hearing"
    assert (one.offender_name, one.case_reference) == ("Sam Example", "01AA1234526")
    assert (one.court_code, one.court_name) == COURT
    assert one.facts.sentenced_on == DAY
    assert one.facts.date_of_birth == BORN
    assert one.facts.offences[0].finding is Finding.CONVICTED
    assert found.shared_at is not None


def test_the_offenders_address_is_read_and_an_odd_one_loses_no_sentence() -> None:
    made = message(assault(result("IMP", DAY, "2 Years")))
    details = made["hearing"]["prosecutionCases"][0]["defendants"][0]["personDefendant"]

    (one,) = read(as_bytes(made)).sentenced
    assert one.offender_address == ("1 Example Street", "EX1 1EX")

    details["personDetails"]["address"] = ["nowhere"]
    (odd,) = read(as_bytes(made)).sentenced
    assert odd.offender_address == ()


def test_the_result_is_paired_with_its_offence_and_not_with_the_hearing() -> None:
    made = message(
        offence("TH68023", "Robbery", [result("FO", DAY)], DAY),
        theft(result("IMP", DAY, "8 Years")),
    )

    assert outcomes(made) == [Outcome.NOT_ELIGIBLE]


def test_a_deleted_result_is_not_there() -> None:
    made = message(assault(result("IMP", DAY, "2 Years", isDeleted=True), result("FO", DAY)))

    assert outcomes(made) == [Outcome.NOT_ELIGIBLE]


def test_a_hearing_that_sentences_nobody_is_read_and_empty() -> None:
    adjourned = result("IMP", DAY) | {
        "cjsCode": "4506",
        "label": "Adjournment",
        "category": "INTERMEDIARY",
        "judicialResultTypeId": "",
        "resultText": "",
    }

    assert outcomes(message(assault(adjourned))) == []


def test_the_offence_convicted_of_counts_and_not_the_one_charged() -> None:
    verdict = {
        "verdictType": {"categoryType": "GUILTY_BUT_OF_LESSER_OFFENCE", "category": "Guilty"},
        "lesserOrAlternativeOffence": {"offenceCode": "OF61131", "offenceTitle": "Wounding"},
    }
    made = message(theft(result("IMP", DAY, "2 Years"), verdict=verdict))

    assert outcomes(made) == [Outcome.STATUTORY]


def test_a_sentence_on_another_day_is_another_occasion() -> None:
    made = message(assault(result("IMP", DAY, "2 Years")), theft(result("FO", date(2026, 3, 24))))

    days = [one.facts.sentenced_on for one in read(as_bytes(made)).sentenced]
    assert days == [DAY, date(2026, 3, 24)]


def test_an_organisation_is_an_offender_without_a_birth_date() -> None:
    made = message(assault(result("FO", DAY)))
    defendant = made["hearing"]["prosecutionCases"][0]["defendants"][0]
    del defendant["personDefendant"]
    defendant["legalEntityDefendant"] = {"organisation": {"name": "Example Haulage Ltd"}}

    (one,) = read(as_bytes(made)).sentenced
    assert one.offender_name == "Example Haulage Ltd"
    assert one.facts.organisation
    assert decide(one.facts).outcome is Outcome.NOT_ELIGIBLE


def cloned(in_case: list[Any], *in_applications: list[Any], kind: str = "") -> dict[str, Any]:
    """Return a hearing of one count with what its case says, and each of its applications."""
    made = message(assault(*in_case))
    case = made["hearing"]["prosecutionCases"][0]
    defendant = case["defendants"][0]
    master = {
        "masterDefendantId": defendant["masterDefendantId"],
        "personDefendant": defendant["personDefendant"],
        "defendantCase": [{"caseId": case["id"], "defendantId": defendant["id"]}],
    }
    made["hearing"]["courtApplications"] = [
        {
            "id": f"a{number}",
            "type": {"type": kind},
            "subject": {"masterDefendant": master},
            "courtApplicationCases": [
                {
                    "prosecutionCaseId": case["id"],
                    "prosecutionCaseIdentifier": case["prosecutionCaseIdentifier"],
                    "offences": [
                        copy.deepcopy(defendant["offences"][0]) | {"judicialResults": results}
                    ],
                }
            ],
        }
        for number, results in enumerate(in_applications)
    ]
    return made


PRISON, SHORT, FINE = (
    result("IMP", DAY, "2 Years"),
    result("IMP", DAY, "8 Months"),
    result("FO", DAY),
)

RESTRAINING = {
    "judicialResultId": "r",
    "cjsCode": "3064",
    "label": "Restraining order varied",
    "category": "FINAL",
    "orderedDate": DAY.isoformat(),
}


def test_the_clone_inside_an_application_is_the_later_word_on_the_offence() -> None:
    assert outcomes(cloned([FINE], [PRISON])) == [Outcome.STATUTORY]
    assert outcomes(cloned([PRISON], [SHORT])) == [Outcome.NOT_ELIGIBLE]
    assert outcomes(cloned([PRISON], [FINE], kind="Appeal against sentence")) == [
        Outcome.NOT_ELIGIBLE
    ]


@pytest.mark.parametrize("order", [RESTRAINING, FINE], ids=["order", "fine"])
def test_a_clone_that_sentences_nobody_to_custody_hides_no_prison_sentence(order: Any) -> None:
    made = cloned([PRISON], [order])
    assert outcomes(made) == [Outcome.STATUTORY]
    (one,) = read(as_bytes(made)).sentenced
    assert not one.facts.on_application, "it was passed in the case itself"


def test_of_two_applications_neither_hides_what_the_other_says() -> None:
    for orders in ([PRISON], [RESTRAINING]), ([RESTRAINING], [PRISON]), ([PRISON], [SHORT]):
        assert outcomes(cloned([], *orders)) == [Outcome.STATUTORY]


def test_a_restriction_order_goes_with_the_hospital_order() -> None:
    made = message(
        offence("COML022", "Manslaughter", [result("MHHO", DAY), result("RISTO", DAY)], DAY)
    )

    (one,) = read(as_bytes(made)).sentenced
    assert decide(one.facts).route == "hospital-restricted"


def test_a_sentence_varied_without_a_new_sentence_beside_it_goes_to_a_person() -> None:
    varied = {"label": "Sentence varied", "category": "FINAL", "orderedDate": "2026-03-20"}

    assert outcomes(message(assault(varied))) == [Outcome.CANNOT_TELL]
    assert outcomes(message(assault(varied, result("FO", DAY)))) == [Outcome.NOT_ELIGIBLE]


@pytest.mark.parametrize(
    ("code", "change", "outcome"),
    [
        ("1046", Change.APPEAL, Outcome.STATUTORY),
        ("3150", Change.APPEAL, Outcome.STATUTORY),
        ("2068", Change.QUASHED, Outcome.STATUTORY),
        ("1028", Change.NOT_STATED, Outcome.STATUTORY),
    ],
)
def test_how_a_sentence_was_changed_is_read_with_what_now_stands(
    code: str, change: Change, outcome: Outcome
) -> None:
    varied = {"cjsCode": code, "category": "FINAL", "orderedDate": "2026-03-20"}

    (beside,) = read(as_bytes(message(assault(varied, result("IMP", DAY, "2 Years"))))).sentenced
    (alone,) = read(as_bytes(message(assault(varied)))).sentenced

    assert beside.facts.offences[0].change is change
    assert alone.facts.offences[0].change is change
    assert decide(beside.facts).outcome is outcome
    assert decide(alone.facts).outcome is Outcome.CANNOT_TELL


@pytest.mark.parametrize(
    ("name", "outcome"),
    [
        ("Bulford Court Martial Centre", Outcome.CANNOT_TELL),
        ("Edinburgh Sheriff Court", Outcome.CANNOT_TELL),
        ("Central Criminal Court", Outcome.STATUTORY),
    ],
)
def test_a_court_that_the_scheme_does_not_know_goes_to_a_person(
    name: str, outcome: Outcome
) -> None:
    made = message(assault(result("IMP", DAY, "2 Years")))
    made["hearing"]["courtCentre"]["name"] = name

    assert outcomes(made) == [outcome]


@pytest.mark.parametrize(
    ("name", "outcome"),
    [
        ("Belfast Crown Court", Outcome.CANNOT_TELL),
        ("Laganside Courts", Outcome.CANNOT_TELL),
        ("Douglas Courthouse", Outcome.CANNOT_TELL),
        ("Leeds", Outcome.STATUTORY),
        ("The Crown Court at Kingston-upon-Hull", Outcome.STATUTORY),
        ("Llys y Goron Caerdydd", Outcome.STATUTORY),
        ("", Outcome.STATUTORY),
    ],
)
def test_a_court_without_a_code_is_known_by_its_name(name: str, outcome: Outcome) -> None:
    made = message(assault(result("IMP", DAY, "2 Years")))
    made["hearing"]["courtCentre"] |= {"code": "", "name": name}

    assert outcomes(made) == [outcome]


@pytest.mark.parametrize("where", ["judicialResults", "defendantCaseJudicialResults"])
def test_custody_ordered_for_the_person_and_no_offence_is_never_overlooked(where: str) -> None:
    made = message(assault(result("FO", DAY)), **{where: [result("IMP", DAY, "2 Years")]})

    assert outcomes(made) == [Outcome.CANNOT_TELL]


def test_custody_ordered_on_an_application_alone_is_never_overlooked() -> None:
    made = message(assault())
    defendant = made["hearing"]["prosecutionCases"][0]["defendants"][0]
    made["hearing"]["courtApplications"] = [
        {
            "id": "a2",
            "applicationReference": "01AA1234526",
            "type": {"type": "Breach of a suspended sentence order"},
            "subject": {"masterDefendant": defendant},
            "judicialResults": [result("IMP", DAY, "2 Years")],
        }
    ]

    assert outcomes(made) == [Outcome.CANNOT_TELL]


def test_a_total_stated_for_the_person_is_known() -> None:
    prompts = [{"promptReference": "totalCustodialPeriod", "value": "11 Months"}]
    total = {"judicialResultTypeId": "x", "label": "Total custodial period", "cjsCode": None}
    made = message(assault(result("IMP", DAY, "6 Months")))
    defendant = made["hearing"]["prosecutionCases"][0]["defendants"][0]
    made["hearing"]["defendantJudicialResults"] = [
        {
            "masterDefendantId": defendant["masterDefendantId"],
            "judicialResult": total | {"judicialResultPrompts": prompts},
        }
    ]

    (one,) = read(as_bytes(made)).sentenced
    assert one.facts.total_terms == (Term(months=11),)


def test_a_result_without_a_date_takes_the_day_of_the_hearing() -> None:
    made = message(assault(result("IMP", DAY, "2 Years", orderedDate=None)))

    assert read(as_bytes(made)).sentenced[0].facts.sentenced_on == DAY


def test_names_in_any_script_and_names_that_look_like_code_are_only_text() -> None:
    for name in ("Łukasz Żółć", "محمد", "李小龍", "<b>{{ 7*7 }}</b>", "O'Brien-Ŵyn"):
        made = message(assault(result("IMP", DAY, "2 Years")))
        defendant = made["hearing"]["prosecutionCases"][0]["defendants"][0]
        defendant["personDefendant"]["personDetails"]["lastName"] = name
        assert read(as_bytes(made)).sentenced[0].offender_name == f"Sam {name}"


@pytest.mark.parametrize("body", [b"", b"hello", b"{", b'{"a": NaN}', b"\xff\xfe\x00", b"[1,"])
def test_what_is_not_json_at_all_is_refused(body: bytes) -> None:
    with pytest.raises(NotReadable):
        read(body)


@pytest.mark.parametrize(
    "body",
    [
        b"null",
        b"[]",
        b'"text"',
        b"{}",
        b'{"hearing": []}',
        b'{"hearing": {"prosecutionCases": {}}}',
        b'{"hearing": {"id": "1", "prosecutionCases": [null]}}',
        b'{"hearing": {"id": "1", "prosecutionCases": [{"defendants": "none"}]}}',
        b'{"hearing": {"id": "1"}, "hearing": {"id": "2"}}',
        b'{"hearing": {"id": "\\u0000"}}',
        b'{"hearing": {"id": "\\ud800"}}',
        b'{"hearing": {"id": ' + b"9" * 5000 + b"}}",
        b'{"hearing": ' + b"[" * 100_000 + b"]" * 100_000 + b"}",
        b"<xml/>",
        b" " * (LARGEST + 1),
    ],
    ids=lambda body: repr(body[:40]),
)
def test_what_is_no_court_message_is_set_aside_with_a_reason(body: bytes) -> None:
    found = read(body)

    assert found.status == "set_aside"
    assert found.problem
    assert found.problem.endswith(".")


@pytest.mark.parametrize("ordered", ["9999-12-31", "1066-10-14", "31/02/2026", 0, "86400", []])
def test_a_date_that_cannot_be_right_sets_the_message_aside(ordered: object) -> None:
    made = message(assault(result("IMP", DAY, "2 Years", orderedDate=ordered)))

    found = read(as_bytes(made))
    assert found.status == "set_aside"
    assert "date" in (found.problem or "")
    assert str(ordered) not in (found.problem or "") or ordered in (0, [])


def test_taking_any_one_field_away_never_fails_and_never_makes_a_sure_no() -> None:
    made = message(assault(result("IMP", DAY, "2 Years")))
    for path in _paths(made):
        less = copy.deepcopy(made)
        holder = less
        for step in path[:-1]:
            holder = holder[step]
        del holder[path[-1]]
        found = read(json.dumps(less).encode())
        if found.status == "read" and found.sentenced:
            outcome = decide(found.sentenced[0].facts).outcome
            assert outcome in (Outcome.STATUTORY, Outcome.CANNOT_TELL), path


def _paths(value: Any, before: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    steps = value.items() if isinstance(value, dict) else enumerate(value)
    found = []
    for step, inner in list(steps):
        found.append((*before, step))
        if isinstance(inner, dict | list):
            found.extend(_paths(inner, (*before, step)))
    return found


@pytest.mark.parametrize(
    "body",
    [
        b'{"hearing": {}, "a" : 1, "a" : 2}',
        b'{"hearing": {}, "a"\n:1, "a"\t: 2}',
        b'{"hearing": {}, "a": 1, "\\u0061": 2}',
        b'{"hearing": {}, "b": "\\"\\u003a", "a": 1, "a": 2}',
        b'{"hearing": {}, "b": 1.50, "a": 1, "a": 2}',
    ],
)
def test_two_values_of_one_name_are_unknown_however_they_are_written(body: bytes) -> None:
    assert parse(body)["a"] is None


def test_a_list_stated_twice_could_hide_a_sentence() -> None:
    with pytest.raises(Unreadable):
        parse(b'{"hearing": {}, "a": [1], "a": [2]}')
