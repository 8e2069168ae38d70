"""The scenarios that people wrote, with the decision of the program beside those of the law."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files

from vcs.law.eligibility import decide
from vcs.law.facts import OffenceFacts, SentenceFacts, SentencingFacts
from vcs.terms import Finding, SentenceKind, Sequence, Term
from vcs.training.cases import COMMITTED, OLDER, SENTENCED
from vcs.training.scenario import Scenario


@dataclass(frozen=True, slots=True)
class Written:
    """A scenario, the courses that it belongs to, and when it last changed: None for never."""

    scenario: Scenario
    courses: tuple[str, ...]
    changed_on: date | None


@cache
def written() -> tuple[Written, ...]:
    """Return the scenarios of ``data/scenarios.csv``, in its order."""
    return tuple(_written(row) for row in _rows())


def last_changed(course: str) -> date | None:
    """Return the day on which people last changed a scenario of a course; None for never.

    Read from the rows alone: no scenario is made for it.
    """
    days = (_changed_on(row) for row in _rows() if course in row["courses"].split(";"))
    return max((day for day in days if day), default=None)


@cache
def _rows() -> tuple[Mapping[str, str], ...]:
    text = files("vcs.training").joinpath("data/scenarios.csv").read_text(encoding="utf-8")
    return tuple(csv.DictReader(text.splitlines()))


def _changed_on(row: Mapping[str, str]) -> date | None:
    return date.fromisoformat(row["changed_on"]) if row["changed_on"] else None


def _written(row: Mapping[str, str]) -> Written:
    facts = _FACTS.get(row["id"])
    scenario = Scenario(
        row["id"],
        row["facts"],
        row["question"],
        row["right"],
        row["wrong"],
        row["mistake"],
        row["why"],
        tuple(row["provision"].split("|")),
        (row["other"],),
        row["safety"] == "yes",
        row["scored"] == "yes",
        decide(facts) if facts else None,
    )
    return Written(scenario, tuple(row["courses"].split(";")), _changed_on(row))


def _one(
    code: str,
    kind: SentenceKind,
    term: Term | None = None,
    sequence: Sequence = Sequence.NOT_STATED,
) -> OffenceFacts:
    imposed = SentenceFacts(kind, terms=(term,) if term else (), sequence=sequence)
    return OffenceFacts(
        1,
        code,
        finding=Finding.CONVICTED,
        committed_from=COMMITTED,
        sentences=(imposed,),
    )


def _facts(
    *offences: OffenceFacts, youth: bool = False, restricted: bool = False
) -> SentencingFacts:
    return SentencingFacts(
        SENTENCED, None, offences, youth=youth, crown_court=True, restricted=restricted
    )


_PRISON = SentenceKind.IMPRISONMENT

_ROBBERY, _BODILY_HARM, _ATTEMPTED_RAPE = "TH68023", "OF61102", "SX03001A"

_FACTS: Mapping[str, SentencingFacts] = {
    "S01": _facts(_one(_ROBBERY, _PRISON, Term(months=14))),
    "S02": _facts(_one(_BODILY_HARM, _PRISON, Term(months=12))),
    "S03": _facts(_one(_BODILY_HARM, _PRISON, Term(months=11))),
    "S04": _facts(_one("OF61131", _PRISON, Term(months=18))),
    "S05": _facts(_one("SX03005", SentenceKind.EXTENDED, Term(months=34))),
    "S06": _facts(_one(_ROBBERY, SentenceKind.SUSPENDED, Term(months=24))),
    "S07": _facts(_one(_ROBBERY, SentenceKind.SUSPENDED_ACTIVATED, Term(months=24))),
    "S08": _facts(
        _one(_BODILY_HARM, _PRISON, Term(months=8), Sequence.CONSECUTIVE),
        _one(_BODILY_HARM, _PRISON, Term(months=8), Sequence.CONSECUTIVE),
    ),
    "S09": _facts(_one(_BODILY_HARM, _PRISON, Term(months=6), Sequence.CONCURRENT)),
    "S10": _facts(_one(_ATTEMPTED_RAPE, _PRISON, Term(years=5))),
    "S12": SentencingFacts(
        SENTENCED,
        None,
        (
            OffenceFacts(
                1,
                "SC15004",
                finding=Finding.CONVICTED,
                committed_from=OLDER,
                committed_until=OLDER,
                domestic_abuse=True,
                sentences=(SentenceFacts(_PRISON, terms=(Term(years=4),)),),
            ),
        ),
        youth=False,
        crown_court=True,
    ),
    "S13": _facts(_one("PH97009", _PRISON, Term(months=6))),
    "S14": _facts(_one("SX03005", SentenceKind.HOSPITAL_ORDER), restricted=True),
    "S16": _facts(_one(_ROBBERY, SentenceKind.DETENTION_AND_TRAINING, Term(months=8)), youth=True),
    "S18": _facts(_one("ZZ99999", _PRISON, Term(months=30))),
}
"""The facts of those scenarios that are about one sentence: the card is made from them."""
