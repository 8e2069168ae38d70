"""What a form asks, field by field, and how what was typed is read.

Reading gives clean text for each field, and a message for each that is wrong.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Literal

from starlette.datastructures import FormData

from api.typed_days import NotADay, typed_day_near
from vcs.errors import SEEN, NotValid

Kind = Literal[
    "text",
    "lines",
    "radios",
    "checkboxes",
    "select",
    "date",
    "password",
    "email",
    "tel",
    "hidden",
]

ONCE = "form_token"  # the name of a field, not a secret

_LONGEST_PART = 30

_KEPT_CONTROLS = {"\n", "\t"}

_TOKEN = re.compile(r"[A-Za-z0-9_-]{20,64}")


@dataclass(frozen=True, slots=True)
class Field:
    """One question. ``required`` is the message where it is left empty; "" leaves it optional.

    ``needed`` says in which case what may be left empty must not be, in words after "needed if".
    ``options`` maps each value to its words. ``longest`` is in characters. What was ticked of
    ``checkboxes`` is kept as its values with a space between two, however many. What is
    ``hidden`` is asked of nobody: the page puts it there.
    ``leave_out`` says what must not stand in words that many may read; "" for nothing.
    A day that ``is_past`` and was typed without a year is the last one of that day and month.
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
    needed: str = ""
    leave_out: Callable[[str], str] | None = None
    is_past: bool = False


VERSION = Field(SEEN, "The version that the form was drawn from", "hidden", longest=128)


@dataclass(frozen=True, slots=True)
class Entry:
    """What was typed into a form, cleaned, with a message for each field that is wrong."""

    typed: dict[str, str]
    errors: dict[str, str]
    token: str

    def refused(self, errors: Mapping[str, str]) -> Entry:
        """Return the same entry with what is wrong with it."""
        return replace(self, errors=dict(errors))

    def day(self, name: str) -> date:
        """Return a date field that must be filled; raises NotValid where it was not."""
        day = self.day_if_any(name)
        if day is None:
            raise NotValid("Enter a day.", {name: "Enter a day"})
        return day

    def day_if_any(self, name: str) -> date | None:
        """Return a date field; None where it was left empty."""
        return date.fromisoformat(self.typed[name]) if self.typed.get(name) else None


def read(fields: tuple[Field, ...], form: FormData, today: date | None = None) -> Entry:
    """Read a posted form: each field cleaned, each fault named.

    ``today`` settles days that were typed without a year, or with two digits of one: a form that
    asks for a day needs it.
    """
    typed: dict[str, str] = {}
    errors: dict[str, str] = {}
    for asked in fields:
        if asked.kind != "date":
            _read_text(asked, form, typed, errors)
        elif today is None:
            raise ValueError(f"{asked.name} cannot be read without today")
        else:
            _read_date(asked, form, typed, errors, today)
    token = _text(form, ONCE)
    return Entry(typed, errors, token if _TOKEN.fullmatch(token) else "")


def with_all_errors(
    entry: Entry, fields: Sequence[Field], check: Callable[[Entry], object]
) -> Entry:
    """Return a wrong entry with what its check finds too, so that errors come all at once.

    What the form itself found comes first for each field. ``check`` raises NotValid.
    """
    try:
        check(entry)
    except NotValid as refusal:
        found = {**refusal.fields, **entry.errors}
        return entry.refused({one.name: found[one.name] for one in fields if one.name in found})
    return entry


def _read_text(asked: Field, form: FormData, typed: dict[str, str], errors: dict[str, str]) -> None:
    text = _ticked(asked, form) if asked.kind == "checkboxes" else _text(form, asked.name)
    typed[asked.name] = text
    if not text:
        if asked.required:
            errors[asked.name] = asked.required
    elif len(text) > asked.longest and asked.kind != "checkboxes":
        errors[asked.name] = _too_long(asked)
    elif asked.leave_out and (leave_out := asked.leave_out(text)):
        errors[asked.name] = leave_out
    elif asked.kind in {"radios", "select"} and text not in asked.options:
        typed[asked.name] = ""
        message = f"Select one of the answers for {asked.label.lower()}"
        errors[asked.name] = asked.required or message


def _too_long(asked: Field) -> str:
    if asked.label.endswith("?"):
        return f"{asked.label} Enter {asked.longest} characters or fewer"
    return f"{asked.label} must be {asked.longest} characters or fewer"


def _ticked(asked: Field, form: FormData) -> str:
    sent = {
        one for value in form.getlist(asked.name) if isinstance(value, str) for one in value.split()
    }
    return " ".join(value for value in asked.options if value in sent)


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


_TURNS = frozenset({"RLO", "LRO", "RLE", "LRE", "PDF", "RLI", "LRI", "FSI", "PDI"})

_UNSEEN = frozenset("\u200b\u2060\ufeff\u00ad")
"""Without width and without meaning. Joiners stay: names in Persian and in Hindi need them."""


def _is_kept(character: str) -> bool:
    if character in _KEPT_CONTROLS:
        return True
    if unicodedata.category(character) in {"Cc", "Cs"}:
        return False
    return character not in _UNSEEN and unicodedata.bidirectional(character) not in _TURNS


def _read_date(
    asked: Field,
    form: FormData,
    typed: dict[str, str],
    errors: dict[str, str],
    today: date,
) -> None:
    """Read a day from its three boxes, or all of it from one, in any way that people write it."""
    parts = {part: _text(form, f"{asked.name}-{part}") for part in ("day", "month", "year")}
    typed |= {f"{asked.name}-{part}": text[:_LONGEST_PART] for part, text in parts.items()}
    typed[asked.name] = ""
    words = " ".join(text for text in parts.values() if text)
    if not words:
        if asked.required:
            errors[asked.name] = asked.required
        return
    try:
        day = typed_day_near(words, today, is_past=asked.is_past)
    except NotADay as why:
        errors[asked.name] = f"{asked.label}{'' if asked.label.endswith('?') else ':'} {why}"
    else:
        typed |= {asked.name: day.isoformat(), f"{asked.name}-day": str(day.day)}
        typed |= {f"{asked.name}-month": str(day.month), f"{asked.name}-year": str(day.year)}
