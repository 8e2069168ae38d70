"""The sentences of one person in one case, read together so that later decisions find them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import Row, select
from sqlmodel import Session

from vcs.law.archive import decision_from_json, facts_from_json
from vcs.law.facts import OffenceFacts
from vcs.sealing import Sealer
from vcs.sentences.history.current import CurrentSentence
from vcs.sentences.history.later import DealtCount, Imposed, Link, Occasion, links
from vcs.sentences.history.people import by_person
from vcs.sentences.records import DecisionRecord
from vcs.tables import table_of

_DECISIONS = table_of(DecisionRecord)


def of_the_same_people(session: Session, sealer: Sealer, rows: Iterable[Row[Any]]) -> set[int]:
    """Return every sentence of the people whose sentences are given, in the same cases."""
    held = list(rows)
    these = {row.id for row in held}
    people = by_person(session, sealer, {row.case_key for row in held})
    return {its_id for ids in people if not these.isdisjoint(ids) for its_id in ids}


def linked(
    session: Session,
    sealer: Sealer,
    rows: Mapping[int, Row[Any]],
    standing: Mapping[int, CurrentSentence],
) -> dict[int, Link]:
    """Return what each of these sentences has to do with the same person's others."""
    cases = Counter(rows[its_id].case_key for its_id in standing)
    shared = [case for case, times in cases.items() if times > 1]
    people = [
        [its_id for its_id in ids if its_id in standing]
        for ids in by_person(session, sealer, shared)
    ]
    several = [ids for ids in people if len(ids) > 1]
    if not several:
        return {}
    wanted = {its_id: standing[its_id] for ids in several for its_id in ids}
    decided = _decisions(session, (one.version.decision_id for one in wanted.values()))
    found: dict[int, Link] = {}
    for ids in several:
        found |= links(
            _occasion(rows[its_id], wanted[its_id], decided[wanted[its_id].version.decision_id])
            for its_id in ids
        )
    return found


def _decisions(session: Session, ids: Iterable[int]) -> dict[int, Row[Any]]:
    columns = (_DECISIONS.c.id, _DECISIONS.c.facts, _DECISIONS.c.decision)
    query = select(*columns).where(_DECISIONS.c.id.in_(sorted(set(ids))))
    return {row.id: row for row in session.execute(query)}


def _occasion(row: Row[Any], standing: CurrentSentence, decided: Row[Any]) -> Occasion:
    facts = facts_from_json(decided.facts)
    outcomes = decision_from_json(decided.decision).offences
    version = standing.version
    return Occasion(
        row.id,
        row.key,
        row.sentenced_on,
        version.hearing_id,
        version.shared_at,
        standing.gone,
        facts.on_application,
        standing.best,
        version.facts or "",
        tuple(
            DealtCount(one.offence_code, one.sequence, said.outcome, _imposed(one), one.taken_back)
            for one, said in zip(facts.offences, outcomes, strict=True)
        ),
        facts.died,
    )


def _imposed(offence: OffenceFacts) -> Imposed:
    told = (
        (str(one.kind), ";".join(term.in_words() for term in one.terms))
        for one in offence.sentences
    )
    return tuple(sorted(told))
