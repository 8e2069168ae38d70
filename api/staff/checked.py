"""Check your answers: what was typed is shown before anything is done, to be sent or changed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date

from fastapi import APIRouter
from starlette.responses import Response

from api.guards.session import Posted, Visit, Visiting
from api.staff import forms, words
from api.staff.fields import Entry, Field
from api.staff.forms import Act, Form, FormPage

STEP, CHECK, CHANGE = "step", "check", "change"
"""Which button was pressed: a form without one is sent, as a program would."""

Means = Callable[[Visit, Entry], Sequence[str]]


def serve(
    router: APIRouter, path: str, form: Form, button: str, means: Means
) -> Callable[[Act], Act]:
    """Serve a form as ``forms.serve`` does, with its answers shown to be checked before the act.

    ``means`` says in sentences what will follow; ``button`` is the one that does it.
    """
    asked = Form(form.fields, lambda visit, **parts: _with_step(form.page(visit, **parts)))

    def serve_with(act: Act) -> Act:
        @router.get(path)
        def ask(visit: Visiting) -> Response:
            return forms.ask(visit, asked)

        @router.post(path)
        def answer(visit: Visiting, posted: Posted) -> Response:
            entry, step = forms.read_sent(visit, asked, posted), posted.get(STEP)
            if step == CHANGE:
                return asked.show(visit, entry.refused({}))
            if step == CHECK and not entry.errors:
                return _shown(visit, asked, entry, button, means(visit, entry))
            return forms.submit(
                visit,
                entry,
                lambda work: act(work, entry, **visit.path),
                lambda refused: asked.show(visit, refused),
            )

        return act

    return serve_with


def _with_step(page: FormPage) -> FormPage:
    return replace(page, button="Continue", more={**page.more, "step": CHECK})


def _shown(visit: Visit, form: Form, entry: Entry, button: str, lead: Sequence[str]) -> Response:
    fields = form.fields_for(visit)
    page = replace(
        form.page(visit, **visit.path),
        title="Check your answers",
        button=button,
        lead=("Nothing has been done yet.", *lead),
        template="victims/check.html",
        more={"carried": _carried(fields, entry), "answers": [*answers(fields, entry)]},
    )
    return page.show(visit.request, (), entry)


def _carried(fields: Sequence[Field], entry: Entry) -> dict[str, str]:
    """Return what the checked form sends again: a day goes by its three boxes alone."""
    days = {asked.name for asked in fields if asked.kind == "date"}
    return {name: text for name, text in entry.typed.items() if name not in days}


def answers(fields: Sequence[Field], entry: Entry) -> Iterator[tuple[str, list[str]]]:
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
