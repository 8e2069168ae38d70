"""What is found for a text: by reference or by the offender's name, and only what somebody may see.

Everything is asked by index, and no more rows are read than a page shows.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import partial
from typing import Final

from sqlalchemy import ColumnElement, select
from sqlmodel import Session, col

from vcs.access.actors import Actor, Placed
from vcs.access.rules import Act, may, may_see, require_may
from vcs.post.records import LetterRecord
from vcs.referrals.records import Referral
from vcs.referrals.states import joined, state
from vcs.sealing import UNOPENED, Sealer, shown
from vcs.search.keep import some_not_listed
from vcs.search.names import sentences_named
from vcs.search.typed import Typed, read
from vcs.sentences.ids_of_person import person_mark
from vcs.sentences.records import Sentence, SentenceMark
from vcs.terms import SentenceState
from vcs.victims.records import Victim

MOST: Final = 20

_MOST_LEADS: Final = 200


class Kind(StrEnum):
    """What was found."""

    REFERRAL = "referral"
    SENTENCE = "sentence"
    VICTIM = "victim"
    LETTER = "letter"
    LETTER_TO_PARTNER = "letter_to_partner"


@dataclass(frozen=True, slots=True)
class Lead:
    """A sentence that fits, and what led to it: one thing of it, or the sentence itself."""

    sentence_id: int
    kind: Kind | None = None
    reference: str = ""


@dataclass(frozen=True, slots=True)
class Hit:
    """One line of the results. ``state`` is that of the sentence in the ledger."""

    kind: Kind
    reference: str
    referral_reference: str | None
    offender_name: str
    case_reference: str
    court_name: str
    sentenced_on: date
    state: SentenceState


@dataclass(frozen=True, slots=True)
class Found:
    """The results. ``has_more`` says that others fit.

    ``is_partial`` says that some names are not listed yet, ``is_crn`` that the text looks like a
    CRN, which no court sends us, and ``is_name`` that it may be a name.
    """

    hits: tuple[Hit, ...]
    has_more: bool = False
    is_partial: bool = False
    is_crn: bool = False
    is_name: bool = False


def search(session: Session, sealer: Sealer, actor: Actor, text: str) -> Found:
    """Return what fits a text, the likest first. Raises NotValid for an address."""
    require_may(actor, Act.SEARCH)
    typed = read(text)
    leads = list(_by_reference(session, actor, typed))
    is_cut = False
    if typed.name:
        is_seen = partial(_is_seen, actor)
        named, is_cut = sentences_named(session, sealer, is_seen, typed.name)
        leads += [Lead(one) for one in named]
    hits = _hits(session, sealer, actor, leads)
    return Found(
        tuple(hits[:MOST]),
        has_more=is_cut or len(hits) > MOST,
        is_partial=bool(typed.name) and some_not_listed(session),
        is_crn=bool(typed.crn),
        is_name=bool(typed.name),
    )


def _is_seen(actor: Actor, sentence: Placed, referral: Placed | None) -> bool:
    """Return whether somebody may find a sentence: one referred, and a manager every one."""
    if referral is None and not may(actor, Act.SEE_SENTENCES):
        return False
    return may_see(actor, referral or sentence)


def _by_reference(session: Session, actor: Actor, typed: Typed) -> Iterator[Lead]:
    for find in _WAYS:
        yield from find(session, actor, typed)


def _ours(session: Session, actor: Actor, typed: Typed) -> Iterator[Lead]:
    del actor
    if not typed.ours:
        return
    of_referral = select(col(Referral.sentence_id)).where(col(Referral.reference) == typed.ours)
    of_sentence = select(col(Sentence.id)).where(col(Sentence.reference) == typed.ours)
    for query, kind in ((of_referral, Kind.REFERRAL), (of_sentence, Kind.SENTENCE)):
        for one in session.execute(query).scalars():
            yield Lead(one, kind, typed.ours)


def _victim(session: Session, actor: Actor, typed: Typed) -> Iterator[Lead]:
    del actor
    if typed.ours:
        query = select(col(Referral.sentence_id)).join(
            Victim, col(Victim.referral_id) == col(Referral.id)
        )
        for one in session.execute(query.where(col(Victim.reference) == typed.ours)).scalars():
            yield Lead(one, Kind.VICTIM, typed.ours)


def _letter(session: Session, actor: Actor, typed: Typed) -> Iterator[Lead]:
    if typed.ours and may(actor, Act.SEE_LETTER):
        query = (
            select(col(Referral.sentence_id))
            .join(Victim, col(Victim.referral_id) == col(Referral.id))
            .join(LetterRecord, col(LetterRecord.victim_id) == col(Victim.id))
            .where(col(LetterRecord.reference) == typed.ours)
        )
        for one in session.execute(query).scalars():
            yield Lead(one, Kind.LETTER, typed.ours)
        to_partner = select(col(LetterRecord.sentence_id)).where(
            col(LetterRecord.reference) == typed.ours, col(LetterRecord.sentence_id).is_not(None)
        )
        for one in session.execute(to_partner).scalars():
            yield Lead(one, Kind.LETTER_TO_PARTNER, typed.ours)


def _case(session: Session, actor: Actor, typed: Typed) -> Iterator[Lead]:
    del actor
    if typed.case_key:
        yield from _newest(session, col(Sentence.case_key) == typed.case_key)


def _marked(session: Session, actor: Actor, typed: Typed) -> Iterator[Lead]:
    del actor
    if typed.marks:
        marks = [person_mark(one) for one in typed.marks]
        marked = select(col(SentenceMark.sentence_id)).where(col(SentenceMark.mark).in_(marks))
        yield from _newest(session, col(Sentence.id).in_(marked))


_WAYS: tuple[Callable[[Session, Actor, Typed], Iterable[Lead]], ...] = (
    _ours,
    _victim,
    _letter,
    _case,
    _marked,
)


def _newest(session: Session, which: ColumnElement[bool]) -> Iterator[Lead]:
    """Yield some sentences of one case or one person, the newest first, whoever may see them."""
    query = select(col(Sentence.id)).where(which)
    newest = query.order_by(col(Sentence.sentenced_on).desc(), col(Sentence.id))
    for one in session.execute(newest.limit(_MOST_LEADS)).scalars():
        yield Lead(one)


def _hits(session: Session, sealer: Sealer, actor: Actor, leads: list[Lead]) -> list[Hit]:
    """Return the leads that somebody may see as lines of the page, in their order."""
    wanted = list(dict.fromkeys(leads))[:_MOST_LEADS]
    query = (
        select(Sentence, Referral, state())
        .select_from(joined())
        .where(col(Sentence.id).in_({one.sentence_id for one in wanted}))
    )
    rows = {row[0].id: row for row in session.execute(query) if _is_seen(actor, row[0], row[1])}
    seen = [one for one in wanted if one.sentence_id in rows]
    hits = [_hit(sealer, one, *rows[one.sentence_id]) for one in seen[: MOST + 1]]
    return list({(one.kind, one.reference): one for one in hits}.values())


def _hit(
    sealer: Sealer, lead: Lead, sentence: Sentence, referral: Referral | None, its_state: str
) -> Hit:
    kind = lead.kind or (Kind.REFERRAL if referral else Kind.SENTENCE)
    itself = referral.reference if referral else sentence.reference
    return Hit(
        kind,
        lead.reference or itself,
        referral.reference if referral else None,
        shown(sealer.open_text, sentence.offender_name, UNOPENED),
        sentence.case_reference,
        sentence.court_name,
        sentence.sentenced_on,
        SentenceState(its_state),
    )
