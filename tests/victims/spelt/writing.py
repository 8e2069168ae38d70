"""One delivery point as people and other systems write it.

The layout follows the formatting rules of PAF and ISO 19160-4; the errors are those of keyboards
(the package ``typo``), scanners, spreadsheets and columns of 35 characters.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Callable
from dataclasses import replace
from random import Random

from typo import StrErrer

from tests.victims.spelt.delivery import Delivery

Written = tuple[tuple[str, ...], str]
"""Lines, and the postcode."""

# Royal Mail's thoroughfare descriptors with their approved abbreviations, and what people write.
DESCRIPTORS = {
    "Road": ("Rd", "Rd.", "RD"), "Street": ("St", "St.", "Str"), "Avenue": ("Ave", "Av", "Ave."),
    "Lane": ("Ln", "Ln."), "Close": ("Cl", "Cl."), "Crescent": ("Cres", "Cresc", "Cres."),
    "Drive": ("Dr", "Dr."), "Gardens": ("Gdns", "Gdns."), "Court": ("Ct", "Crt"),
    "House": ("Hse", "Ho."), "Square": ("Sq", "Sq."), "Terrace": ("Ter", "Terr", "Terr."),
    "Place": ("Pl", "Pl."), "Grove": ("Gr", "Gro", "Grv"), "Walk": ("Wk", "Wlk"), "Park": ("Pk",),
    "Mount": ("Mt", "Mt."), "Parade": ("Pde",), "Cottage": ("Cott", "Ctg"), "Lodge": ("Ldg",),
    "St": ("Saint", "St."), "St.": ("Saint", "St"), "Saint": ("St", "St."), "Upper": ("Upr",),
    "North": ("N", "Nth"), "Apartments": ("Apts",), "Mansions": ("Mans",),
}  # fmt: skip
WELSH_NAMES = {
    "Cardiff": "Caerdydd",
    "Swansea": "Abertawe",
    "Newport": "Casnewydd",
    "Wrexham": "Wrecsam",
}
LOOK_ALIKE = {"o": "0", "l": "1", "O": "0", "I": "1"}
KINDS = {
    "Flat": ("Flat", "Apartment", "Apt", "flat no.", "Fflat"),
    "Apartment": ("Apt", "Flat", "Apartment"),
}
FLOORS = {
    "Ground Floor Flat": ("GFF", "Ground Floor", "Gnd Flr Flat", "Grd Floor Flat", "ground flr"),
    "First Floor": ("1st Floor", "FFF", "First Floor Flat", "1st Flr", "1st floor flat"),
    "Second Floor Flat": ("2nd Floor Flat", "SFF", "2nd Flr Flat", "Second Floor"),
    "Basement Flat": ("Basement", "BFF", "Bsmt Flat", "Basement Flt"),
    "First Floor Flat": ("1st Floor Flat", "FFF"),
    "Third Floor Flat": ("3rd Floor Flat", "Third Floor"),
}


class Writer:
    """Writes addresses, the same for the same seed."""

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)  # noqa: S311

    def plainly(self, one: Delivery) -> Written:
        """Write an address as PAF's rules put it."""
        return tuple(
            line for line in (*self._premise(one, self._sub(one)), *_towns(one)) if line
        ), one.postcode

    def anyhow(self, one: Delivery, errors: int = 2) -> Written:
        """Write an address in one of its many ways, with some errors in it."""
        told = self._left_out(one)
        lines: list[str] = [
            line for line in (*self._premise(told, self._any_sub(told)), *_towns(told)) if line
        ]
        code = one.postcode
        habits: list[Callable[[list[str], str], tuple[list[str], str]]] = [
            self._abbreviated, self._mistyped, self._scanned, self._code_changed, self._one_line,
            self._capitals, self._small, self._signs, self._care_of, self._country, self._cut,
            self._empty_lines, self._spaces, self._code_in_line, self._welsh, self._abbreviated,
        ]  # fmt: skip
        for habit in self.random.sample(habits, self.random.randint(0, errors)):
            lines, code = habit(lines, code)
        return tuple(lines), code

    def _premise(self, one: Delivery, sub: str) -> list[str]:
        street = [one.dependent_thoroughfare, one.thoroughfare]
        street = [line for line in street if line]
        top = [one.organisation]
        if one.number:
            street[0] = f"{one.number} {street[0]}"
        if sub.startswith("="):  # "2/14", written in place of the number
            street[0] = street[0].replace(one.number, sub[1:], 1)
            return [*top, one.building, *street]
        return [*top, sub, one.building, *street]

    def _sub(self, one: Delivery) -> str:
        return one.sub_building

    def _any_sub(self, one: Delivery) -> str:
        if one.sub_building in FLOORS:
            return self.random.choice((one.sub_building, *FLOORS[one.sub_building]))
        kind, _, name = one.sub_building.partition(" ")
        if not name:
            return ""
        ways = [f"{word} {name}" for word in KINDS.get(kind, (kind,))]
        if one.number and "-" not in one.number and name.isdigit():
            ways += [
                f"={name}/{one.number}",
                f"={one.number}/{name}",
                f"={one.number} Flat {name}",
                f"={name}, {one.number}",
            ]
        elif one.number and "-" not in one.number:
            ways += [
                f"={one.number}{name}",
                f"={one.number} {name.lower()}",
                f"={one.number} Flat {name}",
            ]
        elif one.building:
            ways += [f"{name}", f"No. {name}", f"{kind}{name}"]
        return self.random.choice(ways)

    def _left_out(self, one: Delivery) -> Delivery:
        dice = self.random.random()
        if one.building and one.number and dice < 0.5:
            one = replace(one, building="")
        if dice < 0.3:
            one = replace(one, county="")
        elif dice < 0.4 and one.dependent_locality:
            one = replace(one, post_town="", county="")
        elif dice < 0.5:
            one = replace(one, dependent_locality="", double_dependent_locality="")
        elif dice < 0.56:
            one = replace(
                one, county="", post_town="", dependent_locality="", double_dependent_locality=""
            )
        return replace(one, organisation="" if dice < 0.7 else one.organisation)

    def _abbreviated(self, lines: list[str], code: str) -> tuple[list[str], str]:
        def shortened(line: str) -> str:
            words = line.split(" ")
            return " ".join(self.random.choice(DESCRIPTORS.get(word, (word,))) for word in words)

        return [shortened(line) for line in lines], code

    def _mistyped(self, lines: list[str], code: str) -> tuple[list[str], str]:
        words = [
            (at, word)
            for at, line in enumerate(lines)
            for word in line.split()
            if len(word) > 4 and word.isalpha()
        ]
        if not words:
            return lines, code
        at, word = self.random.choice(words)
        slip = StrErrer(word, seed=self.random.randrange(10**6))
        how = self.random.choice(
            ("char_swap", "missing_char", "extra_char", "nearby_char", "repeated_char")
        )
        wrong = str(getattr(slip, how)().result)
        return [
            line.replace(word, wrong) if n == at else line for n, line in enumerate(lines)
        ], code

    def _scanned(self, lines: list[str], code: str) -> tuple[list[str], str]:
        def misread(found: re.Match[str]) -> str:
            return "".join(
                LOOK_ALIKE.get(c, c) if 0 < at < len(found[0]) - 1 else c
                for at, c in enumerate(found[0])
            )

        at = self.random.randrange(len(lines))
        lines = [
            re.sub(r"[A-Za-z]{5,}", misread, line, count=1) if n == at else line
            for n, line in enumerate(lines)
        ]
        return lines, code.replace("0", "O").replace("1", "I")

    def _code_changed(self, lines: list[str], code: str) -> tuple[list[str], str]:
        if not code.strip():
            return lines, code
        last = self.random.choice([c for c in "ABDEFGHJLN" if c != code[-1]])
        swapped = code[:-2] + code[-1] + code[-2]
        return lines, self.random.choice(
            ("", "", code.lower(), code.replace(" ", ""), code[:-1] + last, swapped)
        )

    def _code_in_line(self, lines: list[str], code: str) -> tuple[list[str], str]:
        return [*lines[:-1], f"{lines[-1]} {code}"], ""

    def _one_line(self, lines: list[str], code: str) -> tuple[list[str], str]:
        return [self.random.choice((", ", ",", " ")).join(lines)], code

    def _capitals(self, lines: list[str], code: str) -> tuple[list[str], str]:
        return [line.upper() for line in lines], code.upper()

    def _small(self, lines: list[str], code: str) -> tuple[list[str], str]:
        return [line.lower() for line in lines], code.lower()

    def _signs(self, lines: list[str], code: str) -> tuple[list[str], str]:
        change = self.random.choice(
            (("'", ""), ("'", "’"), ("-", " "), (" ", "  "), ("ô", "o"), ("", ""))
        )
        return [line.replace(*change) if change[0] else line + "." for line in lines], code

    def _care_of(self, lines: list[str], code: str) -> tuple[list[str], str]:
        return [
            self.random.choice(("c/o Mr J Bloggs", "C/O Jo Bloggs", "care of Jo Bloggs")),
            *lines,
        ], code

    def _country(self, lines: list[str], code: str) -> tuple[list[str], str]:
        return [
            *lines,
            self.random.choice(("UK", "United Kingdom", "England", "WALES", "U.K.")),
        ], code

    def _cut(self, lines: list[str], code: str) -> tuple[list[str], str]:
        return [line[:35] for line in lines], code

    def _empty_lines(self, lines: list[str], code: str) -> tuple[list[str], str]:
        return [part for line in lines for part in (line, "")], f" {code} "

    def _spaces(self, lines: list[str], code: str) -> tuple[list[str], str]:
        return [part for line in lines for part in textwrap.wrap(line, 40)], code

    def _welsh(self, lines: list[str], code: str) -> tuple[list[str], str]:
        return [WELSH_NAMES.get(line, line) for line in lines], code


def _towns(one: Delivery) -> tuple[str, ...]:
    return (one.double_dependent_locality, one.dependent_locality, one.post_town, one.county)
