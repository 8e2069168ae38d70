"""What may stand in the window of an envelope, and when two addresses are the same place."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from typing import Final

from vcs.errors import NotValid
from vcs.victims.same_place import tight

FEWEST_LINES: Final = 3

MOST_LINES: Final = 7

"""Lines in the window of a DL envelope: the name, the address, the postcode."""

# Royal Mail's postcode areas, with Jersey, Guernsey, the Isle of Man and the forces (BF).
_AREAS: Final = frozenset(
    re.findall(
        r"\w+",
        """
        AB AL B BA BB BD BF BH BL BN BR BS BT CA CB CF CH CM CO CR CT CV CW DA DD DE DG DH DL
        DN DT DY E EC EH EN EX FK FY G GL GU GY HA HD HG HP HR HS HU HX IG IM IP IV JE KA KT
        KW KY L LA LD LE LL LN LS LU M ME MK ML N NE NG NN NP NR NW OL OX PA PE PH PL PO PR
        RG RH RM S SA SE SG SK SL SM SN SO SP SR SS ST SW SY TA TD TF TN TQ TR TS TW UB W WA
        WC WD WF WN WR WS WV YO ZE
        """,
    )
)

_POSTCODE: Final = re.compile(r"([A-Z]{1,2})([0-9][0-9A-HJKMNPR-Y]?)([0-9][ABD-HJLNP-UW-Z]{2})")

_FORCES: Final = re.compile(r"BFPO(?:C/O)?([0-9]{1,4})")

_NO_ADDRESS: Final = re.compile(
    r"\b(?:no fixed (?:abode|address)|nfa|unknown|not known|to be confirmed|tbc|n/a|none"
    r"|as above|same as|anhysbys)\b"
)

_ODD_STARTS: Final = '@()=[]"\\/,<>~;:|*#!?_+'


def postcode(text: str) -> str:
    """Return a postcode as it is written on an envelope, for example ``LS1 3AB`` or ``BFPO 58``.

    Raises NotValid for anything that is no postcode of the United Kingdom, the Channel Islands,
    the Isle of Man or the forces.
    """
    joined = re.sub(r"\s+", "", text).upper()
    if forces := _FORCES.fullmatch(joined):
        return f"BFPO {forces[1]}"
    match = _POSTCODE.fullmatch(joined)
    if match is None or match[1] not in _AREAS:
        raise NotValid(
            "Enter a full UK postcode, like LS1 3AB.",
            {"postcode": "Enter a full UK postcode, like LS1 3AB, or a BFPO number"},
        )
    return f"{match[1]}{match[2]} {match[3]}"


def envelope(addressee: str, lines: Sequence[str], code: str) -> tuple[str, ...]:
    """Return what stands in the window: the name, one to five address lines, the postcode.

    Blank lines fall away, spaces are tidied, and a last line that only repeats the postcode is
    dropped. Raises NotValid naming ``addressee``, ``address`` or ``postcode`` and what to do.
    """
    fields = problems(addressee, lines, code)
    if fields:
        raise NotValid("The address cannot go on an envelope.", fields)
    written = postcode(code)
    return (tidy(addressee), *_address_lines(lines, written), written)


def problems(addressee: str, lines: Sequence[str], code: str) -> dict[str, str]:
    """Name everything that stops an address going on an envelope; empty when it may."""
    found: dict[str, str] = {}
    try:
        written = postcode(code)
    except NotValid as refusal:
        written = ""
        found.update(refusal.fields)
    kept = _address_lines(lines, written)
    if problem := _line_problem(tidy(addressee), "the name"):
        found["addressee"] = problem
    if problem := _lines_problem(kept):
        found["address"] = problem
    return found


def tidy(text: str) -> str:
    """Return text in composed Unicode (NFC) with single spaces and none at the ends."""
    return re.sub(r"\s+", " ", unicodedata.normalize("NFC", text)).strip()


def _address_lines(lines: Sequence[str], written: str) -> tuple[str, ...]:
    kept = tuple(line for line in map(tidy, lines) if line)
    repeats = bool(kept and written) and tight(kept[-1]) == tight(written)
    return kept[:-1] if repeats else kept


def _lines_problem(lines: tuple[str, ...]) -> str | None:
    most = MOST_LINES - 2
    if len(lines) < FEWEST_LINES - 2:
        return "Enter the address: at least the house and street, or the town"
    if len(lines) > most:
        return f"Use at most {most} address lines besides the name and postcode"
    problems_found = (_line_problem(line, f"line {n}") for n, line in enumerate(lines, 1))
    return next((problem for problem in problems_found if problem), None)


def _line_problem(line: str, place: str) -> str | None:
    if not any(letter.isalnum() for letter in line):
        return f"{place.capitalize()} has no letters or numbers in it"
    if line[0] in _ODD_STARTS:
        return f"{place.capitalize()} must start with a letter or a number"
    if _NO_ADDRESS.search(line.casefold()):
        return f"{place.capitalize()} is not somewhere a letter can be delivered"
    return None
