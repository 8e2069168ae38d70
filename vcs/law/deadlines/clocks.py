"""The clocks of duties beside the deadlines: with a day, or without where none is stated."""

from __future__ import annotations

from datetime import date

from vcs.law.deadlines.duties import DUTIES, LAST_OF_COUNTS, due, in_words
from vcs.law.deadlines.working_days import FIRST_DAY, is_provisional, version
from vcs.law.decision import Clock
from vcs.terms import Outcome

_CLOCKS = tuple(row for row in DUTIES if row.has_clock)

_NO_NUMBER = "No text that was seen gives a number"


def clock(duty: str, day: date, outcome: Outcome | None = None) -> Clock | None:
    """Return the clock of a duty that starts on a day; None where nothing is owed then.

    ``outcome`` is the answer of the law, for what starts with a sentence.
    """
    if not FIRST_DAY <= day <= LAST_OF_COUNTS:
        return None
    rows = (row for row in _CLOCKS if row.duty == duty and row.applies(day))
    row = next((row for row in rows if outcome is None or row.outcome in (None, outcome)), None)
    if row is None:
        return None
    due_on = None if row.count is None else due(row, day)
    counted = f"{row.count} {row.unit} from {in_words(day)}" if due_on else _NO_NUMBER
    return Clock(
        duty,
        row.owed_by,
        row.trigger,
        day,
        due_on,
        counted,
        row.provision,
        row.confidence == "high",
        due_on is not None and row.unit == "working days" and is_provisional(day, due_on),
        version(None),
    )
