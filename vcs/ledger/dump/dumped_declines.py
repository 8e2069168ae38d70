"""A no that people gave to a sentence, in the canonical dump. Words appear as digests only."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sqlmodel import Session

from vcs.ledger.dump.dumped_people import rows_by
from vcs.sealing import UNOPENED, Sealer, shown
from vcs.sentences.declines.records import Decline


class DumpedDeclines:
    """What was proposed against each sentence and what became of it, read once."""

    def __init__(self, session: Session, sealer: Sealer, digest: Callable[[object], str]) -> None:
        self._sealer, self._digest = sealer, digest
        self._rows = rows_by(session, Decline, "sentence_id")

    def of_sentence(self, sentence_id: int) -> dict[str, Any]:
        """Return each no in the order in which it was proposed; nothing where there was none."""
        found = [self._decline(one) for one in self._rows[sentence_id]]
        return {"declines": found} if found else {}

    def _decline(self, one: Decline) -> dict[str, Any]:
        return {
            "reason": one.reason,
            "words": self._sealed(one.sealed),
            "review_on": one.review_on.isoformat(),
            "decision": one.decision,
            "decided_words": self._sealed(one.decided_sealed),
            "reviewed": one.reviewed_at is not None,
        }

    def _sealed(self, value: bytes | None) -> str | None:
        return self._digest(shown(self._sealer.open_text, value, UNOPENED)) if value else None
