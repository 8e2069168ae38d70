"""One row of what programs are told, and whether it was told before."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, exists
from sqlmodel import Session, col

from vcs.clock import london_date
from vcs.partners.outcomes.records import OutcomeKind, OutcomeSource, ReferralOutcome
from vcs.referrals.records import Referral
from vcs.sealing import Sealer

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Books:
    """What every source needs: at most ``limit`` rows of each are worked out in one step.

    ``restricted`` are the sentences of cases that only named people may see now.
    """

    session: Session
    sealer: Sealer
    now: datetime
    limit: int
    restricted: Collection[int]

    @property
    def today(self) -> date:
        """Return the London day."""
        return london_date(self.now)

    def is_open(self, referral: type[Referral]) -> ColumnElement[bool]:
        """Return which referrals no restriction keeps from programs: theirs wait until it ends."""
        return col(referral.sentence_id).not_in(self.restricted)


def row(books: Books, kind: OutcomeKind, source: tuple[OutcomeSource, int], **more: Any) -> Row:
    """Return a row of a kind; ``detail`` becomes JSON."""
    detail: Mapping[str, Any] = more.pop("detail", {})
    empty: Row = {"turn": 0, "client_id": None, "police_area": None, "referral_id": None}
    return {
        **empty,
        "kind": str(kind),
        "source": str(source[0]),
        "source_id": source[1],
        "told_at": books.now,
        "detail": json.dumps(detail, sort_keys=True),
        **more,
    }


def new(
    kind: OutcomeKind, source: OutcomeSource, source_id: Any, turn: Any = None
) -> ColumnElement[bool]:
    """Return which rows of a source were not told of."""
    told = exists().where(
        col(ReferralOutcome.kind) == str(kind),
        col(ReferralOutcome.source) == str(source),
        col(ReferralOutcome.source_id) == source_id,
        col(ReferralOutcome.turn) == (0 if turn is None else turn),
    )
    return ~told
