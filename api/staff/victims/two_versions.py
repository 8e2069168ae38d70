"""Two people changed the same details: the saved version beside the typed one, to choose from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from starlette.datastructures import FormData

from api.staff import words
from api.staff.fields import Field
from api.staff.victims.details import VICTIM

HELD, TYPED, BOTH = "held", "typed", "both"

_ADDRESS, _SAFE = "address_lines", "safe_to_post"

_DAY, _KNOWN = "address_confirmed_on", "address_how_known"

_NOTES = {"safe_contact_notes": "\n", "format_needs": "; "}

_FIELDS = {field.name: field for field in VICTIM}

# An address is chosen whole: lines of one with the postcode of another are no address.
_TOGETHER = {
    _ADDRESS: (
        _ADDRESS,
        "postcode",
        "country",
        _KNOWN,
        f"{_DAY}-day",
        f"{_DAY}-month",
        f"{_DAY}-year",
    ),
}

_GROUPS: Mapping[str, tuple[str, ...]] = {
    name: _TOGETHER.get(name, (name,))
    for name in _FIELDS
    if name not in ("postcode", "country", _DAY, _KNOWN)
}


def choose(form: FormData) -> tuple[FormData, dict[str, str]]:
    """Return the form with the choices applied, and a message for each choice not made."""
    values = {name: text for name, text in form.items() if isinstance(text, str)}
    unanswered: dict[str, str] = {}
    for key, names in _GROUPS.items():
        choice = values.get(f"use-{key}")
        if f"held-{names[0]}" not in values:
            continue
        if choice == HELD:
            values |= {name: values.get(f"held-{name}", "") for name in names}
        elif choice == BOTH and key in _NOTES:
            values[key] = _NOTES[key].join([values[f"held-{key}"], values.get(key, "")])
        elif choice != TYPED:
            unanswered[f"use-{key}"] = f"Select what to keep: {_FIELDS[key].label}"
    return FormData(values), unanswered


def questions(held: Mapping[str, str], typed: Mapping[str, str]) -> tuple[Field, ...]:
    """Return a question for each part in which the saved and the typed version differ."""
    return tuple(_question(key, held, typed) for key in _differing(held, typed))


def presumed(
    held: Mapping[str, str], typed: Mapping[str, str], drawn: Mapping[str, str]
) -> dict[str, str]:
    """Return the answers that are clear: where only one of the two people changed a part.

    Whether it is safe to write belongs to an address. Where the addresses differ it is asked,
    unless the answer is no.
    """
    differing = list(_differing(held, typed))
    answers: dict[str, str] = {}
    for key in differing:
        if _part(typed, key) == _part(drawn, key):
            answers[f"use-{key}"] = HELD
        elif _part(held, key) == _part(drawn, key):
            answers[f"use-{key}"] = TYPED
    if _ADDRESS in differing and answers.get(f"use-{_SAFE}"):
        chosen = held if answers[f"use-{_SAFE}"] == HELD else typed
        if chosen[_SAFE] != "no":
            del answers[f"use-{_SAFE}"]
    return answers


def carried(held: Mapping[str, str], typed: Mapping[str, str], version: str) -> dict[str, str]:
    """Return the hidden fields: all that was typed, and the saved values where they differ.

    ``version`` is that of the saved details, so that a third change in between is noticed too.
    """
    differing = [name for key in _differing(held, typed) for name in _GROUPS[key]]
    return {
        **{name: typed[name] for key in _GROUPS for name in _GROUPS[key]},
        **{f"held-{name}": held[name] for name in differing},
        "drawn_from": version,
    }


def _differing(held: Mapping[str, str], typed: Mapping[str, str]) -> Iterator[str]:
    return (key for key in _GROUPS if _part(held, key) != _part(typed, key))


def _part(values: Mapping[str, str], key: str) -> list[str]:
    return [values[name] for name in _GROUPS[key]] if values else []


def _question(key: str, held: Mapping[str, str], typed: Mapping[str, str]) -> Field:
    options = {
        HELD: f"Keep what is held now: {_shown(key, held)}",
        TYPED: f"Use what you typed: {_shown(key, typed)}",
    }
    if key in _NOTES and held[key] and typed[key]:
        options[BOTH] = "Keep both"
    label = _FIELDS[key].label
    return Field(f"use-{key}", label, "radios", required="Select what to keep", options=options)


def _shown(key: str, values: Mapping[str, str]) -> str:
    if key != _ADDRESS:
        return _FIELDS[key].options.get(values[key], values[key]) or "nothing"
    place = ", ".join(
        [*values[_ADDRESS].splitlines(), values["postcode"], values["country"]]
    ).strip(", ")
    day = "-".join(values[f"{_DAY}-{part}"].zfill(2) for part in ("year", "month", "day"))
    confirmed = f", confirmed on {words.spoken(day)}" if values[f"{_DAY}-year"] else ""
    known = f", {values[_KNOWN]}" if values[_KNOWN] else ""
    return f"{place or 'no address'}{confirmed}{known}"
