"""A victim's feedback, and a region's: how much, its themes, and what was done about it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, col, select

from vcs.access.actors import Actor
from vcs.access.rules import Act, require_may, seen_one_by_one
from vcs.quality.questions import THEMES, Theme
from vcs.quality.records import Feedback
from vcs.referrals.records import Referral
from vcs.sealing import UNOPENED, Sealer, shown
from vcs.victims.find import visible_victim
from vcs.victims.person import shown_person
from vcs.victims.records import Victim

MOST = 200


@dataclass(frozen=True, slots=True)
class FeedbackView:
    """One answer, decrypted."""

    reference: str
    victim_reference: str
    milestone: str
    asked_on: date
    how: str
    scores: tuple[int, int, int] | None
    words: str
    theme: str | None
    did: str
    did_on: date | None

    @property
    def is_bare(self) -> bool:
        """True if there are scores and no words."""
        return self.scores is not None and not self.words


@dataclass(frozen=True, slots=True)
class OfVictim:
    """The answers of one victim."""

    referral_reference: str
    victim_reference: str
    name: str
    answers: tuple[FeedbackView, ...]


@dataclass(frozen=True, slots=True)
class OfRegion:
    """A region's feedback in a period. ``bare`` counts scores without words: the aim is zero."""

    asked: int
    answered: int
    bare: int
    good: int
    themes: tuple[tuple[str, int], ...]
    to_code: tuple[FeedbackView, ...]
    to_do: tuple[FeedbackView, ...]
    said_and_done: tuple[FeedbackView, ...]


def feedback_of(session: Session, sealer: Sealer, actor: Actor, victim: str) -> OfVictim:
    """Return a victim's answers. Raises NotFound if the actor may not see the victim."""
    require_may(actor, Act.SEE_CASEWORK)
    held = visible_victim(session, victim, actor)
    query = select(Feedback).where(Feedback.victim_id == held.id)
    rows = session.exec(query.order_by(col(Feedback.asked_on), col(Feedback.id)))
    return OfVictim(
        session.get_one(Referral, held.referral_id).reference,
        held.reference,
        shown_person(sealer, held.person).name,
        tuple(_view(sealer, row, held.reference) for row in rows),
    )


def of_region(
    session: Session, sealer: Sealer, actor: Actor, period: tuple[date, date]
) -> OfRegion:
    """Return the feedback from the cases that the actor may see, without names."""
    require_may(actor, Act.CODE_FEEDBACK)
    found = [_view(sealer, row, victim) for row, victim in _rows(session, actor, period)]
    answered = [one for one in found if one.scores is not None]
    themes = Counter(one.theme for one in found if one.theme)
    return OfRegion(
        len(found),
        len(answered),
        sum(one.is_bare for one in found),
        sum(min(one.scores) >= 4 for one in answered if one.scores),
        tuple((THEMES[Theme(name)], count) for name, count in themes.most_common()),
        tuple(one for one in found if one.theme is None and one.words)[:MOST],
        tuple(one for one in found if one.theme and one.words and not one.did)[:MOST],
        tuple(one for one in found if one.did)[:MOST],
    )


def _rows(
    session: Session, actor: Actor, period: tuple[date, date]
) -> Iterator[tuple[Feedback, str]]:
    query = (
        select(Feedback, Victim.reference)
        .join(Victim, col(Victim.id) == col(Feedback.victim_id))
        .join(Referral, col(Referral.id) == col(Victim.referral_id))
        .where(seen_one_by_one(actor, Referral), col(Feedback.asked_on).between(*period))
        .order_by(col(Feedback.asked_on), col(Feedback.id))
    )
    yield from session.exec(query)


def _view(sealer: Sealer, row: Feedback, victim: str) -> FeedbackView:
    scores = None
    if row.understood is not None and row.listened is not None and row.kept is not None:
        scores = (row.understood, row.listened, row.kept)
    return FeedbackView(
        row.reference,
        victim,
        row.milestone,
        row.asked_on,
        row.how,
        scores,
        shown(sealer.open_text, row.sealed, UNOPENED),
        row.theme,
        shown(sealer.open_text, row.did_sealed, UNOPENED) if row.did_sealed else "",
        row.did_on,
    )
