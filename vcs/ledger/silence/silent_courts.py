"""The courts that are quiet beyond their own rhythm, as a digest tells of them."""

from __future__ import annotations

from datetime import date

from sqlmodel import Session

from vcs.alerts.digest.facts import SilentCourt
from vcs.intake.records import FeedKind
from vcs.intake.regions import region_of_court
from vcs.ledger.silence.feeds import Feed, feeds, silent


def silent_courts(session: Session, today: date) -> list[SilentCourt]:
    """Return each court and client that is silent, with the region of a court."""
    return [_court(one) for one in silent(feeds(session, today))]


def _court(feed: Feed) -> SilentCourt:
    region = region_of_court(feed.code) if feed.kind is FeedKind.COURT else None
    return SilentCourt(feed.called, region.code if region else None, feed.last_on, feed.quiet_for)
