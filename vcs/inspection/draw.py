"""A sample drawn by a seed from all eligible sentences, whether or not they were ever referred."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from random import Random
from typing import Any

from sqlalchemy import or_, select
from sqlmodel import Session, col

from vcs.access.restrictions.restricted import restricted_sentences
from vcs.referrals.records import Basis, Referral
from vcs.referrals.states import joined, region, state
from vcs.sentences.history.current import OWED
from vcs.sentences.records import Sentence

Stratum = tuple[str, str]
"""A state of the ledger and a region's code; a region that is not known yet is empty."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """A sample. ``sentences`` are ids in the order of their references.

    ``eligible`` counts all that there were, ``drawn`` those in the sample, ``restricted`` those
    that could not be drawn because their case is restricted to named people. ``frame`` is what it
    was drawn from, in the order in which each stratum was drawn.
    """

    sentences: tuple[int, ...]
    eligible: Mapping[Stratum, int]
    drawn: Mapping[Stratum, int]
    restricted: Mapping[Stratum, int]
    frame: tuple[Eligible, ...] = ()


@dataclass(frozen=True, slots=True)
class Eligible:
    """One eligible sentence. ``reference`` is ours, and empty for one that cannot be drawn."""

    reference: str
    outcome: str
    stratum: Stratum
    is_drawn: bool = False


@dataclass(frozen=True, slots=True)
class Among:
    """Which eligible sentences are drawn from: of one region, passed on certain days, or all.

    ``hidden`` cannot be drawn either, because whoever reads the sample must not see them.
    """

    region_code: str | None = None
    from_on: date = date.min
    to_on: date = date.max
    hidden: frozenset[int] = frozenset()


ALL = Among()


def draw(session: Session, size: int, seed: str, among: Among = ALL) -> Drawn:
    """Draw so many sentences; the same seed on the same data draws the same.

    Each state in each region has its share of the sample, and one at least while there is room.
    """
    frame = eligible(session, among)
    strata: dict[Stratum, list[tuple[str, int]]] = {one.stratum: [] for one, _ in frame}
    for one, its_id in frame:
        if one.reference:
            strata[one.stratum].append((one.reference, its_id))
    restricted = Counter(one.stratum for one, _ in frame if not one.reference)
    shares = allotted({one: len(found) for one, found in strata.items()}, size)
    chosen = sorted(
        pick
        for stratum in sorted(strata)
        for pick in Random(f"{seed}:{stratum}").sample(strata[stratum], shares[stratum])  # noqa: S311
    )
    counts = {one: len(found) + restricted[one] for one, found in sorted(strata.items())}
    taken = {reference for reference, _ in chosen}
    listed = (replace(one, is_drawn=one.reference in taken) for one, _ in frame)
    ids = tuple(its_id for _, its_id in chosen)
    return Drawn(ids, counts, shares, dict(restricted), tuple(listed))


def eligible(session: Session, among: Among = ALL) -> list[tuple[Eligible, int]]:
    """Return every eligible sentence with its id, in the order of their references.

    What only named people may see, or the reader may not, has no reference.
    """
    hidden = restricted_sentences(session) | among.hidden
    return [
        (
            Eligible(
                "" if its_id in hidden else reference,
                str(outcome),
                (str(its_state), its_region or ""),
            ),
            its_id,
        )
        for reference, its_id, outcome, its_state, its_region in session.execute(_eligible(among))
    ]


def allotted(sizes: Mapping[Stratum, int], size: int) -> dict[Stratum, int]:
    """Return how many are drawn of each stratum: its share, one at least while there is room."""
    total = sum(sizes.values())
    size = min(size, total)
    shares = dict.fromkeys(sorted(sizes), 0)
    for _ in range(size):
        behind = max(
            (one for one in shares if shares[one] < sizes[one]),
            key=lambda one: (shares[one] == 0, sizes[one] * size / total - shares[one], one),
        )
        shares[behind] += 1
    return shares


def _eligible(among: Among) -> Any:
    by_law = col(Referral.basis).in_([str(Basis.STATUTORY), str(Basis.NOTIFICATION_SCHEME)])
    owed = col(Sentence.outcome).in_([str(one) for one in OWED])
    query: Any = (
        select(
            *(col(Sentence.reference), col(Sentence.id), col(Sentence.outcome)), state(), region()
        )
        .select_from(joined())
        .where(or_(by_law, owed), col(Sentence.told_in_id).is_(None))
        .order_by(col(Sentence.reference))
    )
    if among.region_code is not None:
        query = query.where(region() == among.region_code)
    return query.where(col(Sentence.sentenced_on).between(among.from_on, among.to_on))
