"""What each kind of task asks, field by field."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from api.staff import words
from api.staff.fields import Field
from api.staff.referrals import transferring
from vcs.consequences.address_answers import LONGEST_REASON as LONGEST_FINDING
from vcs.consequences.offers_owed import LONGEST_REASON as LONGEST_WHY
from vcs.consequences.reopen import LONGEST_REASON
from vcs.consequences.sameness import LONGEST_NOTE, Sameness
from vcs.intake.regions import REGIONS
from vcs.partners.people.send import LONGEST_WORDS
from vcs.referrals.records import ProposalDecision
from vcs.sentences.meanings import CAN_MEAN
from vcs.tasks.records import TaskKind
from vcs.victims.records import AddressFinding

NOTE = Field(
    "note",
    "What you found, and where",
    "lines",
    hint="Do not name the victim here. Another person must be able to follow your reason",
    required="Say what you found",
    longest=2000,
)

_ROUTE = (
    Field(
        "region",
        "Which probation region is this for?",
        "select",
        required="Choose the region",
        options={region.code: region.name for region in REGIONS},
    ),
)

_DEALT_WITH = (NOTE,)

_ADDRESS = (
    Field(
        "finding",
        "What did you find?",
        "radios",
        required="Select what you found",
        options={one.value: words.ADDRESS_FINDINGS[one] for one in AddressFinding},
    ),
    Field(
        "note",
        "How do you know?",
        "lines",
        hint="Look at both addresses first. Who lives there now, who told you, and when?",
        required="Say how you know",
        longest=LONGEST_FINDING,
    ),
)

_PROPOSAL = (
    Field(
        "answer",
        "Do you agree that there is nobody to refer?",
        "radios",
        required="Select whether you agree",
        options={
            ProposalDecision.CONFIRMED.value: "Yes: close the referral",
            ProposalDecision.REFUSED.value: "No: a victim must still be referred",
        },
    ),
    Field(
        "words",
        "Why?",
        "lines",
        hint="Witness care sees your reason. Do not enter an address or a telephone number",
        required="Enter why",
        longest=LONGEST_REASON,
    ),
)

_CODE = (
    Field(
        "kind",
        "What does the code mean?",
        "select",
        hint="Choose the kind that protects the victim most where two fit",
        required="Select what the code means",
        options={kind.name: kind[:1].upper() + kind[1:] for kind in CAN_MEAN},
    ),
    Field(
        "note",
        "How do you know?",
        "lines",
        hint="Name the list or the person that says so. Do not name an offender or a victim",
        required="Enter how you know what it means",
        longest=2000,
    ),
)

_MATCH = (
    Field(
        "referral",
        "Which referral is it for?",
        hint="Its reference, like VCS-7K3M-9QTD. Leave blank if it does not match a referral",
        longest=20,
        width="govuk-input--width-20",
    ),
    NOTE,
)

_SAME_PERSON = (
    Field(
        "answer",
        "Are they one person?",
        "radios",
        required="Select whether they are one person",
        options={
            Sameness.ONE.value: "Yes, one person: what is known of one counts for both",
            Sameness.TWO.value: "No, two people: do not ask again",
        },
    ),
    replace(NOTE, longest=LONGEST_NOTE),
)

_OFFER = (
    Field(
        "answer",
        "How is the offer met?",
        "radios",
        required="Select how the offer is met",
        options=words.OFFER_ANSWERS,
    ),
    replace(NOTE, label="Why?", required="Enter why", longest=LONGEST_WHY),
)

_WITNESS_CARE = (
    Field(
        "answer",
        "What do you answer?",
        "radios",
        hint="Show what witness care sent first",
        required="Select an answer",
        options=words.UNIT_ANSWERS,
    ),
    Field(
        "words",
        "Why, or what was done?",
        "lines",
        hint="Witness care sees your words. Do not enter an address or a telephone number, or what "
        "the victim chose",
        required="Enter why, or what was done",
        longest=LONGEST_WORDS,
    ),
)

FORMS: Mapping[str, tuple[Field, ...]] = {
    TaskKind.ROUTE: _ROUTE,
    TaskKind.SET_ASIDE: _DEALT_WITH,
    TaskKind.ALERT_NOT_SENT: _DEALT_WITH,
    TaskKind.QUESTION: _DEALT_WITH,
    TaskKind.WITNESS_CARE_SAYS: _DEALT_WITH,
    TaskKind.ADDRESS_TO_CHECK: _ADDRESS,
    TaskKind.CANNOT_OPEN: _DEALT_WITH,
    TaskKind.CALENDAR: _DEALT_WITH,
    TaskKind.FOUND_LATE: _DEALT_WITH,
    TaskKind.REFERRAL_TO_MATCH: _MATCH,
    TaskKind.CLOSING_PROPOSED: _PROPOSAL,
    TaskKind.RESULT_CODE: _CODE,
    TaskKind.SAME_PERSON: _SAME_PERSON,
    TaskKind.OFFER_OWED: _OFFER,
    TaskKind.ASK_AGAIN: _DEALT_WITH,
    TaskKind.INTRODUCE_OFFICER: transferring.INTRODUCTION,
    TaskKind.NEEDS_AGAIN: _DEALT_WITH,
    TaskKind.TURNING_18: _DEALT_WITH,
    TaskKind.ALSO_OFFENDER: _DEALT_WITH,
    TaskKind.FAMILY_DOUBT: _DEALT_WITH,
    TaskKind.LETTER_RETURNED: _DEALT_WITH,
    TaskKind.WITNESS_CARE_ASKS: _WITNESS_CARE,
}
