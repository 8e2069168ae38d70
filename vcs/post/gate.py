"""The one gate for letters: why a letter may not be begun, approved, opened or despatched. Pure.

Asked at every step with what is true at that moment. Each reason is one plain sentence that says
what to do. What each reason stops, and who gets past it, says ``policies.py``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from vcs.access.actors import Actor
from vcs.access.rules import Act, may
from vcs.errors import NotValid
from vcs.post.cases.letter_case import ChangedAddress
from vcs.post.cases.letter_case import EarlierLetter as EarlierLetter
from vcs.post.cases.letter_case import LetterCase as LetterCase
from vcs.post.holds import address_holds, case_holds, name_holds, wishes
from vcs.post.holds.address_holds import came_back, said_deceased
from vcs.post.holds.hold_kinds import Concerns
from vcs.post.holds.hold_kinds import HoldKind as HoldKind
from vcs.post.holds.hold_kinds import Step as Step
from vcs.post.holds.policies import ACTS, POLICIES, Past, policy_of
from vcs.post.records import LetterQuestion
from vcs.post.signatory import signed_otherwise
from vcs.victims.preferences.records import Way

_RULES: Final[Mapping[HoldKind, Callable[[LetterCase], Iterator[str]]]] = {
    HoldKind.NEVER_CONTACT: wishes.never_contact,
    HoldKind.POST_NEVER: wishes.post_never,
    HoldKind.DECEASED: wishes.deceased,
    HoldKind.SAID_DECEASED: said_deceased,
    HoldKind.OPTED_OUT: wishes.opted_out,
    HoldKind.CHOSE_OTHERWISE: wishes.chose_otherwise,
    HoldKind.NOTE_FORBIDS: name_holds.note_forbids,
    HoldKind.NOTE_UNSETTLED: wishes.note_unsettled,
    HoldKind.NOT_SAFE_TO_POST: address_holds.not_safe_to_post,
    HoldKind.EXCLUDED: case_holds.excluded,
    HoldKind.CLOSED: case_holds.closed,
    HoldKind.CAME_OF_AGE: wishes.came_of_age,
    HoldKind.NO_ADULT: wishes.no_adult,
    HoldKind.NOT_NOW: wishes.not_now,
    HoldKind.NOTE_IN_NAME: name_holds.note_in_name,
    HoldKind.NO_ADDRESS: address_holds.no_address,
    HoldKind.UNDER_EMBARGO: case_holds.under_embargo,
    HoldKind.TOLD_TOGETHER: case_holds.told_together,
    HoldKind.CHANGED: case_holds.changed,
    HoldKind.SIGNED_OTHERWISE: signed_otherwise,
    HoldKind.SENTENCE_ASKED: case_holds.sentence_asked,
    HoldKind.INSTRUCTION_ASKED: case_holds.instruction_asked,
    HoldKind.PERSON_ASKED: case_holds.person_asked,
    HoldKind.NAME_IN_DOUBT: name_holds.name_in_doubt,
    HoldKind.EARLIER_OPT_OUT: case_holds.earlier_opt_out,
    HoldKind.KEPT_APART: wishes.kept_apart,
    HoldKind.SECOND_LETTER: case_holds.second_letter,
    HoldKind.SHARED_ADDRESS: address_holds.shared_address,
    HoldKind.FORMAT: case_holds.format_need,
    HoldKind.ONLY_VIA: wishes.only_via,
    HoldKind.FIRST_TO_CHANGED_ADDRESS: address_holds.first_to_changed_address,
    HoldKind.UNCONFIRMED_ADDRESS: address_holds.unconfirmed_address,
    HoldKind.PARTICULAR_ADDRESS: address_holds.particular_address,
    HoldKind.NO_EMAIL: address_holds.no_email,
    HoldKind.CHANGED_EMAIL: address_holds.changed_email,
    HoldKind.SHARED_MAILBOX: address_holds.shared_mailbox,
    HoldKind.RETURNED: came_back,
    HoldKind.NOT_PREPARED: case_holds.not_prepared,
    HoldKind.HARD_DAY: case_holds.hard_day,
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
        if kind in case.stopped_by
        and step in POLICIES[kind].steps
        and _concerns(case, POLICIES[kind].concerns)
        and POLICIES[kind].question not in case.decided
        for text in find(case)
    )


def _concerns(case: LetterCase, what: Concerns) -> bool:
    """Say whether a letter goes where a reason counts: nothing of her door stops an email."""
    if what is Concerns.ADDRESS:
        return not case.leaves_by_email
    return what is Concerns.ANY_WAY or case.goes_by is Way.EMAIL


def reasons_to_withdraw(case: LetterCase, *, was_opened: bool = False) -> str:
    """Return why an approved letter may never go any more; "" where it may, or only waits."""
    kinds = dict.fromkeys(hold.kind for hold in holds(case, Step.OPEN))
    ended = (POLICIES[kind] for kind in kinds if POLICIES[kind].opened_too or not was_opened)
    changes, signed = "; ".join(case.changes), "; ".join(case.signed_otherwise)
    words = (one.withdrawn.format(changes=changes, signed=signed) for one in ended)
    return " ".join(dict.fromkeys(one for one in words if one))


def require(case: LetterCase, step: Step) -> None:
    """Raise LetterHeld unless a letter may take a step."""
    if found := holds(case, step):
        raise LetterHeld(found)


def require_to_begin(case: LetterCase, *, for_decision: bool) -> None:
    """Raise LetterHeld unless a letter may begin.

    ``for_decision``: a person begins it knowing what holds it, for a second person to decide.
    """
    found = holds(case, Step.DRAFT)
    if found and not (for_decision and may_be_decided(found)):
        raise LetterHeld(found)


def may_be_decided(found: tuple[Hold, ...]) -> bool:
    """Say whether a second person may decide about each of some reasons."""
    return all(hold.question is not None for hold in found)


def why_not_decide(case: LetterCase, question: LetterQuestion, actor: Actor) -> str:
    """Return why a person may not decide something about a letter; "" where they may.

    Whoever began a letter never decides about it.
    """
    past = Past.COLLEAGUE if question is LetterQuestion.WORDING else policy_of(question).past
    if past is Past.MANAGER:
        if not may(actor, ACTS.get(question, Act.LET_LETTER_PAST)):
            return "Ask a manager of the unit: only a manager can decide this."
        if actor.account_id == case.drafted_by:
            return "Ask another manager: whoever began this letter cannot decide this."
    if actor.account_id == case.drafted_by:
        return "Ask a colleague: whoever began this letter cannot decide this."
    changed = _changed(case).get(question)
    if changed is not None and actor.who == changed.entered_by:
        return "Ask a colleague: whoever entered the new address cannot decide this."
    if question is LetterQuestion.SECOND_LETTER and any(
        one.approved_by == actor.account_id for one in case.earlier_letters
    ):
        return "Ask a colleague: whoever approved the first letter cannot decide this."
    return ""


def _changed(case: LetterCase) -> Mapping[LetterQuestion, ChangedAddress | None]:
    """Return what was changed on one party's word, by the question that a second person answers."""
    return {
        LetterQuestion.CHANGED_ADDRESS: case.changed_address,
        LetterQuestion.CHANGED_EMAIL: case.changed_email,
    }


def why_not_approve(case: LetterCase, actor: Actor) -> str:
    """Return why a person may not approve a letter that nothing holds; "" where they may.

    Whoever let it past a hold approves it only where somebody else began it.
    """
    is_alone = case.drafted_by in (None, actor.account_id)
    if is_alone and actor.account_id in case.decided_by:
        return "Ask a colleague: whoever decided that this letter may go cannot also approve it."
    return ""
