"""Court messages of the real size: about 29 KB at the median, each with ids of its own."""

from __future__ import annotations

from datetime import date

from api.example.messages import Json, as_bytes, hearing, offence, person, result

DAY = date(2026, 3, 20)
COURT = ("C01CE00", "Central Criminal Court")
_PROMPTS = [
    {
        "judicialResultPromptTypeId": "b2cf5a1e-8539-45a1-a287-4be5094a0e73",
        "label": f"Prompt {n}",
        "promptReference": f"prompt{n}",
        "type": "TXT",
        "value": "because of an unprovoked attack of a serious nature",
        "usergroups": [],
        "courtExtract": "Y",
        "isFinancialImposition": False,
    }
    for n in range(4)
]


def message(number: int) -> bytes:
    """Return one message: two offenders, three offences each, four results an offence."""
    people = [_person(number, n) for n in range(2)]
    return as_bytes(hearing(f"01BN{number:07d}", COURT, DAY, people))


def large(size: int) -> bytes:
    """Return one message of at least so many bytes: as many offenders as that takes."""
    each = len(message(0)) // 2
    people = [_person(800_000 + n, n) for n in range(size // each + 1)]
    return as_bytes(hearing("01BN9999999", COURT, DAY, people))


def _person(number: int, n: int) -> Json:
    codes = ("OF61102", "TH68010", "TH68036")
    offences = [offence(code, f"Offence {number}", _results(), DAY) for code in codes]
    return person(f"Sam{n}", f"Bench{number}", date(1990, 1, 1), offences)


def _results() -> list[Json]:
    first = result("IMP", DAY, "2 Years")
    first["judicialResultPrompts"] += _PROMPTS
    ancillary = {"cjsCode": "3117", "label": "Surcharge", "category": "ANCILLARY"}
    others = [result("FO", DAY) | ancillary | {"judicialResultPrompts": _PROMPTS[:1]}] * 3
    return [first, *others]
