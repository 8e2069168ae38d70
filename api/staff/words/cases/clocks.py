"""What pages call clocks: whose turn, what started them, why they stopped."""

from __future__ import annotations

from collections.abc import Mapping

from vcs.clocks.records import StartKind, StopReason
from vcs.law.deadlines.duties import OWERS, TRIGGERS

TURNS: Mapping[str, str] = {owner: owner[:1].upper() + owner[1:] for owner in OWERS}

CLOCK_STARTS: Mapping[str, str] = TRIGGERS

STOPS: Mapping[str, str] = {
    StopReason.REFERRAL_CLOSED: "the referral was closed",
    StopReason.NO_CONTACT_WANTED: "they want no contact",
    StopReason.SENTENCE_CHANGED: "the sentence changed, and another clock runs",
    StopReason.TAKEN_BACK: "what started it was taken back",
    StopReason.CAME_BACK: "the letter came back",
    StopReason.LETTER_WITHDRAWN: "the letter was withdrawn",
    StopReason.NOT_TO_BE_TOLD: "they are not to be told",
    StopReason.NOT_OWED: "somebody says that it is not owed",
    StopReason.OTHERS_TOLD: "somebody else told them",
}

RECORDED_STARTS: Mapping[str, str] = {
    StartKind.RESULT_RECEIVED: "Witness care received the result of the sentence",
    StartKind.HEARING_RESULT: "Witness care received the result of another hearing",
    StartKind.HEARING_RESULT_ENHANCED: "Witness care received the result of another hearing, for a "
    "victim with enhanced rights",
    StartKind.RESTRICTIONS_END: "The restrictions of a hospital order or transfer ended, or will",
    StartKind.COMPLAINT: "A complaint was made",
}
