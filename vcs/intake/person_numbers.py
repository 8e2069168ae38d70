"""Numbers of a person as other systems write them; a wrong check letter is no number.

Source: HMPPS person record, PNCIdentifier and CROIdentifier; the prison search reads two-digit
years otherwise, so a short year is compared without its century.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import Final

from vcs.intake import identifiers

_LETTERS: Final = "ZABCDEFGHJKLMNPQRTUVWXY"

_PNC: Final = re.compile(r"(\d{2})(\d{7})([A-Z])")

_CRO: Final = re.compile(r"(\d{6})(\d{2})([A-Z])")

_CRO_OF_FILE: Final = re.compile(r"SF(\d{2})/?(\d{1,6})([A-Z])")

_NOMS: Final = re.compile(r"[A-Z]\d{4}[A-Z]{2}")

_CRO_OF_NOBODY: Final = "00000000Z"

_CRN: Final = re.compile(r"[A-Z]\d{6}")


class Number(StrEnum):
    """A number that names one person."""

    PNC = "PNC"
    NOMS = "NOMS"
    CRO = "CRO"
    CRN = "CRN"


def pnc(text: str) -> str | None:
    """Return a PNC number in its one form, like 069000126L; None for what is none."""
    found = _PNC.fullmatch(identifiers.pnc(text))
    return found[0] if found and _letter(found[1] + found[2]) == found[3] else None


def cro(text: str) -> str | None:
    """Return a CRO number in its one form, like 99012606M or SF88123456A; None for what is none."""
    raised = text.upper().replace(" ", "")
    if of_file := _CRO_OF_FILE.fullmatch(raised):
        year, serial, letter = of_file.groups()
        return f"SF{year}{serial.zfill(6)}{letter}" if _letter(year + serial) == letter else None
    found = _CRO.fullmatch(identifiers.cro(raised))
    if found is None or found[0] == _CRO_OF_NOBODY:
        return None
    return found[0] if _letter(found[2] + found[1]) == found[3] else None


def noms(text: str) -> str | None:
    """Return a prison number in its one form, like A1234BC; None for what is none."""
    found = _NOMS.fullmatch(identifiers.plain(text))
    return found[0] if found else None


def crn(text: str) -> str | None:
    """Return a probation case number in its one form, like X123456; None for what is none."""
    found = _CRN.fullmatch(identifiers.plain(text))
    return found[0] if found else None


def read(kind: Number, text: str) -> str | None:
    """Return a number of a kind in its one form; None for what is none."""
    return _READ[kind](text)


def kind_of(mark: str) -> Number | None:
    """Return what an id like ``pnc:…`` is a number of; None for another id and for no number."""
    prefix, _, written = mark.partition(":")
    number = _BY_PREFIX.get(prefix)
    return number if number is not None and read(number, written) else None


def _letter(digits: str) -> str:
    return _LETTERS[int(digits) % len(_LETTERS)]


_READ: Final[Mapping[Number, Callable[[str], str | None]]] = {
    Number.PNC: pnc,
    Number.NOMS: noms,
    Number.CRO: cro,
    Number.CRN: crn,
}

_BY_PREFIX: Final = {number.lower(): number for number in Number}
