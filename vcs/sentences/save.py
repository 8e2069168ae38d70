"""Save what messages report: each sentence's row, and the decisions about it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from functools import partial
from typing import Any

from sqlalchemy import Row, insert, literal, select, update

from vcs.intake import identifiers
from vcs.intake.records import CourtMessage
from vcs.law.archive import decision_from_json
from vcs.law.decision import Decision
from vcs.sealing import Sealer, shown
from vcs.sentences import occasions, reports
from vcs.sentences.current import CurrentSentence, current_sentence
from vcs.sentences.joining import keep_keys, new_occasions
from vcs.sentences.later import NOTHING, Link
from vcs.sentences.records import DecisionRecord, Sentence, SentenceKey, SentenceReport
from vcs.sentences.reports import Decided, MessageToRecord
from vcs.sentences.resolved import ResolvedSentence, WithdrawnSentence
from vcs.sentences.sentence_work import HELD, SentenceWork
from vcs.tables import new_reference, table_of
from vcs.terms import Outcome, most_protective

_SENTENCES, _DECISIONS = table_of(Sentence), table_of(DecisionRecord)

_TELLINGS, _MESSAGES = table_of(SentenceReport), table_of(CourtMessage)

_KEYS = table_of(SentenceKey)


def save_messages(books: SentenceWork, batch: Iterable[MessageToRecord]) -> set[int]:
    """Save the sentences, decisions and reports in these messages.

    They replace any saved from an earlier reading of the same message. Returns the ids of all
    sentences that changed.
    """
    told_here = list(batch)
    pairs = [(told, one) for told in told_here for one in told.decided]
    _find(books, {one.key for _, one in pairs})
    new = new_occasions(books, told_here)
    forgotten = reports.delete_reports(books.session, [told.message_id for told in told_here])
    books.decisions.update(forgotten.decisions)
    _add_sentences(books, pairs)
    keep_keys(books, new)
    _add_decisions(books, pairs)
    rows = []
    for told, one in pairs:
        its_id = books.ids[one.key]
        decision_id = books.decisions[its_id, one.made]
        rows.append(reports.report_row(told, one, its_id, decision_id))
        books.read[decision_id] = one
    reports.insert_reports(books.session, rows)
    return forgotten.sentences | {books.ids[one.key] for _, one in pairs}


def _find(books: SentenceWork, keys: set[str]) -> None:
    """Find the sentences of these keys, by their own or by a further one."""
    if not keys:
        return
    wanted = sorted(keys)
    further = select(_KEYS.c.key, _KEYS.c.sentence_id).where(_KEYS.c.key.in_(wanted))
    also = {row.key: row.sentence_id for row in books.session.execute(further)}
    found = books.hold(_SENTENCES.c.key.in_(wanted))
    if also:
        books.hold(_SENTENCES.c.id.in_(sorted(set(also.values()))))
    books.ids.update({row.key: row.id for row in found} | also)


def _add_sentences(books: SentenceWork, pairs: list[tuple[MessageToRecord, Decided]]) -> None:
    """Insert new sentences, each with its first decision."""
    firsts: dict[str, tuple[MessageToRecord, Decided]] = {}
    for told, one in pairs:
        if one.key not in books.ids and books.known_as[one.key] == one.key:
            firsts.setdefault(one.key, (told, one))
    if not firsts:
        return
    query = insert(_SENTENCES).returning(*HELD)
    added = [_sentence_row(told, one) for told, one in firsts.values()]
    by_id: dict[int, Decided] = {}
    rows = []
    for row in sorted(books.session.execute(query, added)):
        told, by_id[row.id] = firsts[row.key]
        one = by_id[row.id]
        books.ids[row.key] = row.id
        books.rows[row.id] = row
        books.fresh[row.id] = told.content
        rows.append(_decision_row(books, told, one, row.id))
        books.note("decision.made", row.reference, str(one.outcome))
    made = insert(_DECISIONS).returning(_DECISIONS.c.id, _DECISIONS.c.sentence_id)
    for decision_id, its_id in books.session.execute(made, rows):
        books.decisions[its_id, by_id[its_id].made] = books.newest[its_id] = decision_id
    books.ids.update({key: books.ids[first] for key, first in books.known_as.items()})


def _sentence_row(told: MessageToRecord, one: Decided) -> dict[str, Any]:
    return {
        "reference": new_reference(),
        "key": one.key,
        "sentenced_on": one.sentenced_on,
        "gone": False,
        "outcome": str(one.outcome),
        "route": one.route,
        "facts_hash": one.facts_hash,
        "hearing_id": told.read.hearing_id,
        "hearing_day": told.read.hearing_day,
        "shared_at": told.read.shared_at,
        "region_code": one.region_code,
        "police_area": one.police_area,
        "date_of_birth": one.sentenced.facts.date_of_birth,
        "case_reference": one.sentenced.case_reference,
        "case_key": identifiers.case_reference(one.sentenced.case_reference),
        "court_code": one.sentenced.court_code,
        "court_name": one.sentenced.court_name,
        "offender_name": one.sealed_name,
        "offender_address": one.sealed_address,
    }


def _add_decisions(books: SentenceWork, pairs: list[tuple[MessageToRecord, Decided]]) -> None:
    """Insert a decision where no earlier message reported the same facts."""
    for told, one in pairs:
        its_id = books.ids[one.key]
        if (its_id, one.made) not in books.decisions:
            before = {"supersedes_id": books.newest[its_id]}
            row = _decision_row(books, told, one, its_id) | before
            made = books.session.execute(insert(_DECISIONS).returning(_DECISIONS.c.id), [row])
            books.decisions[its_id, one.made] = books.newest[its_id] = made.scalar_one()


def _decision_row(
    books: SentenceWork, told: MessageToRecord, one: Decided, sentence_id: int
) -> dict[str, Any]:
    return {
        "sentence_id": sentence_id,
        "made_at": books.now,
        "rule_set": one.decision.rule_set,
        "outcome": str(one.outcome),
        "route": one.route,
        "facts": one.facts_text,
        "decision": one.decision_text,
        "urgent": bool(one.decision.urgent),
        "message_id": told.message_id,
    }


def resolve(
    books: SentenceWork, sentence_ids: Iterable[int]
) -> tuple[list[ResolvedSentence], list[WithdrawnSentence]]:
    """Bring sentences in line with every report on them; return the current and the withdrawn."""
    touched = set(sentence_ids)
    _look_up(books, touched)
    rows = [books.rows[one] for one in touched]
    wanted = touched | occasions.of_the_same_people(books.session, rows)
    _look_up(books, wanted)
    versions = reports.versions_of(books.session, wanted)
    current = {one: current_sentence(versions[one]) for one in sorted(wanted)}
    standing = {its_id: one for its_id, one in current.items() if one is not None}
    lost = [_lose(books, books.rows[one]) for one in current if one in touched - standing.keys()]
    settled = [_settle_one(books, books.rows[its_id], one) for its_id, one in standing.items()]
    return _with_links(books, settled, standing), lost


def _look_up(books: SentenceWork, ids: Iterable[int]) -> None:
    strangers = sorted(set(ids) - books.rows.keys())
    if strangers:
        books.hold(_SENTENCES.c.id.in_(strangers))


def _with_links(
    books: SentenceWork,
    settled: list[ResolvedSentence],
    standing: Mapping[int, CurrentSentence],
) -> list[ResolvedSentence]:
    """Join each sentence with what the same person's others in its case make of it."""
    found = occasions.linked(books.session, books.rows, standing)
    moved = {one.sentence_id for one in settled if one.moved} | books.fresh.keys()
    joined = []
    for one in settled:
        link = found.get(one.sentence_id, NOTHING)
        _keep_link(books, books.rows[one.sentence_id], link)
        told_before = [standing[its_id].best for its_id in link.moved_from]
        best = most_protective([one.standing.best, *told_before])
        news = one.moved or not moved.isdisjoint(link.later_ids)
        joined.append(
            replace(one, standing=replace(one.standing, best=best), moved=news, link=link)
        )
    return joined


def _keep_link(books: SentenceWork, held: Row[Any], link: Link) -> None:
    left_as = str(link.left_as) if link.left_as else None
    if (held.told_in_id, held.left_as) != (link.told_in, left_as):
        values = {"told_in_id": link.told_in, "left_as": left_as}
        books.session.execute(update(_SENTENCES).where(_SENTENCES.c.id == held.id).values(values))


def _lose(books: SentenceWork, held: Row[Any]) -> WithdrawnSentence:
    """Mark a sentence as withdrawn: after re-reading, no message mentions it."""
    values = {"gone": True}
    books.session.execute(update(_SENTENCES).where(_SENTENCES.c.id == held.id).values(values))
    if not held.gone:
        books.note("sentence.gone", held.reference)
    outcome = Outcome(held.outcome)
    return WithdrawnSentence(
        held.id, held.key, held.sentenced_on, held.region_code, outcome, held.facts_hash
    )


def _settle_one(books: SentenceWork, held: Row[Any], standing: CurrentSentence) -> ResolvedSentence:
    facts, decision_id = standing.version.facts, standing.version.decision_id
    if not _is_said(books, held.id, decision_id):
        _restate(books, held.id, decision_id)
    as_told = books.fresh.get(held.id) == standing.version.content and not standing.gone
    if not as_told or standing.place != (held.region_code, held.police_area):
        values = _as_told(books, standing) | {"gone": standing.gone}
        books.session.execute(update(_SENTENCES).where(_SENTENCES.c.id == held.id).values(values))
        _note_change(books, held, standing)
    # New rules on old facts move what stands as well.
    was, now_is = (held.facts_hash, held.outcome), (facts, str(standing.version.outcome))
    moved = held.id not in books.fresh and was != now_is
    decision = partial(_decision, books, decision_id)
    return ResolvedSentence(held.id, held.key, held.sentenced_on, standing, moved, decision)


def _is_said(books: SentenceWork, sentence_id: int, decision_id: int) -> bool:
    """Return whether a sentence's newest decision is this one or identical to it."""
    newest = books.newest[sentence_id]
    if newest == decision_id:
        return True
    one, other = _DECISIONS.alias(), _DECISIONS.alias()
    same = (
        one.c.id == newest,
        other.c.id == decision_id,
        one.c.facts == other.c.facts,
        one.c.decision == other.c.decision,
    )
    return books.session.execute(select(one.c.id).where(*same)).first() is not None


def _restate(books: SentenceWork, sentence_id: int, decision_id: int) -> None:
    """Re-record the current decision so it is again the newest row: a later message lost to it.

    It was made when it was made: nobody is asked again, and a day before shows the same.
    """
    columns = (
        _DECISIONS.c.sentence_id,
        _DECISIONS.c.made_at,
        _DECISIONS.c.rule_set,
        _DECISIONS.c.outcome,
        _DECISIONS.c.route,
        _DECISIONS.c.facts,
        _DECISIONS.c.decision,
        _DECISIONS.c.urgent,
        _DECISIONS.c.message_id,
    )
    before = literal(books.newest[sentence_id])
    again = select(*columns, before).where(_DECISIONS.c.id == decision_id)
    names = [*(one.name for one in columns), "supersedes_id"]
    books.session.execute(insert(_DECISIONS).from_select(names, again))
    books.find_newest([sentence_id])


def _as_told(books: SentenceWork, standing: CurrentSentence) -> dict[str, Any]:
    """Return the values of a sentence's row when this report is current."""
    query = (
        select(_TELLINGS.c.told, *_ORDER)
        .join_from(_TELLINGS, _MESSAGES, _MESSAGES.c.id == _TELLINGS.c.message_id)
        .where(_TELLINGS.c.id == standing.version.telling_id)
    )
    row = books.session.execute(query).one()
    values: dict[str, Any] = {
        "outcome": str(standing.version.outcome),
        "route": standing.version.route,
        "facts_hash": standing.version.facts,
        "region_code": standing.place[0],
        "police_area": standing.place[1],
        "hearing_id": row.hearing_id,
        "hearing_day": row.hearing_day,
        "shared_at": row.shared_at,
    }
    # One that cannot be opened leaves the sentence's row as it is.
    as_it_is: dict[str, Any] = {}
    if row.told is None:
        return values
    return values | shown(lambda told: _opened(books.sealer, told), row.told, as_it_is)


_ORDER = (_MESSAGES.c.hearing_id, _MESSAGES.c.hearing_day, _MESSAGES.c.shared_at)


def _opened(sealer: Sealer, sealed: bytes) -> dict[str, Any]:
    told = sealer.open_json(sealed)
    born = told["date_of_birth"]
    return {
        "case_reference": told["case_reference"],
        "case_key": identifiers.case_reference(told["case_reference"]),
        "court_code": told["court_code"],
        "court_name": told["court_name"],
        "date_of_birth": date.fromisoformat(born) if born else None,
        "offender_name": sealer.seal_text(told["name"]),
        "offender_address": sealer.seal_json(told["address"]),
    }


def _note_change(books: SentenceWork, held: Row[Any], standing: CurrentSentence) -> None:
    if standing.gone and not held.gone:
        books.note("sentence.gone", held.reference)
    elif held.facts_hash != standing.version.facts:
        detail = f"{held.outcome} to {standing.version.outcome}"
        books.note("decision.superseded", held.reference, detail)


def _decision(books: SentenceWork, decision_id: int) -> Decision:
    if decision_id in books.read:
        return books.read[decision_id].decision
    its_own = _DECISIONS.c.id == decision_id
    text = books.session.execute(select(_DECISIONS.c.decision).where(its_own)).scalar_one()
    return decision_from_json(text)
