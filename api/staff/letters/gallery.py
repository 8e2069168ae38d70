"""The gallery: every letter with what it is for, each language and format to look at."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.responses import Response

from api.guards.session import Visiting
from api.staff import pages, words
from letters import samples
from letters.catalogue import template_version
from letters.samples import formats_of
from letters.versions import last_changed
from vcs.law.deadlines.duties import TITLES
from vcs.post.catalogue import CATALOGUE
from vcs.post.language.welsh import is_signed_off
from vcs.post.stale.old_wording import MOST, on_old_wording
from vcs.terms import LetterFormat, LetterLanguage

router = APIRouter()

_KINDS_OF_FILE = {LetterFormat.TEXT: ("txt", "text/plain; charset=utf-8")}

_PDF = ("pdf", "application/pdf")


@router.get("/letters/gallery")
def gallery(visit: Visiting) -> Response:
    """List every letter with its purpose, duty, trigger, owner and last change."""
    return pages.render(
        visit.request,
        "letters/gallery.html",
        title="Every letter",
        rows=CATALOGUE,
        duties=TITLES,
        changed={row.kind: last_changed(row.kind) for row in CATALOGUE},
        signed={row.kind: is_signed_off(row.kind) for row in CATALOGUE},
        languages=list(LetterLanguage),
        formats={row.kind: formats_of(row) for row in CATALOGUE},
    )


@router.get("/letters/gallery/{kind}/{language}/{form}")
def sample(visit: Visiting, kind: str, language: str, form: str) -> Response:
    """Return one letter with made-up facts. Raises NotFound for one there is none of."""
    made = samples.one_sample(visit.app.renderer, kind, language, form)
    ending, media_type = _KINDS_OF_FILE.get(LetterFormat(form), _PDF)
    name = f"{kind}.{language}.{form}.{ending}"
    headers = {"Content-Disposition": f'inline; filename="{name}"'}
    return Response(made.pdf, media_type=media_type, headers=headers)


@router.get("/letters/old-wording")
def old_wording(visit: Visiting) -> Response:
    """List the approved letters whose words are not today's."""
    ways = [
        (row, language, form)
        for row in CATALOGUE
        for language in LetterLanguage
        for form in formats_of(row)
    ]
    versions = {template_version(row.kind, language, form) for row, language, form in ways}
    with visit.app.db.reading() as session:
        found = on_old_wording(session, visit.officer, versions)
    return pages.render(
        visit.request,
        "letters/old_wording.html",
        title="Letters on the old wording",
        found=found,
        most=MOST,
        names=words.LETTERS,
    )
