"""Forms: what is asked, how it is read, and what is said where it cannot be taken.

A form is a tuple of fields. Reading gives clean text for each, and a message for each that is
wrong; the page shows both again, so that nothing typed is lost.
"""

from __future__ import annotations

import re
import secrets
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal

from fastapi import Request
from sqlmodel import Session
from starlette.datastructures import FormData
from starlette.responses import HTMLResponse, RedirectResponse, Response

from api.staff import pages
from api.state import AppState
from vcs.access import forms
from vcs.errors import NotValid

Act = Callable[[Session], str]

Kind = Literal["text", "lines", "radios", "select", "date", "password", "email", "tel"]

ONCE = "form_token"  # the name of a field, not a secret

_EARLIEST_YEAR, _LATEST_YEAR = 1900, 2100

_KEPT_CONTROLS = {"\n", "\t"}

_TOO_OLD = "The form was too old. Check what is below and send it again."

_TOKEN = re.compile(r"[A-Za-z0-9_-]{20,64}")


@dataclass(frozen=True, slots=True)
class Field:
    """One question. ``required`` is the message where it is left empty; "" leaves it optional.

    ``options`` maps each value to its words. ``longest`` is in characters.
    """

    name: str
    label: str
    kind: Kind = "text"
    hint: str = ""
    required: str = ""
    options: Mapping[str, str] = field(default_factory=dict)
    longest: int = 200
    width: str = ""
    autocomplete: str = "off"


@dataclass(frozen=True, slots=True)
class Entry:
    """What was typed into a form, cleaned, with a message for each field that is wrong."""

    typed: dict[str, str]
    errors: dict[str, str]
    token: str

    def day(self, name: str) -> date:
        """Return a date field that must be filled; raises NotValid where it was not."""
        found = self.day_if_any(name)
        if found is None:
            raise NotValid("Enter a day.", {name: "Enter a day"})
        return found

    def day_if_any(self, name: str) -> date | None:
        """Return a date field; None where it was left empty."""
        return date.fromisoformat(self.typed[name]) if self.typed.get(name) else None


def read(fields: tuple[Field, ...], form: FormData) -> Entry:
    """Read a posted form: each field cleaned, each fault named."""
    typed: dict[str, str] = {}
    errors: dict[str, str] = {}
    for one in fields:
        _read_one(one, form, typed, errors)
    token = _text(form, ONCE)
    return Entry(typed, errors, token if _TOKEN.fullmatch(token) else "")


def new_token() -> str:
    """Return a token for a form that is shown anew."""
    return secrets.token_urlsafe(24)


def submit(
    app: AppState,
    entry: Entry,
    act: Act,
    again: Callable[[Mapping[str, str]], Response],
) -> Response:
    """Do what a form asks, once, in one transaction, and go where it leads.

    ``act`` returns the address to go to. The same form sent twice leads to the same place and
    acts once. ``again`` shows the form with its errors.
    """
    if entry.errors:
        return again(entry.errors)
    if not entry.token:
        return again({"": _TOO_OLD})
    try:
        with app.db.writing() as session:
            led_to = forms.once(session, entry.token, app.now())
            if led_to is None:
                led_to = act(session)
                forms.settle(session, entry.token, led_to)
    except NotValid as refusal:
        return again(refusal.fields or {"": str(refusal)})
    return RedirectResponse(led_to, status_code=303)


def show(
    request: Request,
    title: str,
    fields: tuple[Field, ...],
    *,
    template: str = "form.html",
    entry: Entry | None = None,
    errors: Mapping[str, str] | None = None,
    **context: Any,
) -> HTMLResponse:
    """Answer with a form page: 200 for a fresh one, 422 with an error summary for a wrong one."""
    wrong = dict(errors or (entry.errors if entry else {}))
    held: Mapping[str, str] = context.pop("typed", {})
    typed = entry.typed if entry else dict(held)
    token = (entry.token if entry else "") or new_token()
    return pages.render(
        request,
        template,
        422 if wrong else 200,
        title=title,
        fields=fields,
        typed=typed,
        errors=wrong,
        form_token=token,
        **context,
    )


def _read_one(one: Field, form: FormData, typed: dict[str, str], errors: dict[str, str]) -> None:
    if one.kind == "date":
        _read_date(one, form, typed, errors)
        return
    text = _text(form, one.name)
    typed[one.name] = text
    if not text:
        if one.required:
            errors[one.name] = one.required
    elif len(text) > one.longest:
        errors[one.name] = f"{one.label} must be {one.longest} characters or fewer"
    elif one.kind in {"radios", "select"} and text not in one.options:
        typed[one.name] = ""
        errors[one.name] = one.required or f"Select one of the answers for {one.label.lower()}"


def _text(form: FormData, name: str) -> str:
    value = form.get(name, "")
    return clean(value) if isinstance(value, str) else ""


def clean(text: str) -> str:
    """Return text in one Unicode form, without control characters or outer space.

    Characters that reverse the reading direction are dropped too: they could make an address
    look like another one.
    """
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    return "".join(c for c in text if _is_kept(c)).strip()


def _is_kept(character: str) -> bool:
    if character in _KEPT_CONTROLS:
        return True
    if unicodedata.category(character) in {"Cc", "Cs"}:
        return False
    return unicodedata.bidirectional(character) not in {"RLO", "LRO", "RLE", "LRE", "PDF", "RLI"}


def _read_date(one: Field, form: FormData, typed: dict[str, str], errors: dict[str, str]) -> None:
    parts = {part: _text(form, f"{one.name}-{part}") for part in ("day", "month", "year")}
    typed |= {f"{one.name}-{part}": text[:10] for part, text in parts.items()}
    typed[one.name] = ""
    if not any(parts.values()):
        if one.required:
            errors[one.name] = one.required
        return
    found = _date(parts["year"], parts["month"], parts["day"])
    if found is None:
        errors[one.name] = f"{one.label} must be a real date, for example 20 3 2026"
    else:
        typed[one.name] = found.isoformat()


def _date(year: str, month: str, day: str) -> date | None:
    if not (year.isascii() and month.isascii() and day.isascii()):
        return None
    try:
        found = date(int(year), int(month), int(day))
    except (ValueError, OverflowError):
        return None
    return found if _EARLIEST_YEAR <= found.year <= _LATEST_YEAR else None
