"""Whether a way of contact needs a reason, and whether it was they who were spoken to. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable
from enum import StrEnum
from typing import Final

from vcs.victims.contact.contact_reads import ContactRules
from vcs.victims.preferences.allowed import WAY_OF_CONTACT, standing_note
from vcs.victims.records import ContactWay
from vcs.victims.same_person import name_parts

WAYS: Final = tuple(str(way) for way in ContactWay)


class AskWhy(StrEnum):
    """Why a way of contact is used only with a reason."""

    FORBIDDEN = "they have forbidden this way"
    NO_CONTACT = "they do not want contact"
    NOTE = "a note comes first"


def asks_why(rules: ContactRules, how: str) -> AskWhy | None:
    """Say why a way of contact needs a reason; None where it needs none.

    After a *no*, and while a note stands about reaching them, only a way that was recorded as
    allowed needs none. ``how`` is a ContactWay, or anything else for no way of ours.
    """
    way = WAY_OF_CONTACT.get(ContactWay(how)) if how in WAYS else None
    if way is None:
        return None
    if rules.preferences.bar(way) is not None:
        return AskWhy.FORBIDDEN
    if rules.preferences.allows(way):
        return None
    if rules.opted_out_on is not None:
        return AskWhy.NO_CONTACT
    return AskWhy.NOTE if standing_note(rules.notes or "") else None


_THEMSELVES: Final = frozenset(
    (
        *("she", "her", "herself", "he", "him", "himself"),
        *("they", "them", "themself", "themselves", "the", "victim"),
    )
)

_BESIDE: Final = re.compile(r"\b(?:and|with|by|on|at|through|via)\b|[,;&(]", re.IGNORECASE)


def was_spoken_to(spoke_to: str, names: Iterable[str]) -> bool:
    """Say whether words for who was spoken to are for somebody called so, or for them alone.

    "Nia", "Ms Example", "her" and "Nia, with her mother" are; "her husband" is not.
    """
    known = {part for name in names for part in name_parts(name)} | _THEMSELVES
    spoken = (set(name_parts(part)) for part in _BESIDE.split(spoke_to))
    return any(parts and parts <= known | {"self"} for parts in spoken)
