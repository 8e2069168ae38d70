"""What each kind of task asks, field by field."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from api.staff import words
from api.staff.fields import Field
from api.staff.referrals import transferring
from vcs.consequences.closing.reopen import LONGEST_REASON
from vcs.consequences.deaths import DeathAnswer
from vcs.consequences.hidden.same_offender import SameOffender
from vcs.consequences.offers.offers_owed import LONGEST_REASON as LONGEST_WHY
from vcs.consequences.people.address_answers import LONGEST_REASON as LONGEST_FINDING
from vcs.consequences.people.sameness import LONGEST_NOTE, Sameness
from vcs.custody.answer import Whose
from vcs.custody.let_go import BurstAnswer
from vcs.intake.regions import REGIONS
from vcs.partners.people.messages.send import LONGEST_WORDS
from vcs.referrals.records import ProposalDecision
from vcs.sentences.enquiries.meanings import CAN_MEAN
from vcs.tasks.kinds import AskedFor
from vcs.victims.family.deaths import LONGEST
from vcs.victims.places.numbers import number_in
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
    Field("seen", "", "hidden", longest=2000),
)

_NUMBER = (
    replace(
        _ADDRESS[0],
        options={one.value: words.NUMBER_FINDINGS[one] for one in AddressFinding},
    ),
    replace(
        _ADDRESS[1],
        hint="Look at both first. Do not ring it or write there to find out. Who told you, and how "
        "were they reached? Do not enter the number or the address",
        leave_out=number_in,
    ),
    _ADDRESS[2],
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
        leave_out=number_in,
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

_SAME_OFFENDER = (
    Field(
        "answer",
        "Are both cases of one offender?",
        "radios",
        required="Select whether it is one offender",
        options={
            SameOffender.ONE.value: "Yes, one: tell people of both, close both to the same staff",
            SameOffender.TWO.value: "No, two offenders: do not ask again",
        },
    ),
    replace(NOTE, longest=LONGEST_NOTE, hint="Who told you, and when? Do not name anybody here"),
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
        leave_out=number_in,
    ),
)

_DEATH = (
    Field(
        "answer",
        "Have they died?",
        "radios",
        required="Select whether they have died",
        options={
            DeathAnswer.DIED.value: "Yes: they have died, and this is final",
            DeathAnswer.LIVES.value: "No: letters may go to them again",
        },
    ),
    replace(
        NOTE,
        label="How do you know?",
        hint="Ask somebody else than whoever told us. Who told you, and when?",
        required="Enter how you know",
        longest=LONGEST,
    ),
)

_WHOSE = (
    Field(
        "whose",
        "Whose event is it?",
        "radios",
        required="Select whose event it is",
        options={
            Whose.OURS.value: "An offender of ours, whose reference is below",
            Whose.ANOTHER_REGION.value: "Another region must look for it",
            Whose.NOBODY.value: "Nobody of ours: no sentence of theirs is held",
        },
    ),
    Field(
        "reference",
        "Reference of the referral or sentence",
        hint="Like VCS-7K3M-9QTD. Leave blank if it is not an offender of yours",
        longest=20,
        width="govuk-input--width-20",
        needed="it is an offender of yours",
    ),
    Field(
        "region",
        "Which region must look for it?",
        "select",
        hint="Leave blank unless another region must look for it",
        needed="another region must look for it",
        options={region.code: region.name for region in REGIONS},
    ),
    replace(NOTE, label="How do you know?", required="Enter how you know"),
)

_BURST = (
    Field(
        "answer",
        "Is what came right?",
        "radios",
        required="Select whether what came is right",
        options={
            BurstAnswer.GO.value: "Yes: record each event, and let the rest of today through",
            BurstAnswer.DROP.value: "No: it was sent by mistake. A task asks what did happen",
        },
    ),
    replace(NOTE, label="How do you know?", required="Enter how you know"),
)

FORMS: Mapping[AskedFor, tuple[Field, ...]] = {
    AskedFor.REGION: _ROUTE,
    AskedFor.MATCH: _MATCH,
    AskedFor.AGREEMENT: _PROPOSAL,
    AskedFor.MEANING: _CODE,
    AskedFor.ADDRESS: _ADDRESS,
    AskedFor.NUMBER: _NUMBER,
    AskedFor.SAMENESS: _SAME_PERSON,
    AskedFor.OFFER: _OFFER,
    AskedFor.INTRODUCTION: transferring.INTRODUCTION,
    AskedFor.WITNESS_CARE: _WITNESS_CARE,
    AskedFor.DEATH: _DEATH,
    AskedFor.DONE: _DEALT_WITH,
    AskedFor.OFFENDER: _WHOSE,
    AskedFor.BURST: _BURST,
    AskedFor.ONE_OFFENDER: _SAME_OFFENDER,
    # Answered on the page of its lines.
    AskedFor.LINE: (),
}
"""By what a task asks for. A decision and an offered referral have fields that differ by task."""
