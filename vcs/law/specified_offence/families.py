"""Tables about single offences beside the Schedule: discretion, titles that settle, notification.

Each is read once and asked by base code, so that an attempt or a conspiracy follows its offence.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from importlib.resources import files
from types import MappingProxyType

from vcs.law.specified_offence import notified
from vcs.law.specified_offence.offences import Listing, find
from vcs.terms import Answer

_BASE_LENGTH = 7


def _table(name: str) -> Mapping[str, dict[str, str]]:
    text = (files("vcs.law") / "data" / name).read_text(encoding="utf-8")
    return MappingProxyType({row["offence_code"]: row for row in csv.DictReader(text.splitlines())})


@dataclass(frozen=True, slots=True)
class Family:
    """A family of offences outside the Schedule, and why a manager would want to see them."""

    name: str
    why: str


FAMILIES: Mapping[str, Family] = MappingProxyType(
    {code: Family(row["family"], row["why"]) for code, row in _table("discretion.csv").items()}
)

SETTLED: Mapping[str, dict[str, str]] = _table("settled_by_title.csv")

SEXUAL_HARM_ORDERS: frozenset[str] = frozenset(_table("sexual_harm_orders.csv"))

_LISTED = {"specified": Answer.YES, "not_specified": Answer.NO}


def family_of(code: str | None) -> Family | None:
    """Return the family of an offence for which a manager decides, or None."""
    return FAMILIES.get(code[:_BASE_LENGTH]) if code else None


def settled_by_title(code: str | None, listing: Listing) -> Listing:
    """Return a listing that the offence's own title settles, where the code alone does not."""
    if listing.answer is not Answer.UNKNOWN or not code:
        return listing
    row = SETTLED.get(code[:_BASE_LENGTH])
    if row is None:
        return listing
    return _settled(listing, row["listing"], row["why"])


@lru_cache(maxsize=4096)
def _settled(listing: Listing, listed_as: str, why: str) -> Listing:
    return replace(listing, answer=_LISTED[listed_as], because=_as_reason(why), question="")


def _as_reason(why: str) -> str:
    return (why[:1].lower() + why[1:]).rstrip(".")


def may_be_notified_of(code: str | None, listing: Listing) -> bool:
    """Say whether an offence outside the Schedule can bring sex offender notification at all.

    Of Schedule 3 to the Act of 2003 Schedule 18 lacks what :mod:`notified` holds; what is left is a
    sexual harm prevention order, for an offence in Schedule 5. What is not known may be one.
    """
    if not code or listing.answer is not Answer.NO:
        return True
    base = code[:_BASE_LENGTH]
    by_order = base in SEXUAL_HARM_ORDERS or base in notified.BY_THE_SENTENCE
    return by_order or is_listed_at_times(code)


def is_listed_at_times(code: str | None) -> bool:
    """Say whether the Schedule lists an offence on some days, if not on the one asked about."""
    row = (find(code) or find(code[:_BASE_LENGTH])) if code else None
    return row is not None and row.listing == "specified"
