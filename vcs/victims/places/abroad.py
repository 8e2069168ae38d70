"""Addresses abroad: whether two are in two countries, and whether one stands in another. Pure."""

from __future__ import annotations

from typing import Final

from rapidfuzz import fuzz

from vcs.victims.places import postcodes
from vcs.victims.places.reading import Place

_LONG: Final = 5
"""How many letters a word has that is no word for a street."""

_ALIKE: Final = 85
"""In hundredths, how far the words must agree."""


def one_holds_the_other(one: frozenset[str], other: frozenset[str]) -> bool:
    """Say whether all numbers of one address stand in the other, and their words are alike."""
    numbers = [{word for word in words if any(map(str.isdigit, word))} for words in (one, other)]
    if not (numbers[0] <= numbers[1] or numbers[1] <= numbers[0]):
        return False
    named = [
        " ".join(sorted(words - one)) for words, one in zip((one, other), numbers, strict=True)
    ]
    is_one_door = numbers[0] == numbers[1] and len(numbers[0]) > 1
    # A town has a name in each language; a house and a postcode are written alike in all.
    if is_one_door and any(len(word) >= _LONG for word in (one & other) - numbers[0]):
        return True
    return fuzz.token_set_ratio(*named) >= _ALIKE


def are_two_countries(one: Place, other: Place) -> bool:
    """Say whether two places, at least one of them abroad, are in two countries for certain."""
    if one.country and other.country:
        return one.country != other.country
    abroad, home = (one, other) if one.country else (other, one)
    # People write "Belfast, Ireland": the island has a part that is ours.
    is_one_island = abroad.country == "IE" and home.postcode.startswith("BT")
    return postcodes.is_ours(home.postcode) and not is_one_island
