"""What pages say for a victim’s choice."""

from __future__ import annotations

from collections.abc import Mapping

from vcs.terms import Choice
from vcs.victims.records import AskAgainAt

CHOICES: Mapping[str, str] = {
    Choice.OPT_IN: "Wants contact",
    Choice.OPT_OUT: "Does not want contact",
    Choice.NOT_NOW: "Not now: may be asked again",
    Choice.NO_REPLY: "Has not replied",
}

ASK_AGAIN: Mapping[str, str] = {
    AskAgainAt.RELEASE: "Before release is planned",
    AskAgainAt.PAROLE: "Before a parole review",
    AskAgainAt.TEMPORARY_RELEASE: "Before temporary release",
    AskAgainAt.ANY_EVENT: "At the next key event, whatever it is",
}
