"""What was told at once and nobody has opened: a line of each morning's email until somebody does.

A warning, or a case that was opened in an emergency, asks no question that stays open by itself:
one email that was overlooked would be the last of it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import String, cast, literal
from sqlmodel import Session, col, select

from vcs.access.records import Account
from vcs.alerts.at_once import LOOKED_BACK
from vcs.alerts.digest.agenda.still_open import Waiting
from vcs.alerts.digest.records import Recall
from vcs.alerts.effect.records import MatterOpened
from vcs.alerts.records import AlertDelivery, AlertKind, AlertRecord
from vcs.clock import london_date
from vcs.referrals.records import Referral, ReferralStatus
from vcs.terms import Role

_WHAT: Mapping[AlertKind, tuple[str, str]] = {
    AlertKind.SAFETY_WARNING: ("", "A warning about somebody’s safety was told, and not opened"),
    AlertKind.EMERGENCY: ("/seen", "A case was opened in an emergency, and nobody has looked"),
}
"""Each kind: the page to open, and what its line says."""


@dataclass(frozen=True, slots=True)
class Unopened:
    """What one person was told and has not opened, with whose it is."""

    account_id: int
    waiting: Waiting


def unopened(session: Session, now: datetime) -> Iterator[Unopened]:
    """Yield what each person was told of at once lately and has still to open, the oldest first.

    An officer until they have opened it; everybody else until anybody has.
    """
    key = literal("alert:") + cast(col(AlertRecord.id), String)
    opened = select(MatterOpened.id).where(col(MatterOpened.matter) == key)
    by_them = opened.where(col(MatterOpened.account_id) == col(AlertDelivery.account_id))
    is_officer = col(Account.role) == str(Role.VLO)
    query = (
        select(AlertRecord, AlertDelivery, Referral)
        .join(AlertDelivery, col(AlertDelivery.alert_id) == col(AlertRecord.id))
        .join(Account, col(Account.id) == col(AlertDelivery.account_id))
        .join(Referral, col(Referral.reference) == col(AlertRecord.subject))
        .where(
            col(AlertRecord.kind).in_([str(kind) for kind in _WHAT]),
            col(AlertRecord.owed_at) >= now - LOOKED_BACK,
            col(AlertDelivery.sent_at).is_not(None),
            col(Referral.status) != ReferralStatus.CLOSED,
            col(AlertRecord.id).not_in(select(Recall.alert_id)),
            ~by_them.correlate(AlertRecord, AlertDelivery).exists(),
            is_officer | ~opened.correlate(AlertRecord).exists(),
        )
        .order_by(col(AlertRecord.id))
    )
    for alert, copy, referral in session.exec(query):
        yield Unopened(copy.account_id, _waiting(alert, referral))


def _waiting(alert: AlertRecord, referral: Referral) -> Waiting:
    page, what = _WHAT[AlertKind(alert.kind)]
    path = f"/referrals/{referral.reference}{page}"
    of = (referral.region_code, referral.sentence_id)
    return Waiting(referral.reference, path, what, london_date(alert.owed_at), *of)
