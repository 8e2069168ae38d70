"""A canonical dump of what stands: the same truth prints the same bytes in any database.

Sorted, without ids, references or times of processing. People appear as digests only.
"""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import asdict
from datetime import date
from typing import Any

from sqlmodel import Session, col, select

from vcs.access.records import Account
from vcs.alerts.kinds import About, policy_of
from vcs.alerts.reads import alerts_of_matters
from vcs.alerts.records import AlertRecord
from vcs.clocks.dumped import clocks_by_referral
from vcs.errors import CannotOpen
from vcs.events.records import KeyEvent
from vcs.intake.records import CourtMessage, MessageStatus
from vcs.ledger.dump.dumped_clocks import clock_dumped, deadline_dumped, task_clock
from vcs.ledger.dump.dumped_declines import DumpedDeclines
from vcs.ledger.dump.dumped_messages import message_dumped, request_dumped
from vcs.ledger.dump.dumped_people import DumpedPeople, rows_by
from vcs.partners.records import ReferralRequest
from vcs.post.records import LetterRecord
from vcs.post.returned.records import ReturnedLetter
from vcs.referrals.closure.refusal import refused
from vcs.referrals.officers.records import Transfer
from vcs.referrals.records import (
    ClosingProposal,
    DeadlineRecord,
    Referral,
    RefusalRecord,
    ReopeningRecord,
)
from vcs.referrals.tracing.records import TraceRecord
from vcs.sealing import UNOPENED, Sealer, shown
from vcs.sentences.records import AwaitedCode, DecisionRecord, Sentence, SentenceKey
from vcs.tasks.records import Task
from vcs.victims.person import acts_for, opened, talked
from vcs.victims.records import ChoiceRecord, ContactRecord, PersonRecord, PostedLetter, Victim

_OVERTAKEN = (MessageStatus.READ, MessageStatus.OLDER_THAN_HELD)

Plain = dict[str, Any]


def state(session: Session, sealer: Sealer, today: date | None = None) -> Plain:
    """Return everything that stands as plain values; for a day, also what is overdue then."""
    dump = _Dump(session, sealer, today)
    return {
        "messages": _sorted(message_dumped(one) for one in session.exec(select(CourtMessage))),
        "sentences": _sorted(dump.sentence(one) for one in session.exec(select(Sentence))),
        "tasks": _sorted(dump.task(one) for one in session.exec(select(Task)) if _stands(one)),
        "alerts": _sorted(dump.alert(one) for one in session.exec(alerts_of_matters())),
        "referral_requests": _sorted(
            request_dumped(one) for one in session.exec(select(ReferralRequest))
        ),
        "events": _sorted(dump.event(one) for one in session.exec(select(KeyEvent))),
    }


def _sorted(rows: Iterable[Plain]) -> list[Plain]:
    return sorted(rows, key=lambda row: json.dumps(row, sort_keys=True, ensure_ascii=False))


def _stands(task: Task) -> bool:
    """Say whether a task is open or was answered by a person; the rest was overtaken."""
    return task.done_at is None or task.done_by is not None


def _digest(value: object) -> str:
    told = json.dumps(value, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(told.encode("utf-8")).hexdigest()


def sentence_keys(session: Session) -> dict[int, str]:
    """Return one key of each sentence: the first of all that it was told under, in any order."""
    keys = dict(session.exec(select(Sentence.id, Sentence.key)).all())
    for further in session.exec(select(SentenceKey)):
        keys[further.sentence_id] = min(keys[further.sentence_id], further.key)
    return keys


_LATER = ("address_how_known", "country", "name_in_latin")
"""What was added to a person's details since the first of them were sealed."""


class _Dump:
    """Everything that hangs on a sentence, read once and joined here."""

    def __init__(self, session: Session, sealer: Sealer, today: date | None) -> None:
        self._sealer, self._today = sealer, today
        self._decisions = _newest(session)
        self._referrals = {one.sentence_id: one for one in session.exec(select(Referral))}
        self._keys = sentence_keys(session)
        references = session.exec(select(Sentence.reference, Sentence.id)).all()
        self._awaited: dict[int, list[AwaitedCode]] = defaultdict(list)
        for awaited in session.exec(select(AwaitedCode)):
            self._awaited[awaited.sentence_id].append(awaited)
        self._named = {reference: self._keys[its_id] for reference, its_id in references}
        for event in session.exec(select(KeyEvent)):
            self._named[event.reference] = f"{event.kind} {event.happened_on}"
        self._emails = dict(session.exec(select(Account.id, Account.email)).all())
        self._deadlines = rows_by(session, DeadlineRecord, "referral_id")
        self._clocks = clocks_by_referral(session)
        self._victims = rows_by(session, Victim, "referral_id")
        # Loaded at once, and kept: each victim finds their person among these.
        self._people = session.exec(select(PersonRecord)).all()
        self._choices = rows_by(session, ChoiceRecord, "victim_id")
        self._refusals = rows_by(session, RefusalRecord, "referral_id")
        self._contacts = rows_by(session, ContactRecord, "victim_id")
        self._proposals = rows_by(session, ClosingProposal, "referral_id")
        self._reopenings = rows_by(session, ReopeningRecord, "referral_id")
        self._steps = rows_by(session, TraceRecord, "referral_id")
        self._transfers = rows_by(session, Transfer, "referral_id")
        self._letters = rows_by(session, LetterRecord, "victim_id")
        self._posted = {one.letter_id: one.posted_on for one in session.exec(select(PostedLetter))}
        self._returned = {
            one.letter_id: one.came_back_on for one in session.exec(select(ReturnedLetter))
        }
        self._key_of_referral = {
            one.id: self._keys[one.sentence_id] for one in self._referrals.values()
        }
        self._digests = {
            one.id: self._digest(one) for held in self._victims.values() for one in held
        }
        self._declines = DumpedDeclines(session, sealer, _digest)
        self._told = DumpedPeople(session, sealer, self._digests, _digest)
        self._deadline_of = {one.id: one for held in self._deadlines.values() for one in held}

    def _digest(self, victim: Victim) -> str:
        """Return who somebody is, and whom they act for in this referral, as a digest."""
        try:
            person, about = opened(self._sealer, victim.person), acts_for(self._sealer, victim)
        except CannotOpen:
            return _digest(UNOPENED)
        held = asdict(person)
        # A later fact counts only where it says something: what was held before stays alike.
        said = {name: v for name, v in held.items() if v or name not in _LATER}
        return _digest(said | {"about": about})

    def sentence(self, sentence: Sentence) -> Plain:
        decision = self._decisions.get(sentence.id)
        referral = self._referrals.get(sentence.id)
        return {
            "key": self._keys[sentence.id],
            "case_reference": sentence.case_reference,
            "court_code": sentence.court_code,
            "region": sentence.region_code,
            "offender": _digest(shown(self._sealer.open_text, sentence.offender_name, UNOPENED)),
            "sentenced_on": sentence.sentenced_on.isoformat(),
            "outcome": sentence.outcome,
            "route": sentence.route,
            "gone": sentence.gone,
            **self._later(sentence),
            **self._declines.of_sentence(sentence.id),
            "facts": sentence.facts_hash,
            "rule_set": decision.rule_set if decision else None,
            "decision": _digest(decision.decision) if decision else None,
            "referral": self._referral(referral) if referral else None,
        }

    def _later(self, sentence: Sentence) -> Plain:
        """Return what later decisions make of a sentence, where they make anything of it."""
        told_in = self._keys.get(sentence.told_in_id or 0)
        awaits = [one.code for one in self._awaited[sentence.id]]
        told = {"told_in": told_in, "left_as": sentence.left_as, "awaits": sorted(awaits)}
        return {name: value for name, value in told.items() if value}

    def _referral(self, referral: Referral) -> Plain:
        return {
            "status": referral.status,
            "basis": referral.basis,
            "region": referral.region_code,
            "officer": self._emails.get(referral.vlo_account_id or 0),
            "closed_on": _text(referral.closed_on),
            "closed_reason": referral.closed_reason,
            "traced": referral.traced_since is not None,
            "look_again_on": _text(referral.look_again_on),
            "trace_steps": [self._step(one) for one in self._steps[referral.id]],
            "transfers": [self._transfer(one) for one in self._transfers[referral.id]],
            "proposals": [self._proposal(one) for one in self._proposals[referral.id]],
            "reopened": [one.closed_reason for one in self._reopenings[referral.id]],
            "refusals": _sorted(self._refusal(one) for one in self._refusals[referral.id]),
            "deadlines": _sorted(
                deadline_dumped(one, self._digests, self._today)
                for one in self._deadlines[referral.id]
            ),
            "clocks": _sorted(
                clock_dumped(one, self._digests, self._today) for one in self._clocks[referral.id]
            ),
            "victims": _sorted(self._victim(one) for one in self._victims[referral.id]),
            **self._told.of_referral(referral.id),
        }

    def _step(self, step: TraceRecord) -> Plain:
        words = _digest(shown(self._sealer.open_text, step.sealed, UNOPENED))
        return {
            "step": step.step,
            "outcome": step.outcome,
            "tried_on": _text(step.tried_on),
            "words": words,
        }

    def _transfer(self, transfer: Transfer) -> Plain:
        return {
            "from": transfer.from_region,
            "to": transfer.to_region,
            "decision": transfer.decision,
            "ended_on": _text(transfer.ended_on),
        }

    def _proposal(self, proposal: ClosingProposal) -> Plain:
        words = self._sealer.open_text(proposal.sealed)
        return {
            "reason": proposal.reason,
            "words": _digest(words),
            "proposed_as": proposal.proposed_as,
            "decision": proposal.decision,
        }

    def _refusal(self, refusal: RefusalRecord) -> Plain:
        told = refused(self._sealer, refusal)
        return {"refused_on": told.refused_on.isoformat(), "evidence": _digest([told.words])}

    def _victim(self, victim: Victim) -> Plain:
        return {
            "person": self._digests[victim.id],
            "standing": victim.standing,
            "language": victim.person.language,
            "safe_to_post": victim.person.safe_to_post,
            "referred_on": victim.referred_on.isoformat(),
            "contacted_on": _text(victim.contacted_on),
            "choices": [
                [one.choice, one.chosen_on.isoformat()] for one in self._choices[victim.id]
            ],
            "contacts": _sorted(self._contact(one) for one in self._contacts[victim.id]),
            "letters": _sorted(
                {
                    "kind": one.kind,
                    "language": one.language,
                    "status": one.status,
                    "sha256": one.sha256,
                    "posted_on": _text(self._posted.get(one.id)),
                    "came_back_on": _text(self._returned.get(one.id)),
                }
                for one in self._letters[victim.id]
            ),
            **self._told.of_victim(victim),
        }

    def _contact(self, contact: ContactRecord) -> Plain:
        talk = talked(self._sealer, contact)
        return {
            "reached": contact.reached,
            "happened_on": contact.happened_on.isoformat(),
            "how": contact.how,
            "talk": _digest([talk.spoke_to, talk.words]),
        }

    def event(self, event: KeyEvent) -> Plain:
        return self._told.event(event, self._key_of_referral.get(event.referral_id))

    def task(self, task: Task) -> Plain:
        return {
            "kind": task.kind,
            "sentence": self._keys.get(task.sentence_id or 0),
            "question": task.question if task.sentence_id else None,
            "due_on": _text(task.due_on) if task.sentence_id else None,
            "answer": task.answer,
            **task_clock(task, self._today),
        }

    def alert(self, alert: AlertRecord) -> Plain:
        waits = "withdrawn" if alert.withdrawn_at else "owed"
        went = "failed" if alert.failed_reason else waits
        stands = {"kind": alert.kind, "state": "sent" if alert.sent_at else went}
        if policy_of(alert.kind).about is About.SUBJECT:
            return stands | {"subject": self._named.get(alert.subject, alert.subject)}
        deadline = self._deadline_of[alert.deadline_id or 0]
        return stands | {
            "sentence": self._key_of_referral[deadline.referral_id],
            "victim": self._digests.get(deadline.victim_id or 0),
            "duty": deadline.duty,
            "due_on": deadline.due_on.isoformat(),
        }


def _text(day: Any) -> str | None:
    return day.isoformat() if day else None


def _newest(session: Session) -> dict[int, DecisionRecord]:
    query = select(DecisionRecord).order_by(col(DecisionRecord.id))
    return {one.sentence_id: one for one in session.exec(query)}
