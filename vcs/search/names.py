"""The sentences whose offender has a name like the one typed, by sound and with typing errors."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, islice, product
from typing import Any, Final

from sqlalchemy import Select, func, select
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from vcs.access.actors import Placed
from vcs.errors import CannotOpen
from vcs.referrals.records import Referral
from vcs.referrals.states import joined
from vcs.sealing import Sealer, shown
from vcs.search.keep import digests_of
from vcs.search.records import NameWord, NameWordKey, SentenceName
from vcs.search.spelling import ENOUGH, keys_of, likeness, name_likeness, words_of
from vcs.sentences.records import Sentence

_MOST_WORDS_ALIKE: Final = 300

_MOST_WORDS_TYPED: Final = 4

_MOST_NAMES, _ENOUGH_NAMES = 100, 25
"""How many are compared at most, and from how many on less like ones are not looked for."""

_MOST_LOOKED_AT: Final = 5_000
"""How many sentences one name may bring together; of more, those recorded last are looked at."""

_AT_A_TIME: Final = 250


@dataclass(frozen=True, slots=True)
class Place:
    """Where a sentence or a referral lies, and which sentence it is about."""

    sentence_id: int | None
    region_code: str | None
    police_area: str | None


Seen = Callable[[Placed, Placed | None], bool]
"""Whether somebody may find a sentence, given with its referral if it has one."""

Alike = Mapping[int, float]
"""Words on record that are like one word typed, each with its likeness."""


def sentences_named(
    session: Session, sealer: Sealer, is_seen: Seen, typed: str
) -> tuple[list[int], bool]:
    """Return sentences by the likeness of the offender's name, and whether there may be more.

    ``is_seen`` is asked of each sentence and its referral. Two words of the name must fit, however
    they are spelt; where only one was typed, that one. An initial alone finds nobody. The likest
    and newest come first.
    """
    words = words_of(typed)
    alike = [_words_alike(session, sealer, word) for word in _longest(words)]
    found: set[int] = set()
    is_cut = False
    for groups in _groups(alike):
        ordered = sorted(groups, key=lambda group: _how_many(session, group))
        named = session.execute(_having(ordered).limit(_MOST_LOOKED_AT)).scalars().all()
        is_cut = is_cut or len(named) == _MOST_LOOKED_AT
        found.update(islice(_seen_of(session, named, is_seen), _MOST_NAMES))
        if len(found) >= _ENOUGH_NAMES:
            break
    return _ranked(session, sealer, found, words), is_cut


def sentences_of_words(session: Session, sealer: Sealer, name: str) -> list[int]:
    """Return the sentences whose offender's name has two words of a name exactly, or its only one.

    For whoever compares names on: nothing here says who may see what. Of more than are looked at,
    those recorded last.
    """
    alike = [_words_alike(session, sealer, word) for word in _longest(words_of(name))]
    exact = [[word_id for word_id, score in one.items() if score == 1.0] for one in alike]
    exact = [one for one in exact if one]
    found: set[int] = set()
    sets: list[tuple[list[int], ...]] = [*combinations(exact, 2)] or [(one,) for one in exact]
    for groups in sets:
        ordered = sorted(groups, key=lambda group: _how_many(session, group))
        found.update(session.execute(_having(ordered).limit(_MOST_LOOKED_AT)).scalars())
    return sorted(found)


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


def _groups(alike: Sequence[Alike]) -> Iterator[tuple[list[int], ...]]:
    """Yield sets of words of which a name must have one each, those spelt as typed first."""
    pairs: list[tuple[Alike, ...]] = [*combinations(alike, 2)] or [(one,) for one in alike]
    for exactly, pair in product((True, False), pairs):
        sets = tuple(
            [word_id for word_id, score in one.items() if score == 1.0 or not exactly]
            for one in pair
        )
        if all(sets):
            yield sets


def _how_many(session: Session, group: list[int]) -> int:
    """Count the sentences whose name has a word of a set, up to as many as are looked at."""
    some = select(col(SentenceName.sentence_id)).where(col(SentenceName.word_id).in_(group))
    counted = select(func.count()).select_from(some.limit(_MOST_LOOKED_AT).subquery())
    return int(session.execute(counted).scalar_one())


def _having(groups: Sequence[list[int]]) -> Select[Any]:
    """Return the sentences whose name has a word of each set, those recorded last first.

    The first set is the rarest: a forename that one in ten has would bring up a tenth of all.
    """
    fewest, *others = groups
    query = select(col(SentenceName.sentence_id)).where(col(SentenceName.word_id).in_(fewest))
    for group in others:
        other = aliased(SentenceName)
        here = col(other.sentence_id) == col(SentenceName.sentence_id)
        has_it = select(col(other.word_id)).where(here, col(other.word_id).in_(group))
        query = query.where(has_it.exists())
    return query.order_by(col(SentenceName.sentence_id).desc())


def _seen_of(session: Session, ids: Sequence[int], is_seen: Seen) -> Iterator[int]:
    """Yield those of some sentences that may be seen.

    The rule is asked here and not in the query: given a region, a database may rather read
    everything in it than a few rows by their keys.
    """
    for start in range(0, len(ids), _AT_A_TIME):
        some = col(Sentence.id).in_(ids[start : start + _AT_A_TIME])
        query = select(
            col(Sentence.id),
            col(Sentence.region_code),
            col(Sentence.police_area),
            col(Referral.id),
            col(Referral.region_code),
            col(Referral.police_area),
        ).select_from(joined())
        for sentence_id, *sentence, referral_id, region, area in session.execute(query.where(some)):
            referral = Place(sentence_id, region, area) if referral_id else None
            if is_seen(Place(sentence_id, *sentence), referral):
                yield sentence_id


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
