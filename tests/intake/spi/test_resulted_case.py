"""Whole SPI messages: who was sentenced where and when, and the traps of the feed."""

from __future__ import annotations

from datetime import date

import pytest

from tests.intake.spi.messages import (
    ASN,
    URN,
    case,
    company,
    delivered,
    message,
    offence,
    person,
    result,
    tag,
)
from vcs.intake.message import Sentenced
from vcs.intake.reading import read
from vcs.law.eligibility import decide
from vcs.terms import Finding, Outcome, Term

CUSTODY = result(length="2 Y")

ABH, THEFT, ROBBERY, MANSLAUGHTER = "OF61102", "TH68010", "TH68023", "COML022"


def everyone(*cases: str, court: str = "C01CE00") -> tuple[Sentenced, ...]:
    """Read a message that can be read."""
    found = read(delivered(message(*cases, court=court)))
    assert found.status == "read", found.problem
    return found.sentenced


def outcomes(*offences: str) -> list[Outcome]:
    """Decide on the one person of a case with these offences."""
    return [decide(one.facts).outcome for one in everyone(case(*offences))]


def test_a_sentence_is_read_with_who_where_and_when() -> None:
    (one,) = everyone(case(offence(ABH, CUSTODY, sequence=3)))

    assert one.key == f"spi:{URN}:{ASN}:2026-03-20"
    assert (one.offender_name, one.case_reference) == ("Sam Example", URN)
    assert (one.court_code, one.court_name) == ("C01CE00", "Central Criminal Court")
    assert one.facts.crown_court is True
    assert one.facts.sentenced_on == date(2026, 3, 20)
    assert one.facts.date_of_birth == date(1990, 5, 1)
    (count,) = one.facts.offences
    assert (count.sequence, count.offence_code, count.finding) == (3, ABH, Finding.CONVICTED)
    assert count.convicted_on == date(2026, 2, 2)
    assert "Vera" not in count.title
    assert count.title


def test_the_court_decides_its_kind_and_an_unknown_one_has_none() -> None:
    (magistrates,) = everyone(case(offence(ABH, CUSTODY)), court="b01be00")
    (unknown,) = everyone(case(offence(ABH, CUSTODY)), court="B99ZZ00")
    (unreadable,) = everyone(case(offence(ABH, CUSTODY)), court="COURT_LOCATION")

    assert magistrates.facts.crown_court is False
    assert (unknown.court_code, unknown.court_name) == ("B99ZZ00", "")
    assert unknown.facts.crown_court is None
    assert unreadable.court_code is None


def test_the_offenders_address_is_read_in_either_form() -> None:
    structured = tag(
        "ComplexAddress",
        "<b:PostCode xmlns:b='http://www.govtalk.gov.uk/people/bs7666'>EX2 2EX</b:PostCode>",
        "<b:StreetDescription xmlns:b='http://www.govtalk.gov.uk/people/bs7666'>Long Street"
        "</b:StreetDescription>",
    )
    simple = person()
    start, end = simple.index("<DC:SimpleAddress>"), simple.index("</DC:Address>")
    other = simple[:start] + structured + simple[end:]

    assert everyone(case(offence(ABH, CUSTODY)))[0].offender_address == (
        "1 Example Street",
        "Example Town",
        "EX1 1EX",
    )
    assert everyone(case(offence(ABH, CUSTODY), who=other))[0].offender_address == (
        "Long Street",
        "EX2 2EX",
    )


@pytest.mark.parametrize("reference", ["", "DEFAULT_VALUE", "TFL", "0800NP0100000000001H"])
def test_a_reference_that_is_nobodys_own_does_not_join_two_people(reference: str) -> None:
    sam = case(offence(ABH, CUSTODY), reference=reference)
    alex = case(offence(ABH, CUSTODY), who=person("Alex"), reference=reference)
    younger = case(offence(ABH, CUSTODY), who=person(born="2001-01-01"), reference=reference)
    elsewhere = case(offence(ABH, CUSTODY), reference=reference, urn="01BB0000126")

    keys = [one.key for one in everyone(sam, alex, younger, elsewhere)]
    assert len(set(keys)) == 4
    assert everyone(sam)[0].key in keys
    assert "Sam" not in "".join(keys)


def test_one_case_in_two_parts_is_one_sentencing() -> None:
    first = case(offence(ABH, result(length="6 M", qualifiers=["F"])))
    second = case(offence(ABH, result(length="8 M", qualifiers=["F"]), sequence=2))

    (one,) = everyone(first, second)
    assert [count.sequence for count in one.facts.offences] == [1, 2]
    assert decide(one.facts).outcome is Outcome.CANNOT_TELL


def test_the_result_is_paired_with_its_offence_and_not_with_the_hearing() -> None:
    eight_years = result(length="8 Y")

    assert outcomes(offence(ROBBERY, result("1015")), offence(THEFT, eight_years)) == [
        Outcome.NOT_ELIGIBLE
    ]
    adjourned = offence(ROBBERY, result("4506"), FinalDisposalIndicator="N")
    assert outcomes(adjourned, offence(THEFT, eight_years)) == [Outcome.NOT_ELIGIBLE]


def test_consecutive_short_terms_cannot_be_told_and_concurrent_ones_are_short() -> None:
    def two(mark: str) -> list[Outcome]:
        term = result(length="8 M", qualifiers=[mark])
        return outcomes(offence(ABH, term), offence(ABH, term, sequence=2))

    assert two("F") == [Outcome.CANNOT_TELL]
    assert two("C") == [Outcome.NOT_ELIGIBLE]


@pytest.mark.parametrize(
    ("words", "total", "expected"),
    [
        ("TIMP - Total custodial period 11 Months", (Term(months=11),), Outcome.NOT_ELIGIBLE),
        ("Total imprisonment: 18 months", (Term(months=18),), Outcome.CANNOT_TELL),
        ("Overall length of sentence is 11 months", (Term(months=11),), Outcome.NOT_ELIGIBLE),
        ("STIMP - Total suspended custodial period 11 Months", (), Outcome.CANNOT_TELL),
    ],
)
def test_a_total_in_words_is_known(words: str, total: tuple[Term, ...], expected: Outcome) -> None:
    term = result(length="8 M")
    counts = (offence(ABH, term, result("", words)), offence(ABH, term, sequence=2))

    (one,) = everyone(case(*counts))
    assert one.facts.total_terms == total
    assert outcomes(*counts) == [expected]


def test_a_remand_in_custody_is_no_sentence_and_an_adjournment_sentences_nobody() -> None:
    remanded = result("4028", "Remanded in custody until 26/11/2026")

    assert outcomes(offence(ABH, remanded, FinalDisposalIndicator="N")) == []
    assert outcomes(offence(ABH, result("4506"), FinalDisposalIndicator="N")) == []


@pytest.mark.parametrize("code", ["", "GBH-1", "ABCDEFGHIJ", "XX001"])
def test_an_offence_code_that_is_missing_or_unknown_cannot_be_told(code: str) -> None:
    assert outcomes(offence(code, CUSTODY)) == [Outcome.CANNOT_TELL]


def test_an_alternative_offence_is_not_the_one_charged() -> None:
    (one,) = everyone(case(offence(ROBBERY, CUSTODY, Finding="A")))

    assert one.facts.offences[0].offence_code is None
    assert one.facts.offences[0].finding is Finding.CONVICTED
    assert decide(one.facts).outcome is Outcome.CANNOT_TELL


@pytest.mark.parametrize(
    ("finding", "plea", "convicted", "expected"),
    [
        ("G", "2", "", Finding.CONVICTED),
        ("", "1", "", Finding.CONVICTED),
        ("", "06", "", Finding.CONVICTED),
        ("", "7", "", Finding.CONVICTED),
        ("", "2", "2026-02-02", Finding.CONVICTED),
        ("", "3", "", Finding.NOT_STATED),
        ("X", "2", "", Finding.NOT_STATED),
        ("N", "2", "", Finding.NOT_CONVICTED),
        ("O", "2", "", Finding.NOT_CONVICTED),
        ("C", "1", "", Finding.NOT_CONVICTED),
    ],
)
def test_what_was_found_is_read_from_the_finding_then_the_plea_then_the_date(
    finding: str, plea: str, convicted: str, expected: Finding
) -> None:
    said = offence(ABH, result("1015"), Finding=finding, Plea=plea, ConvictionDate=convicted)

    assert everyone(case(said))[0].facts.offences[0].finding is expected


def test_an_acquittal_among_the_results_is_no_conviction_where_no_finding_is_stated() -> None:
    said = offence(ABH, result("2004"), result("1015"), Finding="", Plea="1", ConvictionDate="")

    assert everyone(case(said))[0].facts.offences[0].finding is Finding.NOT_CONVICTED


def test_a_number_out_of_its_bounds_gives_way_to_the_place_in_the_list() -> None:
    (one,) = everyone(case(offence(ABH, CUSTODY, sequence=1000), offence(ABH, CUSTODY, sequence=0)))

    assert [count.sequence for count in one.facts.offences] == [1, 2]


def test_custody_without_a_conviction_contradicts_itself() -> None:
    for letter in ("N", "O", "C"):
        assert outcomes(offence(ABH, CUSTODY, Finding=letter)) == [Outcome.CANNOT_TELL]


def test_a_hospital_order_is_read_with_its_restriction_wherever_that_stands() -> None:
    order, restriction = result("1008"), result("1004")

    (alone,) = everyone(case(offence(MANSLAUGHTER, order)))
    assert decide(alone.facts).route == "hospital-unrestricted"
    (both,) = everyone(case(offence(MANSLAUGHTER, order, restriction)))
    assert decide(both.facts).route == "hospital-restricted"
    elsewhere = offence(THEFT, restriction, sequence=2)
    (spread,) = everyone(case(offence(MANSLAUGHTER, order), elsewhere))
    assert decide(spread.facts).route == "hospital-restricted"


def test_notification_makes_its_own_offence_count_and_no_other() -> None:
    noted = offence(THEFT, CUSTODY, result("3052", "Sex Offenders Notice"))
    other = offence(THEFT, result("1015"), result("3052"))

    assert outcomes(noted) == [Outcome.STATUTORY]
    assert outcomes(other, offence(THEFT, CUSTODY, sequence=2)) == [Outcome.NOT_ELIGIBLE]


def test_a_death_beside_a_sentence_goes_to_a_person() -> None:
    dead = offence(THEFT, result("2065", "Defendant Deceased"), sequence=2)

    assert outcomes(offence(ABH, CUSTODY), dead) == [Outcome.CANNOT_TELL]
    assert outcomes(dead) == []


def test_a_sentence_varied_without_a_new_one_goes_to_a_person() -> None:
    assert outcomes(offence(ABH, result("2068"))) == [Outcome.CANNOT_TELL]
    assert outcomes(offence(ABH, result("2068"), result("1015"))) == [Outcome.NOT_ELIGIBLE]


def test_an_offence_without_any_result_is_unknown_beside_others() -> None:
    assert outcomes(offence(ABH), offence(THEFT, result("1015"), sequence=2)) == [
        Outcome.CANNOT_TELL
    ]
    assert outcomes(offence(ABH, Finding="N"), offence(THEFT, result("1015"))) != []


def test_an_organisation_is_an_offender_without_a_birth_date() -> None:
    (one,) = everyone(case(offence(ABH, result("1015")), who=company()))

    assert (one.offender_name, one.facts.organisation) == ("Example Haulage Ltd", True)
    assert one.offender_address == ("2 Example Yard",)
    assert decide(one.facts).outcome is Outcome.NOT_ELIGIBLE
    (odd,) = everyone(case(offence(ABH, CUSTODY), who=company()))
    assert decide(odd.facts).outcome is Outcome.CANNOT_TELL


def test_a_child_is_known_by_the_qualifier_where_no_birth_date_says_so() -> None:
    detained = result("1007", length="2 Y", qualifiers=["AJ"])

    (one,) = everyone(case(offence(ABH, detained), who=person(born="")))
    assert one.facts.youth is True
    (adult,) = everyone(case(offence(ABH, CUSTODY)))
    assert adult.facts.youth is None


def test_domestic_abuse_is_read_from_its_qualifier() -> None:
    marked = result(length="6 M", qualifiers=["LG"])

    assert outcomes(offence(THEFT, marked)) == [Outcome.DISCRETIONARY]
    assert outcomes(offence(THEFT, result(length="6 M"))) == [Outcome.NOT_ELIGIBLE]


@pytest.mark.parametrize(
    ("told", "end", "expected"),
    [
        ("1", "", (date(2025, 6, 1), date(2025, 6, 1))),
        ("2", "", (None, date(2025, 6, 1))),
        ("3", "", (date(2025, 6, 1), None)),
        ("4", "2025-07-01", (date(2025, 6, 1), date(2025, 7, 1))),
        ("4", "", (date(2025, 6, 1), None)),
        ("5", "", (date(2025, 6, 1), date(2025, 6, 1))),
        ("6", "", (None, date(2025, 6, 1))),
        ("", "2025-07-01", (date(2025, 6, 1), date(2025, 7, 1))),
        ("1", "no date", (date(2025, 6, 1), date(2025, 6, 1))),
    ],
)
def test_when_it_may_have_been_committed_follows_the_date_code(
    told: str, end: str, expected: tuple[date | None, date | None]
) -> None:
    (one,) = everyone(case(offence(ABH, CUSTODY, OffenceDateCode=told, End=end)))

    count = one.facts.offences[0]
    assert (count.committed_from, count.committed_until) == expected


def test_taking_any_one_element_away_never_fails_and_never_makes_a_sure_no() -> None:
    whole = message(case(offence(ABH, CUSTODY)))
    names = {part.split(">")[0] for part in whole.split("<DC:")[2:]}
    for name in names:
        start, end = whole.index(f"<DC:{name}>"), whole.index(f"</DC:{name}>")
        found = read(delivered(whole[:start] + whole[end + len(f"</DC:{name}>") :]))
        decided = {decide(one.facts).outcome for one in found.sentenced}
        assert found.status == "set_aside" or decided, name
        assert decided <= {Outcome.STATUTORY, Outcome.CANNOT_TELL}, name
