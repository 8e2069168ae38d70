"""How two houses fit by their names, in English or Welsh. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from vcs.victims.places.door_fit import Fit
from vcs.victims.places.reading import Place
from vcs.victims.places.words import BUILDINGS, alike, any_alike, of_a_house

_SHORT_NAME: Final = 5


def names_fit(one: Place, other: Place) -> Fit:
    """Compare houses by their names."""
    named = max(name_in(one.building, other), name_in(other.building, one))
    if named is Fit.DIFFERS and not (one.building and other.building):
        return Fit.OPEN
    return named


def name_in(name: Sequence[str], place: Place) -> Fit:
    """Say how a house's name stands before the towns of another address."""
    if not name:
        return Fit.DIFFERS
    own = of_a_house(name)
    if not place.building:
        there = place.street or place.all_words
        return max(_words_in(name, there), min(Fit.NEAR, _words_in(own, there)))
    found = _words_in(own, of_a_house(place.building))
    if found is Fit.DIFFERS and any(word in place.building for word in own):
        found = Fit.NEAR
    if found is Fit.DIFFERS and alike(_joined(name), _joined(place.building)):
        found = Fit.NEAR
    if found is Fit.EQUAL and _are_two_kinds(name, place.building):
        found = Fit.NEAR
    return max(found, _words_in(name, place.street)) if place.street else found


def _joined(name: Sequence[str]) -> str:
    return "".join(word for word in name if word != "the")


def _are_two_kinds(one: Sequence[str], other: Sequence[str]) -> bool:
    """Say whether both say what kind of house it is, and not the same: "Rose Cottage", "House"."""
    return one[-1] != other[-1] and {one[-1], other[-1]} <= BUILDINGS


def _words_in(name: Sequence[str], there: Sequence[str]) -> Fit:
    """Say whether all words stand there; short ones that are only alike may be two names."""
    if not all(any_alike((word,), there) for word in name):
        initials = "".join(word[0] for word in name)
        return Fit.NEAR if len(initials) > 1 and initials in there else Fit.DIFFERS
    certain = all(word in there or len(word) > _SHORT_NAME for word in name)
    return Fit.EQUAL if certain else Fit.NEAR
