"""The gate on its own: each reason at each step, and who may decide about it."""

from __future__ import annotations

import re
from dataclasses import fields, replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from tests.post.held_for import ARRANGE
from vcs.access.actors import Actor
from vcs.post.cases.letter_case import CameBack, ChangedAddress, HardDay, News, NotNow
from vcs.post.gate import (
    EarlierLetter,
    HoldKind,
    LetterCase,
    LetterHeld,
    Step,
    holds,
    reasons_to_withdraw,
    require,
    require_to_begin,
    why_not_approve,
    why_not_decide,
)
from vcs.post.holds.hold_kinds import Concerns
from vcs.post.holds.policies import LETS_NOBODY_PAST, POLICIES, Past
from vcs.post.records import LetterQuestion
from vcs.post.returned.reasons import ReturnReason
from vcs.post.stale.basis import Basis, changes, signed_differently
from vcs.terms import Role
from vcs.victims.person import Person
from vcs.victims.preferences.allowed import Preference, Preferences
from vcs.victims.preferences.records import HowKnown, Rule, Way
from vcs.victims.same_person import Likeness, likeness

FINE = LetterCase("Nia Example", "Ms Example", drafted_by=1)

FIRST = EarlierLetter("VCS-0000-0001", datetime(2026, 3, 20, 12, tzinfo=UTC), 4)

NO_ON = date(2026, 3, 20)

LAST = {Step.OPEN, Step.DESPATCH}

EVERY, LATE = set(Step), {Step.APPROVE} | LAST


def said(way: Way, rule: Rule) -> Preferences:
    """Return what somebody said about one way of reaching them."""
    known, whom = HowKnown.THEM, "Ann at the refuge"
    return Preferences((Preference(1, 1, way, rule, NO_ON, known, via_whom=whom),))


DECEASED, GONE = ReturnReason.DECEASED, ReturnReason.GONE_AWAY

UNSETTLED = HoldKind.NOTE_UNSETTLED

SAID_DIED = HoldKind.SAID_DECEASED

MOVED = ChangedAddress(NO_ON, "account:3", "2 Refuge Close")

_BY_EMAIL_ALONE = (said(Way.POST, Rule.NEVER).lines, said(Way.EMAIL, Rule.ALLOWED).lines)

BY_EMAIL = replace(FINE, preferences=Preferences(sum(_BY_EMAIL_ALONE, ())), goes_by=Way.EMAIL)

KNOWN_TODAY = News(NO_ON, missing="0 of 3 days")

OUT_OF_THE_BLUE = replace(FINE, news=KNOWN_TODAY)


def told_by(case: LetterCase) -> dict[str, Any]:
    """Return what a case says that a letter that nothing holds does not."""
    return {name: value for name, value in vars_of(case).items() if vars_of(FINE)[name] != value}


def vars_of(case: LetterCase) -> dict[str, Any]:
    return {one.name: getattr(case, one.name) for one in fields(case)}


HELD = (
    (replace(FINE, preferences=said(Way.ANYTHING, Rule.NEVER)), HoldKind.NEVER_CONTACT, EVERY),
    (replace(FINE, preferences=said(Way.POST, Rule.NEVER)), HoldKind.POST_NEVER, EVERY),
    (replace(FINE, preferences=said(Way.PHONE, Rule.ONLY)), HoldKind.POST_NEVER, EVERY),
    (replace(FINE, preferences=said(Way.VIA, Rule.ONLY)), HoldKind.ONLY_VIA, LATE),
    (replace(FINE, is_closed=True), HoldKind.CLOSED, EVERY),
    (replace(FINE, signed_otherwise=("it moved",)), HoldKind.SIGNED_OTHERWISE, LAST),
    (replace(FINE, changed_address=MOVED), HoldKind.FIRST_TO_CHANGED_ADDRESS, LATE),
    (replace(FINE, opted_out_on=NO_ON), HoldKind.OPTED_OUT, EVERY),
    (replace(FINE, not_now=NotNow(NO_ON, None)), HoldKind.NOT_NOW, EVERY),
    (replace(FINE, chose_otherwise_on=NO_ON), HoldKind.CHOSE_OTHERWISE, EVERY),
    (replace(FINE, has_died=True), HoldKind.DECEASED, EVERY),
    (replace(FINE, came_back=(CameBack("A", DECEASED, NO_ON, True, True),)), SAID_DIED, EVERY),
    (replace(FINE, came_back=(CameBack("A", GONE, NO_ON, True, True),)), HoldKind.RETURNED, LATE),
    (replace(FINE, child_came_of_age_on=NO_ON), HoldKind.CAME_OF_AGE, EVERY),
    (replace(FINE, is_child_alone=True), HoldKind.NO_ADULT, LATE),
    (replace(FINE, is_by_somebody_excluded=True), HoldKind.EXCLUDED, LATE),
    (replace(FINE, name="Nia Example (deceased)"), HoldKind.NOTE_FORBIDS, EVERY),
    (replace(FINE, name="Nia Example DO NOT CONTACT"), HoldKind.NOTE_FORBIDS, EVERY),
    (replace(FINE, name_in_latin="Nia Example dec'sd"), HoldKind.NOTE_FORBIDS, EVERY),
    (replace(FINE, name_in_latin="Nia Example GNA"), HoldKind.NOTE_IN_NAME, EVERY),
    (replace(FINE, salutation="Ms Example - deaf"), HoldKind.NOTE_IN_NAME, EVERY),
    (replace(FINE, name="Nia and Dan Example"), HoldKind.NOTE_IN_NAME, EVERY),
    (replace(FINE, contact_note="Never write: he opens her post"), UNSETTLED, LATE),
    (replace(FINE, name="Nia Late Example"), HoldKind.NAME_IN_DOUBT, LATE),
    (replace(FINE, may_have_opted_out_on=(NO_ON,)), HoldKind.EARLIER_OPT_OUT, LATE),
    (replace(FINE, apart_said_no_on=(NO_ON,)), HoldKind.KEPT_APART, LATE),
    (replace(FINE, earlier_letters=(FIRST,)), HoldKind.SECOND_LETTER, LATE),
    (replace(FINE, has_shared_address=True), HoldKind.SHARED_ADDRESS, LATE),
    (replace(BY_EMAIL, has_email=False), HoldKind.NO_EMAIL, LATE),
    (replace(BY_EMAIL, changed_email=MOVED), HoldKind.CHANGED_EMAIL, LATE),
    (replace(BY_EMAIL, mailbox_readers=("a son",)), HoldKind.SHARED_MAILBOX, LATE),
    (replace(FINE, has_address=False), HoldKind.NO_ADDRESS, LATE),
    (replace(FINE, safe_to_post=False), HoldKind.NOT_SAFE_TO_POST, LATE),
    (replace(FINE, safe_to_post=None), HoldKind.UNCONFIRMED_ADDRESS, LATE),
    (replace(FINE, is_unconfirmed=True), HoldKind.UNCONFIRMED_ADDRESS, LATE),
    (replace(FINE, address_asks=("This looks like a prison",)), HoldKind.PARTICULAR_ADDRESS, LATE),
    (replace(FINE, format_needs="Large print"), HoldKind.FORMAT, LATE),
    (replace(FINE, is_under_embargo=True), HoldKind.UNDER_EMBARGO, LATE),
    (replace(FINE, is_told_together=True), HoldKind.TOLD_TOGETHER, LAST),
    (replace(FINE, changes=("the address changed",)), HoldKind.CHANGED, LAST),
    (replace(FINE, is_sentence_asked_about=True), HoldKind.SENTENCE_ASKED, LATE),
    (replace(FINE, is_instruction_asked_about=True), HoldKind.INSTRUCTION_ASKED, LATE),
    (replace(FINE, is_safety_asked_about=True), HoldKind.INSTRUCTION_ASKED, LATE),
    (replace(FINE, is_person_asked_about=True), HoldKind.PERSON_ASKED, LATE),
    (OUT_OF_THE_BLUE, HoldKind.NOT_PREPARED, LATE),
    (replace(FINE, hard_day=HardDay("in March", NO_ON)), HoldKind.HARD_DAY, LATE),
    (replace(FINE, hard_day=HardDay("his birthday", None)), HoldKind.HARD_DAY, LATE),
)


def test_every_reason_is_tried_against_every_way_out() -> None:
    assert set(ARRANGE) == set(HoldKind)


def test_every_kind_of_hold_has_a_policy_a_rule_and_a_case_here() -> None:
    assert set(POLICIES) == set(HoldKind) == {kind for _, kind, _ in HELD}
    for kind in HoldKind:
        policy = POLICIES[kind]
        assert (policy.question is not None) is (policy.past in (Past.COLLEAGUE, Past.MANAGER))
        assert Step.DESPATCH in policy.steps


def test_every_kind_of_hold_is_tried_against_every_way_out() -> None:
    assert set(ARRANGE) == set(HoldKind)


def test_each_question_is_about_one_kind_of_hold_or_about_the_wording() -> None:
    asked = [one.question for one in POLICIES.values() if one.question is not None]
    assert len(asked) == len(set(asked))
    assert set(LetterQuestion) - set(asked) == {LetterQuestion.WORDING}


def test_nobody_overrules_what_the_law_and_the_victim_decide() -> None:
    assert {
        HoldKind.OPTED_OUT,
        HoldKind.CHOSE_OTHERWISE,
        HoldKind.DECEASED,
        HoldKind.SAID_DECEASED,
        HoldKind.NOTE_FORBIDS,
        HoldKind.NOT_SAFE_TO_POST,
        HoldKind.NEVER_CONTACT,
        HoldKind.POST_NEVER,
        HoldKind.EXCLUDED,
        HoldKind.UNDER_EMBARGO,
    } == LETS_NOBODY_PAST


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
    is_asked = POLICIES[kind].question is not None
    assert {step for step in Step if not holds(decided, step)} >= (steps if is_asked else set())
    assert (holds(decided, Step.DESPATCH) == ()) is is_asked


@pytest.mark.parametrize(("case", "kind", "steps"), HELD)
def test_what_was_decided_about_one_reason_lets_no_letter_past_another(
    case: LetterCase, kind: HoldKind, steps: set[Step]
) -> None:
    question, tried = POLICIES[kind].question, 0
    for other, arises, _ in HELD:
        if arises is kind or not can_be_both(case, kind, other, arises):
            continue
        decided = frozenset({question} if question else ())
        both = replace(case, **told_by(other), decided=decided)
        assert arises in {hold.kind for step in Step for hold in holds(both, step)}
        assert {step for step in steps if is_held(both, step, kind)} == (
            set() if question else steps
        )
        tried += 1
    assert tried > len(HoldKind) // 3


def is_held(case: LetterCase, step: Step, kind: HoldKind) -> bool:
    return kind in {hold.kind for hold in holds(case, step)}


def can_be_both(case: LetterCase, kind: HoldKind, other: LetterCase, arises: HoldKind) -> bool:
    """Say whether two reasons are of different facts, and not one of a door, one of a mailbox."""
    concerns = {_concerns(kind), _concerns(arises)}
    one_way = concerns != {Concerns.ADDRESS, Concerns.MAILBOX}
    if UNSETTLED in (kind, arises) and (case.preferences.lines or other.preferences.lines):
        # An answer about the way settles what a note means for it.
        return False
    if arises is HoldKind.UNCONFIRMED_ADDRESS and kind in _SAYS_MORE_OF_ADDRESS:
        return False
    return one_way and not set(told_by(case)) & set(told_by(other))


_SAYS_MORE_OF_ADDRESS = (HoldKind.NO_ADDRESS, HoldKind.NOT_SAFE_TO_POST)
"""Nobody is past these, so that an address is not confirmed is not said beside them."""


def _concerns(kind: HoldKind) -> Concerns:
    # Those that came back here came from a door.
    return Concerns.ADDRESS if kind is HoldKind.RETURNED else POLICIES[kind].concerns


@pytest.mark.parametrize(("case", "kind", "steps"), HELD)
def test_a_hold_that_no_row_names_stops_no_letter(
    case: LetterCase, kind: HoldKind, steps: set[Step]
) -> None:
    passes = replace(case, stopped_by=frozenset(HoldKind) - {kind})
    assert not any(holds(passes, step) for step in steps)


AGAINST = (
    *("no letters please", "never contact me", "Not safe to write - partner at home", "Only text"),
    *("Never write: he opens her post. Never contact me", "dim llythyrau", "He reads her post"),
    *("Do not ring. Husband opens post.", "Letters to her mum only: 3 Elm Rd", "An older note"),
)

NO_MATTER = (
    *("", "Letters only. Do not leave messages.", "Ring before noon", "After six", "Never ring"),
    *("Prefers letters. Do not ring", "Do not ring before 5", "Letters are fine"),
)


def test_a_note_that_may_speak_against_letters_waits_until_an_answer_about_post() -> None:
    for note in AGAINST:
        noted = replace(FINE, contact_note=note)
        assert is_held(noted, Step.APPROVE, UNSETTLED), note
        settled = replace(noted, preferences=said(Way.POST, Rule.ALLOWED))
        assert holds(settled, Step.DESPATCH) == (), note
    for note in NO_MATTER:
        assert holds(replace(FINE, contact_note=note), Step.APPROVE) == (), note


@pytest.mark.parametrize(
    "news",
    [
        replace(KNOWN_TODAY, was_reached=True),
        replace(KNOWN_TODAY, chose_letters_only=True),
        replace(KNOWN_TODAY, missing=""),
    ],
)
def test_news_goes_on_paper_once_they_were_reached_or_tried_or_chose_so(news: News) -> None:
    assert holds(replace(FINE, news=news), Step.DESPATCH) == ()


def test_a_person_may_begin_what_a_second_person_can_decide_about_and_nothing_else() -> None:
    closed, opted_out = replace(FINE, is_closed=True), replace(FINE, opted_out_on=NO_ON)
    with pytest.raises(LetterHeld):
        require_to_begin(closed, for_decision=False)
    require_to_begin(closed, for_decision=True)
    for for_decision in (True, False):
        with pytest.raises(LetterHeld):
            require_to_begin(opted_out, for_decision=for_decision)


def test_whoever_let_a_letter_past_that_nobody_began_cannot_approve_it() -> None:
    case = replace(FINE, drafted_by=None, decided_by=frozenset({2}))
    assert why_not_approve(case, Actor(2, "A", Role.MANAGER))
    assert why_not_approve(case, Actor(3, "B", Role.MANAGER)) == ""
    assert why_not_approve(replace(case, drafted_by=1), Actor(2, "A", Role.MANAGER)) == ""


def test_whoever_let_past_what_they_began_cannot_approve_it() -> None:
    case = replace(FINE, drafted_by=2, decided_by=frozenset({2}))
    assert why_not_approve(case, Actor(2, "A", Role.MANAGER))
    assert why_not_approve(case, Actor(3, "B", Role.MANAGER)) == ""
    assert why_not_approve(replace(case, decided_by=frozenset()), Actor(2, "A", Role.VLO)) == ""


def test_an_opt_out_stops_a_hand_over_in_the_words_of_a_hand_over() -> None:
    to_her = replace(FINE, opted_out_on=NO_ON)
    to_managers = replace(to_her, is_to_others=True)
    (hers,), (theirs,) = holds(to_her, Step.APPROVE), holds(to_managers, Step.APPROVE)
    assert "No letter may go" in hers.text
    assert "would write to the address in it" in theirs.text
    assert "No letter may go" not in theirs.text


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


BEGAN, ANOTHER = 1, 2

_NOT_WHO_BEGAN_IT = [(one, Role.MANAGER, BEGAN, False) for one in LetterQuestion]

_OF_A_COLLEAGUE = [
    (one.question, Role.VLO, ANOTHER, True)
    for one in POLICIES.values()
    if one.past is Past.COLLEAGUE
]

_OF_A_MANAGER = [
    (one.question, role, ANOTHER, allowed)
    for one in POLICIES.values()
    if one.past is Past.MANAGER
    for role, allowed in ((Role.VLO, False), (Role.MANAGER, True), (Role.HEAD, True))
]


@pytest.mark.parametrize(
    ("question", "role", "account", "allowed"),
    [
        *_NOT_WHO_BEGAN_IT,
        *_OF_A_COLLEAGUE,
        *_OF_A_MANAGER,
        (LetterQuestion.WORDING, Role.VLO, ANOTHER, True),
        (LetterQuestion.CHANGED_ADDRESS, Role.MANAGER, 3, False),
        (LetterQuestion.SECOND_LETTER, Role.MANAGER, 4, False),
    ],
)
def test_a_second_person_decides_where_it_takes_one(
    question: LetterQuestion, role: Role, account: int, allowed: bool
) -> None:
    case = replace(FINE, earlier_letters=(FIRST,), changed_address=MOVED)
    assert (why_not_decide(case, question, Actor(account, "A", role)) == "") is allowed


BASIS = Basis("Nia", "Ms Example", "1 made up lane", "victim", "[3 years]", None, "Not on Mondays")


@pytest.mark.parametrize(
    ("now_is", "told"),
    [
        (BASIS, ""),
        (replace(BASIS, address="2 made up lane"), "address"),
        (replace(BASIS, name="Mia"), "name"),
        (replace(BASIS, greeting="Mia"), "greeting"),
        (replace(BASIS, standing="next of kin"), "who this person is"),
        (replace(BASIS, sentence="[2 years]"), "sentence"),
        (replace(BASIS, choice_id=1), "choice"),
        (replace(BASIS, told="[]"), ""),
        (replace(BASIS, warnings="He reads the post"), "safely"),
    ],
)
def test_each_change_makes_an_approved_letter_out_of_date(now_is: Basis, told: str) -> None:
    found = changes(BASIS, now_is)
    assert told in " ".join(found)
    assert bool(found) is bool(told)


EMAILED = replace(BASIS, mailbox="nia@example.org")


@pytest.mark.parametrize(
    ("was", "now_is", "told"),
    [
        (EMAILED, replace(EMAILED, address="2 made up lane"), ""),
        (EMAILED, replace(EMAILED, mailbox="mia@example.org"), "the email address changed"),
        (EMAILED, replace(EMAILED, mailbox=""), ""),
        (EMAILED, replace(BASIS, mailbox="", address="2 made up lane"), "the address changed"),
        (BASIS, EMAILED, ""),
        (BASIS, replace(EMAILED, address="2 made up lane"), "the address changed"),
    ],
)
def test_an_email_rests_on_the_mailbox_and_a_letter_on_paper_on_the_door(
    was: Basis, now_is: Basis, told: str
) -> None:
    assert changes(was, now_is) == ((told,) if told else ())


def test_what_else_a_letter_tells_makes_it_out_of_date_when_it_changes() -> None:
    before, after = replace(BASIS, told='["2027-03"]'), replace(BASIS, told='["2027-05"]')
    assert "what the letter tells" in " ".join(changes(before, after))
    assert changes(before, before) == ()


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
    assert changes(None, BASIS)


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
        (person("Bob Lis", "1 Made Up Lane"), Likeness.REACHED),
        (person("Ann Brown"), Likeness.NO),
        (person("王小明"), Likeness.NO),
    ],
)
def test_people_entered_apart_are_compared(other: Person, expected: Likeness) -> None:
    assert likeness(ANN, other) is expected
    assert likeness(other, ANN) is expected
