"""The steps of a victim personal statement: offered, wanted, written, read."""

from __future__ import annotations

from datetime import date

from vcs.access.rules import Act
from vcs.access.work import Work
from vcs.errors import NotValid
from vcs.needs.conditions.records import StatementRecord, StatementStep
from vcs.needs.waiting_questions import WaitsFor, close_questions
from vcs.victims.find import find_victim
from vcs.victims.records import LONGEST_WORDS

LONGEST = LONGEST_WORDS


def record_step(
    work: Work, victim_reference: str, step: StatementStep, day: date, words: str = ""
) -> StatementRecord:
    """Keep one step with its day. ``words`` says who read it, and must where it was read."""
    work.require_may(Act.ASK_FOR_CONDITION)
    victim, referral = find_victim(work.session, victim_reference, work.actor)
    fields = {}
    if not victim.referred_on <= day <= work.today:
        fields["happened_on"] = "The day must be between the day of referral and today"
    if step is StatementStep.READ and not words.strip():
        fields["words"] = "Enter who read it"
    if len(words) > LONGEST:
        fields["words"] = f"Enter {LONGEST} characters or fewer"
    if fields:
        raise NotValid("Some details need correcting.", fields)
    record = StatementRecord(
        victim_id=victim.id,
        step=step,
        happened_on=day,
        sealed=work.sealer.seal_text(words.strip()),
        recorded_at=work.now,
        recorded_by=work.actor.account_id,
    )
    work.session.add(record)
    close_questions(work, victim, "", WaitsFor.STATEMENT)
    work.note("statement.step", referral.reference, f"{victim.reference} {step}")
    return record
