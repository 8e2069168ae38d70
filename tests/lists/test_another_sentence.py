"""A line accounts for one sentence: another case, offence or count of the person is asked."""

from __future__ import annotations

from dataclasses import replace

import pytest

from vcs.lists.endings import Ending, Ends, Reason, endings
from vcs.lists.matches.candidates import Candidates
from vcs.lists.matches.held import Family, HeldSentence
from vcs.lists.matches.matching import Described, Rule, Same, Window, compare
from vcs.lists.matches.pairing import pairs
from vcs.lists.matches.people import Person, name_of
from vcs.lists.matches.weights import prior
from vcs.lists.reading.columns import ListKind, mapped
from vcs.lists.reading.lines import Line, line_of
from vcs.lists.reading.rows import rows_of
from vcs.terms import Outcome

HEADING = (
    "caseURN,courtCentreCode,orderedDate,pncId,lastName,firstName,dateOfBirth,offenceCode,"
    "convictionDate,cjsCode,label,primaryDurationValue,primaryDurationUnit"
)

RAPE = "31NQ9900126,C13LE,2026-09-18,{pnc},QUILL,TOBIAH,1988-03-14,SX03001,,1002,Imprisonment,8,Y"

PNC, OTHER_PNC = "2006/9000126L", "2019/9000402J"


def line(row: str = RAPE, pnc: str = PNC) -> str:
    """Return a line of a court's list."""
    return row.format(pnc=pnc)


def read(*rows: str) -> list[Line]:
    file = rows_of("\n".join((HEADING, *rows)).encode())
    columns = mapped(ListKind.COURT, file.columns)
    return [line_of(row, columns, None) for row in file.rows]


def held_as(told: Line, outcome: Outcome = Outcome.STATUTORY, counts: int = 1) -> HeldSentence:
    assert told.described.sentenced_on
    assert told.imposed.term
    return HeldSentence(
        "VCS-1",
        told.described.case_key,
        told.described,
        outcome,
        told.described.sentenced_on,
        Family.CUSTODY,
        frozenset({told.offence_code}),
        frozenset({told.imposed.term}),
        counts=(told.offence_code,) * counts,
    )


def ended(held: HeldSentence, *rows: str) -> list[Ending]:
    lines = read(*rows)
    window = Window(prior(0), {})
    return list(endings(lines, pairs(lines, Candidates([held]), window)))


OTHER_CASE = line().replace("31NQ9900126", "13LQ9900231")

ROBBERY = line().replace("31NQ9900126", "").replace("SX03001", "TH68023")


@pytest.mark.parametrize("beside", [[line()], []], ids=["beside ours", "alone"])
@pytest.mark.parametrize(
    ("other", "ends_as", "reason"),
    [
        (OTHER_CASE, Ends.CANNOT_TELL, Reason.CASE_UNSURE),
        (ROBBERY, Ends.DIFFERS, Reason.OFFENCE_DIFFERS),
        (OTHER_CASE.replace("SX03001", "TH68023"), Ends.TASK, Reason.ELIGIBLE_UNKNOWN_TO_US),
    ],
    ids=["case", "offence", "both"],
)
def test_another_case_or_offence_is_never_ours(
    beside: list[str], other: str, ends_as: Ends, reason: Reason
) -> None:
    (ours,) = read(line())
    *_, last = ended(held_as(ours), *beside, other)
    assert (last.ends_as, last.reason) == (ends_as, reason)


BROKEN_ORDER = "Breach of a sexual harm prevention order"


@pytest.mark.parametrize(
    ("ours_is", "outcome", "number", "title", "ends_as", "reason"),
    [
        ("TH68010", Outcome.NOT_ELIGIBLE, "01907", "", Ends.CANNOT_TELL, Reason.CASE_UNSURE),
        ("TH68010", Outcome.NOT_ELIGIBLE, "", "Rape of a girl", Ends.CANNOT_TELL, "case_unsure"),
        ("OF61102", Outcome.STATUTORY, "01907", "", Ends.DIFFERS, Reason.OFFENCE_DIFFERS),
        ("SX03001", Outcome.STATUTORY, "03401", "", Ends.DIFFERS, Reason.OFFENCE_DIFFERS),
        ("SX03001", Outcome.STATUTORY, "01907", "", Ends.MATCHED, Reason.SAME),
        ("TH68010", Outcome.NOT_ELIGIBLE, "04901", "Theft", Ends.MATCHED, Reason.SAME),
        ("TH68010", Outcome.NOT_ELIGIBLE, "", BROKEN_ORDER, Ends.MATCHED, Reason.SAME),
    ],
)
def test_a_home_office_number_tells_an_offence_that_none_of_ours_is(
    ours_is: str, outcome: Outcome, number: str, title: str, ends_as: Ends, reason: str
) -> None:
    (ours,) = read(line().replace("SX03001", ours_is))
    told = replace(ours, offence_code="", home_office_code=number, offence_title=title)
    found = pairs([told], Candidates([held_as(ours, outcome)]), Window(prior(0), {}))
    (ended_as,) = endings([told], found)
    assert (ended_as.ends_as, ended_as.reason) == (ends_as, reason)


def test_a_count_more_than_ours_is_asked_about_whatever_it_is_called() -> None:
    (ours,) = read(line())
    no_case = line().replace("31NQ9900126", "")
    once, twice = ended(held_as(ours), no_case, no_case)
    assert (once.ends_as, twice.reason) == (Ends.MATCHED, Reason.COUNTS_DIFFER)
    both = ended(held_as(ours, counts=2), no_case, no_case)
    assert [one.ends_as for one in both] == [Ends.MATCHED, Ends.MATCHED]
    surcharge = no_case.replace("1002,Imprisonment,8,Y", "9999,Surcharge,,")
    beside = ended(held_as(ours), no_case, surcharge)
    assert [one.ends_as for one in beside] == [Ends.MATCHED, Ends.MATCHED]


@pytest.mark.parametrize(
    "pnc", [PNC, OTHER_PNC, ""], ids=["one number", "two numbers", "one without"]
)
def test_short_terms_of_a_day_are_decided_beside_those_that_are_ours(pnc: str) -> None:
    short = line().replace("SX03001", "OF61102").replace("8,Y", "8,M")
    (ours,) = read(short)
    other = line(RAPE.replace("31NQ9900126", "13LQ9900231"), pnc)
    other = other.replace("SX03001", "OF61131").replace("8,Y", "8,M")
    first, second = ended(held_as(ours, Outcome.NOT_ELIGIBLE), short, other)
    assert first.ends_as is Ends.MATCHED
    assert (second.ends_as, second.outcome) == (Ends.TASK, Outcome.CANNOT_TELL)


def person(name: str, born: bool = False) -> Described:
    (told,) = read(line())
    surname, _, forename = name.partition(" ")
    whose = told.described.person
    who = Person(name_of(surname, forename), whose.born_on if born else None, whose.numbers)
    return replace(told.described, case_key="", person=who)


@pytest.mark.parametrize(
    ("theirs", "ours", "born", "same"),
    [
        ("JONES PETER", "SMITH JOHN", False, Same.UNSURE),
        ("JONES JOHN", "SMITH JOHN", False, Same.UNSURE),
        ("SMITH PETER", "SMITH JOHN", False, Same.YES),
        ("JONES PETER", "SMITH JOHN", True, Same.YES),
        ("", "SMITH JOHN", False, Same.YES),
    ],
    ids=["other name", "same forename", "same surname", "birth day fits", "no name"],
)
def test_a_number_is_sure_where_nothing_known_speaks_against_it(
    theirs: str, ours: str, born: bool, same: Same
) -> None:
    found = compare(person(theirs, born), person(ours, born), Window(prior(0), {}))
    assert (found.same, found.rule) == (same, Rule.PNC)
