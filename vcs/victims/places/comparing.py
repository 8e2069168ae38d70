"""Whether two addresses are one place. Pure, without network.

``SAME``: two spellings of one door; nothing of any weight speaks against it.
``PERHAPS``: it may be one door. Something that would tell is left out on one side (the flat, the
house number, the postcode), or is written in two ways that a slip explains (two digits that
changed places, another postcode, another word for the street), or the house goes by a name here
and by a number there. A person must look.
``DIFFERENT``: a door, a street or a town says otherwise, on both sides. Neighbours are different:
another house number, or another flat of one house.

A wrong ``DIFFERENT`` can lead an offender to his victim, so it is never given because something
is not known. A wrong ``PERHAPS`` costs a manager some minutes, and too many hide the real ones.

Within one postcode, about fifteen doors, the door alone decides: a street may be misspelt. With
no postcode, or with two, house and street must fit and the towns must not speak against it.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from typing import Final

from rapidfuzz.distance import OSA

from vcs.victims.places import postcodes
from vcs.victims.places.abroad import are_two_countries, one_holds_the_other
from vcs.victims.places.door_fit import Fit, fit
from vcs.victims.places.doors import Door
from vcs.victims.places.postcodes import Postcodes
from vcs.victims.places.reading import Place, read_place
from vcs.victims.places.words import (
    BUILDINGS,
    COUNTIES,
    GENERIC,
    NO_TOWN,
    POST_TOWNS,
    STREET_TYPES,
    any_alike,
)

Address = tuple[Sequence[str], str]
"""Lines, and the postcode."""

_CLOSE: Final = 0.8
_NOT_FAR: Final = 0.7
_SHORTEST_CUT: Final = 6
_SHORT_NAME: Final = 5
_WELSH_STREET: Final = 3  # words of a street with an article


class Sameness(StrEnum):
    """What a comparison of two addresses says."""

    SAME = "same"
    PERHAPS = "perhaps"
    DIFFERENT = "different"


def compare(one: Address, other: Address) -> Sameness:
    """Say whether two addresses, each lines and postcode, are one place."""
    return compare_places(read_place(*one), read_place(*other))


def compare_places(one: Place, other: Place) -> Sameness:
    """Say whether two addresses that were read are one place: tens of microseconds.

    Reading takes longer than comparing, so an address that meets many is read once.
    """
    if one.is_nowhere or other.is_nowhere:
        return Sameness.DIFFERENT
    if postcodes.may_be_one_of_forces(one.postcode, other.postcode):
        return Sameness.PERHAPS
    if one.country or other.country:
        return _abroad(one, other)
    return _compared(one, other)


def _abroad(one: Place, other: Place) -> Sameness:
    """Compare where one is abroad: houses and flats are numbered there in ways we do not know.

    So what our own ways call two doors is *perhaps* one where the words are alike and all the
    numbers of one stand in the other; neighbours each have a number of their own.
    """
    if are_two_countries(one, other):
        return Sameness.DIFFERENT
    found = _compared(one, other)
    if found is Sameness.DIFFERENT and one_holds_the_other(one.tokens, other.tokens):
        return Sameness.PERHAPS
    return found


def _compared(one: Place, other: Place) -> Sameness:
    codes = postcodes.compared(one.postcode, other.postcode)
    if one.po_box or other.po_box:
        return _boxes(one, other, codes)
    house, inside = _door_fit(one, other)
    if Fit.DIFFERS in (house, inside):
        return Sameness.DIFFERENT
    street = _streets_fit(one, other)
    if codes is Postcodes.EQUAL:
        return _in_one_postcode(house, inside, street)
    if street is Fit.DIFFERS or _say_little(one, other):
        return Sameness.DIFFERENT
    return _elsewhere(one, other, (house, inside, street), codes)


def _boxes(one: Place, other: Place, codes: Postcodes) -> Sameness:
    if one.po_box and other.po_box:
        is_one = one.po_box == other.po_box and codes is not Postcodes.OTHER
        return Sameness.SAME if is_one else Sameness.DIFFERENT
    return Sameness.PERHAPS if codes is Postcodes.EQUAL else Sameness.DIFFERENT


def _in_one_postcode(house: Fit, inside: Fit, street: Fit) -> Sameness:
    certain = house is Fit.EQUAL and inside is Fit.EQUAL
    return Sameness.SAME if certain and street is not Fit.DIFFERS else Sameness.PERHAPS


def _elsewhere(one: Place, other: Place, fits: tuple[Fit, Fit, Fit], codes: Postcodes) -> Sameness:
    """Compare where the postcode does not bind them: one is missing, or they are two."""
    house, inside, street = fits
    towns = _towns_fit(one, other)
    if towns is Fit.DIFFERS and (
        codes in (Postcodes.OTHER, Postcodes.AREA) or _are_known_apart(one, other)
    ):
        return Sameness.DIFFERENT
    if codes is Postcodes.OTHER and (Fit.OPEN in (house, towns) or street is Fit.NEAR):
        return Sameness.DIFFERENT
    if codes in (Postcodes.OTHER, Postcodes.AREA) and _only_names_are_near(one, other, house):
        return Sameness.DIFFERENT
    if codes is Postcodes.AREA and (house is Fit.OPEN or street is Fit.NEAR):
        return Sameness.DIFFERENT
    fitting = (house, inside, street, towns)
    is_same = codes in (Postcodes.MISSING, Postcodes.NEAR) and set(fitting) == {Fit.EQUAL}
    return Sameness.SAME if is_same else Sameness.PERHAPS


def _only_names_are_near(one: Place, other: Place, house: Fit) -> bool:
    return house is Fit.NEAR and not (one.has_house and other.has_house)


def _say_little(one: Place, other: Place) -> bool:
    """Say whether one is no more than a town, which is the address of nobody."""
    return any(not this.has_house and not this.street for this in (one, other)) and not max(
        _name_in(one.building, other), _name_in(other.building, one)
    )


# ---- the door ----


def _door_fit(one: Place, other: Place) -> tuple[Fit, Fit]:
    """Return how the doors fit, the likeliest way to read both: the house, what is inside it."""
    pairs = [_one_door(here, there, one, other) for here in one.doors for there in other.doors]
    house, inside = max(pairs, key=lambda pair: (min(pair), *pair))
    if house in (Fit.OPEN, Fit.EQUAL):
        named = _names_fit(one, other)
        # One number in two houses of different names: one of them may be a flat.
        house = named if house is Fit.OPEN else _with_name(house, named, one, other)
    return house, inside


def _with_name(house: Fit, named: Fit, one: Place, other: Place) -> Fit:
    """Return how two houses of one number fit, by their names.

    "2 Rose Court" and "2 Ivy Court" are two; a house with a number may have lost its name.
    """
    if named is not Fit.DIFFERS:
        return house
    number_of_name = all(any(door.only_flat for door in place.doors) for place in (one, other))
    return Fit.DIFFERS if number_of_name else Fit.NEAR


def _one_door(here: Door, there: Door, one: Place, other: Place) -> tuple[Fit, Fit]:
    for flat, house, place in ((here, there, one), (there, here, other)):
        # "Flat 3, Rose Court" beside "2 Rose Court": the flat is all the number there is.
        if flat.only_flat and house.house and not house.flats and _is_a_block(place):
            same = flat.flats == {str(house.house[0])}
            return (Fit.OPEN if same else Fit.DIFFERS), Fit.EQUAL
        # "Flat 12, Rose Court, 20 High Street" beside "12 Rose Court": the flat goes before.
        is_block = flat.house and house.house and not house.flats and _is_a_block(place)
        if is_block and house.house and flat.flats == {str(house.house[0])}:
            return Fit.OPEN, Fit.EQUAL
    return fit(here, there)


def _is_a_block(place: Place) -> bool:
    last = (place.building or place.street)[-1:]
    return bool(last) and last[0] in BUILDINGS


def _names_fit(one: Place, other: Place) -> Fit:
    """Compare houses by their names."""
    named = max(_name_in(one.building, other), _name_in(other.building, one))
    both_named = one.building and other.building
    return named if both_named or named is not Fit.DIFFERS else Fit.OPEN


def _name_in(name: Sequence[str], place: Place) -> Fit:
    """Say how a house's name stands before the towns of another address."""
    own = [one for one in name if one not in GENERIC] or name
    if not name:
        return Fit.DIFFERS
    if not place.building:
        there = place.street or place.all_words
        return max(_words_in(name, there), min(Fit.NEAR, _words_in(own, there)))
    found = _words_in(own, place.building)
    if found is Fit.DIFFERS and any(word in place.building for word in own):
        found = Fit.NEAR
    return max(found, _words_in(name, place.street)) if place.street else found


def _words_in(name: Sequence[str], there: Sequence[str]) -> Fit:
    """Say whether all words stand there; short ones that are only alike may be two names."""
    if not all(any_alike((word,), there) for word in name):
        initials = "".join(word[0] for word in name)
        return Fit.NEAR if len(initials) > 1 and initials in there else Fit.DIFFERS
    certain = all(word in there or len(word) > _SHORT_NAME for word in name)
    return Fit.EQUAL if certain else Fit.NEAR


# ---- the street and the town ----


def _streets_fit(one: Place, other: Place) -> Fit:
    """Say how the streets fit: ``OPEN`` where one is misspelt, ``NEAR`` where only a part fits."""
    if one.street and other.street:
        found = _stands_in(one.street, other.all_words)
        return max(found, _stands_in(other.street, one.all_words), _in_welsh(one, other))
    named, beside = (one.street, other) if one.street else (other.street, one)
    return max(Fit.OPEN, _stands_in(named, beside.all_words)) if named else Fit.OPEN


def _in_welsh(one: Place, other: Place) -> Fit:
    """Compare two streets as they are spelt: a misspelt Welsh name has no English one."""
    if one.as_spelt == one.all_words and other.as_spelt == other.all_words:
        return Fit.DIFFERS
    here, there = ("".join(place.as_spelt[:_WELSH_STREET]) for place in (one, other))
    close = max(_closeness(here, there), _closeness(there, here)) >= _CLOSE
    return Fit.NEAR if close else Fit.DIFFERS


def _stands_in(street: Sequence[str], beside: Sequence[str]) -> Fit:
    """Say how a street stands among the words of another address."""
    if _is_run(street, beside):
        return Fit.EQUAL
    name, whole = "".join(_name_of(street)), "".join(street)
    whole_fits = max(_closeness(whole, run) for run in _runs(street, beside))
    name_fits = max(_closeness(name, run) for run in _runs(_name_of(street), beside))
    slip = 1 - 1 / max(len(whole), 1)
    if whole_fits >= slip or (whole_fits >= _CLOSE and name_fits >= _CLOSE):
        return Fit.OPEN
    return Fit.NEAR if whole_fits >= _NOT_FAR or name_fits >= _CLOSE else Fit.DIFFERS


def _closeness(one: str, other: str) -> float:
    if len(other) >= _SHORTEST_CUT and one.startswith(other):
        return _CLOSE  # a column was too narrow for the rest
    return OSA.normalized_similarity(one, other)


def _name_of(street: Sequence[str]) -> Sequence[str]:
    return street[:-1] if street[-1] in STREET_TYPES or street[-1] == "*" else street


def _is_run(street: Sequence[str], beside: Sequence[str]) -> bool:
    return f" {' '.join(street)} " in f" {' '.join(beside)} "


def _runs(street: Sequence[str], beside: Sequence[str]) -> list[str]:
    sizes = range(max(1, len(street) - 1), len(street) + 2)
    runs = ["".join(beside[at : at + n]) for n in sizes for at in range(len(beside) - n + 1)]
    return runs or ["".join(beside)]


def _towns_fit(one: Place, other: Place) -> Fit:
    needles = (*one.street, *other.street)
    here = [word for word in _after_street(one) if word not in needles]
    there = [word for word in _after_street(other) if word not in needles]
    if not here or not there:
        return Fit.OPEN
    return Fit.EQUAL if any_alike(here, there) else Fit.DIFFERS


def _are_known_apart(one: Place, other: Place) -> bool:
    """Say whether both name a post town, or a county, and these are two.

    Two villages may be one place: one of them may be the post town that serves the other.
    """
    for known in (POST_TOWNS, COUNTIES):
        here, there = known & {*one.towns}, known & {*other.towns}
        if here and there and not here & {*other.all_words} and not there & {*one.all_words}:
            return True
    return False


def _after_street(place: Place) -> list[str]:
    found = place.towns or place.street if place.street else place.all_words
    return [word for word in found if word not in NO_TOWN and len(word) > 2]
