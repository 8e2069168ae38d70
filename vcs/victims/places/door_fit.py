"""How two doors fit: the houses, and what is inside them. Pure."""

from __future__ import annotations

import re
from enum import IntEnum

from vcs.victims.places.doors import AS_DIGIT, Door


class Fit(IntEnum):
    """How two parts of an address fit, the worst first."""

    DIFFERS = 0
    NEAR = 1
    OPEN = 2
    EQUAL = 3


def fit(one: Door, other: Door) -> tuple[Fit, Fit]:
    """Return how two doors fit: the house, and what is inside it."""
    inside = min(
        _flats_fit(one.flats, other.flats),
        _floors_fit(one.floor, other.floor),
        Fit.DIFFERS if one.side and other.side and one.side != other.side else Fit.EQUAL,
    )
    if inside is Fit.EQUAL and _knows_other(one, other):
        inside = Fit.OPEN
    return _houses_fit(one.house, other.house), inside


def _knows_other(one: Door, other: Door) -> bool:
    """Say whether one names its flat and the other does not, or names it in another way."""
    here = (bool(one.flats), bool(one.floor), bool(one.side))
    return here != (bool(other.flats), bool(other.floor), bool(other.side))


def _houses_fit(one: tuple[int, int] | None, other: tuple[int, int] | None) -> Fit:
    if one is None or other is None:
        return Fit.OPEN
    if one == other:
        return Fit.EQUAL
    if one[0] <= other[1] and other[0] <= one[1]:
        return Fit.NEAR
    return Fit.NEAR if _is_slip(str(one[0]), str(other[0])) else Fit.DIFFERS


def _is_slip(one: str, other: str) -> bool:
    """Say whether two digits changed places, or one of three or more was written twice."""
    if len(one) == len(other):
        pairs = [at for at in range(len(one)) if one[at] != other[at]]
        return (
            len(pairs) == 2
            and pairs[1] == pairs[0] + 1
            and one[pairs[0]] == other[pairs[1]]
            and one[pairs[1]] == other[pairs[0]]
        )
    short, long = sorted((one, other), key=len)
    doubled = {short[:at] + digit + short[at:] for at, digit in enumerate(short)}
    return len(long) >= 3 and long in doubled


def _flats_fit(one: frozenset[str], other: frozenset[str]) -> Fit:
    if not one or not other or one == other:
        return Fit.EQUAL
    if _in_one_form(one) == _in_one_form(other):
        return Fit.EQUAL
    if one < other or other < one:
        return Fit.OPEN
    here, there = _scanned(one), _scanned(other)
    if here == there or _is_nth_letter(one, other) or _is_nth_letter(other, one):
        return Fit.NEAR
    if len(one) == len(other) == 1 and _is_slip(*one, *other):
        return Fit.NEAR
    if any(len(name) == 5 for name in one ^ other):  # an annexe may have a number too
        return Fit.OPEN
    return Fit.DIFFERS


def _in_one_form(flats: frozenset[str]) -> str:
    """Return "2b" for 2B, B2, and 2 in B."""
    joined = "".join(sorted(flats))
    return "".join(sorted(c for c in joined if c.isdigit())) + re.sub(r"\d", "", joined)


def _scanned(flats: frozenset[str]) -> str:
    return "".join(sorted(one.translate(AS_DIGIT) for one in flats))


def _is_nth_letter(letters: frozenset[str], numbers: frozenset[str]) -> bool:
    """Say whether one house's A is the other's 1: people count flats in both ways."""
    return len(letters) == len(numbers) == 1 and all(
        letter.isalpha() and len(letter) == 1 and number == str(ord(letter) - ord("a") + 1)
        for letter, number in zip(letters, numbers, strict=True)
    )


def _floors_fit(one: str, other: str) -> Fit:
    if not one or not other or one == other:
        return Fit.EQUAL
    measured = all(re.fullmatch(r"-?\d+", floor) for floor in (one, other))
    return Fit.DIFFERS if measured else Fit.NEAR
