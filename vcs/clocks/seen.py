"""Which clocks somebody sees: outside casework none may tell a choice, or news from custody."""

from __future__ import annotations

from vcs.access.actors import Actor
from vcs.access.rules import Act, may
from vcs.clocks.records import StartKind

_UP_TO_FIRST_CONTACT = frozenset(
    {
        *("court-tells-witness-care", "tell-victim-sentence", "tell-victim-hearing"),
        *("tell-victim-hearing-enhanced", "refer-to-probation", "first-contact", "allocate"),
        *("back-stop-alert", "back-stop-breach", "decide"),
        *("complaint-acknowledged", "complaint-answered"),
    }
)

_OF_LETTERS = frozenset({"send-letter"})

_OF_CUSTODY = frozenset({StartKind.RESTRICTIONS_END})


def sees_clock(actor: Actor, duty: str) -> bool:
    """Say whether somebody may see a duty's clock on a referral that they may see."""
    if may(actor, Act.SEE_CASEWORK):
        return True
    return duty in _UP_TO_FIRST_CONTACT or (duty in _OF_LETTERS and may(actor, Act.SEE_LETTER))


def sees_start(actor: Actor, kind: StartKind) -> bool:
    """Say whether somebody may see that what starts a duty was recorded."""
    return kind not in _OF_CUSTODY or may(actor, Act.SEE_CASEWORK)
