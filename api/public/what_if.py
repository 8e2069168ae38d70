"""The what-if form: what stands in the address, read into what the checker is asked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from api.public.asked import Asked, AskedOffence, AskedSentence, AskedTransfer
from vcs.law import rule_sets
from vcs.terms import Change, Finding, SentenceKind

_K = SentenceKind

SENTENCES = {
    "imprisonment": ("Prison (21 or over)", _K.IMPRISONMENT),
    "yoi": ("Young offender institution (18 to 20)", _K.YOI_DETENTION),
    "detention": ("Detention under 18, section 250", _K.SECTION_250_DETENTION),
    "dto": ("Detention and training order", _K.DETENTION_AND_TRAINING),
    "extended": ("Extended sentence (under 18: section 254)", _K.EXTENDED),
    "concern": ("Offender of particular concern (under 18: section 252A)", _K.PARTICULAR_CONCERN),
    "terrorism": ("Serious terrorism sentence", _K.SERIOUS_TERRORISM),
    "life": ("Life, or custody for life", _K.LIFE),
    "pleasure": ("Detention during His Majesty's pleasure", _K.HM_PLEASURE),
    "protection": ("Imprisonment or detention for public protection", _K.INDETERMINATE),
    "unclear": ("Custody, of a kind that is not known", _K.CUSTODY_UNCLEAR),
    "suspended": ("Suspended sentence", _K.SUSPENDED),
    "varied": ("Suspended sentence, varied", _K.SUSPENDED_VARIED),
    "activated": ("Suspended sentence, activated", _K.SUSPENDED_ACTIVATED),
    "hospital": ("Hospital order", _K.HOSPITAL_ORDER),
    "restricted": ("Hospital order with a restriction order", _K.HOSPITAL_ORDER),
    "restriction": ("Restriction order, and no hospital order is stated", _K.RESTRICTION_ORDER),
    "directions": ("Prison with hospital and limitation directions", _K.HOSPITAL_DIRECTION),
    "interim": ("Interim hospital order", _K.INTERIM_HOSPITAL_ORDER),
    "remand": ("Remand to hospital", _K.REMAND_TO_HOSPITAL),
    "guardianship": ("Guardianship order", _K.GUARDIANSHIP),
    "supervision": ("Supervision order", _K.SUPERVISION_ORDER),
    "discharge": ("Absolute discharge", _K.ABSOLUTE_DISCHARGE),
    "default": ("Custody for not paying, or for contempt", _K.DEFAULT_CUSTODY),
    "community": ("Community order, fine or conditional discharge", _K.NON_CUSTODIAL),
    "unknown": ("Not known", _K.UNKNOWN),
}

AGES = {"adult": "21 or over", "young": "18 to 20", "child": "Under 18"}

FINDINGS = {
    "": ("Convicted", Finding.CONVICTED),
    "insanity": ("Not guilty by reason of insanity", Finding.INSANITY),
    "unfit": ("Unfit to plead, and did the act", Finding.UNFIT_DID_THE_ACT),
    "not-convicted": ("Not convicted", Finding.NOT_CONVICTED),
    "quashed": ("Conviction quashed", Finding.QUASHED),
    "not-stated": ("Not known", Finding.NOT_STATED),
}

CHANGES = {
    "appeal": ("On appeal", Change.APPEAL),
    "slip": ("Corrected by the court that passed it", Change.SLIP_RULE),
    "lenient": ("On a reference as unduly lenient", Change.UNDULY_LENIENT),
    "resentenced": ("Sentenced afresh", Change.RESENTENCED),
    "quashed": ("The sentence was quashed", Change.QUASHED),
    "varied": ("Varied, and it is not known how", Change.NOT_STATED),
}

COURTS = {
    "crown": "Crown Court",
    "magistrates": "Magistrates' court or youth court",
    "other": "Court Martial, or a court outside England and Wales",
}

MOVES = {
    "restricted": ("Yes, with restrictions", True),
    "unrestricted": ("Yes, without restrictions", False),
    "unknown": ("Yes, and it is not known whether with restrictions", None),
}

RULES = {row.id: row.title for row in rule_sets.RULE_SETS if row.in_force_from is None}

_CHOICES: Mapping[str, Mapping[str, object]] = {
    "finding": FINDINGS,
    "change": CHANGES,
    "court": COURTS,
    "moved": MOVES,
    "rules": RULES,
    "age": AGES,
}

MORE = (
    "finding",
    "court",
    "change",
    "counted",
    "released",
    "moved",
    "moved_on",
    "ended_on",
    "abuse",
    "died",
    "rules",
)

"""The fields that most questions leave alone."""

_WITH_LENGTH = frozenset(
    {
        *("imprisonment", "yoi", "detention", "dto", "extended", "concern", "terrorism"),
        *("unclear", "suspended", "varied", "activated", "directions", "default", "unknown"),
    }
)

_UNITS = ("years", "months", "weeks", "days")

_LONGEST = 999

_YOUNG = 19


@dataclass(frozen=True, slots=True)
class WhatIf:
    """What was typed, what is wrong with it, and the question when nothing is."""

    typed: Mapping[str, str]
    words: str
    errors: dict[str, str]
    facts: Asked | None

    @property
    def more(self) -> bool:
        """Say whether any of the fields is filled in that most questions leave alone."""
        return any(self.typed.get(name) for name in MORE)


def read_what_if(query: Mapping[str, str], today: date) -> WhatIf:
    """Read the form from the address; an empty address is a fresh form."""
    typed = {name: value.strip()[:100] for name, value in query.items()}
    if not typed.get("sentence"):
        words = typed.get("words", "")
        return WhatIf(typed, words, {}, None)
    errors: dict[str, str] = {}
    length = _length(typed, errors)
    days = {name: _date(typed, name, errors) for name in _DATES}
    sentenced_on = days.pop("sentenced") or today
    _check_code(typed, errors)
    _check_choices(typed, errors)
    counted = _count(typed, "counted", errors)
    if errors:
        return WhatIf(typed, "", errors, None)
    return WhatIf(typed, "", {}, _asked(typed, sentenced_on, length, days, counted))


_DATES = ("sentenced", "committed", "moved_on", "ended_on")


def _asked(
    typed: Mapping[str, str],
    sentenced_on: date,
    length: str,
    days: Mapping[str, date | None],
    counted: int | None,
) -> Asked:
    court = typed.get("court", "")
    moved = MOVES.get(typed.get("moved", ""))
    return Asked(
        sentenced_on=sentenced_on,
        under_18=typed.get("age") == "child",
        date_of_birth=_born(sentenced_on) if typed.get("age") == "young" else None,
        crown_court={"crown": True, "magistrates": False}.get(court),
        outside_court=court == "other",
        died=typed.get("died") == "yes",
        transfer=AskedTransfer(given_on=days["moved_on"], restricted=moved[1]) if moved else None,
        restrictions_ended_on=days["ended_on"],
        rule_set=typed.get("rules", ""),
        offences=[_asked_offence(typed, length, days["committed"], counted)],
    )


def _asked_offence(
    typed: Mapping[str, str], length: str, committed_on: date | None, counted: int | None
) -> AskedOffence:
    chosen = typed["sentence"]
    released = typed.get("released") == "yes"
    kind = SENTENCES[chosen][1]
    sentences = [AskedSentence(kind=kind, length=length, days_counted=counted, released=released)]
    if chosen == "restricted":
        sentences.append(AskedSentence(kind=SentenceKind.RESTRICTION_ORDER))
    change = CHANGES.get(typed.get("change", ""))
    return AskedOffence(
        offence_code=_code(typed),
        finding=FINDINGS[typed.get("finding", "")][1],
        committed_on=committed_on,
        notification=typed.get("notification") == "yes",
        domestic_abuse=typed.get("abuse") == "yes",
        change=change[1] if change else None,
        sentences=sentences,
    )


def _born(sentenced_on: date) -> date:
    """Return a date of birth that makes the offender 19 on the day of sentence."""
    return sentenced_on.replace(year=sentenced_on.year - _YOUNG, day=min(sentenced_on.day, 28))


def _code(typed: Mapping[str, str]) -> str:
    return typed.get("code", "").upper().replace(" ", "")


def _check_code(typed: Mapping[str, str], errors: dict[str, str]) -> None:
    code = _code(typed)
    if code and not (code.isascii() and code.isalnum() and len(code) <= 12):
        errors["code"] = "Enter an offence code of letters and numbers, such as OF61102"


def _check_choices(typed: Mapping[str, str], errors: dict[str, str]) -> None:
    if typed["sentence"] not in SENTENCES:
        errors["sentence"] = "Select what the sentence was"
    for name, choices in _CHOICES.items():
        if typed.get(name) and typed[name] not in choices:
            errors[name] = "Select one of the answers"


def _length(typed: Mapping[str, str], errors: dict[str, str]) -> str:
    if typed.get("sentence") not in _WITH_LENGTH:
        return ""
    counts = [(unit, _count(typed, unit, errors)) for unit in _UNITS]
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
