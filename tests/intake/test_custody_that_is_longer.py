"""Custody that is longer than the number beside it: extended, for life, put into operation."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from api.example.messages import as_bytes, hearing, offence, person, result
from tests.intake.spi import messages as spi
from vcs.intake.durations import for_life
from vcs.intake.reading import read
from vcs.intake.results import activated
from vcs.law.eligibility import decide
from vcs.law.relevant_sentence.arithmetic import counted
from vcs.terms import Outcome, SentenceKind, Term

DAY = date(2026, 3, 20)  # Friday
WOUNDING, ROBBERY = "OF61131", "TH68023"
COURT = ("C01CE00", "Central Criminal Court")


def decided(*results: Any, code: str = WOUNDING) -> Any:
    """Decide a Common Platform message about one person with one offence."""
    return _decided(offence(code, "An offence", list(results), date(2025, 11, 2)))


def _decided(*offences: Any) -> Any:
    who = person("Alex", "Example", date(1985, 5, 5), list(offences))
    (one,) = read(as_bytes(hearing("01ZX0000126", COURT, DAY, [who]))).sentenced
    return one.facts, decide(one.facts)


def by_spi(*results: str) -> Any:
    """Decide an SPI message about one person with one offence."""
    body = spi.delivered(spi.message(spi.case(spi.offence(WOUNDING, *results))))
    (one,) = read(body).sentenced
    return one.facts, decide(one.facts)


def prompt(label: str, value: object) -> dict[str, object]:
    """Build one prompt, named as the platform names it."""
    words = label.title().replace(" ", "")
    reference = words[:1].lower() + words[1:]
    return {"label": label, "promptReference": reference, "type": "X", "value": value}


def custody(words: str, *prompts: Any, months: int = 8, **more: Any) -> dict[str, Any]:
    """Build custody with a code that many sentences share, a label and prompts."""
    return {
        "cjsCode": "1002",
        "label": words,
        "category": "FINAL",
        "orderedDate": DAY.isoformat(),
        "isConvictedResult": True,
        "resultText": words,
        "durationElement": {"primaryDurationUnit": "M", "primaryDurationValue": months},
        "judicialResultPrompts": list(prompts),
    } | more


@pytest.mark.parametrize(
    ("label", "kind"),
    [
        ("Extended sentence of imprisonment (S.227)", SentenceKind.EXTENDED),
        ("Extended determinate sentence", SentenceKind.EXTENDED),
        ("EDS (section 279)", SentenceKind.EXTENDED),
        ("Imprisonment under section 226A", SentenceKind.EXTENDED),
        ("Special custodial sentence, s.236A", SentenceKind.PARTICULAR_CONCERN),
        ("Sentence for an offender of particular concern", SentenceKind.PARTICULAR_CONCERN),
        ("Imprisonment, section 278", SentenceKind.PARTICULAR_CONCERN),
        ("Serious terrorism sentence of imprisonment", SentenceKind.SERIOUS_TERRORISM),
        ("Imprisonment under section 282A", SentenceKind.SERIOUS_TERRORISM),
        ("Detention, s.268A", SentenceKind.SERIOUS_TERRORISM),
    ],
)
def test_a_term_that_holds_more_than_custody_is_never_short(label: str, kind: SentenceKind) -> None:
    facts, decision = decided(custody(label))

    assert facts.offences[0].sentences[0].kind is kind
    assert decision.outcome is Outcome.STATUTORY


@pytest.mark.parametrize("more", [{"qualifier": "EF"}, {"qualifier": "AF"}, {}])
def test_an_extension_marked_or_prompted_makes_the_sentence_extended(more: dict[str, Any]) -> None:
    prompts = [] if more else [prompt("Extension period", "12 Months")]
    assert decided(custody("Imprisonment", *prompts, **more))[1].outcome is Outcome.STATUTORY


@pytest.mark.parametrize(
    "label",
    [
        "Extension period",
        "Extension period of licence",
        "Extended licence period",
        "Extended period of licence",
        "Period of extended licence",
        "Licence extension period",
    ],
)
def test_an_extension_is_read_by_each_of_its_names(label: str) -> None:
    facts, _ = decided(custody("Imprisonment", prompt(label, "12 Months")))

    assert facts.offences[0].sentences[0].kind is SentenceKind.EXTENDED


def test_an_extension_of_its_own_makes_the_sentence_extended_by_either_feed() -> None:
    licence = custody("Extended licence", months=24, cjsCode="3058", isConvictedResult=False)
    facts, decision = decided(custody("Imprisonment"), licence)
    also, as_well = by_spi(spi.result(length="8 M"), spi.result("3058", length="24 M"))

    assert decision.outcome is as_well.outcome is Outcome.STATUTORY
    assert facts.offences[0].sentences[0].extension == Term(months=24)
    assert also.offences[0].sentences[0].extension == Term(months=24)


def test_the_arithmetic_of_an_extended_sentence_is_told_in_words() -> None:
    parts = (
        prompt("Appropriate custodial term", "18 Months"),
        prompt("Extension period", "1 Year"),
    )
    facts, decision = decided(custody("Extended sentence", *parts))
    words = "18 months custodial term + 1 year extension = 2 years 6 months"

    assert counted(facts.offences[0]) == words
    (why,) = (r for r in decision.offences[0].reasons if r.condition == "twelve-months")
    assert why.because == f"the term is {words}"


def test_a_year_on_licence_is_counted_for_an_offender_of_particular_concern() -> None:
    part = prompt("Appropriate custodial term", "8 Months")
    facts, _ = decided(custody("Sentence for an offender of particular concern", part))

    assert (
        counted(facts.offences[0]) == "8 months custodial term + 12 months on licence = 20 months"
    )


@pytest.mark.parametrize(
    "more",
    [
        {"lifeDuration": True},
        {"durationElement": {"primaryDurationUnit": "L", "primaryDurationValue": 1}},
        {"resultText": "Committed to prison for life."},
        {"resultText": "IMP - Life imprisonment. Minimum term 6 months"},
        {"judicialResultPrompts": [prompt("Imprisonment period is life", "true")]},
        {"judicialResultPrompts": [prompt("Imprisonment period", "Life")]},
        {"label": "Life imprisonment"},
    ],
)
def test_a_mark_of_life_needs_no_length_and_is_no_less_beside_one(more: dict[str, Any]) -> None:
    assert decided(custody("Imprisonment", **more))[1].outcome is Outcome.STATUTORY


@pytest.mark.parametrize("value", ["true", "Yes", True])
@pytest.mark.parametrize(
    "name", ["Total custodial period is life", "Total imprisonment period in life"]
)
def test_a_whole_that_is_life_is_never_a_no_by_a_length_beside_it(name: str, value: object) -> None:
    facts, decision = decided(custody("Imprisonment", prompt(name, value)))

    assert facts.total_life
    assert decision.outcome is Outcome.CANNOT_TELL


def test_a_whole_that_is_not_life_changes_nothing() -> None:
    false = prompt("Total custodial period is life", "false")
    assert decided(custody("Imprisonment", false))[1].outcome is Outcome.NOT_ELIGIBLE


@pytest.mark.parametrize(
    "words",
    [
        "Disqualified from driving for life",
        "Committed to prison for 8 months. Risk to life",
        "Committed to prison for 8 months. Concurrent to a life sentence",
        "Subject to licence for life",
    ],
)
def test_other_words_about_life_mark_no_sentence(words: str) -> None:
    assert not for_life.is_pronounced(words)


@pytest.mark.parametrize(
    "more",
    [
        {"cjsCode": "1507", "label": "Suspended sentence of imprisonment activated unaltered"},
        {"cjsCode": "1507", "label": "Suspended sentence of imprisonment activated unaltered"}
        | {"qualifier": "S"},
        {"cjsCode": "1507", "label": ""},
        {"cjsCode": "1507", "label": "Suspended sentence"},
        {"cjsCode": "3223", "label": "Suspended Sentence (Full) Put Into Operation"},
        {"cjsCode": "3226", "label": "Suspended sentence reduced and put into operation"},
        {"label": "Suspended sentence to take effect with the original term"},
        {"label": "Activation of suspended sentence in full"},
        {"label": "Imprisonment", "resultText": "Suspended sentence brought into operation"},
    ],
)
def test_a_suspended_sentence_put_into_operation_stays_custody_when_its_period_is_repeated(
    more: dict[str, Any],
) -> None:
    repeated = prompt("Suspended period", "2 Years")
    facts, decision = decided(custody("", repeated, months=18, **more))
    short = decided(custody("", repeated, months=8, **more))[1]

    assert facts.offences[0].sentences[0].kind is SentenceKind.SUSPENDED_ACTIVATED
    assert (decision.outcome, short.outcome) == (Outcome.STATUTORY, Outcome.NOT_ELIGIBLE)
    assert counted(facts.offences[0]) == "18 months of a suspended sentence put into operation"


@pytest.mark.parametrize(
    "words",
    [
        "Suspended sentence not activated",
        "Suspended sentence order; it may be activated",
        "If you offend again the suspended sentence will take effect",
        "Suspended for 2 years",
        "It would be unjust for the suspended sentence to be activated",
    ],
)
def test_a_suspended_sentence_that_may_be_activated_is_not(words: str) -> None:
    assert not activated.is_said(words)


def test_a_sentence_suspended_by_prompt_stays_suspended() -> None:
    suspended = custody("Imprisonment", prompt("Suspended period", "2 Years"), months=18)
    assert decided(suspended)[1].outcome is Outcome.NOT_ELIGIBLE


def test_a_total_of_suspended_sentences_is_no_total_of_what_is_served() -> None:
    totals = (prompt("Total custodial period", "10 Months"), prompt("Suspended period", "2 Years"))
    stimp = custody("Total suspended custodial period", *totals, cjsCode="") | {
        "isConvictedResult": False
    }
    facts, _ = _decided(
        offence(WOUNDING, "Wounding", [custody("Imprisonment"), stimp], date(2025, 11, 2)),
        offence(ROBBERY, "Robbery", [result("IMP", DAY, "8 Months")], date(2025, 11, 2)),
    )
    assert facts.total_terms == ()


def test_spi_reads_activation_suspension_and_life_as_they_are_said() -> None:
    put = "Suspended sentence of 18 months imprisonment put into operation"
    activated_by = by_spi(spi.result("1507", put, length="18 M", qualifiers=["S"]))[1]
    repeated = "18 months imprisonment suspended for 2 years"
    restated = by_spi(spi.result("1507", repeated, length="18 M", second="24 M"))[1]
    denied = by_spi(spi.result("1507", "Suspended sentence not activated", length="18 M"))[1]
    twice = "Committed to prison for 4 months suspended for 12 months"
    suspended = by_spi(spi.result("1002", twice, length="4 M", qualifiers=["S"]))[1]
    life = by_spi(spi.result("1002", "Committed to prison for life", length="6 M"))[1]

    assert activated_by.outcome is restated.outcome is Outcome.STATUTORY
    assert denied.outcome is Outcome.CANNOT_TELL
    assert suspended.outcome is Outcome.NOT_ELIGIBLE
    assert life.outcome is Outcome.STATUTORY


@pytest.mark.parametrize(("name", "whole"), [("totalperiod", True), ("period", False)])
def test_only_a_length_of_the_whole_says_that_the_whole_is_life(name: str, whole: bool) -> None:
    assert for_life.is_whole({name: "Life"}, ("totalperiod",)) is whole
