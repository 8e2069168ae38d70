"""What pages say about requests for licence conditions, and about personal statements."""

from __future__ import annotations

from collections.abc import Mapping

from vcs.needs.conditions.records import ConditionAnswer, StatementStep

CONDITION_ANSWERS: Mapping[str, str] = {
    ConditionAnswer.GRANTED: "Granted as asked",
    ConditionAnswer.ALTERED: "Granted, altered",
    ConditionAnswer.REFUSED: "Refused",
}

STATEMENT_STEPS: Mapping[str, str] = {
    StatementStep.OFFERED: "Offered",
    StatementStep.WANTED: "They want to make one",
    StatementStep.NOT_WANTED: "They do not want to make one",
    StatementStep.WRITTEN: "Written",
    StatementStep.READ: "Read",
}
