"""What each kind of request does, with the verbs that the web forms use.

A program may add what is owed. It never closes a referral: that takes a person.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from sqlmodel import col, select

from vcs.access import trail
from vcs.consequences.closing.before_referral import LONGEST_LOOK, trace
from vcs.consequences.closing.propose import Proposed, propose
from vcs.consequences.drafts.after import relay_opt_out
from vcs.errors import NotFound
from vcs.intake.witness_care.request import (
    ChangeOfAddressAsked,
    ChaseAnsweredAsked,
    CorrectionAsked,
    OptOutAsked,
)
from vcs.partners.asked import amended_entry, case_of
from vcs.partners.matching import Candidate, Match, match, references
from vcs.partners.records import ReferralRequest, RequestKind, RequestStatus, RequestVictim
from vcs.partners.turn import (
    SAYS_WHERE,
    WENT_BACK,
    RequestContext,
    ask_person,
    attach,
    link,
    says_where,
    settle_as,
)
from vcs.referrals.closure.proposals import waiting_proposal
from vcs.referrals.records import ClosedReason, Referral, ReferralStatus
from vcs.sentences.enquiries.questions import day_to_work_to
from vcs.sentences.records import Sentence
from vcs.tasks.ask import Question, open_tasks
from vcs.tasks.records import DECIDING, Task, TaskKind, TaskTopic
from vcs.terms import ChaseAnswer, Choice, Outcome
from vcs.victims.details.amend import amend_unseen
from vcs.victims.details.going_back import choice_goes_back
from vcs.victims.entries import VictimEntry
from vcs.victims.find import find_victim
from vcs.victims.identity.known import ask_if_known
from vcs.victims.records import Victim

NO_SUCH_REFERRAL = (
    "There is no such referral for this client. Check the reference, or send the case reference "
    "with what is known of the offender: then the request waits for the sentence."
)

NO_SUCH_VICTIM = "There is no such victim for this client. Check the reference or the receipt."

PARENT_REFUSED = "The request that this one is about was refused. Send that one anew first."

NOT_OFFERED = (
    "A manager of the victim liaison unit decided that contact is not offered for this sentence."
)

_OFFER = (
    "Witness care refers a victim for this sentence, which opened no referral. Should contact be "
    "offered? If not, witness care is told so."
)

_UNWILLING = (
    "Witness care says that the victim was asked before any referral and does not want to be "
    "referred. Nothing was closed: close the referral with this reason if the evidence is enough."
)

_NOBODY = (
    "Witness care says that there is no identifiable victim, but a victim has been referred. "
    "Nothing was changed: ask witness care which is right."
)

_OPTED_OUT = (
    "Witness care says that a victim in this referral does not want contact. Their choice is on "
    "record and first contact is still owed: check with the victim before relying on it."
)

_SAFETY = (
    "Witness care sent other words about how a victim may be reached safely than those that "
    "somebody else wrote. Nothing was taken away: it stays not safe to write where that is held, "
    "and both notes are kept. Check with the victim which is right."
)


def refer(turn: RequestContext) -> None:
    """Attach the victims of a referral, or say what it waits for."""
    found = match(turn.session, turn.sealer, turn.actor, turn.asked)
    _tell_elsewhere(turn, found)
    standing = [one.referral for one in found.fits if one.referral and _is_open(one.referral)]
    if standing:
        attach(turn, standing)
    elif found.fits:
        _ask_to_open(turn, found.fits)
    else:
        _wait_or_refuse(turn, found)


def _is_open(referral: Referral) -> bool:
    return referral.status != ReferralStatus.CLOSED


def _wait_or_refuse(turn: RequestContext, found: Match) -> None:
    if getattr(turn.asked, "referral_reference", None) is not None:
        settle_as(turn, RequestStatus.REFUSED, NO_SUCH_REFERRAL)
        return
    settle_as(turn, RequestStatus.EARLY)
    if found.doubt:
        words = f"{found.doubt} Case {case_of(turn.asked)}. Look at: {references(found.seen)}."
        ask_person(turn, TaskTopic.MATCH, words, found.seen[0])


def _tell_elsewhere(turn: RequestContext, found: Match) -> None:
    """Ask our own people about a sentence outside the sender's area, which the sender must not see.

    A victim would be missed in silence otherwise: cases do move between courts.
    """
    if not found.elsewhere:
        return
    words = (
        "Witness care of another police area refers for a case that is held here. "
        f"Look at: {references(found.elsewhere)}."
    )
    ask_person(turn, TaskTopic.ELSEWHERE, words, found.elsewhere[0])


def _ask_to_open(turn: RequestContext, fits: tuple[Candidate, ...]) -> None:
    closed = [one for one in fits if one.referral]
    if closed:
        settle_as(turn, RequestStatus.EARLY)
        words = f"Witness care refers a victim for a referral that is closed: {references(closed)}."
        ask_person(turn, TaskTopic.CLOSED, words, closed[0])
        return
    answers = [_ask_to_offer(turn, one.sentence) for one in fits]
    refused = all(answer == Outcome.NOT_ELIGIBLE for answer in answers)
    settle_as(turn, *((RequestStatus.REFUSED, NOT_OFFERED) if refused else (RequestStatus.EARLY,)))


def _ask_to_offer(turn: RequestContext, sentence: Sentence) -> str | None:
    """Ask whether contact is offered for a sentence without a referral; returns the answer."""
    # A new decision about the sentence is asked about anew.
    key = f"request:{turn.request.receipt}:discretion:{sentence.id}:{sentence.facts_hash[:16]}"
    asked = turn.session.exec(select(Task).where(Task.key == key)).first()
    if asked is not None:
        return asked.answer if asked.done_by is not None else None
    undecided = select(Task.id).where(
        Task.sentence_id == sentence.id,
        col(Task.kind).in_([str(kind) for kind in DECIDING]),
        col(Task.done_at).is_(None),
    )
    if turn.session.exec(undecided).first() is None:
        due_on = day_to_work_to(sentence.sentenced_on)
        question = Question(
            key,
            TaskKind.DISCRETION,
            _OFFER,
            sentence.region_code,
            due_on,
            sentence.id,
            request_receipt=turn.request.receipt,
            topic=TaskTopic.OFFER,
        )
        open_tasks(turn.session, [question], turn.today)
    return None


def amend(turn: RequestContext) -> None:
    """Change what a request names about a victim, and nothing else.

    What others did to make the victim safer stays, and a person is asked about it.
    """
    asked: CorrectionAsked | ChangeOfAddressAsked = turn.asks(CorrectionAsked, ChangeOfAddressAsked)
    for victim in _victims(turn):
        change = amend_unseen(turn.work, victim.reference, lambda held: amended_entry(held, asked))
        ask_if_known(turn.session, turn.sealer, change.victim, turn.today)
        link(turn, asked.victim_number, victim)
        settle_as(turn, RequestStatus.RECORDED)
        safety = _SAFETY if change.held_back else ""
        if says_where(amended_entry(VictimEntry("Somebody"), asked)):
            safety = f"{safety} {SAYS_WHERE}".strip()
        if safety:
            _ask_about(turn, TaskTopic.SAFETY, safety, victim)
        if change.went_back:
            _ask_about(turn, TaskTopic.WENT_BACK, WENT_BACK, victim)


def _ask_about(turn: RequestContext, topic: TaskTopic, words: str, victim: Victim) -> None:
    referral = turn.session.get_one(Referral, victim.referral_id)
    ask_person(turn, topic, words, referral, victim)


def opt_out(turn: RequestContext) -> None:
    """Record that a victim does not want contact, and have a person make sure."""
    asked: OptOutAsked = turn.asks(OptOutAsked)
    if asked.victim_reference is None and asked.receipt is None:
        _say(turn, ChaseAnswer.REFUSED_REFERRAL, _UNWILLING)
        return
    for victim in _victims(turn):
        went_back = choice_goes_back(turn.session, victim, Choice.OPT_OUT)
        relay_opt_out(
            turn.work,
            victim.reference,
            asked.said_on,
            asked.how,
        )
        link(turn, asked.victim_number, victim)
        settle_as(turn, RequestStatus.RECORDED)
        _ask_about(turn, TaskTopic.OPTED_OUT, _OPTED_OUT, victim)
        if went_back:
            _ask_about(turn, TaskTopic.WENT_BACK, WENT_BACK, victim)


def answer_chase(turn: RequestContext) -> None:
    """Record what witness care answers; what would close a referral is asked of a person."""
    asked: ChaseAnsweredAsked = turn.asks(ChaseAnsweredAsked)
    told = {ChaseAnswer.NO_IDENTIFIABLE_VICTIM: _NOBODY, ChaseAnswer.REFUSED_REFERRAL: _UNWILLING}
    _say(turn, asked.answer, told.get(asked.answer))


def _say(turn: RequestContext, answer: ChaseAnswer, words: str | None) -> None:
    """Keep an answer beside the referral it is about; ``words`` None asks nobody anything."""
    found = match(turn.session, turn.sealer, turn.actor, turn.asked)
    _tell_elsewhere(turn, found)
    held = sorted((one.referral for one in found.fits if one.referral), key=_awaiting_first)
    if not held:
        if found.fits:
            settle_as(turn, RequestStatus.RECORDED)
        else:
            _wait_or_refuse(turn, found)
        return
    referral = held[0]
    turn.request.referral_id, turn.request.chase_answer = referral.id, answer
    settle_as(turn, RequestStatus.RECORDED)
    trail.note(
        turn.session,
        trail.Note(turn.now, turn.actor.who, "chase.answered", referral.reference, str(answer)),
    )
    _act_on(turn, answer, referral, words)


def _act_on(
    turn: RequestContext, answer: ChaseAnswer, referral: Referral, words: str | None
) -> None:
    """Do what an answer asks for; what would close the referral is left to a person."""
    is_awaited = referral.status == ReferralStatus.AWAITING
    if answer == ChaseAnswer.BEING_TRACED and is_awaited:
        look_again_on = turn.today + LONGEST_LOOK
        trace(turn.work, referral.reference, look_again_on)
    if answer == ChaseAnswer.NO_IDENTIFIABLE_VICTIM and is_awaited:
        _propose(turn, referral)
    elif words and _is_open(referral):
        ask_person(turn, TaskTopic.SAYS, words, referral)


def _propose(turn: RequestContext, referral: Referral) -> None:
    """Propose to close the referral; a proposal that waits already is enough."""
    if waiting_proposal(turn.session, referral.id) is not None:
        return
    note = getattr(turn.asked, "note", "")
    proposed = Proposed(ClosedReason.NO_IDENTIFIABLE_VICTIM, note, turn.request.id)
    propose(turn.work, referral.reference, proposed)


def _awaiting_first(referral: Referral) -> tuple[bool, int]:
    return referral.status != ReferralStatus.AWAITING, referral.id


def _victims(turn: RequestContext) -> list[Victim]:
    """Return whom a request is about; where there is nobody yet, its turn ends here."""
    reference = getattr(turn.asked, "victim_reference", None)
    if reference is None:
        return _victims_of_parent(turn)
    try:
        return [find_victim(turn.session, reference, turn.actor)[0]]
    except NotFound:
        settle_as(turn, RequestStatus.REFUSED, NO_SUCH_VICTIM)
        return []


def _victims_of_parent(turn: RequestContext) -> list[Victim]:
    parent = turn.session.exec(
        select(ReferralRequest).where(
            ReferralRequest.receipt == getattr(turn.asked, "receipt", ""),
            ReferralRequest.client_id == turn.request.client_id,
            ReferralRequest.kind == RequestKind.REFERRAL,
        )
    ).first()
    if parent is None:
        settle_as(turn, RequestStatus.REFUSED, NO_SUCH_VICTIM)
        return []
    turn.request.parent_id = parent.id
    number = getattr(turn.asked, "victim_number", 1)
    if parent.status == RequestStatus.REFUSED:
        settle_as(turn, RequestStatus.REFUSED, PARENT_REFUSED)
    elif parent.status != RequestStatus.ATTACHED:
        settle_as(turn, RequestStatus.EARLY)
    elif not (found := _numbered(turn, parent, number)):
        settle_as(turn, RequestStatus.REFUSED, NO_SUCH_VICTIM)
    else:
        return found
    return []


def _numbered(turn: RequestContext, parent: ReferralRequest, number: int) -> list[Victim]:
    query = (
        select(Victim)
        .join(RequestVictim, col(RequestVictim.victim_id) == col(Victim.id))
        .where(RequestVictim.request_id == parent.id, RequestVictim.number == number)
        .order_by(col(Victim.id))
    )
    return list(turn.session.exec(query))


BY_KIND: Mapping[str, Callable[[RequestContext], None]] = {
    RequestKind.REFERRAL: refer,
    RequestKind.CORRECTION: amend,
    RequestKind.CHANGE_OF_ADDRESS: amend,
    RequestKind.OPT_OUT: opt_out,
    RequestKind.CHASE_ANSWERED: answer_chase,
}
