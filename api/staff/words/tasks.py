"""What pages call each kind of task."""

from __future__ import annotations

from collections.abc import Mapping

from vcs.tasks.records import TaskKind
from vcs.victims.records import AddressFinding

ADDRESS_FINDINGS: Mapping[str, str] = {
    AddressFinding.ANOTHER_PLACE: "It is another place",
    AddressFinding.SAME_AND_SAFE: "It is the same place, and safe for the victim",
    AddressFinding.SAME_NOT_SAFE: "It is the same place, and not safe: send no letter there",
}

TASKS: Mapping[str, str] = {
    TaskKind.DECIDE: "Decide whether the sentence is eligible",
    TaskKind.DISCRETION: "Decide whether to offer contact",
    TaskKind.QUESTION: "Look into a question",
    TaskKind.SENTENCE_CHANGED: "The court changed the sentence",
    TaskKind.SENTENCE_GONE: "The court's newer message leaves the sentence out",
    TaskKind.ROUTE: "Choose the probation region",
    TaskKind.SET_ASIDE: "A court message could not be read, or only in part",
    TaskKind.ALERT_NOT_SENT: "An alert email could not be sent",
    TaskKind.REFERRAL_TO_MATCH: "Find the sentence that a referral is for",
    TaskKind.WITNESS_CARE_SAYS: "Message from witness care",
    TaskKind.ADDRESS_TO_CHECK: "A victim's address may be the offender's",
    TaskKind.CANNOT_OPEN: "A value cannot be opened",
    TaskKind.CALENDAR: "Bank holidays must be added",
    TaskKind.RESULT_CODE: "Say what a result code means",
    TaskKind.FOUND_LATE: "A victim was owed contact and nobody was told",
    TaskKind.ONE_LOOK: "Look once: no longer to be decided",
    TaskKind.SAME_PERSON: "Is this somebody we know?",
    TaskKind.NEEDS_AGAIN: "Ask a victim about their needs again",
    TaskKind.TURNING_18: "A child turns 18",
    TaskKind.ALSO_OFFENDER: "A victim may also be an offender",
    TaskKind.FAMILY_DOUBT: "Somebody named in a family may be the offender",
    TaskKind.CLOSING_PROPOSED: "Decide whether there is nobody to refer",
}
