"""What the message standard calls what programs send, and what they are told."""

from __future__ import annotations

from collections.abc import Mapping

from vcs.partners.outcomes.records import OutcomeKind
from vcs.partners.records import RequestKind

MESSAGES: Mapping[str, str] = {
    RequestKind.REFERRAL: "The victims of a sentence, also before the sentence has come",
    RequestKind.CORRECTION: "A mistake in what was sent about a victim",
    RequestKind.CHANGE_OF_ADDRESS: "Where a victim lives now, and whether it is safe to write",
    RequestKind.OPT_OUT: "That a victim wants no contact, and how they said so",
    RequestKind.CHASE_ANSWERED: "The answer to a chase: not ours, no victim, being traced",
}

OUTCOME_WORDS: Mapping[str, tuple[str, str]] = {
    OutcomeKind.ACCEPTED: ("The referral was added, with our references", "within 2 working days"),
    OutcomeKind.INCOMPLETE: (
        "Fields of the minimum that are missing, and why each matters",
        "within 1 working day",
    ),
    OutcomeKind.RETURNED: ("It was added to no referral, and why", "within 2 working days"),
    OutcomeKind.CONTACTED: ("That contact was made, never what was said", "the same day"),
    OutcomeKind.ANSWERED: (
        "That the person answered. What they chose is theirs, and is not told to programs",
        "the same day",
    ),
    OutcomeKind.NO_REPLY: (
        "That the person did not reply: send another way to reach them, if you know one",
        "the same day",
    ),
    OutcomeKind.CLOSED: ("The referral was closed, with the code of the reason", "the same day"),
    OutcomeKind.CHASED: ("What was asked for, by reference and day", "the same day"),
    OutcomeKind.DISPUTE_ANSWERED: (
        "What the unit decided about “not ours”, “sent already” or “no victim”",
        "within 3 working days",
    ),
}
