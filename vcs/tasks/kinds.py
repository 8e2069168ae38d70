"""Each kind of task: what it asks for, who answers it, and what ends it without an answer.

To add one: a member of ``TaskKind``, a row here, and the verb that asks it. What an answer does
goes by ``asks_for``, in ``vcs/consequences/answers.py``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from vcs.access.rules import MANAGING
from vcs.tasks.records import DECIDING, TaskKind
from vcs.terms import Role


class AskedFor(StrEnum):
    """What a person is to answer with."""

    DECISION = "whether contact is owed"
    REGION = "a probation region"
    MATCH = "the referral that a request is for"
    AGREEMENT = "whether a proposal is right"
    MEANING = "what a result code means"
    ADDRESS = "whether an address is another place, or safe"
    NUMBER = "whether a number or mailbox may be used"
    SAMENESS = "whether two people are one"
    OFFER = "how an offer that is owed is met"
    TRANSFER = "whether a region takes a referral"
    INTRODUCTION = "when the victims came to know the new officer"
    WITNESS_CARE = "the answer to what witness care sent"
    LINE = "what a line of another system's list is"
    DEATH = "whether somebody has died"
    OFFENDER = "whose event a prison told of"
    ONE_OFFENDER = "whether two cases are of one offender"
    CONSULTATION = "what an offender manager is sent"
    BURST = "whether a burst of events is right"
    DONE = "what was done"


@dataclass(frozen=True, slots=True)
class TaskPolicy:
    """One row.

    ``of_administrators`` tasks are about the program, and no member of a unit sees them.
    ``ends_with_referral`` tasks are closed with the referral of their sentence, and asked again
    when it is reopened. ``follows_sentence`` tasks are closed when the sentence's current state no
    longer raises them.
    """

    asks_for: AskedFor
    answered_by: tuple[Role, ...] = MANAGING
    of_administrators: bool = False
    ends_with_referral: bool = False
    follows_sentence: bool = False


_ANY_MANAGER = (*MANAGING, Role.ADMINISTRATOR)

_OF_THE_SENTENCE = TaskPolicy(AskedFor.DECISION, follows_sentence=True)

_OF_THE_PROGRAM = TaskPolicy(AskedFor.DONE, (Role.ADMINISTRATOR,), of_administrators=True)

_OF_THE_REFERRAL = TaskPolicy(AskedFor.DONE, _ANY_MANAGER, ends_with_referral=True)

POLICIES: Mapping[TaskKind, TaskPolicy] = {
    **dict.fromkeys(DECIDING, _OF_THE_SENTENCE),
    TaskKind.ONE_LOOK: TaskPolicy(AskedFor.DECISION),
    TaskKind.DECLINE_REVIEW: TaskPolicy(AskedFor.DECISION),
    TaskKind.QUESTION: TaskPolicy(AskedFor.DONE, _ANY_MANAGER, follows_sentence=True),
    TaskKind.ROUTE: TaskPolicy(AskedFor.REGION, ends_with_referral=True, follows_sentence=True),
    TaskKind.WITNESS_CARE_SAYS: _OF_THE_REFERRAL,
    TaskKind.ADDRESS_TO_CHECK: TaskPolicy(AskedFor.ADDRESS, ends_with_referral=True),
    TaskKind.PHONE_TO_CHECK: TaskPolicy(AskedFor.NUMBER, ends_with_referral=True),
    TaskKind.EMAIL_TO_CHECK: TaskPolicy(AskedFor.NUMBER, ends_with_referral=True),
    TaskKind.FOUND_LATE: _OF_THE_REFERRAL,
    TaskKind.ALERT_NOT_SENT: TaskPolicy(AskedFor.DONE, _ANY_MANAGER),
    TaskKind.REFERRAL_TO_MATCH: TaskPolicy(AskedFor.MATCH, _ANY_MANAGER),
    TaskKind.CLOSING_PROPOSED: TaskPolicy(AskedFor.AGREEMENT),
    # The other one's letters wait for the answer too, whatever becomes of this referral.
    TaskKind.SAME_PERSON: TaskPolicy(AskedFor.SAMENESS),
    TaskKind.SAME_OFFENDER: TaskPolicy(AskedFor.ONE_OFFENDER),
    TaskKind.OFFER_OWED: TaskPolicy(AskedFor.OFFER, ends_with_referral=True),
    TaskKind.ASK_AGAIN: TaskPolicy(AskedFor.DONE, (Role.VLO, *MANAGING), ends_with_referral=True),
    TaskKind.TRANSFER_OFFERED: TaskPolicy(AskedFor.TRANSFER),
    TaskKind.INTRODUCE_OFFICER: TaskPolicy(AskedFor.INTRODUCTION, (Role.VLO, *MANAGING)),
    TaskKind.NEEDS_AGAIN: TaskPolicy(AskedFor.DONE, ends_with_referral=True),
    TaskKind.TURNING_18: TaskPolicy(AskedFor.DONE, ends_with_referral=True),
    TaskKind.ALSO_OFFENDER: TaskPolicy(AskedFor.DONE),
    # Of a person: it waits for an answer whatever becomes of this referral.
    TaskKind.DEATH_TO_CONFIRM: TaskPolicy(AskedFor.DEATH),
    TaskKind.FAMILY_DOUBT: TaskPolicy(AskedFor.DONE, ends_with_referral=True),
    TaskKind.LEFT_WAITING: TaskPolicy(
        AskedFor.DONE, (Role.VLO, *MANAGING), ends_with_referral=True
    ),
    TaskKind.LETTER_RETURNED: TaskPolicy(
        AskedFor.DONE, (Role.VLO, *MANAGING), ends_with_referral=True
    ),
    TaskKind.LETTER_NOT_SENT: TaskPolicy(AskedFor.DONE, (Role.VLO, *MANAGING)),
    TaskKind.WITNESS_CARE_ASKS: TaskPolicy(AskedFor.WITNESS_CARE, ends_with_referral=True),
    TaskKind.DISPUTED: TaskPolicy(AskedFor.DONE, ends_with_referral=True),
    TaskKind.RUNG_EMPTY: _OF_THE_PROGRAM,
    TaskKind.OFFICE_UNKNOWN: _OF_THE_PROGRAM,
    TaskKind.RETURNED_UNKNOWN: _OF_THE_PROGRAM,
    TaskKind.LIST_LINE: TaskPolicy(AskedFor.LINE, _ANY_MANAGER),
    TaskKind.CUSTODY_EVENT: TaskPolicy(AskedFor.OFFENDER, _ANY_MANAGER),
    TaskKind.CUSTODY_MEANING: TaskPolicy(AskedFor.DONE, _ANY_MANAGER),
    TaskKind.CUSTODY_BURST: TaskPolicy(AskedFor.BURST, _ANY_MANAGER),
    TaskKind.CONSULTATION: TaskPolicy(
        AskedFor.CONSULTATION, (Role.VLO, *MANAGING), ends_with_referral=True
    ),
    TaskKind.CONSULTED_UNREFERRED: TaskPolicy(
        AskedFor.DONE, (Role.VLO, *MANAGING), ends_with_referral=True
    ),
    TaskKind.CUSTODY_MESSAGE: _OF_THE_PROGRAM,
    TaskKind.SET_ASIDE: _OF_THE_PROGRAM,
    TaskKind.CANNOT_OPEN: _OF_THE_PROGRAM,
    TaskKind.CALENDAR: _OF_THE_PROGRAM,
    TaskKind.RESULT_CODE: TaskPolicy(
        AskedFor.MEANING, (Role.ADMINISTRATOR,), of_administrators=True
    ),
}


ABOUT_A_VICTIM = frozenset(
    {
        *(TaskKind.ADDRESS_TO_CHECK, TaskKind.PHONE_TO_CHECK, TaskKind.EMAIL_TO_CHECK),
        *(TaskKind.SAME_PERSON, TaskKind.OFFER_OWED),
        *(TaskKind.ASK_AGAIN, TaskKind.NEEDS_AGAIN, TaskKind.TURNING_18),
        *(TaskKind.ALSO_OFFENDER, TaskKind.FAMILY_DOUBT, TaskKind.DEATH_TO_CONFIRM),
        *(TaskKind.LETTER_RETURNED, TaskKind.LETTER_NOT_SENT, TaskKind.SAME_OFFENDER),
        TaskKind.LEFT_WAITING,
    }
)
"""What is asked about a victim's life, choices and letters, and who must not see a case: not shown
outside the liaison unit."""


COMPARES = (TaskKind.ADDRESS_TO_CHECK, TaskKind.PHONE_TO_CHECK, TaskKind.EMAIL_TO_CHECK)
"""What compares an address, a number or a mailbox of a victim with the court's."""


def answerers(asked: AskedFor) -> tuple[Role, ...]:
    """Return the roles that answer some kind of task with this."""
    rows = (row for row in POLICIES.values() if row.asks_for is asked)
    return tuple(dict.fromkeys(role for row in rows for role in row.answered_by))


def may_answer(role: str, kind: str) -> bool:
    """Say whether a kind of task is for a role to answer, where it sees the task."""
    return role in POLICIES[TaskKind(kind)].answered_by
