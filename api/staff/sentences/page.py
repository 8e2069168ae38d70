"""One sentence: its decision, what was asked about it, and the way to offer contact."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.responses import Response

from api.guards.session import Visiting
from api.staff import pages
from api.staff.sentences.view import sentence_page

router = APIRouter()


@router.get("/sentences/{reference}")
def sentence(visit: Visiting, reference: str) -> Response:
    """Show a sentence, referred or not, without addresses."""
    view = sentence_page(visit, reference)
    return pages.render(
        visit.request, "sentences/sentence.html", title=f"Sentence {reference}", view=view
    )
