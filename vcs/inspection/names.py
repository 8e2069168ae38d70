"""How people are called in a pack: by what they are and a number, in the order they appear."""

from __future__ import annotations

from dataclasses import dataclass, field

from sqlmodel import Session

from vcs.access.records import Account

_ROLES = {"vlo": "victim liaison officer", "head_of_public_protection": "head"}


@dataclass(slots=True)
class Names:
    """The names given in one case. Nobody in another case can be told to be the same."""

    session: Session
    victims: dict[int, str] = field(default_factory=dict)
    staff: dict[int, str] = field(default_factory=dict)

    def victim(self, victim_id: int) -> str:
        """Return how a victim is called."""
        return self.victims.setdefault(victim_id, f"victim {len(self.victims) + 1}")

    def officer(self, account_id: int | None) -> str:
        """Return how a member of staff is called; the program where it was nobody."""
        if account_id is None:
            return "the program"
        if account_id not in self.staff:
            account = self.session.get(Account, account_id)
            role = account.role if account else "somebody"
            called = _ROLES.get(role, role.replace("_", " "))
            self.staff[account_id] = f"{called} {len(self.staff) + 1}"
        return self.staff[account_id]
