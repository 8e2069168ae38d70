"""Deciding: how many a second on one core, against ``json.loads`` and against a rule engine.

Seconds are those of the processor, so that neighbours on the same machine count for little; what is
compared is measured in turns. The worked examples are a thousand different questions; the dense
messages are of the size and kind that courts send. XML is set against the library's own parser.
"""

from __future__ import annotations

import json
import statistics
import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from pathlib import Path
from xml.etree import ElementTree

from tests.bench import engine
from tests.bench.bodies import message
from tests.law.example_reader import Example, settled
from tests.law.switches import forget
from tests.law.test_samples import FOLDER
from vcs.intake.reading import read
from vcs.law.eligibility import decide
from vcs.law.facts import SentencingFacts

_ROUNDS = 9
_MESSAGES = 100
_SLOWEST = 10
_SAMPLES = {
    "samples": "cp-hearing-resulted",
    "samples_for_the_police": "cp-police-result-generated",
    "samples_of_the_copy": "hmpps-cp-hearing",
}


def run() -> dict[str, object]:
    """Return the ratios, the rates on one core, and the ten slowest kinds of decision."""
    bodies = [message(n) for n in range(_MESSAGES)]
    facts = [one.facts for body in bodies for one in read(body).sentenced]
    examples = settled()
    asked = [row.facts for row in examples if row.as_if is None]
    forget()
    first = _rate(asked, rounds=1)
    return {
        "bytes_a_message": len(bodies[0]),
        "ratio_to_json_loads": {
            "dense": _ratio(bodies),
            **{name: _ratio(_sent(folder)) for name, folder in _SAMPLES.items()},
        },
        "ratio_to_element_tree_on_spi": _ratio(_sent("spi-results-xml"), ElementTree.fromstring),
        "decisions_a_second_on_one_core_with_every_reason": {
            "dense": _beside_the_engine(facts),
            "worked_examples": _beside_the_engine(asked),
            "worked_examples_never_asked_before": first,
        },
        "slowest_kinds_in_microseconds": _slowest(examples),
    }


def _sent(folder: str) -> list[bytes]:
    """Return the bodies of a folder of real messages; none where they are not beside us."""
    found: list[Path] = sorted((FOLDER / folder).glob("*.*"))
    return [path.read_bytes() for path in found]


def _ratio(bodies: Sequence[bytes], parse: Callable[[bytes], object] = json.loads) -> float | None:
    """Return the median ratio of reading and deciding to parsing, over interleaved rounds."""
    ratios = []
    for _ in range(_ROUNDS if bodies else 0):
        parsing = _seconds(lambda: _parse_all(bodies, parse))
        ratios.append(_seconds(lambda: _decide_all(bodies)) / parsing)
    return round(statistics.median(ratios), 2) if ratios else None


def _beside_the_engine(asked: Sequence[SentencingFacts]) -> dict[str, float]:
    """Return our rate, the engine's on the same facts in the same turns, and ours in its."""
    if engine.differing(asked):
        raise ValueError("the rule engine was given other conditions than ours")
    given = [engine.given(one) for one in asked]
    taken = [
        (
            _seconds(lambda: [decide(one) for one in asked]),
            _seconds(lambda: [engine.is_statutory(one) for each in given for one in each]),
        )
        for _ in range(_ROUNDS)
    ]
    ours, its = (min(seconds) for seconds in zip(*taken, strict=True))
    return {
        "ours": round(len(asked) / ours),
        "rule_engine_without_reasons": round(len(asked) / its),
        "ours_in_its_by_turns": round(statistics.median(b / a for a, b in taken), 2),
    }


def _rate(facts: Sequence[SentencingFacts], rounds: int = _ROUNDS) -> int:
    fastest = min(_seconds(lambda: [decide(one) for one in facts]) for _ in range(rounds))
    return round(len(facts) / fastest)


def _slowest(examples: Sequence[Example]) -> dict[str, float]:
    """Return the kinds that take longest, by outcome, route and the number of offences."""
    kinds: defaultdict[str, list[SentencingFacts]] = defaultdict(list)
    for row in examples:
        offences = len(row.facts.offences)
        count = "1 offence" if offences == 1 else f"{offences} offences"
        kinds[f"{row.expected}, {row.route or 'no route'}, {count}"].append(row.facts)
    taken = {kind: 1_000_000 / _rate(facts * 10) for kind, facts in kinds.items()}
    worst = sorted(taken, key=lambda kind: taken[kind], reverse=True)[:_SLOWEST]
    return {kind: round(taken[kind], 1) for kind in worst}


def _parse_all(bodies: Sequence[bytes], parse: Callable[[bytes], object]) -> None:
    # Each is let go before the next, as in deciding: to hold them all would make parsing slower.
    for body in bodies:
        parse(body)


def _decide_all(bodies: Sequence[bytes]) -> None:
    for body in bodies:
        for one in read(body).sentenced:
            decide(one.facts)


def _seconds(act: Callable[[], object]) -> float:
    start = time.process_time()
    act()
    return time.process_time() - start
