"""The ten traps of court feeds, each from the inbox to what a person sees and what stands.

Every story ends with the ledger's proof: what was told is held, each in one state.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from api.example.messages import Json, as_bytes, hearing, ident, offence, person, result
from tests.journeys.shares.histories import with_application
from tests.journeys.world import FRIDAY_20_MARCH as FRIDAY
from tests.journeys.world import LEEDS, World, a_victim
from vcs.ledger.integrity.proof import prove
from vcs.terms import Outcome

BORN, COMMITTED = date(1990, 2, 14), date(2025, 9, 1)

WOUNDING, THEFT = ("OF61131", "Wounding"), ("TH68010", "Theft")
BLACKMAIL = ("TH68071", "Blackmail")

YES, NO, UNKNOWN = Outcome.STATUTORY, Outcome.NOT_ELIGIBLE, Outcome.CANNOT_TELL


@pytest.fixture
def office(world: World) -> Iterator[World]:
    """Return the world; at the end its ledger must close and its invariants hold."""
    yield world
    with world.db.reading() as session:
        proof = prove(session, world.sealer, world.clock.now())
    assert proof.problems == ()


def count(what: tuple[str, str], *made: Json, **more: Any) -> Json:
    """Return an offence that keeps its id whatever became of it."""
    return offence(*what, made, COMMITTED) | {"id": ident("count", what[0])} | more


def prison(length: str, *prompts: tuple[str, str], **more: Any) -> Json:
    """Return a prison sentence with further prompts, as reference and value."""
    made = result("IMP", FRIDAY, length, **more)
    asked = [{"promptReference": name, "label": name, "value": value} for name, value in prompts]
    made.setdefault("judicialResultPrompts", []).extend(asked)
    return made


def message(*people: Json, at: str = "12:00:00", **more: Any) -> Json:
    return hearing("13EX0000126", LEEDS, FRIDAY, people, at) | more


def of(last: str, *counts: Json, **more: Any) -> Json:
    return person("Colin", last, BORN, counts, **more)


def one(*counts: Json, at: str = "12:00:00", **more: Any) -> bytes:
    """Return a message about one person."""
    return as_bytes(message(of("Madeup", *counts), at=at, **more))


def answers(world: World, *bodies: bytes) -> list[str]:
    """Tell messages; return the outcomes of all sentences held, in the order of their keys."""
    for receipt in world.court_tells(*bodies):
        assert receipt["status"] in ("read", "older_than_held"), receipt["problem"]
    return [sentence.outcome for sentence in world.sentences()]


def asked(world: World) -> list[str]:
    return [task.kind for task in world.tasks()]


def standing(world: World) -> tuple[list[str], int, list[str]]:
    """Return the outcomes, the number of referrals, and the questions that are open."""
    return answers(world), len(world.referrals()), asked(world)


def test_1_a_re_share_takes_the_result_out_after_the_victim_was_referred(office: World) -> None:
    office.court_tells(one(count(WOUNDING, prison("3 Years"))))
    office.refer()
    struck_out = prison("3 Years", isDeleted=True, amendmentReason="Entered in error")
    again = one(count(WOUNDING, struck_out), at="13:00:00", isReshare=True)
    assert answers(office, again) == [YES]
    assert (office.view().status, office.view().sentence.gone) == ("referred", True)
    assert asked(office) == ["sentence_gone"]
    back = one(count(WOUNDING, prison("4 Years")), at="14:00:00", isReshare=True)
    assert answers(office, back) == [YES]
    assert standing(office) == ([YES], 1, [])
    assert len(office.view().victims) == 1


def test_1_a_re_share_makes_eligible_what_was_not_and_the_late_first_share_changes_nothing(
    office: World,
) -> None:
    first = one(count(WOUNDING, prison("8 Months")))
    office.court_tells(one(count(WOUNDING, prison("3 Years")), at="13:00:00", isReshare=True))
    before = office.state()
    (receipt,) = office.court_tells(first)
    assert receipt["status"] == "older_than_held"
    assert office.state() | {"messages": []} == before | {"messages": []}
    assert standing(office) == ([YES], 1, [])


@pytest.mark.parametrize(
    ("charged", "on_appeal", "expected"),
    [("3 Years", "8 Months", (NO, 0)), ("8 Months", "3 Years", (YES, 1))],
)
def test_2_an_application_with_cloned_offences_is_the_later_word_and_one_sentence(
    office: World, charged: str, on_appeal: str, expected: tuple[Outcome, int]
) -> None:
    told = message(of("Madeup", count(WOUNDING, prison(charged))))
    both = with_application(told, count(WOUNDING, prison(on_appeal)))
    outcome, referrals = expected
    assert answers(office, as_bytes(both)) == [outcome]
    assert standing(office) == ([outcome], referrals, [])


def test_2_an_appeal_that_reduces_a_referred_sentence_leaves_the_referral_and_asks(
    office: World,
) -> None:
    told = message(of("Madeup", count(WOUNDING, prison("3 Years"))))
    office.court_tells(as_bytes(told))
    office.refer(entry=a_victim())
    appeal = with_application(told, count(WOUNDING, prison("8 Months")))
    assert answers(office, as_bytes(appeal | {"sharedTime": "2026-03-20T15:00:00Z"})) == [NO]
    view = office.view()
    assert (view.status, len(view.victims)) == ("referred", 1)
    assert [earlier.outcome for earlier in view.decision.earlier] == [YES]
    assert asked(office) == ["sentence_changed"]


@pytest.mark.parametrize(
    ("robbed", "stole", "expected"),
    [
        (result("FO", FRIDAY), prison("8 Years"), (Outcome.DISCRETIONARY, 0, ["discretion"])),
        (prison("8 Years"), result("FO", FRIDAY), (YES, 1, [])),
    ],
)
def test_3_a_result_belongs_to_its_offence_and_not_to_the_hearing(
    office: World, robbed: Json, stole: Json, expected: tuple[Outcome, int, list[str]]
) -> None:
    outcome, referrals, questions = expected
    answers(office, one(count(WOUNDING, robbed), count(BLACKMAIL, stole)))
    assert standing(office) == ([outcome], referrals, questions)


def test_4_terms_around_a_year_side_by_side_in_one_hearing(office: World) -> None:
    under = ("10 Months", "11 Months", "245 Days", "16 Weeks")
    over = ("12 Months", "13 Months", "14 Months", "1 Years", "33 Months")
    people = [of(f"P{n}", count(WOUNDING, prison(term))) for n, term in enumerate((*under, *over))]
    found = answers(office, as_bytes(message(*people)))
    assert sorted(found) == sorted([NO] * len(under) + [YES] * len(over))
    assert len(office.referrals()) == len(over)
    assert asked(office) == []


@pytest.mark.parametrize(
    ("total", "expected"),
    [
        ("", (UNKNOWN, 0, ["decide"])),
        ("15 Months", (UNKNOWN, 0, ["decide"])),
        ("8 Months", (NO, 0, [])),
    ],
)
def test_5_short_terms_that_run_one_after_the_other(
    office: World, total: str, expected: tuple[Outcome, int, list[str]]
) -> None:
    known = [("totalCustodialPeriod", total)] if total else []
    second = prison("7 Months", ("consecutiveToOffenceNumber", "1"))
    other = ("OF61102", "Assault occasioning actual bodily harm")
    answers(office, one(count(WOUNDING, prison("8 Months", *known)), count(other, second)))
    outcome, referrals, questions = expected
    assert standing(office) == ([outcome], referrals, questions)


@pytest.mark.parametrize("length", ["6 Years", "8 Months"])
def test_6_a_suspended_sentence_is_no_custody_until_it_is_activated(
    office: World, length: str
) -> None:
    answers(office, one(count(WOUNDING, result("SUSPS", FRIDAY, length))))
    assert standing(office) == ([NO], 0, [])


@pytest.mark.parametrize(("length", "outcome"), [("6 Years", YES), ("6 Months", NO)])
def test_7_a_minimum_term_is_not_the_length(office: World, length: str, outcome: Outcome) -> None:
    answers(office, one(count(WOUNDING, prison(length, ("minimumTerm", "3 Years")))))
    assert standing(office) == ([outcome], int(outcome is YES), [])


def test_8_odd_people_in_one_hearing_lose_nobody(office: World) -> None:
    company = of("Gone", count(WOUNDING, result("FO", FRIDAY)))
    del company["personDefendant"]
    company["legalEntityDefendant"] = {"organisation": {"name": "Example Haulage Ltd"}}
    youth = of("Young", count(WOUNDING, result("DTO", FRIDAY, "18 Months")), isYouth=True)
    youth["personDefendant"]["personDetails"]["dateOfBirth"] = "2010-04-01"
    nameless = of("Nameless", count(WOUNDING, prison("3 Years")), pncId=None)
    nameless["personDefendant"]["personDetails"] |= {
        "firstName": None,
        "lastName": None,
        "dateOfBirth": None,
    }
    told = message(company, youth, nameless)
    told["hearing"]["prosecutionCases"][0]["prosecutionCaseIdentifier"] = {}
    (receipt,) = office.court_tells(as_bytes(told))
    by_name = {one["offender"]["name"]: one["outcome"] for one in receipt["sentenced"]}
    assert by_name["Example Haulage Ltd"] == NO
    assert by_name[""] == YES
    assert by_name["Colin Young"] != NO
    assert len(office.sentences()) == 3


@pytest.mark.parametrize("missing", ["prosecutionCases", "offences"])
def test_8_no_cases_or_no_offences_is_read_and_sentences_nobody(
    office: World, missing: str
) -> None:
    told = message(of("Madeup"))
    if missing == "prosecutionCases":
        del told["hearing"]["prosecutionCases"]
    assert answers(office, as_bytes(told)) == []
    assert standing(office) == ([], 0, [])


def test_9_custody_without_a_code_is_known_by_its_definition(office: World) -> None:
    made = prison("3 Years")
    del made["cjsCode"]
    answers(office, one(count(WOUNDING, made)))
    assert standing(office) == ([YES], 1, [])


def test_9_a_result_that_no_table_holds_is_a_persons(office: World) -> None:
    made = prison("3 Years", label="A new order", resultText="ZZZ - A new order")
    made |= {"judicialResultTypeId": ident("nobody knows this"), "cjsCode": "9999"}
    answers(office, one(count(WOUNDING, made)))
    assert standing(office) == ([UNKNOWN], 0, ["decide"])


def test_10_a_remand_in_custody_is_no_sentence_and_the_sentence_comes_later(
    office: World,
) -> None:
    remand = result("IMP", FRIDAY) | {
        "judicialResultTypeId": "d0a369c9-5a28-40ec-99cb-da7943550b18",
        "label": "Remanded in custody",
        "cjsCode": "4028",
        "category": "INTERMEDIARY",
        "isConvictedResult": False,
        "resultText": "RI - Remanded in custody",
    }
    assert answers(office, one(count(WOUNDING, remand))) == []
    assert standing(office) == ([], 0, [])
    answers(office, one(count(WOUNDING, prison("3 Years")), at="16:00:00", isReshare=True))
    assert standing(office) == ([YES], 1, [])
