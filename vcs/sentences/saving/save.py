"""Save what messages report: each sentence's row, and the decisions about it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import insert, select

from vcs.intake import identifiers
from vcs.intake.records import CourtMessage
from vcs.sentences.history import reports
from vcs.sentences.history.reports import Decided, MessageToRecord
from vcs.sentences.records import DecisionRecord, Sentence, SentenceKey, SentenceReport
from vcs.sentences.saving.joining import keep_keys, new_occasions
from vcs.sentences.saving.sentence_work import HELD, SentenceWork
from vcs.tables import free_references, table_of

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
    references = free_references(books.session, len(added), Sentence)
    for values, reference in zip(added, references, strict=True):
        values["reference"] = reference
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
