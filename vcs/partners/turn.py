"""One request in the act of being dealt with, and the ways in which that ends."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, update
from sqlmodel import Session, col, select

from vcs.access import trail
from vcs.access.actors import SYSTEM, Actor, Placed
from vcs.access.clients import as_actor
from vcs.access.records import FeedClient
from vcs.access.rules import may_see
from vcs.access.work import Work
from vcs.clock import london_date
from vcs.consequences.key_events import join_sets
from vcs.database import lock
from vcs.errors import NotSetUp
from vcs.intake.witness_care.reading import read_request
from vcs.intake.witness_care.request import AnyRequest, ReferralAsked
from vcs.partners.asked import entry_of
from vcs.partners.beside import told_beside
from vcs.partners.records import ReferralRequest, RequestKind, RequestStatus, RequestVictim
from vcs.post.addresses.alike import latest_choice, no_on
from vcs.referrals.records import Referral
from vcs.sealing import Sealer
from vcs.sentences.records import Sentence
from vcs.tables import table_of
from vcs.tasks.ask import Question, open_tasks
from vcs.tasks.records import Task, TaskKind, TaskTopic
from vcs.victims import entries
from vcs.victims.details import going_back
from vcs.victims.details.add import add_known_victim, add_victim
from vcs.victims.details.amend import make_safer
from vcs.victims.digests import people_like
from vcs.victims.entries import VictimEntry
from vcs.victims.identity import known
from vcs.victims.person import shown_person
from vcs.victims.records import Victim
from vcs.victims.whereabouts.given_away import given_away

_TASKS = table_of(Task)

WENT_BACK = (
    "What witness care sent about a victim goes back to what was held before. It may be right, or "
    "an old message that came late. It was recorded: the address sent last is the one held. The "
    "safer answer about post, and both notes on safety, stay. Ask witness care "
    "or the victim which address and which answers are right, and correct the victim's details "
    "where they are wrong. No letter to the victim is approved or printed until you have answered."
)

SAID_NO = (
    "Witness care refers again somebody who said that they do not want contact. Their choice "
    "stands: nothing was changed, and no letter goes. Find out from them whether they have changed "
    "their mind, and record what they say."
)

SAYS_WHERE = (
    "Witness care sent an address, a postcode or a telephone number among the words about how a "
    "victim may be reached safely, or what they need. These words are shown without a reason. "
    "Everything was kept. Put it into the victim's details, where it belongs and if it is right, "
    "and take it out of these words. Do this before anybody else reads them."
)

OVERTAKEN = "overtaken: the request was settled"


@dataclass(frozen=True, slots=True)
class RequestContext:
    """A request, what it asks, and in whose name it is done."""

    session: Session
    sealer: Sealer
    request: ReferralRequest
    asked: AnyRequest
    actor: Actor
    now: datetime

    @property
    def today(self) -> date:
        """Return today's date in London."""
        return london_date(self.now)

    @property
    def work(self) -> Work:
        """Return what the verbs about victims take."""
        return Work(self.session, self.sealer, self.actor, self.now)

    def asks(self, *kinds: type[AnyRequest]) -> Any:
        """Return what is asked, which must be of one of these kinds: the table of acts says so."""
        if not isinstance(self.asked, kinds):
            raise TypeError(f"a request of kind {self.asked.kind} was given to another act")
        return self.asked

    def by(self, actor: Actor) -> RequestContext:
        """Return the same turn, done by a person."""
        return replace(self, actor=actor)


def context_of(
    session: Session, sealer: Sealer, request: ReferralRequest, now: datetime
) -> RequestContext:
    """Take up a request in the name of the program that sent it, disabled since or not."""
    named = FeedClient.client_id == request.client_id
    client = session.exec(select(FeedClient).where(named)).first()
    if client is None:
        raise NotSetUp("The client of a request is missing from the database.")
    asked = read_request(sealer.open(request.body))
    return RequestContext(session, sealer, request, asked, as_actor(client), now)


def settle_as(turn: RequestContext, status: RequestStatus, problem: str | None = None) -> None:
    """End a request's turn in a status; questions that are still open about it are over."""
    request = turn.request
    if request.status == status:
        return
    request.status, request.problem = status, problem
    turn.session.add(request)
    if status is not RequestStatus.EARLY:
        close_tasks(turn.session, request.receipt, turn.now)
    event = f"request.{'waits' if status is RequestStatus.EARLY else status}"
    trail.note(turn.session, trail.Note(turn.now, SYSTEM, event, request.receipt, request.kind))


def attach(turn: RequestContext, found: list[Referral]) -> None:
    """Add the victims of a referral request to each referral, with the verb of the web form.

    They count as referred on the day the request came or the day of sentence, the later of the
    two: nothing can be referred before there is a sentence.
    """
    asked: ReferralAsked = turn.asks(ReferralAsked)
    lock(turn.session, known.ONE_AT_A_TIME)
    for referral in found:
        sentence = turn.session.get_one(Sentence, referral.sentence_id)
        day = max(turn.request.received_on, sentence.sentenced_on)
        for number, one in enumerate(asked.victims, start=1):
            entry, before = entry_of(one), _referred(turn, number)
            if before is None:
                victim = _added(turn, referral, entry, day)
            else:
                # One person of the request, in each referral that it is for.
                victim = add_known_victim(turn.work, referral.reference, before, entry, day)
            if says_where(entry):
                ask_person(turn, TaskTopic.SAFETY, SAYS_WHERE, referral, victim)
            link(turn, number, victim)
        join_sets(turn.work, referral)
    turn.request.referral_id = found[0].id
    settle_as(turn, RequestStatus.ATTACHED)


def says_where(entry: VictimEntry) -> bool:
    """Say whether the words of an entry that many may read say where somebody is found."""
    words = (entry.safe_contact_notes, entry.format_needs, entry.about)
    return any(given_away(one, (entries.person(entry),)) for one in words)


def _referred(turn: RequestContext, number: int) -> str | None:
    """Return the victim as whom a person of the request was referred already, if they were."""
    query = (
        select(Victim.reference)
        .join(RequestVictim, col(RequestVictim.victim_id) == col(Victim.id))
        .where(RequestVictim.request_id == turn.request.id, RequestVictim.number == number)
        .order_by(col(Victim.id))
    )
    return turn.session.exec(query).first()


def _added(turn: RequestContext, referral: Referral, entry: VictimEntry, day: date) -> Victim:
    """Add a victim, unless just this person is or was held in the referral already.

    One who was held with these details before is asked about: the request may have come late.
    """
    same = select(Victim).where(
        Victim.referral_id == referral.id, Victim.standing == str(entry.standing)
    )
    for held in turn.session.exec(same).all():
        before = going_back.formers(turn.work, held)
        now_is = entries.held_entry(turn.sealer, held)
        if going_back.is_same(now_is, entry) or going_back.was_once(before, entry):
            if make_safer(turn.work, held.reference, entry):
                ask_person(turn, TaskTopic.WENT_BACK, WENT_BACK, referral, held)
            if no_on(latest_choice(turn.session, [held])):
                ask_person(turn, TaskTopic.OPTED_OUT, SAID_NO, referral, held)
            return held
    if (sent := _sent_before(turn, entry)) is not None:
        return add_known_victim(turn.work, referral.reference, sent, entry, day)
    victim = add_victim(turn.work, referral.reference, entry, day)
    beside = told_beside(turn.session, turn.request.id)
    known.ask_if_known(turn.session, turn.sealer, victim, turn.today, beside)
    return victim


def _sent_before(turn: RequestContext, entry: VictimEntry) -> str | None:
    """Return the victim as whom the same sender referred just this person, in another referral.

    A name alone is too little to be sure by.
    """
    person = entries.person(entry)
    if not (person.lines or person.phone or person.email):
        return None
    mine = (
        select(RequestVictim.victim_id)
        .join(ReferralRequest, col(ReferralRequest.id) == col(RequestVictim.request_id))
        .where(ReferralRequest.client_id == turn.request.client_id)
    )
    ids = [one.id for one in people_like(turn.session, turn.sealer, person)]
    query = select(Victim).where(col(Victim.person_id).in_(ids), col(Victim.id).in_(mine))
    for victim in turn.session.exec(query.order_by(col(Victim.id))):
        referral = turn.session.get_one(Referral, victim.referral_id)
        same = shown_person(turn.sealer, victim.person) == person
        if same and may_see(turn.actor, referral):
            return victim.reference
    return None


def link(turn: RequestContext, number: int, victim: Victim) -> None:
    """Keep which victim a request was about."""
    key = (turn.request.id, number, victim.id)
    if turn.session.get(RequestVictim, key) is None:
        turn.session.add(
            RequestVictim(request_id=turn.request.id, number=number, victim_id=victim.id)
        )
        turn.session.flush()


def ask_person(
    turn: RequestContext,
    topic: TaskTopic,
    words: str,
    where: Placed | None = None,
    victim: Victim | None = None,
) -> None:
    """Ask a person about a request, once for each topic, and each victim where it is about one.

    ``where`` is a referral, or whatever else lies in the region whose people are asked.
    """
    is_to_match = turn.request.kind == RequestKind.REFERRAL and topic not in _AFTER_SETTLING
    kind = TaskKind.REFERRAL_TO_MATCH if is_to_match else TaskKind.WITNESS_CARE_SAYS
    referral = where if isinstance(where, Referral) else None
    named = ("request", turn.request.receipt, topic, victim.reference if victim else "")
    question = Question(
        ":".join(filter(None, named)),
        kind,
        words,
        (where.region_code if where else None) or turn.request.region_code,
        turn.today,
        referral.sentence_id if referral else None,
        referral.id if referral else None,
        request_receipt=turn.request.receipt,
        victim_id=victim.id if victim else None,
        topic=topic,
    )
    open_tasks(turn.session, [question], turn.today)


def ask_about(
    session: Session, request: ReferralRequest, topic: TaskTopic, words: str, today: date
) -> None:
    """Ask a person about a request that need not be opened for it, once for each topic."""
    is_referral = request.kind == RequestKind.REFERRAL
    question = Question(
        f"request:{request.receipt}:{topic}",
        TaskKind.REFERRAL_TO_MATCH if is_referral else TaskKind.WITNESS_CARE_SAYS,
        words,
        request.region_code,
        today,
        request_receipt=request.receipt,
        topic=topic,
    )
    open_tasks(session, [question], today)


_AFTER_SETTLING = (
    TaskTopic.OPTED_OUT,
    TaskTopic.SAFETY,
    TaskTopic.WENT_BACK,
    TaskTopic.KEY_REUSED,
)

"""What is asked of a person although the request is settled: it was recorded, or refused."""


def about(receipt: str) -> ColumnElement[bool]:
    """Return which tasks go when a request is settled: what was recorded is still to be read."""
    goes = col(Task.topic).not_in(_AFTER_SETTLING)
    return and_(col(Task.request_receipt) == receipt, goes)


def close_tasks(session: Session, receipt: str, now: datetime) -> None:
    """Close what is still asked about a request that needs no answer any more."""
    session.flush()
    open_ones = (about(receipt), col(Task.done_at).is_(None))
    session.execute(update(_TASKS).where(*open_ones).values(done_at=now, answer=OVERTAKEN))
