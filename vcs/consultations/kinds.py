"""What an offender manager decides, and by when a unit answers: rows, and the words of the answer.

No law says by when. Each time is a setting of ours (domain document, section 7), to be confirmed.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Final


class ConsultationKind(StrEnum):
    """What is to be decided."""

    LICENCE = "licence"
    VARIATION = "variation"
    URGENT_VARIATION = "urgent_variation"
    TEMPORARY_RELEASE = "temporary_release"
    OPEN_CONDITIONS = "open_conditions"
    RECALL = "recall"
    PAROLE_REPORT = "parole_report"
    NEW_ADDRESS = "new_address"
    LICENCE_ENDS = "licence_ends"


ANSWER_WITHIN: Final[Mapping[ConsultationKind, int]] = {
    ConsultationKind.LICENCE: 10,
    ConsultationKind.VARIATION: 5,
    ConsultationKind.URGENT_VARIATION: 1,
    ConsultationKind.TEMPORARY_RELEASE: 10,
    ConsultationKind.OPEN_CONDITIONS: 10,
    ConsultationKind.RECALL: 0,
    ConsultationKind.PAROLE_REPORT: 10,
    ConsultationKind.NEW_ADDRESS: 2,
    ConsultationKind.LICENCE_ENDS: 10,
}
"""Working days; 0 is the same day."""

KIND_WORDS: Final[Mapping[ConsultationKind, str]] = {
    ConsultationKind.LICENCE: "the conditions of a licence",
    ConsultationKind.VARIATION: "a change of licence conditions",
    ConsultationKind.URGENT_VARIATION: "an urgent change of licence conditions",
    ConsultationKind.TEMPORARY_RELEASE: "a temporary release",
    ConsultationKind.OPEN_CONDITIONS: "a move to open conditions",
    ConsultationKind.RECALL: "a recall",
    ConsultationKind.PAROLE_REPORT: "a report for a parole review",
    ConsultationKind.NEW_ADDRESS: "a new approved address",
    ConsultationKind.LICENCE_ENDS: "the end of a licence",
}

LEAD: Final = (
    "Ask the victim liaison unit of the region whose court passed the sentence. This answer is the "
    "same for everybody in custody: it does not say whether there is a victim."
)

STEPS: Final = (
    "Ring or write to the unit below. Give the CRN, what is to be decided, and by when.",
    "Ask as soon as you know that a decision is coming. Where somebody may be released within "
    "days, ring today.",
    "Ask every time, and not only where you know of a victim.",
    "Never tell the offender, or anybody who supports them, that you asked or what was answered.",
)

NO_ANSWER: Final = (
    "There is no answer. That is not an answer that nobody is concerned: it is the same whether or "
    "not there is a victim."
)
