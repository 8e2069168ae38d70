"""Two accounts that may be one person’s, where two people must agree."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from sqlmodel import Session, col, select

from vcs.access.records import Account

SAME_NAME: Final = (
    "Whoever did the first part has an account with your name. Somebody with another name does "
    "this: one person with two accounts is not two people."
)

_TITLES: Final = frozenset({"mr", "mrs", "ms", "miss", "mx", "dr", "sir", "dame"})


def are_perhaps_one_person(session: Session, one: int, other: int) -> bool:
    """Say whether two accounts are the same, or have the same name, however it is written."""
    if one == other:
        return True
    names = session.exec(select(Account.name).where(col(Account.id).in_([one, other]))).all()
    return len({_plain(name) for name in names}) < len(names)


def _plain(name: str) -> frozenset[str]:
    letters = unicodedata.normalize("NFKD", name.casefold())
    bare = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return frozenset(re.findall(r"\w+", bare)) - _TITLES
