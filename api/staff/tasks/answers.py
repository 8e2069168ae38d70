"""What the answer to each kind of task does."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from api.staff.fields import Entry
from api.staff.referrals import transferring
from vcs.access.work import Work
from vcs.consequences.address_answers import answer_about_address
from vcs.consequences.answers import (
    dealt_with,
    decide_by_hand,
    route_referral,
    say_what_a_code_means,
)
from vcs.consequences.declining import Against
from vcs.consequences.offers_owed import OfferAnswer, decide_offer_owed
from vcs.consequences.propose import ProposalAnswer, decide_proposal
from vcs.consequences.sameness import decide_same_person
from vcs.partners.deciding import decide_request
from vcs.partners.people.answer import MessageAnswer, answer_message
from vcs.tasks.records import TaskKind
from vcs.terms import Outcome
from vcs.victims.records import AddressFinding


def decide(work: Work, reference: str, entry: Entry) -> str:
    """Record a manager's answer about eligibility: what every kind without its own is asked.

    Returns the name of what the next page says of it.
    """
    typed = entry.typed
    outcome, note = Outcome(typed["outcome"]), typed["note"]
    against = Against(typed.get("reason", ""), entry.day_if_any("review_on"), typed.get("seen", ""))
    task = decide_by_hand(work, reference, outcome, note, against)
    if task.done_at is not None:
        return "decided"
    return "decline-proposed" if outcome is Outcome.NOT_ELIGIBLE else "decline-sent-back"


def _route(work: Work, reference: str, entry: Entry) -> None:
    region = entry.typed["region"]
    route_referral(work, reference, region)


def _dealt_with(work: Work, reference: str, entry: Entry) -> None:
    dealt_with(work, reference, entry.typed["note"])


def _answer_about_address(work: Work, reference: str, entry: Entry) -> None:
    finding, note = AddressFinding(entry.typed["finding"]), entry.typed["note"]
    answer_about_address(work, reference, finding, note)


def _match(work: Work, reference: str, entry: Entry) -> None:
    referral, note = entry.typed["referral"], entry.typed["note"]
    decide_request(work, reference, referral, note)


def _say_what_a_code_means(work: Work, reference: str, entry: Entry) -> None:
    say_what_a_code_means(work, reference, entry.typed["kind"], entry.typed["note"])


def _answer_proposal(work: Work, reference: str, entry: Entry) -> None:
    answer = ProposalAnswer(entry.typed["answer"], entry.typed["words"])
    decide_proposal(work, reference, answer)


def _same_person(work: Work, reference: str, entry: Entry) -> None:
    decide_same_person(work, reference, entry.typed["answer"], entry.typed["note"])


def _decide_offer(work: Work, reference: str, entry: Entry) -> None:
    answer = OfferAnswer(entry.typed["answer"])
    decide_offer_owed(work, reference, answer, entry.typed["note"])


def _answer_witness_care(work: Work, reference: str, entry: Entry) -> None:
    answer = MessageAnswer(entry.typed["answer"], entry.typed["words"])
    answer_message(work, reference, answer)


ANSWERS: Mapping[str, Callable[[Work, str, Entry], str | None]] = {
    TaskKind.ROUTE: _route,
    TaskKind.SET_ASIDE: _dealt_with,
    TaskKind.ALERT_NOT_SENT: _dealt_with,
    TaskKind.QUESTION: _dealt_with,
    TaskKind.WITNESS_CARE_SAYS: _dealt_with,
    TaskKind.ADDRESS_TO_CHECK: _answer_about_address,
    TaskKind.CANNOT_OPEN: _dealt_with,
    TaskKind.CALENDAR: _dealt_with,
    TaskKind.FOUND_LATE: _dealt_with,
    TaskKind.REFERRAL_TO_MATCH: _match,
    TaskKind.CLOSING_PROPOSED: _answer_proposal,
    TaskKind.RESULT_CODE: _say_what_a_code_means,
    TaskKind.SAME_PERSON: _same_person,
    TaskKind.OFFER_OWED: _decide_offer,
    TaskKind.ASK_AGAIN: _dealt_with,
    TaskKind.TRANSFER_OFFERED: transferring.answer_offer,
    TaskKind.INTRODUCE_OFFICER: transferring.answer_introduction,
    TaskKind.NEEDS_AGAIN: _dealt_with,
    TaskKind.TURNING_18: _dealt_with,
    TaskKind.ALSO_OFFENDER: _dealt_with,
    TaskKind.FAMILY_DOUBT: _dealt_with,
    TaskKind.LETTER_RETURNED: _dealt_with,
    TaskKind.WITNESS_CARE_ASKS: _answer_witness_care,
}
