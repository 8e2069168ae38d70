"""Addresses abroad: whether two are in two countries, and whether one stands in another. Pure."""

from __future__ import annotations

import re
from typing import Final

from rapidfuzz import fuzz

from vcs.victims.places import postcodes
from vcs.victims.places.reading import Place

_LONG: Final = 5
"""How many letters a word has that is no word for a street."""

_POSTCODE: Final = 5
"""How many digits a number has that is no house."""

_ALIKE: Final = 85
"""In hundredths, how far the words must agree."""


def one_holds_the_other(one: frozenset[str], other: frozenset[str]) -> bool:
    """Say whether all numbers of one address stand in the other, and their words are alike."""
    (here, named), (there, beside) = _apart(one), _apart(other)
    if not (here <= there or there <= here):
        return False
    # A town has a name in each language; a house and a postcode are written alike in all.
    if here == there and len(here) > 1 and any(len(word) >= _LONG for word in named & beside):
        return True
    if here and _without_spaces(named, beside):
        return True
    return fuzz.token_set_ratio(" ".join(sorted(named)), " ".join(sorted(beside))) >= _ALIKE


def _apart(tokens: frozenset[str]) -> tuple[set[str], set[str]]:
    """Return the numbers and the words: "5 m. 7", "5/7" and "2.ºB" are joined in many ways.

    A long number is a postcode, which people leave out.
    """
    text = " ".join(tokens)
    numbers = {one for one in re.findall(r"\d+", text) if len(one) < _POSTCODE}
    return numbers, set(re.findall(r"[^\W\d_]+", text))


def _without_spaces(named: set[str], beside: set[str]) -> bool:
    """Say whether one address in a script without spaces stands in the other, in any order."""
    here, there = (set("".join(one)) for one in (named, beside))
    few, many = sorted((here, there), key=len)
    return any("\u2e80" <= one <= "\uffdc" for one in few) and few <= many


def are_two_countries(one: Place, other: Place) -> bool:
    """Say whether two places, at least one of them abroad, are in two countries for certain."""
    if one.country and other.country:
        return one.country != other.country
    abroad, home = (one, other) if one.country else (other, one)
    # People write "Belfast, Ireland": the island has a part that is ours.
    is_one_island = abroad.country == "IE" and home.postcode.startswith("BT")
    return postcodes.is_ours(home.postcode) and not is_one_island
