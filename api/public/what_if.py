"""The what-if form: what stands in the address, read into what the checker is asked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from api.public.asked import Asked, AskedOffence, AskedSentence
from vcs.terms import Finding, SentenceKind

SENTENCES = {
    "imprisonment": ("Prison (21 or over)", SentenceKind.IMPRISONMENT),
    "yoi": ("Young offender institution (18 to 20)", SentenceKind.YOI_DETENTION),
    "detention": ("Detention under 18, section 250", SentenceKind.SECTION_250_DETENTION),
    "dto": ("Detention and training order", SentenceKind.DETENTION_AND_TRAINING),
    "extended": ("Extended sentence", SentenceKind.EXTENDED),
    "life": ("Life, or detention during His Majesty's pleasure", SentenceKind.LIFE),
    "suspended": ("Suspended sentence", SentenceKind.SUSPENDED),
    "hospital": ("Hospital order", SentenceKind.HOSPITAL_ORDER),
    "restricted": ("Hospital order with a restriction order", SentenceKind.HOSPITAL_ORDER),
    "community": ("Community order, fine or discharge", SentenceKind.NON_CUSTODIAL),
}
AGES = {"adult": "18 or over", "child": "Under 18"}
_WITHOUT_LENGTH = frozenset({"life", "hospital", "restricted", "community"})
_UNITS = ("years", "months", "weeks", "days")
_LONGEST = 999


@dataclass(frozen=True, slots=True)
class WhatIf:
    """What was typed, what is wrong with it, and the question when nothing is."""

    typed: Mapping[str, str]
    words: str
    errors: dict[str, str]
    facts: Asked | None


def read_what_if(query: Mapping[str, str], today: date) -> WhatIf:
    """Read the form from the address; an empty address is a fresh form."""
    typed = {name: value.strip()[:100] for name, value in query.items()}
    if not typed.get("sentence"):
        words = typed.get("words", "")
        return WhatIf(typed, words, {}, None)
    errors: dict[str, str] = {}
    length = _length(typed, errors)
    sentenced_on = _date(typed, "sentenced", errors) or today
    committed_on = _date(typed, "committed", errors)
    code = _code(typed, errors)
    if typed["sentence"] not in SENTENCES:
        errors["sentence"] = "Select what the sentence was"
    if errors:
        return WhatIf(typed, "", errors, None)
    return WhatIf(typed, "", {}, _asked(typed, code, length, sentenced_on, committed_on))


def _asked(
    typed: Mapping[str, str], code: str, length: str, sentenced_on: date, committed_on: date | None
) -> Asked:
    chosen = typed["sentence"]
    sentences = [AskedSentence(kind=SENTENCES[chosen][1], length=length)]
    if chosen == "restricted":
        sentences.append(AskedSentence(kind=SentenceKind.RESTRICTION_ORDER))
    offence = AskedOffence(
        offence_code=code,
        finding=Finding.CONVICTED,
        committed_on=committed_on,
        notification=typed.get("notification") == "yes",
        sentences=sentences,
    )
    return Asked(
        sentenced_on=sentenced_on, under_18=typed.get("age") == "child", offences=[offence]
    )


def _code(typed: Mapping[str, str], errors: dict[str, str]) -> str:
    code = typed.get("code", "").upper().replace(" ", "")
    if code and not (code.isascii() and code.isalnum() and len(code) <= 12):
        errors["code"] = "Enter an offence code of letters and numbers, such as OF61102"
    return code


def _length(typed: Mapping[str, str], errors: dict[str, str]) -> str:
    if typed.get("sentence") in _WITHOUT_LENGTH:
        return ""
    parts = []
    for unit in _UNITS:
        value = typed.get(unit, "")
        if value and not (value.isascii() and value.isdigit() and int(value[:6]) <= _LONGEST):
            errors[unit] = f"Enter the {unit} as a whole number"
        elif value and int(value):
            parts.append(f"{int(value)} {unit}")
    return " ".join(parts)


def _date(typed: Mapping[str, str], name: str, errors: dict[str, str]) -> date | None:
    value = typed.get(name, "")
    if not value:
        return None
    try:
        day = date.fromisoformat(value)
    except ValueError:
        errors[name] = "Enter a date in the form YYYY-MM-DD, such as 2026-03-20"
        return None
    if not date(1900, 1, 1) <= day <= date(2039, 12, 31):
        errors[name] = "Enter a date between 1900 and 2039"
        return None
    return day
