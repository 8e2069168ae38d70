"""Which sentences are about one offender."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import or_
from sqlalchemy import select as select_rows
from sqlmodel import Session, col, select

from vcs.sealing import Sealer, shown
from vcs.sentences.ids_of_person import all_spellings, sharing
from vcs.sentences.records import (
    PRISON_NUMBER,
    CustodyNumber,
    Sentence,
    SentenceMark,
)
from vcs.sentences.said_offenders import ONE, TWO, said
from vcs.tables import table_of

_TOLD = (table_of(SentenceMark), table_of(CustodyNumber))
"""Where the numbers of a sentence's offender are: as courts told them, and as a person said."""


def sentences_of_offender(
    session: Session, sealer: Sealer, sentence: Sentence
) -> tuple[Sentence, ...]:
    """Return every sentence that is or may be an offender's, the given one first.

    One offender is one case or one date of birth, with a name that fits and nothing known that
    speaks against it; or one id of the person, whatever name and birth say, as long as no manager
    said that they are two. A name that cannot be opened may be the same: whoever asks then compares
    more, and a person decides. An administrator is asked about the value itself.
    """
    found = in_case_or_born_alike(session, sentence)
    named = _name_of(sealer, sentence) if found else None
    fitting = (one for one in found if _fits(sentence, one))
    others = [one for one in fitting if _may_be_one_name(named, _name_of(sealer, one))]
    linked = of_one_id(session, sealer, sentence)
    surely = [one for one in (*others, *linked.surely) if is_one_offender(sealer, sentence, one)]
    through = tied_through(session, sealer, sentence, surely)
    every = {one.id: one for one in (*others, *linked.surely, *linked.perhaps, *through)}
    return (sentence, *(every[its_id] for its_id in sorted(every)))


def known_of(
    session: Session, sealer: Sealer, sentences: Sequence[Sentence]
) -> tuple[Sentence, ...]:
    """Return, of what :func:`sentences_of_offender` found, what is the offender's by an open name.

    What somebody said about an offender counts by itself in these alone; about the others a person
    is asked: also where an id of the person is one and the name or the birth differs.
    """
    first, *others = sentences
    if not sealer.opens(first.offender_name):
        return (first,)
    is_one = said(session, [first.id], ONE).get(first.id, frozenset()) if others else frozenset()
    return (
        first,
        *(
            one
            for one in others
            if one.id in is_one
            or (sealer.opens(one.offender_name) and is_one_offender(sealer, first, one))
        ),
    )


@dataclass(frozen=True, slots=True)
class Linked:
    """Other sentences tied to one by an id of the person, or by what a manager said.

    ``surely`` are the offender's. In ``perhaps`` the name, the birth or a prison number speaks
    against it, and nobody has said yet.
    """

    surely: tuple[Sentence, ...] = ()
    perhaps: tuple[Sentence, ...] = ()


def of_one_id(session: Session, sealer: Sealer, sentence: Sentence) -> Linked:
    """Return the sentences that an id of the person ties to one, the oldest first.

    Two people of one case whom the court tells apart stay two, whatever ids it gave them.
    """
    one_id = sharing(session, [sentence.id]).get(sentence.id, frozenset())
    is_one = said(session, [sentence.id], ONE).get(sentence.id, frozenset())
    is_two = said(session, [sentence.id], TWO).get(sentence.id, frozenset()) - is_one
    ids = (one_id | is_one) - is_two
    if not ids:
        return Linked()
    query = select(Sentence).where(col(Sentence.id).in_(sorted(ids))).order_by(col(Sentence.id))
    found = session.exec(query).all()
    apart = of_somebody_else(session, sentence.id, ids)
    fits = {one.id for one in found if is_one_offender(sealer, sentence, one)}
    sure = is_one | (fits - apart)
    others = (one for one in found if one.id not in sure and not _are_of_case(sentence, one))
    return Linked(tuple(one for one in found if one.id in sure), tuple(others))


MOST_OF_ONE = 50
"""How many cases one offender may have: more are a mistake in the ids, and nothing is added."""

_Some = Mapping[int, Sentence]


def tied_through(
    session: Session, sealer: Sealer, sentence: Sentence, found: Iterable[Sentence]
) -> tuple[Sentence, ...]:
    """Return what an id ties to other sentences of an offender, and not to the given one itself.

    Nothing in it may speak against the given one either: neither name, birth nor prison numbers,
    nor what a manager said. ``found`` are the sentences that are known to be the offender's.
    """
    known = {one.id: one for one in found} | {sentence.id: sentence}
    more: dict[int, Sentence] = {}
    fresh: _Some = {its_id: one for its_id, one in known.items() if its_id != sentence.id}
    while fresh and len(known) <= MOST_OF_ONE:
        fresh = {one.id: one for one in _tied(session, sealer, sentence, (fresh, known))}
        known |= fresh
        more |= fresh
    return tuple(more[its_id] for its_id in sorted(more)) if len(known) <= MOST_OF_ONE else ()


def _tied(
    session: Session, sealer: Sealer, sentence: Sentence, some: tuple[_Some, _Some]
) -> Iterator[Sentence]:
    """Yield what is tied to some sentences of an offender, and against which nothing speaks."""
    known = some[1]
    found = (*_tied_by_id(session, sealer, some), *_tied_by_birth(session, sealer, sentence, some))
    near = {one.id: one for one in found if one.id not in known}
    if near:
        apart = of_somebody_else(session, sentence.id, near)
        apart |= said(session, [sentence.id], TWO).get(sentence.id, frozenset())
        near = {its_id: one for its_id, one in near.items() if its_id not in apart}
    yield from (one for one in near.values() if is_one_offender(sealer, sentence, one))


def _tied_by_id(session: Session, sealer: Sealer, some: tuple[_Some, _Some]) -> Iterator[Sentence]:
    """Yield what an id, or a manager, ties to some sentences. Mostly there is nothing to ask."""
    fresh, known = some
    by_id, by_word = sharing(session, fresh), said(session, fresh, ONE)
    for its_id, one in fresh.items():
        others = by_id.get(its_id, frozenset()) | by_word.get(its_id, frozenset())
        if others - known.keys():
            yield from of_one_id(session, sealer, one).surely


def _tied_by_birth(
    session: Session, sealer: Sealer, sentence: Sentence, some: tuple[_Some, _Some]
) -> Iterator[Sentence]:
    """Yield who has the name and birth that some sentences have, where another was asked so far."""
    fresh, known = some
    asked = {one.date_of_birth for its_id, one in known.items() if its_id not in fresh}
    asked |= {sentence.date_of_birth, None}
    for one in fresh.values():
        if one.date_of_birth in asked:
            continue
        asked.add(one.date_of_birth)
        alike = in_case_or_born_alike(session, one)
        fits = [other for other in alike if is_one_offender(sealer, one, other)]
        apart = of_somebody_else(session, one.id, [other.id for other in fits])
        yield from (other for other in fits if other.id not in apart)


def _are_of_case(one: Sentence, other: Sentence) -> bool:
    return bool(one.case_key) and one.case_key == other.case_key


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
