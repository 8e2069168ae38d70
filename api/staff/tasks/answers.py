"""What the answer to each kind of task does."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from api.staff.fields import Entry
from api.staff.referrals import transferring
from api.staff.tasks import consulted
from vcs.access.work import Work
from vcs.consequences.answers import (
    dealt_with,
    decide_by_hand,
    route_referral,
    say_what_a_code_means,
)
from vcs.consequences.closing.declining import Against
from vcs.consequences.closing.propose import ProposalAnswer, decide_proposal
from vcs.consequences.deaths import answer_about_death
from vcs.consequences.hidden.same_offender import decide_same_offender
from vcs.consequences.offers.offers_owed import OfferAnswer, decide_offer_owed
from vcs.consequences.people.address_answers import answer_about_address, answer_about_number
from vcs.consequences.people.sameness import decide_same_person
from vcs.custody.answer import WhoseAnswer, say_whose
from vcs.custody.let_go import BurstAnswer, answer_burst
from vcs.partners.deciding import decide_request
from vcs.partners.people.messages.answer import MessageAnswer, answer_message
from vcs.tasks.kinds import AskedFor
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
    answer_about_address(work, reference, finding, note, entry.typed["seen"].split())


def _answer_about_number(work: Work, reference: str, entry: Entry) -> None:
    finding, note = AddressFinding(entry.typed["finding"]), entry.typed["note"]
    answer_about_number(work, reference, finding, note, entry.typed["seen"].split())


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


def _answer_about_death(work: Work, reference: str, entry: Entry) -> None:
    answer_about_death(work, reference, entry.typed["answer"], entry.typed["note"])


def _say_whose(work: Work, reference: str, entry: Entry) -> str | None:
    typed = entry.typed
    said = WhoseAnswer(typed["whose"], typed["reference"], typed["region"], typed["note"])
    say_whose(work, reference, said)
    return None


def _same_offender(work: Work, reference: str, entry: Entry) -> None:
    decide_same_offender(work, reference, entry.typed["answer"], entry.typed["note"])


def _answer_burst(work: Work, reference: str, entry: Entry) -> None:
    answer_burst(work, reference, BurstAnswer(entry.typed["answer"]), entry.typed["note"])


ANSWERS: Mapping[AskedFor, Callable[[Work, str, Entry], str | None]] = {
    AskedFor.DECISION: decide,
    AskedFor.REGION: _route,
    AskedFor.MATCH: _match,
    AskedFor.AGREEMENT: _answer_proposal,
    AskedFor.MEANING: _say_what_a_code_means,
    AskedFor.ADDRESS: _answer_about_address,
    AskedFor.NUMBER: _answer_about_number,
    AskedFor.SAMENESS: _same_person,
    AskedFor.OFFER: _decide_offer,
    AskedFor.TRANSFER: transferring.answer_offer,
    AskedFor.INTRODUCTION: transferring.answer_introduction,
    AskedFor.WITNESS_CARE: _answer_witness_care,
    AskedFor.DEATH: _answer_about_death,
    AskedFor.DONE: _dealt_with,
    AskedFor.OFFENDER: _say_whose,
    AskedFor.CONSULTATION: consulted.answer,
    AskedFor.BURST: _answer_burst,
    AskedFor.ONE_OFFENDER: _same_offender,
}
"""By what a task asks for. A line of a list is answered on the page of its lines."""
