"""The one gate for letters: why a letter may not be drafted, approved or opened for printing. Pure.

Asked at all three steps with what is true at that moment. Each reason is one plain sentence that
says what to do.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from vcs.access.actors import Actor
from vcs.access.rules import Act, may
from vcs.clock import london_date
from vcs.errors import NotValid
from vcs.law.duties import in_words
from vcs.post.letter_case import EarlierLetter as EarlierLetter
from vcs.post.letter_case import LetterCase as LetterCase
from vcs.post.name_holds import name_in_doubt, note_in_name
from vcs.post.records import LetterQuestion
from vcs.post.returned.holds import came_back, said_deceased
from vcs.post.signatory import signed_otherwise
from vcs.post.wishes import (
    came_of_age,
    deceased,
    first_to_changed_address,
    kept_apart,
    never_contact,
    only_via,
    opted_out,
    post_never,
)


class Step(StrEnum):
    """What is about to be done with a letter."""

    DRAFT = "draft"
    APPROVE = "approve"
    OPEN = "open"


class HoldKind(StrEnum):
    """Why a letter is held."""

    CLOSED = "closed"
    NEVER_CONTACT = "never_contact"
    POST_NEVER = "post_never"
    DECEASED = "deceased"
    CAME_OF_AGE = "came_of_age"
    OPTED_OUT = "opted_out"
    NOTE_IN_NAME = "note_in_name"
    CHANGED = "changed"
    SIGNED_OTHERWISE = "signed_otherwise"
    SENTENCE_ASKED = "sentence_asked"
    INSTRUCTION_ASKED = "instruction_asked"
    PERSON_ASKED = "person_asked"
    NAME_IN_DOUBT = "name_in_doubt"
    EARLIER_OPT_OUT = "earlier_opt_out"
    KEPT_APART = "kept_apart"
    SECOND_LETTER = "second_letter"
    SHARED_ADDRESS = "shared_address"
    FORMAT = "format"
    ONLY_VIA = "only_via"
    FIRST_TO_CHANGED_ADDRESS = "first_to_changed_address"
    SAID_DECEASED = "said_deceased"
    RETURNED = "returned"


@dataclass(frozen=True, slots=True)
class Policy:
    """At which steps a kind of hold stops a letter, and what a person may decide about it.

    ``withdrawn`` is the reason that is kept with an approved letter that this hold ends; "" where
    it only waits. It names nobody, and may hold ``{changes}`` or ``{signed}``. ``opened_too`` ends
    also a letter that was opened for printing and is not recorded as posted.
    """

    steps: frozenset[Step]
    question: LetterQuestion | None = None
    withdrawn: str = ""
    opened_too: bool = False


_ALWAYS: Final = frozenset(Step)

_BEFORE_IT_LEAVES: Final = frozenset({Step.APPROVE, Step.OPEN})

POLICIES: Final[Mapping[HoldKind, Policy]] = {
    HoldKind.CLOSED: Policy(_ALWAYS, withdrawn="The referral was closed."),
    HoldKind.NEVER_CONTACT: Policy(_ALWAYS, withdrawn="The victim never wants contact."),
    HoldKind.POST_NEVER: Policy(_ALWAYS, withdrawn="The victim does not want post."),
    HoldKind.DECEASED: Policy(_ALWAYS, withdrawn="The person has died."),
    HoldKind.CAME_OF_AGE: Policy(_ALWAYS, withdrawn="A child they spoke for is 18."),
    HoldKind.OPTED_OUT: Policy(_ALWAYS, withdrawn="The victim does not want contact."),
    HoldKind.NOTE_IN_NAME: Policy(_ALWAYS, withdrawn="A note stands in the victim’s name."),
    HoldKind.CHANGED: Policy(frozenset({Step.OPEN}), withdrawn="Since it was approved: {changes}."),
    HoldKind.SIGNED_OTHERWISE: Policy(
        frozenset({Step.OPEN}), withdrawn="Since it was approved: {signed}.", opened_too=True
    ),
    HoldKind.SENTENCE_ASKED: Policy(frozenset({Step.OPEN})),
    HoldKind.INSTRUCTION_ASKED: Policy(_BEFORE_IT_LEAVES),
    HoldKind.PERSON_ASKED: Policy(_BEFORE_IT_LEAVES),
    HoldKind.NAME_IN_DOUBT: Policy(_BEFORE_IT_LEAVES, LetterQuestion.NAME),
    HoldKind.EARLIER_OPT_OUT: Policy(_BEFORE_IT_LEAVES, LetterQuestion.EARLIER_OPT_OUT),
    HoldKind.KEPT_APART: Policy(_BEFORE_IT_LEAVES, LetterQuestion.KEPT_APART),
    HoldKind.SECOND_LETTER: Policy(_BEFORE_IT_LEAVES, LetterQuestion.SECOND_LETTER),
    HoldKind.SHARED_ADDRESS: Policy(_BEFORE_IT_LEAVES, LetterQuestion.SHARED_ADDRESS),
    HoldKind.FORMAT: Policy(_BEFORE_IT_LEAVES, LetterQuestion.FORMAT),
    HoldKind.ONLY_VIA: Policy(_BEFORE_IT_LEAVES, LetterQuestion.ONLY_VIA),
    HoldKind.FIRST_TO_CHANGED_ADDRESS: Policy(_BEFORE_IT_LEAVES, LetterQuestion.CHANGED_ADDRESS),
    HoldKind.SAID_DECEASED: Policy(_ALWAYS),
    HoldKind.RETURNED: Policy(_BEFORE_IT_LEAVES, LetterQuestion.RETURNED),
}


@dataclass(frozen=True, slots=True)
class Hold:
    """One reason why a letter may not go on. ``question`` is what a person may decide about it."""

    kind: HoldKind
    text: str
    question: LetterQuestion | None = None


class LetterHeld(NotValid):
    """A letter that may not go on. The message gives every reason and says what to do."""

    title = "This letter may not go on"

    def __init__(self, holds: tuple[Hold, ...]) -> None:
        """Keep the reasons."""
        super().__init__(" ".join(hold.text for hold in holds))
        self.holds = holds


def holds(case: LetterCase, step: Step) -> tuple[Hold, ...]:
    """Return every reason why a letter may not take a step; empty where it may."""
    return tuple(
        Hold(kind, text, POLICIES[kind].question)
        for kind, find in _RULES.items()
        if step in POLICIES[kind].steps and POLICIES[kind].question not in case.decided
        for text in find(case)
    )


def reasons_to_withdraw(case: LetterCase, *, was_opened: bool = False) -> str:
    """Return why an approved letter may never go any more; "" where it may, or only waits."""
    kinds = dict.fromkeys(hold.kind for hold in holds(case, Step.OPEN))
    ended = (POLICIES[kind] for kind in kinds if POLICIES[kind].opened_too or not was_opened)
    changes, signed = "; ".join(case.changes), "; ".join(case.signed_otherwise)
    words = (one.withdrawn.format(changes=changes, signed=signed) for one in ended)
    return " ".join(one for one in words if one)


def require(case: LetterCase, step: Step) -> None:
    """Raise LetterHeld unless a letter may take a step."""
    if found := holds(case, step):
        raise LetterHeld(found)


def why_not_decide(case: LetterCase, question: LetterQuestion, actor: Actor) -> str:
    """Return why a person may not decide something about a letter; "" where they may."""
    if question in _OF_MANAGERS:
        if not may(actor, _OF_MANAGERS[question]):
            return "Ask a manager of the unit: only a manager can decide this."
        if actor.account_id == case.drafted_by:
            return "Ask another manager: whoever began this letter cannot decide this."
    takes_another = (
        LetterQuestion.ONLY_VIA,
        LetterQuestion.CHANGED_ADDRESS,
        LetterQuestion.RETURNED,
    )
    if question in takes_another and actor.account_id == case.drafted_by:
        return "Ask a colleague: whoever began this letter cannot decide this."
    entered = case.changed_address.entered_by if case.changed_address else ""
    if question is LetterQuestion.CHANGED_ADDRESS and actor.who == entered:
        return "Ask a colleague: whoever entered the new address cannot decide this."
    if question is LetterQuestion.SECOND_LETTER and any(
        one.approved_by == actor.account_id for one in case.earlier_letters
    ):
        return "Ask a colleague: whoever approved the first letter cannot decide this."
    return ""


_OF_MANAGERS: Final[Mapping[LetterQuestion, Act]] = {
    LetterQuestion.SHARED_ADDRESS: Act.ACCEPT_SHARED_ADDRESS,
    LetterQuestion.KEPT_APART: Act.WRITE_TO_ONE_KEPT_APART,
}


def _closed(case: LetterCase) -> Iterator[str]:
    if case.is_closed:
        yield (
            "This referral is closed, so no letter may go out. Open the referral to see why it "
            "was closed."
        )


def _changed(case: LetterCase) -> Iterator[str]:
    if case.changes:
        listed = "; ".join(case.changes)
        yield (
            f"This letter is out of date. Since it was approved: {listed}. Do not post it. "
            "Draft a new letter."
        )


def _sentence_asked(case: LetterCase) -> Iterator[str]:
    if case.is_sentence_asked_about:
        yield (
            "A court message may have changed this sentence, and a manager has not answered the "
            "task about it yet. Answer that task first, then open the letter again."
        )


def _instruction_asked(case: LetterCase) -> Iterator[str]:
    if case.is_instruction_asked_about:
        yield (
            "What witness care last sent about this person may have arrived late: it goes back to "
            "what was held before, or came under a key that was used already. Find out what is "
            "right, correct the details where they are wrong, and answer the task about it."
        )


def _person_asked(case: LetterCase) -> Iterator[str]:
    if case.is_person_asked_about:
        yield (
            "Somebody else on record may be this person, and what is known of one may be missing "
            "for the other. A manager has not yet answered the task that asks whether they are "
            "one. Letters wait until then."
        )


def _earlier_opt_out(case: LetterCase) -> Iterator[str]:
    if case.may_have_opted_out_on:
        days = ", ".join(in_words(day) for day in sorted(set(case.may_have_opted_out_on)))
        yield (
            "Somebody who may be this person said that they do not want contact, in another "
            f"referral or under another spelling: {days}. Find out whether it is the same person "
            "and whether this letter should go, then say what you decided. First contact is owed "
            "until then."
        )


def _second_letter(case: LetterCase) -> Iterator[str]:
    if case.earlier_letters:
        first = min(case.earlier_letters, key=lambda one: one.approved_at)
        day = in_words(london_date(first.approved_at))
        yield (
            f"A first letter to this person was approved on {day} ({first.reference}). A second "
            "one may go only for a reason, given by somebody who did not approve the first."
        )


def _shared_address(case: LetterCase) -> Iterator[str]:
    if case.has_shared_address:
        yield (
            "The court ties this person’s address, or one that may be the same, to the offender or "
            "to somebody in the same case, now or before, so the letter could reach them. A "
            "manager who did not begin this letter must decide whether it may go to this address."
        )


def _format(case: LetterCase) -> Iterator[str]:
    if case.format_needs:
        yield (
            f"This person needs: “{case.format_needs}”. Only a standard letter can be made. Say "
            "why a standard letter meets this need, or reach them in another way."
        )


_RULES: Final[Mapping[HoldKind, Callable[[LetterCase], Iterator[str]]]] = {
    HoldKind.CLOSED: _closed,
    HoldKind.NEVER_CONTACT: never_contact,
    HoldKind.POST_NEVER: post_never,
    HoldKind.DECEASED: deceased,
    HoldKind.CAME_OF_AGE: came_of_age,
    HoldKind.OPTED_OUT: opted_out,
    HoldKind.NOTE_IN_NAME: note_in_name,
    HoldKind.CHANGED: _changed,
    HoldKind.SIGNED_OTHERWISE: signed_otherwise,
    HoldKind.SENTENCE_ASKED: _sentence_asked,
    HoldKind.INSTRUCTION_ASKED: _instruction_asked,
    HoldKind.PERSON_ASKED: _person_asked,
    HoldKind.NAME_IN_DOUBT: name_in_doubt,
    HoldKind.EARLIER_OPT_OUT: _earlier_opt_out,
    HoldKind.KEPT_APART: kept_apart,
    HoldKind.SECOND_LETTER: _second_letter,
    HoldKind.SHARED_ADDRESS: _shared_address,
    HoldKind.FORMAT: _format,
    HoldKind.ONLY_VIA: only_via,
    HoldKind.FIRST_TO_CHANGED_ADDRESS: first_to_changed_address,
    HoldKind.SAID_DECEASED: said_deceased,
    HoldKind.RETURNED: came_back,
}
