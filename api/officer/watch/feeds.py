"""The feeds: who spoke when, who has fallen silent, and the codes that nobody knows."""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.responses import Response

from api.officer import pages
from api.security import TheDoor, Who
from vcs import worklists
from vcs.records import FeedKind

router = APIRouter()
TITLES = {FeedKind.CLIENT: "Systems that send to us", FeedKind.COURT: "Courts"}


@router.get("/feeds")
def feeds(request: Request, here: TheDoor, who: Who) -> Response:
    """Show every client and court with its rhythm, and the codes that no table holds."""
    with here.db.reading() as session:
        found = worklists.feeds(session, here.today)
        codes = worklists.unknown_codes(session)
    return pages.render(
        request,
        "watch/feeds.html",
        title="Feeds",
        groups=[(title, [f for f in found if f.kind is kind]) for kind, title in TITLES.items()],
        codes=codes,
    )
