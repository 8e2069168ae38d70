"""Which sentences are about one offender, as far as what courts tell of them shows it."""

from __future__ import annotations

import re
import unicodedata

from sqlalchemy import or_
from sqlmodel import Session, col, select

from vcs.sealing import Sealer
from vcs.sentences.records import Sentence


def sentences_of_offender(
    session: Session, sealer: Sealer, sentence: Sentence
) -> tuple[Sentence, ...]:
    """Return every sentence of an offender, the given one first.

    One offender is one case or one date of birth, with a name that fits and nothing known that
    speaks against it.
    """
    shared = [col(Sentence.date_of_birth) == sentence.date_of_birth]
    if sentence.date_of_birth is None:
        shared = []
    if sentence.case_key:
        shared.append(col(Sentence.case_key) == sentence.case_key)
    if not shared:
        return (sentence,)
    query = select(Sentence).where(or_(*shared), col(Sentence.id) != sentence.id)
    named = _parts(sealer.open_text(sentence.offender_name))
    others = (
        one
        for one in session.exec(query.order_by(col(Sentence.id)))
        if _fits(sentence, one) and _one_name(named, _parts(sealer.open_text(one.offender_name)))
    )
    return (sentence, *others)


def _fits(one: Sentence, other: Sentence) -> bool:
    born, also = one.date_of_birth, other.date_of_birth
    return born is None or also is None or born == also


def _one_name(here: frozenset[str], there: frozenset[str]) -> bool:
    return bool(here and there) and (here <= there or there <= here)


def _parts(name: str) -> frozenset[str]:
    plain = unicodedata.normalize("NFKD", name).casefold()
    plain = "".join(c for c in plain if not unicodedata.combining(c))
    return frozenset(re.findall(r"[^\W_]+", re.sub("['\u2019\u2018-]", "", plain)))
