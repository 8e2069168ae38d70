"""The sealed part of a victim's row, opened: who they are and where they can be found."""

from __future__ import annotations

from dataclasses import asdict, dataclass

from vcs.records.referrals import Victim
from vcs.sealing import Sealer


@dataclass(frozen=True, slots=True)
class Person:
    """Who a victim is and where they can be found."""

    name: str
    salutation: str
    about: str
    lines: tuple[str, ...]
    postcode: str
    phone: str
    email: str
    safe_contact_notes: str

    def sealed(self, sealer: Sealer) -> bytes:
        """Return all of it, sealed."""
        return sealer.seal_json(asdict(self))


def opened(sealer: Sealer, victim: Victim) -> Person:
    """Open what is sealed about a victim."""
    told = sealer.open_json(victim.sealed)
    return Person(**(told | {"lines": tuple(told["lines"])}))
