"""Letters about the scheme itself: first letters, what a victim chose, who looks after it."""

from __future__ import annotations

from typing import Final

from vcs.law.deadlines.duties import FIRST_CONTACT
from vcs.post.holds.hold_kinds import HoldKind
from vcs.post.rows.policy import (
    NOTIFICATION_OWNER,
    Forbidden,
    LetterPolicy,
    Occasion,
    Trigger,
    besides,
    passes,
)

INITIAL_CONTACT: Final = "initial-contact"

_SENTENCE: Final = ("sentence", "sentenced_on", "court_name", "reply_by")

JOINING: Final[tuple[LetterPolicy, ...]] = (
    LetterPolicy(
        kind=INITIAL_CONTACT,
        purpose="Invite the victim to join the Victim Contact Scheme and offer a visit",
        trigger=Trigger.REFERRAL_ACCEPTED,
        duty=FIRST_CONTACT,
        facts=_SENTENCE,
        may_be_absent=("reply_by",),
        forbidden=besides(Forbidden.PRESSURE),
        once_per=Occasion.REFERRAL,
        source="Victims' Code 2020 Right 11",
        confidence="high",
        kinds_before=("initial_contact",),
    ),
    LetterPolicy(
        kind="initial-contact-notification",
        purpose="Offer the Victim Notification Scheme: to be told of release, and to ask for "
        "no contact or an exclusion zone",
        trigger=Trigger.NOTIFICATION_ACCEPTED,
        duty=FIRST_CONTACT,
        facts=_SENTENCE,
        may_be_absent=("reply_by",),
        forbidden=besides(Forbidden.PRESSURE, Forbidden.FULL_SCHEME),
        once_per=Occasion.REFERRAL,
        owner=NOTIFICATION_OWNER,
        source="Evaluation of the Victim Notification Scheme, March 2025",
        confidence="medium",
    ),
    LetterPolicy(
        kind="initial-contact-discretionary",
        purpose="Offer contact at the unit's discretion",
        trigger=Trigger.DISCRETIONARY_ACCEPTED,
        duty=FIRST_CONTACT,
        facts=_SENTENCE,
        may_be_absent=("reply_by",),
        forbidden=besides(Forbidden.PRESSURE),
        once_per=Occasion.REFERRAL,
        source="Practice of discretionary contact",
        confidence="medium",
    ),
    LetterPolicy(
        kind="reminder",
        purpose="Remind the victim, briefly, that they can join now or later",
        trigger=Trigger.NO_REPLY,
        duty="remind-victim",
        facts=("first_letter_on", "reply_by"),
        may_be_absent=("reply_by",),
        forbidden=besides(Forbidden.PRESSURE, Forbidden.NEW_SENSITIVE),
        once_per=Occasion.REFERRAL,
        source="Practice; the Policy Framework's time limit was not seen",
        confidence="medium",
    ),
    LetterPolicy(
        kind="opt-out-confirmation",
        contact_goes_on=False,
        purpose="Confirm that we will not write again, and say how to come back",
        trigger=Trigger.OPTED_OUT,
        facts=("chosen_on",),
        forbidden=besides(Forbidden.PRESSURE),
        stopped_by=passes(HoldKind.OPTED_OUT, HoldKind.EARLIER_OPT_OUT),
        once_per=Occasion.CHOICE,
        source="GOV.UK guidance on the scheme",
        confidence="high",
    ),
    LetterPolicy(
        kind="welcome",
        purpose="Confirm that the victim joined, at which level, and what they will be told",
        trigger=Trigger.OPTED_IN,
        facts=("level_of_contact", "chosen_on"),
        may_be_absent=("level_of_contact",),
        once_per=Occasion.CHOICE,
        source="Victims' Code 2020 Right 11",
        confidence="high",
    ),
    LetterPolicy(
        kind="annual",
        purpose="Say what happened this year, when release or parole may come, and check details",
        trigger=Trigger.YEAR_PASSED,
        duty="annual-contact",
        facts=("year_events", "release_month", "parole_month", "custody_category"),
        may_be_absent=("year_events", "release_month", "parole_month", "custody_category"),
        once_per=Occasion.YEAR,
        source="Meeting notes of 2018 and 2019; the interval from memory",
        confidence="medium",
    ),
    LetterPolicy(
        kind="not-eligible",
        contact_goes_on=False,
        purpose="Tell a victim who asked that the scheme does not apply, why, and who can help",
        trigger=Trigger.REFUSED,
        facts=("decline_reason", "reply_by"),
        may_be_absent=("reply_by",),
        # A referral that is refused is closed in the same breath.
        stopped_by=passes(HoldKind.CLOSED),
        once_per=Occasion.REFERRAL,
        source="Derived: a refusal is owed a reason",
        confidence="low",
    ),
    LetterPolicy(
        kind="closure",
        contact_goes_on=False,
        purpose="Say that contact has ended, why, and where support still is",
        trigger=Trigger.CLOSED,
        facts=("closure_reason",),
        stopped_by=passes(HoldKind.CLOSED, HoldKind.SENTENCE_ASKED),
        once_per=Occasion.REFERRAL,
        source="Derived: an end is owed a reason",
        confidence="low",
    ),
    LetterPolicy(
        kind="officer-changed",
        purpose="Name the officer who now looks after the victim's contact",
        trigger=Trigger.OFFICER_CHANGED,
        facts=("former_vlo_name", "introduced"),
        may_be_absent=("former_vlo_name",),
        source="Inspections: victims lost contact when officers changed",
        confidence="medium",
    ),
)
