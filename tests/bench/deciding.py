"""Deciding: how many a second on one core, the slowest kinds, and against ``json.loads``.

Seconds are those of the processor, so that neighbours on the same machine do not count. The worked
examples are a thousand different questions; the messages are of the size and kind that courts send.
"""

from __future__ import annotations

import json
import statistics
import time
from collections import defaultdict
from collections.abc import Callable, Sequence

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


def run() -> dict[str, object]:
    """Return the ratio, the rates on one core, and the ten slowest kinds of decision."""
    bodies = [message(n) for n in range(_MESSAGES)]
    facts = [one.facts for body in bodies for one in read(body).sentenced]
    folder = FOLDER / "cp-hearing-resulted"
    samples = [path.read_bytes() for path in folder.iterdir()] if folder.is_dir() else []
    examples = settled()
    asked = [row.facts for row in examples]
    forget()
    first = _rate(asked, rounds=1)
    return {
        "bytes_a_message": len(bodies[0]),
        "ratio_to_json_loads": _ratio(bodies),
        "ratio_to_json_loads_on_the_samples": _ratio(samples) if samples else "no samples here",
        "decisions_a_second_on_one_core": _rate(facts),
        "of_the_worked_examples": _rate(asked),
        "of_the_worked_examples_when_never_asked_before": first,
        "slowest_kinds_in_microseconds": _slowest(examples),
    }


def _ratio(bodies: Sequence[bytes]) -> float:
    """Return the median ratio of reading and deciding to parsing, over interleaved rounds."""
    ratios = []
    for _ in range(_ROUNDS):
        parsing = _seconds(lambda: _parse_all(bodies))
        ratios.append(_seconds(lambda: _decide_all(bodies)) / parsing)
    return round(statistics.median(ratios), 2)


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


def _parse_all(bodies: Sequence[bytes]) -> None:
    # Each is let go before the next, as in deciding: to hold them all would make parsing slower.
    for body in bodies:
        json.loads(body)


def _decide_all(bodies: Sequence[bytes]) -> None:
    for body in bodies:
        for one in read(body).sentenced:
            decide(one.facts)


def _seconds(act: Callable[[], object]) -> float:
    start = time.process_time()
    act()
    return time.process_time() - start
