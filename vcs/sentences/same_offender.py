"""Which sentences are about one offender."""

from __future__ import annotations

import re
import unicodedata

from sqlalchemy import or_
from sqlmodel import Session, col, select

from vcs.sealing import Sealer, shown
from vcs.sentences.records import Sentence


def sentences_of_offender(
    session: Session, sealer: Sealer, sentence: Sentence
) -> tuple[Sentence, ...]:
    """Return every sentence of an offender, the given one first.

    One offender is one case or one date of birth, with a name that fits and nothing known that
    speaks against it.
    """
    found = in_case_or_born_alike(session, sentence)
    if not found:
        return (sentence,)
    named = parts_of_name(sealer.open_text(sentence.offender_name))
    names = ((one, parts_of_name(sealer.open_text(one.offender_name))) for one in found)
    others = (one for one, name in names if _fits(sentence, one) and is_one_name(named, name))
    return (sentence, *others)


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
    here, there = (shown(sealer.open_text, each.offender_name, None) for each in (one, other))
    # A name that cannot be opened may be the same.
    if here is None or there is None:
        return True
    return is_one_name(parts_of_name(here), parts_of_name(there))


def is_one_name(here: frozenset[str], there: frozenset[str]) -> bool:
    """Say whether two names may be one: all parts of the shorter are in the longer."""
    return bool(here and there) and (here <= there or there <= here)


def parts_of_name(name: str) -> frozenset[str]:
    """Return the parts of a name in the one form in which two spellings of it are equal."""
    plain = unicodedata.normalize("NFKD", name).casefold()
    plain = "".join(c for c in plain if not unicodedata.combining(c))
    return frozenset(re.findall(r"[^\W_]+", re.sub("['\u2019\u2018-]", "", plain)))
