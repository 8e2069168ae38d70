"""The sentences whose offender has a name like the one typed, by sound and with typing errors."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations, product
from typing import Any, Final

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from vcs.errors import CannotOpen
from vcs.referrals.states import joined
from vcs.sealing import Sealer, shown
from vcs.search.keep import digests_of
from vcs.search.records import NameWord, NameWordKey, SentenceName
from vcs.search.spelling import ENOUGH, keys_of, likeness, name_likeness, words_of
from vcs.sentences.records import Sentence

_MOST_WORDS_ALIKE: Final = 300

_MOST_WORDS_TYPED: Final = 4

_MOST_NAMES: Final = 100

Alike = Mapping[int, float]
"""Words on record that are like one word typed, each with its likeness."""


def sentences_named(
    session: Session, sealer: Sealer, seen: ColumnElement[bool], typed: str
) -> list[int]:
    """Return sentences by the likeness of the offender's name, the likest and newest first.

    ``seen`` narrows a query over sentences with their referrals. Two words of the name must fit,
    however they are spelt; where only one was typed, that one. An initial alone finds nobody.
    """
    words = words_of(typed)
    alike = [_words_alike(session, sealer, word) for word in _longest(words)]
    found: set[int] = set()
    for groups in _groups(alike):
        found.update(session.execute(_having(groups, seen).limit(_MOST_NAMES)).scalars())
        if len(found) >= _MOST_NAMES:
            break
    return _ranked(session, sealer, found, words)


def _longest(words: Sequence[str]) -> list[str]:
    return sorted((one for one in words if len(one) > 1), key=len, reverse=True)[:_MOST_WORDS_TYPED]


def _words_alike(session: Session, sealer: Sealer, word: str) -> Alike:
    """Return the words on record that are like a word: spelt alike first, then of one sound."""
    keys = keys_of(word)
    spelt = {one for one in keys if one.startswith("letters ")}
    alike: dict[int, float] = {}
    for some in (spelt, keys - spelt):
        by_key = select(col(NameWordKey.word_id)).where(
            col(NameWordKey.digest).in_(digests_of(sealer, some))
        )
        query = select(col(NameWord.id), col(NameWord.sealed)).where(col(NameWord.id).in_(by_key))
        for word_id, sealed in session.execute(query.limit(_MOST_WORDS_ALIKE)):
            alike[word_id] = _likeness(sealer, word, sealed)
    return {word_id: score for word_id, score in alike.items() if score >= ENOUGH}


def _likeness(sealer: Sealer, word: str, sealed: bytes) -> float:
    try:
        return likeness(word, sealer.open_text(sealed))
    except CannotOpen:
        return 0.0


def _groups(alike: Sequence[Alike]) -> Iterator[tuple[Iterable[int], ...]]:
    """Yield sets of words of which a name must have one each, those spelt as typed first."""
    pairs: list[tuple[Alike, ...]] = [*combinations(alike, 2)] or [(one,) for one in alike]
    for pair, exactly in product(pairs, (True, False)):
        sets = tuple(
            [word_id for word_id, score in one.items() if score == 1.0 or not exactly]
            for one in pair
        )
        if all(sets):
            yield sets


def _having(groups: tuple[Iterable[int], ...], seen: ColumnElement[bool]) -> Any:
    first, *others = sorted(groups, key=lambda one: len(list(one)))
    names = aliased(SentenceName)
    query = (
        select(col(Sentence.id))
        .select_from(joined())
        .join(names, col(names.sentence_id) == col(Sentence.id))
        .where(col(names.word_id).in_(first), seen)
        .distinct()
    )
    for group in others:
        other = aliased(SentenceName)
        here = col(other.sentence_id) == col(Sentence.id)
        has_it = select(col(other.word_id)).where(here, col(other.word_id).in_(group))
        query = query.where(has_it.exists())
    return query


def _ranked(
    session: Session, sealer: Sealer, ids: Iterable[int], words: Sequence[str]
) -> list[int]:
    """Return the sentences by the likeness of their names, the newest of equal ones first."""
    query = select(col(Sentence.id), col(Sentence.offender_name), col(Sentence.sentenced_on)).where(
        col(Sentence.id).in_(sorted(ids))
    )
    scored = []
    for sentence_id, sealed, sentenced_on in session.execute(query):
        held = words_of(shown(sealer.open_text, sealed, ""))
        score = name_likeness(words, held)
        scored.append((-score, -sentenced_on.toordinal(), sentence_id))
    return [sentence_id for _, _, sentence_id in sorted(scored)]
