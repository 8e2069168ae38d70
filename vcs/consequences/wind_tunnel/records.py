"""Trials of another law or clock that people asked for, and how far each has come."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from sqlmodel import Field

from vcs.consequences.wind_tunnel.scenario import Scenario
from vcs.law.rule_sets import named
from vcs.tables import Record, moment

MOST_MOVES: Final = 5_000
"""So many sentences are kept one by one of a trial; all of them are counted."""


class Trial(Record, table=True):
    """One trial: what is tried, over whose sentences, and what was counted so far.

    ``words`` say what is tried. ``counted`` is JSON and names nobody; once it is finished it has
    what is shown as ``found``. ``last_reference`` is the last sentence that was looked at, so that
    the trial goes on where it stopped; ``expected`` is how many there were when it began, 0 before.
    """

    __tablename__ = "wind_tunnel_trial"

    id: int = Field(default=None, primary_key=True)
    reference: str = Field(unique=True)
    words: str
    asked_by: int = Field(foreign_key="account.id", index=True)
    asked_at: datetime = moment()
    rule_set: str | None = None
    least_months: int | None = None
    duty: str | None = None
    working_days: int | None = None
    expected: int = 0
    looked_at: int = 0
    last_reference: str = ""
    counted: str = "{}"
    finished_at: datetime | None = moment(default=None)


class TrialMove(Record, table=True):
    """One sentence whose answer would change, for those who may open it."""

    __tablename__ = "wind_tunnel_move"

    id: int = Field(default=None, primary_key=True)
    trial_id: int = Field(foreign_key="wind_tunnel_trial.id", index=True)
    sentence_reference: str
    was: str
    would_be: str
    way: str


def scenario_of(trial: Trial) -> Scenario:
    """Return what is tried of the law."""
    return Scenario(named(trial.rule_set) if trial.rule_set else None, trial.least_months)


def tries_law(trial: Trial) -> bool:
    """Say whether sentences are decided again, and not only days counted."""
    return bool(trial.rule_set or trial.least_months)
