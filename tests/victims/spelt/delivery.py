"""Addresses in the fields of Royal Mail's Postcode Address File, made up by Faker.

The shapes are PAF's: which of sub-building, building name, number, dependent thoroughfare and
localities an address has. Nothing here knows the comparer's words.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from random import Random

from faker import Faker


@dataclass(frozen=True)
class Delivery:
    """One delivery point, in PAF's fields; "" for a field that it does not have."""

    thoroughfare: str
    post_town: str
    county: str
    postcode: str
    number: str = ""
    building: str = ""
    sub_building: str = ""
    dependent_thoroughfare: str = ""
    dependent_locality: str = ""
    double_dependent_locality: str = ""
    organisation: str = ""


# As the street gazetteers of councils hold them (BS 7666), and no list of the comparer's.
STREETS = (
    "High Street", "Church Lane", "St Mary's Road", "The Avenue", "The Green", "Station Road",
    "Mill Hill Lane", "King's Crescent", "Queen Elizabeth Drive", "Old Mill Lane", "Park Road",
    "St. John's Terrace", "Upper Church Street", "North Parade", "Second Avenue",
    "Rosebery Gardens", "Beech Close", "Elm Grove", "Albert Square", "Victoria Place",
    "Mount Pleasant", "Cheapside", "Kingsway", "Broadway", "Heol y Parc", "Stryd Fawr",
    "Ffordd yr Orsaf", "Lôn y Felin", "Rhodfa'r Môr", "Bishop's Walk", "Saint Paul's Mews",
    "Long Meadow Way", "Hollybush Rise", "Quarry Bank", "Castle View", "Tŷ Gwyn Road", "Well Court",
    "Orchard Row", "Fairfield Crescent",
)  # fmt: skip
HOUSES = (
    "Rose Cottage", "The Old Rectory", "Ivy House", "Sunnyside", "Fairview", "Mill House",
    "The Laurels", "Orchard Lodge", "Bryn Awel", "Hillcrest", "Oakleigh", "The Coach House",
    "Primrose Cottage", "Lindisfarne", "Greenacres", "Yew Tree Farm", "Ty Newydd", "Woodlands",
    "Stonecroft", "Bay View",
)  # fmt: skip
BLOCKS = (
    "Ridley Court", "Montgomery House", "Ashdown Tower", "Wilberforce Mansions", "Harcourt Lodge",
    "Kestrel Point", "Nightingale Apartments", "Jubilee Heights", "Canterbury Chambers",
)  # fmt: skip
TOWNS = (
    "Cardiff", "Swansea", "Newport", "Leeds", "York", "Bury St Edmunds", "Stoke-on-Trent", "Otley",
    "Kingston upon Hull", "Chester-le-Street", "Wrexham", "Bradford", "Welwyn Garden City", "Hove",
)  # fmt: skip
LETTERS = "ABCDEFGH"


class Deliveries:
    """Makes addresses, the same for the same seed."""

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)  # noqa: S311
        self._faker = Faker("en_GB")
        self._faker.seed_instance(seed)

    def some(self, count: int) -> list[Delivery]:
        shapes = (self._house, self._house, self._named, self._flat, self._converted, self._block)
        return [shapes[at % len(shapes)]() for at in range(count)]

    def street(self) -> str:
        made_up = self._faker.street_name()
        return made_up if self.random.random() < 0.4 else self.random.choice(STREETS)

    def town(self) -> str:
        return self._faker.city() if self.random.random() < 0.5 else self.random.choice(TOWNS)

    def postcode(self) -> str:
        return self._faker.postcode()

    def _place(self) -> Delivery:
        village = self._faker.city() if self.random.random() < 0.4 else ""
        return Delivery(
            thoroughfare=self.street(),
            post_town=self.town(),
            county=self._faker.county(),
            postcode=self.postcode(),
            dependent_locality=village,
            double_dependent_locality=self._faker.city() if village and _one_in(self, 8) else "",
        )

    def _number(self) -> str:
        return str(self.random.randint(1, 160))

    def _house(self) -> Delivery:
        number = self._number()
        if _one_in(self, 10):
            number = f"{number}-{int(number) + 2}"
        return replace(
            self._place(),
            number=number,
            building=self.random.choice(HOUSES) if _one_in(self, 8) else "",
            organisation=self._faker.company() if _one_in(self, 20) else "",
            dependent_thoroughfare=f"{self._faker.last_name()} Mews" if _one_in(self, 15) else "",
        )

    def _named(self) -> Delivery:
        return replace(self._place(), building=self.random.choice(HOUSES))

    def _flat(self) -> Delivery:
        return replace(
            self._house(), sub_building=f"Flat {self.random.randint(1, 12)}", building=""
        )

    def _converted(self) -> Delivery:
        parts = ("Ground Floor Flat", "First Floor", "Basement Flat", "Second Floor Flat", "Flat")
        part = self.random.choice(parts)
        sub = f"Flat {self.random.choice(LETTERS)}" if part == "Flat" else part
        return replace(self._place(), number=self._number(), sub_building=sub)

    def _block(self) -> Delivery:
        kinds = ("Flat", "Apartment", "Unit", "Room", "Studio", "Maisonette")
        return replace(
            self._place(),
            sub_building=f"{self.random.choice(kinds)} {self.random.randint(1, 60)}",
            building=self.random.choice(BLOCKS),
            number=self._number() if _one_in(self, 3) else "",
        )


def neighbours(one: Delivery, made: Deliveries) -> Iterator[Delivery]:
    """Yield addresses of the same postcode that are another door."""
    yield from _next_houses(one)
    yield from _next_flats(one)
    if not one.number:
        yield from _other_names(one, made)


def _next_houses(one: Delivery) -> Iterator[Delivery]:
    if one.number:
        first, last = int(one.number.split("-")[0]), int(one.number.split("-")[-1])
        for number in (first - 2, last + 1, last + 2, last + 4, last + 12):
            if number > 0:
                yield replace(one, number=str(number), building="")


def _next_flats(one: Delivery) -> Iterator[Delivery]:
    kind, _, name = one.sub_building.partition(" ")
    if name.isdigit():
        others = [f"{kind} {int(name) + step}" for step in (1, 2, 5)]
    elif len(name) == 1:
        others = [f"{kind} {chr(ord(name) + 1)}"]
    else:
        floors = ("Ground Floor Flat", "First Floor Flat", "Second Floor Flat", "Third Floor Flat")
        others = [floor for floor in floors if name and floor.split()[0] != kind]
    yield from (replace(one, sub_building=other) for other in others)


def _other_names(one: Delivery, made: Deliveries) -> Iterator[Delivery]:
    names = HOUSES if one.building in HOUSES else BLOCKS
    for other in made.random.sample(names, 4):
        if other != one.building:
            yield replace(one, building=other)


def others(one: Delivery, made: Deliveries) -> Iterator[Delivery]:
    """Yield addresses elsewhere that have much in common with one."""
    here = replace(one, building=_other_house(one), dependent_thoroughfare="")
    far = {"post_town": made.town(), "postcode": made.postcode(), "county": made._faker.county()}
    if far["post_town"] != one.post_town and far["county"] != one.county:
        gone = {"dependent_locality": "", "double_dependent_locality": ""}
        yield replace(here, **far, **gone)  # the same street and door in another town
    name, _, kind = one.thoroughfare.rpartition(" ")
    if name:
        other = f"{made._faker.last_name()} {kind}"
        yield replace(here, thoroughfare=other, postcode=made.postcode())
    street = made.street()
    if street != one.thoroughfare:
        yield replace(here, thoroughfare=street, postcode=made.postcode())
    yield from made.some(2)


def _other_house(one: Delivery) -> str:
    names = HOUSES if one.building in HOUSES else BLOCKS
    return names[(names.index(one.building) + 3) % len(names)] if one.building else ""


def _one_in(made: Deliveries, times: int) -> bool:
    return made.random.randrange(times) == 0
