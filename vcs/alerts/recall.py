"""Take an email back that was wrong, and tell everybody who was sent it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from itertools import islice

from sqlmodel import Session, col, select

from vcs.access.actors import Actor
from vcs.access.records import Account
from vcs.access.rules import Act, require_may
from vcs.access.work import Work
from vcs.alerts.at_once import KINDS
from vcs.alerts.digest.records import Recall
from vcs.alerts.kinds import When, policy_of
from vcs.alerts.owe import Notice, owe_alert
from vcs.alerts.reads import sentences_of_alert
from vcs.alerts.records import AlertDelivery, AlertKind, AlertRecord
from vcs.clock import london_date
from vcs.errors import Conflict, NotFound, NotValid
from vcs.law.deadlines.duties import in_words
from vcs.sealing import Sealer
from vcs.terms import Role


@dataclass(frozen=True, slots=True)
class SentTo:
    """One person who was sent an email, and when."""

    name: str
    sent_at: datetime


def find_alert(session: Session, actor: Actor, alert_id: int) -> AlertRecord:
    """Return an email that was sent at once in somebody's region. Raises NotFound."""
    alert = session.get(AlertRecord, alert_id)
    mine = alert is not None and (
        actor.role is Role.ADMINISTRATOR or alert.region_code == actor.region_code
    )
    if alert is None or not mine or policy_of(alert.kind).when is not When.AT_ONCE:
        raise NotFound("There is nothing at this address.")
    if _is_hidden(session, actor, alert):
        raise NotFound("There is nothing at this address.")
    return alert


def sent_to(session: Session, alert_id: int) -> tuple[SentTo, ...]:
    """Return who was sent an email."""
    query = (
        select(Account.name, AlertDelivery.sent_at)
        .join(AlertDelivery, col(AlertDelivery.account_id) == col(Account.id))
        .where(AlertDelivery.alert_id == alert_id, col(AlertDelivery.sent_at).is_not(None))
        .order_by(col(AlertDelivery.id))
    )
    return tuple(SentTo(name, at) for name, at in session.exec(query) if at is not None)


@dataclass(frozen=True, slots=True)
class Sent:
    """One email that went at once: what about, why it could not wait, and to whom it went."""

    id: int
    about: str
    why: str
    sent_at: datetime
    told: tuple[SentTo, ...]
    is_taken_back: bool


SHOWN = 50
"""How many of the newest emails a page shows."""

_NOT_LISTED = (
    AlertKind.UNUSUAL_READING,
    AlertKind.YOUR_READING,
    AlertKind.RECALLED,
    AlertKind.ROW_RECALLED,
)
"""What is about a colleague, or about an email that was taken back."""


def sent_lately(session: Session, actor: Actor) -> list[Sent]:
    """Return the newest emails that went at once and that somebody may take back."""
    require_may(actor, Act.RECALL_ALERT)
    kinds = [str(one) for one in KINDS if one not in _NOT_LISTED]
    query = select(AlertRecord).where(
        col(AlertRecord.kind).in_(kinds), col(AlertRecord.sent_at).is_not(None)
    )
    if actor.role is not Role.ADMINISTRATOR:
        query = query.where(AlertRecord.region_code == actor.region_code)
    newest = session.exec(
        query.order_by(col(AlertRecord.id).desc()).execution_options(yield_per=SHOWN)
    )
    # Hidden ones are passed over before they are counted, so that a list is no shorter for them.
    found = islice((one for one in newest if _may_list(session, actor, one)), SHOWN)
    taken_back = set(session.exec(select(Recall.alert_id)))
    return [
        Sent(
            one.id,
            "" if one.kind == AlertKind.LIST_UNKNOWN else one.subject,
            KINDS[AlertKind(one.kind)],
            one.sent_at,
            sent_to(session, one.id),
            one.id in taken_back,
        )
        for one in tuple(found)
        if one.sent_at is not None
    ]


def _may_list(session: Session, actor: Actor, alert: AlertRecord) -> bool:
    return alert.account_id != actor.account_id and not _is_hidden(session, actor, alert)


def _is_hidden(session: Session, actor: Actor, alert: AlertRecord) -> bool:
    """Say whether an email is about a case that is kept from somebody."""
    return bool(actor.hidden.sentences & set(sentences_of_alert(session, alert)))


@dataclass(frozen=True, slots=True)
class TakenBack:
    """An email that was taken back: what it was about, why, and who was sent it."""

    about: str
    why: str
    recalled_at: datetime
    told: tuple[SentTo, ...]


def recalled(session: Session, sealer: Sealer, actor: Actor, alert_id: int) -> TakenBack:
    """Return what became of an email, to whoever was sent it or may take it back.

    Nobody from whom its case is kept sees it any more, whatever they were sent before.
    """
    found = session.exec(select(Recall).where(Recall.alert_id == alert_id)).first()
    mine = select(AlertDelivery.id).where(
        AlertDelivery.alert_id == alert_id, AlertDelivery.account_id == actor.account_id
    )
    alert = session.get(AlertRecord, alert_id)
    if found is None or alert is None or _is_hidden(session, actor, alert):
        raise NotFound("There is nothing at this address.")
    if session.exec(mine).first() is None:
        find_alert(session, actor, alert_id)
    why = sealer.open_text(found.sealed)
    return TakenBack(_about(alert), why, found.recalled_at, sent_to(session, alert_id))


def _about(alert: AlertRecord) -> str:
    """Return what an email was about as people read it: a line of a list has no reference."""
    if alert.kind == AlertKind.LIST_UNKNOWN:
        return "a sentence that only a list of another system names"
    return " ".join(alert.subject.split())


def recall(work: Work, alert_id: int, why: str) -> int:
    """Take an email back, once. Returns how many people are told."""
    work.require_may(Act.RECALL_ALERT)
    alert = find_alert(work.session, work.actor, alert_id)
    if not why.strip():
        raise NotValid("Some details need correcting.", {"why": "Enter what was wrong"})
    held = select(Recall.id).where(Recall.alert_id == alert_id)
    if work.session.exec(held).first() is not None:
        raise Conflict("It was taken back already.")
    query = select(AlertDelivery).where(
        AlertDelivery.alert_id == alert_id, col(AlertDelivery.sent_at).is_not(None)
    )
    copies = work.session.exec(query).all()
    for copy in copies:
        _tell(work, alert, copy)
    if alert.sent_at is None:
        alert.withdrawn_at = work.now
        work.session.add(alert)
    work.session.add(
        Recall(
            alert_id=alert_id,
            recalled_at=work.now,
            recalled_by=work.actor.account_id,
            sealed=work.sealer.seal_text(why.strip()),
        )
    )
    work.note("alert.recalled", alert.subject, alert.message_id)
    return len(copies)


def _tell(work: Work, alert: AlertRecord, copy: AlertDelivery) -> None:
    sent_on = in_words(london_date(copy.sent_at)) if copy.sent_at else ""
    values: dict[str, str | int] = {
        "about": _about(alert),
        "sent_on": sent_on,
        "alert": alert.id,
    }
    occurrence = f"{alert.id}:{copy.account_id}"
    # The same subject as the mail that is taken back: both are one thread.
    notice = Notice(
        AlertKind.RECALLED, alert.subject, occurrence, values, alert.region_code, copy.account_id
    )
    owe_alert(work.session, notice, work.now)
