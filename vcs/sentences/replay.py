"""A stored decision made again, from the facts and the rule set it was made on. Nothing is written.

The same facts under the same rules give the same bytes. Where they do not, the program has changed
since: that is told, and what is stored stays as it is.
"""

from __future__ import annotations

import difflib
import json
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlmodel import Session, col, select

from vcs.clock import LONDON
from vcs.errors import NotFound
from vcs.law.archive import decision_json, facts_from_json
from vcs.law.eligibility import decide
from vcs.law.rule_sets import named
from vcs.sentences.decisions import DecisionAsAt, decision_card
from vcs.sentences.records import DecisionRecord


@dataclass(frozen=True, slots=True)
class Replayed:
    """A decision as stored and as made again, both as canonical JSON text.

    ``again`` None is one that this program cannot make again; ``problem`` then says why.
    """

    decision_id: int
    made_at: datetime
    rule_set: str
    stored: str
    again: str | None
    problem: str = ""

    @property
    def is_same(self) -> bool:
        """Say whether the bytes are those that are stored."""
        return self.again == self.stored

    def difference(self) -> list[str]:
        """Return the lines in which the two differ; empty where they are the same."""
        if self.again is None:
            return [self.problem]
        before, after = (_lines(text) for text in (self.stored, self.again))
        return list(difflib.unified_diff(before, after, "stored", "decided again", lineterm=""))


def _lines(text: str) -> list[str]:
    return json.dumps(json.loads(text), indent=1, sort_keys=True, ensure_ascii=False).splitlines()


def standing_decision(session: Session, sentence_id: int, as_at: date | None) -> DecisionRecord:
    """Return the decision about a sentence that stood at the end of a day; raises NotFound."""
    query = select(DecisionRecord).where(DecisionRecord.sentence_id == sentence_id)
    if as_at is not None:
        ends = datetime.combine(as_at + timedelta(days=1), time.min, LONDON)
        query = query.where(col(DecisionRecord.made_at) < ends)
    found = session.exec(query.order_by(col(DecisionRecord.id).desc())).first()
    if found is None:
        raise NotFound("Nothing had been decided about that sentence by that day.")
    return found


def decision_as_at(session: Session, sentence_id: int, as_at: date) -> DecisionAsAt:
    """Return the decision that stood at the end of a day; raises NotFound where there was none."""
    again = made_again(standing_decision(session, sentence_id, as_at))
    card = decision_card(session, sentence_id, again.decision_id)
    return DecisionAsAt(card, again.is_same, again.problem)


def made_again(kept: DecisionRecord) -> Replayed:
    """Decide again on the stored facts, under the rule set that the decision names."""
    rules, again, problem = named(kept.rule_set), None, ""
    if rules is None:
        problem = f"This program has no rule set called {kept.rule_set}."
    else:
        try:
            again = decision_json(decide(facts_from_json(kept.facts), rules))
        except (KeyError, TypeError, ValueError) as fault:
            # The class only: its text can hold what was in the facts.
            problem = f"This program cannot read the stored facts ({type(fault).__name__})."
    return Replayed(kept.id, kept.made_at, kept.rule_set, kept.decision, again, problem)
