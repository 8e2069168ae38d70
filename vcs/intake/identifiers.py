"""One canonical form of each identifier, for comparing two that were written by different people.

What was written is kept and shown as it was. A form is only ever compared with a form made here.
Letters are never taken for digits: O and 0 are two characters.
"""

from __future__ import annotations

import re
import unicodedata

_SEPARATED = re.compile(r"[^A-Z0-9]+")

_CASE = (2, 2, 5, 2)

"""The parts of a police case reference: force, unit, number, year. The number is padded."""

_POLICE_CASE = re.compile(r"(\d{2}[A-Z0-9]{2})0*(\d+?)(\d{2})")

_PNC = re.compile(r"(?:(?:19|20)(?=\d{2}\D|\d{9}[A-Z]))?(\d{2})\D?(\d{1,7})([A-Z])")

_CRO = re.compile(r"(SF)?(\d{1,6})/?(\d{2})/?([A-Z])")

_ASN = re.compile(r"(\d{2})([A-Z0-9]{2})([A-Z0-9]{2})(\d{2})(\d{1,11})([A-Z])")

_ASN_PARTS = re.compile(
    r"(\d{2})[^A-Z0-9]*([A-Z0-9]{2})[^A-Z0-9]*([A-Z0-9]{2})[^A-Z0-9]+(\d{2})[^A-Z0-9]+(\d{1,11})"
    r"[^A-Z0-9]*([A-Z])"
)


def plain(text: str) -> str:
    """Return the letters and digits of an identifier, in capitals, and nothing else."""
    if text.isascii() and text.isalnum():
        return text.upper()
    return "".join(c for c in unicodedata.normalize("NFKC", text).upper() if c.isalnum())


def case_reference(text: str) -> str:
    """Return the form of a URN or of a court's or prosecutor's own case reference.

    A number written short between strokes is padded: 13/EX/1/26 is 13EX0000126.
    """
    parts = [part for part in _SEPARATED.split(unicodedata.normalize("NFKC", text).upper()) if part]
    if len(parts) == len(_CASE) and parts[2].isdigit() and parts[3].isdigit():
        shape = tuple(map(len, (parts[0], parts[1], parts[2].zfill(_CASE[2]), parts[3])))
        if shape == _CASE:
            parts[2] = parts[2].zfill(_CASE[2])
            return "".join(parts)
    return plain(text)


def is_police_case(form: str) -> bool:
    """Say whether the form of a case reference is that of a police URN, and not a court's own."""
    return len(form) == sum(_CASE) and bool(_POLICE_CASE.fullmatch(form))


def without_padding(form: str) -> str:
    """Return the form of a police URN with its number as short as it can be written: 13EX126."""
    found = _POLICE_CASE.fullmatch(form)
    return "".join(found.groups()) if found else form


def offence_code(text: str) -> str:
    """Return the form of a CJS offence code."""
    return plain(text)


def court_code(text: str) -> str:
    """Return the form of a court's OU code."""
    return plain(text)


def crn(text: str) -> str:
    """Return the form of a probation case reference number."""
    return plain(text)


def asn(text: str) -> str:
    """Return the form of an arrest summons number, its number in full length."""
    raised = unicodedata.normalize("NFKC", text).upper().strip()
    found = _ASN_PARTS.fullmatch(raised) or _ASN.fullmatch(plain(raised))
    if found is None:
        return plain(raised)
    *head, number, check = found.groups()
    return "".join(head) + number.zfill(11) + check


def pnc(text: str) -> str:
    """Return the form of a PNC number: two digits of the year, seven of the number, the letter."""
    found = _PNC.fullmatch(unicodedata.normalize("NFKC", text).upper().replace(" ", ""))
    return found[1] + found[2].zfill(7) + found[3] if found else plain(text)


def cro(text: str) -> str:
    """Return the form of a CRO number: the number in full length, the year, the letter."""
    found = _CRO.fullmatch(unicodedata.normalize("NFKC", text).upper().replace(" ", ""))
    if found is None or found[1]:
        return plain(text)
    return found[2].zfill(6) + found[3] + found[4]
