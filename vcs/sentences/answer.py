"""A decision in the shape of the contract: what receipts and ``vcs decide --json`` print."""

from __future__ import annotations

from datetime import date
from typing import Any

from vcs.intake.message import Sentenced
from vcs.law.deadlines import duties
from vcs.law.decision import Deadline, Decision, OffenceDecision
from vcs.law.facts import SentencingFacts
from vcs.law.nearest import Nearest, nearest
from vcs.law.relevant_sentence.arithmetic import counted


def sentenced_entry(
    sentenced: Sentenced, decision: Decision, today: date | None = None
) -> dict[str, Any]:
    """Return one ``sentenced`` entry: offender, outcome, reasons per offence, deadlines.

    Deadlines are counted by the bank holidays as known today; without a day, by all that we hold.
    ``counted`` says of each offence how its length was arrived at, or is null.
    ``confidence`` is ``lower`` where the message was a copy without codes, lengths and dates.
    """
    born = sentenced.facts.date_of_birth
    return {
        "offender": {
            "name": sentenced.offender_name,
            "date_of_birth": born.isoformat() if born else None,
        },
        "case_reference": sentenced.case_reference,
        "court_code": sentenced.court_code or "",
        "confidence": "lower" if sentenced.facts.lower_confidence else "full",
    } | decision_entry(sentenced.facts, decision, today)


def decision_entry(
    facts: SentencingFacts, decision: Decision, today: date | None = None
) -> dict[str, Any]:
    """Return the part of an entry that says what the law answers, without saying about whom."""
    owed = duties.deadlines(decision.outcome, facts.sentenced_on, today)
    return {
        "sentenced_on": facts.sentenced_on.isoformat(),
        "outcome": str(decision.outcome),
        "route": str(decision.route) if decision.route else None,
        "rule_set": decision.rule_set,
        "urgent": decision.urgent or None,
        "offences": [
            _offence(one) | {"counted": counted(imposed)}
            for one, imposed in zip(decision.offences, facts.offences, strict=True)
        ],
        "deadlines": [_deadline(one) for one in owed],
    }


def _offence(decided: OffenceDecision) -> dict[str, Any]:
    reasons = [
        {
            "condition": reason.condition,
            "answer": str(reason.answer),
            "because": reason.because,
            "provision": reason.provision,
            "would_change": reason.would_change or None,
        }
        for reason in decided.reasons
    ]
    return {
        "offence_code": decided.offence_code or "",
        "sequence": decided.sequence,
        "outcome": str(decided.outcome),
        "reasons": reasons,
    }


def _deadline(deadline: Deadline) -> dict[str, Any]:
    return {
        "duty": deadline.duty,
        "owed_by": str(deadline.owed_by),
        "due_on": deadline.due_on.isoformat(),
        "counted": deadline.counted,
        "provision": deadline.provision,
        "provisional": deadline.provisional,
    }


def with_nearest(entry: dict[str, Any], facts: SentencingFacts) -> dict[str, Any]:
    """Add to each offence the smallest sets of facts that would make its answer yes.

    Left out of what every message is answered with: it decides many times over.
    """
    told = [
        offence | {"would_change": [_nearest(one) for one in nearest(facts, place)]}
        for place, offence in enumerate(entry["offences"])
    ]
    return entry | {"offences": told}


def _nearest(one: Nearest) -> dict[str, Any]:
    facts = [
        {"fact": fact.words, "asked_of": fact.asked_of, "known": not fact.is_open}
        for fact in one.facts
    ]
    return {"facts": facts, "outcome": str(one.outcome), "one_call": one.is_one_call}
