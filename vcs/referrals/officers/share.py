"""Share referrals among officers by how much each has to do. Pure functions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class Load:
    """How much an officer has to do: open referrals, and how many of them press.

    ``due_soon`` counts those with a duty due in the next five working days, or overdue.
    """

    open: int = 0
    urgent: int = 0
    due_soon: int = 0

    @property
    def weight(self) -> int:
        """Return what officers are compared by: a referral that presses counts more."""
        return self.open + self.urgent + self.due_soon

    def plus(self, other: Load) -> Load:
        """Return both together."""
        return Load(
            self.open + other.open, self.urgent + other.urgent, self.due_soon + other.due_soon
        )

    def less(self, other: Load) -> Load:
        """Return what is left without the other."""
        return self.plus(Load(-other.open, -other.urgent, -other.due_soon))


@dataclass(frozen=True, slots=True)
class ToGive:
    """A referral to be given. ``had`` is the officer it had when it was chosen, if any."""

    reference: str
    had: int | None
    urgent: bool = False
    due_soon: bool = False
    gets: int | None = None

    @property
    def load(self) -> Load:
        """Return how much it adds to whoever gets it."""
        return Load(1, int(self.urgent), int(self.due_soon))


def shared_evenly(wanted: Sequence[ToGive], loads: Mapping[int, Load]) -> tuple[ToGive, ...]:
    """Give each referral to whoever has the least to do by then, what presses first.

    Nobody gets back what they had. A referral that nobody else can get keeps ``gets`` None.
    """
    after = dict(_without(wanted, loads))
    gets: dict[str, int | None] = {}
    for one in sorted(wanted, key=lambda one: -one.load.weight):
        free = [officer for officer in after if officer != one.had]
        officer = min(free, key=lambda key: (after[key].weight, key), default=None)
        gets[one.reference] = officer
        if officer is not None:
            after[officer] = after[officer].plus(one.load)
    return tuple(replace(one, gets=gets[one.reference]) for one in wanted)


def loads_after(given: Sequence[ToGive], loads: Mapping[int, Load]) -> dict[int, Load]:
    """Return how much each officer has to do once the referrals are given."""
    after = dict(_without(given, loads))
    for one in given:
        if one.gets in after:
            after[one.gets] = after[one.gets].plus(one.load)
    return after


def _without(wanted: Sequence[ToGive], loads: Mapping[int, Load]) -> Iterable[tuple[int, Load]]:
    for officer, load in loads.items():
        for one in wanted:
            if one.had == officer:
                load = load.less(one.load)
        yield officer, load
