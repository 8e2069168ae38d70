"""Put the words of offenders' names on record, some sentences at a time: it may stop anywhere.

A sentence that is new, or whose name a message changed, says so in ``name_listed``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from sqlalchemy import delete, insert, update
from sqlmodel import Session, col, select

from vcs.database import insert_once
from vcs.errors import CannotOpen
from vcs.sealing import Sealer, shown
from vcs.search.records import NameWord, NameWordKey, SentenceName
from vcs.search.spelling import keys_of, words_of
from vcs.sentences.records import Sentence
from vcs.tables import table_of

_FORM: Final = 2

_WORDS, _KEYS = table_of(NameWord), table_of(NameWordKey)

_NAMES, _SENTENCES = table_of(SentenceName), table_of(Sentence)


def list_names(session: Session, sealer: Sealer, limit: int) -> int:
    """List the names of some sentences that are not listed. Returns how many sentences were done.

    One whose name no key opens is passed over: it has no words until its name is recorded again.
    """
    query = (
        select(Sentence.id, Sentence.offender_name)
        .where(~col(Sentence.name_listed))
        .order_by(col(Sentence.id))
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    names = {
        row_id: words_of(shown(sealer.open_text, sealed, ""))
        for row_id, sealed in session.exec(query)
    }
    if not names:
        return 0
    ids = _word_ids(session, sealer, {word for words in names.values() for word in words})
    session.execute(delete(_NAMES).where(_NAMES.c.sentence_id.in_(names)))
    rows = [
        {"sentence_id": sentence_id, "word_id": word_id}
        for sentence_id, words in names.items()
        for word_id in sorted({ids[word] for word in words})
    ]
    if rows:
        session.execute(insert(_NAMES), rows)
    done = update(_SENTENCES).where(_SENTENCES.c.id.in_(names))
    session.execute(done.values(name_listed=True))
    return len(names)


def _word_ids(session: Session, sealer: Sealer, words: set[str]) -> Mapping[str, int]:
    """Return the row of each word, made where there is none."""
    by_digest = {
        digest: word for word in sorted(words) for digest in sealer.digests(_whole(word)).values()
    }
    query = select(NameWord.id, NameWord.digest).where(col(NameWord.digest).in_(by_digest))
    ids = {by_digest[digest]: word_id for word_id, digest in session.exec(query)}
    for word in sorted(words - ids.keys()):
        ids[word] = _add_word(session, sealer, word)
    return ids


def _add_word(session: Session, sealer: Sealer, word: str) -> int:
    key_name, digest = next(iter(sealer.digests(_whole(word)).items()))
    values = {
        "digest": digest,
        "sealed": sealer.seal_text(word),
        "digested_as": _mark(key_name),
    }
    added = insert_once(session, _WORDS, "digest").values(values).returning(_WORDS.c.id)
    word_id = session.execute(added).scalar()
    if word_id is None:  # another process was first
        found = select(NameWord.id).where(NameWord.digest == digest)
        return int(session.exec(found).one())
    _add_keys(session, sealer, word_id, word)
    return int(word_id)


def _add_keys(session: Session, sealer: Sealer, word_id: int, word: str) -> None:
    digests = {_short(next(iter(sealer.digests(key).values()))) for key in keys_of(word)}
    rows = [{"digest": digest, "word_id": word_id} for digest in sorted(digests)]
    session.execute(insert(_KEYS), rows)


def digest_words_again(session: Session, sealer: Sealer, limit: int) -> int:
    """Make the digests of some words anew after a change of keys, or of what is digested.

    Returns how many were done.
    """
    newest = _mark(sealer.names[0])
    query = select(NameWord).where(
        (col(NameWord.digested_as) < newest) | (col(NameWord.digested_as) > newest)
    )
    some = query.order_by(col(NameWord.id)).limit(limit).with_for_update(skip_locked=True)
    done = 0
    for row in session.exec(some).all():
        try:
            word = sealer.open_text(row.sealed)
        except CannotOpen:
            continue
        _digest_again(session, sealer, row, word)
        done += 1
    return done


def _digest_again(session: Session, sealer: Sealer, row: NameWord, word: str) -> None:
    key_name, digest = next(iter(sealer.digests(_whole(word)).items()))
    session.execute(delete(_KEYS).where(_KEYS.c.word_id == row.id))
    same = select(NameWord.id).where(NameWord.digest == digest, NameWord.id != row.id)
    twin = session.exec(same).first()
    if twin is not None:  # the word came in again meanwhile, under the newest key
        _give_to(session, row.id, twin)
        session.delete(row)
        return
    row.digest, row.digested_as = digest, _mark(key_name)
    session.add(row)
    session.flush()
    _add_keys(session, sealer, row.id, word)


def _give_to(session: Session, from_id: int, to_id: int) -> None:
    mine = select(SentenceName.sentence_id).where(SentenceName.word_id == from_id)
    rows = [{"sentence_id": one, "word_id": to_id} for one in session.exec(mine).all()]
    if rows:
        session.execute(insert_once(session, _NAMES, "sentence_id", "word_id"), rows)
    session.execute(delete(_NAMES).where(_NAMES.c.word_id == from_id))


def some_not_listed(session: Session) -> bool:
    """Return whether the names of some sentences are not listed yet."""
    query = select(Sentence.id).where(~col(Sentence.name_listed)).limit(1)
    return session.exec(query).first() is not None


def digests_of(sealer: Sealer, keys: Iterable[str]) -> set[str]:
    """Return the digests of words' keys, under every sealing key in use."""
    return {_short(digest) for key in keys for digest in sealer.digests(key).values()}


def _short(digest: str) -> str:
    """Return as much of a digest as tells the keys apart: there are millions of rows."""
    return digest[:24]


def _whole(word: str) -> str:
    return f"name word {word}"


def _mark(key_name: str) -> str:
    return f"{_FORM}:{key_name}"
