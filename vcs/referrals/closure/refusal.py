"""The evidence of a refusal, opened and sealed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, col, select

from vcs.referrals.records import RefusalRecord
from vcs.sealing import UNOPENED, Sealer, shown


@dataclass(frozen=True, slots=True)
class Refusal:
    """What a victim who refused referral said, when, by which way, and who told us."""

    refused_on: date
    how: str
    told_by: str
    words: str

    def sealed(self, sealer: Sealer) -> bytes:
        """Return who told us and what, sealed."""
        return sealer.seal_json({"told_by": self.told_by, "words": self.words})


def refused(sealer: Sealer, record: RefusalRecord) -> Refusal:
    """Open the evidence of a refusal; says so in place of the words if it cannot."""
    told: dict[str, str] = shown(sealer.open_json, record.sealed, {})
    who, words = told.get("told_by", UNOPENED), told.get("words", UNOPENED)
    return Refusal(record.refused_on, record.how, who, words)


def newest_refusal(session: Session, sealer: Sealer, referral_id: int) -> Refusal | None:
    """Return the newest evidence that a victim refused to be referred."""
    query = select(RefusalRecord).where(RefusalRecord.referral_id == referral_id)
    record = session.exec(query.order_by(col(RefusalRecord.id).desc()).limit(1)).first()
    return refused(sealer, record) if record else None
