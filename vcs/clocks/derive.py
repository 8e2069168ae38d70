"""Work the clocks of a referral out from its facts: the same facts give the same clocks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from vcs.clock import london_date
from vcs.clocks.facts import Facts
from vcs.clocks.records import ClockEnd, StopReason
from vcs.clocks.rules import HAND_OVERS, RULES, Run, Stop, closed
from vcs.law.deadlines import clocks
from vcs.law.decision import Clock
from vcs.referrals.open import outcome_of
from vcs.referrals.records import Basis

OF_A_SENTENCE = "sentence"
"""Under which trigger a duty arises from the law's answer, and not for whoever was referred."""

Row = dict[str, Any]


def clock_rows(facts: Iterable[Facts]) -> Iterator[Row]:
    """Yield the row of every clock of some referrals."""
    for one in facts:
        for rule in RULES:
            for run in rule.runs(one):
                row = _row(one, rule.duty, run)
                if row is not None:
                    yield row


def _row(facts: Facts, duty: str, run: Run) -> Row | None:
    clock = _clock(facts, duty, run)
    if clock is None:
        return None
    key = f"{facts.referral.id}:{run.victim_id or 0}:{duty}:{run.starts_on}:{run.again}"
    ended = _ended(facts, duty, run, facts.ends.get(key))
    return {
        "key": key,
        "referral_id": facts.referral.id,
        "victim_id": run.victim_id,
        "region_code": facts.referral.region_code,
        "police_area": facts.referral.police_area,
        "officer_id": facts.referral.vlo_account_id,
        "duty": duty,
        "owed_by": clock.owed_by,
        "started_by": clock.started_by,
        "starts_on": clock.starts_on,
        "due_on": clock.due_on,
        "counted": clock.counted,
        "provision": clock.provision,
        "is_confirmed": clock.is_confirmed,
        "provisional": clock.provisional,
        "calendar": clock.calendar,
        "met_on": ended.met_on,
        "at_latest": ended.at_latest,
        "stopped_on": ended.stop.on if ended.stop else None,
        "stop_reason": str(ended.stop.reason) if ended.stop else None,
    }


def _clock(facts: Facts, duty: str, run: Run) -> Clock | None:
    clock = clocks.clock(duty, run.starts_on)
    if clock is None or clock.started_by != OF_A_SENTENCE:
        return clock
    return clocks.clock(duty, run.starts_on, outcome_of(Basis(facts.referral.basis)))


def _ended(facts: Facts, duty: str, run: Run, end: ClockEnd | None) -> Run:
    """Return a run as it ended: met, else stopped by the earliest of what stops it."""
    if run.met_on is not None:
        return replace(run, stop=None)
    if end is not None and end.stop_reason is None and not _came_back(facts, duty, end):
        return replace(run, met_on=end.ended_on, stop=None)
    said = Stop(end.ended_on, StopReason(end.stop_reason)) if end and end.stop_reason else None
    stops = [one for one in (run.stop, said, closed(facts)) if one is not None]
    return replace(run, stop=min(stops, key=lambda one: one.on, default=None))


def _came_back(facts: Facts, duty: str, end: ClockEnd) -> bool:
    """Say whether a person ended a hand-over by a letter that has come back since.

    It is the letter of that very day, and they said so before it came back.
    """
    if duty not in HAND_OVERS:
        return False
    said_on = london_date(end.recorded_at)
    return any(
        post.posted_on == end.ended_on and said_on <= post.came_back_on
        for one in facts.victims
        for post in one.posted
        if post.duty in HAND_OVERS and post.came_back_on is not None
    )
