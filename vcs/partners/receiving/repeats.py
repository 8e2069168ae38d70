"""Whether a request without a key of its own repeats the latest that its sender said.

Equal content is a repeat only while nothing else came since, from that sender, about the same
people: after that it is a new instruction. Where this cannot be told it is a new instruction, as
doing the same twice is harmless.
"""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import ColumnElement, and_, false, func, or_, update
from sqlmodel import Session, col, select

from vcs.access.work import Work
from vcs.errors import VcsError
from vcs.intake.witness_care.reading import read_request
from vcs.intake.witness_care.request import AnyRequest, ReferralAsked
from vcs.partners.asked import case_key_of
from vcs.partners.matching import may_be_one_offender
from vcs.partners.records import ReferralRequest, RequestKind, RequestStatus, RequestVictim
from vcs.sealing import Sealer
from vcs.tables import table_of
from vcs.tasks.records import Task
from vcs.victims.records import Victim
from vcs.victims.same_person import name_parts

_TABLE = table_of(ReferralRequest)

_UNKEYED = "sha256:"

REFUSED_KEY = "refused:"

"""Begins the identity of what came under a used key: it was kept and never acted on."""


def about(asked: AnyRequest) -> str | None:
    """Return whom or what a request names: our reference, or a receipt and a number in it."""
    receipt = getattr(asked, "receipt", None)
    if receipt is not None:
        return _numbered(receipt, getattr(asked, "victim_number", 1))
    names = ("victim_reference", "referral_reference")
    return next(filter(None, (getattr(asked, name, None) for name in names)), None)


def repeated(
    session: Session, sealer: Sealer, client_id: str, content: str, asked: AnyRequest
) -> str | None:
    """Return the receipt of the request that this one repeats; None for a new instruction."""
    equal = (ReferralRequest.client_id == client_id, ReferralRequest.content_hash == content)
    acted_on = ~col(ReferralRequest.identity).startswith(REFUSED_KEY)
    query = select(ReferralRequest).where(*equal, acted_on)
    latest = session.exec(query.order_by(col(ReferralRequest.id).desc()).limit(1)).first()
    if latest is None or _refused_by_rule(session, latest):
        return None
    return None if _overtaken(session, sealer, latest, asked) else latest.receipt


def new_identity(session: Session, client_id: str, content: str) -> str:
    """Return the identity of a new instruction: two equal ones at once have the same."""
    unkeyed = col(ReferralRequest.identity).startswith(_UNKEYED)
    query = select(func.count(col(ReferralRequest.id))).where(
        ReferralRequest.client_id == client_id, ReferralRequest.content_hash == content, unkeyed
    )
    before = session.exec(query).one()
    return f"{_UNKEYED}{content}:{before + 1}" if before else f"{_UNKEYED}{content}"


def count_repeat(work: Work, receipt: str) -> None:
    """Count that a request came again, on its receipt and in the trail."""
    counted = {"repeats": _TABLE.c.repeats + 1, "repeated_at": work.now}
    work.session.execute(update(_TABLE).where(_TABLE.c.receipt == receipt).values(counted))
    work.note("request.repeated", receipt)


def victims_named(session: Session, client_id: str, asked: AnyRequest) -> list[Victim]:
    """Return the victims that a request names, where they are held already."""
    query = select(Victim).order_by(col(Victim.id))
    reference, receipt = (getattr(asked, name, None) for name in ("victim_reference", "receipt"))
    if reference is not None:
        return list(session.exec(query.where(Victim.reference == reference)))
    if receipt is None:
        return []
    query = query.join(RequestVictim, col(RequestVictim.victim_id) == col(Victim.id))
    parent = select(ReferralRequest.id).where(
        ReferralRequest.receipt == receipt, ReferralRequest.client_id == client_id
    )
    number = getattr(asked, "victim_number", 1)
    linked = (col(RequestVictim.request_id).in_(parent), RequestVictim.number == number)
    return list(session.exec(query.where(*linked)))


def _refused_by_rule(session: Session, request: ReferralRequest) -> bool:
    """Say whether a request was refused for what was not known then; a person's no stays."""
    if request.status != RequestStatus.REFUSED:
        return False
    decided = select(Task.id).where(
        Task.request_receipt == request.receipt, col(Task.done_by).is_not(None)
    )
    return session.exec(decided).first() is None


def _overtaken(
    session: Session, sealer: Sealer, latest: ReferralRequest, asked: AnyRequest
) -> bool:
    """Say whether its sender has said something else about the same people since."""
    victims = _victims(session, latest, asked)
    since = select(ReferralRequest).where(
        ReferralRequest.client_id == latest.client_id,
        ReferralRequest.content_hash != latest.content_hash,
        col(ReferralRequest.id) > latest.id,
    )
    of_people = since.where(_names_people(session, latest, asked, victims)).limit(1)
    if session.exec(of_people).first() is not None:
        return True
    if asked.kind not in _ABOUT_SENTENCES:
        return False
    others = session.exec(since.where(_names_sentence(latest, asked)))
    return any(_may_be_alike(asked, _read(sealer, one)) for one in others)


def _victims(session: Session, latest: ReferralRequest, asked: AnyRequest) -> list[Victim]:
    if not isinstance(asked, ReferralAsked):
        return victims_named(session, latest.client_id, asked)
    linked = select(RequestVictim.victim_id).where(RequestVictim.request_id == latest.id)
    return list(session.exec(select(Victim).where(col(Victim.id).in_(linked))))


def _names_people(
    session: Session, latest: ReferralRequest, asked: AnyRequest, victims: Iterable[Victim]
) -> ColumnElement[bool]:
    """Say of a request whether it names one of these people, by a reference or by a receipt."""
    ids = [one.id for one in victims]
    links = select(RequestVictim.request_id).where(col(RequestVictim.victim_id).in_(ids))
    referrals = (
        select(ReferralRequest.receipt, RequestVictim.number)
        .join(RequestVictim, col(RequestVictim.request_id) == col(ReferralRequest.id))
        .where(col(RequestVictim.victim_id).in_(ids))
    )
    names = {_numbered(receipt, number) for receipt, number in session.exec(referrals)}
    names |= {one.reference for one in victims}
    if isinstance(asked, ReferralAsked):
        names |= {_numbered(latest.receipt, n + 1) for n in range(len(asked.victims))}
    elif named := about(asked):
        names.add(named)
    # Rows from before migration 0018 do not hold whom they name: they may be about anybody.
    unknown = and_(
        col(ReferralRequest.about).is_(None),
        col(ReferralRequest.kind).in_([RequestKind.CORRECTION, RequestKind.CHANGE_OF_ADDRESS]),
        col(ReferralRequest.status).in_([RequestStatus.WAITING, RequestStatus.EARLY]),
    )
    return or_(col(ReferralRequest.id).in_(links), col(ReferralRequest.about).in_(names), unknown)


def _names_sentence(latest: ReferralRequest, asked: AnyRequest) -> ColumnElement[bool]:
    """Say of a request whether it names the case or the referral that another one names."""
    same: list[ColumnElement[bool]] = []
    if latest.referral_id is not None:
        same.append(col(ReferralRequest.referral_id) == latest.referral_id)
    if case := case_key_of(asked):
        same.append(col(ReferralRequest.case_key) == case)
    if reference := getattr(asked, "referral_reference", None):
        same.append(col(ReferralRequest.about) == reference)
    return and_(col(ReferralRequest.kind).in_(_ABOUT_SENTENCES), or_(false(), *same))


def _may_be_alike(asked: AnyRequest, other: AnyRequest | None) -> bool:
    """Say whether two requests about one case may be about the same offender and people."""
    if other is None:
        return True
    if not may_be_one_offender(getattr(asked, "offender", None), getattr(other, "offender", None)):
        return False
    if not isinstance(asked, ReferralAsked) or not isinstance(other, ReferralAsked):
        return True
    names = [set(map(_name, request.victims)) for request in (asked, other)]
    return bool(names[0] & names[1])


def _name(victim: object) -> frozenset[str]:
    return frozenset(name_parts(getattr(victim, "name", "")))


def _read(sealer: Sealer, request: ReferralRequest) -> AnyRequest | None:
    """Return what a request asked; None where that cannot be told any more."""
    try:
        return read_request(sealer.open(request.body))
    except VcsError:
        return None


def _numbered(receipt: str, number: int) -> str:
    return f"{receipt}#{number}"


_ABOUT_SENTENCES = (RequestKind.REFERRAL, RequestKind.OPT_OUT, RequestKind.CHASE_ANSWERED)
