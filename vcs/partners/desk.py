"""The desk where requests are dealt with: oldest first, each in a transaction of its own.

One that cannot be dealt with is a person's and never holds up the rest.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

from sqlalchemy import ColumnElement, and_, exists, or_
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from vcs import clock, logs
from vcs.database import Database, lock
from vcs.errors import Busy, CannotOpen, NotSetUp
from vcs.keys.sealed import REQUEST_BODY
from vcs.keys.unopened import Unopened, key_of
from vcs.partners import miswritten
from vcs.partners.acts import BY_KIND
from vcs.partners.records import ReferralRequest, RequestKind, RequestStatus
from vcs.partners.turn import ask_about, context_of
from vcs.sealing import Sealer
from vcs.sentences.records import Sentence
from vcs.tasks import unopened
from vcs.tasks.ask import open_tasks
from vcs.tasks.records import Task, TaskTopic

_LOG = logs.logger("vcs.requests")

LOCK = 0x76637306

_FAULT = "The program failed at this request; the fault is in its log. A person looks at it."

_OPEN = (RequestStatus.WAITING, RequestStatus.EARLY)

Now = Callable[[], datetime]


def read_requests(db: Database, sealer: Sealer, limit: int = 100, *, now: Now | None = None) -> int:
    """Deal with at most so many new requests; returns how many were dealt with.

    The oldest comes first: of two changes of one address the later one must stand.
    """
    moment = now or clock.now
    done = 0
    while done < limit and (request_id := _oldest(db)) is not None:
        done += _deal_with(db, sealer, request_id, moment())
    return done


def attach_early(db: Database, sealer: Sealer, limit: int = 500, *, now: Now | None = None) -> int:
    """Look again at requests that waited for a sentence; returns how many needed to wait no more.

    Safe to repeat, and to run in several processes at once.
    """
    moment = now or clock.now
    with db.reading() as session:
        query = select(ReferralRequest.id).where(_may_have_come())
        found = list(session.exec(query.order_by(col(ReferralRequest.id)).limit(limit)))
    attached = sum(_deal_with(db, sealer, one, moment()) for one in found)
    _ask_about_miswritten(db, sealer, moment)
    return attached


def _ask_about_miswritten(db: Database, sealer: Sealer, moment: Now) -> None:
    """Have a person asked about early requests whose sentence came under nearly their case."""
    with db.reading() as session:
        if not miswritten.has_news(session):
            return
    with db.writing() as session:
        # Whoever deals with a request now either has seen these decisions, or is done by then.
        lock(session, LOCK)
        newest = miswritten.newest_decision(session)
    with db.reading() as session:
        found, until = miswritten.look(session, sealer, newest)
    for one in found:
        _deal_with(db, sealer, one, moment())
    miswritten.keep_look(db, until)


def attach_waiting_referrals(
    session: Session, sealer: Sealer, sentence_id: int, now: datetime
) -> int:
    """Attach what waits for one sentence, in the caller's transaction; returns how many."""
    lock(session, LOCK)
    case = session.get_one(Sentence, sentence_id).case_key
    query = select(ReferralRequest).where(
        ReferralRequest.status == RequestStatus.EARLY,
        ReferralRequest.case_key == case,
    )
    found = session.exec(query.order_by(col(ReferralRequest.id))).all()
    return sum(_take_turn(session, sealer, one, now) for one in found)


def _oldest(db: Database) -> int | None:
    waiting = select(ReferralRequest.id).where(ReferralRequest.status == RequestStatus.WAITING)
    with db.reading() as session:
        return session.exec(waiting.order_by(col(ReferralRequest.id)).limit(1)).first()


def _may_have_come() -> ColumnElement[bool]:
    """Return which waiting requests have something new to look at."""
    case = col(ReferralRequest.case_key)
    told = exists().where(col(Sentence.case_key) == case)
    parent = aliased(ReferralRequest)
    settled = exists().where(
        col(parent.id) == col(ReferralRequest.parent_id), col(parent.status).not_in(_OPEN)
    )
    by_reference = and_(case.is_(None), col(ReferralRequest.parent_id).is_(None))
    early = col(ReferralRequest.status) == RequestStatus.EARLY
    return and_(early, or_(told, settled, by_reference))


def _deal_with(db: Database, sealer: Sealer, request_id: int, now: datetime) -> bool:
    try:
        with db.writing() as session:
            # One at a time, whoever asks: what comes later may rest on what came before.
            lock(session, LOCK)
            request = session.get_one(ReferralRequest, request_id)
            return request.status in _OPEN and _take_turn(session, sealer, request, now)
    except Exception as fault:
        if isinstance(fault, (Busy, NotSetUp)) and not isinstance(fault, CannotOpen):
            raise  # nothing is wrong with the request, so it goes on waiting
        _LOG.error("request.left_to_a_person", request=request_id, **logs.fault(fault))
    return _leave_to_a_person(db, sealer, request_id, now)


def _take_turn(session: Session, sealer: Sealer, request: ReferralRequest, now: datetime) -> bool:
    """Deal with a request and with what waited for it; says whether anything changed."""
    before = request.status
    if request.status == RequestStatus.EARLY and _was_answered(session, request):
        request.status = RequestStatus.RECORDED
    else:
        BY_KIND[request.kind](context_of(session, sealer, request, now))
    request.read_at = request.read_at or now
    session.add(request)
    session.flush()
    if request.status == RequestStatus.ATTACHED:
        settle_children(session, sealer, request, now)
    return request.status != before


def settle_children(
    session: Session, sealer: Sealer, request: ReferralRequest, now: datetime
) -> None:
    """Deal with what was told about an early referral while it waited, in the order it came."""
    query = select(ReferralRequest).where(
        ReferralRequest.parent_id == request.id, ReferralRequest.status == RequestStatus.EARLY
    )
    for child in session.exec(query.order_by(col(ReferralRequest.id))).all():
        _take_turn(session, sealer, child, now)


def _was_answered(session: Session, request: ReferralRequest) -> bool:
    """Say whether a person dealt with what could not be matched."""
    if request.kind == RequestKind.REFERRAL:
        return False
    matched = (Task.request_receipt == request.receipt, Task.topic == TaskTopic.MATCH)
    query = select(Task.id).where(*matched, col(Task.done_by).is_not(None))
    return session.exec(query).first() is not None


def _leave_to_a_person(db: Database, sealer: Sealer, request_id: int, now: datetime) -> bool:
    with db.writing() as session:
        lock(session, LOCK)
        request = session.get_one(ReferralRequest, request_id)
        if request.status not in _OPEN:
            return False
        request.status, request.problem = RequestStatus.RECORDED, _FAULT
        request.read_at = request.read_at or now
        session.add(request)
        _ask(session, sealer, request, clock.london_date(now))
    return True


def _ask(session: Session, sealer: Sealer, request: ReferralRequest, today: date) -> None:
    """Ask an administrator where it cannot be opened, and else the manager of its region."""
    if not sealer.opens(request.body):
        one = Unopened(key_of(REQUEST_BODY, request.id), f"{request.receipt} (referral request)")
        open_tasks(session, [unopened.question(one, today)], today)
        return
    words = f"{_FAULT} Ask witness care what it holds, by its receipt: {request.receipt}."
    ask_about(session, request, TaskTopic.FAULT, words, today)
