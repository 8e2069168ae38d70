"""What a restriction hid: told again once it has ended, since cursors have moved on meanwhile."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import ColumnElement, Subquery, and_, exists, func, select, union_all
from sqlmodel import col

from vcs.access.restrictions.records import Restriction
from vcs.partners.outcomes.records import AGAIN, ReferralOutcome
from vcs.partners.outcomes.row import Books, Row
from vcs.referrals.records import Referral
from vcs.sentences.records import Sentence
from vcs.tables import table_of

_FIRST = table_of(ReferralOutcome)

_LATER = _FIRST.alias("later")

_RESTRICTIONS = table_of(Restriction)

_NAMED, _OF_CASE = table_of(Sentence).alias("named"), table_of(Sentence).alias("of_case")


def told_again(books: Books) -> Iterator[Row]:
    """Give each event once more that was told before a restriction ended: it may be unread.

    Which of them a program had read already nobody knows. What happened meanwhile was not worked
    out, and comes now as something new does.
    """
    ended = _ended()
    times = select(func.count()).where(_is_it()).correlate(_FIRST).scalar_subquery()
    came_since = exists().where(_is_it(), _LATER.c.told_at >= ended.c.at)
    query = (
        select(_FIRST, times.label("times"))
        .join(Referral, col(Referral.id) == _FIRST.c.referral_id)
        .join(ended, ended.c.sentence_id == col(Referral.sentence_id))
        .where(_FIRST.c.told_at < ended.c.at, _FIRST.c.client_id.is_(None))
        .where(_FIRST.c.turn < AGAIN, books.is_open(Referral), ~came_since)
        .order_by(_FIRST.c.id)
        .limit(books.limit)
    )
    for told in books.session.execute(query).mappings():
        yield _once_more(told, books)


def _once_more(told: Any, books: Books) -> Row:
    kept = {name: told[name] for name in _FIRST.c.keys() if name != "id"}  # noqa: SIM118
    return kept | {"turn": told["turn"] + AGAIN * told["times"], "told_at": books.now}


def _is_it() -> ColumnElement[bool]:
    """Return which rows tell of the same thing, the first one among them."""
    same = (_LATER.c[name] == _FIRST.c[name] for name in ("kind", "source", "source_id"))
    return and_(*same, _LATER.c.turn % AGAIN == _FIRST.c.turn)


def _ended() -> Subquery:
    """Return each sentence whose case was restricted, with when the last restriction ended."""
    lifted_at, sentence_id = _RESTRICTIONS.c.lifted_at, _RESTRICTIONS.c.sentence_id
    its_own = select(sentence_id.label("sentence_id"), lifted_at.label("at"))
    # One condition for both would go through every sentence.
    of_case = (
        select(_OF_CASE.c.id, lifted_at)
        .select_from(_RESTRICTIONS)
        .join(_NAMED, _NAMED.c.id == sentence_id)
        .join(_OF_CASE, _OF_CASE.c.case_key == _NAMED.c.case_key)
        .where(lifted_at.is_not(None), _NAMED.c.case_key != "")
    )
    both = union_all(its_own.where(lifted_at.is_not(None)), of_case).subquery()
    newest = select(both.c.sentence_id, func.max(both.c.at).label("at"))
    return newest.group_by(both.c.sentence_id).subquery()
