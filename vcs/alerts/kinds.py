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


@dataclass(frozen=True, slots=True)
class AlertPolicy:
    """One row.

    ``template`` is a name in ``letters/templates/email``; its first line is the mail's subject.
    ``ends_with_referral`` withdraws an unsent alert when the referral of its deadline is closed,
    and owes it again when that is reopened.
    """

    about: About
    to: Audience
    template: str
    ends_with_referral: bool = False


POLICIES: Mapping[AlertKind, AlertPolicy] = {
    AlertKind.MISSED_DEADLINE: AlertPolicy(
        About.DEADLINE, Audience.MANAGERS, "missed-deadline", ends_with_referral=True
    ),
    AlertKind.FEED_SILENT: AlertPolicy(About.SUBJECT, Audience.ADMINISTRATORS, "feed-silent"),
    AlertKind.LEDGER_OPEN: AlertPolicy(About.SUBJECT, Audience.ADMINISTRATORS, "ledger-open"),
    AlertKind.DECISION_LATE: AlertPolicy(About.SUBJECT, Audience.MANAGERS, "decision-late"),
    AlertKind.CODE_LATE: AlertPolicy(About.SUBJECT, Audience.ADMINISTRATORS, "code-late"),
    AlertKind.FOUND_LATE: AlertPolicy(About.SUBJECT, Audience.MANAGERS, "found-late"),
    AlertKind.DANGER: AlertPolicy(About.SUBJECT, Audience.WHO_TELLS, "danger"),
    AlertKind.TELL_SOON: AlertPolicy(About.SUBJECT, Audience.WHO_ANSWERS, "tell-soon"),
    AlertKind.TELL_LATE: AlertPolicy(About.SUBJECT, Audience.MANAGERS, "tell-late"),
    AlertKind.SET_ASIDE_OLD: AlertPolicy(About.SUBJECT, Audience.ADMINISTRATORS, "set-aside-old"),
    AlertKind.UNUSUAL_READING: AlertPolicy(
        About.SUBJECT, Audience.OTHER_MANAGERS, "unusual-reading"
    ),
    AlertKind.EMERGENCY: AlertPolicy(About.SUBJECT, Audience.OTHER_MANAGERS, "emergency"),
    AlertKind.YOUR_READING: AlertPolicy(About.SUBJECT, Audience.WHO_IT_IS_ABOUT, "your-reading"),
}


def policy_of(kind: str) -> AlertPolicy:
    """Return the row of a kind as it is kept in the database."""
    return POLICIES[AlertKind(kind)]
