"""What pages call each kind of task."""

from __future__ import annotations

from collections.abc import Mapping

from vcs.consequences.offers.offers_owed import OfferAnswer
from vcs.intake.regions import region_named
from vcs.partners.people.records import MessageDecision
from vcs.sentences.declines.records import DeclineReason
from vcs.tasks.kinds import POLICIES
from vcs.tasks.kinds import may_answer as may_answer
from vcs.tasks.records import TaskKind
from vcs.terms import FoundBy, Role
from vcs.victims.records import AddressFinding

ADDRESS_FINDINGS: Mapping[str, str] = {
    AddressFinding.ANOTHER_PLACE: "It is another place",
    AddressFinding.SAME_AND_SAFE: "It is the same place, and safe for the victim",
    AddressFinding.SAME_NOT_SAFE: "It is the same place, and not safe: send no letter there",
}

SHOW_BOTH: Mapping[str, str] = {
    FoundBy.ADDRESS: "Show both addresses",
    FoundBy.PHONE: "Show both numbers",
    FoundBy.EMAIL: "Show both email addresses",
}

BOTH: Mapping[str, str] = {
    FoundBy.ADDRESS: "Both addresses",
    FoundBy.PHONE: "Both numbers",
    FoundBy.EMAIL: "Both email addresses",
}

NUMBER_FINDINGS: Mapping[str, str] = {
    AddressFinding.ANOTHER_PLACE: "It is the victim’s, and nobody of the offender’s side uses it",
    AddressFinding.SAME_AND_SAFE: "They share it, and the victim says that it is safe to use",
    AddressFinding.SAME_NOT_SAFE: "It is not safe, or not the victim’s: do not use it",
}

UNIT_ANSWERS: Mapping[str, str] = {
    MessageDecision.ACCEPTED: "Yes, it is accepted. A correction is applied, and a referral that "
    "is not theirs goes to the other unit",
    MessageDecision.REFUSED: "No, it is not accepted",
    MessageDecision.MORE: "More information is needed: they are asked to send it again",
}

OFFER_ANSWERS: Mapping[str, str] = {
    OfferAnswer.NOT_OFFERED: "The offer is not made: what they said is respected",
    OfferAnswer.ANOTHER_WAY: "The offer is made in another way, which the reason names: it stays "
    "owed until then",
}

TASKS: Mapping[str, str] = {
    TaskKind.DECIDE: "Decide whether the sentence is eligible",
    TaskKind.DISCRETION: "Decide whether to offer contact",
    TaskKind.QUESTION: "Look into a question",
    TaskKind.SENTENCE_CHANGED: "The court changed the sentence",
    TaskKind.DISPUTED: "Somebody disputes that this is owed",
    TaskKind.RUNG_EMPTY: "Nobody holds a role that overdue referrals go to",
    TaskKind.RETURNED_UNKNOWN: "A letter came back, and nobody knows which",
    TaskKind.OFFICE_UNKNOWN: "The address of a partner is missing, or wrong",
    TaskKind.SENTENCE_GONE: "The court's newer message leaves the sentence out",
    TaskKind.ROUTE: "Choose the probation region",
    TaskKind.SET_ASIDE: "A court message could not be read, or only in part",
    TaskKind.ALERT_NOT_SENT: "An alert email could not be sent",
    TaskKind.REFERRAL_TO_MATCH: "Find the sentence that a referral is for",
    TaskKind.WITNESS_CARE_SAYS: "Message from witness care",
    TaskKind.WITNESS_CARE_ASKS: "Answer witness care",
    TaskKind.ADDRESS_TO_CHECK: "A victim's address may be the offender's",
    TaskKind.PHONE_TO_CHECK: "A victim’s telephone number may be the offender’s",
    TaskKind.EMAIL_TO_CHECK: "A victim’s email address may be the offender’s",
    TaskKind.CANNOT_OPEN: "A value cannot be opened",
    TaskKind.CALENDAR: "Bank holidays must be added",
    TaskKind.RESULT_CODE: "Say what a result code means",
    TaskKind.FOUND_LATE: "A victim was owed contact and nobody was told",
    TaskKind.ONE_LOOK: "Look once: no longer to be decided",
    TaskKind.SAME_PERSON: "Is this somebody we know?",
    TaskKind.ASK_AGAIN: "Ask again: they said not now",
    TaskKind.OFFER_OWED: "Decide how an offer is met that is owed to somebody who wants no contact",
    TaskKind.TRANSFER_OFFERED: "Another region offers a referral",
    TaskKind.INTRODUCE_OFFICER: "Introduce the new officer",
    TaskKind.NEEDS_AGAIN: "Ask a victim about their needs again",
    TaskKind.TURNING_18: "A child turns 18, or may be one",
    TaskKind.ALSO_OFFENDER: "A victim may also be an offender",
    TaskKind.DEATH_TO_CONFIRM: "Has this person died?",
    TaskKind.FAMILY_DOUBT: "Somebody named in a family may be the offender, or can act no longer",
    TaskKind.LEFT_WAITING: "A victim waits for what they asked for or were promised",
    TaskKind.LETTER_RETURNED: "A letter came back",
    TaskKind.LETTER_NOT_SENT: "A letter waits, did not leave, or must be stopped",
    TaskKind.LIST_LINE: "Another system’s list does not agree with ours",
    TaskKind.CONSULTATION: "An offender manager consults the unit",
    TaskKind.CONSULTED_UNREFERRED: "A decision about the offender is near, and nobody was referred",
    TaskKind.CUSTODY_BURST: "Many more events than usual came from prisons at once",
    TaskKind.CUSTODY_EVENT: "Find whose release, recall or other event this is",
    TaskKind.CUSTODY_MEANING: "Find out what became of an offender",
    TaskKind.CUSTODY_MESSAGE: "A prison’s or licence system’s message could not be read",
    TaskKind.SAME_OFFENDER: "Are two cases of the same offender?",
    TaskKind.DECLINE_REVIEW: "Look again: contact was not offered",
    TaskKind.CLOSING_PROPOSED: "Decide whether there is nobody to refer",
}

DECLINE_REASONS: Mapping[str, str] = {
    DeclineReason.NOBODY_HARMED: "Nobody was killed, hurt, threatened or targeted",
    DeclineReason.NOT_WANTED: "The victim was asked, and wants no contact",
    DeclineReason.SERVED_ELSEWHERE: "Another service keeps the victim informed, and they agree",
    DeclineReason.NOT_LISTED: "The register shows an offence that the law does not list",
    DeclineReason.TOO_SHORT: "The register shows a sentence that is too short",
    DeclineReason.NO_CUSTODY: "The register shows no custody and no hospital order",
    DeclineReason.SET_ASIDE: "The conviction or sentence no longer stands",
    DeclineReason.OTHER: "Another reason, given in words",
}

# Whoever a manager is asked, a head of public protection may answer.
_WHO: Mapping[str, str] = {
    Role.VLO: "an officer",
    Role.MANAGER: "a manager",
    Role.ADMINISTRATOR: "an administrator",
}


def who_answers(kind: str, region_code: str | None) -> str:
    """Say who can answer a kind of task: the roles, and the unit where its region is known."""
    roles = POLICIES[TaskKind(kind)].answered_by
    named = " or ".join(_WHO[role] for role in roles if role in _WHO)
    region = region_named(region_code)
    unit = f" of the unit of {region.name}" if region and Role.MANAGER in roles else ""
    return named[:1].upper() + named[1:] + unit
