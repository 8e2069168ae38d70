"""When closing a line of a list takes two people: where contact may be owed for it.

One person may always ask further. Whoever says that a line is ours, or that nothing is owed about
it, may end the only sign of a sentence that nobody told us of.
"""

from __future__ import annotations

from typing import Final

from sqlmodel import Session

from vcs.lists.decided import outcome_of
from vcs.lists.endings import MORE_THAN_OURS, Ends, Reason
from vcs.lists.reading.lines import Line
from vcs.lists.records import ListLine
from vcs.lists.sealed_lines import KeptLine
from vcs.sealing import Sealer, shown
from vcs.sentences.history.current import OWED
from vcs.sentences.records import Sentence
from vcs.terms import Outcome

_OWED: Final = frozenset(OWED)


def takes_two(ends_as: Ends, reason: Reason, line: Line | None, ours: Outcome | None) -> bool:
    """Say whether nothing more is asked about a line only when two people say so.

    ``line`` is None where it does not open, ``ours`` the answer on the sentence of ours that it is
    tied to or may be. A line that is ours for sure, and whose victim is owed contact already,
    takes one person, and so does what the law on the line alone owes nobody.
    """
    is_more, is_owed = reason in MORE_THAN_OURS, ours in _OWED
    if ends_as is Ends.DIFFERS and is_owed and not is_more:
        return False
    if line is None or line.refused or reason in _OF_NOBODY:
        return True
    # Counts that are too short alone may be long enough beside those of ours.
    return (is_more and not is_owed) or outcome_of(line) is not Outcome.NOT_ELIGIBLE


_OF_NOBODY: Final = frozenset(
    {
        Reason.ELIGIBLE_UNKNOWN_TO_US,
        Reason.DISCRETIONARY_UNKNOWN_TO_US,
        Reason.UNDECIDED_UNKNOWN_TO_US,
        Reason.RESTRICTED,
    }
)
"""Reasons for which a line may be owed contact whatever it holds alone."""


def line_takes_two(session: Session, sealer: Sealer, line: ListLine) -> bool:
    """Say the same of a line as it is kept. What a list lacks of ours takes one person."""
    if line.row is None:
        return False
    kept = shown(sealer.open_json, line.sealed, None) if line.sealed is not None else None
    told = None if kept is None else KeptLine.of_json(kept).line()
    ours = session.get(Sentence, line.sentence_id) if line.sentence_id is not None else None
    outcome = Outcome(ours.outcome) if ours else None
    return takes_two(Ends(line.ends_as), Reason(line.reason), told, outcome)
