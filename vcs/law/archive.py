"""Facts and decisions as plain JSON values, and back: what is kept so that any day can be replayed.

Canonical: the same facts give the same text, byte for byte.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import MISSING, fields, is_dataclass
from datetime import date
from typing import Any

from vcs.law.decision import Decision, OffenceDecision, Reason
from vcs.law.facts import OffenceFacts, SentenceFacts, SentencingFacts, TransferDirection
from vcs.terms import Answer, Change, Finding, Outcome, Route, SentenceKind, Sequence, Term

_ALWAYS_WRITTEN: dict[type, frozenset[str]] = {
    Term: frozenset({"years", "months", "weeks", "days"}),
    TransferDirection: frozenset({"given_on", "restricted"}),
    SentenceFacts: frozenset({"kind", "label", "result_code", "terms", "sequence", "life"}),
    OffenceFacts: frozenset(
        {
            "sequence",
            "offence_code",
            "title",
            "finding",
            "convicted_on",
            "committed_from",
            "committed_until",
            "notification",
            "domestic_abuse",
            "sentences",
        }
    ),
    SentencingFacts: frozenset(
        {
            "sentenced_on",
            "court_code",
            "offences",
            "date_of_birth",
            "youth",
            "organisation",
            "died",
            "crown_court",
            "total_terms",
            "restricted",
            "notification",
        }
    ),
    Reason: frozenset({"condition", "answer", "because", "provision", "would_change"}),
    OffenceDecision: frozenset(
        {"offence_code", "sequence", "title", "outcome", "route", "reasons", "questions"}
    ),
}

"""What the first version wrote, whatever it said: closed, never to be added to.

A fact that came later is written only where it differs from its default, so that what was kept
before it came stays the same bytes and no old decision is superseded for no reason.
"""


def facts_json(facts: SentencingFacts) -> str:
    """Write facts as canonical JSON text."""
    return canonical(facts)


def decision_json(decision: Decision) -> str:
    """Write a decision as canonical JSON text."""
    return canonical(decision)


def canonical(value: object) -> str:
    """Write values and frozen dataclasses as JSON: sorted keys, no spaces, dates YYYY-MM-DD."""
    return json.dumps(
        value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, default=_plain
    )


def digest_of(text: str) -> str:
    """Return what facts or a decision, as canonical text, are compared by."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def _plain(value: Any) -> object:
    if isinstance(value, date):
        return value.isoformat()
    kind = type(value)
    if kind not in _NAMES:
        _NAMES[kind] = _names(kind)
    always, later = _NAMES[kind]
    held = {name: getattr(value, name) for name in always}
    for name, default in later:
        found = getattr(value, name)
        if found != default:
            held[name] = found
    return held


_Names = tuple[tuple[str, ...], tuple[tuple[str, object], ...]]

_NAMES: dict[type, _Names] = {}

"""The names of each dataclass that was written before."""


def _names(kind: type) -> _Names:
    """Return the names always written, and those written only where they differ from a default."""
    if not is_dataclass(kind):
        raise TypeError(f"{kind.__name__} has no JSON form here")
    first = _ALWAYS_WRITTEN.get(kind, frozenset())
    later = [one for one in fields(kind) if one.name not in first and one.default is not MISSING]
    names = {one.name for one in later}
    always = tuple(one.name for one in fields(kind) if one.name not in names)
    return always, tuple((one.name, one.default) for one in later)


def facts_from_json(text: str) -> SentencingFacts:
    """Read facts back; raises KeyError or ValueError for text that is not facts."""
    raw = json.loads(text)
    return SentencingFacts(
        **(
            raw
            | {
                "sentenced_on": date.fromisoformat(raw["sentenced_on"]),
                "date_of_birth": _day(raw["date_of_birth"]),
                "offences": tuple(_offence(one) for one in raw["offences"]),
                "total_terms": _terms(raw["total_terms"]),
                "restrictions_ended_on": _day(raw.get("restrictions_ended_on")),
                "transfer": _transfer(raw.get("transfer")),
            }
        )
    )


def _offence(raw: Mapping[str, Any]) -> OffenceFacts:
    return OffenceFacts(
        **(
            dict(raw)
            | {name: _day(raw[name]) for name in _DAYS}
            | {
                "finding": Finding(raw["finding"]),
                "sentences": tuple(_sentence(one) for one in raw["sentences"]),
                "change": Change(raw["change"]) if raw.get("change") else None,
            }
        )
    )


def _transfer(raw: Mapping[str, Any] | None) -> TransferDirection | None:
    if raw is None:
        return None
    return TransferDirection(_day(raw["given_on"]), raw["restricted"])


_DAYS = ("convicted_on", "committed_from", "committed_until")


def _sentence(raw: Mapping[str, Any]) -> SentenceFacts:
    return SentenceFacts(
        **(
            dict(raw)
            | {
                "kind": SentenceKind(raw["kind"]),
                "sequence": Sequence(raw["sequence"]),
                "terms": _terms(raw["terms"]),
                "custodial": _term(raw.get("custodial")),
                "extension": _term(raw.get("extension")),
            }
        )
    )


def _term(raw: dict[str, int] | None) -> Term | None:
    return Term(**raw) if raw else None


def _terms(raw: list[dict[str, int]]) -> tuple[Term, ...]:
    return tuple(Term(**one) for one in raw)


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def decision_from_json(text: str) -> Decision:
    """Read a decision back; raises KeyError or ValueError for text that is not a decision."""
    raw = json.loads(text)
    offences = tuple(_offence_decision(one) for one in raw["offences"])
    outcome, route = Outcome(raw["outcome"]), _route(raw["route"])
    return Decision(outcome, route, raw["rule_set"], offences, raw.get("urgent", ""))


def _offence_decision(raw: Mapping[str, Any]) -> OffenceDecision:
    return OffenceDecision(
        raw["offence_code"],
        raw["sequence"],
        raw["title"],
        Outcome(raw["outcome"]),
        _route(raw["route"]),
        tuple(Reason(**(one | {"answer": Answer(one["answer"])})) for one in raw["reasons"]),
        tuple(raw["questions"]),
    )


def _route(text: str | None) -> Route | None:
    return Route(text) if text else None
