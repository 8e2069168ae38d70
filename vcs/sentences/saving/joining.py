"""Give what is told under a new key to the sentence that it is about, where one is held."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import insert

from vcs.database import insert_once
from vcs.sentences.enquiries.questions import day_to_work_to
from vcs.sentences.history.reports import Decided, MessageToRecord
from vcs.sentences.records import Sentence, SentenceKey, SentenceMark
from vcs.sentences.saving.same_occasion import Fit, Occasion, fit, held_occasions, occasion_of
from vcs.sentences.saving.sentence_work import SentenceWork
from vcs.tables import table_of
from vcs.tasks.ask import Question, open_tasks
from vcs.tasks.records import TaskKind

_SENTENCES = table_of(Sentence)

_KEYS, _MARKS = table_of(SentenceKey), table_of(SentenceMark)

MAY_BE_ONE = (
    "Court messages tell of this sentence and of another one of that day, and both may be one: the "
    "names fit, and what would settle it is missing or fits more than one. Nothing was joined. Ask "
    "the court whether they are one person and one sentence. If they are, refer the victim for "
    "one of them and close the referral of the other, saying why."
)

TOLD_TWICE = (
    "Two feeds tell of a sentence in this case, at this court, on this day, of one name, and one "
    "of them leaves the date of birth out. They were taken for one sentence. Ask the court whether "
    "two people of this name were sentenced."
)


@dataclass(frozen=True, slots=True)
class NewOccasion:
    """What was told under a key for the first time.

    ``same`` is what it was joined to; ``asked`` are those it may be, of which a person is asked.
    """

    seen: Occasion
    same: Occasion | None
    asked: tuple[Occasion, ...]

    @classmethod
    def of(cls, seen: Occasion, others: Iterable[Occasion]) -> NewOccasion:
        """Compare an occasion with others: it joins the only one that certainly fits."""
        fits = [(how, other) for other in others if (how := fit(seen, other)) is not Fit.NO]
        certain = [other for how, other in fits if how is Fit.CERTAIN]
        if len(certain) == 1:
            return cls(seen, certain[0], ())
        may_be = tuple(other for _, other in fits)
        if len(fits) == 1 and fits[0][0] is Fit.PROBABLY:
            return cls(seen, may_be[0], may_be)
        return cls(seen, None, may_be)


def new_occasions(books: SentenceWork, batch: Iterable[MessageToRecord]) -> list[NewOccasion]:
    """Find the sentence that each key told for the first time is about, where there is one.

    Two people whom one message tells apart are never one.
    """
    new: list[NewOccasion] = []
    for told in batch:
        for one in told.decided:
            if one.key not in books.ids and one.key not in books.known_as:
                new.append(_compared(books, told, one, new))
    return new


def _compared(
    books: SentenceWork, told: MessageToRecord, one: Decided, new: Sequence[NewOccasion]
) -> NewOccasion:
    beside = {each.key for each in told.decided if each is not one}
    taken = {books.ids[key] for key in beside if key in books.ids}
    named = beside | {books.known_as[key] for key in beside if key in books.known_as}
    seen = occasion_of(one.key, one.sentenced, told.read.format)
    others = [each.seen for each in new if each.same is None and each.seen.key not in named]
    held = held_occasions(books.session, books.sealer, seen)
    others += [each for each in held if each.sentence_id not in taken]
    found = NewOccasion.of(seen, others)
    if found.same is None:
        books.known_as[one.key] = one.key
    elif found.same.sentence_id is None:
        books.known_as[one.key] = found.same.key
    else:
        books.ids[one.key] = found.same.sentence_id
        if found.same.sentence_id not in books.rows:
            books.hold(_SENTENCES.c.id == found.same.sentence_id)
    return found


def keep_keys(books: SentenceWork, new: Iterable[NewOccasion]) -> None:
    """Keep the marks of what was told for the first time, and each further key of a sentence."""
    found = list(new)
    marks = [
        {"sentence_id": books.ids[one.seen.key], "mark": mark, "kind": one.seen.kinds.get(mark)}
        for one in found
        for mark in sorted(one.seen.marks | one.seen.lines)
    ]
    if marks:
        books.session.execute(insert_once(books.session, _MARKS, "sentence_id", "mark"), marks)
    for one in found:
        its_id = books.ids[one.seen.key]
        if one.same is not None:
            row = {"key": one.seen.key, "sentence_id": its_id}
            books.session.execute(insert(_KEYS), [row])
            books.note("sentence.joined", books.rows[its_id].reference)
    questions = [_question(books, one, other) for one in found for other in one.asked]
    open_tasks(books.session, questions, books.today)


def _question(books: SentenceWork, one: NewOccasion, other: Occasion) -> Question:
    keys = " ".join(sorted((one.seen.key, other.key)))
    row = books.rows[books.ids[one.seen.key]]
    return Question(
        f"same:{hashlib.sha256(keys.encode('utf-8')).hexdigest()[:20]}",
        TaskKind.QUESTION,
        MAY_BE_ONE if one.same is None else TOLD_TWICE,
        row.region_code,
        day_to_work_to(row.sentenced_on),
        row.id,
    )
