"""Answer for a run that was held: send it, send it without some rows, or drop it."""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import delete
from sqlmodel import Session, col, select

from vcs.access.actors import Actor
from vcs.access.rules import Act
from vcs.access.work import Work
from vcs.alerts.digest.agenda.matters import matters_named
from vcs.alerts.digest.facts import DigestFacts, Group, Row, as_json, from_json
from vcs.alerts.digest.held import release
from vcs.alerts.digest.records import Digest, DigestLine, HeldRun, Part, RunDecision
from vcs.errors import Conflict, NotFound, NotValid
from vcs.law.deadlines.working_days import add_working_days
from vcs.terms import Role

LONGEST_SURGE = 20
"""For how many working days, at most, an announced surge is let through after one look."""


@dataclass(frozen=True, slots=True)
class HeldAnswer:
    """What somebody decided. ``left_out`` are matters; ``until`` lets the same surge through."""

    decision: str
    why: str
    left_out: Collection[str] = ()
    until: date | None = None


def find_run(session: Session, actor: Actor, reference: str) -> HeldRun:
    """Return a held run of somebody's region. Raises NotFound."""
    query = select(HeldRun).where(HeldRun.reference == reference)
    run = session.exec(query).first()
    if run is None or (
        actor.role is not Role.ADMINISTRATOR and actor.region_code != run.region_code
    ):
        raise NotFound("There is nothing at this address.")
    return run


def decide_run(work: Work, reference: str, answer: HeldAnswer) -> None:
    """Decide about a held run, once. What is left out or dropped comes back the next morning."""
    work.require_may(Act.DECIDE_HELD)
    run = find_run(work.session, work.actor, reference)
    work.session.refresh(run, with_for_update=True)
    if run.decision is not None:
        raise Conflict("Somebody has decided about it already.")
    _check(answer, work.today)
    run.decision, run.decided_at = answer.decision, work.now
    run.decided_by, run.let_through_until = work.actor.account_id, answer.until
    run.left_out = json.dumps(sorted(answer.left_out))
    run.sealed = work.sealer.seal_text(answer.why.strip())
    work.session.add(run)
    if answer.decision == RunDecision.EDITED:
        leave_out(work.session, run, frozenset(answer.left_out))
    if answer.decision != RunDecision.DROPPED:
        release(work.session, run, work.now)
    work.note("digests.decided", run.reference, answer.decision)


def _check(answer: HeldAnswer, today: date) -> None:
    fields = {}
    if answer.decision not in (RunDecision.SENT, RunDecision.EDITED, RunDecision.DROPPED):
        fields["decision"] = "Select what is done with it"
    if answer.decision == RunDecision.EDITED and not answer.left_out:
        fields["left_out"] = "Select what is left out"
    if not answer.why.strip():
        fields["why"] = "Enter why"
    if answer.until is not None and not (
        today <= answer.until <= add_working_days(today, LONGEST_SURGE)
    ):
        fields["until"] = f"Enter a day from today, at most {LONGEST_SURGE} working days ahead"
    if fields:
        raise NotValid("Some details need correcting.", fields)


def rows_held(session: Session, run: HeldRun, actor: Actor) -> tuple[Row, ...]:
    """Return the rows that a run holds, each once, but for cases that the actor must not see."""
    rows: dict[str, Row] = {}
    for digest in _digests(session, run):
        for group in from_json(digest.facts).groups:
            rows |= {one.matter: one for one in group.rows if one.is_new}
    named = {one.key: one.sentence_id for one in matters_named(session, rows)}
    hidden = actor.hidden.sentences
    return tuple(one for key, one in rows.items() if named.get(key) not in hidden)


def leave_out(session: Session, run: HeldRun, matters: frozenset[str]) -> None:
    """Take some matters out of the digests of a run, with their lines."""
    for digest in _digests(session, run):
        digest.facts = as_json(_without(from_json(digest.facts), matters))
        session.add(digest)
        session.execute(
            delete(DigestLine).where(
                col(DigestLine.digest_id) == digest.id, col(DigestLine.matter).in_(matters)
            )
        )


def _digests(session: Session, run: HeldRun) -> list[Digest]:
    query = select(Digest).where(Digest.run_id == run.id, Digest.part == Part.DIGEST)
    return list(session.exec(query.order_by(col(Digest.id))))


def _without(facts: DigestFacts, matters: frozenset[str]) -> DigestFacts:
    groups = (
        Group(one.decision, tuple(row for row in one.rows if row.matter not in matters))
        for one in facts.groups
    )
    kept = tuple(one for one in groups if one.rows)
    taken = [row for one in facts.groups for row in one.rows if row.matter in matters]
    counts = replace(
        facts.counts,
        missed=facts.counts.missed - len(taken),
        new=facts.counts.new - sum(row.is_new for row in taken),
    )
    return replace(facts, groups=kept, counts=counts)
