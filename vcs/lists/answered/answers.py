"""What people said of lines before: found again in whatever list a line comes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from sqlalchemy import select
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from vcs.lists.answered.answering import EXPLANATIONS, Explanation, LineAnswer
from vcs.lists.digests import identity, of_ours
from vcs.lists.endings import Ending, Ends, Reason
from vcs.lists.reading.columns import ListKind
from vcs.lists.reading.lines import Line
from vcs.lists.records import ListAnswer, ListLine, ListRun
from vcs.lists.sealed_lines import KeptLine
from vcs.sealing import Sealer, shown
from vcs.sentences.records import Sentence

_EXPLAINABLE = frozenset({Ends.TASK, Ends.DIFFERS, Ends.CANNOT_TELL})


@dataclass(frozen=True, slots=True)
class Said:
    """What was said of one line: the newest word counts. Sentences are named by reference."""

    same: str = ""
    not_same: frozenset[str] = frozenset()
    explained: Explanation | None = None


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
        """Return an ending as a person explained it, where one did."""
        explained = self.of(text).explained
        if explained is None or ending.ends_as not in _EXPLAINABLE:
            return ending
        why = f"{EXPLANATIONS[explained]}: so a person said"
        return replace(ending, ends_as=Ends.EXPLAINED, reason=Reason.BY_PERSON, why=why)


def kept_answers(session: Session, sealer: Sealer) -> Answers:
    """Return what people said of lines, but what waits for a second person.

    Each line is opened and read again, so that no change of keys forgets an answer.
    """
    said_of = aliased(Sentence)
    query = (
        select(
            ListAnswer, ListLine, col(ListRun.kind), col(Sentence.reference), col(said_of.reference)
        )
        .join(ListLine, col(ListLine.id) == col(ListAnswer.line_id))
        .join(ListRun, col(ListRun.id) == col(ListLine.run_id))
        .outerjoin(Sentence, col(Sentence.id) == col(ListLine.sentence_id))
        .outerjoin(said_of, col(said_of.id) == col(ListAnswer.sentence_id))
        .where(~col(ListAnswer.needs_second) | col(ListAnswer.confirmed_by).is_not(None))
        .order_by(col(ListAnswer.id))
    )
    found: dict[str, Said] = defaultdict(Said)
    for answer, line, kind, of_line, of_answer in session.execute(query):
        text = _text(sealer, line, ListKind(kind), of_line or "")
        if text is None:
            continue
        found[text] = _with(found[text], answer, of_answer or "")
    return Answers(dict(found))


def _text(sealer: Sealer, line: ListLine, kind: ListKind, reference: str) -> str | None:
    """Return what identifies a line; None where it does not open, so that it is asked anew."""
    if line.row is None or line.sealed is None:
        return of_ours(kind, reference)
    opened = shown(sealer.open_json, line.sealed, None)
    if opened is None:
        return None
    kept = KeptLine.of_json(opened)
    return identity(kind, kept.line(), kept.cells)


def _with(said: Said, answer: ListAnswer, reference: str) -> Said:
    if answer.answer == LineAnswer.SAME:
        return Said(same=reference, not_same=said.not_same - {reference})
    if answer.answer == LineAnswer.NOT_SAME:
        same = "" if said.same == reference else said.same
        return Said(same, said.not_same | {reference})
    if answer.answer == LineAnswer.EXPLAINED and answer.reason:
        return replace(said, explained=Explanation(answer.reason))
    return said
