"""The table of reasons to hold a letter: at which steps each counts, and who gets past it.

A row of the catalogue says which of them stop its kind of letter. Why each holds is worked out in
the modules that ``gate.py`` lists.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

from vcs.access.rules import Act
from vcs.post.holds.hold_kinds import Concerns, HoldKind, Step
from vcs.post.records import LetterQuestion


class Past(StrEnum):
    """What gets a letter past a hold.

    ``NOBODY`` overrules it: the fact itself has to change. ``FACT`` is something without which no
    letter can be made, or that has to happen first. ``NEW_LETTER`` ends this letter, and another
    takes its place. A ``COLLEAGUE`` is anybody who may decide about letters and did not begin this
    one; a ``MANAGER`` is a manager or head who did not.
    """

    NOBODY = "nobody"
    FACT = "a fact is missing"
    NEW_LETTER = "a new letter"
    COLLEAGUE = "a colleague"
    MANAGER = "a manager"


@dataclass(frozen=True, slots=True)
class Policy:
    """At which steps a kind of hold stops a letter, and what gets past it.

    ``question`` is what the second person decides, for this letter alone. ``withdrawn`` is the
    reason kept with an approved letter that this hold ends; "" where it only waits. It names
    nobody, and may hold ``{changes}`` or ``{signed}``. ``opened_too`` ends also a
    letter that was opened for printing and is not recorded as posted. ``concerns`` is the way
    by which a letter must leave to be held by it.
    """

    steps: frozenset[Step]
    past: Past
    question: LetterQuestion | None = None
    withdrawn: str = ""
    opened_too: bool = False
    concerns: Concerns = Concerns.ANY_WAY


_ALWAYS: Final = frozenset(Step)

_LEAVING: Final = frozenset({Step.OPEN, Step.DESPATCH})

_BEFORE_IT_LEAVES: Final = frozenset({Step.APPROVE}) | _LEAVING

_Q = LetterQuestion


def _colleague(question: _Q, steps: frozenset[Step] = _BEFORE_IT_LEAVES, why: str = "") -> Policy:
    return Policy(steps, Past.COLLEAGUE, question, why)


def _manager(question: _Q, steps: frozenset[Step] = _BEFORE_IT_LEAVES, why: str = "") -> Policy:
    return Policy(steps, Past.MANAGER, question, why)


def _of_address(policy: Policy) -> Policy:
    return replace(policy, concerns=Concerns.ADDRESS)


def _of_mailbox(policy: Policy) -> Policy:
    return replace(policy, concerns=Concerns.MAILBOX)


POLICIES: Final[Mapping[HoldKind, Policy]] = {
    HoldKind.NEVER_CONTACT: Policy(
        _ALWAYS, Past.NOBODY, withdrawn="The victim never wants contact."
    ),
    HoldKind.POST_NEVER: Policy(_ALWAYS, Past.NOBODY, withdrawn="The victim does not want post."),
    HoldKind.DECEASED: Policy(_ALWAYS, Past.NOBODY, withdrawn="The person has died."),
    HoldKind.SAID_DECEASED: Policy(_ALWAYS, Past.NOBODY),
    HoldKind.OPTED_OUT: Policy(_ALWAYS, Past.NOBODY, withdrawn="The victim does not want contact."),
    HoldKind.CHOSE_OTHERWISE: Policy(
        _ALWAYS, Past.NOBODY, withdrawn="The victim chose otherwise since."
    ),
    HoldKind.NOTE_FORBIDS: Policy(
        _ALWAYS, Past.NOBODY, withdrawn="A note stands in the victim’s name."
    ),
    HoldKind.NOT_SAFE_TO_POST: Policy(
        _BEFORE_IT_LEAVES,
        Past.NOBODY,
        withdrawn="It is not recorded as safe to write to this address.",
        concerns=Concerns.ADDRESS,
    ),
    HoldKind.EXCLUDED: Policy(
        _BEFORE_IT_LEAVES,
        Past.NOBODY,
        withdrawn="Whoever approved it must not see this case.",
    ),
    # The words are no other than those of a set that waits: they tell nobody of an embargo.
    HoldKind.UNDER_EMBARGO: Policy(
        _BEFORE_IT_LEAVES,
        Past.NOBODY,
        withdrawn="Nobody may be told yet of what it is about.",
        opened_too=True,
    ),
    HoldKind.TOLD_TOGETHER: Policy(_LEAVING, Past.FACT),
    HoldKind.NOTE_UNSETTLED: Policy(_BEFORE_IT_LEAVES, Past.FACT),
    HoldKind.NO_ADDRESS: _of_address(Policy(_BEFORE_IT_LEAVES, Past.FACT)),
    HoldKind.NO_EMAIL: _of_mailbox(Policy(_BEFORE_IT_LEAVES, Past.FACT)),
    HoldKind.CHANGED: Policy(
        _LEAVING, Past.NEW_LETTER, withdrawn="Since it was approved: {changes}."
    ),
    HoldKind.SIGNED_OTHERWISE: Policy(
        _LEAVING,
        Past.NEW_LETTER,
        withdrawn="Since it was approved: {signed}.",
        opened_too=True,
    ),
    HoldKind.CLOSED: _manager(_Q.CLOSED, _ALWAYS, "The referral was closed."),
    HoldKind.CAME_OF_AGE: _manager(_Q.CAME_OF_AGE, _ALWAYS, "A child they spoke for is 18."),
    HoldKind.NO_ADULT: _manager(_Q.NO_ADULT),
    HoldKind.NOT_NOW: _colleague(_Q.NOT_NOW, _ALWAYS, "The victim said “not now”."),
    HoldKind.NOTE_IN_NAME: _colleague(
        _Q.NOTE_IN_NAME, _ALWAYS, "A note stands in the victim’s name."
    ),
    HoldKind.UNCONFIRMED_ADDRESS: _of_address(
        _colleague(
            _Q.UNCONFIRMED_ADDRESS, why="It is not recorded as safe to write to this address."
        )
    ),
    HoldKind.PARTICULAR_ADDRESS: _of_address(_colleague(_Q.PARTICULAR_ADDRESS)),
    HoldKind.SENTENCE_ASKED: _manager(_Q.SENTENCE_ASKED),
    HoldKind.INSTRUCTION_ASKED: _colleague(_Q.INSTRUCTION_ASKED),
    HoldKind.PERSON_ASKED: _manager(_Q.PERSON_ASKED),
    HoldKind.NAME_IN_DOUBT: _colleague(_Q.NAME),
    HoldKind.EARLIER_OPT_OUT: _colleague(_Q.EARLIER_OPT_OUT),
    HoldKind.KEPT_APART: _manager(_Q.KEPT_APART),
    HoldKind.SECOND_LETTER: _colleague(_Q.SECOND_LETTER),
    HoldKind.SHARED_ADDRESS: _of_address(_manager(_Q.SHARED_ADDRESS)),
    HoldKind.SHARED_MAILBOX: _of_mailbox(_manager(_Q.SHARED_MAILBOX)),
    HoldKind.FORMAT: _colleague(_Q.FORMAT),
    HoldKind.ONLY_VIA: _colleague(_Q.ONLY_VIA),
    HoldKind.FIRST_TO_CHANGED_ADDRESS: _of_address(_colleague(_Q.CHANGED_ADDRESS)),
    HoldKind.CHANGED_EMAIL: _of_mailbox(_colleague(_Q.CHANGED_EMAIL)),
    HoldKind.RETURNED: _colleague(_Q.RETURNED),
    HoldKind.NOT_PREPARED: _manager(_Q.NOT_PREPARED),
    HoldKind.HARD_DAY: _colleague(_Q.HARD_DAY),
}

ACTS: Final[Mapping[LetterQuestion, Act]] = {
    LetterQuestion.SHARED_ADDRESS: Act.ACCEPT_SHARED_ADDRESS,
    LetterQuestion.KEPT_APART: Act.WRITE_TO_ONE_KEPT_APART,
}
"""The questions that have an act of their own in the table of who may do what."""

LETS_NOBODY_PAST: Final = frozenset(
    kind for kind, policy in POLICIES.items() if policy.past is Past.NOBODY
)


def policy_of(question: LetterQuestion) -> Policy:
    """Return the policy whose question it is. Raises StopIteration for one of the lint."""
    return next(one for one in POLICIES.values() if one.question is question)
