"""Ask for a licence condition, send it, record the answer, tell it back: in this order."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from sqlmodel import col, select

from vcs.access.rules import Act, may, seen_by
from vcs.access.work import Work
from vcs.errors import Conflict, NotFound, NotValid
from vcs.needs.conditions.catalogue import Condition, condition
from vcs.needs.conditions.homes import is_held, named_in, people_of_offender
from vcs.needs.conditions.records import ConditionAnswer, ConditionRequest
from vcs.needs.conditions.safe_words import HOME, MAY_NAME, may_name, names_home, what_leaks
from vcs.needs.waiting_questions import WaitsFor, close_questions
from vcs.referrals.records import Referral
from vcs.tables import free_reference
from vcs.victims.find import find_victim
from vcs.victims.person import Person, is_theirs, opened
from vcs.victims.records import LONGEST_WORDS, Victim

_CORRECT = "Some details need correcting."


@dataclass(frozen=True, slots=True)
class RequestEntry:
    """What a victim asks for.

    ``place`` describes a zone in words. ``usable`` are reasons that they agree may be used,
    ``private`` those that may not be disclosed. ``checked`` is a manager's reason why a place may
    be sent although it may be their home.
    """

    code: str
    asked_on: date
    place: str = ""
    usable: str = ""
    private: str = ""
    checked: str = ""


def ask_for_condition(work: Work, victim_reference: str, entry: RequestEntry) -> ConditionRequest:
    """Keep what a victim asks for. Raises NotValid naming each field to correct.

    A place that may be somebody's home, theirs or another victim's of the offender, is refused,
    unless a manager says why it may be sent.
    """
    work.require_may(Act.ASK_FOR_CONDITION)
    victim, referral = find_victim(work.session, victim_reference, work.actor)
    row = condition(entry.code)
    fields = dict(_problems(work, victim, entry, row))
    if fields:
        raise NotValid(_CORRECT, fields)
    seal = work.sealer
    usable = {"place": entry.place.strip(), "reasons": entry.usable.strip()}
    checked = entry.checked.strip() if may(work.actor, Act.LET_PLACE_PAST) else ""
    request = ConditionRequest(
        reference=free_reference(work.session, ConditionRequest),
        victim_id=victim.id,
        code=row.code,
        version=row.version,
        usable_sealed=seal.seal_json(usable),
        private_sealed=seal.seal_text(entry.private.strip()),
        home_sealed=_checked(work, victim, usable, checked) if checked else None,
        asked_on=entry.asked_on,
        recorded_at=work.now,
        recorded_by=work.actor.account_id,
    )
    work.session.add(request)
    work.note("condition.asked", referral.reference, victim.reference)
    return request


def check_place(work: Work, reference: str, why: str) -> None:
    """Keep why a place that is held may be sent, as people live today. Only a manager may.

    Raises Conflict where nothing is held for its place: what names somebody, or how they are
    reached, is asked for again in other words.
    """
    request, victim, referral = _held(work, reference)
    work.require_may(Act.LET_PLACE_PAST)
    if not why.strip() or len(why) > LONGEST_WORDS:
        words = f"Enter why it may be sent, in {LONGEST_WORDS} characters or fewer"
        raise NotValid(_CORRECT, {"why": words})
    usable = work.sealer.open_json(request.usable_sealed)
    request.home_sealed = _checked(work, victim, usable, why.strip())
    work.session.add(request)
    if is_held(work.session, work.sealer, request):
        raise Conflict(
            "Its reasons say where somebody lives, who they are or how they are reached, so no "
            "word about the place lets it go. Ask for it again in other words."
        )
    work.note("condition.place_checked", referral.reference, victim.reference)


def _checked(work: Work, victim: Victim, usable: Mapping[str, str], why: str) -> bytes:
    """Return a manager's reason, sealed with the homes and words beside which it was given."""
    people = people_of_offender(work.session, work.sealer, victim)
    homes = named_in(work.sealer, usable, people).homes
    return work.sealer.seal_json({"reason": why, "homes": sorted(homes)})


def record_sent(work: Work, reference: str, sent_on: date) -> None:
    """Record that a request went to the offender manager."""
    request, victim, referral = _held(work, reference)
    if request.sent_on is not None:
        raise Conflict("This was sent already. Load the page again.")
    _require_day(work, "sent_on", sent_on, request.asked_on)
    request.sent_on = sent_on
    work.session.add(request)
    close_questions(work, victim, request.reference, WaitsFor.SENT)
    work.note("condition.sent", referral.reference, victim.reference)


def record_answer(
    work: Work, reference: str, answer: ConditionAnswer, words: str, answered_on: date
) -> None:
    """Record what was decided, with its reason: a refusal or a change without one is no answer."""
    request, victim, referral = _held(work, reference)
    if request.sent_on is None or request.answer is not None:
        raise Conflict("This waits for no answer now. Load the page again.")
    needs_reason = answer is not ConditionAnswer.GRANTED
    if (needs_reason and not words.strip()) or len(words) > LONGEST_WORDS:
        message = f"Enter the reason that was given, in {LONGEST_WORDS} characters or fewer"
        raise NotValid(_CORRECT, {"words": message})
    _require_day(work, "answered_on", answered_on, request.sent_on)
    request.answer, request.answered_on = answer, answered_on
    request.answer_sealed = work.sealer.seal_text(words.strip())
    work.session.add(request)
    close_questions(work, victim, request.reference, WaitsFor.ANSWERED)
    work.note("condition.answered", referral.reference, f"{victim.reference} {answer}")


def record_told(work: Work, reference: str, told_on: date) -> None:
    """Record that the victim was told the answer and its reason."""
    request, victim, referral = _held(work, reference)
    if request.answered_on is None or request.told_on is not None:
        raise Conflict("There is nothing to tell now. Load the page again.")
    _require_day(work, "told_on", told_on, request.answered_on)
    request.told_on = told_on
    work.session.add(request)
    close_questions(work, victim, request.reference, WaitsFor.TOLD)
    work.note("condition.told", referral.reference, victim.reference)


def _held(work: Work, reference: str) -> tuple[ConditionRequest, Victim, Referral]:
    work.require_may(Act.ASK_FOR_CONDITION)
    query = (
        select(ConditionRequest)
        .join(Victim, col(Victim.id) == col(ConditionRequest.victim_id))
        .join(Referral, col(Referral.id) == col(Victim.referral_id))
        .where(ConditionRequest.reference == reference, seen_by(work.actor, Referral))
    )
    request = work.session.exec(query).first()
    if request is None:
        raise NotFound("There is no such request.")
    named = work.session.get_one(Victim, request.victim_id).reference
    victim, referral = find_victim(work.session, named, work.actor)
    work.session.refresh(request, with_for_update=True)
    return request, victim, referral


def _require_day(work: Work, field: str, day: date, earliest: date) -> None:
    if not earliest <= day <= work.today:
        message = "The day must lie between the step before and today"
        raise NotValid(_CORRECT, {field: message})


def _problems(
    work: Work, victim: Victim, entry: RequestEntry, row: Condition
) -> Iterator[tuple[str, str]]:
    person = opened(work.sealer, victim.person)
    if row.has_place and not entry.place.strip():
        yield "place", "Describe the place or the area in words"
    if not victim.referred_on <= entry.asked_on <= work.today:
        yield "asked_on", "The day must be between the day of referral and today"
    is_checked = bool(may(work.actor, Act.LET_PLACE_PAST) and entry.checked.strip())
    known = people_of_offender(work.session, work.sealer, victim)
    # Whoever cannot be opened now is compared whenever the words would leave.
    others = [
        opened(work.sealer, one.person) for one in known[1:] if is_theirs(work.sealer, one.person)
    ]
    for field in ("place", "usable"):
        if wrong := _gives_away(getattr(entry, field), (person, *others), field, is_checked):
            yield field, wrong
    for field in ("place", "usable", "private", "checked"):
        if len(getattr(entry, field)) > LONGEST_WORDS:
            yield field, f"Enter {LONGEST_WORDS} characters or fewer"


def _gives_away(text: str, people: tuple[Person, ...], field: str, is_checked: bool) -> str:
    """Say what words give away that would leave; "" for nothing, or what a manager let pass."""
    if leak := what_leaks(text, people[0], people[1:]):
        return leak
    perhaps = sorted(may_name(text, people))
    if perhaps and not is_checked:
        return MAY_NAME.format(", ".join(perhaps))
    is_home = any(names_home(text, one) for one in people)
    return HOME if is_home and not (is_checked and field == "place") else ""
