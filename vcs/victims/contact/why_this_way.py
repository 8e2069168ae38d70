"""Whether a way of contact needs a reason. Pure."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from vcs.victims.contact.contact_reads import ContactRules
from vcs.victims.preferences.allowed import WAY_OF_CONTACT, may_speak_against
from vcs.victims.records import ContactWay

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
    return AskWhy.NOTE if may_speak_against(rules.notes or "", way) else None
