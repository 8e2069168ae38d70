"""What follows from what stands: referrals, their basis and place, and questions for a person.

A feed adds duties and never takes one away: a referral that was owed once stays, and whatever
speaks against it becomes a question.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Row

from vcs.law.decision import Decision
from vcs.law.facts import SentencingFacts
from vcs.sentences.enquiries.questions import About
from vcs.sentences.history.current import CurrentSentence
from vcs.sentences.history.later import NOTHING, Link
from vcs.terms import Outcome


@dataclass(frozen=True, slots=True)
class ResolvedSentence:
    """One sentence with its current state. ``moved`` says that its facts or its outcome are others.

    ``decision`` gives the decision that stands, which only some questions need, and ``facts`` what
    it was made on. ``link`` says what later decisions made of it, or of which sentence it is part.
    """

    sentence_id: int
    key: str
    sentenced_on: date
    standing: CurrentSentence
    moved: bool
    decision: Callable[[], Decision]
    facts: Callable[[], SentencingFacts]
    link: Link = NOTHING

    def about(self, referral_id: int | None) -> About:
        """Return what a question is about: the same facts from the same moment ask the same."""
        since = self.standing.since
        facts = (self.standing.version.facts or "")[:16]
        raised_by = f"{facts}@{since.isoformat() if since else '-'}"
        place = self.standing.place[0]
        return About(self.sentence_id, self.key, self.sentenced_on, place, raised_by, referral_id)


@dataclass(frozen=True, slots=True)
class WithdrawnSentence:
    """A sentence that no message mentions any longer, after one was re-read."""

    sentence_id: int
    key: str
    sentenced_on: date
    region_code: str | None
    outcome: Outcome
    facts: str | None

    def about(self, referral: Row[Any] | None) -> About:
        """Return what a question about it is about."""
        place = referral.region_code if referral else self.region_code
        raised_by = f"{(self.facts or '')[:16]}@unread"
        its_id = referral.id if referral else None
        return About(self.sentence_id, self.key, self.sentenced_on, place, raised_by, its_id)
