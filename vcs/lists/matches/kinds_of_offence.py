"""Which kind of offence a line tells by its Home Office number or its title, and ours by theirs.

Probation's lists hold no CJS code. A number that ``data/home_office_offences.csv`` lacks, and a
title without any of the words here, tell no kind: they speak against nothing.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping
from enum import StrEnum
from functools import lru_cache
from importlib.resources import files
from types import MappingProxyType
from typing import Final

from vcs.law.specified_offence import offences
from vcs.lists.matches.held import HeldSentence
from vcs.lists.reading.lines import Line


class OffenceKind(StrEnum):
    """What an offence is, as far as a number of the Home Office tells it."""

    SEXUAL = "sexual"
    VIOLENT = "violent"
    NEITHER = "neither"
    UNKNOWN = "unknown"


_BASE: Final = 7

_WORDS: Final = (
    (OffenceKind.SEXUAL, re.compile(r"\brape|\bsexual|\bindecent assault|\bincest\b", re.I)),
    (
        OffenceKind.VIOLENT,
        re.compile(
            r"\bmurder|manslaughter|\bwound|grievous|actual bodily|strangulat|suffocat|kidnap|"
            r"false imprisonment|\brobbery|causing death|\bstalking involving",
            re.I,
        ),
    ),
)

_OF_AN_ORDER: Final = re.compile(r"\bbreach|\bfail|\bcomply|\bnotif", re.I)
"""Words of an offence against an order, which may name what the order is about."""


def _by_number() -> Mapping[str, OffenceKind]:
    told = files("vcs.lists").joinpath("data/home_office_offences.csv").read_text(encoding="utf-8")
    rows = csv.DictReader(told.splitlines())
    return MappingProxyType({row["home_office_code"]: OffenceKind(row["kind"]) for row in rows})


_BY_NUMBER: Final = _by_number()


def is_of_another_kind(line: Line, held: HeldSentence) -> bool:
    """Say whether a line tells a sexual or violent offence, and surely none of ours is of its kind.

    Only for a line without a CJS code, which says more.
    """
    told = OffenceKind.UNKNOWN if line.offence_code else _kind_told(line)
    if told is OffenceKind.UNKNOWN or not held.offence_codes:
        return False
    ours = {_kind_of(code) for code in held.offence_codes}
    return not ours & {told, OffenceKind.UNKNOWN}


def _kind_told(line: Line) -> OffenceKind:
    if kind := _BY_NUMBER.get(line.home_office_code):
        return kind
    if _OF_AN_ORDER.search(line.offence_title):
        return OffenceKind.UNKNOWN
    found = (kind for kind, words in _WORDS if words.search(line.offence_title))
    return next(found, OffenceKind.UNKNOWN)


@lru_cache(maxsize=1024)
def _kind_of(code: str) -> OffenceKind:
    row = offences.find(code) or offences.find(code[:_BASE])
    if row is None or row.listing == "unknown":
        return OffenceKind.UNKNOWN
    if row.listing == "not_specified":
        return OffenceKind.NEITHER
    return {"2": OffenceKind.SEXUAL, "1": OffenceKind.VIOLENT, "3": OffenceKind.VIOLENT}.get(
        row.part, OffenceKind.UNKNOWN
    )
