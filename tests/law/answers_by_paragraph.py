"""Every code's answer, told a second time in short: one line for each paragraph of the Schedule.

A line holds how many codes the paragraph has and a mark made from every answer: on which days it
is listed, what each code answers on them, and which of its codes belong to the Notification
Scheme, to discretion, or lack a victim. Unlisted codes have a line for their first two letters.

A change of the tables that is meant renews the lines, and says in the change what came or went::

    .venv/bin/python -m tests.law.answers_by_paragraph
"""

from __future__ import annotations

import csv
import hashlib
from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from vcs.law.specified_offence import families, offences
from vcs.law.specified_offence.schedule import PARAGRAPHS, Paragraph, rows_of

TABLE = Path(__file__).with_name("schedule") / "answers.csv"

HEADER = ("paragraph", "codes", "mark")

_ONE_DAY = timedelta(days=1)

_USUAL_DAYS = (date(2006, 6, 6), date(2026, 3, 20))


def lines() -> Iterator[tuple[str, str, str]]:
    """Yield each paragraph's line, from the tables as they stand."""
    by_group: defaultdict[str, list[str]] = defaultdict(list)
    for code in offences.codes():
        row = offences.find(code)
        assert row is not None
        by_group[row.paragraph or f"unlisted {code[:2]}"].append(code)
    for key in {row.key for row in PARAGRAPHS} - by_group.keys():
        by_group[key] = []
    for group, codes in sorted(by_group.items()):
        told = "\n".join([*map(_listed, rows_of(group)), *(_answers(one, group) for one in codes)])
        yield group, str(len(codes)), hashlib.sha256(told.encode()).hexdigest()[:12]


def _listed(row: Paragraph) -> str:
    counted = (row.schedule, row.part, row.number, row.first, row.last, row.committed_from)
    return f"{counted} {row.by_sentence} {row.read_back}"


def _answers(code: str, group: str) -> str:
    days = sorted({*_USUAL_DAYS, *_edges(group)})
    each = [families.settled_by_title(code, offences.standing(code, day, day)) for day in days]
    row, family = offences.find(code), families.family_of(code)
    beside: tuple[object, ...] = (
        family and family.name,
        each[-1].notification_scheme,
        bool(each[-1].without_victim),
        families.may_be_notified_of(code, each[-1]),
        row and (row.convicted_from, row.convicted_until, row.committed_from),
    )
    follows = families.by_the_sentence(code)
    by_sentence = f" {follows.in_words} {follows.purpose}" if follows else ""
    return f"{code} {[str(one.answer) for one in each]} {beside}{by_sentence}"


def _edges(group: str) -> Iterator[date]:
    for row in rows_of(group):
        yield from (row.first - _ONE_DAY, row.first)
        if row.last:
            yield from (row.last, row.last + _ONE_DAY)


def held() -> list[tuple[str, ...]]:
    """Return the lines as they were last agreed."""
    with TABLE.open(encoding="utf-8", newline="") as opened:
        return [tuple(row) for row in csv.reader(opened)][1:]


if __name__ == "__main__":
    with TABLE.open("w", encoding="utf-8", newline="") as written:
        csv.writer(written, lineterminator="\n").writerows([HEADER, *lines()])
