"""Opening a letter for a reason that is kept, alike for letters to victims and to partners."""

from __future__ import annotations

import hmac
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from sqlmodel import Session
from starlette.datastructures import FormData
from starlette.responses import Response

from api.guards.session import Visit
from api.staff import forms
from api.staff.fields import Entry, Field, read
from letters import LetterRefused
from letters.catalogue import Contents
from letters.render import RenderedLetter
from vcs.access.work import Work
from vcs.errors import Conflict
from vcs.post.gate import Hold, LetterHeld
from vcs.post.language.wording import WordingHeld
from vcs.post.lint.findings import Finding
from vcs.post.opening import OpenedLetter

_PDF = ("pdf", "application/pdf")

_TEXT = ("txt", "text/plain; charset=utf-8")


class MustNotBePrinted(Conflict):
    """An approved letter that may not be posted now."""

    title = "This letter must not be printed or posted"


class AsItIs(Protocol):
    """A letter as it is, or as it would be made today, and what stops it."""

    @property
    def is_approved(self) -> bool:
        """Return whether a person approved it."""

    @property
    def holds(self) -> tuple[Hold, ...]:
        """Return what the gate says."""

    @property
    def contents(self) -> Contents | None:
        """Return what it is made of; None where it cannot be made."""

    @property
    def refused(self) -> str:
        """Return why it cannot be made."""

    @property
    def seen(self) -> str:
        """Return the SHA-256 of the contents."""

    @property
    def findings(self) -> tuple[Finding, ...]:
        """Return what is wrong with its words, and still stops it."""


@dataclass(frozen=True, slots=True)
class Opener:
    """How letters of one sort are opened: to victims, or to partners."""

    fields: tuple[Field, ...]
    page: Callable[[Visit, str, Entry | None], Response]
    look_at: Callable[[Visit, Session, str], AsItIs]
    open_for_printing: Callable[[Work, str, str], OpenedLetter]
    note_look: Callable[[Work, str, str], None]
    previewed: Callable[[Visit, str, Contents], RenderedLetter]


def pdf(sort: Opener, visit: Visit, reference: str, form: FormData) -> Response:
    """Return the file of an approved letter, if it may still be posted."""
    entry = read(sort.fields, form)
    if entry.errors:
        return sort.page(visit, reference, entry)
    with visit.app.db.writing() as session:
        opened = sort.open_for_printing(visit.work(session), reference, entry.typed["reason"])
    forms.forget_shown(visit)
    if opened.pdf is None:
        raise MustNotBePrinted(" ".join(opened.why_not))
    return _file(opened.pdf, reference)


def preview(sort: Opener, visit: Visit, reference: str, form: FormData) -> Response:
    """Return the file as it would be printed today, marked as a preview. The look is recorded."""
    entry = read(sort.fields, form)
    if entry.errors:
        return sort.page(visit, reference, entry)
    with visit.app.db.writing() as session:
        look = sort.look_at(visit, session, reference)
        if look.is_approved:
            raise Conflict("This letter was approved already. Open its PDF from its page.")
        contents = may_be_made(look)
        sort.note_look(visit.work(session), reference, entry.typed["reason"])
    forms.forget_shown(visit)
    return _file(sort.previewed(visit, reference, contents).pdf, f"{reference}-preview")


def may_be_made(look: AsItIs) -> Contents:
    """Return what a letter is made of. Raises LetterHeld or LetterRefused."""
    if look.holds:
        raise LetterHeld(look.holds)
    if look.contents is None:
        raise LetterRefused(look.refused)
    return look.contents


def as_seen(look: AsItIs, entry: Entry) -> Contents:
    """Return the contents. Raises Conflict if they are not those that the officer was shown."""
    contents = may_be_made(look)
    if look.findings:
        raise WordingHeld(look.findings)
    if not hmac.compare_digest(look.seen.encode(), entry.typed["seen"].encode()):
        raise Conflict("The facts have changed since the letter was shown. Look at it again.")
    return contents


def _file(made: bytes, name: str) -> Response:
    """Return the finished file: a PDF, or text for a letter in plain text."""
    ending, media_type = _PDF if made.startswith(b"%PDF-") else _TEXT
    headers = {"Content-Disposition": f'inline; filename="{name}.{ending}"'}
    return Response(made, media_type=media_type, headers=headers)
