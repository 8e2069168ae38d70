"""Ask whether two cases are of one offender, where an id of the person is one and all else is not.

Until a manager answers, what protects counts: addresses of either case are compared with the
victims of the other, and danger asks the other unit. A *no* stays with its own case.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import Final

from sqlmodel import Session, col, select

from vcs.clock import london_date
from vcs.events.in_doubt import is_at_large
from vcs.intake.cursors import held_cursor
from vcs.referrals.records import Referral
from vcs.sealing import Sealer
from vcs.sentences.ids_of_person import sharing
from vcs.sentences.records import Sentence
from vcs.sentences.same_offender import of_one_id
from vcs.tasks.ask import Question, ask_again, open_tasks
from vcs.tasks.records import TaskKind, TaskTopic
from vcs.terms import Outcome

_TEXT: Final = (
    "A court gave the offender of this case and of another one ({reference}) one id of a person: a "
    "master id, a PNC, CRO or prison number. The name, the date of birth or another number "
    "differs, so nobody can tell whether they are one. Until you answer, the addresses of each are "
    "compared with the victims of both, and nobody is told of the other’s events. Ask the court, "
    "or look at what both cases have. If they are one, everybody of both is told from then on."
)

_MOST_ASKED: Final = 10
"""Questions about one sentence at once: more than that is no person’s id."""

_SO_FAR: Final = "offenders compared by their ids"


def ask_where_ids_agree(
    session: Session, sealer: Sealer, sentence_ids: Iterable[int], now: datetime
) -> int:
    """Ask about each pair of which one is among some sentences. Returns how many are asked about.

    Nobody is asked twice, nor about two cases in neither of which contact may be owed.
    """
    shared = sorted(sharing(session, sentence_ids))
    questions = [
        question
        for its_id in shared
        for question in _about(session, sealer, session.get_one(Sentence, its_id), now)
    ]
    open_tasks(session, questions, london_date(now))
    ask_again(session, questions, london_date(now))
    return len(questions)


def ask_about_some(session: Session, sealer: Sealer, now: datetime, limit: int) -> int:
    """Ask about the next sentences on record that were never compared. Returns how many were."""
    cursor = held_cursor(session, _SO_FAR)
    newer = select(Sentence.id).where(col(Sentence.id) > cursor.last_id)
    some = session.exec(newer.order_by(col(Sentence.id)).limit(limit)).all()
    if some:
        ask_where_ids_agree(session, sealer, some, now)
        cursor.last_id = some[-1]
        session.add(cursor)
    return len(some)


def _about(session: Session, sealer: Sealer, own: Sentence, now: datetime) -> Iterator[Question]:
    perhaps = of_one_id(session, sealer, own).perhaps
    for other in perhaps if len(perhaps) <= _MOST_ASKED else ():
        if own.outcome == other.outcome == Outcome.NOT_ELIGIBLE:
            continue
        first, second = sorted((own, other), key=lambda one: one.id)
        today = london_date(now)
        danger = any(is_at_large(session, sealer, one, today) for one in (first, second))
        sides = ((first, second), (second, first))
        asked = [_question(session, one, two, today if danger else None) for one, two in sides]
        yield asked[0]
        # Where no manager sees both, one on each side is asked, and one answer is enough.
        if asked[0].region_code != asked[1].region_code:
            yield asked[1]


def _question(session: Session, own: Sentence, other: Sentence, today: date | None) -> Question:
    """Return the question about one side. ``today`` is given where somebody is at large."""
    referral = session.exec(select(Referral).where(Referral.sentence_id == own.id)).first()
    return Question(
        f"{TaskKind.SAME_OFFENDER}:{own.reference}:{other.reference}",
        TaskKind.SAME_OFFENDER,
        _TEXT.format(reference=other.reference),
        referral.region_code if referral else own.region_code,
        today,
        sentence_id=own.id,
        referral_id=referral.id if referral else None,
        topic=TaskTopic.DANGER if today else None,
        other_sentence_id=other.id,
    )
