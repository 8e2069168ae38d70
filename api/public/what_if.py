"""The what-if form: what stands in the address, read into what the checker is asked.

Whatever is left out is not known, and never a no. What the page's own form sends is held to more:
each of its main questions must be answered, if only by "not known".
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from api.public.asked import Asked, AskedOffence, AskedSentence, AskedTransfer
from api.public.questions import (
    CHANGES,
    CHOICES,
    DAYS,
    FINDINGS,
    LABELS,
    MORE,
    MOVES,
    NAMES,
    NOT_KNOWN,
    RUNS,
    SENTENCES,
    UNITS,
    WITH_LENGTH,
)
from api.typed_days import EXAMPLE, NotADay, typed_day
from vcs.intake.durations import lengths
from vcs.terms import Finding, SentenceKind

FORM = "form"

"""Set in the address by the page's own form."""

_LONGEST = 999

_YOUNG = 19

_MOST_TERMS = 10

_MUST: Mapping[str, str] = {
    "finding": "Select what the court found, or ‘Not known’",
    "sentence": "Select what the sentence was, or ‘Not known’",
    "length": "Enter how long the sentence is, or say that you do not know",
    "others": "Select whether other terms were imposed with it, or ‘Not known’",
    "sentenced": f"Enter the date of the sentence, {EXAMPLE}",
    "age": "Select how old the offender was when sentenced, or ‘Not known’",
    "notification": "Select whether notification was recorded, or ‘Not known’",
}

_ALWAYS = frozenset({"sentence", "sentenced"})

_ONLY_WITH_LENGTH = frozenset({"length", "others"})

_LENGTH_EXAMPLE = "such as 6 months or 2 years 6 months"


@dataclass(frozen=True, slots=True)
class WhatIf:
    """What was typed, the dates and the length as read, what is wrong, and the question if nothing.

    ``errors`` are by field, in the order of the page.
    """

    typed: Mapping[str, str]
    words: str
    days: Mapping[str, date]
    length: str
    errors: dict[str, str]
    facts: Asked | None

    @property
    def more(self) -> bool:
        """Say whether any of the fields is filled in that most questions leave alone."""
        return any(self.typed.get(name) for name in MORE)

    @property
    def code(self) -> str:
        """Return the offence code as the tables have it."""
        return _code(self.typed)

    def link(self, **changes: str) -> str:
        """Return the address of this question, with some answers changed: facts and nothing else.

        A date that was understood is written plainly, so that the link reads the same for good.
        """
        days = {name: day.isoformat() for name, day in self.days.items()}
        answers = {**self.typed, **days, **changes}
        kept = {name: value for name, value in answers.items() if name in NAMES and value}
        return f"/check?{urlencode(kept)}"


def read_what_if(query: Mapping[str, str], today: date) -> WhatIf:
    """Read the form from the address. One without an answer, or for a search, is not answered."""
    typed = {name: value.strip()[:100] for name, value in query.items() if name in NAMES}
    words = query.get("words", "").strip()[:100]
    is_form = bool(query.get(FORM))
    if words or not (is_form or typed.keys() - {"code"}):
        return WhatIf(typed, words, {}, "", {}, None)
    errors: dict[str, str] = {}
    length = _length(typed, errors)
    days = _days(typed, today, errors)
    others = _other_terms(typed, errors)
    _check(typed, errors)
    _check_what_is_missing(typed, length, is_form, errors)
    errors = {name: errors[name] for name in _in_order(errors)}
    if errors:
        return WhatIf(typed, "", days, length, errors, None)
    return WhatIf(typed, "", days, length, {}, _asked(typed, days, length, others))


def _in_order(errors: Mapping[str, str]) -> list[str]:
    """Sort the names of what is wrong as the page asks for them; units stand with the length."""
    place = {name: number for number, name in enumerate(LABELS)}
    return sorted(errors, key=lambda name: place.get(name, place["length"]))


def _check_what_is_missing(
    typed: Mapping[str, str], length: str, is_form: bool, errors: dict[str, str]
) -> None:
    chosen = typed.get("sentence", "")
    for name, message in _MUST.items():
        answered = length or typed.get("length") if name == "length" else typed.get(name)
        asked = is_form or name in _ALWAYS
        if name in _ONLY_WITH_LENGTH and chosen not in WITH_LENGTH | {""}:
            asked = False
        if name == "length" and any(unit in errors for unit in UNITS):
            asked = False
        if asked and not answered:
            errors.setdefault(name, message)


def _asked(
    typed: Mapping[str, str],
    days: Mapping[str, date],
    length: str,
    others: list[AskedOffence],
) -> Asked:
    court, age = typed.get("court", ""), typed.get("age", "")
    sentenced_on, moved = days["sentenced"], typed.get("moved", "no")
    transfer = AskedTransfer(given_on=days.get("moved_on"), restricted=MOVES[moved or "no"][1])
    return Asked(
        sentenced_on=sentenced_on,
        under_18={"child": True, "adult": False}.get(age),
        date_of_birth=_born(sentenced_on) if age == "young" else None,
        crown_court={"crown": True, "magistrates": False}.get(court),
        outside_court=court == "other",
        died=typed.get("died") == "yes",
        # Recorded for the person, and not for the offence: the law then asks where it may matter.
        notification=typed.get("notification") not in ("yes", "no"),
        total=typed.get("total", ""),
        transfer=transfer if moved and moved != "no" else None,
        restrictions_ended_on=days.get("ended_on"),
        rule_set=typed.get("rules", ""),
        offences=[_asked_offence(typed, length, days.get("committed")), *others],
    )


def _asked_offence(
    typed: Mapping[str, str], length: str, committed_on: date | None
) -> AskedOffence:
    chosen, counted = typed["sentence"], typed.get("counted", "")
    sentences = [
        AskedSentence(
            kind=SENTENCES[chosen][1],
            length=length,
            days_counted=int(counted) if counted else None,
            released=typed.get("released") == "yes",
        )
    ]
    if chosen == "restricted":
        sentences.append(AskedSentence(kind=SentenceKind.RESTRICTION_ORDER))
    return AskedOffence(
        offence_code=_code(typed),
        finding=FINDINGS[typed.get("finding") or "not-stated"][1],
        committed_on=committed_on,
        notification=typed.get("notification") == "yes",
        domestic_abuse=typed.get("abuse") == "yes",
        change=CHANGES[typed.get("change") or "no"][1],
        sentences=sentences,
    )


def _born(sentenced_on: date) -> date:
    """Return a date of birth that makes the offender 19 on the day of sentence."""
    return sentenced_on.replace(year=sentenced_on.year - _YOUNG, day=min(sentenced_on.day, 28))


def _code(typed: Mapping[str, str]) -> str:
    return "".join(typed.get("code", "").upper().split())


_A_CODE = re.compile(r"[A-Z]{2}[A-Z0-9]{0,10}", re.ASCII)


def _check(typed: Mapping[str, str], errors: dict[str, str]) -> None:
    """Check what is chosen from lists, the code, and the days that count."""
    code = _code(typed)
    if code and not (_A_CODE.fullmatch(code) and any(map(str.isdigit, code))):
        errors["code"] = (
            "Enter an offence code of letters and numbers, such as OF61102, or find it by its words"
        )
    for name, choices in CHOICES.items():
        if typed.get(name) and typed[name] not in choices:
            errors[name] = _MUST.get(name, "Select one of the answers")
    if typed.get("length") not in (None, "", NOT_KNOWN):
        errors["length"] = _MUST["length"]
    _count(typed, "counted", errors)


def _length(typed: Mapping[str, str], errors: dict[str, str]) -> str:
    if typed.get("sentence") not in WITH_LENGTH:
        return ""
    counts = [(unit, _count(typed, unit, errors)) for unit in UNITS]
    return " ".join(f"{count} {unit}" for unit, count in counts if count)


def _count(typed: Mapping[str, str], name: str, errors: dict[str, str]) -> int | None:
    value = typed.get(name, "")
    if not value:
        return None
    if not (value.isascii() and value.isdigit() and int(value[:6]) <= _LONGEST):
        words = "days that count" if name == "counted" else name
        errors[name] = f"Enter the {words} as a whole number"
        return None
    return int(value)


def _days(typed: Mapping[str, str], today: date, errors: dict[str, str]) -> dict[str, date]:
    days: dict[str, date] = {}
    for name in DAYS:
        try:
            if typed.get(name):
                days[name] = typed_day(typed[name], today)
        except NotADay as refusal:
            errors[name] = str(refusal)
    if "committed" in days and "sentenced" in days and days["committed"] > days["sentenced"]:
        errors["committed"] = "The date of the offence must be on or before that of the sentence"
    return days


_UNKNOWN_TERM = AskedOffence(
    finding=Finding.CONVICTED, sentences=[AskedSentence(kind=SentenceKind.UNKNOWN)]
)

"""Stands for terms that nobody has said anything about."""


def _other_terms(typed: Mapping[str, str], errors: dict[str, str]) -> list[AskedOffence]:
    """Return an offence for each other term; for all that may be, one that is not known."""
    if typed.get("sentence") not in WITH_LENGTH or typed.get("others") == "no":
        return []
    if typed.get("others") != "yes":
        return [_UNKNOWN_TERM]
    total, listed = typed.get("total", ""), typed.get("other_terms", "")
    if total and lengths.of_words(total) is None:
        errors["total"] = f"Enter the total as a length, {_LENGTH_EXAMPLE}"
    terms = [words.strip() for words in re.split(r"[,;]|\band\b", listed) if words.strip()]
    if len(terms) > _MOST_TERMS or any(lengths.of_words(words) is None for words in terms):
        errors["other_terms"] = f"Enter each length, {_LENGTH_EXAMPLE}, with commas between them"
        return []
    if not terms and not total:
        errors["other_terms"] = (
            "Enter how long the other terms are, or the total that the court stated"
        )
    return [_other_term(typed, words) for words in terms]


def _other_term(typed: Mapping[str, str], words: str) -> AskedOffence:
    runs = RUNS.get(typed.get("runs", ""), RUNS[NOT_KNOWN])[1]
    kind = SENTENCES[typed["sentence"]][1]
    sentence = AskedSentence(kind=kind, length=words, runs=runs)
    return AskedOffence(finding=Finding.CONVICTED, sentences=[sentence])
