"""Made-up houses, spelt as people and courts spell them."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random
from typing import Final

Spelt = tuple[tuple[str, ...], str]
"""The lines of an address, and its postcode."""

_STREETS: Final = ("Pretend Road", "Made Up Lane", "Quiet Row", "Old Mill Lane", "Refuge Close")

_SHORT: Final = {"Road": "Rd", "Lane": "Ln", "Close": "Cl"}

_TOWNS: Final = ("Nowhereby", "Falsewick")


@dataclass(frozen=True, slots=True)
class House:
    """One house: two of them that are equal are one place."""

    number: int
    street: str
    town: str

    @property
    def postcode(self) -> str:
        """Return the postcode of the street in its town."""
        return f"LS{_TOWNS.index(self.town) + 1} {_STREETS.index(self.street) + 1}ZA"


def a_house(rng: Random) -> House:
    return House(rng.randrange(1, 30), rng.choice(_STREETS), rng.choice(_TOWNS))


def plainly(house: House) -> Spelt:
    """Return an address as an officer enters it."""
    return (f"{house.number} {house.street}", house.town), house.postcode


def spelt(house: House, rng: Random) -> Spelt:
    """Return the same place as another party spells it."""
    street = house.street
    if rng.random() < 0.3:
        for word, short in _SHORT.items():
            street = street.replace(word, short)
    first = f"{house.number} {street}"
    inside = rng.choice(("", "", "", "Flat 2, ", "First Floor, ", "Rear of ", "Room 3, "))
    if inside == "" and rng.random() < 0.1:
        first = f"{house.number}A {street}"
    lines = [f"{inside}{first}", house.town]
    if rng.random() < 0.2:
        lines = [", ".join(lines)]
    if rng.random() < 0.2:
        lines = [line.upper() for line in lines]
    code = rng.choice((house.postcode, house.postcode.replace(" ", ""), house.postcode.lower(), ""))
    return tuple(lines), code
