"""The steps of a trace: whom to ask for a victim's details. One row for each, read by the code."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum


class TraceStep(StrEnum):
    """Whom to ask, in the order in which pages show it."""

    WITNESS_CARE = "witness_care"
    OFFICER_IN_THE_CASE = "officer_in_the_case"
    PROSECUTOR = "prosecutor"
    SUPPORT_SERVICE = "support_service"
    COURT = "court"
    ELECTORAL_REGISTER = "electoral_register"
    OTHER = "other"


class TraceOutcome(StrEnum):
    """What came of one step. ``NOT_POSSIBLE`` was not tried, for a reason that is written down."""

    FOUND = "found"
    NOTHING = "nothing"
    WAITING = "waiting"
    NOT_POSSIBLE = "not_possible"


LADDER: Mapping[TraceStep, str] = {
    TraceStep.WITNESS_CARE: "Witness care unit",
    TraceStep.OFFICER_IN_THE_CASE: "Police officer in the case",
    TraceStep.PROSECUTOR: "Prosecutor",
    TraceStep.SUPPORT_SERVICE: "Support service, for example an independent adviser",
    TraceStep.COURT: "Court: its file, or a personal statement",
    TraceStep.ELECTORAL_REGISTER: "Electoral register",
    TraceStep.OTHER: "Any other way",
}

EXHAUSTED = (TraceOutcome.NOTHING, TraceOutcome.NOT_POSSIBLE)
"""What must have come of every step, last, before a victim counts as not to be traced."""
