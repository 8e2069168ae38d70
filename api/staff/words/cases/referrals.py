"""What pages say of a referral: its state, its basis, why it was closed."""

from __future__ import annotations

from collections.abc import Mapping

from vcs.consequences.closing.close import REASONS
from vcs.referrals.records import Basis, ReferralStatus
from vcs.terms import Role

STATUSES: Mapping[str, tuple[str, str]] = {
    ReferralStatus.AWAITING: ("Waiting for the victim's details", "govuk-tag--yellow"),
    ReferralStatus.REFERRED: ("Referred", "govuk-tag--blue"),
    ReferralStatus.CLOSED: ("Closed", "govuk-tag--grey"),
}

BASES: Mapping[str, str] = {
    Basis.STATUTORY: "A right in law",
    Basis.NOTIFICATION_SCHEME: "The Victim Notification Scheme",
    Basis.DISCRETIONARY: "Offered at discretion",
}

CLOSED_REASONS: Mapping[str, str] = {code: reason.words for code, reason in REASONS.items()}

PROPOSED: Mapping[str, str] = {code: reason.short for code, reason in REASONS.items()}

PROPOSERS: Mapping[str, str] = {
    Role.WITNESS_CARE: "Witness care",
    Role.VLO: "An officer",
    Role.MANAGER: "A manager",
}
