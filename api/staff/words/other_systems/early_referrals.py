"""What pages say of what a witness care unit’s program sent."""

from __future__ import annotations

from collections.abc import Mapping

from vcs.partners.records import RequestKind, RequestStatus
from vcs.terms import ChaseAnswer

REQUESTS: Mapping[str, str] = {
    RequestKind.REFERRAL: "Referral",
    RequestKind.CORRECTION: "Correction",
    RequestKind.CHANGE_OF_ADDRESS: "Change of address",
    RequestKind.OPT_OUT: "Opt-out",
    RequestKind.CHASE_ANSWERED: "Answer to a chase",
}

REQUEST_STATUSES: Mapping[str, tuple[str, str]] = {
    RequestStatus.WAITING: ("To be read", "govuk-tag--yellow"),
    RequestStatus.EARLY: ("Waits for the sentence", "govuk-tag--blue"),
    RequestStatus.REFUSED: ("Refused", "govuk-tag--red"),
}

CHASE_ANSWERS: Mapping[str, str] = {
    ChaseAnswer.DETAILS_TO_FOLLOW: "The details will follow",
    ChaseAnswer.BEING_TRACED: "The victim is being traced",
    ChaseAnswer.NO_IDENTIFIABLE_VICTIM: "There is no identifiable victim",
    ChaseAnswer.REFUSED_REFERRAL: "The victim does not want to be referred",
}
