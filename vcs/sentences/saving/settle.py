"""Bring each sentence's row in line with every report on it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from functools import partial
from typing import Any

from sqlalchemy import Row, insert, literal, select, update

from vcs.intake import identifiers
from vcs.intake.records import CourtMessage
from vcs.law.archive import decision_from_json, facts_from_json
from vcs.law.decision import Decision
from vcs.law.facts import SentencingFacts
from vcs.sealing import Sealer, shown
from vcs.sentences.enquiries.answered import court_key, regions_known
from vcs.sentences.history import occasions, reports
from vcs.sentences.history.current import CurrentSentence, current_sentence
from vcs.sentences.history.later import NOTHING, Link
from vcs.sentences.records import DecisionRecord, Sentence, SentenceKey, SentenceReport
from vcs.sentences.saving.resolved import ResolvedSentence, WithdrawnSentence
from vcs.sentences.saving.sentence_work import SentenceWork
from vcs.tables import table_of
from vcs.terms import Outcome, most_protective

_SENTENCES, _DECISIONS = table_of(Sentence), table_of(DecisionRecord)

_TELLINGS, _MESSAGES = table_of(SentenceReport), table_of(CourtMessage)

_KEYS = table_of(SentenceKey)


def resolve(
    books: SentenceWork, sentence_ids: Iterable[int]
) -> tuple[list[ResolvedSentence], list[WithdrawnSentence]]:
    """Bring sentences in line with every report on them; return the current and the withdrawn."""
    touched = set(sentence_ids)
    _look_up(books, touched)
    rows = [books.rows[one] for one in touched]
    wanted = touched | occasions.of_the_same_people(books.session, books.sealer, rows)
    _look_up(books, wanted)
    versions = reports.versions_of(books.session, wanted)
    current = {one: current_sentence(versions[one]) for one in sorted(wanted)}
    told = {its_id: one for its_id, one in current.items() if one is not None}
    standing = told | _placed(books, told)
    lost = [_lose(books, books.rows[one]) for one in current if one in touched - standing.keys()]
    settled = [_settle_one(books, books.rows[its_id], one) for its_id, one in standing.items()]
    return _with_links(books, settled, standing), lost


def _placed(
    books: SentenceWork, standing: Mapping[int, CurrentSentence]
) -> dict[int, CurrentSentence]:
    """Return those that no message places, in the region that people gave their court."""
    lost = {its_id: one for its_id, one in standing.items() if one.place[0] is None}
    courts = {
        its_id: _facts(books, one.version.decision_id).court_code for its_id, one in lost.items()
    }
    known = regions_known(books.session, courts.values())
    return {
        its_id: replace(one, place=(known[court_key(courts[its_id])], one.place[1]))
        for its_id, one in lost.items()
        if court_key(courts[its_id]) in known
    }


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
    found = occasions.linked(books.session, books.sealer, books.rows, standing)
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
    kept = (partial(_decision, books, decision_id), partial(_facts, books, decision_id))
    return ResolvedSentence(held.id, held.key, held.sentenced_on, standing, moved, *kept)


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
        "name_listed": False,
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


def _facts(books: SentenceWork, decision_id: int) -> SentencingFacts:
    if decision_id in books.read:
        return books.read[decision_id].sentenced.facts
    its_own = _DECISIONS.c.id == decision_id
    text = books.session.execute(select(_DECISIONS.c.facts).where(its_own)).scalar_one()
    return facts_from_json(text)
