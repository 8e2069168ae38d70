"""Which sentences are about one offender."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from typing import Any

from sqlalchemy import ColumnElement, or_
from sqlalchemy import select as select_rows
from sqlmodel import Session, col, select

from vcs.sealing import Sealer, shown
from vcs.sentences.records import (
    PRISON_NUMBER,
    CustodyNumber,
    MergedNumber,
    Sentence,
    SentenceMark,
)
from vcs.tables import table_of

_MERGED = table_of(MergedNumber)

_TOLD = (table_of(SentenceMark), table_of(CustodyNumber))
"""Where the numbers of a sentence's offender are: as courts told them, and as a person said."""


def sentences_of_offender(
    session: Session, sealer: Sealer, sentence: Sentence
) -> tuple[Sentence, ...]:
    """Return every sentence that is or may be an offender's, the given one first.

    One offender is one case or one date of birth, with a name that fits and nothing known that
    speaks against it. A name that cannot be opened may be the same: whoever asks then compares
    more, and a person decides. An administrator is asked about the value itself.
    """
    found = in_case_or_born_alike(session, sentence)
    if not found:
        return (sentence,)
    named = _name_of(sealer, sentence)
    fitting = (one for one in found if _fits(sentence, one))
    others = (one for one in fitting if _may_be_one_name(named, _name_of(sealer, one)))
    return (sentence, *others)


def known_of(sealer: Sealer, sentences: Sequence[Sentence]) -> tuple[Sentence, ...]:
    """Return, of what :func:`sentences_of_offender` found, what is the offender's by an open name.

    What somebody said about an offender counts by itself in these alone; about the others a person
    is asked.
    """
    first, *others = sentences
    if not sealer.opens(first.offender_name):
        return (first,)
    return (first, *(one for one in others if sealer.opens(one.offender_name)))


def in_case_or_born_alike(session: Session, sentence: Sentence) -> list[Sentence]:
    """Return the other sentences of the same case or date of birth, whoever they are of."""
    shared = []
    if sentence.date_of_birth is not None:
        shared.append(col(Sentence.date_of_birth) == sentence.date_of_birth)
    if sentence.case_key:
        shared.append(col(Sentence.case_key) == sentence.case_key)
    if not shared:
        return []
    query = select(Sentence).where(or_(*shared), col(Sentence.id) != sentence.id)
    return list(session.exec(query.order_by(col(Sentence.id))))


def _fits(one: Sentence, other: Sentence) -> bool:
    born, also = one.date_of_birth, other.date_of_birth
    return born is None or also is None or born == also


def is_one_offender(sealer: Sealer, one: Sentence, other: Sentence) -> bool:
    """Say whether two sentences of one day of birth or one case are about one offender."""
    if one.id == other.id or not _fits(one, other):
        return one.id == other.id
    return _may_be_one_name(_name_of(sealer, one), _name_of(sealer, other))


def _name_of(sealer: Sealer, sentence: Sentence) -> frozenset[str] | None:
    """Return the parts of an offender's name; None where it cannot be opened."""
    name = shown(sealer.open_text, sentence.offender_name, None)
    return None if name is None else parts_of_name(name)


def _may_be_one_name(here: frozenset[str] | None, there: frozenset[str] | None) -> bool:
    """Say whether two names may be one; a name that cannot be opened may be any."""
    return here is None or there is None or is_one_name(here, there)


def is_one_name(here: frozenset[str], there: frozenset[str]) -> bool:
    """Say whether two names may be one: all parts of the shorter are in the longer."""
    return bool(here and there) and (here <= there or there <= here)


def parts_of_name(name: str) -> frozenset[str]:
    """Return the parts of a name in the one form in which two spellings of it are equal."""
    plain = unicodedata.normalize("NFKD", name).casefold()
    plain = "".join(c for c in plain if not unicodedata.combining(c))
    return frozenset(re.findall(r"[^\W_]+", re.sub("['\u2019\u2018-]", "", plain)))


def of_somebody_else(session: Session, sentence_id: int, others: Collection[int]) -> frozenset[int]:
    """Return which of some sentences are of offenders known by other prison numbers.

    A prison gives one number to one person for life. Numbers that were joined are one; a sentence
    of which no number is known may be anybody's.
    """
    if not others:
        return frozenset()
    numbers = _numbers(session, {sentence_id, *others})
    mine = numbers.get(sentence_id)
    apart = {one for one in others if mine and numbers.get(one) and not numbers[one] & mine}
    if not mine or not apart:
        return frozenset()
    joined = all_spellings(session, mine)
    return frozenset(one for one in apart if not numbers[one] & joined)


def _numbers(session: Session, ids: set[int]) -> dict[int, set[str]]:
    found: dict[int, set[str]] = defaultdict(set)
    for table in _TOLD:
        query = select_rows(table.c.sentence_id, table.c.mark).where(
            table.c.sentence_id.in_(sorted(ids)), table.c.kind == PRISON_NUMBER
        )
        for sentence_id, mark in session.execute(query):
            found[sentence_id].add(mark)
    return found


def all_spellings(session: Session, marks: Iterable[str]) -> set[str]:
    """Return numbers with those that they were merged with, both ways."""
    found, fresh = set(marks), set(marks)
    while fresh:
        either: ColumnElement[Any] = or_(
            _MERGED.c.old_mark.in_(sorted(fresh)), _MERGED.c.new_mark.in_(sorted(fresh))
        )
        pairs = session.execute(select_rows(_MERGED.c.old_mark, _MERGED.c.new_mark).where(either))
        fresh = {mark for pair in pairs for mark in pair} - found
        found |= fresh
    return found
