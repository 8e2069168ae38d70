"""One referral on one page: the decision, the deadlines, the victims, what was done.

Addresses are not here: they are shown on their own, with a reason, and that is kept.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlmodel import Session, col, select

from vcs.access.actors import Actor
from vcs.access.reads import names_of
from vcs.access.records import AuditEntry
from vcs.access.rules import may_see
from vcs.errors import NotFound
from vcs.intake.regions import region_named
from vcs.law.duties import FIRST_CONTACT
from vcs.post.records import LetterRecord
from vcs.referrals.dates import DeadlineView, deadline_view
from vcs.referrals.proposal_reads import (
    ProposalView,
    ReopeningView,
    newest_proposal,
    newest_reopening,
)
from vcs.referrals.records import DeadlineMove, DeadlineRecord, Referral, RefusalRecord
from vcs.referrals.refusal import Refusal, refused
from vcs.referrals.task_reads import TaskRow, tasks_of_sentence
from vcs.sealing import UNOPENED, Sealer, shown
from vcs.sentences.decisions import (
    DecisionAsAt,
    DecisionCard,
    SentenceView,
    decision_card,
    sentence_view,
)
from vcs.sentences.records import Sentence
from vcs.sentences.replay import made_again, standing_decision
from vcs.terms import Role
from vcs.victims.contact_reads import ContactRules, ContactView, contact_rules, contacts_with
from vcs.victims.person import shown_person
from vcs.victims.records import ChoiceRecord, PostedLetter, Victim

_LONGEST_HISTORY = 200


@dataclass(frozen=True, slots=True)
class ChoiceView:
    """What a victim chose on a day."""

    choice: str
    chosen_on: date
    how: str
    recorded_at: datetime
    recorded_by: str


@dataclass(frozen=True, slots=True)
class LetterView:
    """One letter, without what it says."""

    reference: str
    victim_reference: str
    kind: str
    language: str
    status: str
    drafted_at: datetime
    drafted_by: str
    approved_at: datetime | None
    approved_by: str | None
    sha256: str | None
    template_version: str | None
    posted_on: date | None = None
    opened_at: datetime | None = None
    withdrawn_at: datetime | None = None
    withdrawn_by: str | None = None
    withdrawn_reason: str | None = None


@dataclass(frozen=True, slots=True)
class VictimView:
    """One victim, without where they can be found.

    ``choices`` and ``contacts`` are newest first.
    """

    reference: str
    name: str
    standing: str
    about: str
    language: str
    format_needs: str
    safe_to_post: bool | None
    address_confirmed_on: date | None
    has_address: bool
    referred_on: date
    contacted_on: date | None
    choice: str | None
    chosen_on: date | None
    choices: tuple[ChoiceView, ...]
    letters: tuple[LetterView, ...]
    rules: ContactRules
    contacts: tuple[ContactView, ...] = ()

    @property
    def posted_on(self) -> date | None:
        """Return the first day on which a letter was posted."""
        return min((one.posted_on for one in self.letters if one.posted_on), default=None)

    @property
    def first_contact_on(self) -> date | None:
        """Return the first day on which they were reached or a letter to them was posted."""
        return min((day for day in (self.contacted_on, self.posted_on) if day), default=None)


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """One thing that was done."""

    at: datetime
    who: str
    event: str
    detail: str


@dataclass(frozen=True, slots=True)
class ReferralView:
    """Everything about one referral that its page shows."""

    reference: str
    status: str
    basis: str
    region_code: str | None
    region_name: str | None
    opened_on: date
    closed_on: date | None
    closed_reason: str | None
    traced_since: date | None
    traced_by: str | None
    look_again_on: date | None
    refusal: Refusal | None
    vlo_name: str | None
    vlo_account_id: int | None
    sentence: SentenceView
    decision: DecisionCard
    deadlines: tuple[DeadlineView, ...]
    victims: tuple[VictimView, ...]
    letters: tuple[LetterView, ...]
    tasks: tuple[TaskRow, ...]
    history: tuple[HistoryLine, ...]
    proposal: ProposalView | None = None
    reopening: ReopeningView | None = None


def find(session: Session, actor: Actor, reference: str) -> Referral:
    """Return a referral. Raises NotFound alike where there is none and where it is not theirs."""
    referral = session.exec(select(Referral).where(Referral.reference == reference)).first()
    if referral is None or not may_see(actor, referral):
        raise NotFound("There is no such referral.")
    return referral


def referral_page(
    session: Session, sealer: Sealer, actor: Actor, reference: str, today: date
) -> ReferralView:
    """Return one referral as it stands on a day."""
    referral = find(session, actor, reference)
    sentence = session.get_one(Sentence, referral.sentence_id)
    held = session.exec(
        select(Victim).where(Victim.referral_id == referral.id).order_by(col(Victim.id))
    ).all()
    names = names_of(session)
    letters = letters_to(session, held, names)
    seen = [_as_seen_by(actor, one) for one in victims(session, sealer, held, letters, names)]
    deadlines = _deadlines(session, referral, held, today)
    region = region_named(referral.region_code)
    return ReferralView(
        reference=referral.reference,
        status=referral.status,
        basis=referral.basis,
        region_code=referral.region_code,
        region_name=region.name if region else None,
        opened_on=referral.opened_on,
        closed_on=referral.closed_on,
        closed_reason=referral.closed_reason,
        traced_since=referral.traced_since,
        traced_by=names.get(referral.traced_by) if referral.traced_by else None,
        look_again_on=referral.look_again_on,
        refusal=_refusal(session, sealer, referral),
        vlo_name=names.get(referral.vlo_account_id) if referral.vlo_account_id else None,
        vlo_account_id=referral.vlo_account_id,
        sentence=sentence_view(sealer, sentence),
        decision=decision_card(session, sentence.id),
        deadlines=tuple(_marked(one, seen) for one in deadlines),
        victims=tuple(seen),
        letters=letters,
        tasks=tasks_of_sentence(session, sentence.id, today),
        history=_history(session, (referral.reference, sentence.reference), names),
        proposal=newest_proposal(session, sealer, referral.id, names, actor.account_id),
        reopening=newest_reopening(session, sealer, referral.id, names),
    )


def decision_as_at(session: Session, actor: Actor, reference: str, as_at: date) -> DecisionAsAt:
    """Return the decision that stood at the end of a day; raises NotFound where there was none."""
    sentence_id = find(session, actor, reference).sentence_id
    again = made_again(standing_decision(session, sentence_id, as_at))
    card = decision_card(session, sentence_id, again.decision_id)
    return DecisionAsAt(card, again.is_same, again.problem)


def _refusal(session: Session, sealer: Sealer, referral: Referral) -> Refusal | None:
    query = select(RefusalRecord).where(RefusalRecord.referral_id == referral.id)
    held = session.exec(query.order_by(col(RefusalRecord.id).desc()).limit(1)).first()
    return refused(sealer, held) if held else None


def _deadlines(
    session: Session, referral: Referral, held: Iterable[Victim], today: date
) -> tuple[DeadlineView, ...]:
    references = {victim.id: victim.reference for victim in held}
    query = (
        select(DeadlineRecord)
        .where(DeadlineRecord.referral_id == referral.id)
        .order_by(col(DeadlineRecord.due_on), col(DeadlineRecord.id))
    )
    moves = _moves(session, referral)
    return tuple(
        deadline_view(
            one, today, references.get(one.victim_id) if one.victim_id else None, moves[one.id]
        )
        for one in session.exec(query)
    )


def _marked(deadline: DeadlineView, held: Iterable[VictimView]) -> DeadlineView:
    """Mark a deadline of first contact that nothing but an approved letter shows as met."""
    if deadline.duty != FIRST_CONTACT or deadline.met_on is None:
        return deadline
    shown = {one.reference: one.first_contact_on for one in held}
    day = shown.get(deadline.victim_reference or "")
    return replace(deadline, by_approval=day is None or deadline.met_on < day)


def _moves(session: Session, referral: Referral) -> dict[int, list[DeadlineMove]]:
    query = (
        select(DeadlineMove)
        .join(DeadlineRecord, col(DeadlineRecord.id) == col(DeadlineMove.deadline_id))
        .where(DeadlineRecord.referral_id == referral.id)
        .order_by(col(DeadlineMove.id))
    )
    found: dict[int, list[DeadlineMove]] = defaultdict(list)
    for one in session.exec(query):
        found[one.deadline_id].append(one)
    return found


def letters_to(
    session: Session, held: Iterable[Victim], names: dict[int, str]
) -> tuple[LetterView, ...]:
    """Return every letter to some victims, newest first."""
    references = {victim.id: victim.reference for victim in held}
    query = (
        select(LetterRecord)
        .where(col(LetterRecord.victim_id).in_(references))
        .order_by(col(LetterRecord.id).desc())
    )
    found = session.exec(query).all()
    posted = _posted(session, [one.id for one in found])
    return tuple(
        replace(letter_view(one, references[one.victim_id], names), posted_on=posted.get(one.id))
        for one in found
    )


def _posted(session: Session, letter_ids: list[int]) -> dict[int, date]:
    """Return the day on which each letter was posted; nothing for those that were not."""
    query = select(PostedLetter).where(col(PostedLetter.letter_id).in_(letter_ids))
    return {one.letter_id: one.posted_on for one in session.exec(query)}


def letter_view(letter: LetterRecord, victim_reference: str, names: dict[int, str]) -> LetterView:
    """Return one letter for a page."""
    return LetterView(
        letter.reference,
        victim_reference,
        letter.kind,
        letter.language,
        letter.status,
        letter.drafted_at,
        names.get(letter.drafted_by, ""),
        letter.approved_at,
        names.get(letter.approved_by, "") if letter.approved_by else None,
        letter.sha256,
        letter.template_version,
        opened_at=letter.opened_at,
        withdrawn_at=letter.withdrawn_at,
        withdrawn_by=_name(letter.withdrawn_by, names) if letter.withdrawn_by else None,
        withdrawn_reason=letter.withdrawn_reason,
    )


def victims(
    session: Session,
    sealer: Sealer,
    held: Iterable[Victim],
    letters: Iterable[LetterView],
    names: dict[int, str],
) -> tuple[VictimView, ...]:
    """Return victims for a page, each with their choices and letters."""
    held = list(held)
    ids = [victim.id for victim in held]
    choices, contacts = _choices(session, ids, names), contacts_with(session, sealer, ids, names)
    by_victim: dict[str, list[LetterView]] = defaultdict(list)
    for letter in letters:
        by_victim[letter.victim_reference].append(letter)
    return tuple(
        replace(
            _victim(sealer, one, tuple(choices[one.id]), tuple(by_victim[one.reference])),
            contacts=tuple(contacts[one.id]),
        )
        for one in held
    )


def _as_seen_by(actor: Actor, victim: VictimView) -> VictimView:
    """Leave out what was said, and the safety notes, for anyone outside the liaison unit."""
    if actor.role in (Role.VLO, Role.MANAGER):
        return victim
    return replace(victim, contacts=(), rules=replace(victim.rules, notes=None))


def _victim(
    sealer: Sealer,
    victim: Victim,
    choices: tuple[ChoiceView, ...],
    letters: tuple[LetterView, ...],
) -> VictimView:
    person = shown_person(sealer, victim)
    needs = shown(sealer.open_text, victim.format_needs_sealed, UNOPENED)
    return VictimView(
        victim.reference,
        person.name,
        victim.standing,
        person.about,
        victim.language,
        needs,
        victim.safe_to_post,
        victim.address_confirmed_on,
        bool(person.lines and person.postcode),
        victim.referred_on,
        victim.contacted_on,
        choices[0].choice if choices else None,
        choices[0].chosen_on if choices else None,
        choices,
        letters,
        contact_rules(person, victim, needs),
    )


def _choices(
    session: Session, victim_ids: list[int], names: dict[int, str]
) -> dict[int, list[ChoiceView]]:
    """Return what each victim chose, the newest choice first: by its day, then as recorded."""
    query = (
        select(ChoiceRecord)
        .where(col(ChoiceRecord.victim_id).in_(victim_ids))
        .order_by(col(ChoiceRecord.chosen_on).desc(), col(ChoiceRecord.id).desc())
    )
    found: dict[int, list[ChoiceView]] = defaultdict(list)
    for one in session.exec(query):
        by = names.get(one.recorded_by, "")
        found[one.victim_id].append(
            ChoiceView(one.choice, one.chosen_on, one.how, one.recorded_at, by)
        )
    return found


def _history(
    session: Session, subjects: tuple[str, ...], names: dict[int, str]
) -> tuple[HistoryLine, ...]:
    query = (
        select(AuditEntry)
        .where(col(AuditEntry.subject).in_(subjects))
        .order_by(col(AuditEntry.at).desc(), col(AuditEntry.seq).desc())
        .limit(_LONGEST_HISTORY)
    )
    return tuple(
        HistoryLine(one.at, _name(one.who, names), one.event, one.detail)
        for one in session.exec(query)
    )


def _name(who: str, names: dict[int, str]) -> str:
    kind, _, number = who.partition(":")
    if kind == "account" and number.isdigit():
        return names.get(int(number), who)
    return "The system" if who == "system" else who
