"""Who is asking, and what they may see: asked in one place, for reading and changing alike."""

from __future__ import annotations

from dataclasses import dataclass

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
