"""Where a realistic year's sentences of 12 months or more go: what is owed, what is asked, and why.

The year is an estimate outside this project, one code standing for its family. Each row is spread
over the codes of the same Act whose titles say nearly the same, so that no one code's luck counts.
"""

from __future__ import annotations

import argparse
import csv
import re
import sys
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from vcs.intake.reading import read
from vcs.law.decision import Decision
from vcs.law.eligibility import decide
from vcs.law.facts import OffenceFacts, SentenceFacts, SentencingFacts
from vcs.law.relevant_sentence.sentences import IMMEDIATE_CUSTODY
from vcs.law.specified_offence import offences
from vcs.terms import Answer, Finding, Outcome, SentenceKind, Term

SHARED = Path(__file__).parents[3] / "shared" / "data"

MIX = Path("reference") / "custodial_mix_estimate.csv"

SAMPLES = Path("messages")

DAY = date(2026, 3, 20)

COMMITTED = date(2025, 9, 1)

_ACT, _BASE, _MOST = 4, 7, 12

_ALIKE = 0.4

"""How many of the words of two titles must be the same for one family."""

Weights = defaultdict[str, float]

_BEFORE_A_PERSON = (Outcome.CANNOT_TELL, Outcome.DISCRETIONARY)

_CUSTODIAL = IMMEDIATE_CUSTODY | {SentenceKind.UNKNOWN}


@dataclass(slots=True)
class Shares:
    """How much went to each outcome, why it could not be told, and what was owed and not found."""

    outcomes: Weights = field(default_factory=lambda: defaultdict(float))
    reasons: Weights = field(default_factory=lambda: defaultdict(float))
    not_found: list[str] = field(default_factory=list)

    def count(self, decision: Decision, weight: float = 1) -> None:
        """Count one offender's decision, with the first thing that is asked of a person."""
        outcome = decision.outcome
        self.outcomes[outcome] += weight
        if outcome not in _BEFORE_A_PERSON:
            return
        one = next(o for o in decision.offences if o.outcome is outcome)
        asked = one.questions[0] if one.questions else "a manager decides"
        self.reasons[f"{outcome}: {one.offence_code} {one.title[:60]}: {asked}"] += weight


def family(code: str, title: str) -> tuple[str, ...]:
    """Return the codes of one Act whose titles say nearly what this one says, itself first."""
    words = _words(title)
    near = [
        (-_alike(words, _words(row.title)), row.code)
        for row in map(offences.find, _codes_of(code[:_ACT]))
        if row and row.code != code and _alike(words, _words(row.title)) >= _ALIKE
    ]
    return (code, *(one for _, one in sorted(near)[: _MOST - 1]))


def _codes_of(act: str) -> list[str]:
    return [one for one in offences.codes() if one.startswith(act) and len(one) == _BASE]


def _words(title: str) -> frozenset[str]:
    return frozenset(re.findall(r"[a-z0-9]{3,}", title.lower()))


def _alike(one: frozenset[str], other: frozenset[str]) -> float:
    return len(one & other) / max(1, len(one | other))


def sentence(code: str) -> SentencingFacts:
    """Return an adult's sentence of 18 months for one offence, by the Crown Court."""
    row = offences.find(code)
    one = OffenceFacts(
        sequence=1,
        offence_code=code,
        title=row.title if row else "",
        finding=Finding.CONVICTED,
        convicted_on=DAY,
        committed_from=COMMITTED,
        committed_until=COMMITTED,
        sentences=(SentenceFacts(SentenceKind.IMPRISONMENT, terms=(Term(months=18),)),),
    )
    return SentencingFacts(DAY, "C01CE00", (one,), date(1990, 1, 1), youth=False, crown_court=True)


def of_the_year(mix: Path) -> Shares:
    """Decide every family of the estimate, each code with its part of the family's weight."""
    shares = Shares()
    for row in csv.DictReader(mix.read_text(encoding="utf-8").splitlines()):
        weight = float(row["thousands_a_year_12_months_or_more"])
        codes = family(row["offence_code"], row["title"])
        for code in codes if weight else ():
            decided = decide(sentence(code))
            shares.count(decided, weight / len(codes))
            listed = offences.standing(code, DAY, COMMITTED, DAY).answer
            if listed is Answer.YES and decided.outcome is not Outcome.STATUTORY:
                shares.not_found.append(code)
    return shares


def of_the_samples(folder: Path) -> tuple[Shares, Shares]:
    """Decide every offender of a folder's messages; the second counts custody alone."""
    everyone, custody = Shares(), Shares()
    for path in sorted(one for one in folder.rglob("*") if one.is_file()):
        for one in read(path.read_bytes()).sentenced:
            decided = decide(one.facts)
            everyone.count(decided)
            if _is_custodial(one.facts):
                custody.count(decided)
    return everyone, custody


def _is_custodial(facts: SentencingFacts) -> bool:
    """Say whether anything imposed is custody at once, or may be."""
    return any(one.kind in _CUSTODIAL for offence in facts.offences for one in offence.sentences)


def _tell(title: str, shares: Shares) -> None:
    whole = sum(shares.outcomes.values()) or 1
    print(f"{title}: {whole:.1f}")
    for outcome in Outcome:
        print(f"  {100 * shares.outcomes[outcome] / whole:6.2f} %  {outcome}")
    for reason, weight in sorted(shares.reasons.items(), key=lambda one: (-one[1], one[0])):
        print(f"    {100 * weight / whole:5.2f} %  {reason}")
    for code in shares.not_found:
        print(f"  OWED AND NOT FOUND: {code}")


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the shares. Exit 1 where one who is owed contact was not found, or nothing is there."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", nargs="?", type=Path, default=SHARED)
    data = parser.parse_args(arguments).data
    if not (data / MIX).is_file():
        print(f"There is no {MIX} in {data}: give the folder that holds it.", file=sys.stderr)
        return 1
    year = of_the_year(data / MIX)
    _tell("A year's sentences of 12 months or more, in thousands", year)
    if (data / SAMPLES).is_dir():
        everyone, custody = of_the_samples(data / SAMPLES)
        _tell("Everyone sentenced in the samples", everyone)
        _tell("Of these, whoever got custody at once, or may have", custody)
    else:
        print(f"There is no folder {SAMPLES} in {data}: the samples were left out.")
    return 1 if year.not_found else 0


if __name__ == "__main__":
    sys.exit(main())
