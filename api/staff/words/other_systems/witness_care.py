"""What witness care's pages say: what became of what was sent, and what a sentence means."""

from __future__ import annotations

from collections.abc import Mapping

from vcs.partners.people.records import MessageDecision, MessageKind, Said
from vcs.partners.people.sent_reads import Became
from vcs.referrals.records import Basis, ProposalDecision
from vcs.terms import SentenceKind

MESSAGES_TO_UNIT: Mapping[str, str] = {
    MessageKind.NOT_OURS: "This is not ours",
    MessageKind.ALREADY_SENT: "We sent this before",
    MessageKind.SAID: "What the victim said",
    MessageKind.CORRECTION: "Correction",
    MessageKind.WITHDRAWAL: "Referred by mistake",
}

MESSAGE_DECISIONS: Mapping[str | None, tuple[str, str]] = {
    None: ("The unit has not answered yet", "govuk-tag--yellow"),
    MessageDecision.APPLIED: ("Done at once", "govuk-tag--green"),
    MessageDecision.ACCEPTED: ("Accepted", "govuk-tag--green"),
    MessageDecision.REFUSED: ("Not accepted", "govuk-tag--red"),
    MessageDecision.MORE: ("More information asked", "govuk-tag--orange"),
    MessageDecision.TAKEN_BACK: ("Taken back", "govuk-tag--grey"),
}

PROPOSAL_DECISIONS: Mapping[str | None, tuple[str, str]] = {
    None: ("The unit has not decided yet", "govuk-tag--yellow"),
    ProposalDecision.CONFIRMED: ("Accepted: the referral is closed", "govuk-tag--green"),
    ProposalDecision.REFUSED: ("Not accepted", "govuk-tag--red"),
    ProposalDecision.OVERTAKEN: ("No longer needed", "govuk-tag--grey"),
}

BECAME: Mapping[str, str] = {
    Became.CONTACTED: "First contact made",
    Became.WITH_OFFICER: "With the officer",
    Became.WITH_UNIT: "With the unit, which has still to name an officer",
    Became.CLOSED: "The referral is closed",
}

FIELDS_SENT: Mapping[str, str] = {
    "name": "name",
    "phone": "telephone number",
    "email": "email address",
    "address_lines": "address",
    "postcode": "postcode",
    "country": "country",
    "name_in_latin": "name in Latin letters",
    "safe_to_post": "whether it is safe to write",
    "safe_contact_notes": "how to contact them safely",
    "format_needs": "what else they need",
}

SAID_TO_US: Mapping[str, str] = {
    Said.WANTS: "They want contact",
    Said.NOT: "They do not want contact",
    Said.UNDECIDED: "They have not decided, or did not say",
}

REQUESTS_BECAME: Mapping[str, tuple[str, str]] = {
    "waiting": ("To be read", "govuk-tag--yellow"),
    "waiting_for_sentence": ("Waiting for the sentence", "govuk-tag--blue"),
    "attached": ("Referred", "govuk-tag--green"),
    "recorded": ("Recorded", "govuk-tag--green"),
    "refused": ("Not accepted", "govuk-tag--red"),
    "a_person_decides": ("The unit is looking at it", "govuk-tag--yellow"),
}

_CUSTODY = (
    "They were sent to custody. How much of the time is served in custody depends on the law for "
    "that sentence: the rest is under supervision in the community. The liaison officer can say "
    "what is planned, and when."
)

_YOUNG = "It is a sentence for a young person: detention first, then supervision in the community."

_LIFE = (
    "It has no fixed end. The Parole Board decides whether and when they can be released, after "
    "the time that the court set. The liaison officer can say when that is looked at."
)

_HOSPITAL = (
    "They were sent to hospital for treatment, not to prison. It has no fixed end: it lasts as "
    "long as it is needed."
)

MEANINGS: Mapping[str, str] = {
    SentenceKind.IMPRISONMENT: _CUSTODY,
    SentenceKind.YOI_DETENTION: _CUSTODY,
    SentenceKind.SECTION_250_DETENTION: _YOUNG,
    SentenceKind.DETENTION_AND_TRAINING: _YOUNG,
    SentenceKind.HM_PLEASURE: _LIFE,
    SentenceKind.LIFE: _LIFE,
    SentenceKind.INDETERMINATE: _LIFE,
    SentenceKind.EXTENDED: "They were sent to custody, and afterwards are supervised in the "
    "community for longer than usual, because the court found them dangerous.",
    SentenceKind.PARTICULAR_CONCERN: "They were sent to custody. The Parole Board decides when "
    "they can be released before the end of it, and supervision follows.",
    SentenceKind.SERIOUS_TERRORISM: "They were sent to custody for a long time, with a long "
    "time of supervision after it.",
    SentenceKind.HOSPITAL_ORDER: _HOSPITAL,
    SentenceKind.RESTRICTION_ORDER: "They cannot leave the hospital without permission from the "
    "Ministry of Justice or a tribunal.",
    SentenceKind.HOSPITAL_DIRECTION: "They were sent to prison, and are treated in hospital first.",
}
"""What a kind of sentence means, to read out. Ours: to be confirmed by Probation."""


def meanings(kinds: tuple[str, ...]) -> list[str]:
    """Return what a sentence means in plain words, each once, in the order of its parts."""
    return [*dict.fromkeys(MEANINGS[kind] for kind in kinds if kind in MEANINGS)]


_OF_AN_ORDER = frozenset({SentenceKind.HOSPITAL_ORDER, SentenceKind.RESTRICTION_ORDER})


def what_is_offered(basis: str, kinds: tuple[str, ...]) -> str:
    """Return what is offered to a victim, for the telephone: by its basis and by what was imposed.

    The notification scheme is about a release alone, and is not called the Victim Contact Scheme.
    """
    if basis == Basis.NOTIFICATION_SCHEME:
        return (
            "You are offered the chance to be told about the release, and to ask for rules about "
            "contact. This is the Victim Notification Scheme."
        )
    starts = "You have a right" if basis == Basis.STATUTORY else "You are offered the chance"
    if _OF_AN_ORDER & {*kinds}:
        about = "what happens in the order, and to be heard about conditions on leaving hospital"
    else:
        about = "what happens in the sentence, and to be heard about the conditions on release"
    return f"{starts} to be told about {about}. This is the Victim Contact Scheme."


def fields_sent(names: tuple[str, ...]) -> str:
    """Write which details a correction was about."""
    return ", ".join(FIELDS_SENT[name] for name in names if name in FIELDS_SENT)
