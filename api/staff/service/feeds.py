"""The feeds: when each last sent a message, which are silent, and codes in no table."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.responses import Response

from api.guards.session import Visiting
from api.staff import pages
from vcs.intake.records import FeedKind
from vcs.ledger.silence import feeds as ledger_feeds
from vcs.ledger.silence.feeds import unknown_codes

router = APIRouter()

TITLES = {FeedKind.CLIENT: "Systems that send to us", FeedKind.COURT: "Courts"}


@router.get("/feeds")
def feeds(visit: Visiting) -> Response:
    """Show every client and court with its usual rhythm, and the codes in no table."""
    with visit.app.db.reading() as session:
        found = ledger_feeds.feeds(session, visit.app.today)
        codes = unknown_codes(session)
    return pages.render(
        visit.request,
        "feeds/feeds.html",
        title="Feeds",
        groups=[(title, [f for f in found if f.kind is kind]) for kind, title in TITLES.items()],
        codes=codes,
    )
