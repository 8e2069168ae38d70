"""Letters to others than victims: what each may know of a victim is what its duty needs, no more.

Holds about a victim's own wishes and address do not stop a letter that goes elsewhere and names
nobody; those about the facts of the case do. The hand-over to hospital managers gives the victim's
address to people who will write to it: what stops a letter to that address stops it too.
"""

from __future__ import annotations

from typing import Final

from vcs.post.holds.hold_kinds import HoldKind
from vcs.post.rows.policy import (
    HOSPITAL_OWNER,
    SCHEME_OWNER,
    Addressee,
    Forbidden,
    LetterPolicy,
    Occasion,
    Trigger,
    passes,
)

_OF_THE_CASE: Final = frozenset(
    {
        HoldKind.EXCLUDED,
        HoldKind.CHANGED,
        HoldKind.SIGNED_OTHERWISE,
        HoldKind.SENTENCE_ASKED,
        HoldKind.INSTRUCTION_ASKED,
        HoldKind.SECOND_LETTER,
    }
)

_HANDS_OVER: Final = passes(
    HoldKind.FORMAT,
    HoldKind.NOT_PREPARED,
    HoldKind.HARD_DAY,
    HoldKind.UNDER_EMBARGO,
    HoldKind.TOLD_TOGETHER,
    # It confirms no choice to whoever made it.
    HoldKind.CHOSE_OTHERWISE,
    # It is on paper.
    HoldKind.NO_EMAIL,
    HoldKind.CHANGED_EMAIL,
    HoldKind.SHARED_MAILBOX,
)
"""Holds about the paper that a victim would read, and the day it would come, stop no hand-over."""

_NO_VICTIM: Final = frozenset(
    {
        Forbidden.VICTIM_NAME,
        Forbidden.VICTIM_ADDRESS,
        Forbidden.ZONE_IS_HOME,
        Forbidden.OTHER_VICTIM,
        Forbidden.MEDICAL,
        Forbidden.PRISON,
        Forbidden.OFFENCE_DETAILS,
        Forbidden.COMPUTED_DATE,
    }
)

OTHERS: Final[tuple[LetterPolicy, ...]] = (
    LetterPolicy(
        kind="chase-witness-care",
        purpose="Ask witness care for a referral that is late, or for what is missing in one",
        to=Addressee.WITNESS_CARE,
        trigger=Trigger.REFERRAL_LATE,
        facts=(
            "case_reference",
            "sentence",
            "sentenced_on",
            "court_name",
            "due_on",
            "days_late",
        ),
        may_be_absent=("days_late",),
        # The day to refer by is worked out: that is what this letter is about.
        forbidden=_NO_VICTIM - {Forbidden.COMPUTED_DATE},
        stopped_by=_OF_THE_CASE,
        once_per=Occasion.REFERRAL,
        source="Victims' Code 2020 Right 11",
        confidence="high",
    ),
    LetterPolicy(
        kind="youth-offending-team",
        purpose="Pass a case of somebody under 18 that is outside the scheme to the youth team",
        to=Addressee.YOUTH_OFFENDING_TEAM,
        trigger=Trigger.YOUTH_SENTENCE,
        facts=("case_reference", "sentence", "sentenced_on", "court_name"),
        forbidden=_NO_VICTIM,
        stopped_by=_OF_THE_CASE,
        once_per=Occasion.REFERRAL,
        source="Youth Justice Board guidance on victims",
        confidence="medium",
    ),
    LetterPolicy(
        kind="hospital-managers-notice",
        purpose="Give the hospital managers the victim's wish, name and address",
        to=Addressee.HOSPITAL_MANAGERS,
        trigger=Trigger.HOSPITAL_WISH,
        duty="hospital-managers-told",
        facts=("victim_wish", "victim_name", "victim_address", "patient_reference"),
        forbidden=frozenset(
            {
                Forbidden.MORE_THAN_WISH,
                Forbidden.OTHER_VICTIM,
                Forbidden.MEDICAL,
                Forbidden.OFFENCE_DETAILS,
            }
        ),
        stopped_by=_HANDS_OVER,
        once_per=Occasion.CHOICE,
        owner=HOSPITAL_OWNER,
        source="DVCVA 2004 s.36A",
        confidence="high",
    ),
    LetterPolicy(
        kind="offender-manager",
        purpose="Pass on the licence conditions that are asked for, and ask for the decision",
        to=Addressee.OFFENDER_MANAGER,
        trigger=Trigger.CONDITIONS_ASKED,
        facts=("case_reference", "requests", "reply_by"),
        may_be_absent=("reply_by",),
        forbidden=_NO_VICTIM,
        stopped_by=_OF_THE_CASE | {HoldKind.CLOSED, HoldKind.OPTED_OUT},
        source="DVCVA 2004 s.35(1)",
        confidence="high",
    ),
    LetterPolicy(
        kind="not-eligible-referrer",
        purpose="Tell whoever referred that the scheme does not apply, and why",
        to=Addressee.REFERRER,
        trigger=Trigger.REFUSED,
        facts=("case_reference", "decline_reason"),
        forbidden=_NO_VICTIM,
        stopped_by=_OF_THE_CASE,
        once_per=Occasion.REFERRAL,
        owner=SCHEME_OWNER,
        source="Derived: a refusal is owed a reason",
        confidence="low",
    ),
)
