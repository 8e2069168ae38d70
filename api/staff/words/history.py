"""What pages say for the entries of the audit trail."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date

from api.staff.words.cases.decisions import OUTCOME_TAGS
from api.staff.words.cases.duties import DUTY_NAMES
from api.staff.words.cases.events import EVENT_KINDS, NOT_TOLD, UPDATE_ENDED, WAYS_TO_TELL
from api.staff.words.cases.referrals import CLOSED_REASONS
from api.staff.words.office.tasks import DECLINE_REASONS
from api.staff.words.other_systems.early_referrals import CHASE_ANSWERS
from api.staff.words.other_systems.witness_care import MESSAGES_TO_UNIT
from api.staff.words.people.choices import CHOICES
from api.staff.words.people.conditions import CONDITION_ANSWERS, STATEMENT_STEPS
from api.staff.words.people.needs import NEED_OUTCOMES
from api.staff.words.people.tracing import TRACE_OUTCOMES
from api.staff.words.text import plain, short_day
from vcs.alerts.records import AlertKind
from vcs.consequences.offers.offer import ASKED_BY
from vcs.intake.regions import REGIONS
from vcs.post.returned.reasons import POLICIES as RETURNS
from vcs.referrals.tracing.ladder import LADDER

EVENTS: Mapping[str, str] = {
    "address.answered": "Address compared with the court’s, and answered",
    "address.compared_for_letter": "Address shown beside the court’s, for a letter",
    "address.revealed": "Address shown",
    "alert.given_up": "Alert email given up",
    "alert.owed": "Alert email owed",
    "alert.sent": "Alert email sent",
    "alert.recalled": "Alert email taken back",
    "digest.hour": "Hour of the morning email chosen",
    "digests.decided": "A held morning decided about",
    "ladder.changed": "A time in who is told when changed",
    "matter.plan": "Planned what is overdue",
    "matter.snooze": "Put what is overdue off once",
    "matter.dispute": "Disputed that it is owed",
    "chase.answered": "Witness care answered",
    "choice.passed_on": "Choice passed on by witness care",
    "choice.recorded": "Choice recorded",
    "contact.against_wishes": "A way was used that they had forbidden, with the reason",
    "contact.attempted": "Attempt to contact recorded: nobody was reached",
    "contact.recorded": "Contact recorded",
    "contact.offered": "Contact offered at discretion, because somebody asked",
    "birth.recorded": "Date of birth recorded",
    "death.recorded": "Recorded that a person has died",
    "death.confirmed": "Confirmed, as a second person, that a person has died",
    "death.taken_back": "Taken back that a person has died",
    "family.lead": "Lead of the family agreed",
    "family.namesake_checked": "Checked that somebody of the offender’s name is somebody else",
    "family.not_recorded": "Not recorded: may be the offender",
    "family.speaks": "Who speaks for a child recorded",
    "family.tells": "Who tells somebody recorded",
    "clock.ended": "Recorded what became of a duty",
    "clock.start_taken_back": "Taken back what had started a duty",
    "clock.started": "Recorded what started a duty",
    "condition.answered": "Answer to a request for a licence condition recorded",
    "condition.asked": "Licence condition asked for",
    "condition.sent": "Request for a licence condition sent to the offender manager",
    "condition.place_checked": "A manager said why the place of a condition may be sent",
    "condition.told": "Answer to a request for a licence condition told back",
    "decline.proposed": "A manager proposed that contact is not offered",
    "decline.review_moved": "A no is looked at again: a release is planned",
    "decline.sent_back": "Another manager did not confirm it, and sent it back",
    "proposal.taken_back": "Witness care took back that nobody can be referred",
    "unit_message.accepted": "The unit accepted what witness care sent",
    "unit_message.more": "The unit asked witness care for more information",
    "unit_message.refused": "The unit did not accept what witness care sent",
    "unit_message.revealed": "What witness care sent was shown",
    "unit_message.sent": "Witness care sent a message",
    "unit_message.taken_back": "Witness care took its message back",
    "victim.taken_back": "A victim who was referred by mistake was taken back",
    "deadline.counted_from": "Deadline counted from an earlier conversation",
    "deadline.confirmed": "Deadline confirmed: the official bank holidays now reach this far",
    "deadline.met_anew": "Day on which the duty was met corrected",
    "deadline.missed": "Deadline missed",
    "deadline.moved": "Deadline counted again, after a change of bank holidays",
    "deadline.provisional": "Deadline became provisional",
    "decision.made": "Decided by the rules",
    "decision.superseded": "Decided again, after a newer message from the court",
    "event.choice_followed": "Their own choice changed whether they are told of a key event",
    "event.death_followed": "The offender’s death changed whether they are told of a key event",
    "event.embargo_ended": "Embargo on a key event ended: the news is out",
    "event.embargo_set": "Key event put under embargo",
    "event.joined": "Somebody joined those who are told of a key event",
    "event.not_reached": "Tried to tell somebody of a key event: nobody was reached",
    "event.not_to_be_told": "Somebody is not to be told of a key event",
    "event.number_shown": "Number shown, to tell somebody of a key event",
    "event.recorded": "Key event recorded",
    "event.split": "Group of people who are told together split by a manager",
    "event.taken_back": "Key event taken back: it was a mistake",
    "event.told": "Told of a key event",
    "event.undone_told": "Told that a key event was a mistake",
    "event.update_ended": "No more word is owed while the offender is at large",
    "event.update_given": "Given word while the offender is at large",
    "event.update_not_reached": "Tried to give word: nobody was reached",
    "event.way_chosen": "Decided how somebody is told of a key event",
    "if_out.recorded": "Recorded how they are reached if the offender is out unexpectedly",
    "leave.recorded": "Leave of an officer recorded, with who covers",
    "leave.ended": "Leave of an officer ended early: first day back",
    "emergency.opened": "Opened in an emergency",
    "exclusion.added": "A member of staff was excluded from this case",
    "restriction.followed": "A restriction followed the offender into this case",
    "exclusion.followed": "An exclusion followed the offender into this case",
    "exclusion.declared": "A member of staff said that they know somebody in this case",
    "referral.inspected": "Read by an inspector, in a sample and without names",
    "feedback.recorded": "Recorded what a victim says of how they were treated",
    "feedback.coded": "An answer of a victim was read and coded",
    "case.packed": "Taken away by an inspector, in a sample and without names",
    "restriction.added": "Restricted to named people",
    "restriction.changed": "Other people named who may see this case",
    "restriction.lifted": "Restriction lifted: whoever may see referrals here sees this one",
    "restriction.open": "Nobody who was named is at work: managers of the region are let in",
    "exclusion.lifted": "A member of staff may see this case again",
    "letter.approved": "Letter approved",
    "letter.decided": "Decided that a letter may go",
    "letter.drafted": "Letter drafted",
    "letter.given_facts": "What a letter needs was entered",
    "letter.looked_at": "Letter looked at, with its address",
    "letter.batched": "Letter put into a print batch",
    "letter.came_back": "A letter came back",
    "event.told_in_vain": "A letter that told of a key event came back: they are to be told again",
    "event.told_to_another": "Told while on record as one with somebody else: told again",
    "letter.given_to_notify": "Letter given to GOV.UK Notify, to print and post",
    "letter.posted": "Letter recorded as posted",
    "letter.withdrawn": "Letter withdrawn: it must not be posted",
    "note.added": "Note added",
    "offer.decided": "Decided how an offer is met that is owed to somebody who wants no contact",
    "need.closed": "Action about a need closed",
    "need.handed_over": "Action about a need given another owner or day",
    "need.opened": "Action about a need opened",
    "needs.answered": "Answers about needs recorded",
    "person.joined": "Two records of one person joined",
    "person.separated": "Two people who had one record have a record each again",
    "person.kept_apart": "Decided that two people are not one",
    "preference.changed_mind": "They changed their mind and may be contacted again",
    "preference.never": "They never want to be contacted about anything",
    "preference.recorded": "How they may be reached, and how never, was recorded",
    "proposal.confirmed": "The unit confirmed the proposal",
    "proposal.made": "Proposed to close the referral",
    "proposal.refused": "The unit did not agree to close the referral",
    "reading.refused": "Details not shown: the reader had opened too many",
    "referral.closed": "Referral closed",
    "referral.refused": "Evidence recorded that the victim refused to be referred",
    "referral.opened": "Referral opened",
    "referral.opened_again": "Referral opened again",
    "referral.routed": "Region chosen",
    "sentence.gone": "Left out of a newer message from the court",
    "statement.step": "Step of a personal statement recorded",
    "task.dealt_with": "Task dealt with",
    "task.decided": "Decided by a person",
    "transfer.accepted": "Accepted by another region",
    "transfer.done": "Moved to another region",
    "transfer.offered": "Offered to another region",
    "transfer.refused": "Refused by another region",
    "transfer.waits": "Offer to another region not answered yet",
    "transfer.withdrawn": "Offer to another region withdrawn",
    "victim.found_by_name": "Victim found by name in a search",
    "victim.added": "Victim added and referred",
    "victim.trace_step": "Step of the trace recorded",
    "victim.traced": "The victim’s details are being traced; next look",
    "victim.amended": "Details of a victim changed",
    "victim.amended_elsewhere": "Details of a victim brought up to date",
    "vlo.assigned": "Officer assigned",
    "vlo.excluded": "The officer must not see this case any more: another officer is needed",
    "vlo.same_surname": "Assigned although a surname is alike: a manager said why",
    "vlo.left": "The officer’s account was disabled: another officer is needed",
}

EVENT_HISTORY = frozenset(name for name in EVENTS if name.startswith("event."))
"""What is done about key events: shown to those alone who may tell people of them."""

WHO_KNOWS_WHOM = frozenset(
    {"exclusion.added", "exclusion.declared", "exclusion.followed", "exclusion.lifted"}
)
"""Which colleague knows somebody in the case: for those who exclude."""

OF_THE_REFERRAL = frozenset(
    name
    for name in EVENTS
    if name.startswith(("deadline.", "decision.", "proposal.", "referral.", "unit_message."))
) | {
    "chase.answered",
    "choice.passed_on",
    "sentence.gone",
    "task.decided",
    "transfer.done",
    "victim.added",
    "victim.amended",
    "victim.taken_back",
    "victim.trace_step",
    "victim.traced",
    "vlo.assigned",
    "vlo.left",
}
"""What is shown to whoever refers or files and sees no casework: named, so that a new entry is
not theirs until somebody says so."""

# What the trail keeps for checking and a reader has no use for.
_FOR_CHECKING = ("sha256:", "account:", "<", "missed-")

# Which email it was, as its Message-ID says it.
_EMAIL = re.compile(r"[a-z-]+-[0-9a-f]{32}(\.\d+)?")

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")

_IN_DETAILS: Mapping[str, str] = {
    **{str(reason): policy.words for reason, policy in RETURNS.items()},
    **DECLINE_REASONS,
    **ASKED_BY,
    **CLOSED_REASONS,
    # After the reasons for closing, which say "not eligible" in other words.
    **{outcome: text for outcome, (text, _) in OUTCOME_TAGS.items()},
    **CHOICES,
    **CHASE_ANSWERS,
    **DUTY_NAMES,
    **EVENT_KINDS,
    **UPDATE_ENDED,
    **NOT_TOLD,
    **WAYS_TO_TELL,
    **NEED_OUTCOMES,
    **{step: f"{name}:" for step, name in LADDER.items()},
    **TRACE_OUTCOMES,
    **MESSAGES_TO_UNIT,
    **CONDITION_ANSWERS,
    **STATEMENT_STEPS,
    **{region.code: region.name for region in REGIONS},
}


ALERT_OWED = "alert.owed"

_ALERTS: Mapping[str, str] = {
    AlertKind.MISSED_DEADLINE: "A deadline was missed",
    AlertKind.DECISION_LATE: "A decision is late",
    AlertKind.DANGER: "Out of custody who should not be",
    AlertKind.TELL_SOON: "People are to be told soon",
    AlertKind.TELL_LATE: "The time to tell people has passed",
    AlertKind.RELEASE_NEAR: "Release may come before the deadline",
    AlertKind.CANNOT_WAIT: "A question of safety",
    AlertKind.SAFETY_WARNING: "A warning about somebody’s safety",
    AlertKind.STOP_TELLING: "What was about to be told is wrong",
    AlertKind.EMERGENCY: "The case was opened in an emergency",
}


def detail(text: str, event: str = "") -> str:
    """Write the detail of an entry of the trail as people would say it."""
    if event == ALERT_OWED:
        return _ALERTS.get(text) or plain(text)
    kept = (word for word in text.split(" ") if not _is_for_checking(word))
    return " ".join(_IN_DETAILS.get(word) or _day_in(word) for word in kept)


def _is_for_checking(word: str) -> bool:
    return word.startswith(_FOR_CHECKING) or _EMAIL.fullmatch(word) is not None


def _day_in(word: str) -> str:
    return short_day(date.fromisoformat(word)) if _DAY.fullmatch(word) else word
