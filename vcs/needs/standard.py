"""The standard for asking about needs: fourteen items, in plain words, each with its dates.

No published list of items was found, so all of it is a proposal that awaits confirmation by
Probation. A changed item is a new row with a new version; the old row gets its last day, since
earlier answers were given to the earlier question.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from vcs.errors import NotFound

SOURCE: Final = "Proposed by this service: no published standard was found"

MARK: Final = "unconfirmed"


class ItemGroup(StrEnum):
    """Items that are asked about together, on one form."""

    SAFE = "safe"
    HELP = "help"
    OTHERS = "others"
    WISHES = "wishes"
    OFFENDER = "offender"
    ASKED = "asked"


GROUPS: Final[Mapping[ItemGroup, str]] = {
    ItemGroup.SAFE: "Safety, and how to reach them",
    ItemGroup.HELP: "Being understood, and what helps",
    ItemGroup.OTHERS: "Support, others affected, home",
    ItemGroup.WISHES: "What they want to be told and to say",
    ItemGroup.OFFENDER: "The offender and them",
    ItemGroup.ASKED: "What they asked us to do",
}


@dataclass(frozen=True, slots=True)
class Item:
    """One item of the standard.

    ``asked`` says who asks, and when. ``good`` says what an answer holds that somebody else can
    act on. ``applies_until`` None is open.
    """

    id: str
    number: int
    group: ItemGroup
    title: str
    question: str
    asked: str
    good: str
    version: int = 1
    applies_from: date = date(2001, 4, 1)
    applies_until: date | None = None
    source: str = SOURCE
    mark: str = MARK

    def applies(self, day: date) -> bool:
        """Say whether the item is part of the standard on a day."""
        return self.applies_from <= day <= (self.applies_until or day)


_VLO: Final = "The liaison officer, at the first conversation"
_BOTH: Final = "Witness care, with the referral; then the liaison officer"

ITEMS: Final[tuple[Item, ...]] = (
    Item(
        "safety",
        1,
        ItemGroup.SAFE,
        "Safety now",
        "Do you feel safe? Is there anyone who worries you?",
        _BOTH,
        "Who, what, since when, and who else knows",
    ),
    Item(
        "safe_ways",
        2,
        ItemGroup.SAFE,
        "Safe ways to reach them",
        "How and when may we reach you? What must we not do?",
        _BOTH,
        "By which way, at what times, in which words, and who may answer",
    ),
    Item(
        "understood",
        3,
        ItemGroup.HELP,
        "Being understood",
        "Which language or format suits you?",
        _BOTH,
        "Spoken and written language, an interpreter, help with reading",
    ),
    Item(
        "adjustments",
        4,
        ItemGroup.HELP,
        "Health and adjustments",
        "Is there anything about your health that we should plan for?",
        _VLO,
        "What helps, and no diagnosis",
    ),
    Item(
        "support",
        5,
        ItemGroup.OTHERS,
        "Support",
        "Who supports you? May we speak to them?",
        _VLO,
        "Name and role, whether we may speak to them, and until when",
    ),
    Item(
        "others",
        6,
        ItemGroup.OTHERS,
        "Others affected",
        "Is there anyone else whom we should think of?",
        _VLO,
        "Ages, and who has responsibility for a child: never the offender",
    ),
    Item(
        "told",
        7,
        ItemGroup.WISHES,
        "What to be told",
        "What do you want to know, and what not?",
        _VLO,
        "About which stages, and how much",
    ),
    Item(
        "release",
        8,
        ItemGroup.WISHES,
        "Views on release",
        "What should those who decide about release know?",
        "The liaison officer, and again 12 weeks before a release",
        "Their words, conditions, and places as they live in them",
    ),
    Item(
        "statement",
        9,
        ItemGroup.WISHES,
        "Personal statement",
        "Do you want to make a personal statement, or read one out?",
        "The liaison officer, and again at each review",
        "Whether it is wanted, how, and by when",
    ),
    Item(
        "hard_days",
        10,
        ItemGroup.WISHES,
        "Hard days",
        "Are there days on which we should not write?",
        _VLO,
        "The days of the year",
    ),
    Item(
        "offender",
        11,
        ItemGroup.OFFENDER,
        "The offender and them",
        "How do you know the offender? Has there been any contact since?",
        _VLO,
        "How they know each other, family court, orders, and whether one was broken",
    ),
    Item(
        "home",
        12,
        ItemGroup.OTHERS,
        "Home and money",
        "Has the crime changed where or how you live?",
        _VLO,
        "A move that is planned, and the help they ask for",
    ),
    Item(
        "asked",
        13,
        ItemGroup.ASKED,
        "What they asked",
        "What would you like us to do?",
        "The liaison officer, each time",
        "Their sentence, who does it, by when, and that they were told",
    ),
    Item(
        "could_not",
        14,
        ItemGroup.ASKED,
        "What we could not do",
        "Is there anything you asked for that we could not do?",
        "The liaison officer, each time",
        "What, why not, and which other help there is",
    ),
)


def items_on(day: date) -> tuple[Item, ...]:
    """Return the items of the standard on a day, in their order."""
    return tuple(item for item in ITEMS if item.applies(day))


def items_of(group: ItemGroup, day: date) -> tuple[Item, ...]:
    """Return the items that are asked about together."""
    return tuple(item for item in items_on(day) if item.group is group)


def item_named(item_id: str, day: date) -> Item:
    """Return an item of the standard of a day. Raises NotFound for another."""
    found = next((item for item in items_on(day) if item.id == item_id), None)
    if found is None:
        raise NotFound("There is no such item in the standard for needs.")
    return found


def group_named(name: str) -> ItemGroup:
    """Return a group of items. Raises NotFound for another."""
    if name not in tuple(ItemGroup):
        raise NotFound("There is no such group of needs.")
    return ItemGroup(name)
