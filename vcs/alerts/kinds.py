"""Each kind of alert: what it is about, to whom it goes, its template, and what withdraws it.

To add one: a member of ``AlertKind``, a row here, and its template in ``letters/templates/email``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from vcs.alerts.records import AlertKind


class About(StrEnum):
    """What an alert is about: its ``deadline_id``, or a ``subject`` of its own."""

    DEADLINE = "deadline"
    SUBJECT = "subject"


class Audience(StrEnum):
    """To whom an alert goes. Heads, then administrators, stand in where there is no manager."""

    MANAGERS = "the managers of its region"
    ADMINISTRATORS = "the administrators"
    WHO_TELLS = "the managers of its region, and the officers of the people to be told"
    OTHER_MANAGERS = "the managers of its region, but the one whom it is about"
    WHO_ANSWERS = "the member of staff whom it is about, else the managers of its region"
    WHO_IT_IS_ABOUT = "the member of staff whom it is about"
    OFFICER_FIRST = "the officers whom it names, and then the managers of its region"


NOBODY_ELSE = (Audience.ADMINISTRATORS, Audience.WHO_IT_IS_ABOUT)
"""Where somebody is refused for good, nobody stands in for these."""


class When(StrEnum):
    """When an alert leaves. ``vcs/alerts/at_once.py`` says why some cannot wait."""

    AT_ONCE = "at once"
    WITH_THE_DIGEST = "with the next digest of each reader"
    AS_THE_DIGEST = "it is the digest, or its counts"


@dataclass(frozen=True, slots=True)
class AlertPolicy:
    """One row.

    ``template`` is a name in ``letters/templates/email``; its first line is the mail's subject. It
    is None for what is a row of the digest, and for the digest.
    ``ends_with_referral`` withdraws an unsent alert when the referral of its deadline is closed,
    and owes it again when that is reopened.
    """

    about: About
    to: Audience
    template: str | None
    ends_with_referral: bool = False
    when: When = When.AT_ONCE


POLICIES: Mapping[AlertKind, AlertPolicy] = {
    AlertKind.MISSED_DEADLINE: AlertPolicy(
        About.DEADLINE,
        Audience.MANAGERS,
        None,
        ends_with_referral=True,
        when=When.WITH_THE_DIGEST,
    ),
    AlertKind.DECISION_LATE: AlertPolicy(
        About.SUBJECT, Audience.MANAGERS, None, when=When.WITH_THE_DIGEST
    ),
    AlertKind.CODE_LATE: AlertPolicy(
        About.SUBJECT, Audience.ADMINISTRATORS, None, when=When.WITH_THE_DIGEST
    ),
    AlertKind.FOUND_LATE: AlertPolicy(
        About.SUBJECT, Audience.MANAGERS, None, when=When.WITH_THE_DIGEST
    ),
    AlertKind.SET_ASIDE_OLD: AlertPolicy(
        About.SUBJECT, Audience.ADMINISTRATORS, None, when=When.WITH_THE_DIGEST
    ),
    AlertKind.DIGEST: AlertPolicy(
        About.SUBJECT, Audience.WHO_IT_IS_ABOUT, None, when=When.AS_THE_DIGEST
    ),
    AlertKind.COUNTS: AlertPolicy(
        About.SUBJECT, Audience.WHO_IT_IS_ABOUT, None, when=When.AS_THE_DIGEST
    ),
    AlertKind.FEED_SILENT: AlertPolicy(About.SUBJECT, Audience.ADMINISTRATORS, "feed-silent"),
    AlertKind.LEDGER_OPEN: AlertPolicy(About.SUBJECT, Audience.ADMINISTRATORS, "ledger-open"),
    AlertKind.LIST_UNKNOWN: AlertPolicy(About.SUBJECT, Audience.MANAGERS, "list-unknown"),
    AlertKind.DANGER: AlertPolicy(About.SUBJECT, Audience.WHO_TELLS, "danger"),
    AlertKind.TELL_SOON: AlertPolicy(About.SUBJECT, Audience.WHO_ANSWERS, "tell-soon"),
    AlertKind.TELL_LATE: AlertPolicy(About.SUBJECT, Audience.MANAGERS, "tell-late"),
    AlertKind.UNUSUAL_READING: AlertPolicy(
        About.SUBJECT, Audience.OTHER_MANAGERS, "unusual-reading"
    ),
    AlertKind.EMERGENCY: AlertPolicy(About.SUBJECT, Audience.OTHER_MANAGERS, "emergency"),
    AlertKind.YOUR_READING: AlertPolicy(About.SUBJECT, Audience.WHO_IT_IS_ABOUT, "your-reading"),
    AlertKind.HELD: AlertPolicy(About.SUBJECT, Audience.WHO_IT_IS_ABOUT, "held"),
    AlertKind.LEAVER: AlertPolicy(About.SUBJECT, Audience.WHO_IT_IS_ABOUT, "leaver"),
    AlertKind.CANNOT_WAIT: AlertPolicy(About.SUBJECT, Audience.OFFICER_FIRST, "cannot-wait"),
    AlertKind.RELEASE_NEAR: AlertPolicy(About.SUBJECT, Audience.OFFICER_FIRST, "release-near"),
    AlertKind.SAFETY_WARNING: AlertPolicy(About.SUBJECT, Audience.OFFICER_FIRST, "safety-warning"),
    AlertKind.STOP_TELLING: AlertPolicy(About.SUBJECT, Audience.WHO_TELLS, "stop-telling"),
    AlertKind.LEFT_URGENT: AlertPolicy(About.SUBJECT, Audience.WHO_IT_IS_ABOUT, "left-urgent"),
    AlertKind.RECALLED: AlertPolicy(About.SUBJECT, Audience.WHO_IT_IS_ABOUT, "recalled"),
    AlertKind.ROW_RECALLED: AlertPolicy(About.SUBJECT, Audience.WHO_IT_IS_ABOUT, "row-recalled"),
}


def kinds_that(when: When) -> tuple[str, ...]:
    """Return the kinds that leave at a time, as they are kept in the database."""
    return tuple(str(kind) for kind, row in POLICIES.items() if row.when is when)


def policy_of(kind: str) -> AlertPolicy:
    """Return the row of a kind as it is kept in the database."""
    return POLICIES[AlertKind(kind)]
