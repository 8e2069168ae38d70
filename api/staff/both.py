"""Two people changed the same: the saved version beside the typed one, to choose part by part."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from types import MappingProxyType
from typing import Final

from starlette.datastructures import FormData
from starlette.responses import HTMLResponse

from api.guards.session import Visit
from api.staff import words
from api.staff.fields import Entry, Field, clean
from api.staff.forms import Form, FormPage
from vcs.errors import SEEN, Conflict, Overtaken

HELD, TYPED, BOTH = "held", "typed", "both"

_DRAWN = Field("drawn", "What the form showed", "hidden", longest=10_000)

Values = Mapping[str, str]

IsDrawn = Callable[[str, Values], bool]
"""Says whether a part is as it was when the form was drawn."""

NOTHING_WITHHELD: Final[Mapping[str, str]] = MappingProxyType({})

_UNCHANGED = "You did not change this. Somebody else did"

_LEAD = (
    "Somebody else saved a change after you opened this page. Nothing of yours has been saved, and "
    "nothing of either change is lost. Choose what to keep."
)


def inputs_of(asked: Field) -> tuple[str, ...]:
    """Return the names of a field's inputs: a day has three."""
    if asked.kind != "date":
        return (asked.name,)
    return tuple(f"{asked.name}-{part}" for part in ("day", "month", "year"))


def in_words(asked: Field, values: Values) -> str:
    """Return what somebody answered in words; "" for nothing."""
    parts = [clean(values.get(name, "")) for name in inputs_of(asked)]
    if asked.kind == "date":
        day, month, year = (int(one) if one.isdecimal() else 0 for one in parts)
        return words.day(date(year, month, day)) if all(parts) else ""
    return asked.options.get(parts[0], ", ".join(parts[0].splitlines()))


@dataclass(frozen=True, slots=True)
class Parts:
    """The parts of a form that are chosen whole, each with the names of its inputs.

    Notes in ``joined_by`` may both be kept, with these characters between. ``shown`` gives a part
    in words.
    """

    fields: Mapping[str, Field]
    inputs: Mapping[str, tuple[str, ...]]
    shown: Callable[[str, Values], str]
    joined_by: Mapping[str, str] = field(default_factory=dict)

    def choose(self, form: FormData) -> tuple[FormData, dict[str, str]]:
        """Return the form with the choices applied, and a message for each choice not made."""
        values = {name: text for name, text in form.items() if isinstance(text, str)}
        unanswered: dict[str, str] = {}
        for key, names in self.inputs.items():
            choice = values.get(f"use-{key}")
            if f"held-{names[0]}" not in values:
                continue
            if choice == HELD:
                values |= {name: values.get(f"held-{name}", "") for name in names}
            elif choice == BOTH and key in self.joined_by:
                joined = [values[f"held-{key}"], values.get(key, "")]
                values[key] = self.joined_by[key].join(joined)
            elif choice != TYPED:
                unanswered[f"use-{key}"] = f"Select what to keep: {self.fields[key].label}"
        return FormData(values), unanswered

    def differing(self, held: Values, typed: Values) -> list[str]:
        """Return the parts in which two versions differ."""
        return [key for key in self.inputs if self.part(held, key) != self.part(typed, key)]

    def questions(
        self,
        held: Values,
        typed: Values,
        is_drawn: IsDrawn,
        withheld: Mapping[str, str] = NOTHING_WITHHELD,
    ) -> tuple[Field, ...]:
        """Return a question for each part in which the saved and the typed version differ.

        What somebody did not change is not offered as theirs: it is what the form showed them.
        ``withheld`` says of a part why what was typed is not offered.
        """
        why = {key: _UNCHANGED for key in self.inputs if is_drawn(key, typed)} | dict(withheld)
        return tuple(
            self._held_alone(key, held, why[key])
            if key in why
            else self._question(key, (held, typed), is_drawn)
            for key in self.differing(held, typed)
        )

    def presumed(self, held: Values, typed: Values, is_drawn: IsDrawn) -> dict[str, str]:
        """Return the answers that are clear: where only one of the two people changed a part.

        ``is_drawn`` says whether a part is as it was when the form was drawn.
        """
        answers: dict[str, str] = {}
        for key in self.differing(held, typed):
            if is_drawn(key, typed):
                answers[f"use-{key}"] = HELD
            elif is_drawn(key, held):
                answers[f"use-{key}"] = TYPED
        return answers

    def carried(self, held: Values, typed: Values) -> dict[str, str]:
        """Return the hidden fields: all that was typed, and the saved values where they differ."""
        differing = [name for key in self.differing(held, typed) for name in self.inputs[key]]
        return {
            **{name: typed.get(name, "") for names in self.inputs.values() for name in names},
            **{f"held-{name}": held.get(name, "") for name in differing},
        }

    def part(self, values: Values, key: str) -> list[str]:
        """Return what one part holds; nothing where there are no values at all."""
        return [clean(values.get(name, "")) for name in self.inputs[key]] if values else []

    def drawn(self, values: Values) -> str:
        """Return a digest of each part that a form shows, by which changes are told later."""
        return ";".join(f"{key}:{self._digest(key, values)}" for key in self.inputs)

    def is_drawn(self, drawn: str) -> IsDrawn:
        """Return what says whether a part is as it was when a form was drawn."""
        digests = dict(one.split(":", 1) for one in drawn.split(";") if ":" in one)
        return lambda key, values: digests.get(key) == self._digest(key, values)

    def _digest(self, key: str, values: Values) -> str:
        return hashlib.sha256("\n\n".join(self.part(values, key)).encode()).hexdigest()[:16]

    def _held_alone(self, key: str, held: Values, why: str) -> Field:
        return self._asked(key, {HELD: self._held_words(key, held)}, why)

    def _question(self, key: str, both: tuple[Values, Values], is_drawn: IsDrawn) -> Field:
        held, typed = both
        options = {
            HELD: self._held_words(key, held),
            TYPED: f"Use what you typed: {self.shown(key, typed) or 'nothing'}",
        }
        if key in self.joined_by and held.get(key) and typed.get(key):
            words = f"Keep both: {self.shown(key, held)} {self.shown(key, typed)}"
            # A note that somebody else has just changed may warn: nobody replaces it from here.
            options = options if is_drawn(key, held) else {HELD: options[HELD]}
            options[BOTH] = words
        return self._asked(key, options)

    def _held_words(self, key: str, held: Values) -> str:
        return f"Keep what is held now: {self.shown(key, held) or 'nothing'}"

    def _asked(self, key: str, options: Mapping[str, str], hint: str = "") -> Field:
        label, required = self.fields[key].label, "Select what to keep"
        return Field(f"use-{key}", label, "radios", hint, required=required, options=options)


def parts_of(fields: Iterable[Field], together: Mapping[str, tuple[str, ...]]) -> Parts:
    """Return the parts of a form. ``together`` names the fields that go with another one."""
    by_name = {one.name: one for one in fields if one.kind != "hidden"}
    follow = {name for names in together.values() for name in names}
    members = {
        name: [by_name[one] for one in (name, *together.get(name, ()))]
        for name in by_name
        if name not in follow
    }

    def shown(key: str, values: Values) -> str:
        return "; ".join(_said(members[key], values))

    inputs = {
        key: tuple(name for one in members[key] for name in inputs_of(one)) for key in members
    }
    return Parts(by_name, inputs, shown)


def _said(members: list[Field], values: Values) -> Iterator[str]:
    for at, asked in enumerate(members):
        if said := in_words(asked, values):
            between = "" if asked.label.endswith("?") else ":"
            yield f"{asked.label}{between} {said}" if at else said


@dataclass(frozen=True, slots=True)
class SharedForm(Form):
    """A form that shows what is held, so that two people may have it open at once.

    It has the field ``VERSION``. Of two people the second sees both versions, and chooses part by
    part. ``together`` names the fields that are chosen with another one.
    """

    together: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def fields_for(self, visit: Visit) -> tuple[Field, ...]:
        """Return the form's fields, and what it showed."""
        return (*Form.fields_for(self, visit), _DRAWN)

    def chosen(self, fields: tuple[Field, ...], sent: FormData) -> tuple[FormData, dict[str, str]]:
        """Return what was sent, with what was chosen between two versions."""
        sent, unanswered = parts_of(fields, self.together).choose(sent)
        return sent, {**Overtaken().fields, **unanswered} if unanswered else {}

    def show(self, visit: Visit, entry: Entry | None = None) -> HTMLResponse:
        """Show the form, or both versions where it was overtaken."""
        page, fields = self.page(visit, **visit.path), self.fields_for(visit)
        parts = parts_of(fields, self.together)
        page = replace(page, typed={**page.typed, _DRAWN.name: parts.drawn(page.typed)})
        if entry is None or SEEN not in entry.errors:
            return page.show(visit.request, fields, entry)
        is_drawn = parts.is_drawn(entry.typed[_DRAWN.name])
        if asked := parts.questions(page.typed, entry.typed, is_drawn):
            return _show_both(visit, page, (asked, parts), entry)
        now = {name: page.typed[name] for name in (SEEN, _DRAWN.name)}
        same = replace(entry, typed=entry.typed | now, errors={"": entry.errors[SEEN]})
        return page.show(visit.request, fields, same)


def _show_both(
    visit: Visit, page: FormPage, both: tuple[tuple[Field, ...], Parts], entry: Entry
) -> HTMLResponse:
    """Show what is held now, which the page shows, beside what was typed."""
    asked, parts = both
    unanswered = {name: why for name, why in entry.errors.items() if name != SEEN}
    is_drawn = parts.is_drawn(entry.typed[_DRAWN.name])
    presumed = parts.presumed(page.typed, entry.typed, is_drawn)
    answers = {name: answer for name, answer in presumed.items() if name not in unanswered}
    now = {name: page.typed[name] for name in (SEEN, _DRAWN.name)}
    carried = parts.carried(page.typed, entry.typed) | now
    page = replace(
        page,
        title="Somebody else changed this",
        button="Keep what I chose",
        lead=(_LEAD, *page.lead),
        more={**page.more, "carried": carried},
    )
    answer = page.show(visit.request, asked, Entry(answers, unanswered, entry.token))
    answer.status_code = answer.status_code if unanswered else Conflict.status
    return answer
