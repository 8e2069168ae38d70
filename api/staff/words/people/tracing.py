"""What pages say of the steps of a trace."""

from __future__ import annotations

from collections.abc import Mapping

from vcs.referrals.tracing.ladder import TraceOutcome

TRACE_OUTCOMES: Mapping[str, str] = {
    TraceOutcome.FOUND: "The victim’s details were found",
    TraceOutcome.NOTHING: "Nothing was found",
    TraceOutcome.WAITING: "They will answer later",
    TraceOutcome.NOT_POSSIBLE: "It cannot be tried",
}
