"""The feeds: who spoke when, who has fallen silent, and the codes that nobody knows."""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.responses import Response

from api.guards.session import App, Officer
from api.staff import pages
from vcs.intake.records import FeedKind
from vcs.ledger import feeds as ledger_feeds
from vcs.ledger.feeds import unknown_codes

router = APIRouter()

TITLES = {FeedKind.CLIENT: "Systems that send to us", FeedKind.COURT: "Courts"}


@router.get("/feeds")
def feeds(request: Request, app: App, who: Officer) -> Response:
    """Show every client and court with its rhythm, and the codes that no table holds."""
    with app.db.reading() as session:
        found = ledger_feeds.feeds(session, app.today)
        codes = unknown_codes(session)
    return pages.render(
        request,
        "watch/feeds.html",
        title="Feeds",
        groups=[(title, [f for f in found if f.kind is kind]) for kind, title in TITLES.items()],
        codes=codes,
    )
