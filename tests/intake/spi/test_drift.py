"""SPI elements under other names, wrapped, moved, blank or broken: never read as nobody."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from xml.etree import ElementTree as ET

import pytest

from tests.intake.spi.messages import case, delivered, message, offence, person, result, tag
from vcs.errors import NotReadable
from vcs.intake.message import READ, SET_ASIDE, MessageRead
from vcs.intake.reading import read
from vcs.law.eligibility import decide
from vcs.terms import Outcome

CUSTODY, FINE = result(length="2 Y"), result("1015")

ABH, THEFT = "OF61102", "TH68010"

OTHER_URN = "01BB0000126"

HEALTHY = case(offence(ABH, CUSTODY))


def read_of(*cases: str) -> MessageRead:
    return read(delivered(message(*cases)))


def outcomes(found: MessageRead) -> list[Outcome]:
    return [decide(one.facts).outcome for one in found.sentenced]


def renamed(whole: str, name: str, other: str) -> str:
    return re.sub(rf"(</?DC:){name}\b", rf"\1{other}", whole)


@pytest.mark.parametrize("other", ["Other", "offence", "RESULT", "Items"])
@pytest.mark.parametrize("name", ["Case", "Defendant", "Offence", "Result"])
def test_an_element_under_another_name_is_set_aside_and_named(name: str, other: str) -> None:
    found = read(delivered(renamed(message(HEALTHY), name, other)))

    assert found.status == SET_ASIDE
    assert f"“{other}”" in (found.problem or "")


def test_a_code_under_another_name_is_asked_about() -> None:
    found = read_of(renamed(HEALTHY, "ResultCode", "Code"))

    assert (found.in_part, outcomes(found)) == (True, [Outcome.CANNOT_TELL])
    assert "“Code”" in (found.problem or "")


@pytest.mark.parametrize("name", ["Outcome", "Duration", "DurationValue"])
def test_a_length_under_another_name_is_asked_about_and_never_short(name: str) -> None:
    found = read_of(renamed(HEALTHY, name, "Length"))

    assert found.in_part
    assert outcomes(found) == [Outcome.CANNOT_TELL]


def test_what_is_wrapped_beside_healthy_ones_is_asked_about() -> None:
    made = case(offence(THEFT, FINE), tag("Offences", offence(ABH, CUSTODY)))

    found = read_of(made)
    assert found.in_part
    assert "“Case[1].Defendant.Offences”" in (found.problem or "")
    assert outcomes(found) == [Outcome.CANNOT_TELL]


def test_what_is_new_and_harmless_holds_nothing_up() -> None:
    new = tag("NewPart", tag("Deep", "words"))
    made = offence(ABH, CUSTODY).replace("</DC:Offence>", f"{new}</DC:Offence>")

    found = read_of(case(made).replace("</DC:Case>", f"{new}</DC:Case>"))
    assert (found.status, found.problem, outcomes(found)) == (READ, None, [Outcome.STATUTORY])


@pytest.mark.parametrize(
    "broken",
    [
        "<DC:Case/>",
        tag("Case", tag("PTIURN", OTHER_URN)),
        case(urn=OTHER_URN),
        case(offence(ABH), urn=OTHER_URN),
        case(offence(ABH, CUSTODY), urn=OTHER_URN, who="<DC:CourtIndividualDefendant/>"),
        renamed(case(offence(ABH, CUSTODY), urn=OTHER_URN), "Defendant", "Person"),
    ],
    ids=["blank", "nobody", "no offence", "no result", "no person", "other name"],
)
@pytest.mark.parametrize("first", [True, False], ids=["first", "last"])
def test_a_broken_case_does_not_hold_up_the_healthy_one(broken: str, first: bool) -> None:
    found = read_of(*((broken, HEALTHY) if first else (HEALTHY, broken)))

    assert (found.in_part, outcomes(found)) == (True, [Outcome.STATUTORY])
    assert f"Case[{1 if first else 2}]" in (found.problem or "")


def test_a_broken_offence_or_result_does_not_hold_up_the_healthy_one() -> None:
    twice = offence(ABH, CUSTODY).replace("<DC:Finding>", "<DC:Finding>N</DC:Finding><DC:Finding>")
    for broken in ("<DC:Offence/>", twice):
        found = read_of(case(offence(ABH, CUSTODY), broken))
        assert (found.in_part, outcomes(found)) == (True, [Outcome.STATUTORY])

    found = read_of(case(offence(ABH, CUSTODY, "<DC:Result/>")))
    assert (found.in_part, outcomes(found)) == (True, [Outcome.STATUTORY])


def test_two_people_with_one_reference_hold_up_no_third() -> None:
    alex = case(offence(ABH, CUSTODY), who=person("Alex"))

    found = read_of(HEALTHY, alex, case(offence(ABH, CUSTODY), urn=OTHER_URN))
    assert (found.in_part, outcomes(found)) == (True, [Outcome.STATUTORY])


def test_a_broken_message_in_an_envelope_holds_up_no_other() -> None:
    dayless = message(case(offence(ABH, CUSTODY), urn=OTHER_URN), day="")

    found = read(delivered(message(HEALTHY) + dayless))
    assert (found.in_part, outcomes(found)) == (True, [Outcome.STATUTORY])


def elements(root: ET.Element) -> Iterator[tuple[ET.Element, ET.Element]]:
    """Yield every element with children, with the one it is in."""
    for parent in root.iter():
        for child in parent:
            if len(child):
                yield parent, child


@pytest.mark.parametrize("how", ["rename", "move", "wrap", "blank", "namespace"])
def test_no_change_of_any_one_element_makes_a_message_sentence_nobody(how: str) -> None:
    by = random.Random(how)  # noqa: S311 - a story, not a secret
    body = delivered(message(case(offence(THEFT, FINE), offence(ABH, CUSTODY))))
    for number in range(len(list(elements(_tree(body))))):
        for _ in range(5):
            root = _tree(body)
            _change(root, *list(elements(root))[number], how, by)
            assert not _is_lost(ET.tostring(root)), (how, number)


def _tree(body: bytes) -> ET.Element:
    return ET.fromstring(body)  # noqa: S314 - our own words


def _change(
    root: ET.Element, parent: ET.Element, child: ET.Element, how: str, by: random.Random
) -> None:
    namespace, _, name = child.tag.rpartition("}")
    if how == "rename":
        child.tag = f"{namespace}}}{by.choice(['Items', name.lower(), f'{name}s'])}"
    elif how == "namespace":
        child.tag = f"{{http://example.org/other}}{name}"
    elif how == "blank":
        child.clear()
    else:
        parent.remove(child)
        wrapper = ET.SubElement(parent, f"{namespace}}}Wrapper")
        target = wrapper if how == "wrap" else by.choice([one for one in root.iter() if len(one)])
        target.append(child)


def _is_lost(body: bytes) -> bool:
    try:
        found = read(body)
    except NotReadable:
        return False
    return found.status == READ and not found.sentenced and not found.problem
