"""What pages say about needs: the answers, and how an action ended."""

from __future__ import annotations

from collections.abc import Mapping

from vcs.needs.records import AnswerKind, NeedOutcome

NEED_ANSWERS: Mapping[str, str] = {
    AnswerKind.SAID: "They said",
    AnswerKind.NOTHING: "Asked: nothing",
    AnswerKind.DECLINED: "Prefers not to say",
    AnswerKind.BROUGHT: "Brought from witness care, not confirmed with them yet",
    AnswerKind.CONFIRMED: "Brought from witness care, and confirmed with them",
}

NEED_OUTCOMES: Mapping[str, str] = {
    NeedOutcome.DONE: "Done",
    NeedOutcome.IN_PART: "Done in part",
    NeedOutcome.COULD_NOT: "Could not be done",
    NeedOutcome.NOT_WANTED: "They no longer want it",
    NeedOutcome.LAPSED: "Lapsed: nobody did it in time",
}

FOR_THE_PERSON: Mapping[str, str] = {
    NeedOutcome.DONE: "We did this",
    NeedOutcome.IN_PART: "We did part of this",
    NeedOutcome.COULD_NOT: "We could not do this",
    NeedOutcome.NOT_WANTED: "You told us that you no longer wanted this",
    NeedOutcome.LAPSED: "We did not do this in time",
}
