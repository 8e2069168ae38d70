"""Letters to a victim about a patient. A hand-over must name the hospital; all else must not."""

from __future__ import annotations

from typing import Final

from vcs.post.holds.hold_kinds import HoldKind
from vcs.post.rows.policy import (
    HOSPITAL_OWNER,
    Forbidden,
    LetterPolicy,
    Occasion,
    Trigger,
    besides,
    passes,
)

HOSPITAL: Final[tuple[LetterPolicy, ...]] = (
    LetterPolicy(
        kind="hospital-discharge",
        purpose="Say that discharge is asked for, and how to be heard on conditions",
        trigger=Trigger.HOSPITAL_REVIEW,
        facts=("stage", "reply_by"),
        may_be_absent=("reply_by",),
        owner=HOSPITAL_OWNER,
        source="DVCVA 2004 s.37",
        confidence="high",
        spoken_first=True,
    ),
    LetterPolicy(
        kind="hospital-outcome",
        purpose="Say what was decided about discharge, and the conditions that concern the victim",
        trigger=Trigger.HOSPITAL_DECIDED,
        facts=("outcome", "conditions"),
        may_be_absent=("conditions",),
        forbidden=besides(Forbidden.FULL_LICENCE),
        owner=HOSPITAL_OWNER,
        source="DVCVA 2004 s.37",
        confidence="high",
        spoken_first=True,
    ),
    LetterPolicy(
        kind="hospital-managers",
        purpose="Hand over to the hospital managers, with the name and address of the hospital",
        trigger=Trigger.HOSPITAL_WISH,
        facts=("hospital_name", "hospital_address"),
        forbidden=besides(may=(Forbidden.HOSPITAL,)),
        stopped_by=passes(HoldKind.CLOSED),
        once_per=Occasion.REFERRAL,
        owner=HOSPITAL_OWNER,
        source="DVCVA 2004 s.36A",
        confidence="high",
    ),
    LetterPolicy(
        kind="restrictions-ended",
        purpose="Say that restrictions ended, who contacts the victim next, and the hospital",
        trigger=Trigger.RESTRICTIONS_ENDED,
        duty="hand-over-38b",
        duties_too=("hand-over-44b",),
        facts=("hospital_name", "hospital_address", "ended_on", "who_contacts"),
        may_be_absent=("hospital_name", "hospital_address"),
        forbidden=besides(may=(Forbidden.HOSPITAL,)),
        stopped_by=passes(HoldKind.CLOSED),
        owner=HOSPITAL_OWNER,
        source="DVCVA 2004 s.38B",
        confidence="high",
    ),
    LetterPolicy(
        kind="transfer-to-hospital",
        purpose="Say that the person moved from prison to a hospital, and the victim's rights now",
        trigger=Trigger.TO_HOSPITAL,
        facts=("restricted",),
        owner=HOSPITAL_OWNER,
        source="DVCVA 2004 s.42",
        confidence="high",
    ),
    LetterPolicy(
        kind="transfer-to-prison",
        purpose="Say that the person moved from a hospital back to prison, and what that changes",
        trigger=Trigger.FROM_HOSPITAL,
        owner=HOSPITAL_OWNER,
        source="DVCVA 2004 s.42",
        confidence="high",
    ),
)
