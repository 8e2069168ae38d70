"""What people said of lines before: found again in whatever list a line comes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from sqlalchemy import Row, Select, select
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from vcs.lists.answered.answering import EXPLANATIONS, Explanation, LineAnswer
from vcs.lists.answered.second import takes_two
from vcs.lists.digests import identity, of_ours
from vcs.lists.endings import Ending, Ends, Reason
from vcs.lists.reading.columns import ListKind
from vcs.lists.reading.lines import Line
from vcs.lists.records import ListAnswer, ListAnswerTakenBack, ListLine, ListRun
from vcs.lists.sealed_lines import KeptLine
from vcs.sealing import Sealer, shown
from vcs.sentences.records import Sentence
from vcs.terms import Outcome


@dataclass(frozen=True, slots=True)
class Explained:
    """Why a person said that nothing more is owed, and what exactly they said it of.

    ``reference`` is the sentence of ours that the line was tied to, "" for none.
    """

    why: Explanation
    ends_as: str
    reason: str
    outcome: str | None
    reference: str

    def fits(self, ending: Ending) -> bool:
        """Say whether a line ends today as it did when it was explained."""
        outcome = str(ending.outcome) if ending.outcome else None
        reference = ending.held.reference if ending.held else ""
        today = (str(ending.ends_as), str(ending.reason), outcome, reference)
        return today == (self.ends_as, self.reason, self.outcome, self.reference)


@dataclass(frozen=True, slots=True)
class Said:
    """What was said of one line: the newest word counts. Sentences are named by reference."""

    same: str = ""
    not_same: frozenset[str] = frozenset()
    explained: Explained | None = None


_NOTHING = Said()


@dataclass(frozen=True, slots=True)
class Answers:
    """What was said of every line, by the text that identifies it in any list."""

    by_text: Mapping[str, Said] = field(default_factory=dict)

    def of(self, text: str) -> Said:
        """Return what was said of the line that a text identifies."""
        return self.by_text.get(text, _NOTHING)

    def on(self, line: Line, text: str) -> Line:
        """Return a line with the sentence that a person said it is about, and those it is not."""
        said = self.of(text)
        if said is _NOTHING:
            return line
        return replace(line, same=said.same, not_same=said.not_same)

    def over(self, ending: Ending, text: str) -> Ending:
        """Return an ending as a person explained it, where one explained this very ending."""
        explained = self.of(text).explained
        if explained is None or not explained.fits(ending):
            return ending
        why = f"{EXPLANATIONS[explained.why]}: so a person said"
        return replace(ending, ends_as=Ends.EXPLAINED, reason=Reason.BY_PERSON, why=why)


def kept_answers(session: Session, sealer: Sealer) -> Answers:
    """Return what people said of lines, but what was taken back or waits for a second person.

    Each line is opened and read again, so that no change of keys forgets an answer.
    """
    found: dict[str, Said] = defaultdict(Said)
    for row in session.execute(_query()):
        answer, line, kind = row.ListAnswer, row.ListLine, ListKind(row.kind)
        kept = _opened(sealer, line)
        text = of_ours(kind, row.of_line or "") if line.row is None else _text(kind, kept)
        if text is None or _lacks_a_second(answer, line, kept, row.ours):
            continue
        found[text] = _with(found[text], row)
    return Answers(dict(found))


def _query() -> Select[Any]:
    said_of = aliased(Sentence)
    taken_back = select(col(ListAnswerTakenBack.answer_id))
    columns: tuple[Any, ...] = (
        ListAnswer,
        ListLine,
        col(ListRun.kind),
        col(Sentence.reference).label("of_line"),
        col(Sentence.outcome).label("ours"),
        col(said_of.reference).label("of_answer"),
    )
    return (
        select(*columns)
        .join(ListLine, col(ListLine.id) == col(ListAnswer.line_id))
        .join(ListRun, col(ListRun.id) == col(ListLine.run_id))
        .outerjoin(Sentence, col(Sentence.id) == col(ListLine.sentence_id))
        .outerjoin(said_of, col(said_of.id) == col(ListAnswer.sentence_id))
        .where(~col(ListAnswer.needs_second) | col(ListAnswer.confirmed_by).is_not(None))
        .where(col(ListAnswer.id).not_in(taken_back))
        .order_by(col(ListAnswer.id))
    )


def _opened(sealer: Sealer, line: ListLine) -> KeptLine | None:
    opened = shown(sealer.open_json, line.sealed, None) if line.sealed is not None else None
    return None if opened is None else KeptLine.of_json(opened)


def _text(kind: ListKind, kept: KeptLine | None) -> str | None:
    """Return what identifies a line; None where it does not open, so that it is asked anew."""
    return None if kept is None else identity(kind, kept.line(), kept.cells)


def _lacks_a_second(
    answer: ListAnswer, line: ListLine, kept: KeptLine | None, ours: str | None
) -> bool:
    """Say whether an answer of one person, given before two were asked for, closes nothing now."""
    closes = answer.answer in {LineAnswer.SAME, LineAnswer.EXPLAINED}
    if not closes or answer.confirmed_by is not None or line.row is None:
        return False
    told = kept.line() if kept else None
    outcome = Outcome(ours) if ours else None
    return takes_two(Ends(line.ends_as), Reason(line.reason), told, outcome)


def _with(said: Said, row: Row[Any]) -> Said:
    answer, line, reference = row.ListAnswer, row.ListLine, row.of_answer or ""
    if answer.answer == LineAnswer.SAME:
        return Said(same=reference, not_same=said.not_same - {reference})
    if answer.answer == LineAnswer.NOT_SAME:
        same = "" if said.same == reference else said.same
        return Said(same, said.not_same | {reference})
    if answer.answer == LineAnswer.EXPLAINED and answer.reason:
        why = Explanation(answer.reason)
        of_line = row.of_line or ""
        explained = Explained(why, line.ends_as, line.reason, line.outcome, of_line)
        return replace(said, explained=explained)
    return said
