"""Why a referral may be closed: one row for each reason, read by the code and by the pages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from vcs.access.rules import MANAGING
from vcs.referrals.records import ClosedReason
from vcs.terms import Role


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason for closing, which always takes two people.

    ``closed_by`` are the roles that may close for it, as whoever confirms what somebody else
    proposed. ``proposed_by`` are those that may propose it to the unit; empty where it is proposed
    as the answer to a task. ``with_evidence`` is proposed with what the victim said, and when.
    ``was_owed`` says whether a referral was owed until the closing, so that a due day that had
    passed before was missed. No closing meets a duty.
    """

    words: str
    short: str
    closed_by: tuple[Role, ...]
    proposed_by: tuple[Role, ...]
    was_owed: bool
    can_reopen: bool
    with_evidence: bool = False


REASONS: Mapping[str, Reason] = {
    ClosedReason.NO_IDENTIFIABLE_VICTIM: Reason(
        "There is no identifiable victim",
        "no identifiable victim",
        closed_by=MANAGING,
        proposed_by=(Role.WITNESS_CARE, Role.MANAGER),
        was_owed=True,
        can_reopen=True,
    ),
    ClosedReason.VICTIM_CANNOT_BE_TRACED: Reason(
        "The victim cannot be traced",
        "the victim cannot be traced",
        closed_by=MANAGING,
        proposed_by=(Role.WITNESS_CARE, Role.MANAGER),
        was_owed=True,
        can_reopen=True,
    ),
    ClosedReason.REFUSED_REFERRAL: Reason(
        "The victim was asked and does not want to be referred",
        "the victim does not want to be referred",
        closed_by=MANAGING,
        proposed_by=(Role.WITNESS_CARE, Role.VLO, Role.MANAGER),
        was_owed=True,
        can_reopen=True,
        with_evidence=True,
    ),
    ClosedReason.NOT_ELIGIBLE: Reason(
        "A person decided that contact is not owed",
        "contact is not owed",
        closed_by=MANAGING,
        proposed_by=(),
        was_owed=False,
        can_reopen=True,
    ),
}

OWED_UNTIL_CLOSED: Final = tuple(str(one) for one, row in REASONS.items() if row.was_owed)
"""The reasons that say nothing against the duty to refer, which ran until the closing."""
