"""Who is asking, and what they may see: asked in one place, for reading and changing alike."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, Protocol

from sqlalchemy import ColumnElement, and_, false, or_, true

from vcs.terms import Role

SYSTEM = "system"


@dataclass(frozen=True, slots=True)
class Hidden:
    """What somebody must not see although it lies within their reach: ids, and receipts."""

    sentences: frozenset[int] = frozenset()
    referrals: frozenset[int] = frozenset()
    people: frozenset[int] = frozenset()
    requests: frozenset[str] = frozenset()


NOTHING_HIDDEN = Hidden()


@dataclass(frozen=True, slots=True)
class Actor:
    """A member of staff who is signed in, as the door knows them, or a program that refers.

    ``client_id`` is the program's; one without a police area refers for every area. ``hidden`` is
    what they must not see, ``opened`` the sentences that they opened in an emergency, ``sampled``
    those of the samples that an inspector reads.
    """

    account_id: int
    name: str
    role: Role
    region_code: str | None = None
    police_area: str | None = None
    client_id: str | None = None
    hidden: Hidden = NOTHING_HIDDEN
    opened: frozenset[int] = frozenset()
    sampled: frozenset[int] = frozenset()

    @property
    def who(self) -> str:
        """Return how the audit trail names this person or program."""
        return f"client:{self.client_id}" if self.client_id else f"account:{self.account_id}"

    @property
    def of_every_area(self) -> bool:
        """Say whether this is a program that refers for every police area."""
        return self.client_id is not None and self.police_area is None


class Placed(Protocol):
    """Anything that lies in a probation region and a police area, and is about a sentence."""

    @property
    def sentence_id(self) -> int | None:
        """Return the id of the sentence that it is about; None for what is about none."""

    @property
    def region_code(self) -> str | None:
        """Return the code of the probation region."""

    @property
    def police_area(self) -> str | None:
        """Return the code of the police area."""


@dataclass(frozen=True, slots=True)
class Reach:
    """Which regions and police areas somebody reaches: the one rule, as Python and as SQL.

    ``unplaced`` adds what no region has yet, so that it is somebody's. ``hidden`` takes away what
    they must not see, ``opened`` adds sentences that they opened in an emergency, and ``sampled``
    those that were drawn for an inspector.
    """

    everywhere: bool = False
    region_code: str | None = None
    police_area: str | None = None
    unplaced: bool = False
    hidden: Hidden = NOTHING_HIDDEN
    opened: frozenset[int] = frozenset()
    sampled: frozenset[int] = frozenset()

    def covers(self, placed: Placed) -> bool:
        """Return whether something lies within reach."""
        if placed.sentence_id in self.opened:
            return True
        return placed.sentence_id not in self.hidden.sentences and self._lies_within(placed)

    def _lies_within(self, placed: Placed) -> bool:
        if self.everywhere or (self.unplaced and placed.region_code is None):
            return True
        if placed.sentence_id in self.sampled:
            return True
        if self.region_code is not None and placed.region_code == self.region_code:
            return True
        return self.police_area is not None and placed.police_area == self.police_area

    def covering(self, region: Any, area: Any, sentence: Any) -> ColumnElement[bool]:
        """Return the same rule over columns of regions, police areas and ids of sentences.

        ``area`` is None where there are none; ``sentence`` for what is about no sentence.
        """
        within = self._within(region, area)
        if sentence is not None and self.sampled:
            within = or_(within, sentence.in_(self.sampled))
        if sentence is not None and self.hidden.sentences:
            # What has no sentence is not hidden, and NULL NOT IN (…) would not say so.
            seen = or_(sentence.is_(None), sentence.not_in(self.hidden.sentences))
            within = and_(within, seen)
        if sentence is not None and self.opened:
            within = or_(within, sentence.in_(self.opened))
        return within

    def ways(self, region: Any, area: Any, sentence: Any) -> tuple[ColumnElement[bool], ...]:
        """Return the same rule as conditions that share no row, each of which an index answers."""
        if self.opened or self.everywhere or self.police_area is not None:
            return (self.covering(region, area, sentence),)
        places = (replace(self, unplaced=False), replace(self, region_code=None))
        return tuple(
            one.covering(region, area, sentence)
            for one in places
            if one.unplaced or one.region_code is not None
        )

    def _within(self, region: Any, area: Any) -> ColumnElement[bool]:
        if self.everywhere:
            return true()
        ways = [region.is_(None)] if self.unplaced else []
        if self.region_code is not None:
            ways.append(region == self.region_code)
        if self.police_area is not None and area is not None:
            ways.append(area == self.police_area)
        return or_(*ways) if ways else false()
