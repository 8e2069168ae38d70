"""Two people changed the same details: the saved version beside the typed one, to choose from."""

from __future__ import annotations

from collections.abc import Mapping

from starlette.datastructures import FormData

from api.staff import words
from api.staff.both import HELD, TYPED, IsDrawn, Parts, Values
from api.staff.fields import Field
from api.staff.victims.details import VICTIM

_ADDRESS, _SAFE = "address_lines", "safe_to_post"

_DAY, _KNOWN = "address_confirmed_on", "address_how_known"

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

_INPUTS: Mapping[str, tuple[str, ...]] = {
    name: _TOGETHER.get(name, (name,))
    for name in _FIELDS
    if name not in ("postcode", "country", _DAY, _KNOWN)
}


def choose(form: FormData) -> tuple[FormData, dict[str, str]]:
    """Return the form with the choices applied, and a message for each choice not made.

    Where the saved answer was kept with the other address, it was said of neither.
    """
    chosen, unanswered = PARTS.choose(form)
    if form.get(f"use-{_ADDRESS}") == TYPED and form.get(f"use-{_SAFE}") == HELD:
        chosen = FormData({**chosen, _SAFE: ""})
    return chosen, unanswered


_LEAST_SAFE = ("no", "not_known", "yes")

_LESS_SAFE = (
    "What you selected is less safe than what somebody else has saved, or was about another "
    "address. If it is right, change the details again once this is saved"
)


def questions(held: Values, typed: Values, drawn: Values) -> tuple[Field, ...]:
    """Return what is asked. A less safe answer than one that nobody weighed is never offered."""
    is_less_safe = _LEAST_SAFE.index(typed[_SAFE]) > _LEAST_SAFE.index(held[_SAFE])
    is_drawn = _is_drawn(drawn)
    was_seen = is_drawn(_SAFE, held) and is_drawn(_ADDRESS, held)
    withheld = {_SAFE: _LESS_SAFE} if is_less_safe and not was_seen else {}
    return PARTS.questions(held, typed, is_drawn, withheld)


def _is_drawn(drawn: Values) -> IsDrawn:
    return lambda key, values: bool(drawn) and PARTS.part(values, key) == PARTS.part(drawn, key)


def presumed(held: Values, typed: Values, drawn: Values) -> dict[str, str]:
    """Return the answers that are clear: where only one of the two people changed a part.

    Whether it is safe to write belongs to an address. Where the addresses differ it is asked,
    unless the answer is no, or only what is held is offered.
    """
    answers = PARTS.presumed(held, typed, _is_drawn(drawn))
    if _ADDRESS in PARTS.differing(held, typed) and answers.get(f"use-{_SAFE}"):
        chosen = held if answers[f"use-{_SAFE}"] == HELD else typed
        if chosen[_SAFE] != "no":
            del answers[f"use-{_SAFE}"]
    alone = (one.name for one in questions(held, typed, drawn) if len(one.options) == 1)
    return answers | dict.fromkeys(alone, HELD)


def carried(held: Values, typed: Values, version: str) -> dict[str, str]:
    """Return the hidden fields of a choice.

    ``version`` is that of the saved details, so that a third change in between is noticed too.
    """
    return {**PARTS.carried(held, typed), "drawn_from": version}


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


PARTS = Parts(
    _FIELDS, _INPUTS, _shown, joined_by={"safe_contact_notes": "\n", "format_needs": "; "}
)
