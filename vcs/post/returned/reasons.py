"""Why a letter came back, and what each reason means. **The** table: one row for each.

A reason says something of the address that was printed, or of the person, and never both: a letter
that was refused says nothing of the address, and it is no opt-out.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class ReturnReason(StrEnum):
    """What stood on the envelope, or what whoever brought it back said."""

    GONE_AWAY = "gone_away"
    NOT_KNOWN = "not_known"
    NO_SUCH_ADDRESS = "no_such_address"
    INCOMPLETE = "incomplete"
    NOT_COLLECTED = "not_collected"
    REFUSED = "refused"
    DECEASED = "deceased"
    NOT_SAID = "not_said"


@dataclass(frozen=True, slots=True)
class ReturnPolicy:
    """One row.

    ``stops_address``: letters to the printed address wait, until it is confirmed anew or a second
    person decides for one letter. Otherwise letters wait until the officer has answered.
    ``stops_everything``: until then nobody can let a letter go.
    ``asks_others``: whoever else is written to at that address is asked about.
    """

    words: str
    ask: str
    said_as: tuple[str, ...] = ()
    stops_address: bool = False
    stops_everything: bool = False
    asks_others: bool = False


_FIND_ADDRESS = (
    "Find out where this person can be reached, in a way that they allow: ask them by phone, ask "
    "witness care and the officer in the case. Correct the address, or confirm that it is right, "
    "before anything else is sent there. If they cannot be found, begin a trace on the referral."
)

POLICIES: Final[Mapping[ReturnReason, ReturnPolicy]] = {
    ReturnReason.GONE_AWAY: ReturnPolicy(
        "Gone away, or moved",
        _FIND_ADDRESS,
        ("addressee gone away", "moved", "moved away", "no longer at this address"),
        stops_address=True,
        asks_others=True,
    ),
    ReturnReason.NOT_KNOWN: ReturnPolicy(
        "Not known at this address",
        _FIND_ADDRESS,
        ("addressee unknown", "unknown", "unknown at this address", "not known at this address"),
        stops_address=True,
        asks_others=True,
    ),
    ReturnReason.NO_SUCH_ADDRESS: ReturnPolicy(
        "No such address",
        _FIND_ADDRESS,
        ("no such house", "no such street", "demolished"),
        stops_address=True,
        asks_others=True,
    ),
    ReturnReason.INCOMPLETE: ReturnPolicy(
        "Address incomplete",
        "Something is missing in this address: the flat, the number, the street or the postcode. "
        "Find out what, and complete it, before anything else is sent there.",
        ("address incomplete", "incomplete address", "insufficient address"),
        stops_address=True,
    ),
    ReturnReason.NOT_COLLECTED: ReturnPolicy(
        "Not collected, or could not be delivered",
        "The address is not called wrong. Find out whether this person got word of the letter and "
        "how they would like to be reached.",
        ("not called for", "unclaimed", "inaccessible", "no access"),
    ),
    ReturnReason.REFUSED: ReturnPolicy(
        "Refused",
        "Somebody at the door refused the letter. The address is not called wrong, and this is no "
        "opt-out: it may not have been this person who refused it. Think about who else lives "
        "there. Ask this person in another way that they allow whether they want contact, and how.",
        ("refused by addressee", "addressee refused"),
    ),
    ReturnReason.DECEASED: ReturnPolicy(
        "Addressee deceased",
        "The envelope says that this person has died. Contact nobody about it by letter, and do "
        "not begin a trace. Find out from witness care or the officer in the case whether it is "
        "so. If it is, record the death on the page of the family. If it is not, say here how you "
        "know. Nothing can be sent to this person until you have answered.",
        ("addressee deceased", "dead", "died"),
        stops_everything=True,
    ),
    ReturnReason.NOT_SAID: ReturnPolicy(
        "No reason was given",
        _FIND_ADDRESS,
        ("none", "no reason", "no reason given", "other"),
        stops_address=True,
    ),
}


def reason_said(text: str) -> ReturnReason | None:
    """Return the reason that somebody wrote, by its name or as post offices say it; or None."""
    plain = " ".join(text.casefold().replace("-", " ").replace("_", " ").split())
    for reason, policy in POLICIES.items():
        if plain in (reason.replace("_", " "), policy.words.casefold(), *policy.said_as):
            return reason
    return None
