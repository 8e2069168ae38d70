"""When people last changed a scenario of a course: read from the scenarios alone."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from datetime import date
from functools import cache
from importlib.resources import files


def last_changed(course: str) -> date | None:
    """Return the day on which people last changed a scenario of a course; None for never."""
    return _last().get(course)


@cache
def _last() -> Mapping[str, date]:
    text = files("vcs.training").joinpath("data/scenarios.csv").read_text(encoding="utf-8")
    found: dict[str, date] = {}
    for row in csv.DictReader(text.splitlines()):
        if row["changed_on"]:
            day = date.fromisoformat(row["changed_on"])
            for course in row["courses"].split(";"):
                found[course] = max(day, found.get(course, day))
    return found
