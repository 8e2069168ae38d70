"""Forms: one route serves them all; each is its fields and the page around them.

``serve`` serves a form that changes something, ``serve_look`` one that shows what must be in no
address. A form that cannot be taken is shown again with what was typed, so that nothing is lost.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, TypeVar

from fastapi import APIRouter, Request
from sqlmodel import Session
from starlette.datastructures import FormData
from starlette.responses import HTMLResponse, RedirectResponse, Response

from api.guards import kept_forms
from api.guards.session import Posted, Visit, Visiting
from api.staff import pages
from api.staff.fields import Entry, Field, read
from vcs.access import forms
from vcs.access import kept_forms as access_kept_forms
from vcs.access.work import Work
from vcs.errors import SEEN, NotValid

Act = TypeVar("Act", bound=Callable[..., str])

Look = TypeVar("Look", bound=Callable[..., Response])

_TOO_OLD = "The form was too old. Check what is below and send it again."


def new_token() -> str:
    """Return a token for a form that is shown anew."""
    return secrets.token_urlsafe(24)


def day_typed(name: str, day: date) -> dict[str, str]:
    """Return a day as if it were typed into a date field."""
    return {f"{name}-{part}": str(getattr(day, part)) for part in ("day", "month", "year")}


def submit(
    visit: Visit,
    entry: Entry,
    act: Callable[[Work], str],
    again: Callable[[Entry], Response],
) -> Response:
    """Do what a form asks, once, in one transaction, and go where it leads.

    ``act`` returns the address to go to. The same form sent twice leads to the same place and
    acts once. ``again`` shows the form with its errors.
    """
    if entry.errors:
        return again(entry)
    if not entry.token:
        return again(entry.refused({"": _TOO_OLD}))
    try:
        with visit.app.db.writing() as session:
            address = forms.once(session, entry.token, visit.app.now())
            if address is None:
                address = act(visit.work(session))
                forms.settle(session, entry.token, address)
            forget(visit, session)
    except NotValid as refusal:
        return again(entry.refused(refusal.fields or {"": str(refusal)}))
    return RedirectResponse(address, status_code=303)


def forget(visit: Visit, session: Session) -> None:
    """Remove what was kept of a form, when its sign-in ended or as a draft: it has been sent."""
    path = visit.request.url.path
    if browser := kept_forms.browser_of(visit.request):
        access_kept_forms.drop(session, browser, path)
    draft = access_kept_forms.draft_place(visit.officer.account_id, path)
    access_kept_forms.drop_draft(session, draft)


def forget_shown(visit: Visit) -> None:
    """Do so for a form whose answer is a page, after the page was made."""
    if kept_forms.browser_of(visit.request):
        with visit.app.db.writing() as session:
            forget(visit, session)


def given_back(visit: Visit, fields: tuple[Field, ...], *paths: str) -> Entry | None:
    """Return what this person typed into a form before their sign-in ended, to be shown again.

    ``paths`` are the addresses it may have been sent to, where that is not the address of this
    page alone. The form keeps its token: if it was taken after all, sending it again acts no
    second time.
    """
    for path in paths or ("",):
        kept = kept_forms.given_back(visit.request, visit.officer.account_id, path)
        if kept is not None:
            return read(fields, kept, visit.app.today).refused({})
    return None


def not_given_back(visit: Visit) -> None:
    """Say nothing of a form that was kept: this page does not show it after all."""
    visit.request.state.given_back = None


@dataclass(frozen=True, slots=True)
class FormPage:
    """The page around a form's fields.

    ``action`` is the address that the form is sent to. ``typed`` fills a form that is shown for
    the first time. ``more`` is what only its own template uses.
    """

    title: str
    action: str = ""
    button: str = ""
    back: str = ""
    caption: str = ""
    lead: Sequence[str] = ()
    typed: Mapping[str, str] = field(default_factory=dict)
    template: str = "form.html"
    more: Mapping[str, object] = field(default_factory=dict)

    def show(
        self, request: Request, fields: tuple[Field, ...], entry: Entry | None = None
    ) -> HTMLResponse:
        """Answer with the page: 200 for a fresh form, 422 with an error summary for a wrong one."""
        errors = entry.errors if entry else {}
        return pages.render(
            request,
            self.template,
            422 if errors else 200,
            title=self.title,
            action=self.action,
            button=self.button,
            back=self.back,
            caption=self.caption,
            lead=self.lead,
            fields=fields,
            typed=entry.typed if entry else dict(self.typed),
            errors=errors,
            form_token=(entry.token if entry else "") or new_token(),
            **self.more,
        )


@dataclass(frozen=True, slots=True)
class Form:
    """One form: its fields and its page.

    Each function is given the visit, and by name the parts of the address that vary. ``check``
    raises where the address names something that is not this person's; it runs before anything
    is done. A form with the field ``VERSION`` fills it in its page, and is drawn from what is held
    now where somebody else has saved meanwhile.
    """

    fields: tuple[Field, ...] | Callable[..., tuple[Field, ...]]
    page: Callable[..., FormPage]
    check: Callable[..., object] | None = None

    def show(self, visit: Visit, entry: Entry | None = None) -> HTMLResponse:
        """Show the form, or show it again with what is wrong in it."""
        page, fields = self.page(visit, **visit.path), self.fields_for(visit)
        if entry is not None and SEEN in entry.errors:
            errors = {"" if name == SEEN else name: why for name, why in entry.errors.items()}
            entry = replace(entry.refused(errors), typed=entry.typed | {SEEN: page.typed[SEEN]})
        return page.show(visit.request, fields, entry)

    def fields_for(self, visit: Visit) -> tuple[Field, ...]:
        """Return the form's fields, which may depend on what the address names."""
        return self.fields if isinstance(self.fields, tuple) else self.fields(visit, **visit.path)

    def chosen(self, fields: tuple[Field, ...], sent: FormData) -> tuple[FormData, dict[str, str]]:
        """Return what was sent as it is read, and what of it is unanswered."""
        del fields
        return sent, {}


Fields = tuple[Field, ...] | Callable[..., tuple[Field, ...]]


@dataclass(frozen=True, slots=True)
class Subject:
    """What short forms are about: a referral, a victim, an event, somebody who is told of one.

    ``find`` returns it, and raises NotFound where it is not this person's. ``at``, ``back`` and
    ``caption`` hold the parts of the address in braces, and ``{found}`` for what was found.
    """

    at: str
    back: str
    caption: str
    find: Callable[..., Any]
    more: Callable[[Any], Mapping[str, object]] = lambda _: {}
    template: str = "form.html"

    def form(
        self, ending: str, title: str, button: str, fields: Fields, lead: Sequence[str] = ()
    ) -> Form:
        """Describe a form about it. ``ending`` is the last part of its address."""

        def page(visit: Visit, **parts: str) -> FormPage:
            found = self.find(visit, **parts)
            return FormPage(
                title,
                action=f"{self.at.format(**parts)}/{ending}",
                button=button,
                back=self.back.format(found=found, **parts),
                caption=self.caption.format(found=found, **parts),
                lead=lead,
                template=self.template,
                more=self.more(found),
            )

        return Form(fields, page, check=self.find)


def ask(visit: Visit, form: Form) -> HTMLResponse:
    """Show a form that somebody opens: empty, or as they typed it before their sign-in ended."""
    kept = kept_forms.given_back(visit.request, visit.officer.account_id)
    entry = _read(visit, form, kept) if kept is not None else None
    if entry is not None and SEEN not in entry.errors:
        entry = entry.refused({})
    return form.show(visit, entry)


def read_sent(visit: Visit, form: Form, posted: FormData) -> Entry:
    """Read what was sent. Raises where the address names something that is not this person's."""
    if form.check is not None:
        form.check(visit, **visit.path)
    return _read(visit, form, posted)


def _read(visit: Visit, form: Form, sent: FormData) -> Entry:
    fields = form.fields_for(visit)
    sent, unanswered = form.chosen(fields, sent)
    entry = read(fields, sent, visit.app.today)
    return entry.refused(unanswered) if unanswered else entry


def serve(router: APIRouter, path: str, form: Form) -> Callable[[Act], Act]:
    """Serve a form: GET shows it, POST does what it asks, once, and goes where that leads.

    What is decorated is given the work, the entry and the parts of the address by name.
    """

    def serve_with(act: Act) -> Act:
        _ask(router, path, form)

        @router.post(path)
        def answer(visit: Visiting, posted: Posted) -> Response:
            entry = read_sent(visit, form, posted)
            return submit(
                visit,
                entry,
                lambda work: act(work, entry, **visit.path),
                lambda refused: form.show(visit, refused),
            )

        return act

    return serve_with


def _ask(router: APIRouter, path: str, form: Form) -> None:
    @router.get(path)
    def answer(visit: Visiting) -> Response:
        return ask(visit, form)


def serve_look(router: APIRouter, path: str, form: Form) -> Callable[[Look], Look]:
    """Serve a form whose answer is a page: what it shows may be in no address.

    What is decorated opens its own transaction, and is given the visit, the entry and the parts
    of the address by name.
    """

    def serve_with(look: Look) -> Look:
        _ask(router, path, form)

        @router.post(path)
        def answer(visit: Visiting, posted: Posted) -> Response:
            entry = read_sent(visit, form, posted)
            if entry.errors:
                return form.show(visit, entry)
            try:
                shown = look(visit, entry, **visit.path)
                forget_shown(visit)
                return shown
            except NotValid as refusal:
                return form.show(visit, entry.refused(refusal.fields or {"": str(refusal)}))

        return look

    return serve_with
