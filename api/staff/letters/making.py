"""Making a letter's file; where the press breaks at it, a person is asked."""

from __future__ import annotations

from collections.abc import Callable

from api.guards.session import Visit
from letters.catalogue import Contents
from letters.render import PressBroke, RenderedLetter
from vcs.post.drafts.not_made import ask_about


def made(visit: Visit, reference: str, contents: Contents) -> RenderedLetter:
    """Return the finished letter. Raises LetterRefused; where the press broke, with a task."""
    return _asking(visit, reference, contents, visit.app.renderer.letter)


def previewed(visit: Visit, reference: str, contents: Contents) -> RenderedLetter:
    """Return the letter as it would be, marked on every page as a preview. Raises the same."""
    return _asking(visit, reference, contents, visit.app.renderer.preview)


def _asking(
    visit: Visit,
    reference: str,
    contents: Contents,
    make: Callable[[Contents], RenderedLetter],
) -> RenderedLetter:
    try:
        return make(contents)
    except PressBroke as broken:
        with visit.app.db.writing() as session:
            ask_about(visit.work(session), reference, str(broken))
        raise
