"""Ask for a trial of another law or clock: it is carried out by the scheduler."""

from __future__ import annotations

from dataclasses import dataclass

from sqlmodel import col, select

from vcs.access.rules import Act
from vcs.access.work import Work
from vcs.consequences.wind_tunnel.clocks import DUTIES_TO_TRY
from vcs.consequences.wind_tunnel.records import Trial
from vcs.consequences.wind_tunnel.scenario import Scenario
from vcs.errors import NotValid
from vcs.law.deadlines.duties import TITLES
from vcs.law.rule_sets import named
from vcs.tables import free_reference

MOST_MONTHS = 1200

MOST_DAYS = 365

_NOTHING = "Choose another rule set, another least length, or another time for a duty"

_ONE_AT_A_TIME = "Your last trial is not finished. Wait for it, then try the next"


@dataclass(frozen=True, slots=True)
class TrialEntry:
    """What somebody wants to try: at least one of the three; a duty goes with its working days."""

    rule_set: str | None = None
    least_months: int | None = None
    duty: str | None = None
    working_days: int | None = None


def ask_trial(work: Work, entry: TrialEntry) -> Trial:
    """Record what is to be tried. Raises NotValid naming each field to correct."""
    work.require_may(Act.TRY_LAW)
    if fields := _problems(work, entry):
        raise NotValid("Some details need correcting.", fields)
    waiting = select(Trial).where(
        Trial.asked_by == work.actor.account_id, col(Trial.finished_at).is_(None)
    )
    if work.session.exec(waiting).first() is not None:
        raise NotValid(_ONE_AT_A_TIME + ".", {"": _ONE_AT_A_TIME})
    trial = Trial(
        reference=free_reference(work.session, Trial),
        words=_words(entry),
        asked_by=work.actor.account_id,
        asked_at=work.now,
        rule_set=entry.rule_set,
        least_months=entry.least_months,
        duty=entry.duty,
        working_days=entry.working_days,
    )
    work.session.add(trial)
    work.note("law.tried", trial.reference)
    return trial


def _words(entry: TrialEntry) -> str:
    rules = named(entry.rule_set) if entry.rule_set else None
    parts = [Scenario(rules, entry.least_months).words] if rules or entry.least_months else []
    if entry.duty:
        title = TITLES.get(entry.duty, entry.duty)
        parts.append(f"{title}: {entry.working_days} working days")
    return ", ".join(parts)


def _problems(work: Work, entry: TrialEntry) -> dict[str, str]:
    months, days = entry.least_months, entry.working_days
    found = {}
    if not (entry.rule_set or months or entry.duty):
        found["rule_set"] = _NOTHING
    if entry.rule_set and named(entry.rule_set) is None:
        found["rule_set"] = "Choose a rule set from the list"
    if months is not None and not 0 < months <= MOST_MONTHS:
        found["least_months"] = f"Enter a number of months from 1 to {MOST_MONTHS}"
    if entry.duty and entry.duty not in DUTIES_TO_TRY:
        found["duty"] = "Choose a duty from the list"
    if bool(entry.duty) != (days is not None):
        found["working_days"] = "Choose a duty and enter its working days, or neither"
    elif days is not None and not 0 <= days <= MOST_DAYS:
        found["working_days"] = f"Enter a number of working days from 0 to {MOST_DAYS}"
    return found
