"""The gate on its own: each reason at each step, and who may decide about it."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from vcs.access.actors import Actor
from vcs.post.basis import Basis, changes, signed_differently
from vcs.post.gate import (
    EarlierLetter,
    HoldKind,
    LetterCase,
    LetterHeld,
    Step,
    holds,
    reasons_to_withdraw,
    require,
    why_not_decide,
)
from vcs.post.letter_case import ChangedAddress
from vcs.post.records import LetterQuestion
from vcs.terms import Role
from vcs.victims.person import Person
from vcs.victims.preferences.allowed import Preference, Preferences
from vcs.victims.preferences.records import HowKnown, Rule, Way
from vcs.victims.same_person import Likeness, likeness

FINE = LetterCase("Nia Example", "Ms Example", drafted_by=1)

FIRST = EarlierLetter("VCS-0000-0001", datetime(2026, 3, 20, 12, tzinfo=UTC), 1)

NO_ON = date(2026, 3, 20)

EVERY, LATE, LAST = set(Step), {Step.APPROVE, Step.OPEN}, {Step.OPEN}


def said(way: Way, rule: Rule) -> Preferences:
    """Return what somebody said about one way of reaching them."""
    known, whom = HowKnown.THEM, "Ann at the refuge"
    return Preferences((Preference(1, 1, way, rule, NO_ON, known, via_whom=whom),))


MOVED = ChangedAddress(NO_ON, "account:3", "2 Refuge Close")

HELD = (
    (replace(FINE, preferences=said(Way.ANYTHING, Rule.NEVER)), HoldKind.NEVER_CONTACT, EVERY),
    (replace(FINE, preferences=said(Way.POST, Rule.NEVER)), HoldKind.POST_NEVER, EVERY),
    (replace(FINE, preferences=said(Way.PHONE, Rule.ONLY)), HoldKind.POST_NEVER, EVERY),
    (replace(FINE, preferences=said(Way.VIA, Rule.ONLY)), HoldKind.ONLY_VIA, LATE),
    (replace(FINE, is_closed=True), HoldKind.CLOSED, EVERY),
    (replace(FINE, signed_otherwise=("it moved",)), HoldKind.SIGNED_OTHERWISE, LAST),
    (replace(FINE, changed_address=MOVED), HoldKind.FIRST_TO_CHANGED_ADDRESS, LATE),
    (replace(FINE, opted_out_on=NO_ON), HoldKind.OPTED_OUT, EVERY),
    (replace(FINE, has_died=True), HoldKind.DECEASED, EVERY),
    (replace(FINE, child_came_of_age_on=NO_ON), HoldKind.CAME_OF_AGE, EVERY),
    (replace(FINE, name="Nia Example (deceased)"), HoldKind.NOTE_IN_NAME, EVERY),
    (replace(FINE, salutation="Ms Example - deaf"), HoldKind.NOTE_IN_NAME, EVERY),
    (replace(FINE, name="Nia Late Example"), HoldKind.NAME_IN_DOUBT, LATE),
    (replace(FINE, may_have_opted_out_on=(NO_ON,)), HoldKind.EARLIER_OPT_OUT, LATE),
    (replace(FINE, apart_said_no_on=(NO_ON,)), HoldKind.KEPT_APART, LATE),
    (replace(FINE, earlier_letters=(FIRST,)), HoldKind.SECOND_LETTER, LATE),
    (replace(FINE, has_shared_address=True), HoldKind.SHARED_ADDRESS, LATE),
    (replace(FINE, format_needs="Large print"), HoldKind.FORMAT, LATE),
    (replace(FINE, changes=("the address changed",)), HoldKind.CHANGED, LAST),
    (replace(FINE, is_sentence_asked_about=True), HoldKind.SENTENCE_ASKED, LAST),
    (replace(FINE, is_instruction_asked_about=True), HoldKind.INSTRUCTION_ASKED, LATE),
)


@pytest.mark.parametrize("step", list(Step))
def test_a_letter_that_nothing_holds_takes_every_step(step: Step) -> None:
    assert holds(FINE, step) == ()
    require(FINE, step)


@pytest.mark.parametrize(("case", "kind", "steps"), HELD)
def test_each_reason_holds_at_its_steps_and_says_what_to_do(
    case: LetterCase, kind: HoldKind, steps: set[Step]
) -> None:
    assert {step for step in Step if holds(case, step)} == steps
    found = holds(case, Step.OPEN)
    assert {hold.kind for hold in found} == {kind}
    assert all(hold.text.endswith(".") for hold in found)
    with pytest.raises(LetterHeld, match=re.escape(found[0].text[:20])):
        require(case, Step.OPEN)


@pytest.mark.parametrize(("case", "kind", "steps"), HELD)
def test_what_a_person_decided_holds_no_more(
    case: LetterCase, kind: HoldKind, steps: set[Step]
) -> None:
    decided = replace(case, decided=frozenset(LetterQuestion))
    is_asked = kind in {
        HoldKind.NAME_IN_DOUBT,
        HoldKind.EARLIER_OPT_OUT,
        HoldKind.KEPT_APART,
        HoldKind.SECOND_LETTER,
        HoldKind.SHARED_ADDRESS,
        HoldKind.FORMAT,
        HoldKind.ONLY_VIA,
        HoldKind.FIRST_TO_CHANGED_ADDRESS,
    }
    assert (holds(decided, Step.OPEN) == ()) is is_asked
    waits = {HoldKind.SENTENCE_ASKED, HoldKind.INSTRUCTION_ASKED}
    ends = not is_asked and kind not in waits
    assert bool(reasons_to_withdraw(case)) is ends


def test_the_reasons_name_the_day_and_the_words() -> None:
    case = replace(
        FINE, opted_out_on=NO_ON, name="Nia Example DO NOT RING", earlier_letters=(FIRST,)
    )
    told = " ".join(hold.text for hold in holds(case, Step.APPROVE))
    for words in ("Friday 20 March 2026", "DO NOT", "VCS-0000-0001"):
        assert words in told


def test_what_is_kept_with_a_withdrawn_letter_names_nobody() -> None:
    case = replace(FINE, name="Nia Example (deceased)", changes=("the address changed",))
    assert "Nia" not in reasons_to_withdraw(case)
    assert "the address changed" in reasons_to_withdraw(case)


SHARED, SECOND = LetterQuestion.SHARED_ADDRESS, LetterQuestion.SECOND_LETTER


@pytest.mark.parametrize(
    ("question", "role", "account", "allowed"),
    [
        (SHARED, Role.MANAGER, 2, True),
        (SHARED, Role.MANAGER, 1, False),
        (SHARED, Role.VLO, 2, False),
        (LetterQuestion.KEPT_APART, Role.MANAGER, 2, True),
        (LetterQuestion.KEPT_APART, Role.HEAD, 2, True),
        (LetterQuestion.KEPT_APART, Role.MANAGER, 1, False),
        (LetterQuestion.KEPT_APART, Role.VLO, 2, False),
        (SECOND, Role.VLO, 2, True),
        (SECOND, Role.MANAGER, 1, False),
        (LetterQuestion.FORMAT, Role.VLO, 1, True),
        (LetterQuestion.ONLY_VIA, Role.MANAGER, 1, False),
        (LetterQuestion.ONLY_VIA, Role.VLO, 2, True),
        (LetterQuestion.CHANGED_ADDRESS, Role.MANAGER, 1, False),
        (LetterQuestion.CHANGED_ADDRESS, Role.MANAGER, 3, False),
        (LetterQuestion.CHANGED_ADDRESS, Role.VLO, 2, True),
    ],
)
def test_a_second_person_decides_where_it_takes_one(
    question: LetterQuestion, role: Role, account: int, allowed: bool
) -> None:
    case = replace(FINE, earlier_letters=(FIRST,), changed_address=MOVED)
    assert (why_not_decide(case, question, Actor(account, "A", role)) == "") is allowed


BASIS = Basis("Nia", "Ms Example", "1 made up lane", "victim", "[3 years]", None, "Not on Mondays")


@pytest.mark.parametrize(
    ("now_is", "safe", "told"),
    [
        (BASIS, True, ""),
        (replace(BASIS, address="2 made up lane"), True, "address"),
        (replace(BASIS, name="Mia"), True, "name"),
        (replace(BASIS, greeting="Mia"), True, "greeting"),
        (replace(BASIS, standing="next of kin"), True, "who this person is"),
        (replace(BASIS, sentence="[2 years]"), True, "sentence"),
        (replace(BASIS, choice_id=1), True, "choice"),
        (replace(BASIS, warnings="He reads the post"), True, "safely"),
        (BASIS, False, "safe"),
        (BASIS, None, "safe"),
    ],
)
def test_each_change_makes_an_approved_letter_out_of_date(
    now_is: Basis, safe: bool | None, told: str
) -> None:
    found = changes(BASIS, now_is, safe_to_post=safe)
    assert told in " ".join(found)
    assert bool(found) is bool(told)


SIGNED = replace(BASIS, officer="Ann", phone="0113 496 0001", unit="Leeds|u@e.org", region="N55")


@pytest.mark.parametrize(
    ("now_is", "told"),
    [
        (SIGNED, ""),
        (replace(SIGNED, officer="Ben", phone="0113 496 0002"), "the officer whom it names"),
        (replace(SIGNED, officer=""), "the officer whom it names"),
        (replace(SIGNED, phone="0113 496 0002"), "the phone number"),
        (replace(SIGNED, unit="Leeds|v@e.org"), "the details of the unit"),
        (replace(SIGNED, region="N03"), "another region"),
    ],
)
def test_a_letter_that_names_who_no_longer_answers_says_so_once(now_is: Basis, told: str) -> None:
    (*found,) = signed_differently(SIGNED, now_is)
    assert len(found) == bool(told)
    assert told in "".join(found)
    assert signed_differently(BASIS, now_is) == ()


def test_a_letter_that_cannot_be_compared_is_out_of_date() -> None:
    assert changes(None, BASIS, safe_to_post=True)


def person(name: str, line: str = "", phone: str = "") -> Person:
    lines = (line, "Leeds") if line else ()
    return Person(name, "", lines, "LS1 3AB" if line else "", phone, "", "")


ANN = person("Ann Lis", "1 Made Up Lane", "0113 496 0000")


@pytest.mark.parametrize(
    ("other", "expected"),
    [
        (person("ANN LIS"), Likeness.PROBABLY),
        (person("Mrs Ánn Lis (deaf)"), Likeness.PROBABLY),
        (person("Lis, Ann"), Likeness.MAYBE),
        (person("A. Lis", "1 Made-Up Lane"), Likeness.PROBABLY),
        (person("A. Lis", "9 Elsewhere"), Likeness.MAYBE),
        (person("Ann Mary Lis", phone="+44 113 496 0000"), Likeness.PROBABLY),
        (person("Anne Lis"), Likeness.MAYBE),
        (person("Ann Brown", "1 Made Up Lane"), Likeness.MAYBE),
        (person("Bob Lis", "1 Made Up Lane"), Likeness.NO),
        (person("Ann Brown"), Likeness.NO),
        (person("王小明"), Likeness.NO),
    ],
)
def test_people_entered_apart_are_compared(other: Person, expected: Likeness) -> None:
    assert likeness(ANN, other) is expected
    assert likeness(other, ANN) is expected
