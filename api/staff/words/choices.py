"""What pages say for a victim’s choice."""

from __future__ import annotations

from collections.abc import Mapping

from vcs.terms import Choice

CHOICES: Mapping[str, str] = {
    Choice.OPT_IN: "Wants contact",
    Choice.OPT_OUT: "Does not want contact",
    Choice.NOT_NOW: "Not now: may be asked again",
    Choice.NO_REPLY: "Has not replied",
}
