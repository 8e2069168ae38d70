"""Forms whose answers are checked before anything is done; some may be left as a draft.

The first button leads to a page of the answers, with what will follow; the second sends them. Each
step has an address of its own, so that the browser's Back shows it again and does nothing twice:
what was typed is kept sealed for an hour, and removed when it is sent. A form without a button is
sent, as a program would.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from fastapi import APIRouter
from starlette.datastructures import FormData
from starlette.responses import Response

from api.guards import kept_forms
from api.guards.session import Posted, Visit, Visiting
from api.staff import forms, pages, words
from api.staff.fields import Entry, Field, read, with_all_errors
from api.staff.forms import Form, FormPage
from vcs.access import kept_forms as access_kept_forms
from vcs.access.work import Work
from vcs.errors import NotValid

_STEP, _CHECK, _CHANGE, _LATER, _FORGET = "step", "check", "change", "later", "forget"
"""Which button was pressed."""

_TOO_LARGE = "This is too much to keep as a draft. Send it now, or shorten it."


@dataclass(frozen=True, slots=True)
class Checked:
    """A form with the button that sends its answers, and what comes before them.

    ``check`` raises NotValid for what the form cannot say of itself. It is also given answers that
    are wrong or missing, so that all that is wrong is named at once. ``means`` says in sentences
    what will follow. A form that ``may_leave`` can be left as a draft.
    """

    form: Form
    button: str
    check: Callable[[Visit, Entry], None] | None = None
    means: Callable[[Visit, Entry], Sequence[str]] | None = None
    may_leave: bool = False

    @property
    def asked(self) -> Form:
        """Return the form as it is shown first: its button leads to the answers."""
        return replace(self.form, page=self._page)

    def again(self, visit: Visit, refused: Entry) -> Response:
        """Show the form again with what is wrong in it."""
        return self.asked.show(visit, refused)

    def lead(self, visit: Visit, entry: Entry) -> tuple[str, ...]:
        """Return what stands above the answers."""
        if self.means is None:
            return ("Nothing has been sent yet.",)
        return ("Nothing has been done yet.", *self.means(visit, entry))

    def _page(self, visit: Visit, **parts: str) -> FormPage:
        page = self.form.page(visit, **parts)
        more = {**page.more, "step": _CHECK, "may_leave": self.may_leave}
        return replace(page, button="Continue", more=more)


def ask(visit: Visit, checked: Checked) -> Response:
    """Show a form: empty, as it was when a sign-in ended, or as its draft was left."""
    fields = checked.form.fields_for(visit)
    for step, show in ((_CHECK, _answers), (_CHANGE, _to_change)):
        if step in visit.request.query_params:
            return kept_step(visit, checked, show)
    entry, left_at = forms.given_back(visit, fields), None
    draft = _draft(visit) if entry is None and checked.may_leave else None
    if draft is not None:
        typed, left_at = draft
        entry = read(fields, FormData([*typed]), visit.app.today).refused({})
    page = checked.asked.page(visit, **visit.path)
    page = replace(page, more={**page.more, "left_at": left_at})
    return page.show(visit.request, fields, entry)


def take(visit: Visit, checked: Checked, posted: FormData) -> Entry | Response:
    """Read what was sent: a page to show next, or an entry to be acted on."""
    form, step = checked.asked, posted.get(_STEP)
    if checked.may_leave and step in (_LATER, _FORGET):
        form.page(visit, **visit.path)
        return _leave(visit, checked, posted) if step == _LATER else _throw_away(visit)
    entry = forms.read_sent(visit, form, posted)
    if step == _CHANGE:
        return lead_to(visit, posted, _CHANGE) or _to_change(visit, checked, entry)
    if entry.errors and (check := checked.check) is not None:
        fields = form.fields_for(visit)
        entry = with_all_errors(entry, fields, lambda wrong: check(visit, wrong))
    if step == _CHECK and not entry.errors:
        return _wrong(visit, checked, entry) or _shown(visit, checked, entry, posted)
    return form.show(visit, entry) if entry.errors else entry


def serve(
    router: APIRouter, path: str, checked: Checked
) -> Callable[[Callable[..., str]], Callable[..., str]]:
    """Serve a form like :func:`api.staff.forms.serve`, with its answers checked before."""

    def serve_with(act: Callable[..., str]) -> Callable[..., str]:
        @router.get(path)
        def show(visit: Visiting) -> Response:
            return ask(visit, checked)

        @router.post(path)
        def answer(visit: Visiting, posted: Posted) -> Response:
            taken = take(visit, checked, posted)
            if isinstance(taken, Response):
                return taken
            return submit(visit, checked, taken, lambda work: act(work, taken, **visit.path))

        return act

    return serve_with


def submit(visit: Visit, checked: Checked, entry: Entry, act: Callable[[Work], str]) -> Response:
    """Do what a checked form asks; shown again with its errors where that cannot be done."""

    def sent(work: Work) -> str:
        address = act(work)
        place = _place_of_answers(visit)
        access_kept_forms.drop(work.session, place.browser, place.path)
        return address

    return forms.submit(visit, entry, sent, lambda refused: checked.again(visit, refused))


def carried(entry: Entry, fields: Sequence[Field]) -> dict[str, str]:
    """Return what was typed as hidden fields of a later step."""
    days = {field.name for field in fields if field.kind == "date"}
    return {name: text for name, text in entry.typed.items() if name not in days}


def _wrong(visit: Visit, checked: Checked, entry: Entry) -> Response | None:
    """Show the form again where the answers cannot be right; None where nothing is wrong."""
    try:
        if checked.check is not None:
            checked.check(visit, entry)
    except NotValid as refusal:
        return checked.again(visit, entry.refused(refusal.fields or {"": str(refusal)}))
    return None


def _shown(visit: Visit, checked: Checked, entry: Entry, posted: FormData) -> Response:
    """Lead to the page of the answers; what is too large to be kept is shown at once."""
    return lead_to(visit, posted, _CHECK) or _answers(visit, checked, entry)


def lead_to(visit: Visit, posted: FormData, step: str) -> Response | None:
    """Keep what was typed and lead to the page of a step; None where it is too large to keep.

    The page is this address with the name of the step; a form may have steps of its own.
    """
    app, typed = visit.app, kept_forms.typed(posted)
    with app.db.writing() as session:
        place = _place_of_answers(visit)
        is_kept = access_kept_forms.keep(session, app.sealer, place, typed, app.now())
    return pages.go(f"{visit.request.url.path}?{step}=yes") if is_kept else None


def kept_step(
    visit: Visit, checked: Checked, show: Callable[[Visit, Checked, Entry], Response]
) -> Response:
    """Show a step again from what was kept: after it was sent, say so where the form leads back."""
    app = visit.app
    with app.db.reading() as session:
        place = _place_of_answers(visit)
        typed = access_kept_forms.typed_before(session, app.sealer, place, app.now())
    if typed is None:
        back = checked.form.page(visit, **visit.path).back
        return pages.go(pages.after(back, "answers-gone"))
    entry = forms.read_sent(visit, checked.asked, FormData([*typed]))
    if show is _answers and entry.errors:
        return checked.again(visit, entry)
    return show(visit, checked, entry)


def _place_of_answers(visit: Visit) -> access_kept_forms.Place:
    """Return where answers are kept that are still to be checked: they belong to no browser."""
    account = visit.officer.account_id
    return access_kept_forms.Place(f"answers of account {account}", visit.request.url.path, account)


def _to_change(visit: Visit, checked: Checked, entry: Entry) -> Response:
    return checked.asked.show(visit, entry.refused({}))


def _answers(visit: Visit, checked: Checked, entry: Entry) -> Response:
    """Show what was typed, to be sent or changed. Nothing is saved yet."""
    form = checked.form
    fields = form.fields_for(visit)
    page = form.page(visit, **visit.path)
    page = replace(
        page,
        title="Check your answers",
        button=checked.button,
        lead=checked.lead(visit, entry),
        template="victims/check.html",
        more={
            **page.more,
            "carried": carried(entry, fields),
            "answers": [*_answered(fields, entry)],
        },
    )
    return page.show(visit.request, (), entry)


def _draft(visit: Visit) -> tuple[access_kept_forms.Pairs, datetime] | None:
    app = visit.app
    with app.db.reading() as session:
        return access_kept_forms.draft_at(session, app.sealer, _place(visit), app.now())


def _place(visit: Visit) -> access_kept_forms.Place:
    return access_kept_forms.draft_place(visit.officer.account_id, visit.request.url.path)


def _leave(visit: Visit, checked: Checked, posted: FormData) -> Response:
    """Keep a draft, whatever is still wrong or missing in it."""
    app, fields = visit.app, checked.form.fields_for(visit)
    with app.db.writing() as session:
        is_kept = access_kept_forms.keep_draft(
            session, app.sealer, _place(visit), kept_forms.typed(posted), app.now()
        )
    if not is_kept:
        entry = read(fields, posted, app.today)
        return checked.asked.show(visit, entry.refused({"": _TOO_LARGE}))
    back = checked.form.page(visit, **visit.path).back
    return pages.go(pages.after(back, "draft-kept"))


def _throw_away(visit: Visit) -> Response:
    with visit.app.db.writing() as session:
        access_kept_forms.drop_draft(session, _place(visit))
    return pages.go(visit.request.url.path)


def _answered(fields: Sequence[Field], entry: Entry) -> Iterator[tuple[str, list[str]]]:
    """Yield each question with its answer in words, line by line."""
    for asked in fields:
        if asked.kind == "hidden":
            continue
        typed = entry.typed[asked.name]
        if asked.kind == "checkboxes":
            yield asked.label, [asked.options[one] for one in typed.split()]
            continue
        if asked.kind == "date" and typed:
            typed = words.day(date.fromisoformat(typed))
        yield asked.label, asked.options.get(typed, typed).splitlines()
