"""What is asked about a victim, form by form."""

from __future__ import annotations

from dataclasses import dataclass

from api.staff import words
from api.staff.forms import Field
from vcs.victims.contacts import LONGEST_WORDS

_SAFE = {"yes": "Yes", "no": "No, nothing may be posted", "not_known": "Not known yet"}

VICTIM = (
    Field(
        "name",
        "Full name",
        hint="As they give it",
        required="Enter the full name of the person to be contacted",
    ),
    Field("salutation", "How to greet them in a letter", hint="For example, Ms Evans"),
    Field(
        "standing",
        "What is their connection to the crime?",
        "radios",
        required="Select their connection to the crime",
        options=words.STANDINGS,
    ),
    Field(
        "about",
        "Who they act for",
        hint="Only where they are not the victim. For example, mother of the person who died",
    ),
    Field(
        "safe_to_post",
        "Is it safe to write to them at their address?",
        "radios",
        hint="Others who live there may open or see a letter",
        required="Select whether it is safe to write",
        options=_SAFE,
    ),
    Field(
        "safe_contact_notes",
        "What must be known to contact them safely",
        "lines",
        hint="For example, days and times to call, or who must not answer. This is shown on the "
        "referral and its letters without a reason: enter no address or telephone number here",
        longest=2000,
    ),
    Field(
        "address_lines", "Address", "lines", hint="One line for each part, no postcode", longest=500
    ),
    Field("postcode", "Postcode", longest=10, width="govuk-input--width-10"),
    Field(
        "address_confirmed_on",
        "When was the address last confirmed?",
        "date",
        hint="The day on which they, or the police, said that it is right",
    ),
    Field("phone", "Telephone number", "tel", longest=40, width="govuk-input--width-20"),
    Field("email", "Email address", "email", longest=254),
    Field(
        "language",
        "Which language should letters be in?",
        "radios",
        required="Select the language of letters",
        options=words.LANGUAGES,
    ),
    Field(
        "format_needs",
        "What else they need",
        hint="For example, large print, an interpreter, or calls instead of letters",
        longest=500,
    ),
)

_HOW = {
    "by phone": "By phone",
    "by letter": "By letter",
    "by email": "By email",
    "in person": "In person",
}


@dataclass(frozen=True, slots=True)
class Question:
    """One short form about a victim. ``path`` ends its address."""

    path: str
    title: str
    button: str
    fields: tuple[Field, ...]
    lead: tuple[str, ...] = ()


CONTACT = Question(
    "contact",
    "Record a contact or an attempt",
    "Record it",
    (
        Field(
            "how",
            "How?",
            "radios",
            hint="A letter that we posted is recorded on the page of the letter",
            required="Select how",
            options=words.CONTACT_WAYS,
        ),
        Field(
            "reached",
            "Did you reach them?",
            "radios",
            hint="A message left, or somebody else who answered, has not reached them",
            required="Select whether you reached them",
            options={"yes": "Yes, they were reached", "no": "No, this was an attempt"},
        ),
        Field(
            "happened_on",
            "When was it?",
            "date",
            hint="For example, 20 3 2026",
            required="Enter the day",
        ),
        Field("spoke_to", "Who did you speak to?", hint="Needed if you reached them"),
        Field(
            "words",
            "What was said or happened?",
            "lines",
            hint="Do not enter an address or a telephone number",
            longest=LONGEST_WORDS,
        ),
    ),
    ("An attempt is kept and shown. It does not count as first contact.",),
)

CHOICE = Question(
    "choice",
    "Record what the victim chose",
    "Record it",
    (
        Field(
            "choice",
            "What did they choose?",
            "radios",
            required="Select what they chose",
            options=words.CHOICES,
        ),
        Field(
            "chosen_on",
            "When did they say so?",
            "date",
            hint="For example, 20 3 2026",
            required="Enter the day on which they said so",
        ),
        Field("how", "How did they say so?", "radios", required="Select how", options=_HOW),
    ),
    ("They may change their mind at any time. The latest choice stands.",),
)

REVEAL = Question(
    "address",
    "Show contact details",
    "Show address",
    (
        Field(
            "reason",
            "Why do you need it?",
            "radios",
            required="Select why you need it",
            options={
                "to check the address": "To check the address with the victim",
                "to arrange a visit or a call": "To arrange a visit or a call",
                "to prepare a letter": "To prepare a letter",
                "to mend the details": "To correct a mistake in the details",
            },
        ),
    ),
    (
        "Where a victim can be found must not reach the offender.",
        "That you looked, when, and why is kept.",
    ),
)


AMEND = Question("amend", "Change the details", "Keep the changes", VICTIM)
