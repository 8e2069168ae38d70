"""What each message told of each sentence: kept, and gathered again for its history."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Row, delete, func, insert, select
from sqlmodel import Session

from vcs.intake.message import MessageRead, Sentenced
from vcs.intake.records import CourtMessage, MessageStatus
from vcs.law.decision import Decision
from vcs.sentences.history.current import Version
from vcs.sentences.records import SentenceReport
from vcs.tables import table_of
from vcs.terms import Outcome

_MESSAGES, _TELLINGS = table_of(CourtMessage), table_of(SentenceReport)

Made = tuple[str, str]

"""The hash of facts, and of the decision made on them: new rules make a new decision."""

_WAS_READ = (str(MessageStatus.READ), str(MessageStatus.OLDER_THAN_HELD))


@dataclass(frozen=True, slots=True)
class Decided:
    """One sentenced person as read, with the decision and what is kept of both."""

    key: str
    sentenced: Sentenced
    decision: Decision
    facts_text: str
    facts_hash: str
    decision_text: str
    decision_hash: str
    sealed_name: bytes
    sealed_address: bytes
    sealed_told: bytes
    region_code: str | None
    police_area: str | None

    @property
    def outcome(self) -> Outcome:
        """Return the outcome of the decision."""
        return self.decision.outcome

    @property
    def made(self) -> Made:
        """Return what makes a decision one of a kind: its facts, and itself."""
        return self.facts_hash, self.decision_hash

    @property
    def route(self) -> str | None:
        """Return the way into the scheme, as it is kept."""
        return str(self.decision.route) if self.decision.route else None

    @property
    def sentenced_on(self) -> date:
        """Return the day of sentence."""
        return self.sentenced.facts.sentenced_on


@dataclass(frozen=True, slots=True)
class MessageToRecord:
    """One message as it is being recorded: what it told, and what orders it."""

    message_id: int
    receipt: str
    content: str
    read: MessageRead
    decided: tuple[Decided, ...]
    result: bytes | None

    def orders(self) -> Share:
        """Return what orders this message among others about its hearing."""
        told = self.read
        return Share(
            self.message_id,
            self.content,
            told.format or "",
            told.hearing_id,
            told.hearing_day,
            told.shared_at,
            told.deleted,
            told.in_part,
        )


@dataclass(frozen=True, slots=True)
class Share:
    """A message among those about one hearing. ``deleted`` takes the hearing away as a whole.

    ``in_part`` marks one of which some could not be read: a sentence that it lacks may be there.
    """

    message_id: int
    content: str
    form: str
    hearing_id: str | None
    hearing_day: date | None
    shared_at: datetime | None
    deleted: bool
    in_part: bool = False

    def is_about(self, other: Share) -> bool:
        """Say whether this message should have what another told, were it still so."""
        if self.hearing_id is None or self.hearing_id != other.hearing_id:
            return False
        return self.deleted or self.hearing_day == other.hearing_day

    def is_before(self, other: Share) -> bool:
        """Say whether this message is known to be the older one."""
        known = self.shared_at is not None and other.shared_at is not None
        return known and self.shared_at < other.shared_at  # type: ignore[operator]


_SHARE = (
    _MESSAGES.c.id,
    _MESSAGES.c.content_hash,
    _MESSAGES.c.format,
    _MESSAGES.c.hearing_id,
    _MESSAGES.c.hearing_day,
    _MESSAGES.c.shared_at,
    _MESSAGES.c.hearing_deleted,
    _MESSAGES.c.problem.is_not(None).label("in_part"),
)


def shares_of(session: Session, hearings: Iterable[str | None]) -> list[Share]:
    """Return every message read so far about these hearings."""
    named = sorted({one for one in hearings if one is not None})
    if not named:
        return []
    # Whether it was read is asked of the few rows found: asked of the database, it could look
    # through everything that was ever read.
    query = select(*_SHARE, _MESSAGES.c.status).where(_MESSAGES.c.hearing_id.in_(named))
    return [_share(row[:-1]) for row in session.execute(query) if row.status in _WAS_READ]


def _share(row: Sequence[Any]) -> Share:
    its_id, content, form, *rest = row
    return Share(its_id, content, form or "", *rest)


@dataclass(frozen=True, slots=True)
class DeletedReports:
    """The sentences that messages told of at an earlier reading, and the decisions made then."""

    sentences: set[int]
    decisions: dict[tuple[int, Made], int]


def delete_reports(session: Session, message_ids: Sequence[int]) -> DeletedReports:
    """Drop what messages told at an earlier reading."""
    theirs = _TELLINGS.c.message_id.in_(message_ids)
    columns = (*_MADE, _TELLINGS.c.decision_id)
    found = list(session.execute(select(*columns).where(theirs)))
    if found:
        session.execute(delete(_TELLINGS).where(theirs))
    return DeletedReports(
        {row.sentence_id for row in found},
        {(row.sentence_id, (row.facts_hash, row.decision_hash)): row.decision_id for row in found},
    )


def decisions_of(session: Session, sentence_ids: list[int]) -> dict[tuple[int, Made], int]:
    """Return the newest of each decision that was made on what was told of sentences."""
    query = (
        select(*_MADE, func.max(_TELLINGS.c.decision_id))
        .where(_TELLINGS.c.sentence_id.in_(sentence_ids))
        .group_by(*_MADE)
    )
    return {
        (its_id, (facts, made)): decision
        for its_id, facts, made, decision in session.execute(query)
    }


_MADE = (_TELLINGS.c.sentence_id, _TELLINGS.c.facts_hash, _TELLINGS.c.decision_hash)


def insert_reports(session: Session, rows: list[dict[str, Any]]) -> None:
    """Keep what messages told."""
    if rows:
        session.execute(insert(_TELLINGS), rows)


def report_row(
    told: MessageToRecord, one: Decided, sentence_id: int, decision_id: int
) -> dict[str, Any]:
    """Return the row of one message's word on one sentence."""
    return {
        "sentence_id": sentence_id,
        "message_id": told.message_id,
        "decision_id": decision_id,
        "facts_hash": one.facts_hash,
        "decision_hash": one.decision_hash,
        "outcome": str(one.outcome),
        "route": one.route,
        "region_code": one.region_code,
        "police_area": one.police_area,
        "told": one.sealed_told,
    }


def sentences_of(session: Session, shares: Iterable[Share]) -> set[int]:
    """Return the sentences that messages about the same hearings told of."""
    ids = [one.message_id for one in shares]
    if not ids:
        return set()
    query = select(_TELLINGS.c.sentence_id).where(_TELLINGS.c.message_id.in_(ids))
    return set(session.execute(query).scalars())


def versions_of(session: Session, sentence_ids: Iterable[int]) -> Mapping[int, list[Version]]:
    """Return, for each sentence, what every message told of it, or had no more."""
    wanted = sorted(sentence_ids)
    if not wanted:
        return {}
    query = (
        select(*_TELLING, *_SHARE)
        .join_from(_TELLINGS, _MESSAGES, _MESSAGES.c.id == _TELLINGS.c.message_id)
        .where(_TELLINGS.c.sentence_id.in_(wanted))
    )
    told: dict[int, list[tuple[Version, Share]]] = defaultdict(list)
    for row in session.execute(query):
        share = _share(row[len(_TELLING) :])
        told[row.sentence_id].append((_version(row, share), share))
    hearings = {share.hearing_id for pairs in told.values() for _, share in pairs}
    by_hearing: dict[str | None, list[Share]] = defaultdict(list)
    for share in shares_of(session, hearings):
        by_hearing[share.hearing_id].append(share)
    return {its_id: _with_absences(told[its_id], by_hearing) for its_id in wanted}


_TELLING = (
    _TELLINGS.c.sentence_id,
    _TELLINGS.c.id.label("telling_id"),
    _TELLINGS.c.decision_id,
    _TELLINGS.c.facts_hash,
    _TELLINGS.c.outcome,
    _TELLINGS.c.route,
    _TELLINGS.c.region_code,
    _TELLINGS.c.police_area,
)


def _version(row: Row[Any], share: Share) -> Version:
    return Version(
        row.telling_id,
        row.decision_id,
        share.content,
        share.form,
        share.shared_at,
        row.facts_hash,
        Outcome(row.outcome),
        row.route,
        row.region_code,
        row.police_area,
        share.hearing_id,
    )


def _with_absences(
    told: list[tuple[Version, Share]], by_hearing: Mapping[str | None, list[Share]]
) -> list[Version]:
    """Add the messages about this hearing that omit the sentence.

    One that was read only in part leaves nothing out for certain, so it says nothing.
    One that is known to be older than everything its hearing told of the sentence says nothing:
    the sentence came later. A notice that the hearing was deleted is the court's own word in
    whatever form it comes: it is no copy of a message.
    """
    versions = [version for version, _ in told]
    tellers = {share.message_id for _, share in told}
    beside = [
        share
        for hearing in {share.hearing_id for _, share in told}
        for share in by_hearing.get(hearing, ())
        if share.message_id not in tellers and not share.in_part
    ]
    versions.extend(
        Version(0, 0, share.content, "" if share.deleted else share.form, share.shared_at)
        for share in beside
        if any(share.is_about(teller) and not share.is_before(teller) for _, teller in told)
    )
    return versions
