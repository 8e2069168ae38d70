"""Whom and what a letter concerns, whoever it goes to: for the trail and for tasks about it."""

from __future__ import annotations

from dataclasses import dataclass

from vcs.post.others.about import About
from vcs.referrals.records import Referral
from vcs.victims.records import Victim


@dataclass(frozen=True, slots=True)
class Concern:
    """``subject`` is the reference of the trail. ``to`` is the victim it goes to, or None."""

    subject: str
    region_code: str | None
    sentence_id: int
    referral_id: int | None
    to: Victim | None = None
    about: About | None = None

    @classmethod
    def of_victim(cls, victim: Victim, referral: Referral) -> Concern:
        """Return what a letter to a victim concerns."""
        return cls(
            referral.reference, referral.region_code, referral.sentence_id, referral.id, victim
        )

    @classmethod
    def of_case(cls, about: About) -> Concern:
        """Return what a letter to others concerns."""
        referral_id = about.referral.id if about.referral else None
        return cls(about.subject, about.region_code, about.sentence.id, referral_id, None, about)
