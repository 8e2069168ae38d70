"""What may stand in the window of an envelope, at home and abroad."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from letters.press.typefaces.fonts import WINDOW_WIDTH_MM, width_mm
from vcs.errors import NotValid
from vcs.victims.places import countries
from vcs.victims.places.kinds import begins_oddly, says_no_address
from vcs.victims.places.same_place import tight

FEWEST_LINES: Final = 3

MOST_LINES: Final = 7

"""Lines in the window of a DL envelope: the name, the address, the postcode or the country."""

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

_AT_END: Final = re.compile(r"[\s,]+(?=(?:BFPO\s*)?[A-Z0-9]+(?:\s+[A-Z0-9]{3})?$)", re.I)

_ASKED: Final = "Enter a full UK postcode, like LS1 3AB, or a BFPO number, or the country if abroad"


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
        raise NotValid("Enter a full UK postcode, like LS1 3AB.", {"postcode": _ASKED})
    return f"{match[1]}{match[2]} {match[3]}"


@dataclass(frozen=True, slots=True)
class Address:
    """An address taken apart for an envelope. ``last`` is the postcode, or the country abroad."""

    lines: tuple[str, ...]
    last: str
    is_abroad: bool


def envelope(
    addressee: str, lines: Sequence[str], code: str, country: str = "", *, is_read: bool = False
) -> tuple[str, ...]:
    """Return what stands in the window: the name, one to five address lines, the last line.

    A name that is too long for one line stands on two, with one to four lines after it.

    At home the postcode stands once, and last, and no country. Abroad the country stands last, in
    English and in capitals, and the postcode where that country has it; ``country`` is its code
    or name, and may also stand at the end of the lines. ``is_read`` says that a second person has
    read the address and found that a letter can go there, whatever its words. Raises NotValid
    naming ``addressee``, ``address`` or ``postcode`` and what to do.
    """
    fields = problems(addressee, lines, code, country, is_read=is_read)
    if fields:
        raise NotValid("The address cannot go on an envelope.", fields)
    found = taken_apart(lines, code, country)
    return (*_name_lines(tidy(addressee), len(found.lines)), *found.lines, found.last)


def _name_lines(name: str, address_lines: int) -> tuple[str, ...]:
    """Return a name on one line, or on two where it is too long for one and there is room."""
    if width_mm(name) <= WINDOW_WIDTH_MM or address_lines > MOST_LINES - FEWEST_LINES:
        return (name,)
    return tuple(_cut(name)) or (name,)


def problems(
    addressee: str, lines: Sequence[str], code: str, country: str = "", *, is_read: bool = False
) -> dict[str, str]:
    """Name everything that stops an address going on an envelope; empty when it may."""
    found: dict[str, str] = {}
    address = taken_apart(lines, code, country)
    if not address.last:
        found["postcode"] = _ASKED
    if problem := _line_problem(tidy(addressee), "the name", is_read=is_read):
        found["addressee"] = problem
    if problem := _lines_problem(address.lines, is_read=is_read):
        found["address"] = problem
    return found


def taken_apart(lines: Sequence[str], code: str, country: str = "") -> Address:
    """Return an address as it is written on an envelope; ``last`` is "" where it is not known."""
    kept, code = _code_last(tuple(line for line in map(tidy, lines) if line), tidy(code))
    written = _home_postcode(code, countries.split_off(kept)[0])
    without, named = _ends(kept, written or code)
    told = countries.country_code(country)
    if written.startswith("BFPO"):
        # The forces carry it: with a country on it, it would go by that country's post.
        return Address(_folded(without), written, is_abroad=False)
    abroad = told or ("" if written else named)
    if countries.is_abroad(abroad):
        here = without if named == abroad else kept
        return Address(_abroad(here, code, abroad), countries.written(abroad), is_abroad=True)
    at_home = without if named in ("", countries.HOME) else _without(kept, written)
    return Address(_folded(at_home), written, is_abroad=False)


def _code_last(lines: tuple[str, ...], code: str) -> tuple[tuple[str, ...], str]:
    """Return a postcode abroad that stands after its country as the code that it is."""
    after_country = countries.is_abroad(countries.split_off(lines[:-1])[1])
    if after_country and (tight(code) == tight(lines[-1]) or not (code or lines[-1].isalpha())):
        return lines[:-1], lines[-1]
    return lines, code


def _ends(lines: tuple[str, ...], code: str) -> tuple[tuple[str, ...], str]:
    """Return lines without the postcode and the country at their end, however often, and it."""
    named, before = "", None
    while before != lines:
        before = lines
        lines, found = countries.split_off(_without(lines, code))
        named = named or found
    return lines, named


def tidy(text: str) -> str:
    """Return text in composed Unicode (NFC) with single spaces and none at the ends."""
    return re.sub(r"\s+", " ", unicodedata.normalize("NFC", text)).strip()


def _home_postcode(code: str, lines: Sequence[str]) -> str:
    """Return the postcode as given, or at the end of the lines; "" for none."""
    ends = [_AT_END.split(line, maxsplit=1)[-1] for line in lines[-1:]]
    for text in (code,) if code.strip() else (*lines[-1:], *ends):
        try:
            return postcode(text)
        except NotValid:
            continue
    return ""


def _without(lines: Sequence[str], written: str) -> tuple[str, ...]:
    """Return lines without those at their end, and the end of the last, that say the postcode."""
    kept = tuple(lines)
    while kept and written:
        if tight(kept[-1]) == tight(written):
            kept = kept[:-1]
            continue
        before = kept[-1][: -len(written)].rstrip(" ,")
        if kept[-1].upper().endswith(written) and before:
            kept = (*kept[:-1], before)
        break
    return kept


def _abroad(lines: tuple[str, ...], code: str, country: str) -> tuple[str, ...]:
    """Put a postcode where the country has it, unless a line says it already."""
    if not code or any(tight(code) in tight(line) for line in lines) or not lines:
        return _folded(lines)
    place = countries.postcode_place(country)
    if place == "apart" and len(lines) < MOST_LINES - 2:
        return _folded((*lines, code))
    town = f"{code} {lines[-1]}" if place == "before" else f"{lines[-1]} {code}"
    return _folded((*lines[:-1], town))


def _folded(lines: Sequence[str]) -> tuple[str, ...]:
    """Break lines that are too long for the window into two, as long as there is room."""
    found: list[str] = []
    for left, line in zip(range(len(lines) - 1, -1, -1), lines, strict=True):
        found.append(line)
        while width_mm(found[-1]) > WINDOW_WIDTH_MM and len(found) + left < MOST_LINES - 2:
            cut = _cut(found[-1])
            if not cut:
                break
            found[-1:] = cut
    return tuple(found)


def _cut(line: str) -> list[str]:
    """Cut a line in two where it fits: after a comma, or else after a word."""
    spaces = [at for at, char in enumerate(line) if char == " "]
    fit = [at for at in spaces if width_mm(line[:at]) <= WINDOW_WIDTH_MM]
    best = [at for at in fit if line[at - 1] == ","] or fit
    return [line[: best[-1]].rstrip(","), line[best[-1] + 1 :]] if best else []


def _lines_problem(lines: tuple[str, ...], *, is_read: bool) -> str | None:
    most = MOST_LINES - 2
    if len(lines) < FEWEST_LINES - 2:
        return "Enter the address: at least the house and street, or the town"
    if len(lines) > most:
        return f"Use at most {most} address lines besides the name and postcode"
    return next(_problems_of(lines, is_read=is_read), None)


def _problems_of(lines: tuple[str, ...], *, is_read: bool) -> Iterator[str]:
    for number, line in enumerate(lines, 1):
        if problem := _line_problem(line, f"line {number}", is_read=is_read):
            yield problem


def _line_problem(line: str, place: str, *, is_read: bool) -> str | None:
    if not any(letter.isalnum() for letter in line):
        return f"{place.capitalize()} has no letters or numbers in it"
    if is_read:
        return None
    if begins_oddly(line):
        return f"{place.capitalize()} must start with a letter or a number"
    if says_no_address(line):
        return f"{place.capitalize()} is not somewhere a letter can be delivered"
    return None
